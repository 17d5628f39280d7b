"""A folder of YAML to one KnowledgeBase, or to every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.faults import Fault, LibraryError
from bot.knowledge.model import Article, KnowledgeBase, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.source import Document, Location, read_document

E = TypeVar("E", bound=BaseModel)


@dataclass(frozen=True)
class _Placed(Generic[E]):
    """A valid entry and where it stands."""

    entry: E
    document: Document
    location: Location

    def fault(self, reason: str, *inside: int | str) -> None:
        self.document.fault((*self.location, *inside), reason)

    def place(self, *inside: int | str) -> str:
        return f"{self.document.file}:{self.document.line((*self.location, *inside))}"


def load_library(folder: Path) -> KnowledgeBase:
    """Read and validate the library in ``folder`` (see ``knowledge/README.md`` for its shape).

    Raises:
        LibraryError: with every fault in the folder, each with its file and line.
    """
    if not folder.is_dir():
        raise LibraryError([Fault(str(folder), 1, "is no folder; a library has `articles` and `topics` in it")])
    documents: list[Document] = []

    def documents_in(name: str) -> Iterator[Document]:
        found = sorted((folder / name).glob("*.yaml"))
        if not found:
            raise LibraryError([Fault(name, 1, "holds no .yaml file")])
        for path in found:
            documents.append(read_document(path, f"{name}/{path.name}"))
            yield documents[-1]

    def optional(name: str) -> Iterator[Document]:
        if (folder / name).exists():
            documents.append(read_document(folder / name, name))
            yield documents[-1]

    articles = [placed for document in documents_in("articles") for placed in _one(document, Article)]
    topics = [placed for document in documents_in("topics") for placed in _many(document, Topic)]
    outside = [placed for document in optional("outside.yaml") for placed in _many(document, OutsideGroup)]
    smalltalk = [placed for document in optional("smalltalk.yaml") for placed in _many(document, SmalltalkKind)]

    knowledge = KnowledgeBase(
        articles=_by_id(articles, "article"),
        topics=_by_id(topics, "topic"),
        outside=_by_id(outside, "group"),
        smalltalk=_by_id(smalltalk, "kind of small talk"),
    )
    # Where an entry is broken, the names in it are unknown: complaints about them would only mislead.
    if not any(document.faults for document in documents):
        _check_names(articles, topics, outside, knowledge)
    _check_phrasings([*topics, *outside, *smalltalk])
    faults = [fault for document in documents for fault in document.faults]
    if faults:
        raise LibraryError(faults)
    return knowledge


def _one(document: Document, model: type[E], location: Location = ()) -> Iterator[_Placed[E]]:
    """The entry at ``location``, if it is valid; otherwise its faults are noted."""
    data = document.data
    for step in location:
        data = data[step]  # type: ignore[index]  # the caller found the entry there
    if data is None and document.faults:
        return
    try:
        yield _Placed(model.model_validate(data), document, location)
    except ValidationError as error:
        for problem in error.errors():
            document.fault((*location, *problem["loc"]), _reason(problem["type"], problem["loc"], problem["msg"]))


def _many(document: Document, model: type[E]) -> Iterator[_Placed[E]]:
    if document.data is None:
        return
    if not isinstance(document.data, list):
        document.fault((), "must be a list of entries, each beginning with `- id:`")
        return
    for index in range(len(document.data)):
        yield from _one(document, model, (index,))


def _reason(kind: str, location: Location, message: str) -> str:
    """Pydantic's words for a fault, in a curator's terms."""
    name = next((str(step) for step in reversed(location) if isinstance(step, str)), "")
    if kind == "missing":
        return f"`{name}` is missing"
    if kind == "extra_forbidden":
        return f"unknown key `{name}`"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"{f'`{name}`' if name else 'this'} must hold keys and values, such as `id: ...`"
    text = message.removeprefix("Value error, ")
    return f"`{name}`: {text[0].lower()}{text[1:]}" if name else text


def _by_id(entries: Iterable[_Placed[E]], what: str) -> dict[str, E]:
    found: dict[str, _Placed[E]] = {}
    for placed in entries:
        name = str(placed.entry.id)  # type: ignore[attr-defined]  # every entry has one
        if (first := found.setdefault(name, placed)) is not placed:
            placed.fault(f"the {what} `{name}` stands already at {first.place()}", "id")
    return {name: placed.entry for name, placed in found.items()}


def _check_names(
    articles: list[_Placed[Article]],
    topics: list[_Placed[Topic]],
    outside: list[_Placed[OutsideGroup]],
    knowledge: KnowledgeBase,
) -> None:
    """Claims are unique in the library, and every id that an entry names exists."""
    first: dict[str, str] = {}
    for placed in articles:
        for index, claim in enumerate(placed.entry.claims):
            if claim.id in first:
                placed.fault(f"the claim `{claim.id}` stands already at {first[claim.id]}", "claims", index, "id")
            else:
                first[claim.id] = placed.place("claims", index, "id")

    def known(placed: _Placed[E], key: str, what: str, names: Iterable[str], ids: Iterable[str]) -> None:
        ids = set(ids)
        for index, name in enumerate(names):
            if name not in ids:
                placed.fault(f"`{key}`: there is no {what} `{name}`", key, index)

    for topic in topics:
        known(topic, "claims", "claim", topic.entry.claims, first)
        known(topic, "related", "topic", topic.entry.related, knowledge.topics)
    for group in outside:
        known(group, "closest", "topic", group.entry.closest, knowledge.topics)


def _check_phrasings(entries: Iterable[_Placed[Topic] | _Placed[OutsideGroup] | _Placed[SmalltalkKind]]) -> None:
    """No phrasing stands under two entries: nothing could tell which one was meant."""
    owner: dict[str, tuple[int, str, str]] = {}
    for number, placed in enumerate(entries):
        for index, phrasing in enumerate(placed.entry.questions):
            key = " ".join(phrasing.casefold().split())
            here = (number, placed.entry.id, placed.place("questions", index))
            there = owner.setdefault(key, here)
            if there[0] != number:
                placed.fault(f'"{phrasing}" stands also under `{there[1]}`, at {there[2]}', "questions", index)

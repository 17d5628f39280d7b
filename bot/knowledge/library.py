"""A folder of YAML to one KnowledgeBase, or to every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from bot.knowledge.checks import Placed, check_names, check_phrasings
from bot.knowledge.faults import Fault, LibraryError
from bot.knowledge.model import Article, Entry, KnowledgeBase, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.source import Document, Location, read_document

E = TypeVar("E", bound=Entry)


def load_library(folder: Path) -> KnowledgeBase:
    """Read and validate the library in ``folder`` (see ``knowledge/README.md`` for its shape).

    Raises:
        LibraryError: with every fault in the folder, each with its file and line.
    """
    if not folder.is_dir():
        raise LibraryError([Fault(str(folder), 1, "is no folder; a library has `articles` and `topics` in it")])
    in_articles, in_topics = _documents_in(folder, "articles"), _documents_in(folder, "topics")
    in_outside, in_smalltalk = _document(folder, "outside.yaml"), _document(folder, "smalltalk.yaml")

    articles = [placed for document in in_articles for placed in _one(document, Article, document.data)]
    topics = [placed for document in in_topics for placed in _many(document, Topic)]
    outside = [placed for document in in_outside for placed in _many(document, OutsideGroup)]
    smalltalk = [placed for document in in_smalltalk for placed in _many(document, SmalltalkKind)]
    knowledge = KnowledgeBase(
        articles=_by_id(articles, "article"),
        topics=_by_id(topics, "topic"),
        outside=_by_id(outside, "group"),
        smalltalk=_by_id(smalltalk, "kind of small talk"),
    )
    check_names(articles, topics, outside, in_articles, in_topics)
    check_phrasings([*topics, *outside, *smalltalk])

    documents = [*in_articles, *in_topics, *in_outside, *in_smalltalk]
    faults = [fault for document in documents for fault in document.faults]
    if not topics and not faults:
        faults = [Fault("topics", 1, "holds no topic")]
    if faults:
        raise LibraryError(faults)
    return knowledge


def _documents_in(folder: Path, name: str) -> list[Document]:
    """The documents of a folder that must hold some."""
    paths = sorted((folder / name).glob("*.yaml"))
    documents = [read_document(path, f"{name}/{path.name}") for path in paths]
    if not documents:
        documents.append(Document.unusable(Fault(name, 1, "holds no .yaml file")))
    for path in sorted((folder / name).glob("*.yml")):
        documents.append(Document.unusable(Fault(f"{name}/{path.name}", 1, "is passed over: name it .yaml")))
    return documents


def _document(folder: Path, name: str) -> list[Document]:
    """The document of a file that may be absent."""
    return [read_document(folder / name, name)] if (folder / name).exists() else []


def _many(document: Document, model: type[E]) -> Iterator[Placed[E]]:
    """The valid entries of a list."""
    if isinstance(document.data, list):
        for index, data in enumerate(document.data):
            yield from _one(document, model, data, (index,))
    elif document.data is not None:
        document.fault((), "must be a list of entries, each beginning with `- id:`")


def _one(document: Document, model: type[E], data: object, location: Location = ()) -> Iterator[Placed[E]]:
    """The entry at ``location``, if it is valid; otherwise its faults are noted."""
    if not document.is_usable:
        return
    try:
        yield Placed(model.model_validate(data), document, location)
    except ValidationError as error:
        problems = error.errors()
        at_fault = {problem["loc"] for problem in problems}
        for problem in problems:
            where, kind = problem["loc"], problem["type"]
            # A list whose only item is at fault is not too short besides.
            if kind != "too_short" or not any(len(at) > len(where) and at[: len(where)] == where for at in at_fault):
                document.fault((*location, *where), _reason(kind, where, problem["msg"]))


def _reason(kind: str, location: Location, message: str) -> str:
    """Pydantic's words for a fault, in a curator's terms."""
    name = next((f"`{step}`" for step in reversed(location) if isinstance(step, str)), "this")
    match kind:
        case "missing":
            return f"{name} is missing"
        case "extra_forbidden":
            return f"unknown key {name}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{name} must hold keys and values, such as `id: ...`"
        case "tuple_type":
            return f"{name} must be a list, each item on a line that begins with `- `"
        case "too_short":
            return f"{name} must hold at least one item"
        case "value_error":
            text = message.removeprefix("Value error, ")
            return f"{name}: {text}" if location else text
        case _:
            return f"{name}: {message[0].lower()}{message[1:]}"


def _by_id(entries: Iterable[Placed[E]], what: str) -> Mapping[str, E]:
    found: dict[str, Placed[E]] = {}
    for placed in entries:
        if (first := found.setdefault(placed.entry.id, placed)) is not placed:
            placed.fault(f"the {what} `{placed.entry.id}` stands already at {first.place()}", "id")
    return MappingProxyType({name: placed.entry for name, placed in found.items()})

"""From a folder of YAML to one KnowledgeBase, or to every error at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.checks import Placed, by_id, check_phrasings, check_references
from bot.knowledge.faults import Fault, LibraryError
from bot.knowledge.model import PATTERNS, About, Article, Entry, KnowledgeBase, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.source import Document, Location, read_document

E = TypeVar("E", bound=Entry)
M = TypeVar("M", bound=BaseModel)

_REASONS = {
    "missing": "{name} is missing",
    "extra_forbidden": "unknown key {name}",
    "model_type": "{name} must have keys and values, such as `id: ...`",
    "tuple_type": "{name} must be a list, with each item on its own line after `- `",
    "too_short": "{name} is empty",
    "too_long": "{name} must have exactly {max_length} items",
    "string_type": "{name} must be text; put it in quotes",
    "string_too_short": "{name} is empty",
    "string_too_long": "{name} is too long (at most {max_length} characters)",
    "literal_error": "{name} must be {expected}",
    "bool_type": "{name} must be true or false",
    "bool_parsing": "{name} must be true or false",
}
"""What pydantic's error types mean to a curator."""


def load_library(folder: Path) -> KnowledgeBase:
    """Read and validate the library in ``folder`` (``knowledge/README.md`` describes the files).

    Raises:
        LibraryError: with every error in the folder, each with its file and line.
    """
    if not folder.is_dir():
        reason = "is not a folder; a library is a folder with `articles` and `topics` in it"
        raise LibraryError([Fault(str(folder), 1, reason)])
    in_articles, in_topics = _documents_in(folder, "articles"), _documents_in(folder, "topics")
    in_outside, in_smalltalk = _optional(folder, "outside.yaml"), _optional(folder, "smalltalk.yaml")
    in_library = _optional(folder, "library.yaml")

    articles = [placed for document in in_articles for placed in _valid(document, Article, document.data)]
    topics, outside = _listed(in_topics, Topic), _listed(in_outside, OutsideGroup)
    smalltalk = _listed(in_smalltalk, SmalltalkKind)
    knowledge = KnowledgeBase(
        articles=by_id(articles, "article"),
        topics=by_id(topics, "topic"),
        outside=by_id(outside, "group"),
        smalltalk=by_id(smalltalk, "kind of small talk"),
        about=_about(in_library),
    )
    by_id(_claims(articles), "claim")
    check_references(topics, outside, in_articles, in_topics)
    check_phrasings([*topics, *outside, *smalltalk])

    documents = [*in_articles, *in_topics, *in_outside, *in_smalltalk, *in_library]
    faults = [fault for document in documents for fault in document.faults]
    if not topics and not faults:
        faults = [Fault("topics", 1, "contains no topics")]
    if faults:
        raise LibraryError(faults)
    return knowledge


def _documents_in(folder: Path, name: str) -> list[Document]:
    """The documents of a subfolder that needs at least one."""
    documents = [read_document(path, f"{name}/{path.name}") for path in sorted((folder / name).glob("*.yaml"))]
    if not documents:
        documents.append(Document(name, faults=[Fault(name, 1, "contains no .yaml files")]))
    for path in sorted((folder / name).glob("*.yml")):
        file = f"{name}/{path.name}"
        documents.append(Document(file, faults=[Fault(file, 1, "is ignored; rename it to .yaml")]))
    return documents


def _optional(folder: Path, name: str) -> list[Document]:
    """The document of a file that may be absent."""
    return [read_document(folder / name, name)] if (folder / name).exists() else []


def _listed(documents: Iterable[Document], model: type[E]) -> list[Placed[E]]:
    """The valid entries of documents that are lists."""
    found: list[Placed[E]] = []
    for document in documents:
        if isinstance(document.data, list):
            for index, data in enumerate(document.data):
                found.extend(_valid(document, model, data, (index,)))
        elif document.data is not None:
            document.report(document.line(()), "must be a list of entries, each starting with `- id:`")
    return found


def _about(documents: Iterable[Document]) -> About:
    """What the library says about itself, if it has a file for that, and something is in it."""
    given = (_checked(document, About, document.data) for document in documents if document.data is not None)
    return next(filter(None, given), About())


def _claims(articles: Iterable[Placed[Article]]) -> Iterator[Placed[Entry]]:
    for article in articles:
        for index, claim in enumerate(article.entry.claims):
            yield Placed(claim, article.document, ("claims", index))


def _valid(document: Document, model: type[E], data: object, location: Location = ()) -> Iterator[Placed[E]]:
    """The entry at ``location`` if it is valid."""
    if document.is_usable and (entry := _checked(document, model, data, location)):
        yield Placed(entry, document, location)


def _checked(document: Document, model: type[M], data: object, location: Location = ()) -> M | None:
    """What is at ``location`` if it is valid; otherwise report what is wrong with it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors()
        parts = {problem["loc"][:-1] for problem in problems}
        for problem in problems:
            # If the only item of a list is invalid, don't also report the list as too short.
            if problem["type"] != "too_short" or problem["loc"] not in parts:
                document.report(document.line((*location, *problem["loc"])), _reason(problem))
    return None


def _reason(problem: ErrorDetails) -> str:
    """Pydantic's error in a curator's words."""
    kind, location, context = problem["type"], problem["loc"], problem.get("ctx", {})
    key = next((f"`{step}`" for step in reversed(location) if isinstance(step, str)), "")
    name = f"an item of {key}" if key and isinstance(location[-1], int) else key or "this entry"
    if kind == "value_error":
        return f"{name} {context['error']}" if location else str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"{name} {PATTERNS[context['pattern']]}"
    if problem["input"] is None and kind != "extra_forbidden":
        return f"{name} is empty"
    return _REASONS[kind].format(name=name, **context) if kind in _REASONS else f"{name}: {problem['msg']}"

"""From a library's folder to one KnowledgeBase, or to every error at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.checks import (
    Placed,
    by_id,
    check_golden,
    check_phrasings,
    check_references,
    check_room,
    check_speakers,
    check_themes,
)
from bot.knowledge.faults import Fault, LibraryError, shown
from bot.knowledge.files import FOLDERS, GOLDEN, SINGLES, find_files
from bot.knowledge.model import (
    About,
    Article,
    Entry,
    GoldenQuestion,
    KnowledgeBase,
    Move,
    OutsideGroup,
    SmalltalkKind,
    Topic,
)
from bot.knowledge.parsing import Location
from bot.knowledge.source import MOST_FAULTS, Document, read_document
from bot.knowledge.texts import PATTERNS

M = TypeVar("M", bound=BaseModel)

_MOVES = Path(__file__).parent / "moves.yaml"
"""For libraries without moves of their own."""

_REASONS = {
    "missing": "{name} is missing",
    "extra_forbidden": "unknown key {name}",
    "model_type": "{name} must have keys and values, such as `id: ...`",
    "dict_type": "{name} must have keys and values, such as `name: ...`",
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
    files = find_files(folder)
    documents = {part: [read_document(folder / file, file) for file in found] for part, found in files.found.items()}
    in_articles, in_topics = (_needed(documents[part], part, files.faults) for part in FOLDERS)
    in_outside, in_smalltalk, in_moves, in_library = (documents[part] for part in SINGLES)

    articles = [placed for document in in_articles for placed in _valid(document, Article, document.data)]
    topics, outside = _listed(in_topics, Topic), _listed(in_outside, OutsideGroup)
    smalltalk, golden = _listed(in_smalltalk, SmalltalkKind), _listed(documents[GOLDEN], GoldenQuestion)
    moves = _listed(in_moves or [read_document(_MOVES, _MOVES.name)], Move)
    knowledge = KnowledgeBase(
        articles=by_id(articles, "article"),
        topics=by_id(topics, "topic"),
        outside=by_id(outside, "group"),
        smalltalk=by_id(smalltalk, "kind of small talk"),
        moves=by_id(moves, "move"),
        positions={topic.entry.id: topic.position() for topic in reversed(topics)},
        about=_about(in_library),
        golden={question.position(): question.entry for question in golden},
    )
    by_id(_claims(articles), "claim")
    check_references(topics, outside, golden, in_articles, in_topics)
    check_phrasings([*topics, *outside, *smalltalk, *(moves if in_moves else ())])
    check_golden(golden)
    check_speakers(articles)
    check_room(topics, articles)
    check_themes(in_library, knowledge.about, in_topics)

    faults = files.faults + [fault for found in documents.values() for document in found for fault in document.faults]
    if not topics and not faults:
        faults = [Fault("topics", 1, "contains no topics")]
    if faults:
        raise LibraryError(faults)
    return knowledge


def _needed(documents: list[Document], part: str, faults: list[Fault]) -> list[Document]:
    """The documents of a folder that needs at least one; if there is none, one that can't be used."""
    if documents:
        return documents
    if part not in {fault.file for fault in faults}:
        faults.append(Fault(part, 1, "contains no .yaml files"))
    return [Document(part)]


def _listed(documents: Iterable[Document], model: type[M]) -> list[Placed[M]]:
    """The valid entries of documents that are lists."""
    found: list[Placed[M]] = []
    for document in documents:
        if isinstance(document.data, list):
            for index, data in enumerate(document.data):
                if document.is_full:
                    break
                found.extend(_valid(document, model, data, (index,)))
        elif document.data is not None:
            document.report(document.line(()), "must be a list of entries, each starting with `- id:`")
    return found


def _about(documents: Iterable[Document]) -> About:
    """What the library says about itself, if it has a file for that with something in it."""
    given = (_checked(document, About, document.data) for document in documents if document.data is not None)
    return next(filter(None, given), About())


def _claims(articles: Iterable[Placed[Article]]) -> Iterator[Placed[Entry]]:
    for article in articles:
        for index, claim in enumerate(article.entry.claims):
            yield Placed(claim, article.document, ("claims", index))


def _valid(document: Document, model: type[M], data: object, location: Location = ()) -> Iterator[Placed[M]]:
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
        for problem in problems[:MOST_FAULTS]:
            # If the only item of a list is invalid, don't also report the list as too short.
            if problem["type"] != "too_short" or problem["loc"] not in parts:
                document.report(document.line((*location, *problem["loc"])), _reason(problem))
    return None


def _reason(problem: ErrorDetails) -> str:
    """Pydantic's error in a curator's words."""
    kind, location, context = problem["type"], problem["loc"], problem.get("ctx", {})
    key = next((f"`{shown(step)}`" for step in reversed(location) if isinstance(step, str)), "")
    name = f"an item of {key}" if key and isinstance(location[-1], int) else key or "this entry"
    if kind == "value_error":
        return f"{name} {context['error']}" if location else str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"{name} {PATTERNS[context['pattern']]}"
    if problem["input"] is None and kind != "extra_forbidden":
        return f"{name} is empty"
    return _REASONS[kind].format(name=name, **context) if kind in _REASONS else f"{name} can't be used"

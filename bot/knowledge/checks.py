"""What must hold between the entries of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.knowledge.model import Article, Entry, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.source import Document, Location

E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True)
class Placed(Generic[E]):
    """A valid entry and where it stands."""

    entry: E
    document: Document
    location: Location

    def fault(self, reason: str, *inside: int | str) -> None:
        """Note a fault at a part of the entry."""
        self.document.fault((*self.location, *inside), reason)

    def place(self, *inside: int | str) -> str:
        """``file:line`` of a part of the entry."""
        return f"{self.document.file}:{self.document.line((*self.location, *inside))}"


def check_names(
    articles: Iterable[Placed[Article]],
    topics: Iterable[Placed[Topic]],
    outside: Iterable[Placed[OutsideGroup]],
    in_articles: Sequence[Document],
    in_topics: Sequence[Document],
) -> None:
    """Claims are unique in the library, and every id that an entry names is declared."""
    first: dict[str, str] = {}
    for article in articles:
        for index, claim in enumerate(article.entry.claims):
            here = article.place("claims", index, "id")
            if (there := first.setdefault(claim.id, here)) != here:
                article.fault(f"the claim `{claim.id}` stands already at {there}", "claims", index, "id")

    def check(placed: Placed[Entry], key: str, what: str, names: Iterable[str], declared: set[object] | None) -> None:
        for index, name in enumerate(names):
            if declared is not None and name not in declared:
                placed.fault(f"`{key}`: there is no {what} `{name}`", key, index)

    claim_ids, topic_ids = _declared(in_articles, inside="claims"), _declared(in_topics)
    for topic in topics:
        check(topic, "claims", "claim", topic.entry.claims, claim_ids)
        check(topic, "related", "topic", topic.entry.related, topic_ids)
    for group in outside:
        check(group, "closest", "topic", group.entry.closest, topic_ids)


def _declared(documents: Sequence[Document], inside: str | None = None) -> set[object] | None:
    """The ids that the documents give their entries, valid or not; None where they cannot be told for sure.

    An entry that is at fault elsewhere still declares its id: to call it unknown would mislead.
    """
    if not all(document.is_usable for document in documents):
        return None
    entries = [entry for document in documents for entry in _entries(document.data, inside)]
    ids = {entry.get("id") for entry in entries if isinstance(entry, dict)}
    return ids if all(isinstance(entry, dict) for entry in entries) and None not in ids else None


def _entries(data: object, inside: str | None) -> Iterator[object]:
    found = data.get(inside) if inside is not None and isinstance(data, dict) else data
    yield from found if isinstance(found, list) else ()


def check_phrasings(entries: Iterable[Placed[Topic] | Placed[OutsideGroup] | Placed[SmalltalkKind]]) -> None:
    """No phrasing stands under two entries: nothing could tell which one was meant."""
    owner: dict[str, tuple[int, str, str]] = {}
    for number, placed in enumerate(entries):
        for index, phrasing in enumerate(placed.entry.questions):
            key = " ".join(phrasing.casefold().split())
            here = (number, placed.entry.id, placed.place("questions", index))
            there = owner.setdefault(key, here)
            if there[0] != number:
                placed.fault(f'"{phrasing}" stands also under `{there[1]}`, at {there[2]}', "questions", index)

"""Rules that span a library: unique ids, references to entries that exist, one owner for each phrasing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.knowledge.model import Entry, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.source import Document, Location

E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True)
class Placed(Generic[E]):
    """A valid entry and its place in a document."""

    entry: E
    document: Document
    location: Location = ()

    def report(self, reason: str, *inside: int | str) -> None:
        """Report an error in a part of the entry."""
        self.document.report(self.document.line((*self.location, *inside)), reason)

    def place(self, *inside: int | str) -> str:
        """``file:line`` of a part of the entry."""
        return f"{self.document.file}:{self.document.line((*self.location, *inside))}"


def by_id(entries: Iterable[Placed[E]], what: str) -> Mapping[str, E]:
    """The entries by id, in order; each id that is used again is reported, and its first entry kept."""
    found: dict[str, Placed[E]] = {}
    for placed in entries:
        if (first := found.setdefault(placed.entry.id, placed)) is not placed:
            placed.report(f"the {what} `{placed.entry.id}` is already defined at {first.place('id')}", "id")
    return MappingProxyType({name: placed.entry for name, placed in found.items()})


def check_references(
    topics: Iterable[Placed[Topic]],
    outside: Iterable[Placed[OutsideGroup]],
    in_articles: Sequence[Document],
    in_topics: Sequence[Document],
) -> None:
    """Report each claim and topic that an entry refers to but no document declares."""
    claim_ids, topic_ids = _declared(in_articles, "claims"), _declared(in_topics)

    def check(placed: Placed[Entry], key: str, names: Iterable[str], what: str, declared: set[str] | None) -> None:
        for index, name in enumerate(names):
            if declared is not None and name not in declared:
                placed.report(f"`{key}`: there is no {what} `{name}`", key, index)

    for topic in topics:
        check(topic, "claims", topic.entry.claims, "claim", claim_ids)
        check(topic, "related", topic.entry.related, "topic", topic_ids)
    for group in outside:
        check(group, "closest", group.entry.closest, "topic", topic_ids)


def _declared(documents: Iterable[Document], key: str | None = None) -> set[str] | None:
    """The ids of all entries (those under ``key``, if given), valid or not; None if any can't be read.

    An invalid entry is reported once, for what is wrong with it; its id is not reported as unknown too.
    """
    ids: set[str] = set()
    for document in documents:
        if not document.is_usable:
            return None
        data = document.data.get(key) if key and isinstance(document.data, dict) else document.data
        for entry in data if isinstance(data, list) else ():
            declared = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(declared, str):
                return None
            ids.add(declared)
    return ids


def check_phrasings(entries: Iterable[Placed[Topic | OutsideGroup | SmalltalkKind]]) -> None:
    """Report phrasings that appear under two entries: nothing could tell which one is meant."""
    first: dict[str, tuple[Placed[Entry], str]] = {}
    for placed in entries:
        for index, phrasing in enumerate(placed.entry.questions):
            key = " ".join(phrasing.casefold().split())
            owner, place = first.setdefault(key, (placed, placed.place("questions", index)))
            if owner is not placed:
                placed.report(f'"{phrasing}" also appears under `{owner.entry.id}`, at {place}', "questions", index)

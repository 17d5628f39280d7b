"""Rules that span a library: unique ids, references to entries that exist, one owner for each phrasing,
speakers in roles they can have, and answers that fit a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.knowledge.faults import Position, shown
from bot.knowledge.model import About, Article, Claim, Entry, GoldenQuestion, Move, OutsideGroup, SmalltalkKind, Topic
from bot.knowledge.parsing import Location
from bot.knowledge.source import Document
from bot.text import normalise, words

E = TypeVar("E", bound=Entry)
M = TypeVar("M", bound=BaseModel, covariant=True)

# Discord allows 4,000 characters in a message; the repeated question and the labels of the parts need some.
_ROOM, _QUOTE, _AROUND = 3500, 300, 50


@dataclass(frozen=True)
class Placed(Generic[M]):
    """A valid entry and its place in a document."""

    entry: M
    document: Document
    location: Location = ()

    def report(self, reason: str, *inside: int | str) -> None:
        """Report an error in a part of the entry."""
        self.document.report(self.document.line((*self.location, *inside)), reason)

    def position(self, *inside: int | str) -> Position:
        """Where a part of the entry is."""
        return Position(self.document.file, self.document.line((*self.location, *inside)))


def by_id(entries: Iterable[Placed[E]], what: str) -> Mapping[str, E]:
    """The entries by id, in order; each id that is used again is reported, and its first entry kept."""
    found: dict[str, Placed[E]] = {}
    for placed in entries:
        if (first := found.setdefault(placed.entry.id, placed)) is not placed:
            placed.report(f"the {what} `{placed.entry.id}` is already defined at {first.position('id')}", "id")
    return MappingProxyType({name: placed.entry for name, placed in found.items()})


def check_references(
    topics: Iterable[Placed[Topic]],
    outside: Iterable[Placed[OutsideGroup]],
    golden: Iterable[Placed[GoldenQuestion]],
    in_articles: Sequence[Document],
    in_topics: Sequence[Document],
) -> None:
    """Report references to claims and topics that no document declares, repeated ones, and a topic's to itself."""
    claim_ids, topic_ids = _declared(in_articles, "claims"), _declared(in_topics)

    def check(placed: Placed[BaseModel], key: str, names: Iterable[str], what: str, declared: set[str] | None) -> None:
        before: set[str] = set()
        for index, name in enumerate(names):
            if name in before:
                placed.report(f"`{key}`: `{name}` appears twice", key, index)
            elif declared is not None and name not in declared:
                placed.report(f"`{key}`: there is no {what} `{name}`", key, index)
            before.add(name)

    for topic in topics:
        check(topic, "claims", topic.entry.claims, "claim", claim_ids)
        check(topic, "related", topic.entry.related, "topic", topic_ids)
        if topic.entry.id in topic.entry.related:
            index = topic.entry.related.index(topic.entry.id)
            topic.report("`related`: a topic can't be related to itself", "related", index)
    for group in outside:
        check(group, "closest", group.entry.closest, "topic", topic_ids)
    for question in golden:
        check(question, "claims", question.entry.claims, "claim", claim_ids)


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


def check_phrasings(
    entries: Iterable[Placed[Topic] | Placed[OutsideGroup] | Placed[SmalltalkKind] | Placed[Move]],
) -> None:
    """Report phrasings that, as the matcher sees them, appear under two entries: it could not tell which is meant."""
    first: dict[str, tuple[Placed[Entry], str, Position]] = {}
    for placed in entries:
        for key in ("questions", "affirm", "deny", "undecided"):
            for index, phrasing in enumerate(getattr(placed.entry, key, ())):
                owner, kind, place = first.setdefault(normalise(phrasing), (placed, key, placed.position(key, index)))
                if (owner, kind) != (placed, key):
                    reason = f'"{shown(phrasing)}" also appears under `{owner.entry.id}`, at {place}'
                    placed.report(reason, key, index)


def check_golden(golden: Iterable[Placed[GoldenQuestion]]) -> None:
    """Report golden questions that, as the matcher sees them, are asked twice."""
    first: dict[str, Placed[GoldenQuestion]] = {}
    for placed in golden:
        question = placed.entry.question
        if (before := first.setdefault(normalise(question), placed)) is not placed:
            placed.report(f'"{shown(question)}" is already asked at {before.position()}', "q")


def check_speakers(articles: Iterable[Placed[Article]]) -> None:
    """Report speakers who would be presented in a wrong role."""
    for article in articles:
        for index, claim in enumerate(article.entry.claims):
            if reason := _misattributed(claim, article.entry.author):
                article.report(reason, "claims", index, "role" if claim.speaker is None else "speaker")


def _misattributed(claim: Claim, author: str | None) -> str | None:
    if claim.speaker is None:
        return None if claim.role == "author" else f"`role: {claim.role}` needs a `speaker`"
    speaker, by = (words(normalise(name)) for name in (claim.speaker, author or ""))
    if claim.role != "author":
        is_author = " ".join(speaker) == " ".join(by)
        return "`speaker` is the article's `author`; leave out `role`" if is_author else None
    # One of several authors, or only a part of the name.
    if f" {' '.join(speaker)} " in f" {' '.join(by)} ":
        return None
    return "`speaker` is not the article's `author`; add `role: quoted` or `role: commenter`"


def check_themes(in_library: Iterable[Document], about: About, in_topics: Iterable[Document]) -> None:
    """Report titles of files of topics that there are not."""
    names = {document.file.rpartition("/")[2].removesuffix(".yaml") for document in in_topics}
    for document in in_library:
        for name in about.themes.keys() - names:
            document.report(document.line(("themes", name)), f"`themes`: there is no file topics/{name}.yaml")


def check_room(topics: Iterable[Placed[Topic]], articles: Iterable[Placed[Article]]) -> None:
    """Report topics whose answer, quotes and sources would not fit a message together."""
    sources = {claim.id: (claim, article.entry) for article in articles for claim in article.entry.claims}
    for topic in topics:
        evidence = [sources[claim] for claim in topic.entry.claims if claim in sources]
        if (length := _length(topic.entry, evidence)) > _ROOM:
            reason = f"is too long to be shown: with its quotes and sources it takes about {length} characters"
            topic.report(f"{reason}, and {_ROOM} fit; shorten them, or name fewer claims", "claims")


def _length(topic: Topic, evidence: Sequence[tuple[Claim, Article]]) -> int:
    """An upper bound for the characters that the longest message about a topic takes."""
    by = [len(claim.speaker or "") + len(article.author or "") + _AROUND for claim, article in evidence]
    quotes = [min(len(claim.quote), _QUOTE) + n for (claim, _), n in zip(evidence, by, strict=True) if claim.quote]
    says = [len(claim.says) + n for (claim, _), n in zip(evidence, by, strict=True) if not claim.quote]
    articles = {article.id: article for _, article in evidence}.values()
    sources = sum(len("".join(filter(None, (a.name, a.author, a.publisher, a.url)))) + 2 * _AROUND for a in articles)
    sides = sum(len(side or "") for side in (topic.leadership, topic.management, topic.aspect)) + _AROUND
    return len(topic.title) + sum(quotes[:4]) + sources + max(len(topic.answer) + sides, sum(says[:4]))

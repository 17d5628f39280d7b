"""What a library contains: articles with their claims, topics, outside groups, small talk and golden questions.

The entry models define the knowledge format: the loader validates against them, and the JSON
Schemas for editors are generated from them. Everything is immutable once loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.knowledge.faults import Position
from bot.knowledge.texts import (
    Cell,
    Date,
    Id,
    Label,
    ListedIds,
    MoveId,
    Phrasings,
    Prose,
    Question,
    Role,
    Sentence,
    Title,
    Url,
    Word,
)

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"’)]))\s+(?=[A-Z“\"‘(*_])")


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text; what is in quotation marks is never taken apart."""
    begun = ""
    for part in _SENTENCE_END.split(text):
        begun = f"{begun} {part}".lstrip()
        if begun.count('"') % 2 == 0 and begun.count("“") == begun.count("”"):
            yield begun
            begun = ""
    if begun:
        yield begun


class Entry(BaseModel):
    """What all entries of a library have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id


class Claim(Entry):
    """One thing that an article says. Without ``speaker``, the article itself is speaking."""

    speaker: Cell | None = None
    role: Role = "author"
    date: Date | None = Field(None, description="When it was said, if that was not when the article was published.")
    says: Sentence = Field(description="One sentence in our own words.")
    quote: Sentence | None = Field(None, description="Exact words, kept short; leave out if none are worth quoting.")


class Article(Entry):
    """A source. Leave out what is not known; never invent it."""

    title: Title | None = None
    label: Title | None = Field(None, description="Describes an article that has no title.")
    author: Cell | None = None
    publisher: Cell | None = None
    published: Date | None = Field(None, description="A day (2009-12-01), a month (2009-12) or a year (2009).")
    url: Url | None = None
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _is_named(self) -> Article:
        if self.title is None and self.label is None:
            raise ValueError("an article needs a `title`, or a `label` that describes it")
        return self

    @property
    def name(self) -> str:
        """The title, or the label if there is no title."""
        return self.title or self.label or self.id


class Topic(Entry):
    """Something people can ask about, with its answer and the claims that support it."""

    title: Title
    label: Label | None = Field(None, description="The title on a button, if it is too long for one.")
    claims: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="The evidence; the first is the main one."
    )
    answer: Prose = Field(description="The first sentence stands alone: it is the answer in one line.")
    because: Sentence | None = Field(None, description="The reason that the articles give, as it follows `Because`.")
    who: Sentence | None = Field(
        None, description="What to say to `who ...?`, if that is not who makes the main claim."
    )
    affirm: Phrasings = Field((), description="Questions and statements to which the articles say yes.")
    deny: Phrasings = Field((), description="Questions and statements to which the articles say no.")
    undecided: Phrasings = Field((), description="Yes/no questions that the articles leave open.")
    depends: Sentence | None = Field(None, description="What to say to a question that the articles leave open.")
    leadership: Cell | None = None
    management: Cell | None = None
    aspect: Cell | None = None
    related: tuple[Id, ...] = ()
    overview: bool = Field(False, description="A summary of many claims; may have more than four.")
    questions: Phrasings

    @model_validator(mode="after")
    def _is_consistent(self) -> Topic:
        if len(self.claims) > 4 and not self.overview:
            raise ValueError(f"{len(self.claims)} claims: only a topic with `overview: true` may have more than 4")
        if (self.leadership is None) != (self.management is None):
            raise ValueError("`leadership` and `management` go together: give both or neither")
        return self

    @property
    def short(self) -> str:
        """The answer in one line: its first sentence."""
        return self.sentences[0]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the answer."""
        return tuple(_sentences(self.answer))

    @property
    def sides(self) -> tuple[str, str] | None:
        """What the topic says about each side, if it has two."""
        return (self.leadership, self.management) if self.leadership and self.management else None


class OutsideGroup(Entry):
    """Related questions that the articles do not answer, and the reply to them."""

    reply: Prose
    subject: Cell | None = Field(None, description='What is not covered, as in "... nothing on pay and careers".')
    closest: tuple[Id, ...] = ()
    questions: Phrasings


class Move(Entry):
    """Something that people say to go on from an answer, in all wordings: "shorter", "who says that?"."""

    id: MoveId
    questions: Phrasings


class SmalltalkKind(Entry):
    """One kind of small talk and the reply to it."""

    reply: Prose
    questions: Phrasings


class GoldenQuestion(BaseModel):
    """A question that must be answered with one of these claims; if there are none, it must not be answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Question = Field(alias="q")
    claims: ListedIds


class SideNames(BaseModel):
    """What readers see in place of the keys of a topic's two sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    leadership: Cell
    management: Cell


class About(BaseModel):
    """What a library says about itself. Without it, the bot speaks of "the articles"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: Cell | None = Field(None, description='As in "questions on ...", such as `bread and baking`.')
    example: Cell | None = Field(None, description="A question that the library answers.")
    sides: SideNames | None = None
    themes: dict[str, Title] = Field({}, description="The title of each file of topics, by its name without `.yaml`.")
    measured: tuple[Sentence, ...] = Field((), description="How good the answers are, each figure with its size.")
    opposites: tuple[tuple[Word, Word], ...] = Field(
        (), description='Pairs of words that a follow-up such as "and in winter?" swaps.'
    )

    @model_validator(mode="after")
    def _is_unambiguous(self) -> About:
        words = [word for pair in self.opposites for word in pair]
        if twice := next((word for word in words if words.count(word) > 1), None):
            raise ValueError(f"`opposites`: `{twice}` appears more than once")
        return self

    @property
    def side_names(self) -> tuple[str, str]:
        """The names of a topic's two sides."""
        if self.sides:
            return self.sides.leadership, self.sides.management
        first, second = SideNames.model_fields
        return first.capitalize(), second.capitalize()


@dataclass(frozen=True)
class KnowledgeBase:
    """A complete, valid library. Every mapping is keyed by id and keeps the order of the files.

    positions: where each topic begins, by its id.
    golden: the golden questions, by where each is.
    """

    articles: Mapping[str, Article]
    topics: Mapping[str, Topic]
    outside: Mapping[str, OutsideGroup]
    smalltalk: Mapping[str, SmalltalkKind]
    moves: Mapping[str, Move] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False)
    about: About = field(default_factory=About)
    golden: Mapping[Position, GoldenQuestion] = field(default_factory=dict)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim of every article, by id."""
        return MappingProxyType({claim.id: claim for article in self.articles.values() for claim in article.claims})

    @cached_property
    def sources(self) -> Mapping[str, Article]:
        """The article that each claim comes from, by the claim's id."""
        return MappingProxyType({claim.id: article for article in self.articles.values() for claim in article.claims})

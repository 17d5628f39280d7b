"""What there is to show of each kind of reply, and how sources are named."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant import Abstain, Answer, Assistant, Conversation, Evidence, Reason, Reply, Smalltalk, Sources, Suggest
from bot.knowledge import About, Article, Claim, OutsideGroup, SmalltalkKind, Topic
from bot.service import Choice, Page, Quotation, Sides, Source, page, wording

REVIEW = Article(
    id="review",
    title="Two Kinds",
    author="A. Writer",
    publisher="The Review",
    published="2009-12-01",
    url="https://example.org/two",
)
ABOUT = About()
NOTE = Article(id="note", label="A note")
PAY = OutsideGroup(id="pay", reply="Nothing on pay.", questions=("pay?",))
GREETING = SmalltalkKind(id="greeting", reply="Hello!", questions=("hi",))


def claim(number: int = 1, **changes: Any) -> Claim:  # noqa: ANN401  # any field
    return Claim(**{"id": f"c{number}", "says": "It says so.", "quote": f"words number {number}", **changes})


def topic(name: str = "purpose", **changes: Any) -> Topic:  # noqa: ANN401
    known = {"title": name.title(), "claims": ("c1",), "answer": "The answer.", "questions": ("why?",)}
    return Topic(**{"id": name, **known, **changes})


def answered(*evidence: Evidence, about: Topic | None = None, related: tuple[Topic, ...] = ()) -> Page:
    evidence = evidence or (Evidence(claim(), REVIEW),)
    return page(Answer(question="why?", topic=about or topic(), evidence=evidence, related=related), ABOUT)


def test_answer_says_what_who_and_where() -> None:
    shown = answered(Evidence(claim(speaker="Peter Drucker", role="quoted"), REVIEW), related=(topic("risk"),))
    assert (shown.title, shown.text, shown.sides) == ("Purpose", "The answer.", None)
    assert shown.quotations == (Quotation("words number 1", "Peter Drucker, according to A. Writer"),)
    assert shown.sources == (Source("“Two Kinds” by A. Writer, The Review, 1 December 2009", REVIEW.url),)
    assert (shown.choices, shown.choices_title, shown.is_question) == ((Choice("risk", "Risk"),), "See also:", False)


def test_both_sides_are_named() -> None:
    about = topic(leadership="leads", management="manages", aspect="in short")
    assert answered(about=about).sides == Sides("in short", ("Leadership", "Management"), ("leads", "manages"))


@pytest.mark.parametrize(
    ("article", "speaker", "role", "by"),
    [
        (REVIEW, None, "author", "A. Writer, the author"),
        (REVIEW, "Ross", "author", "Ross, the author"),
        (REVIEW, "Ross", "commenter", "Ross, a reader, in the comments"),
        (REVIEW, "Ross", "quoted", "Ross, according to A. Writer"),
        (NOTE, "Ross", "quoted", "Ross, according to the unsigned article"),
        (NOTE, None, "author", "the unsigned article"),
    ],
)
def test_quotation_has_its_speaker_and_role(article: Article, speaker: str | None, role: str, by: str) -> None:
    assert wording.attribution(Evidence(claim(speaker=speaker, role=role), article)) == by


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2009-12-01", "1 December 2009"),
        ("2020-05-31", "31 May 2020"),
        ("2009-12", "December 2009"),
        ("2009", "2009"),
        ("0987-01", "January 0987"),
    ],
)
def test_date_is_as_exact_as_it_is_known(published: str, words: str) -> None:
    article = Article(id="x", title="T", author="A.", published=published)
    assert wording.citation(article) == f"“T” by A., {words}"


def test_nothing_unknown_is_invented() -> None:
    shown = answered(Evidence(claim(quote=None), NOTE))
    assert shown.sources == (Source("an article without a title, unsigned (here called “A note”)", None),)
    assert shown.quotations == ()


def test_each_article_and_each_related_topic_is_named_once() -> None:
    evidence = [Evidence(claim(number), article) for number, article in enumerate([REVIEW, NOTE, REVIEW])]
    shown = answered(*evidence, related=(topic("risk"), topic("risk")))
    assert (len(shown.sources), len(shown.choices)) == (2, 1)


@pytest.mark.parametrize(("count", "notes"), [(4, ()), (5, ("and 1 more passage",)), (9, ("and 5 more passages",))])
def test_quotations_that_are_not_shown_are_counted(count: int, notes: tuple[str, ...]) -> None:
    shown = answered(*(Evidence(claim(number), REVIEW) for number in range(count)))
    assert (len(shown.quotations), shown.notes) == (4, notes)


def test_sources_show_the_evidence_without_the_answer() -> None:
    evidence = (Evidence(claim(1), REVIEW), Evidence(claim(2, quote=None, says="Unquoted."), NOTE))
    shown = page(Sources(question="source?", topic=topic(leadership="a", management="b"), evidence=evidence), ABOUT)
    assert shown.text == "Unquoted. — the unsigned article"
    assert (shown.title, shown.sides) == ("Purpose", None)
    assert ([q.text for q in shown.quotations], len(shown.sources)) == (["words number 1"], 2)


@pytest.mark.parametrize(
    ("reply", "text", "title"),
    [
        (Suggest(question="?", topics=(topic("risk"),)), wording.SUGGEST, ""),
        (Abstain(question="?", closest=(topic("risk"),)), wording.ABSTAIN[Reason.NOT_COVERED], wording.CLOSEST),
        (Abstain(question="?", group=PAY, closest=(topic("risk"),)), "Nothing on pay.", wording.CLOSEST),
    ],
)
def test_choices_answer_the_question(reply: Reply, text: str, title: str) -> None:
    expected = Page(text=text, choices_title=title, choices=(Choice("risk", "Risk"),), is_question=True)
    assert page(reply, ABOUT) == expected


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words(reason: Reason) -> None:
    text = wording.ABSTAIN[reason].format(subject="the articles")
    expected = Page(text=text, is_question=True)
    assert page(Abstain(question="?", reason=reason), ABOUT) == expected


def test_small_talk_speaks_for_itself() -> None:
    assert page(Smalltalk(question="hi", kind=GREETING), ABOUT) == Page(text="Hello!")


def test_shipped_source_names_the_words_the_speaker_the_article_its_date_and_address(assistant: Assistant) -> None:
    reply = assistant.reply("Who said management is doing things right?")
    shown = page(assistant.reply("source?", Conversation().then(reply)), ABOUT)
    assert shown.quotations[0].text == "Management is doing things right; leadership is doing the right things."
    assert shown.quotations[0].by.startswith("Peter Drucker")
    citation = "“Leadership Is Not Management (but you need both)” by Ross, crowdSPRING Blog, 1 December 2009"
    url = "http://blog.crowdspring.com/2009/12/01/leadership-management-small-business-startups"
    assert shown.sources == (Source(citation, url),)

"""What there is to show of each kind of reply, and how sources are named."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant import (
    Abstain,
    Answer,
    Assistant,
    Conversation,
    Evidence,
    Form,
    Reason,
    Reply,
    Smalltalk,
    Stance,
    Suggest,
)
from bot.knowledge import About, Article, Claim, OutsideGroup, SmalltalkKind, Topic
from bot.service import Choice, Outcome, Page, Quotation, Sides, Source, page, wording

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
CRISIS = OutsideGroup(id="crisis", reply="Call for help.", questions=("help?",))
GREETING = SmalltalkKind(id="greeting", reply="Hello!", questions=("hi",))


def claim(number: int = 1, **changes: Any) -> Claim:  # noqa: ANN401  # any field
    return Claim(**{"id": f"c{number}", "says": "It says so.", "quote": f"words number {number}", **changes})


def topic(name: str = "purpose", **changes: Any) -> Topic:  # noqa: ANN401
    known = {"title": name.title(), "claims": ("c1",), "answer": "The answer.", "questions": ("why?",)}
    return Topic(**{"id": name, **known, **changes})


RISK = (topic("risk"),)


def answered(*evidence: Evidence, about: Topic | None = None, **changes: Any) -> Page:  # noqa: ANN401
    evidence = evidence or (Evidence(claim(), REVIEW),)
    return page(Answer(question="why?", topic=about or topic(), evidence=evidence, **changes), ABOUT)


def test_answer_says_what_who_and_where() -> None:
    shown = answered(Evidence(claim(speaker="Peter Drucker", role="quoted"), REVIEW), related=(topic("risk"),))
    assert (shown.title, shown.text, shown.notes) == ("Purpose", "The answer.", ())
    assert shown.quotations == (Quotation("words number 1", "Peter Drucker, according to A. Writer"),)
    assert shown.sources == (Source("“Two Kinds” by A. Writer, The Review, 1 December 2009", REVIEW.url),)
    assert (shown.choices, shown.choices_title, shown.is_question) == (
        (Choice("risk", "Risk", "Risk"),),
        "See also:",
        False,
    )


@pytest.mark.parametrize(
    ("title", "form", "stance", "is_verdict"),
    [
        ("Do managers copy?", Form.YES_NO, Stance.NO, True),
        ("Do managers copy?", Form.STATEMENT, Stance.YES, True),
        ("Do managers copy?", Form.WHY, Stance.NO, True),
        ("Do managers copy?", Form.YES_NO, Stance.OPEN, False),  # there is no sentence that says so
        ("Do managers copy?", Form.WHY, Stance.YES, False),
        ("Do managers copy?", Form.YES_NO, None, False),
        ("Who copies", Form.YES_NO, Stance.NO, False),
    ],
)
def test_a_verdict_does_not_stand_below_another_question(
    title: str, form: Form, stance: Stance | None, is_verdict: bool
) -> None:
    shown = answered(about=topic(title=title), form=form, stance=stance)
    assert (shown.title, shown.is_verdict) == (title, is_verdict)


def test_a_choice_has_the_label_of_its_topic() -> None:
    assert answered(related=(topic("risk", label="Short"),)).choices == (Choice("risk", "Short", "Risk"),)


@pytest.mark.parametrize("form", Form)
def test_both_sides_are_shown_if_everything_is_asked_for(form: Form) -> None:
    about = topic(leadership="leads", management="manages", aspect="in short")
    both = (Sides("in short", ("Leadership", "Management"), ("leads", "manages")),)
    assert answered(about=about, form=form).sides == (both if form is Form.FULL else ())


def test_what_a_follow_up_was_understood_as_is_noted() -> None:
    assert answered(understood="why is it so?").notes == ("Understood as: why is it so?",)


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
    assert shown.sources == (Source("“A note” (our label; it has no title), unsigned", None),)
    assert shown.quotations == ()


def test_each_article_and_each_related_topic_is_named_once() -> None:
    evidence = [Evidence(claim(number), article) for number, article in enumerate([REVIEW, NOTE, REVIEW])]
    shown = answered(*evidence, related=(topic("risk"), topic("risk")))
    assert (len(shown.sources), len(shown.choices)) == (2, 1)


COUNTS = {Form.FULL: (4, 1), Form.QUOTE: (0, 1), Form.WHEN: (0, 1), Form.ONE_LINE: (0, 0)}
"""How many quotations and sources are shown, if not one of each."""


@pytest.mark.parametrize("form", Form)
def test_no_more_is_shown_than_was_asked_for(form: Form) -> None:
    shown = answered(*(Evidence(claim(number), REVIEW) for number in range(9)), form=form)
    assert (len(shown.quotations), len(shown.sources)) == COUNTS.get(form, (1, 1))


def test_who_asks_for_the_source_gets_every_address() -> None:
    evidence = (Evidence(claim(1), NOTE), Evidence(claim(2), REVIEW))
    assert REVIEW.url in [source.url for source in answered(*evidence, form=Form.SOURCE).sources]


@pytest.mark.parametrize(
    ("quote", "is_shown"),
    [
        ("the answer", False),
        ("The answer!", False),
        ("it is the answer", True),
        ("words of their own", True),
    ],
)
def test_a_quotation_that_repeats_the_text_is_left_out(quote: str, is_shown: bool) -> None:
    assert bool(answered(Evidence(claim(quote=quote), REVIEW)).quotations) is is_shown


def test_a_quotation_that_is_not_of_the_main_claim_is_about_the_same() -> None:
    told, other = "Slow dough bakes an answer", "Thieves never sleep"
    main = Evidence(claim(quote="the answer"), REVIEW)
    for quote, is_shown in ((told, True), (told.lower(), False), (other, False)):
        shown = answered(main, Evidence(claim(quote=quote), REVIEW), about=topic(answer="The answer is dough."))
        assert bool(shown.quotations) is is_shown
    assert answered(Evidence(claim(quote=other), REVIEW), main).quotations


def test_a_quotation_names_only_the_source_that_it_is_from() -> None:
    evidence = (Evidence(claim(1, quote="slow dough"), NOTE), Evidence(claim(2, quote="salt"), REVIEW))
    reply = Answer(question="quote on salt", topic=topic(), evidence=evidence, form=Form.QUOTE)
    assert [source.url for source in page(reply, ABOUT).sources] == [REVIEW.url]


@pytest.mark.parametrize(
    ("reply", "outcome", "text", "title"),
    [
        (Suggest(question="?", topics=RISK), Outcome.SUGGEST, wording.SUGGEST, ""),
        (Abstain(question="?", closest=RISK), Outcome.ABSTAIN, wording.ABSTAIN[Reason.NOT_COVERED], wording.CLOSEST),
        (Abstain(question="?", group=PAY, closest=RISK), Outcome.ABSTAIN, "Nothing on pay.", wording.CLOSEST),
        (Abstain(question="?", group=CRISIS, closest=RISK), Outcome.CARE, "Call for help.", wording.CLOSEST),
    ],
)
def test_choices_answer_the_question(reply: Reply, outcome: Outcome, text: str, title: str) -> None:
    choices = (Choice("risk", "Risk", "Risk"),)
    expected = Page(outcome=outcome, text=text, choices_title=title, choices=choices, is_question=True)
    assert page(reply, ABOUT) == expected


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (Abstain(question="¿qué?", reason=Reason.NOT_ENGLISH, language="es"), "Solo leo inglés, lo siento."),
        (Abstain(question="?", reason=Reason.NOT_ENGLISH, language="eo"), "I only read English."),
    ],
)
def test_what_is_not_english_is_answered_in_its_language_if_that_is_known(reply: Reply, text: str) -> None:
    assert page(reply, ABOUT) == Page(text=text, is_question=True)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words(reason: Reason) -> None:
    text = wording.ABSTAIN[reason].format(subject="the articles")
    outcome = Outcome.ABSTAIN if reason is Reason.NOT_COVERED else Outcome.TALK
    expected = Page(outcome=outcome, text=text, is_question=True)
    assert page(Abstain(question="?", reason=reason), ABOUT) == expected


def test_small_talk_speaks_for_itself() -> None:
    assert page(Smalltalk(question="hi", kind=GREETING), ABOUT) == Page(text="Hello!")


def test_shipped_answer_names_the_speaker_the_article_its_date_and_address(assistant: Assistant) -> None:
    reply = assistant.reply("Who said management is doing things right?")
    shown = page(reply, ABOUT)
    assert shown.text.startswith("Peter Drucker")
    citation = "“Leadership Is Not Management (but you need both)” by Ross, crowdSPRING Blog, 1 December 2009"
    url = "http://blog.crowdspring.com/2009/12/01/leadership-management-small-business-startups"
    assert Source(citation, url) in shown.sources
    source = page(assistant.reply("source?", Conversation().then(reply)), ABOUT)
    assert citation in source.text
    quote = page(assistant.reply("exact words?", Conversation().then(reply)), ABOUT)
    assert quote.text.startswith(
        "“Management is doing things right; leadership is doing the right things.” — Peter Drucker"
    )

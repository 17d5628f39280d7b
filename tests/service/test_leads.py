"""How an answer opens, for each thing that can be asked and each stance."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant import Answer, Evidence, Form, Stance
from bot.knowledge import About, Article, Claim, Topic
from bot.knowledge.model import SideNames
from bot.service import wording
from bot.service.leads import opening

KITCHEN = Article(id="kitchen", title="Bread", author="Ada Baker", publisher="Kitchen Post", published="2020-05-04")
NOTE = Article(id="note", label="A note")
ABOUT = About(sides=SideNames(leadership="Dough", management="Crust"), opposites=(("dough", "crust"), ("in", "out")))
SHORT, REST = "Slowly it rises.", "Do not hurry it."
WHOLE = f"{SHORT} {REST}"
SIDES = {"leadership": "rises", "management": "browns"}
DEPENDS = {"depends": "That depends on the yeast."}
BECAUSE = {"because": "yeast takes its time."}
AUTHOR = "Ada Baker, the author"


def evidence(article: Article = KITCHEN, **claim: Any) -> Evidence:  # noqa: ANN401  # any field
    return Evidence(Claim(**{"id": "c", "says": "It says so.", **claim}), article)


def opened(
    form: Form,
    stance: Stance | None = None,
    *,
    evidence: tuple[Evidence, ...] = (evidence(),),
    side: int | None = None,
    lead: int = 0,
    question: str = "is it so?",
    **topic: Any,  # noqa: ANN401
) -> str:
    known = {"id": "t", "title": "Rising", "claims": ("c",), "answer": WHOLE, "questions": ("why?",)}
    about = Topic(**{**known, **topic})
    return opening(
        Answer(question=question, topic=about, evidence=evidence, form=form, stance=stance, side=side, lead=lead), ABOUT
    )


CASES: list[tuple[Form, Stance | None, dict[str, Any], str]] = [
    (Form.OPEN, None, {}, WHOLE),
    (Form.OPEN, Stance.YES, {}, WHOLE),
    (Form.OPEN, Stance.OPEN, DEPENDS, WHOLE),
    (Form.OPEN, Stance.NO, {}, WHOLE),
    (Form.YES_NO, Stance.YES, {}, f"Yes: slowly it rises. {REST}"),
    (Form.YES_NO, Stance.NO, {}, f"No: slowly it rises. {REST}"),
    (Form.YES_NO, Stance.NO, {"answer": SHORT}, "No: slowly it rises."),
    (Form.YES_NO, Stance.OPEN, {}, WHOLE),
    (Form.YES_NO, Stance.OPEN, DEPENDS, "That depends on the yeast."),
    (Form.YES_NO, None, DEPENDS, WHOLE),
    (Form.STATEMENT, Stance.YES, {}, f"Yes: slowly it rises. {REST}"),
    (Form.STATEMENT, Stance.NO, {}, f"No: slowly it rises. {REST}"),
    (Form.STATEMENT, None, {}, WHOLE),
    (Form.WHO, None, {}, f"{AUTHOR}. {SHORT}"),
    (Form.WHO, None, {"who": "Whoever waits."}, f"Whoever waits. {SHORT}"),
    (Form.AUTHOR, None, {"who": "Whoever waits."}, f"{AUTHOR}."),
    (Form.WHICH, None, {"side": 0, **SIDES}, f"Dough. {WHOLE}"),
    (Form.WHICH, None, {"side": 1, **SIDES}, f"Crust. {WHOLE}"),
    (Form.WHICH, None, {"side": 1, **SIDES, "question": "in or out?"}, f"Out. {WHOLE}"),
    (Form.WHICH, None, {"side": 0, **SIDES, "answer": "It is dough."}, "It is dough."),
    (Form.WHICH, None, {"side": 1, **SIDES, "answer": "It is dough."}, "Crust. It is dough."),
    (Form.WHICH, None, {"side": 0}, WHOLE),
    (Form.WHICH, None, SIDES, WHOLE),
    (Form.WHICH, Stance.NO, {}, WHOLE),
    (Form.WHEN, None, {}, f"On 4 May 2020. {SHORT}"),
    (Form.WHEN, None, {"evidence": (evidence(date="2021-06-07"),)}, f"On 7 June 2021. {SHORT}"),
    (Form.WHEN, None, {"answer": "It came out in 2020. Late."}, "It came out in 2020."),
    (Form.WHEN, None, {"evidence": (evidence(NOTE),)}, f"{wording.NO_DATE} {SHORT}"),
    (Form.WHY, None, BECAUSE, "Because yeast takes its time."),
    (Form.WHY, Stance.YES, BECAUSE, "Because yeast takes its time."),
    (Form.WHY, Stance.NO, BECAUSE, f"That isn't so: slowly it rises. {REST}"),
    (Form.WHY, None, {}, f"{wording.NO_REASON} {SHORT}"),
    (Form.SOURCE, None, {}, f"{wording.found_in(evidence())} {SHORT}"),
    (Form.QUOTE, None, {}, f"{wording.NO_QUOTATION} {SHORT}"),
    (Form.ONE_LINE, None, {}, SHORT),
    (Form.MORE, None, {}, f"All that the articles say on that: slowly it rises. {REST}"),
    # The sentence that was asked for comes first, but in one line there is the first one alone.
    (Form.OPEN, None, {"lead": 1}, f"{REST} {SHORT}"),
    (Form.YES_NO, Stance.YES, {"lead": 1}, f"Yes: do not hurry it. {SHORT}"),
    (Form.ONE_LINE, None, {"lead": 1}, SHORT),
    (Form.EXAMPLE, None, {}, f"{wording.NO_EXAMPLE} {SHORT}"),
    (Form.NUMBER, None, {}, f"{wording.NO_NUMBER} {SHORT}"),
    (Form.NUMBER, None, {"answer": "It takes 12 hours. Wait."}, "It takes 12 hours. Wait."),
    (Form.NUMBER, None, {"answer": "It takes two hours. Wait."}, "It takes two hours. Wait."),
    (Form.OPINION, None, {}, f"{wording.OPINION.format(who=AUTHOR)} {SHORT}"),
    (Form.FULL, None, {}, WHOLE),
    (Form.FULL, Stance.NO, {}, WHOLE),
]


@pytest.mark.parametrize(("form", "stance", "given", "text"), CASES)
def test_an_answer_opens_with_what_was_asked_for(
    form: Form, stance: Stance | None, given: dict[str, Any], text: str
) -> None:
    assert opened(form, stance, **given) == text


def test_every_form_and_every_stance_has_its_opening() -> None:
    assert {form for form, *_ in CASES} == {*Form}
    assert {stance for form, stance, *_ in CASES if form is Form.YES_NO} == {None, *Stance}


QUOTED = (
    evidence(),
    evidence(speaker="Tom", role="quoted", quote="Salt makes the crust."),
    evidence(quote="Good bread takes its time."),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("the exact words on good bread?", f"“Good bread takes its time.” — {AUTHOR}"),
        ("quote the line on the crust", "“Salt makes the crust.” — Tom, according to Ada Baker"),
        ("a quote, please", "“Salt makes the crust.” — Tom, according to Ada Baker"),
    ],
)
def test_the_quotation_is_the_one_most_like_the_question(question: str, text: str) -> None:
    assert opened(Form.QUOTE, question=question, evidence=QUOTED) == text


TOM = evidence(speaker="Tom Miller", role="quoted")


@pytest.mark.parametrize(
    ("sentence", "after_a_colon"),
    [
        ("The dough rests.", "the dough rests."),
        ("A loaf rests.", "a loaf rests."),
        ("Tom waits.", "Tom waits."),
        ("Miller’s dough rests.", "Miller’s dough rests."),
        ("Tom's dough rests.", "Tom's dough rests."),
        ("I wait.", "I wait."),
        ("DIY bakers wait.", "DIY bakers wait."),
        ("“Resting” is waiting.", "“Resting” is waiting."),
        ("12 hours pass.", "12 hours pass."),
    ],
)
def test_only_a_name_keeps_its_capital_after_a_colon(sentence: str, after_a_colon: str) -> None:
    assert opened(Form.YES_NO, Stance.YES, evidence=(TOM,), answer=sentence) == f"Yes: {after_a_colon}"


@pytest.mark.parametrize("sentence", ["Ada waits.", "Tom, too, waits."])
def test_no_name_loses_its_capital(sentence: str) -> None:
    assert opened(Form.YES_NO, Stance.YES, evidence=(TOM,), answer=sentence) == f"Yes: {sentence}"


def test_an_article_is_no_name() -> None:
    by = Article(id="kitchen", title="Bread", publisher="The Kitchen Post")
    assert (
        opened(Form.YES_NO, Stance.YES, evidence=(evidence(by),), answer="The dough rests.") == "Yes: the dough rests."
    )


def test_a_number_in_words_is_a_number() -> None:
    assert opened(Form.NUMBER, answer="It takes four hours. Wait.") == "It takes four hours. Wait."


@pytest.mark.parametrize(("date", "text"), [("2020", "In 2020."), ("2020-05", "In May 2020.")])
def test_a_date_is_as_exact_as_it_is_known(date: str, text: str) -> None:
    assert opened(Form.WHEN, evidence=(evidence(date=date),)) == f"{text} {SHORT}"


@pytest.mark.parametrize("form", [Form.WHO, Form.AUTHOR])
def test_of_an_unsigned_article_nobody_is_the_author(form: Form) -> None:
    assert opened(form, evidence=(evidence(NOTE),)).startswith(wording.NO_AUTHOR)


TOLD = (evidence(speaker="Ada Baker", quote="Slow."), evidence(speaker="Tom Miller", date="2021-06-07", quote="Fast."))


@pytest.mark.parametrize(
    ("form", "question", "expected"),
    [
        (Form.WHEN, "when did Tom say that?", "On 7 June 2021."),
        (Form.WHEN, "when did they say that?", f"On 4 May 2020. {SHORT}"),
        (Form.QUOTE, "quote Tom on that", "“Fast.” — Tom Miller"),
        (Form.QUOTE, "quote that", "“Slow.” — Ada Baker"),
        (Form.SOURCE, "where does Tom say that?", f"{wording.found_in(TOLD[1])} {SHORT}"),
    ],
)
def test_who_names_a_speaker_is_told_about_that_one(form: Form, question: str, expected: str) -> None:
    assert opened(form, evidence=TOLD, question=question).startswith(expected)

"""What a yes/no question asserts, however it is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.assertions import Asserting, Assertion
from bot.text import normalise, words
from tests.conftest import ANY_TEXT

ASSERTING = Asserting([("cook", "waiter"), ("cooks", "waiters"), ("cooking", "waiting")], ["Ada Okafor", "Tom Miller"])


def asserted(text: str) -> Assertion:
    return ASSERTING(normalise(text))


def content(text: str) -> set[str]:
    return {*asserted(text).terms["content"]}


FRAMES = [
    "{}",
    "So {}?",
    "{}, right?",
    "{}, correct?",
    "{}, am I right",
    "{} or not?",
    "{}, is that true?",
    "{} then, or what?",
    "{}, don't they? True or false?",
    "{}, don't they?",
    "{}, do they not",
    "{}, isn't it",
    "True or false: {}",
    "{}, true or false?",
    "Yes or no, {}",
    "Is it true that {}?",
    "and is it fair to say {}?",
    "Would you agree that {}",
    "Am I right in thinking that {}?",
    "Does the article say {}",
    "Do both texts really claim that {}?",
    "Isn't it true that {}?",
    "Do either of the articles say {}?",
    "{}, don't you think?",
    "{}, or don't they?",
    "{}, or is that not so?",
    "{}, isn't that what the article says?",
    "according to the article {}",
    "In the author's view {}",
    "{} according to Tom Miller",
    "Tom Miller says {}",
    "Does Ada Okafor think that {}?",
    "did okafor really say that {}",
    "If you ask Ada, {}",
]
DENIALS = [
    "is it false that {}",
    "So is it wrong to say that {}?",
    "Is it a myth that {}",
    "Am I mistaken in thinking that {}?",
    "would it be a mistake to assume {}",
    "it's a misconception that {}, right?",
    "It would be wrong to say that {}, wouldn't it?",
    "it isn't the case that {}",
    "did Ada dispute that {}?",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_what_introduces_it_and_what_asks_for_assent_is_left_out(frame: str) -> None:
    found = asserted(frame.format("cooks copy waiters"))
    assert (found.words, found.is_denied) == (("cooks", "copy", "waiters"), False)


@pytest.mark.parametrize("frame", DENIALS)
def test_who_asks_whether_it_is_false_asserts_the_contrary(frame: str) -> None:
    found = asserted(frame.format("cooks copy waiters"))
    assert (found.words, found.is_denied) == (("cooks", "copy", "waiters"), True)
    assert not asserted(frame.format("cooks don't copy waiters")).is_denied


@pytest.mark.parametrize(
    ("text", "said", "is_denied"),
    [
        ("cooks don't copy waiters", "cooks do copy waiters", True),
        ("cooks do not copy waiters", "cooks do copy waiters", True),
        ("cooks never copy waiters", "cooks copy waiters", True),
        ("cooks no longer copy waiters", "cooks copy waiters", True),
        ("cooks can't sing", "cooks can sing", True),
        ("cooks won't sing", "cooks will sing", True),
        ("cooks ain't waiters", "cooks is waiters", True),
        ("is it true that cooks don't sing", "cooks do sing", True),
        ("cooks don't sing, right?", "cooks do sing", True),
        # "Don't they ...?" asks whether they do.
        ("don't cooks sing?", "do cooks sing", False),
        ("aren't cooks waiters", "are cooks waiters", False),
        ("in a kitchen, don't cooks sing?", "in a kitchen do cooks sing", False),
        # Here it adds or contrasts.
        ("cooks sing and not just hum", "cooks sing and not just hum", False),
        ("do cooks, not waiters, sing", "do cooks not waiters sing", False),
        ("cooks sing, don't they?", "cooks sing", False),
        # Only the first one denies.
        ("don't cooks who can't sing hum", "do cooks who cant sing hum", False),
    ],
)
def test_a_negation_denies_unless_it_asks_for_assent(text: str, said: str, is_denied: bool) -> None:
    found = asserted(text)
    assert (" ".join(found.words), found.is_denied) == (said, is_denied)


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("cooks don't sing, do they?", True),
        ("so cooks are not waiters, are they", True),
        ("cooks don't sing, don't they?", False),
        ("cooks don't sing, right?", False),
        ("cooks sing, do they?", False),
    ],
)
def test_a_denial_with_an_assenting_tag_is_doubted(text: str, is_doubted: bool) -> None:
    assert asserted(text).is_doubted is is_doubted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("are waiters copied by the cooks?", "the cooks copied waiters"),
        ("waiters will be copied in time by cooks", "cooks copied waiters will in time"),
        ("waiters are copied by children", "waiters are copied by children"),  # a child is of neither side
    ],
)
def test_who_does_it_comes_first(text: str, said: str) -> None:
    assert " ".join(asserted(text).words).split() == said.split()


def test_without_speakers_and_sides_nobody_is_named() -> None:
    found = Asserting([], [])("does tom say that cooks sing")
    assert (found.speaker, found.side, found.sides) == (None, "", ("",) * 6)
    assert found.words == ("does", "tom", "say", "that", "cooks", "sing")


# Who does what to whom


@pytest.mark.parametrize(
    ("text", "side"), [("is cooking fun", "<1>"), ("a waiter copies a cook", "<2>"), ("who sings", ""), ("", "")]
)
def test_its_side_is_the_first_that_is_named(text: str, side: str) -> None:
    assert asserted(text).side == side


def test_content_is_what_is_said_in_base_forms_without_the_sides() -> None:
    assert content("are the waiters imitating cooks' songs?") == {"imitate", "song"}
    assert content("do all waiters always sing more than cooks") == {"all", "always", "sing", "more", "than"}
    assert content("is it that they do") == set()


def test_order_tells_who_does_it_to_whom() -> None:
    one, other = asserted("cooks copy waiters"), asserted("waiters copy cooks")
    assert one.terms["content"] == other.terms["content"] == {"copy"}
    assert one.terms["order"] == {"<1> copy", "copy <2>", "<1> <2>"}
    assert other.terms["order"] == {"<2> copy", "copy <1>", "<2> <1>"}
    assert asserted("salt over sugar").terms["order"] == {"salt over", "over sugar"}
    assert asserted("salt burns sugar").terms["order"] == set()


def test_what_is_said_is_said_of_a_side() -> None:
    told = asserted("today cooks sing and waiters hum songs").terms
    assert told["side"] == {"<1>"}
    assert told["sided"] == {"<1> today", "<1> sing", "<1> hum", "<1> song"}
    assert told["bound"] == {"<1> today", "<1> sing", "<2> hum", "<2> song"}
    assert asserted("they sing").terms["bound"] == set()


def test_of_a_long_text_only_the_beginning_has_an_order() -> None:
    spoken = [f"w{n}" for n in range(30)]
    found = asserted(" ".join([*spoken[:5], "cooks", *spoken[5:], "waiters"]))
    assert {word for pair in found.terms["order"] for word in pair.split()} == {*spoken[:13], "<1>"}


PIECES = ["so ", "is it ", "true that ", "don't ", "not ", "cooks ", "tom miller ", "says ", "never ", "right ", "the "]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | ANY_TEXT)
def test_any_text_asserts_something_and_nothing_is_made_up(text: str) -> None:
    found = asserted(text)
    assert len(found.words) == len(found.sides) <= len(words(normalise(text)))
    assert {*found.words} - {*words(normalise(text))} <= {"is", "do", "can", "will"}

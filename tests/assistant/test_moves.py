"""How a conversation goes on from an answer: every move, picking from what was offered, and what is no move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from bot.assistant import Abstain, Answer, Assistant, Conversation, Form, Reason, Smalltalk, Stance, Suggest
from bot.assistant.moves import FORMS, PICKS
from bot.knowledge import KnowledgeBase, load_library
from bot.knowledge.texts import MoveId
from bot.matching import Kind
from bot.text import normalise
from tests.assistant.scripted import decision, scripted, talk

SAY: dict[str, str] = {
    "shorter": "make it shorter",
    "longer": "tell me more",
    "plainer": "in plain words",
    "one-line": "in one line",
    "quote": "exact words",
    "why": "how come",
    "source": "where is that from",
    "who": "who says so",
    "when": "since when",
    "is-author": "is he the author",
    "example": "for instance",
    "number": "any figures",
    "another": "something else",
    "more-by-speaker": "what else did he say",
    "other-side": "and the other side",
    "reverse": "the other way round",
    "disagree": "does anybody disagree",
    "opinion": "is that a fact",
    "verdict": "yes or no",
    "restate": "so that is it",
    "first": "back to the first answer",
    "repeat": "come again",
    "wrong": "that is not what i asked",
    "pick-first": "the first one",
    "pick-second": "the second one",
    "pick-third": "the third one",
    "pick-yes": "yes that one",
    "pick-none": "none of these",
}
HEAT = """\
- {id: tea-heat, title: Tea, claims: [boiling-water], answer: It is., aspect: heat, questions: [is tea hot]}
- {id: bread-heat, title: Bread, claims: [slow-dough], answer: It is., aspect: heat, questions: [is bread hot]}
"""
CHANGES = {
    "library.yaml": "opposites: [[tea, bread]]\n",
    "moves.yaml": "".join(f"- {{id: {move}, questions: [{text}]}}\n" for move, text in SAY.items()),
    "topics/heat.yaml": HEAT,
}
BREW, HURRY, KEEP, HOT, VAGUE = "How do I brew it?", "Can I hurry my dough?", "Where is it kept?", "is tea hot?", "food"
SURE = {BREW: {"brewing": 0.9}, HURRY: {"rising": 0.9}, KEEP: {"storing": 0.9}, HOT: {"tea-heat": 0.9}} | {
    VAGUE: {"storing": 0.4, "rising": 0.3, "salting": 0.2}
}


@pytest.fixture
def knowledge(library: Callable[..., Path]) -> KnowledgeBase:
    return load_library(library(CHANGES))


@pytest.fixture
def talker(knowledge: KnowledgeBase) -> Assistant:
    return scripted(knowledge, SURE, stances={BREW: Stance.YES})


def test_every_move_is_here(library: Callable[..., Path]) -> None:
    assert {*SAY} == {*get_args(MoveId)} == {*load_library(library()).moves}
    assert {*FORMS, *PICKS} < {*SAY}


# The last answer in another form


@pytest.mark.parametrize(
    ("move", "asked"),
    [
        *((move, Form.ONE_LINE) for move in ("shorter", "plainer", "one-line", "restate")),
        *(("longer", Form.FULL), ("repeat", Form.OPEN), ("quote", Form.QUOTE), ("why", Form.WHY), ("who", Form.WHO)),
        *(("source", Form.SOURCE), ("is-author", Form.AUTHOR), ("when", Form.WHEN), ("number", Form.NUMBER)),
        *(("opinion", Form.OPINION), ("example", Form.EXAMPLE)),
    ],
)
def test_the_last_answer_is_shown_in_another_form(move: str, asked: Form, talker: Assistant) -> None:
    first, reply = talk(talker, BREW, f"{SAY[move].title()}?!")
    assert isinstance(first, Answer)
    assert isinstance(reply, Answer)
    assert (reply.form, reply.understood, reply.stance) == (asked, BREW, None)
    assert (reply.topic, reply.evidence, reply.related) == (first.topic, first.evidence, first.related)
    assert reply.ranking == first.ranking


def test_yes_or_no_is_said_to_the_last_question(talker: Assistant) -> None:
    reply = talk(talker, BREW, SAY["verdict"])[-1]
    assert isinstance(reply, Answer)
    assert (reply.topic.id, reply.form, reply.stance) == ("brewing", Form.YES_NO, Stance.YES)


def test_one_form_after_the_other_is_of_the_same_answer(talker: Assistant) -> None:
    said = talk(talker, BREW, "hm", SAY["why"], SAY["source"], "well well", SAY["one-line"])
    forms = [(reply.topic.id, reply.form, reply.understood) for reply in said[2:] if isinstance(reply, Answer)]
    assert forms == [("brewing", form, BREW) for form in (Form.WHY, Form.SOURCE, Form.ONE_LINE)]


# Another answer


def test_another_one_is_a_related_one_and_none_twice(talker: Assistant) -> None:
    said = talk(talker, BREW, *[SAY["another"]] * 4)
    assert [*map(decision, said)] == [
        *("answer brewing", "answer rising", "answer salting"),
        *["NOTHING_MORE None: "] * 2,
    ]


@pytest.mark.parametrize(
    ("first", "found"),
    # Not what says the same: tea-heat rests on the claim that brewing rests on.
    [(HURRY, ["rising", "salting"]), (BREW, ["brewing"]), (KEEP, ["storing"])],
)
def test_more_is_by_the_same_speaker(first: str, found: list[str], talker: Assistant) -> None:
    said = talk(talker, first, *[SAY["more-by-speaker"]] * len(found))
    assert [*map(decision, said)] == [*(f"answer {topic}" for topic in found), "NOTHING_MORE None: "]


@pytest.mark.parametrize("move", ["other-side", "reverse"])
def test_the_other_side_is_that_of_the_same_aspect(move: str, knowledge: KnowledgeBase) -> None:
    asked = {"is bread hot": {"tea-heat": 0.95, "rising": 0.9, "bread-heat": 0.6}}
    reply = talk(scripted(knowledge, {**SURE, **asked}), HOT, SAY[move])[-1]
    assert decision(reply) == "answer bread-heat"
    assert normalise(reply.understood) == "is bread hot"


@pytest.mark.parametrize("move", ["other-side", "reverse"])
@pytest.mark.parametrize(
    ("stance", "sure", "expected"),
    [
        (Stance.NO, 0.6, "answer tea-heat"),
        (Stance.NO, 0.9, "answer bread-heat"),
        (Stance.OPEN, 0.6, "answer bread-heat"),
        (None, 0.6, "answer bread-heat"),
    ],
)
def test_what_the_topic_itself_decides_needs_no_other(
    move: str, stance: Stance | None, sure: float, expected: str, knowledge: KnowledgeBase
) -> None:
    stances = {"is bread hot": stance} if stance else {}
    found = {**SURE, "is bread hot": {"tea-heat": 0.95, "bread-heat": sure}}
    reply = talk(scripted(knowledge, found, stances=stances), HOT, SAY[move])[-1]
    assert decision(reply) == expected
    assert isinstance(reply, Answer)
    assert (reply.stance is Stance.NO) is (expected == "answer tea-heat")


@pytest.mark.parametrize("move", ["other-side", "reverse"])
def test_where_no_topic_has_the_same_aspect_the_other_side_is_asked_for(move: str, knowledge: KnowledgeBase) -> None:
    asked = {"is tea good": {"storing": 0.9}, "is bread good": {"storing": 0.95, "rising": 0.9}}
    reply = talk(scripted(knowledge, asked), "is tea good", SAY[move])[-1]
    assert decision(reply) == "answer rising"


@pytest.mark.parametrize("move", ["other-side", "reverse"])
def test_where_there_is_no_other_side_there_is_no_answer(move: str, talker: Assistant) -> None:
    assert decision(talk(talker, HURRY, SAY[move])[-1]) == "NO_QUESTION None: "


def test_the_first_answer_of_all_comes_back(talker: Assistant) -> None:
    said = talk(talker, "?!", BREW, HURRY, KEEP, SAY["first"])
    assert decision(said[-1]) == "answer brewing"
    assert said[-1].understood == BREW


def test_who_disagrees_is_asked_of_the_library(knowledge: KnowledgeBase) -> None:
    asked = {f"{BREW[:-1]} {SAY['disagree']}": {"storing": 0.9}}
    reply = talk(scripted(knowledge, {**SURE, **asked}), BREW, SAY["disagree"])[-1]
    assert decision(reply) == "answer storing"
    assert normalise(reply.understood) == normalise(next(iter(asked)))


def test_if_the_library_knows_of_no_objection_somebody_else_speaks(knowledge: KnowledgeBase) -> None:
    """Anybody but the one who has just been quoted."""
    asked = {f"{BREW} {SAY['disagree']}": {"tea-heat": 0.3, "storing": 0.25, "rising": 0.2}}
    reply = talk(scripted(knowledge, {**SURE, **asked}), BREW, SAY["disagree"])[-1]
    assert decision(reply) == "answer rising"
    assert reply.understood == "Letting dough rise"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (f"bit harsh! {SAY['who']}?", "answer brewing"),
        (f"{SAY['who']}, the baker?", "answer brewing"),
        # What is about something else, or too long, is no move.
        (f"{SAY['repeat']}: all bakers are thieves, and cooks, too", "NOT_COVERED"),
        ("bit harsh! isn't it?", "NOT_COVERED"),
    ],
)
def test_a_part_of_a_message_may_be_a_move(message: str, expected: str, knowledge: KnowledgeBase) -> None:
    likely = {SAY["who"]: (Kind.MOVE, "who", 0.9)}
    reply = talk(scripted(knowledge, SURE, likely), BREW, message)[-1]
    assert decision(reply).startswith(expected)


@pytest.mark.parametrize(
    ("before", "message", "stance"),
    [
        (HURRY, "does Tom Miller say that too?", Stance.YES),
        (BREW, "did Tom say so", Stance.NO),
        (BREW, "does Nobody say that", None),
    ],
)
def test_whether_somebody_says_so_too_depends_on_the_evidence(
    before: str, message: str, stance: Stance | None, talker: Assistant
) -> None:
    reply = talk(talker, before, message)[-1]
    assert (reply.stance if isinstance(reply, Answer) else None) is stance


def test_of_several_speakers_of_that_name_the_first_in_the_library_is_meant(library: Callable[..., Path]) -> None:
    """Not whichever the order of a set, which differs from process to process, has first."""
    others = (
        f"  - {{id: mill-{name}, speaker: {name} Miller, role: quoted, says: Flour is dear.}}\n" for name in "ABCDEFG"
    )
    mill = "id: mill\nlabel: A note on mills\nclaims:\n" + "".join(others)
    talker = scripted(load_library(library({**CHANGES, "articles/mill.yaml": mill})), SURE)
    reply = talk(talker, HURRY, "does Miller say that too?")[-1]
    assert isinstance(reply, Answer)
    assert reply.stance is Stance.YES


@pytest.mark.parametrize(
    ("message", "form"),
    [("in which kettle", Form.MORE), (BREW, Form.OPEN), ("do I brew it", Form.YES_NO), (SAY["repeat"], Form.OPEN)],
)
def test_who_is_told_the_same_again_learns_that_this_is_all(message: str, form: Form, knowledge: KnowledgeBase) -> None:
    sure = {**SURE, "in which kettle": {"brewing": 0.9}, "do I brew it": {"brewing": 0.9}}
    *_, reply = talk(scripted(knowledge, sure), BREW, message)
    assert isinstance(reply, Answer)
    assert (reply.topic.id, reply.form) == ("brewing", form)


@pytest.mark.parametrize("before", ["haha ok ", "cool, thanks! ", "sounds boring :D "])
def test_what_is_said_in_passing_does_not_hide_the_question(before: str, talker: Assistant) -> None:
    for message in (HURRY, "and what about bread?"):
        plain, reply = (talk(talker, HOT, text)[-1] for text in (message, before + message))
        assert decision(reply) == decision(plain)
        assert decision(plain).startswith("answer")
    assert reply.question == before + message


def test_who_points_at_the_articles_is_told_where_it_says_so(talker: Assistant) -> None:
    reply = talk(talker, BREW, "which of the two articles says so?")[-1]
    assert isinstance(reply, Answer)
    assert (reply.topic.id, reply.form) == ("brewing", Form.SOURCE)


@pytest.mark.parametrize(("named", "expected"), [("bread", "answer bread-heat"), ("tea", "answer storing")])
def test_a_side_alone_means_the_other_side_of_the_same(named: str, expected: str, knowledge: KnowledgeBase) -> None:
    asked = {f"is tea hot and what about {named}": {"storing": 0.9}, f"and what about {named}": {"storing": 0.95}}
    reply = talk(scripted(knowledge, {**SURE, **asked}), HOT, f"and what about {named}?")[-1]
    assert decision(reply) == expected


@pytest.mark.parametrize(
    ("message", "sure", "expected"),
    [
        ("no, I meant salt", {"salt": {"salting": 0.9}}, "answer salting"),
        ("no, I meant salt", {"how do i brew it salt": {"salting": 0.9}}, "answer salting"),
        ("no, I meant bread", {"is bread hot": {"bread-heat": 0.9}}, "answer bread-heat"),
        ("no, I meant salt", {"salt": {"brewing": 0.9}}, "NOT_COVERED"),
    ],
)
def test_who_meant_something_else_gets_that(
    message: str, sure: dict[str, dict[str, float]], expected: str, knowledge: KnowledgeBase
) -> None:
    before = HOT if "bread" in message else BREW
    reply = talk(scripted(knowledge, {**SURE, **sure}), before, message)[-1]
    assert decision(reply).startswith(expected)


def test_what_is_wrong_is_not_offered_again(talker: Assistant) -> None:
    first, offered, picked = talk(talker, HURRY, SAY["wrong"], SAY["pick-second"])
    assert isinstance(first, Answer)
    assert isinstance(offered, Suggest)
    assert len(offered.topics) == 3
    assert first.topic not in offered.topics
    assert decision(picked) == f"answer {offered.topics[1].id}"


def test_where_all_is_wrong_nothing_is_offered(library: Callable[..., Path]) -> None:
    alone = "- {id: tea, title: Tea, claims: [boiling-water], answer: Hot., questions: [is tea hot]}\n"
    left_out = dict.fromkeys(["articles/cellar.yaml", "outside.yaml", "smalltalk.yaml"])
    knowledge = load_library(library({**CHANGES, **left_out, "topics/kitchen.yaml": alone, "topics/heat.yaml": None}))
    assert isinstance(talk(scripted(knowledge, {HOT: {"tea": 0.9}}), HOT, SAY["wrong"])[-1], Abstain)


# Picking from what was offered


@pytest.mark.parametrize(
    ("move", "picked"),
    [("pick-first", "storing"), ("pick-yes", "storing"), ("pick-second", "rising"), ("pick-third", "salting")],
)
@pytest.mark.parametrize("before", [(), (BREW,)])
def test_a_topic_is_picked_by_its_place(move: str, picked: str, before: tuple[str, ...], talker: Assistant) -> None:
    *_, offered, reply = talk(talker, *before, VAGUE, SAY[move])
    assert decision(offered) == "suggest storing rising salting"
    assert decision(reply) == f"answer {picked}"


@pytest.mark.parametrize(("move", "expected"), [("pick-yes", "answer brewing"), ("pick-second", "NO_QUESTION None: ")])
def test_so_is_what_comes_closest_if_there_is_no_answer(move: str, expected: str, knowledge: KnowledgeBase) -> None:
    assistant = scripted(knowledge, {}, {"espresso": (Kind.OUTSIDE, "coffee", 0.9)})
    abstained, reply = talk(assistant, "espresso", SAY[move])
    assert decision(abstained) == "NOT_COVERED coffee: brewing"
    assert decision(reply) == expected


@pytest.mark.parametrize(
    ("words", "topic", "expected"),
    [
        ("the salt", "salting", "answer salting"),
        ("dough", "rising", "answer rising"),
        # It was not offered, or the message is too long to pick something.
        ("hot water", "brewing", "suggest brewing"),
        ("i would rather know all about the salt that a baker puts into the dough", "salting", "suggest salting"),
    ],
)
def test_a_topic_is_picked_in_other_words(words: str, topic: str, expected: str, knowledge: KnowledgeBase) -> None:
    assistant = scripted(knowledge, {**SURE, words: {topic: 0.3}})
    reply = talk(assistant, VAGUE, words)[-1]
    assert decision(reply).startswith(expected)
    assert decision(assistant.reply(words)).startswith(f"suggest {topic}")


@pytest.mark.parametrize("move", ["pick-first", "pick-second", "pick-third", "pick-yes", "pick-none"])
def test_where_nothing_was_offered_nothing_is_picked(move: str, talker: Assistant, assistant: Assistant) -> None:
    assert decision(talk(talker, BREW, SAY[move])[-1]) == "NO_QUESTION None: "
    assert isinstance(talk(assistant, "What does a leader do?", SAY[move])[-1], Abstain | Smalltalk)


def test_to_want_none_of_them_picks_none(talker: Assistant) -> None:
    assert decision(talk(talker, VAGUE, SAY["pick-none"])[-1]) == "NO_QUESTION None: "


@pytest.mark.parametrize(
    ("before", "move"), [(VAGUE, "pick-second"), (BREW, "another"), (HURRY, "more-by-speaker"), (HOT, "other-side")]
)
def test_a_move_is_remembered_as_a_question_that_needs_no_context(before: str, move: str, talker: Assistant) -> None:
    reply = talk(talker, before, SAY[move])[-1]
    assert isinstance(reply, Answer)
    [turn] = Conversation().then(reply).turns
    assert turn.topic == reply.topic.id
    assert normalise(turn.question) != normalise(SAY[move])


# What is no move


@pytest.mark.parametrize("move", SAY)
@pytest.mark.parametrize("before", [(), ("?!",), ("hello",)])
def test_where_there_is_nothing_to_go_on_from_a_move_asks_nothing(
    move: str, before: tuple[str, ...], knowledge: KnowledgeBase
) -> None:
    assistant = scripted(knowledge, {}, {"hello": (Kind.SMALLTALK, "greeting", 0.9)})
    *_, reply = talk(assistant, *before, SAY[move])
    assert isinstance(reply, Abstain)
    assert reply.reason is Reason.NO_QUESTION


@pytest.mark.parametrize(("likely", "expected"), [(0.9, "answer brewing"), (0.02, "NOT_COVERED None")])
def test_a_move_need_not_be_worded_as_in_the_library(likely: float, expected: str, knowledge: KnowledgeBase) -> None:
    assistant = scripted(knowledge, SURE, {"any proof": (Kind.MOVE, "source", likely)})
    assert decision(talk(assistant, BREW, "any proof?")[-1]).startswith(expected)
    assert decision(assistant.reply("any proof?")).startswith("NOT_COVERED None")


@pytest.mark.parametrize(
    "found", [(Kind.SMALLTALK, "thanks", 0.9), (Kind.OUTSIDE, "cars", 0.9), (Kind.TOPIC, "brewing", 0.01)]
)
def test_what_is_no_move_is_replied_to_as_if_it_came_first(
    found: tuple[Kind, str, float], knowledge: KnowledgeBase
) -> None:
    assistant = scripted(knowledge, SURE, {"much obliged": found})
    assert talk(assistant, BREW, "much obliged")[-1] == assistant.reply("much obliged")


# The shipped library

LEADER = "What does a leader do?"
OTHER_WORDS: dict[str, str] = {
    "shorter": "way too much to read, can i have less of it|a tad briefer if you can",
    "longer": "could you go into more depth there?|i would love to hear more on that",
    "plainer": "i didn't understand a word, simpler please|explain it like i'm a little kid",
    "one-line": "squeeze that into a single sentence|give me that as a one liner please",
    "quote": "what are the words it uses exactly|can i see the literal quotation please",
    "why": "why would that be so?|hm and what's the reason for this",
    "source": "and your source for this would be?|which of the articles has that in it?",
    "who": "who was it that said this?|whose opinion was that again",
    "when": "in which year did they say this|how long ago was this written?",
    "is-author": "did that person write the article himself?|and is she the author or only a reader",
    "example": "can you illustrate this with an example|what would be an example of this?",
    "number": "are there any statistics on this?|do they put a figure on that",
    "another": "what else have you got for me?|tell me about something else then",
    "more-by-speaker": "has he said other things too?|any more statements by that person",
    "other-side": "what's it like on the other side then?|and how about the opposite role",
    "reverse": "is it also true the other way around?|and if you turn it around",
    "opinion": "is this proven or merely somebody's view?|so is this only an opinion",
    "first": "can we go back to the first thing you told me|what was it you said at the very start",
    "repeat": "could you say that one more time please|sorry, say again?",
    "wrong": "no, this isn't what i wanted to know|you misunderstood my question",
}


def test_a_move_is_recognised_in_words_that_the_library_has_never_seen(assistant: Assistant) -> None:
    moves = assistant.knowledge.moves
    said = {normalise(text) for move in moves.values() for text in move.questions}
    asked = [(text, move) for move, texts in OTHER_WORDS.items() for text in texts.split("|")]
    assert not said & {normalise(text) for text, _ in asked}

    def outcome(text: str) -> tuple[str, Form | None]:
        reply = talk(assistant, LEADER, text)[-1]
        return decision(reply), reply.form if isinstance(reply, Answer) else None

    missed = [text for text, move in asked if outcome(text) != outcome(moves[move].questions[0])]
    assert len(missed) <= len(asked) // 10, missed


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        *(("thanks a lot", "thanks"), ("lol", "laughter"), ("bye", "goodbye"), ("hello", "greeting")),
        *(("good bot", "praise"), ("who are you?", "who-are-you"), ("haha that's hilarious", "laughter")),
    ],
)
def test_small_talk_is_no_move(message: str, kind: str, assistant: Assistant) -> None:
    reply = talk(assistant, LEADER, message)[-1]
    assert isinstance(reply, Smalltalk)
    assert reply.kind.id == kind


@pytest.mark.parametrize("question", ["bottom line", "the bottom line?"])
def test_a_keyword_of_the_library_is_no_move(question: str, assistant: Assistant) -> None:
    reply = assistant.reply(question)
    assert isinstance(reply, Answer | Suggest)
    assert reply.ranking[0].topic == "bottom-line"

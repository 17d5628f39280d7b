"""Every reply becomes a message that Discord takes, with all that a reader needs to check it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.app import notice, reply_card
from bot.app.cards import Card
from bot.assistant import Abstain, Answer, Evidence, Reply, Smalltalk, Suggest
from bot.assistant.wording import attribution, citation
from bot.knowledge import Article, Claim, Topic
from tests.loopback import POST_FLAGS, Flags, check_new_message, walk

ALICE = 123456789012345678
PRIMARY, SECONDARY = 1, 2

# What is shown


def shown(card: ui.LayoutView) -> list[dict[str, Any]]:
    """The message as discord.py sends it."""
    described: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]
    return described


def components(card: ui.LayoutView) -> list[dict[str, Any]]:
    return list(walk(shown(card)))


def text_of(card: ui.LayoutView) -> str:
    """All texts of a message, from top to bottom."""
    return "\n".join(part["content"] for part in components(card) if part["type"] == 10)


def buttons_of(card: ui.LayoutView) -> list[dict[str, Any]]:
    return [part for part in components(card) if part["type"] == 2]


def assert_discord_takes(card: ui.LayoutView) -> None:
    """The loopback's rules, which are Discord's, and once more the limits that matter most here."""
    body = {"flags": int(Flags.IS_COMPONENTS_V2), "components": shown(card)}
    check_new_message(body, POST_FLAGS)
    assert sum(len(part["content"]) for part in components(card) if part["type"] == 10) <= 4000
    assert len(components(card)) <= 40
    assert all(len(button["label"]) <= 80 and len(button["custom_id"]) <= 100 for button in buttons_of(card))


# Whatever a library may hold


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts up to the longest that the library's format takes, most of them of Markdown and mentions."""
    piece = st.one_of(st.text(min_size=1, max_size=20), st.text(" *_`|~>#-[]()@\\\n:/<", min_size=1, max_size=20))
    pieces = st.one_of(
        piece, st.sampled_from(["word ", "@everyone ", "<@123456789012345678>", "x", "**a** ", "https://x/("])
    )
    repeated = st.builds(lambda text, length: (text * length)[:length].strip(), pieces, st.integers(1, longest))
    return repeated.filter(bool)


IDS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
URLS = st.text("abc()[]*_.%?=<>", max_size=490).map("https://example.org/".__add__)
CLAIMS = st.builds(
    Claim,
    id=IDS,
    speaker=st.none() | texts(200),
    role=st.sampled_from(["author", "quoted", "commenter"]),
    says=texts(500),
    quote=st.none() | texts(500),
)
ARTICLES = st.builds(
    Article,
    id=IDS,
    title=st.none() | texts(150),
    label=texts(150),
    author=st.none() | texts(200),
    publisher=st.none() | texts(200),
    published=st.none() | st.dates(),
    url=st.none() | URLS,
)
PAIRS = st.none() | st.tuples(texts(200), texts(200))
TOPICS = st.builds(
    lambda name, title, answer, pair, aspect: Topic(
        id=name,
        title=title,
        claims=("claim",),
        answer=answer,
        leadership=pair and pair[0],
        management=pair and pair[1],
        aspect=aspect,
        questions=("?",),
    ),
    IDS,
    texts(150),
    texts(2000),
    PAIRS,
    st.none() | texts(200),
)
SEVERAL = st.lists(TOPICS, max_size=8, unique_by=lambda topic: topic.id).map(tuple)
QUESTIONS = st.one_of(st.just(""), texts(4000))
REPLIES = st.one_of(
    st.builds(
        Answer,
        question=QUESTIONS,
        text=texts(2000) | texts(9000),
        topic=TOPICS,
        evidence=st.lists(st.builds(Evidence, claim=CLAIMS, article=ARTICLES), min_size=1, max_size=6).map(tuple),
        related=SEVERAL,
        about_sources=st.booleans(),
        ranking=st.just(()),
    ),
    st.builds(Suggest, question=QUESTIONS, text=texts(2000), topics=SEVERAL, ranking=st.just(())),
    st.builds(Abstain, question=QUESTIONS, text=texts(2000), closest=SEVERAL, ranking=st.just(())),
    st.builds(Smalltalk, question=QUESTIONS, text=texts(2000), kind=IDS, ranking=st.just(())),
)


@given(REPLIES, st.integers(1, 2**63 - 1), st.booleans())
def test_discord_takes_every_reply(reply: Reply, asker: int, question: bool) -> None:
    assert_discord_takes(reply_card(reply, asker, question=question))


@given(texts(20000))
def test_discord_takes_every_notice(text: str) -> None:
    assert_discord_takes(notice(text))


# One reply of each kind


def claim(number: int = 1, **changes: Any) -> Claim:  # noqa: ANN401  # any field
    return Claim(**{"id": f"c{number}", "says": "It says so.", "quote": f"words number {number}", **changes})


def article(**changes: Any) -> Article:  # noqa: ANN401
    known = {
        "title": "Two Kinds",
        "author": "A. Writer",
        "publisher": "The Review",
        "published": datetime.date(2009, 12, 1),
        "url": "https://example.org/two",
    }
    return Article(**{"id": "review", **known, **changes})


def topic(name: str = "purpose", **changes: Any) -> Topic:  # noqa: ANN401
    return Topic(
        **{
            "id": name,
            "title": name.title(),
            "claims": ("c1",),
            "answer": "The answer.",
            "questions": ("?",),
            **changes,
        }
    )


def answer(*evidence: Evidence, **changes: Any) -> Answer:  # noqa: ANN401
    about = changes.pop("topic", topic())
    evidence = evidence or (Evidence(claim(), article()),)
    return Answer(**{"question": "why?", "text": about.answer, "topic": about, "evidence": evidence, **changes})


def test_answer_tells_who_says_so_and_where() -> None:
    evidence = Evidence(claim(speaker="Peter Drucker", role="quoted", quote="do the right things"), article())
    assert text_of(reply_card(answer(evidence), ALICE)).splitlines() == [
        "### Purpose",
        "The answer.",
        "> “do the right things”",
        f"> — {attribution(evidence)}",
        f"-# Source: [{citation(evidence.article)}](https://example.org/two)",
    ]
    assert attribution(evidence).startswith("Peter Drucker, ")
    assert citation(evidence.article) == "“Two Kinds” by A. Writer, The Review, 1 December 2009"


def test_both_sides_stand_there() -> None:
    about = topic(leadership="leads", management="manages", aspect="in short")
    lines = text_of(reply_card(answer(topic=about), ALICE)).splitlines()
    assert lines[2:5] == ["**in short**", "**Leadership** · leads", "**Management** · manages"]


@pytest.mark.parametrize("role", ["author", "quoted", "commenter"])
@pytest.mark.parametrize("speaker", [None, "Ross"])
def test_quotation_has_its_speaker_and_role(role: str, speaker: str | None) -> None:
    evidence = Evidence(claim(role=role, speaker=speaker), article())
    line = next(line for line in text_of(reply_card(answer(evidence), ALICE)).splitlines() if line.startswith("> — "))
    assert line == f"> — {attribution(evidence)}"
    assert (speaker or "A. Writer") in line


def test_nothing_unknown_is_invented() -> None:
    evidence = Evidence(claim(), Article(id="note", label="A note"))
    assert text_of(reply_card(answer(evidence), ALICE)).splitlines()[2:] == [
        "> “words number 1”",
        f"> — {attribution(evidence)}",
        f"-# Source: {citation(evidence.article)}",
    ]


def test_claim_without_a_quotation_still_has_its_source() -> None:
    lines = text_of(reply_card(answer(Evidence(claim(quote=None), article())), ALICE)).splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("-# Source: ")


@pytest.mark.parametrize(
    ("title", "url", "link"),
    [
        ("Two", "https://example.org/w_(part_1)", "[“Two” by A](https://example.org/w_%28part_1%29)"),
        ("Two [part](1)", "https://example.org/", "[“Two (part)(1)” by A](https://example.org/)"),
    ],
)
def test_link_to_the_source_is_not_broken(title: str, url: str, link: str) -> None:
    bare = Article(id="a", title=title, url=url, author="A")
    assert text_of(reply_card(answer(Evidence(claim(), bare)), ALICE)).endswith(f"-# Source: {link}")


def test_each_article_is_named_once() -> None:
    evidence = [Evidence(claim(1), article()), Evidence(claim(2), article()), Evidence(claim(3), article(id="other"))]
    assert text_of(reply_card(answer(*evidence), ALICE)).count("-# Source: ") == 2


@pytest.mark.parametrize("quotations", [1, 5, 9])
def test_quotations_that_are_not_shown_are_counted(quotations: int) -> None:
    evidence = [Evidence(claim(number), article()) for number in range(quotations)]
    lines = text_of(reply_card(answer(*evidence), ALICE)).splitlines()
    told = sum(line.startswith("> “") for line in lines)
    more = [int(found[1]) for line in lines if (found := re.fullmatch(r"-# and (\d+) more passages?", line))]
    assert 1 <= told <= 5
    assert sum(more) == quotations - told


def test_long_quotation_is_cut_after_a_word() -> None:
    text = text_of(reply_card(answer(Evidence(claim(quote="word " * 99 + "end"), article())), ALICE))
    found = re.search(r"> “(.*)”", text)
    assert found is not None
    assert re.fullmatch(r"(word )+word…", found[1])
    assert len(found[1]) <= 300


def test_answer_about_sources_repeats_none_of_them() -> None:
    about = topic(leadership="leads", management="manages")
    text = text_of(reply_card(answer(topic=about, text="From the Review.", about_sources=True), ALICE))
    assert text.splitlines() == ["### Purpose", "From the Review."]


def full(words: str, length: int) -> str:
    """A text of exactly so many characters."""
    return (words * length)[:length].strip().ljust(length, ".")


def test_longest_answer_keeps_what_proves_it() -> None:
    """What bot.knowledge.model promises of its limits: an answer, a quotation and the sources fit."""
    about = topic(title=full("long title ", 150), answer=full("long answer ", 2000))
    spoken = claim(speaker="Peter Drucker", role="quoted", quote=full("quoted words ", 500))
    where = article(title=full("the article ", 150), url="https://example.org/".ljust(300, "x"))
    asked = full("a long question ", 1000)
    text = text_of(reply_card(answer(Evidence(spoken, where), topic=about, question=asked), ALICE, question=True))
    assert about.answer in text
    assert "> — Peter Drucker, " in text
    assert text.endswith(f"1 December 2009]({where.url})")


def test_where_room_is_short_the_source_goes_last() -> None:
    """A reader must be able to check: rather one quotation less than half a link, or none."""
    about = topic(
        title=full("long title ", 150),
        answer=full("long answer ", 2000),
        aspect=full("aspect ", 200),
        leadership=full("leads ", 200),
        management=full("manages ", 200),
    )
    evidence = [Evidence(claim(n, quote=full("quoted words ", 500), speaker="S. Peaker"), article()) for n in range(4)]
    asked = full("a long question ", 1000)
    text = text_of(reply_card(answer(*evidence, topic=about, question=asked), ALICE, question=True))
    assert text.endswith("1 December 2009](https://example.org/two)")


# The question


def test_question_stands_above_where_it_is_wanted() -> None:
    card = reply_card(answer(question="is *this* for @everyone?"), ALICE, question=True)
    assert text_of(card).splitlines()[0] == r"-# is \*this\* for @" + "\u200b" + "everyone?"
    assert "this" not in text_of(reply_card(answer(question="is *this* for @everyone?"), ALICE))


def test_long_question_is_cut() -> None:
    [line, *_] = text_of(reply_card(answer(question="why " * 250), ALICE, question=True)).splitlines()
    assert re.fullmatch(r"-# (why )+why…", line)
    assert len(line) <= 303


@pytest.mark.parametrize("question", ["", " ", "\n\t "])
def test_question_of_nothing_is_not_shown(question: str) -> None:
    reply = Abstain(question=question, text="Ask me anything.")
    assert text_of(reply_card(reply, ALICE, question=True)) == "Ask me anything."


# Buttons


def test_related_topics_are_for_everybody() -> None:
    buttons = buttons_of(reply_card(answer(related=(topic("risk"), topic("both"))), ALICE))
    assert [(b["label"], b["custom_id"], b["style"]) for b in buttons] == [
        ("Risk", "topic:risk:0", SECONDARY),
        ("Both", "topic:both:0", SECONDARY),
    ]


@pytest.mark.parametrize(
    "reply",
    [
        Suggest(question="?", text="Did you mean", topics=(topic("risk"), topic("both"))),
        Abstain(question="?", text="Not covered.", closest=(topic("risk"), topic("both"))),
    ],
)
def test_suggestions_belong_to_who_asked(reply: Reply) -> None:
    buttons = buttons_of(reply_card(reply, ALICE))
    assert [(b["label"], b["custom_id"], b["style"]) for b in buttons] == [
        ("Risk", f"topic:risk:{ALICE}", PRIMARY),
        ("Both", f"topic:both:{ALICE}", PRIMARY),
    ]


def test_long_title_is_cut_on_its_button() -> None:
    [button] = buttons_of(reply_card(answer(related=(topic(title="long words " * 9),)), ALICE))
    assert re.fullmatch(r"(long words )+long…|(long words )+words…|(long words )*long words…", button["label"])
    assert len(button["label"]) <= 80


def test_longest_id_of_all_fits_on_a_button() -> None:
    assert_discord_takes(reply_card(Suggest(question="?", text="Which?", topics=(topic("x" * 64),)), 2**63 - 1))


def test_no_more_buttons_than_fit_in_a_row() -> None:
    many = tuple(topic(f"topic-{number}") for number in range(9))
    assert len(buttons_of(reply_card(answer(related=many), ALICE))) == 5


def test_topic_that_a_curator_names_twice_gets_one_button() -> None:
    """The format lets ``related`` name a topic twice; Discord refuses two buttons of one custom_id."""
    assert_discord_takes(reply_card(answer(related=(topic("risk"), topic("risk"))), ALICE))


@pytest.mark.parametrize(
    "reply", [Abstain(question="?", text="Not covered."), Smalltalk(question="hi", text="Hello!", kind="greeting")]
)
def test_reply_without_topics_has_no_buttons(reply: Reply) -> None:
    assert [part["type"] for part in components(reply_card(reply, ALICE))] == [17, 10]


# The message


@pytest.mark.asyncio
async def test_message_is_not_kept_in_memory() -> None:
    """discord.py remembers the views that it sends, but for finished ones."""
    assert reply_card(answer(related=(topic("risk"),)), ALICE).is_finished()


def test_last_text_is_kept_where_room_is_short() -> None:
    card = Card(["a" * 3000, "b" * 3000, "several words here"])
    assert_discord_takes(card)
    assert text_of(card).endswith("\nseveral words here")


@pytest.mark.parametrize("before", [[], ["one"], ["one " * 500]])
def test_long_word_at_the_cut_does_not_make_a_message_too_long(before: list[str]) -> None:
    """A cut after a word is some characters shorter than it might be, here some hundred."""
    assert_discord_takes(Card([*before, "ab " * 640 + "c" * 150 + " " + "ab " * 2000]))

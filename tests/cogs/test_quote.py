"""/quote: one quotation after another, by subject or by speaker, as text or as a picture."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bot.app import labels
from bot.service import wording
from tests.cogs.conftest import press
from tests.loopback import Answer, Channel, Message, Person, permissions
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

UPSIDE, DOWNSIDE, RIGHT = "optimise the upside", "minimise the downside", "doing the right things"
ALL = {UPSIDE, DOWNSIDE, RIGHT, "One without the other fails.", "change is their daily bread"}


@pytest.fixture
def square(stage: Stage) -> Channel:
    """A channel in which nothing was quoted yet."""
    return stage.server.text_channel(stage.guild, "square")


async def quote(person: Person, channel: Channel, **options: str | bool) -> Message:
    """What ``/quote`` answers."""
    return await (await person.slash("quote", options, channel=channel)).answer()


def quoted(message: Message) -> str:
    """The quotation that a message shows; its text if there is none."""
    found = re.search("“(.+)”\n> — ", message.text)
    return found[1] if found else message.text


async def test_quotations_follow_each_other_in_a_channel_even_after_a_restart(
    stage: Stage, alice: Person, square: Channel
) -> None:
    shown = [quoted(await quote(alice, square)) for _ in range(2)]
    await quote(alice, stage.hall)
    await stage.start()
    shown += [quoted(await quote(alice, square)) for _ in range(3)]
    assert set(shown[:2]) == {words for words in ALL if len(words.split()) >= 5}, "few words say little on their own"
    assert all(one != other for one, other in pairwise(shown))


async def test_quotation_is_shown_to_everybody_with_who_and_where(alice: Person, square: Channel) -> None:
    message = await quote(alice, square, speaker="drucker")
    words, by, source = message.text.splitlines()
    assert words == f"> “{RIGHT}”"
    assert by == "> — Peter Drucker, according to A. Writer"
    assert source.startswith("-# Source: [“Two Kinds of Work (part 1)” by A. Writer, The Review, 1 December 2009]")
    assert not message.ephemeral
    assert message.pings == []
    [button] = message.buttons
    assert (button.label, button.custom_id) == ("Doing things right, doing the right…", "topic:purpose:0")


async def test_another_by_the_same_speaker_replaces_it_for_who_asked_alone(
    stage: Stage, alice: Person, square: Channel
) -> None:
    message = await quote(alice, square, speaker="lynn")
    first = quoted(message)
    pressed = await alice.click(message, labels.ANOTHER)
    assert (await pressed.response()).type is Answer.UPDATE
    assert {first, quoted(message)} == {UPSIDE, DOWNSIDE}
    beside = await stage.person("bob").click(message, labels.ANOTHER)
    assert quoted(await beside.answer()) == first
    assert beside.ephemeral
    assert quoted(message) != first


@pytest.mark.parametrize("about", ["how do they look at risk", "risk is a chance for leaders, isn't it?"])
async def test_quotations_on_a_subject_begin_with_the_main_one(alice: Person, square: Channel, about: str) -> None:
    message = await quote(alice, square, about=about)
    assert quoted(message) == UPSIDE
    shown = [quoted(await press(alice, message, labels.ANOTHER)) for _ in range(3)]
    assert shown == [DOWNSIDE, RIGHT, UPSIDE]


async def test_speaker_and_subject_go_together(alice: Person, square: Channel) -> None:
    message = await quote(alice, square, about="how do they look at risk", speaker="Peter Drucker")
    assert quoted(message) == RIGHT
    assert labels.ANOTHER not in [button.label for button in message.buttons]


async def test_only_quotation_is_not_shown_twice_in_a_row(alice: Person, square: Channel) -> None:
    for options in ({"speaker": "Drucker"}, {"about": "do leaders like change"}):
        assert quoted(await quote(alice, square, **options)) in ALL
        again = await quote(alice, square, **options)
        assert (again.text, again.ephemeral) == (labels.ONLY_QUOTATION, True)


@pytest.mark.parametrize(
    "options",
    [
        {"speaker": "nobody of that name"},
        {"speaker": "..."},
        {"about": "how do i cook pasta"},
        {"about": "how far ahead do leaders look"},
    ],
)
async def test_what_is_not_quoted_is_refused(alice: Person, square: Channel, options: dict[str, str]) -> None:
    message = await quote(alice, square, **options)
    assert (message.text, message.ephemeral) == (labels.NO_QUOTATION_ON, True)


async def test_picture_has_the_words_and_the_source_as_its_alternative(alice: Person, square: Channel) -> None:
    square.bot_permissions |= permissions.ATTACH_FILES
    message = await quote(alice, square, speaker="drucker", picture=True)
    [picture] = message.pictures
    assert picture.data.startswith(b"\x89PNG")
    assert picture.alt == (
        f"“{RIGHT}” — Peter Drucker, according to A. Writer "
        "“Two Kinds of Work [part 1]” by A. Writer, The Review, 1 December 2009"
    )
    assert message.text.startswith("-# Source: ")


async def test_where_no_file_may_be_sent_there_is_the_text_instead(alice: Person, square: Channel) -> None:
    message = await quote(alice, square, speaker="drucker", picture=True)
    assert (quoted(message), message.pictures) == (RIGHT, [])
    assert f"\n-# {labels.NO_FILES}\n" in message.text


@pytest.mark.parametrize(
    ("option", "typed", "offered"),
    [("speaker", "LYNN", "Bruce Lynn"), ("speaker", "", "Peter Drucker"), ("about", "druker", "the drucker line on")],
)
async def test_completion(stage: Stage, alice: Person, option: str, typed: str, offered: str) -> None:
    asked = await alice.autocomplete("quote", option, typed, channel=stage.hall)
    assert any(choice["name"].startswith(offered) for choice in await asked.suggestions())


async def test_another_of_what_is_gone_says_so(stage: Stage, alice: Person) -> None:
    for custom_id in ("another:on/gone", "another:by/gone", "another:", "another"):
        row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}]}
        pressed = await alice.click(stage.server.old_message(stage.hall, [row]), "Old")
        assert ((await pressed.answer()).text, pressed.ephemeral) == (wording.TOPIC_GONE, True)

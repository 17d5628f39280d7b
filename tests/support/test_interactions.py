"""People use the bot; it answers through the loopback as it would through Discord."""

from __future__ import annotations

import asyncio
from typing import cast

import discord
import pytest

from .discord_server import LoopbackDiscord
from .people import Person
from .places import Channel
from .rules import Answer
from .tiny_bot import TinyBot
from .wire import Json

pytestmark = pytest.mark.asyncio


async def test_a_slash_command_is_answered(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("echo", {"text": "hello"}, channel=hall)

    assert (await asked.response()).type is Answer.MESSAGE
    assert (await asked.answer()).text == "hello"
    assert not asked.ephemeral
    assert asked.acknowledged_after == asked.answered_after
    assert list(hall.messages.values()) == [asked.message]
    assert server.refused == []


async def test_an_ephemeral_answer_is_in_no_channel(bot: TinyBot, alice: Person, hall: Channel) -> None:
    asked = await alice.slash("echo", {"text": "psst", "hidden": True}, channel=hall)

    assert (await asked.answer()).text == "psst"
    assert asked.ephemeral
    assert hall.messages == {}


async def test_a_deferral_is_resolved_by_an_edit(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    asked = await alice.slash("slow", channel=hall)

    assert (await asked.response()).type is Answer.DEFERRED_MESSAGE
    answer = await asked.answer()
    assert (answer.text, answer.loading) == ("done", False)
    assert [button.label for button in answer.buttons] == ["Again"]
    assert [m.text for m in await asked.followups(1)] == ["and more"]
    assert asked.acknowledged_after is not None
    assert asked.answered_after is not None
    assert asked.answered_after > asked.acknowledged_after
    assert server.refused == []


async def test_autocompletion_suggests_what_fits(bot: TinyBot, alice: Person, hall: Channel) -> None:
    typed = await alice.autocomplete("lore find", "about", "d", channel=hall)

    suggested = await typed.suggestions()
    assert [choice["value"] for choice in suggested] == ["dragons", "dwarves"]


async def test_a_button_of_another_process_still_works(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    asked = await alice.slash("lore find", {"about": "elves"}, channel=hall)
    message = await asked.answer()
    assert message.text == "about elves"

    pressed = await alice.click(message, "Again")
    assert (await pressed.response()).type is Answer.UPDATE
    assert await pressed.answer() is message
    assert message.text == "again"
    assert message.buttons[0].custom_id == "again:1"
    await (await alice.click(message, "again:1")).answer()
    assert message.buttons[0].custom_id == "again:2"
    assert server.refused == []


async def test_what_is_chosen_from_a_select_is_told(bot: TinyBot, alice: Person, hall: Channel) -> None:
    options = [{"label": name, "value": name} for name in ("red", "blue")]
    select = {"type": 3, "custom_id": "colour", "options": options}
    row = {"type": 1, "components": [select]}
    post = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=hall.id)
    await bot.http.request(post, json={"content": "Which?", "components": [row]})
    message = await hall.message(lambda message: message.text == "Which?")
    with pytest.raises(ValueError, match="offers"):
        await alice.choose(message, "colour", "green")

    told = asyncio.create_task(bot.wait_for("interaction", timeout=5.0))
    await alice.choose(message, "colour", "blue")
    interaction = await told
    assert cast(Json, interaction.data)["values"] == ["blue"]
    assert interaction.user.id == alice.id


async def test_a_command_for_some_is_not_for_all(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    rights = discord.Permissions(manage_guild=True)
    command = {
        "name": "audit",
        "description": "x",
        "default_member_permissions": rights.value,
    }
    post = discord.http.Route(
        "POST",
        "/applications/{application_id}/commands",
        application_id=server.application_id,
    )
    await bot.http.request(post, json=command)
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("audit", channel=hall)

    assert hall.guild is not None
    hall.guild.member_permissions[alice.id] = rights.value
    assert str(await alice.slash("audit", channel=hall)).startswith("alice's command")


@pytest.mark.parametrize("place", ["dm", "group", "foreign guild"])
async def test_a_user_install_works_everywhere(server: LoopbackDiscord, bot: TinyBot, place: str) -> None:
    eve = server.person("eve", installed_app=True)
    friends = [server.person("bob"), server.person("mallory")]
    foreign = server.guild("Elsewhere", [eve], with_bot=False)
    channel = {
        "dm": eve.dm,
        "group": server.private_channel(eve, *friends),
        "foreign guild": server.text_channel(foreign, "square"),
    }[place]

    asked = await eve.slash("echo", {"text": "here"}, channel=channel)
    assert (await asked.answer()).text == "here"
    assert server.refused == []


async def test_a_person_cannot_use_what_is_not_offered(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    group = server.private_channel(alice, server.person("bob"), server.person("carol"))
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("echo", {"text": "x"}, channel=group)
    with pytest.raises(LookupError, match="no command /nothing"):
        await alice.slash("nothing", channel=hall)
    with pytest.raises(ValueError, match="needs its options"):
        await alice.slash("echo", channel=hall)
    with pytest.raises(ValueError, match="needs a subcommand"):
        await alice.slash("lore", channel=hall)


async def test_an_answer_after_the_deadline_is_refused(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    server.interactions.deadline = -1.0
    asked = await alice.slash("echo", {"text": "late"}, channel=hall)

    with pytest.raises(TimeoutError, match="a response to alice's command"):
        await asked.response(timeout=0.05)
    await server.requested(lambda request: request.status == 404)
    assert [r.refusal["code"] for r in server.refused if r.refusal] == [10062]

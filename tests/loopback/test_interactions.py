"""People choose commands from menus, fill in modals and choose in selects."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import Channel, LoopbackDiscord, Person
from .conftest import TinyBot

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def nothing_is_refused(server: LoopbackDiscord) -> Iterator[None]:
    yield
    assert server.refused == []


# Commands of the context menu


async def test_command_of_the_context_menu_gets_the_text(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    first = (await alice.say(hall, "a secret")).message
    said = (await alice.say(hall, "between us", reply_to=first)).message
    asked = await alice.use("Ask about this", said)
    answer = await asked.answer()
    assert (answer.text, answer.type, asked.ephemeral) == ("alice: between us", 23, True)
    assert (answer.interaction or {})["target_message_id"] == str(said.id)
    shown = said.payload(server.bot, shown=True)
    assert (shown["content"], shown["referenced_message"]["content"]) == ("between us", "")
    assert said.payload(server.bot)["content"] == ""


async def test_command_of_the_context_menu_is_for_those_who_are_offered_it(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    said = (await alice.say(hall, "between us")).message
    hidden = await (await alice.use("Ask about this", said)).answer()
    with pytest.raises(LookupError, match="no commands in its context menu"):
        await alice.use("Ask about this", hidden)
    with pytest.raises(LookupError, match="no command 'echo' in a context menu"):
        await alice.use("echo", said)
    with pytest.raises(LookupError, match="bob is not in hall"):
        await server.person("bob").use("Ask about this", said)
    elsewhere = server.text_channel(server.guild("Without", [alice], with_bot=False), "cellar")
    said = (await alice.say(elsewhere, "hush")).message
    with pytest.raises(LookupError, match="not for alice in cellar"):
        await alice.use("Ask about this", said)
    alice.installed_app = True
    assert (await (await alice.use("Ask about this", said)).answer()).text == "alice: hush"

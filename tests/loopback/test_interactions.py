"""People choose commands from menus, fill in modals and choose in selects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from . import Channel, Interaction, LoopbackDiscord, Option, Person, Select
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


# Modals and selects


class Everything(ui.Modal, title="All there is"):
    """A modal with a field of each kind but a text input; it answers what was chosen."""

    note: ui.TextDisplay[Any] = ui.TextDisplay("Choose well.")

    def __init__(self, *fields: ui.Item[Any]) -> None:
        super().__init__()
        for field in fields:
            self.add_item(ui.Label(text="Which?", component=field))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was chosen, by name."""
        chosen: list[object] = []
        for label in self.children:
            if isinstance(label, ui.Label):
                field: Any = label.component
                values = getattr(field, "values", None)
                chosen.append(field.value if values is None else [getattr(value, "name", value) for value in values])
        await interaction.response.send_message(str(chosen))


async def opened(bot: TinyBot, person: Person, place: Channel, *fields: ui.Item[Any]) -> Interaction:
    """A command that shows a modal with these fields."""

    @app_commands.command(name="choose", description="x")
    async def choose(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Everything(*fields))

    bot.tree.add_command(choose, override=True)
    await bot.tree.sync()
    return await person.slash("choose", channel=place)


async def test_groups_and_checkboxes_of_a_modal(bot: TinyBot, alice: Person, hall: Channel) -> None:
    radio = ui.RadioGroup[Any](custom_id="radio", required=False)
    group = ui.CheckboxGroup[Any](custom_id="group")
    for option in ("a", "b"):
        radio.add_option(label=option, value=option)
        group.add_option(label=option, value=option, default=True)
    box = ui.Checkbox[Any](custom_id="box", default=True)
    for values, text in (
        ({}, "[None, ['a', 'b'], True]"),
        ({"radio": "a", "group": ["b"], "box": False}, "['a', ['b'], False]"),
    ):
        opener = await opened(bot, alice, hall, radio, group, box)
        assert (await (await alice.submit(opener, values)).answer()).text == text


async def test_selects_of_a_modal(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    assert hall.guild is not None
    role, thread = server.role(hall.guild, "watch"), server.thread((await alice.say(hall, "hm")).message, "thread")
    default = discord.SelectDefaultValue(id=alice.id, type=discord.SelectDefaultValueType.user)
    people = ui.UserSelect[Any](custom_id="people", default_values=[default], required=True)
    places = ui.ChannelSelect[Any](custom_id="places", channel_types=[discord.ChannelType.text])
    anyone = ui.MentionableSelect[Any](custom_id="anyone", max_values=2, required=True)
    texts = ui.Select[Any](custom_id="texts", options=[discord.SelectOption(label="A", value="a")])
    for values, text in (
        ({"anyone": [server.owner, role], "texts": ["a"]}, "[['alice'], [], ['owner', 'watch'], ['a']]"),
        (
            {"people": [server.owner], "places": [hall], "anyone": [role], "texts": ["a"]},
            "[['owner'], ['hall'], ['watch'], ['a']]",
        ),
    ):
        opener = await opened(bot, alice, hall, people, places, anyone, texts)
        with pytest.raises(ValueError, match="does not offer thread"):
            await alice.submit(opener, values | {"places": [thread]})
        assert (await (await alice.submit(opener, values)).answer()).text == text


class Choosing(ui.LayoutView):
    """A select of texts, and one of people."""

    texts: ui.ActionRow[Choosing] = ui.ActionRow()
    people: ui.ActionRow[Choosing] = ui.ActionRow()

    @texts.select(custom_id="topic", placeholder="Which?", options=[discord.SelectOption(label="A", value="a")])
    async def topic(self, interaction: discord.Interaction, select: ui.Select[Choosing]) -> None:
        """Say in private what was chosen."""
        await interaction.response.send_message(str(select.values), ephemeral=True)

    @people.select(custom_id="person", cls=ui.UserSelect[Any])
    async def person(self, interaction: discord.Interaction, select: ui.UserSelect[Choosing]) -> None:
        """Say who was chosen."""
        await interaction.response.send_message(select.values[0].name)


async def test_selects_of_a_message(server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel) -> None:
    sent = await bot.get_partial_messageable(hall.id).send(view=Choosing(timeout=None))
    message = hall.messages[sent.id]
    topic = Select("topic", "Which?", (Option("A", "a", None, False),), False)
    assert message.selects == [topic, Select("person", None, (), False)]
    asked = await alice.choose(message, "topic", ["a"])
    assert ((await asked.answer()).text, asked.ephemeral) == ("['a']", True)
    assert (await (await alice.choose(message, "person", [server.owner])).answer()).text == "owner"
    with pytest.raises(ValueError, match="does not offer 'b'"):
        await alice.choose(message, "topic", ["b"])
    with pytest.raises(LookupError, match="another kind of component"):
        await alice.click(message, "topic")

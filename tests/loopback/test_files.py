"""Files reach people with what describes them, however the bot sends them."""

from __future__ import annotations

import io
import re
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from . import Channel, LoopbackDiscord, Person, permissions
from .conftest import TinyBot

pytestmark = pytest.mark.asyncio
MAY_ATTACH = permissions.MEMBER | permissions.ATTACH_FILES


def picture(data: bytes = b"a picture", name: str = "a.png", description: str | None = None) -> discord.File:
    return discord.File(io.BytesIO(data), name, description=description)


def gallery(file: discord.File | str, alt: str | None = None) -> ui.LayoutView:
    """A message with one picture."""
    item = discord.MediaGalleryItem(file, description=alt)
    return ui.LayoutView(timeout=None).add_item(ui.Container[Any](ui.MediaGallery(item), accent_colour=0x123456))


async def test_picture_in_a_channel(server: LoopbackDiscord, bot: TinyBot, hall: Channel) -> None:
    hall.bot_permissions, place = MAY_ATTACH, bot.get_partial_messageable(hall.id)
    file = picture()
    sent = await place.send(view=gallery(file, "What it shows"), file=file)
    message = hall.messages[sent.id]
    assert [(one.name, one.data, one.alt) for one in message.pictures] == [("a.png", b"a picture", "What it shows")]
    assert (sent.attachments, message.accent) == ([], 0x123456)
    shown: Any = sent.components[0]
    assert shown.children[0].items[0].media.url == message.files[0].url
    assert shown.children[0].items[0].media.content_type == "image/png"
    plain = await place.send("see", file=picture(description="What it shows"))
    assert [(one.filename, one.description, one.size) for one in plain.attachments] == [("a.png", "What it shows", 9)]
    [kept] = hall.messages[plain.id].files
    assert (kept.name, kept.data, kept.description) == ("a.png", b"a picture", "What it shows")
    assert server.refused == []


async def test_picture_in_answers(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    @app_commands.command(description="Show pictures")
    async def show(interaction: discord.Interaction) -> None:
        first, second, third = picture(b"1"), picture(b"2", "b.png"), picture(b"3")
        await interaction.response.send_message(view=gallery(first, "one"), file=first)
        await interaction.edit_original_response(view=gallery(second, "two"), attachments=[second])
        await interaction.followup.send(view=gallery(third, "three"), file=third, wait=True)

    bot.tree.add_command(show)
    await bot.tree.sync()
    asked = await alice.slash("show", channel=alice.dm)
    await alice.dm.message(lambda message: any(one.alt == "three" for one in message.pictures))
    answer = await asked.answer()
    assert [(one.name, one.data, one.alt) for one in answer.pictures] == [("b.png", b"2", "two")]
    assert [file.data for file in answer.files] == [b"2"]
    assert [file.data for message in asked.followups for file in message.files] == [b"3"]
    bodies = [request.body for request in server.requests if request.uploads]
    assert len(bodies) == 3, "requests with files keep their JSON"
    assert server.refused == []


async def test_kept_picture_needs_no_upload(server: LoopbackDiscord, bot: TinyBot, alice: Person) -> None:
    @app_commands.command(description="Show a picture twice")
    async def show(interaction: discord.Interaction) -> None:
        file = picture()
        await interaction.response.send_message(view=gallery(file, "one"), file=file)
        await interaction.edit_original_response(view=gallery("attachment://a.png", "two"))

    bot.tree.add_command(show)
    await bot.tree.sync()
    asked = await alice.slash("show", channel=alice.dm)
    await alice.dm.message(lambda message: any(one.alt == "two" for one in message.pictures))
    assert [(one.data, one.alt) for one in (await asked.answer()).pictures] == [(b"a picture", "two")]
    assert server.refused == []


async def test_files_need_permission_and_room(
    server: LoopbackDiscord, bot: TinyBot, alice: Person, hall: Channel
) -> None:
    @app_commands.command(description="Show a picture")
    async def show(interaction: discord.Interaction) -> None:
        for send in (interaction.response.send_message, interaction.followup.send):
            with pytest.raises(discord.HTTPException) as refused:
                await send("see", file=picture())
            codes.append(refused.value.code)
            if not interaction.response.is_done():
                await interaction.response.defer()
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.edit_original_response(attachments=[picture()])
        codes.append(refused.value.code)
        await interaction.edit_original_response(content="done")

    codes: list[int] = []
    bot.tree.add_command(show)
    await bot.tree.sync()
    await (await alice.slash("show", channel=hall)).answer()
    assert codes == [50013, 50013, 50013]
    for may, data, code in ((permissions.MEMBER, b"", 50013), (MAY_ATTACH, bytes(10 * 1024**2 + 1), 40005)):
        hall.bot_permissions = may
        with pytest.raises(discord.HTTPException) as refused:
            await bot.get_partial_messageable(hall.id).send(file=picture(data))
        assert refused.value.code == code


@pytest.mark.parametrize("name", ["content", "files[0]", "file"])
async def test_form_has_json_and_files_alone(name: str, bot: TinyBot, alice: Person) -> None:
    parts = [{"name": part, "value": "{}", "content_type": "application/json"} for part in ("payload_json", name)]
    with pytest.raises(discord.HTTPException, match=f"{re.escape(name)}: Not a file"):
        await bot.http.request(Route("POST", f"/channels/{alice.dm.id}/messages"), form=parts)

"""Passing a question on to the people whom a server's admins named."""

from __future__ import annotations

from typing import Any

import discord

from bot.app import labels
from bot.app.buttons import button
from bot.app.cards import Card, notice, texts_of
from bot.app.controls import row
from bot.app.delivery import answer, in_time, once, send_to
from bot.app.limits import quoted
from bot.service import Refusal, ServerSettings

_LONGEST = 1500
_QUOTED = "> "
_MISSING_ACCESS, _MISSING_PERMISSIONS = 50001, 50013


def confirmation(interaction: discord.Interaction[Any], question: str, settings: ServerSettings) -> Card:
    """The question as it would be passed on, and the button that does it."""
    assert interaction.message is not None
    channel = settings.human_channel
    where = labels.IN_CHANNEL.format(channel=f"<#{channel}>") if channel else labels.HERE
    is_visible = not interaction.message.flags.ephemeral
    argument = f"{interaction.message.id}/{int(is_visible)}/{channel or ''}"
    post = button("pass-on", labels.POST_IT, argument, interaction.user.id, is_primary=True)
    return Card([labels.CONFIRM.format(where=where), f"{_QUOTED}{quoted(question, _LONGEST)}"], row([post]))


async def pass_on(interaction: discord.Interaction[Any], settings: ServerSettings, answer_id: str) -> None:
    """Post the question of a ``confirmation`` with a link, mentioning the role that a server's admins named.

    Args:
        interaction: with the confirmation as its message.
        settings: of the server, in which there is somebody to ask.
        answer_id: of the answer, if others can see it; empty if not.

    Raises:
        Refusal: if the bot may not write there.
    """
    assert interaction.message is not None
    place = f"https://discord.com/channels/{interaction.guild_id}/{interaction.channel_id}"
    words = {
        "person": interaction.user.mention,
        "question": texts_of(interaction.message)[1].removeprefix(_QUOTED),
        "link": f"{place}/{answer_id}" if answer_id else place,
    }
    role = settings.human_role
    asks = labels.ASKS.format(**words)
    view = notice(f"<@&{role}> {asks}" if role else asks)
    mentions = discord.AllowedMentions(roles=[discord.Object(role)]) if role else discord.AllowedMentions.none()
    if (to := settings.human_channel) is None:
        await once(interaction, lambda: interaction.response.send_message(view=view, allowed_mentions=mentions))
        return
    channel = interaction.client.get_partial_messageable(to, guild_id=interaction.guild_id)
    try:
        sent = await in_time(interaction, send_to(channel, view, interaction.id, mentions), update=True)
    except discord.HTTPException as error:
        if (refusal := lacking(error, to)) is None:
            raise
        raise refusal from None
    await answer(interaction, notice(labels.PASSED_ON.format(link=sent.jump_url)), update=True)


def lacking(error: discord.HTTPException, channel: int) -> Refusal | None:
    """What to say to a person if Discord refused something for want of a permission; None if it was something else."""
    needed = {_MISSING_ACCESS: labels.VIEW_CHANNEL, _MISSING_PERMISSIONS: labels.SEND_MESSAGES}
    if isinstance(error, discord.NotFound):
        return Refusal(labels.CHANNEL_GONE)
    if error.code not in needed:
        return None
    return Refusal(labels.LACKS.format(permissions=needed[error.code], channel=f"<#{channel}>"))

"""Passing a question on to the people whom a server's admins named."""

from __future__ import annotations

from typing import Any

import discord

from bot.app import labels
from bot.app.cards import notice
from bot.app.delivery import answer, once, send_to
from bot.app.limits import quoted
from bot.service import Refusal

_LONGEST = 1500
_MISSING_ACCESS, _MISSING_PERMISSIONS = 50001, 50013


async def pass_on(interaction: discord.Interaction[Any], question: str, to: int, *, is_role: bool) -> None:
    """Post a question with a link, to a channel or, mentioning a role, where it was asked; then say so privately.

    Raises:
        Refusal: if the bot may not write there.
    """
    assert interaction.message is not None
    is_visible = not interaction.message.flags.ephemeral
    place = f"{interaction.guild_id}/{interaction.channel_id}"
    link = interaction.message.jump_url if is_visible else f"https://discord.com/channels/{place}"
    words = {"person": interaction.user.mention, "question": quoted(question, _LONGEST), "link": link}
    text = labels.ASKS.format(**words)
    if is_role:
        mentions, view = discord.AllowedMentions(roles=[discord.Object(to)]), notice(f"<@&{to}> {text}")
        await once(interaction, lambda: interaction.response.send_message(view=view, allowed_mentions=mentions))
        return
    channel = interaction.client.get_partial_messageable(to, guild_id=interaction.guild_id)
    try:
        sent = await send_to(channel, notice(text), nonce=interaction.id)
    except discord.HTTPException as error:
        if (refusal := lacking(error, to)) is None:
            raise
        raise refusal from None
    await answer(interaction, notice(labels.PASSED_ON.format(link=sent.jump_url)), private=True)


def lacking(error: discord.HTTPException, channel: int) -> Refusal | None:
    """What to say to a person if Discord refused something for want of a permission; None if it was something else."""
    needed = {_MISSING_ACCESS: labels.VIEW_CHANNEL, _MISSING_PERMISSIONS: labels.SEND_MESSAGES}
    if isinstance(error, discord.NotFound):
        return Refusal(labels.CHANNEL_GONE)
    if error.code not in needed:
        return None
    return Refusal(labels.LACKS.format(permissions=needed[error.code], channel=f"<#{channel}>"))

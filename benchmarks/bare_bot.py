"""``python -m benchmarks.bare_bot CARD``: a discord.py bot that answers /ask with a constant, and does nothing else.

CARD is a file with the components of the answer as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import discord
from discord import app_commands, ui


class BareBot(discord.AutoShardedClient):
    """What any bot costs, with the same card."""

    def __init__(self, card: ui.LayoutView) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._card = card
        self._tree = app_commands.CommandTree(self)
        self._tree.command(name="ask", description="Ask")(self._ask_with())

    def _ask_with(self) -> Any:  # noqa: ANN401  # discord.py reads the annotations of what comes back
        card = self._card

        async def ask(interaction: discord.Interaction, question: str) -> None:
            await interaction.response.send_message(view=card)

        ask.__annotations__ = {"interaction": discord.Interaction, "question": str}
        return ask

    async def setup_hook(self) -> None:
        """Register the command."""
        await self._tree.sync()


def view_of(components: Iterable[dict[str, Any]]) -> ui.LayoutView:
    """The view that discord.py sends as these components."""
    view = ui.LayoutView(timeout=None)
    for component in components:
        view.add_item(_item(component))
    view.stop()  # so that nothing of it is remembered
    return view


def _item(component: dict[str, Any]) -> ui.Item[Any]:
    inner = [_item(child) for child in component.get("components", ())]
    match component["type"]:
        case 1:
            return ui.ActionRow(*inner)
        case 2:
            style = discord.ButtonStyle(component["style"])
            return ui.Button(label=component["label"], style=style, custom_id=component["custom_id"])
        case 10:
            return ui.TextDisplay(component["content"])
        case 14:
            return ui.Separator()
        case 17:
            return ui.Container(*inner, accent_colour=component.get("accent_color"))
        case kind:
            raise ValueError(f"no item for a component of type {kind}")


async def _main(card: Path) -> None:
    async with BareBot(view_of(json.loads(card.read_text(encoding="utf-8")))) as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    import asyncio

    discord.http.Route.BASE = os.environ["DISCORD_API_URL"].rstrip("/")
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    asyncio.run(_main(Path(sys.argv[1])))

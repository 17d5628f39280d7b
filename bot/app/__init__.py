"""The app room: Discord alone. The client, its cards and buttons, its error policy, its limits."""

from bot.app.cards import card, notice
from bot.app.client import RightThings
from bot.app.errors import interaction_responder
from bot.app.run import run_bot

__all__ = ["RightThings", "card", "interaction_responder", "notice", "run_bot"]

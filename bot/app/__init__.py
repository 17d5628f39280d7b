"""The app room: the Discord client, its cards and buttons, its error policy."""

from bot.app.cards import notice, reply_card
from bot.app.client import RightThings
from bot.app.conversations import Place
from bot.app.errors import Refusal, interaction_responder
from bot.app.library import Changes, LiveLibrary
from bot.app.run import run_bot

__all__ = [
    "Changes",
    "LiveLibrary",
    "Place",
    "Refusal",
    "RightThings",
    "interaction_responder",
    "notice",
    "reply_card",
    "run_bot",
]

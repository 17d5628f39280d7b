"""The app room: Discord only. The client, its cards and buttons, delivery, its error policy, its limits."""

from bot.app.buttons import FollowUpField
from bot.app.cards import card, notice, title_of
from bot.app.client import RightThings, place_of
from bot.app.delivery import answer, in_time, once, send_message
from bot.app.errors import interaction_responder
from bot.app.run import run_bot

__all__ = [
    "FollowUpField",
    "RightThings",
    "answer",
    "card",
    "in_time",
    "interaction_responder",
    "notice",
    "once",
    "place_of",
    "run_bot",
    "send_message",
    "title_of",
]

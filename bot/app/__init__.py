"""The app room: Discord only. The client, its cards and buttons, delivery, its error policy, its limits."""

from bot.app.buttons import Used, button
from bot.app.cards import Card, asked_in, card, notice, question_in, shared, title_of, without_mentions
from bot.app.choices import as_choices, matching, offer
from bot.app.client import RightThings, place_of
from bot.app.controls import Surface, browsing, controls, row
from bot.app.delivery import answer, defer, deliver, dismiss, in_time, once, send_message, send_to
from bot.app.errors import interaction_responder, silence
from bot.app.modals import NONE_OF_THESE, QUESTION_FIELD, TOPIC_FIELD, follow_up_window, meant_window
from bot.app.passing import confirmation, pass_on
from bot.app.pictures import draw
from bot.app.run import run_bot
from bot.app.server_settings import changed, settings_card, settings_window
from bot.app.threads import is_solved, thread_of

__all__ = [
    "NONE_OF_THESE",
    "QUESTION_FIELD",
    "TOPIC_FIELD",
    "Card",
    "RightThings",
    "Surface",
    "Used",
    "answer",
    "as_choices",
    "asked_in",
    "browsing",
    "button",
    "card",
    "changed",
    "confirmation",
    "controls",
    "defer",
    "deliver",
    "dismiss",
    "draw",
    "follow_up_window",
    "in_time",
    "interaction_responder",
    "is_solved",
    "matching",
    "meant_window",
    "notice",
    "offer",
    "once",
    "pass_on",
    "place_of",
    "question_in",
    "row",
    "run_bot",
    "send_message",
    "send_to",
    "settings_card",
    "settings_window",
    "shared",
    "silence",
    "thread_of",
    "title_of",
    "without_mentions",
]

"""The service room: the desk, which every surface shares and which knows nothing of Discord."""

from bot.assistant import Conversation
from bot.service.conversations import Place
from bot.service.desk import Desk
from bot.service.golden import golden_faults
from bot.service.live import Changes, LiveLibrary
from bot.service.memory import settle
from bot.service.opening import Library, Opener
from bot.service.overviews import Leaf, aspects, leaf
from bot.service.page import Choice, Outcome, Page, Quotation, Sides, Source, choices_of, page
from bot.service.quotations import following, quotation_page, quotations, speaker_of, speakers, telling
from bot.service.reasons import reasons
from bot.service.refusals import Refusal, TooFast
from bot.service.turns import Turns
from bot.store import ServerSettings
from bot.text import says_something

__all__ = [
    "Changes",
    "Choice",
    "Conversation",
    "Desk",
    "Leaf",
    "Library",
    "LiveLibrary",
    "Opener",
    "Outcome",
    "Page",
    "Place",
    "Quotation",
    "Refusal",
    "ServerSettings",
    "Sides",
    "Source",
    "TooFast",
    "Turns",
    "aspects",
    "choices_of",
    "following",
    "golden_faults",
    "leaf",
    "page",
    "quotation_page",
    "quotations",
    "reasons",
    "says_something",
    "settle",
    "speaker_of",
    "speakers",
    "telling",
]

"""The service room: the desk, which every surface shares and which knows nothing of Discord."""

from bot.assistant import Conversation
from bot.service.conversations import Place
from bot.service.desk import Desk, says_something
from bot.service.golden import golden_faults
from bot.service.live import Changes, LiveLibrary
from bot.service.opening import Library, Opener
from bot.service.page import Choice, Page, Quotation, Sides, Source, page
from bot.service.refusals import Refusal, TooFast

__all__ = [
    "Changes",
    "Choice",
    "Conversation",
    "Desk",
    "Library",
    "LiveLibrary",
    "Opener",
    "Page",
    "Place",
    "Quotation",
    "Refusal",
    "Sides",
    "Source",
    "TooFast",
    "golden_faults",
    "page",
    "says_something",
]

"""The matching room: text in, ranked topics with a calibrated confidence out."""

from bot.matching.cache import Cache
from bot.matching.completion import Completer
from bot.matching.encoder import Encoder, common_words, load_encoder
from bot.matching.matcher import Category, Kind, Match, Matcher, Ranking
from bot.matching.vectors import Progress

__all__ = [
    "Cache",
    "Category",
    "Completer",
    "Encoder",
    "Kind",
    "Match",
    "Matcher",
    "Progress",
    "Ranking",
    "common_words",
    "load_encoder",
]

"""The matching room: a library's texts in, ranked topics with a calibrated confidence out."""

from bot.matching.completion import Completer
from bot.matching.corpus import Category, Corpus, Kind
from bot.matching.encoder import Encoder, EncoderError, load_encoder, meaning
from bot.matching.everyday import everyday_questions
from bot.matching.features import Vector, Vectors
from bot.matching.matcher import Match, Matcher, Ranking
from bot.matching.spelling import everyday_words
from bot.matching.training import Model, train

__all__ = [
    "Category",
    "Completer",
    "Corpus",
    "Encoder",
    "EncoderError",
    "Kind",
    "Match",
    "Matcher",
    "Model",
    "Ranking",
    "Vector",
    "Vectors",
    "everyday_questions",
    "everyday_words",
    "load_encoder",
    "meaning",
    "train",
]

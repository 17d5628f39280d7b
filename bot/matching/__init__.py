"""The matching room: a library's texts in, ranked topics with a calibrated confidence out."""

from bot.matching.completion import Completer
from bot.matching.confidence import PRIOR
from bot.matching.corpus import Category, Corpus, Kind, Stance, content_words
from bot.matching.encoder import Encoder, EncoderError, Encoding, load_encoder, meaning, tokens
from bot.matching.encodings import Encodings
from bot.matching.everyday import everyday_questions
from bot.matching.examination import Match, Ranking
from bot.matching.explanation import Candidate, Explanation
from bot.matching.features import DIMENSIONS, Vector, Vectors
from bot.matching.matcher import Matcher
from bot.matching.spelling import Speller, everyday_words
from bot.matching.stance import Verdicts
from bot.matching.stance import shapes as verdict_shapes
from bot.matching.training import Lesson, Model, train
from bot.matching.trials import trials

__all__ = [
    "DIMENSIONS",
    "PRIOR",
    "Candidate",
    "Category",
    "Completer",
    "Corpus",
    "Encoder",
    "EncoderError",
    "Encoding",
    "Encodings",
    "Explanation",
    "Kind",
    "Lesson",
    "Match",
    "Matcher",
    "Model",
    "Ranking",
    "Speller",
    "Stance",
    "Vector",
    "Vectors",
    "Verdicts",
    "content_words",
    "everyday_questions",
    "everyday_words",
    "load_encoder",
    "meaning",
    "tokens",
    "train",
    "trials",
    "verdict_shapes",
]

"""The text room: from whatever was typed to the plain text that everything else sees. Knows no other room."""

from bot.text.folding import LONGEST, forget_normalised, normalise, replace_words, says_something, words
from bot.text.inflection import bases
from bot.text.languages import foreign_language
from bot.text.patterns import any_of

__all__ = [
    "LONGEST",
    "any_of",
    "bases",
    "foreign_language",
    "forget_normalised",
    "normalise",
    "replace_words",
    "says_something",
    "words",
]

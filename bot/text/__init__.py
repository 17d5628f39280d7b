"""The text room: from whatever was typed to the plain text that everything else sees. Knows no other room."""

from bot.text.folding import LONGEST, normalise, replace_words, words
from bot.text.inflection import bases
from bot.text.languages import foreign_language

__all__ = ["LONGEST", "bases", "foreign_language", "normalise", "replace_words", "words"]

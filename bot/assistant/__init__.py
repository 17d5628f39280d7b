"""The assistant room: a question and the conversation before it in, a Reply out. Pure: no files, no caches."""

from bot.assistant.asking import Form
from bot.assistant.assistant import Assistant
from bot.assistant.categories import categories
from bot.assistant.conversation import Conversation, Turn
from bot.assistant.reply import Abstain, Answer, Evidence, Reason, Reply, Smalltalk, Suggest
from bot.assistant.thresholds import ANSWER_FROM, SUGGEST_FROM, SURE_FROM
from bot.matching import Candidate, Explanation, Stance

__all__ = [
    "ANSWER_FROM",
    "SUGGEST_FROM",
    "SURE_FROM",
    "Abstain",
    "Answer",
    "Assistant",
    "Candidate",
    "Conversation",
    "Evidence",
    "Explanation",
    "Form",
    "Reason",
    "Reply",
    "Smalltalk",
    "Stance",
    "Suggest",
    "Turn",
    "categories",
]

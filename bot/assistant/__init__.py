"""The assistant room: a question and its conversation in, a Reply out."""

from bot.assistant.assistant import Assistant, prepare
from bot.assistant.followup import Conversation
from bot.assistant.reply import Abstain, Answer, Evidence, Reply, Smalltalk, Suggest

__all__ = ["Abstain", "Answer", "Assistant", "Conversation", "Evidence", "Reply", "Smalltalk", "Suggest", "prepare"]

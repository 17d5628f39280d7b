"""What a valid library lacks to answer well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.assistant import Answer, Assistant
from bot.knowledge import LONGEST_LABEL, Fault, KnowledgeBase, Topic

_FEW_TOPICS, _FEW_PHRASINGS = 10, 10
_ASKED = 12
"""At most this many phrasings of a topic are asked: with the encoder, each takes a few milliseconds."""


def advice(assistant: Assistant) -> Iterator[Fault]:
    """What to improve, where, and why."""
    knowledge = assistant.knowledge
    if len(knowledge.topics) < _FEW_TOPICS:
        count = len(knowledge.topics)
        yield Fault("topics", 1, f"has only {_counted(count, 'topic')}; with ten or more, fewer questions are misread")
    if not knowledge.outside:
        yield Fault("outside.yaml", 1, "has no groups; questions that the articles do not answer may get an answer")
    yield from _short(knowledge)
    yield from _unlabelled(knowledge)
    yield from _lost(assistant)


def _short(knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Topics with few phrasings."""
    for topic in knowledge.topics.values():
        if (count := len(topic.questions)) < _FEW_PHRASINGS:
            yield _about(topic, knowledge, f"has only {_counted(count, 'phrasing')}; 25 or more are good")


def _unlabelled(knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Topics whose title is cut on a button."""
    for topic in knowledge.topics.values():
        if topic.label is None and len(topic.title) > LONGEST_LABEL:
            reason = f"the title is cut on a button, where {LONGEST_LABEL} characters fit; add a `label`"
            yield _about(topic, knowledge, reason)


def _lost(assistant: Assistant) -> Iterator[Fault]:
    """Topics reached by fewer than half of their own phrasings."""
    for topic in assistant.knowledge.topics.values():
        asked = topic.questions[:: -(-len(topic.questions) // _ASKED)]
        replies = [assistant.reply(phrasing) for phrasing in asked]
        led = Counter(reply.topic.id if isinstance(reply, Answer) else "" for reply in replies)
        if 2 * led[topic.id] < len(asked):
            takers = ", ".join(f"`{name}`" for name, _ in led.most_common() if name not in ("", topic.id))
            cause = f"they are too much like those of {takers}" if takers else "the bot is too unsure of the rest"
            reason = f"only {led[topic.id]} of the {_counted(len(asked), 'phrasing')} tried lead to it; {cause}"
            yield _about(topic, assistant.knowledge, reason)


def _about(topic: Topic, knowledge: KnowledgeBase, reason: str) -> Fault:
    return Fault(*knowledge.positions[topic.id], f"the topic `{topic.id}`: {reason}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

"""The golden questions: does a library answer what its curators say it must, and nothing that it must not?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.assistant import Answer, Assistant, Reply, Smalltalk, Suggest
from bot.knowledge import Fault, GoldenQuestion, KnowledgeBase, shown

_MOST_NAMES = 3


def golden_faults(assistant: Assistant) -> Iterator[Fault]:
    """Ask every golden question of the library; yield what is wrong with each wrong reply, and what can be done."""
    for position, golden in assistant.knowledge.golden.items():
        reply = assistant.reply(golden.question)
        if not _is_right(reply, golden):
            yield Fault(*position, _reason(reply, golden, assistant.knowledge))


def _is_right(reply: Reply, golden: GoldenQuestion) -> bool:
    """Any one of the claims will do; without claims, anything but an answer."""
    if isinstance(reply, Answer):
        return not set(golden.claims).isdisjoint(reply.topic.claims)
    return not golden.claims


def _reason(reply: Reply, golden: GoldenQuestion, knowledge: KnowledgeBase) -> str:
    if golden.claims:
        wish = f"be answered with {_any(golden.claims)}"
        topics = _topics_with(golden.claims, knowledge)
        remedy = f"add phrasings like it to {_any(topics)}" if topics else "write a topic with such a claim"
    else:
        wish, remedy = "not be answered", "add questions like it to outside.yaml"
    return f'"{shown(golden.question)}" should {wish}, but {_described(reply)}; {remedy}, or correct this line'


def _topics_with(claims: Collection[str], knowledge: KnowledgeBase) -> list[str]:
    """The topics that rest on one of the claims, first those whose main claim it is."""
    found = [topic for topic in knowledge.topics.values() if not set(claims).isdisjoint(topic.claims)]
    return [topic.id for topic in sorted(found, key=lambda topic: topic.claims[0] not in claims)]


def _described(reply: Reply) -> str:
    """What became of a question."""
    confidence = f"(confidence {reply.confidence:.2f})"
    match reply:
        case Answer():
            return f"is answered with the topic `{reply.topic.id}` {confidence}"
        case Suggest():
            return f"only gets suggestions: {_listed(topic.id for topic in reply.topics)} {confidence}"
        case Smalltalk():
            return f"is taken for small talk, `{reply.kind.id}`"
        case _ if reply.ranking:
            return f"is not answered at all; the closest topic is `{reply.ranking[0].topic}` {confidence}"
        case _:
            return "is not answered at all"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _any(names: Sequence[str]) -> str:
    """Any one of some names, of which only the first are shown."""
    if len(names) == 1:
        return _listed(names)
    return f"one of {_listed(names[:_MOST_NAMES])}{', …' if len(names) > _MOST_NAMES else ''}"

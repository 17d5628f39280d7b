"""``ask`` and ``chat``: questions from the command line or standard input, replies for people or programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from rich.console import Console

from bot.assistant import Answer, Assistant, Conversation, Reply, Suggest
from bot.assistant.reply import Abstain
from bot.cli.card import card, plain_text


def ask(assistant: Assistant, text: str, as_json: bool) -> int:
    """Answer ``text``, or with ``-`` each line of standard input, each on its own."""
    for question in _lines() if text == "-" else [text]:
        _say(assistant.reply(question), as_json)
    return 0


def chat(assistant: Assistant, as_json: bool) -> int:
    """Answer each line of standard input in the light of those before; an empty line starts anew."""
    conversation = Conversation()
    for question in _prompted() if sys.stdin.isatty() and not as_json else _lines():
        if not question.strip():
            conversation = Conversation()
            continue
        reply = assistant.reply(question, conversation)
        conversation = conversation.then(reply)
        _say(reply, as_json)
    return 0


def _lines() -> Iterator[str]:
    """The lines of standard input, whatever bytes it holds."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _prompted() -> Iterator[str]:
    """What a person types, until end of file."""
    print("Ask anything about leadership and management. An empty line starts anew; Ctrl-D ends.")
    while True:
        try:
            yield input("\n> ")
        except EOFError:
            return


def _say(reply: Reply, as_json: bool) -> None:
    if as_json:
        line = json.dumps(as_data(reply), ensure_ascii=False) + "\n"
        # A question may hold lone surrogates, which no encoding can write.
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    else:
        Console().print(card(reply))


def as_data(reply: Reply) -> dict[str, object]:
    """A reply as the command line's JSON object."""
    answer = reply if isinstance(reply, Answer) else None
    suggested = reply.topics if isinstance(reply, Suggest) else reply.closest if isinstance(reply, Abstain) else ()
    return {
        "question": reply.question,
        "outcome": type(reply).__name__.lower(),
        "topic": answer.topic.id if answer else None,
        "claims": list(answer.topic.claims) if answer else [],
        "confidence": round(reply.confidence, 4),
        "suggestions": [{"topic": topic.id, "claims": list(topic.claims)} for topic in suggested],
        "ranking": [{"topic": match.topic, "confidence": round(match.confidence, 4)} for match in reply.ranking],
        "text": plain_text(reply),
    }

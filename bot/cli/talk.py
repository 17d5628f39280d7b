"""``ask`` and ``chat``: questions from the command line or standard input, replies for people or programs."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator

from rich.console import Console

from bot.assistant import Abstain, Answer, Explanation, Form, Reply, Smalltalk, Stance, Suggest
from bot.cli.card import card, plain_text
from bot.cli.reasons import explained, reasons_as_data
from bot.knowledge import About
from bot.service import Desk, Place, page, wording

_HERE = Place(0, 0)
"""There is one conversation in a terminal."""


def ask(desk: Desk, text: str, as_json: bool, why: bool = False) -> int:
    """Answer ``text``, or with ``-`` each line of standard input, each on its own; with ``why``, explain each reply."""
    with asyncio.Runner() as runner:
        for question in _lines() if text == "-" else [text]:
            reply = runner.run(desk.ask(question, _HERE, follow_up=False))
            _say(reply, desk.about, as_json, runner.run(desk.why(question, _HERE.person)) if why else None)
    return 0


def chat(desk: Desk, as_json: bool) -> int:
    """Answer each line of standard input in the light of those before; an empty line starts a new conversation."""
    with asyncio.Runner() as runner:
        for question in _prompted(desk.about) if sys.stdin.isatty() and not as_json else _lines():
            if question.strip():
                _say(runner.run(desk.ask(question, _HERE)), desk.about, as_json)
            else:
                desk.forget(_HERE)
    return 0


def _lines() -> Iterator[str]:
    """The lines of standard input, whatever bytes it contains."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _prompted(about: About) -> Iterator[str]:
    """What a person types, until end of file."""
    print(wording.CHAT.format(subject=wording.subject(about)))
    while True:
        try:
            yield input("\n> ")
        except EOFError:
            return


def _say(reply: Reply, about: About, as_json: bool, why: Explanation | None = None) -> None:
    if as_json:
        data = as_data(reply, about) | ({"why": reasons_as_data(why)} if why else {})
        line = json.dumps(data, ensure_ascii=False) + "\n"
        # A question may contain lone surrogates, which no encoding can write.
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    else:
        Console().print(card(page(reply, about)))
        if why:
            Console(highlight=False).print("\n".join(explained(why)), markup=False)


def as_data(reply: Reply, about: About) -> dict[str, object]:
    """A reply as the command line's JSON object."""
    topic = reply.topic if isinstance(reply, Answer) else None
    suggested = reply.topics if isinstance(reply, Suggest) else reply.closest if isinstance(reply, Abstain) else ()
    return {
        "question": reply.question,
        "outcome": _outcome(reply),
        "topic": topic.id if topic else None,
        "claims": list(topic.claims) if topic else [],
        "confidence": round(reply.confidence, 4),
        "verdict": _verdict(reply),
        "group": _group(reply),
        "suggestions": [{"topic": topic.id, "claims": list(topic.claims)} for topic in suggested],
        "ranking": [{"topic": match.topic, "confidence": round(match.confidence, 4)} for match in reply.ranking],
        "text": plain_text(page(reply, about)),
    }


def _outcome(reply: Reply) -> str:
    return type(reply).__name__.lower()


def _verdict(reply: Reply) -> str | None:
    """Yes or no, if that was asked and the articles decide it."""
    if not isinstance(reply, Answer) or reply.form not in (Form.YES_NO, Form.STATEMENT):
        return None
    return reply.stance.value if reply.stance in (Stance.YES, Stance.NO) else None


def _group(reply: Reply) -> str | None:
    """The outside group or the kind of small talk that the reply comes from."""
    match reply:
        case Abstain(group=group) if group is not None:
            return group.id
        case Smalltalk():
            return reply.kind.id
        case _:
            return None

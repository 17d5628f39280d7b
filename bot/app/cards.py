"""A Reply as a Discord message: the one renderer for every place where the bot answers.

Cards are made of components ("Components V2"): they need no Embed Links permission.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from discord import ui

from bot.app import limits
from bot.app.buttons import TopicButton
from bot.app.limits import clip, quoted
from bot.assistant import Abstain, Answer, Evidence, Reply, Suggest
from bot.assistant.wording import articles, citation, left_out, quotations
from bot.knowledge import Article, Topic

_LONGEST_QUOTE = 300
_BUTTONS = 5


class Card(ui.LayoutView):
    """A message of texts and buttons.

    Its buttons carry their whole state, so discord.py need not remember the message: it is never
    stored, whatever the uptime, and works after a restart.
    """

    def __init__(self, texts: Sequence[str], buttons: Iterable[TopicButton] = ()) -> None:
        super().__init__(timeout=None)
        container: ui.Container[Card] = ui.Container()
        for shown in _fitted(list(filter(None, texts))):
            if container.children:
                container.add_item(ui.Separator())
            container.add_item(ui.TextDisplay(shown))
        self.add_item(container)
        row: ui.ActionRow[Card] = ui.ActionRow()
        for button in buttons:
            row.add_item(button)
        if row.children:
            container.add_item(row)
        self.stop()


def _fitted(texts: list[str]) -> Iterator[str]:
    """The texts, cut so that together they keep inside a message.

    The last one is an answer's source: a reader must be able to check, so the others make room for it.
    """
    kept = len(texts[-1]) if len(texts) > 1 and len(texts[-1]) <= limits.MESSAGE_TEXT // 2 else 0
    room = limits.MESSAGE_TEXT - kept
    for text in texts[:-1]:
        if shown := clip(text, room):
            yield shown
        room -= len(shown)
    if texts and (shown := clip(texts[-1], room + kept)):
        yield shown


def reply_card(reply: Reply, asker: int, *, question: bool = False) -> Card:
    """The message for ``reply``; ``asker`` is the id of who asked.

    With ``question`` the question stands above the answer, for places where others cannot see it.
    """
    asked = f"-# {clip(quoted(reply.question), 300)}" if question and reply.question.strip() else ""
    match reply:
        case Answer():
            related = _buttons(reply.related)
            return Card([_joined(asked, f"### {reply.topic.title}\n{reply.text}"), *_details(reply)], related)
        case Suggest():
            return Card([_joined(asked, reply.text)], _buttons(reply.topics, asker))
        case Abstain() if reply.closest:
            text = _joined(asked, reply.text, "-# The nearest that the articles cover:")
            return Card([text], _buttons(reply.closest, asker))
        case _:
            return Card([_joined(asked, reply.text)])


def notice(text: str) -> Card:
    """A message of one text."""
    return Card([text])


def _buttons(topics: Sequence[Topic], asker: int = 0) -> list[TopicButton]:
    # Discord refuses two buttons of one custom_id.
    different = {topic.id: topic for topic in topics}.values()
    return [TopicButton(topic.id, topic.title, asker) for topic in islice(different, _BUTTONS)]


def _details(reply: Answer) -> list[str]:
    """What stands below an answer's text: the two sides, the quotations, the sources."""
    if reply.about_sources:
        return []
    return [_sides(reply.topic), _quotations(reply.evidence), _sources(reply.evidence)]


def _sides(topic: Topic) -> str:
    if not (topic.leadership and topic.management):
        return ""
    aspect = f"**{topic.aspect}**" if topic.aspect else ""
    return _joined(aspect, f"**Leadership** · {topic.leadership}", f"**Management** · {topic.management}")


def _quotations(evidence: Sequence[Evidence]) -> str:
    lines = [f"> “{clip(quote, _LONGEST_QUOTE)}”\n> — {by}" for quote, by in quotations(evidence)]
    more = left_out(evidence)
    return _joined(*lines, f"-# {more}" if more else "")


def _sources(evidence: Sequence[Evidence]) -> str:
    return "\n".join(f"-# Source: {_linked(article)}" for article in articles(evidence))


def _linked(article: Article) -> str:
    """The citation, leading to the article where its address is known."""
    if not article.url:
        return citation(article)
    # A closing parenthesis would end the link.
    address = article.url.replace("(", "%28").replace(")", "%29")
    return f"[{citation(article).replace('[', '(').replace(']', ')')}]({address})"


def _joined(*lines: str) -> str:
    return "\n".join(filter(None, lines))

"""A tour of all that the bot offers: each command wherever it is declared, and whatever is below its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from tests.loopback import Answer, Channel, Interaction, Json, Message, Person, walk
from tests.stage import Stage

DEADLINE, RELOAD = 3.0, 30.0
RELOADS = "admin reload"

Value = str | bool
Options = Mapping[str, Value]
Itinerary = Mapping[str, Mapping[str, Sequence[Value]]]
"""By command and option, what to give it."""

GUILD_INSTALL, USER_INSTALL = 0, 1
SUBCOMMAND, MESSAGE_MENU = 1, 3


@dataclass(frozen=True)
class Spot:
    """Somewhere to use the app: who does, who else is there, and how it came to be installed."""

    channel: Channel
    person: Person
    other: Person | None
    install: int


def spots(stage: Stage) -> list[Spot]:
    """A server with the bot, one where only a person has the app, a direct conversation, and a group."""
    server, owner = stage.server, stage.server.owner
    eve, bob = server.person("eve", installed_app=True), stage.person("bob")
    elsewhere = server.guild("Elsewhere", [eve, bob], with_bot=False)
    group = server.private_channel(eve, bob, server.person("carol"))
    return [
        Spot(stage.hall, owner, bob, GUILD_INSTALL),
        Spot(server.text_channel(elsewhere, "square"), eve, bob, USER_INSTALL),
        Spot(owner.dm, owner, None, GUILD_INSTALL),
        Spot(group, eve, bob, USER_INSTALL),
    ]


def registered(commands: Iterable[Json], before: str = "") -> Iterator[tuple[str, Json]]:
    """Each command with its full name; in place of a group, those in it."""
    for command in commands:
        name = f"{before}{command['name']}"
        if inner := [option for option in command.get("options") or () if option["type"] == SUBCOMMAND]:
            yield from registered(({**command, "options": [], **one} for one in inner), f"{name} ")
        else:
            yield name, command


@dataclass
class Tour:
    """What is visited, and what was shown there.

    library: the folder that the bot answers from.
    itinerary: what to give each option of each command.
    question: one that is answered.
    """

    stage: Stage
    library: Path
    itinerary: Itinerary
    question: str
    spots: Sequence[Spot]
    texts: set[str] = field(default_factory=set)

    async def command(self, spot: Spot, name: str, options: Options) -> Message:
        """What a command answers."""
        asked = await spot.person.slash(name, options, channel=spot.channel)
        message = await self.answer(asked, patience=RELOAD if name == RELOADS else DEADLINE)
        assert message is not None
        return message

    async def ask(self, spot: Spot, *, private: bool) -> Message:
        """The answer to the question that has one."""
        return await self.command(spot, "ask", {"question": self.question, "private": private})

    async def commands(self, spot: Spot, *, reloads: bool = False) -> list[Message]:
        """What everything that is declared for a place answers there; ``reloads`` takes its time."""
        shown = []
        for name, command in registered(self.stage.server.commands.all()):
            declared = spot.channel.context(self.stage.server.bot) in command["contexts"]
            if not (declared and spot.install in command["integration_types"]) or (name == RELOADS and not reloads):
                continue
            if command["type"] == MESSAGE_MENU:
                shown += [await self._use(spot, name, message) for message in await self._messages(spot)]
                continue
            for option in command.get("options") or ():
                await self._complete(spot, name, option)
            shown += [await self.command(spot, name, options) for options in self._options(command, name)]
        return shown + await self._replies(spot)

    async def _use(self, spot: Spot, name: str, message: Message) -> Message:
        answer = await self.answer(await spot.person.use(name, message))
        assert answer is not None
        return answer

    async def _messages(self, spot: Spot) -> list[Message]:
        """A person's message, and one of the bot's."""
        said = await (spot.other or spot.person).say(spot.channel, self.question)
        if spot.other is None:  # in a direct conversation, where the bot answers whatever is said
            await said.replies(timeout=DEADLINE)
        return [said.message, await self.ask(spot, private=False)]

    async def _replies(self, spot: Spot) -> list[Message]:
        """What the bot writes to somebody who writes to it, where it can."""
        if not spot.channel.has(self.stage.server.bot):
            return []
        shown = []
        for question in self.itinerary["ask"]["question"]:
            said = await spot.person.say(spot.channel, str(question), mention_bot=spot.channel.guild is not None)
            shown += await said.replies(timeout=DEADLINE)
        for message in shown:
            self.note(message)
        return shown

    def _options(self, command: Json, name: str) -> Iterator[Options]:
        """Every combination of values; what is not required is left out, too."""
        values = self.itinerary[name]
        choices: list[list[tuple[str, Value] | None]] = [
            [*([] if option.get("required") else [None]), *((option["name"], v) for v in values[option["name"]])]
            for option in command.get("options") or ()
        ]
        for chosen in product(*choices):
            yield dict(filter(None, chosen))

    async def _complete(self, spot: Spot, name: str, option: Json) -> None:
        if option.get("autocomplete"):
            for text in ("", "a", *map(str, self.itinerary[name][option["name"]])):
                asked = await spot.person.autocomplete(name, option["name"], text, channel=spot.channel)
                suggested = await asked.suggestions(DEADLINE)
                assert suggested or text, f"nothing is suggested for {option['name']} before anything is typed"
                self.texts.update(choice["name"] for choice in suggested)

    async def answer(self, asked: Interaction, patience: float = DEADLINE) -> Message | None:
        """The message that answers, once it does; None for a window, or if the message has gone."""
        kind, data = await asked.response(DEADLINE)
        used = asked.used_message
        if kind is Answer.MODAL:
            self.texts.update(described(data, *walk(data["components"])))
            return None
        if kind is Answer.DEFERRED_UPDATE:
            assert used is not None
            await asked.channel.changed.until(lambda: used.deleted or asked.answered_after, DEADLINE, str(asked))
        if used is not None and used.deleted:
            return None
        message = await asked.answer(patience)
        self.note(message)
        return message

    def note(self, message: Message) -> None:
        """Note what people see of a message."""
        assert message.text or message.pictures, "an answer says something"
        self.texts.add(message.text)
        self.texts.update(described(*walk(message.components)))
        self.texts.update(picture.alt or "" for picture in message.pictures)


def described(*parts: Json) -> Iterator[str]:
    """All that is written on commands, components and windows, and on their options."""
    for part in parts:
        yield from (part[key] for key in ("title", "label", "description", "placeholder", "content") if part.get(key))
        yield from described(*(part.get("options") or ()))

"""One person's way through what the bot shows them: every button, every option of a menu, every field of a window."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from tests.loopback import Answer, Channel, Json, Message, Person, Role, walk
from tests.tour import Tour


class Kind(IntEnum):
    """The types of component that people choose in or fill in."""

    STRING_SELECT = 3
    INPUT = 4
    ROLE_SELECT = 6
    CHANNEL_SELECT = 8
    RADIO_GROUP = 21
    CHECKBOX = 23


Key = tuple[str, bool]
"""The name of a component, and whether it is on a private message."""


@dataclass
class Walk:
    """Uses whatever messages show, each name once on public messages and once on private ones.

    typed: what to type into each text field of a window, by its ``custom_id``.
    roles: those that can be chosen.
    """

    tour: Tour
    person: Person
    typed: Mapping[str, str]
    roles: list[Role] = field(default_factory=list)
    seen: set[Key] = field(default_factory=set)
    used: set[Key] = field(default_factory=set)

    async def through(self, messages: Iterable[Message]) -> None:
        """Use everything on these messages, and on those that come of that."""
        waiting = deque(messages)
        while waiting:
            message = waiting.popleft()
            self.seen.update(_key(part, message) for part in usable(message))
            while new := [part for part in usable(message) if _key(part, message) not in self.used]:
                self.used.add(_key(new[0], message))
                waiting.extend(await self._use(message, new[0]))

    async def _use(self, message: Message, part: Json) -> list[Message]:
        """The messages that come of using a component in every way."""
        if part["type"] == Kind.STRING_SELECT:
            chosen = [[option["value"]] for option in part["options"]]
            answers = [await self.tour.answer(await self.person.choose(message, part["custom_id"], c)) for c in chosen]
            return list(filter(None, answers))
        answers = []
        for number in count():
            opener = await self.person.click(message, part["custom_id"])
            answers.append(await self.tour.answer(opener))
            kind, window = await opener.response()
            # Discord closes a window that is sent; opened again, it may offer something else.
            ways = list(self._ways_to_fill(window, message.channel)) if kind is Answer.MODAL else []
            if number >= len(ways):
                break
            answers.append(await self.tour.answer(await self.person.submit(opener, ways[number])))
            if not (same := [one for one in usable(message) if name_of(one) == name_of(part)]):
                break
            part = same[0]
        return list(filter(None, answers))

    def _ways_to_fill(self, window: Json, channel: Channel) -> Iterator[dict[str, object]]:
        """A window with as little as it takes, with one more field at a time, and with all of them."""
        fields = [part for part in walk(window["components"]) if "custom_id" in part]
        ways = {part["custom_id"]: list(self._ways(part, channel)) for part in fields}
        least = {name: values[0] for name, values in ways.items()}
        yield least
        for name, values in ways.items():
            yield from (least | {name: value} for value in values[1:])
        yield {name: values[-1] for name, values in ways.items()}

    def _ways(self, part: Json, channel: Channel) -> Iterator[object]:
        """What a field takes, first the least; a kind of field that is not known here fails the tour."""
        here = channel.guild.channels if channel.guild else []
        match part["type"]:
            case Kind.INPUT:
                if part.get("required") is False:
                    yield ""
                yield self.typed[part["custom_id"]]
            case Kind.RADIO_GROUP:
                yield from (None, *(option["value"] for option in part["options"]))
            case Kind.CHECKBOX:
                yield from (True, False)
            case Kind.ROLE_SELECT:
                yield from ([], self.roles[:1])
            case Kind.CHANNEL_SELECT:
                yield from ([], [one for one in here if one.type in part["channel_types"]][:1])
            case kind:
                raise AssertionError(f"the tour does not know how to fill in a component of type {kind}: {part}")


def usable(message: Message) -> list[Json]:
    """The components of a message that can be used."""
    return [] if message.deleted else [part for part in walk(message.components) if "custom_id" in part]


def name_of(part: Json) -> str:
    """What a component is for: the beginning of its ``custom_id``."""
    return str(part["custom_id"]).partition(":")[0]


def _key(part: Json, message: Message) -> Key:
    return name_of(part), message.ephemeral

"""Conversations are remembered for a while, and never more than so many."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant import Abstain, Conversation
from bot.service import Place
from bot.service.conversations import Conversations

HALF_AN_HOUR = 30 * 60.0


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def spoken(text: str) -> Conversation:
    return Conversation().then(Abstain(question=text))


def test_conversation_is_remembered_at_its_place() -> None:
    kept = Conversations()
    kept.keep(Place(1, 1), spoken("here"))
    kept.keep(Place(2, 1), spoken("elsewhere"))
    kept.keep(Place(1, 2), spoken("with somebody else"))
    assert kept.get(Place(1, 1)) == spoken("here")
    assert kept.get(Place(2, 1)) == spoken("elsewhere")
    assert kept.get(Place(1, 2)) == spoken("with somebody else")
    assert kept.get(Place(2, 2)) == Conversation()


def test_latest_state_counts() -> None:
    kept = Conversations()
    kept.keep(Place(1, 1), spoken("before"))
    kept.keep(Place(1, 1), spoken("after"))
    assert kept.get(Place(1, 1)) == spoken("after")


def test_conversation_is_forgotten_after_half_an_hour_of_silence() -> None:
    clock = Clock()
    kept = Conversations(clock)
    kept.keep(Place(1, 1), spoken("hello?"))
    clock.now += HALF_AN_HOUR - 1
    assert kept.get(Place(1, 1)) == spoken("hello?")
    clock.now += 1
    assert kept.get(Place(1, 1)) == Conversation()


def test_conversation_that_goes_on_is_not_forgotten() -> None:
    clock = Clock()
    kept = Conversations(clock)
    for _ in range(5):
        kept.keep(Place(1, 1), spoken("still here"))
        clock.now += HALF_AN_HOUR - 1
        assert kept.get(Place(1, 1)) == spoken("still here")


def test_oldest_of_too_many_is_forgotten() -> None:
    kept = Conversations(Clock())
    kept.keep(Place(1, 0), spoken("never silent for long"))
    for person in range(1, 4_000):
        kept.keep(Place(1, person), spoken(str(person)))
        if person % 100 == 0:
            assert kept.get(Place(1, 0)).turns, "it was not the oldest"
            kept.keep(Place(1, 0), spoken("never silent for long"))
    remembered = [person for person in range(1, 4_000) if kept.get(Place(1, person)).turns]
    assert 1000 <= len(remembered) <= 3000
    assert remembered == list(range(4_000 - len(remembered), 4_000))


def test_conversation_can_be_forgotten() -> None:
    kept = Conversations()
    kept.keep(Place(1, 1), spoken("before"))
    kept.forget(Place(1, 1))
    kept.forget(Place(1, 1))
    assert kept.get(Place(1, 1)) == Conversation()


@pytest.mark.asyncio
async def test_turns_at_one_place_come_one_after_the_other_and_others_do_not_wait() -> None:
    kept, order, begun, go_on = Conversations(), list[str](), asyncio.Event(), asyncio.Event()

    async def take_turn(name: str, place: Place) -> None:
        async with kept.turn(place):
            order.append(f"{name} begins")
            if name == "first":
                begun.set()
                await go_on.wait()
            order.append(f"{name} ends")

    first = asyncio.create_task(take_turn("first", Place(1, 1)))
    await begun.wait()
    second = asyncio.create_task(take_turn("second", Place(1, 1)))
    await take_turn("elsewhere", Place(2, 1))
    assert order == ["first begins", "elsewhere begins", "elsewhere ends"]
    go_on.set()
    await asyncio.gather(first, second)
    assert order[3:] == ["first ends", "second begins", "second ends"]

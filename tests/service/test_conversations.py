"""Conversations are remembered for a while, and never more than so many."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant import Abstain, Conversation
from bot.service import Place
from bot.service.conversations import Conversations
from tests.service.conftest import Clock

HALF_AN_HOUR = 30 * 60.0
HERE = Place(1, 1)


def spoken(text: str) -> Conversation:
    return Conversation().then(Abstain(question=text))


def test_latest_state_is_remembered_at_its_place_until_it_is_forgotten() -> None:
    kept = Conversations()
    said = {HERE: spoken("here"), Place(2, 1): spoken("elsewhere"), Place(1, 2): spoken("with somebody else")}
    for place in said:
        kept.keep(place, spoken("before"))
        kept.keep(place, said[place])
    assert {place: kept.get(place) for place in said} == said
    assert kept.get(Place(2, 2)) == Conversation()
    kept.forget(HERE)
    kept.forget(HERE)
    assert kept.get(HERE) == Conversation()
    assert kept.get(Place(2, 1)) == spoken("elsewhere")


def test_conversation_is_forgotten_after_half_an_hour_of_silence_and_not_while_it_goes_on() -> None:
    clock = Clock()
    kept = Conversations(clock)
    for _ in range(5):
        kept.keep(HERE, spoken("still here"))
        clock.now += HALF_AN_HOUR - 1
        assert kept.get(HERE) == spoken("still here")
    clock.now += 1
    assert kept.get(HERE) == Conversation()


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


def test_nothing_that_began_before_somebody_was_forgotten_is_remembered_of_them() -> None:
    kept = Conversations()
    since, others = kept.forgotten(HERE.person), kept.forgotten(2)
    kept.forget_person(HERE.person)
    assert not kept.keep(HERE, spoken("on its way"), since)
    assert kept.get(HERE) == Conversation()
    assert kept.keep(HERE, spoken("anew"), kept.forgotten(HERE.person))
    assert kept.keep(Place(1, 2), spoken("somebody else"), others)


def test_what_a_button_has_put_on_a_message_outlives_its_receipt() -> None:
    kept, first, later = Conversations(), Abstain(question="first"), Abstain(question="later")
    kept.note(9, later, 1, is_new=False)
    kept.note(9, first, 1, is_new=True)
    assert kept.at(9) == Conversation().then(later)
    kept.note(9, first, 1, is_new=False)
    assert kept.at(9) == Conversation().then(first)


@pytest.mark.asyncio
async def test_turns_at_one_place_come_one_after_the_other_and_others_do_not_wait() -> None:
    kept, order, begun, go_on = Conversations(), list[str](), asyncio.Event(), asyncio.Event()

    async def take_turn(name: str, place: Place = HERE) -> None:
        async with kept.turn(place):
            order.append(f"{name} begins")
            if name == "first":
                begun.set()
                await go_on.wait()
            order.append(f"{name} ends")

    first = asyncio.create_task(take_turn("first"))
    await begun.wait()
    second = asyncio.create_task(take_turn("second"))
    await take_turn("elsewhere", Place(2, 1))
    assert order == ["first begins", "elsewhere begins", "elsewhere ends"]
    go_on.set()
    await asyncio.gather(first, second)
    assert order[3:] == ["first ends", "second begins", "second ends"]

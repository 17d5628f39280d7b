"""Conversations are remembered for a while, and never more than so many."""

from __future__ import annotations

from bot.app import Place
from bot.app.conversations import Conversations
from bot.assistant import Abstain, Conversation

HALF_AN_HOUR = 30 * 60.0


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def spoken(text: str) -> Conversation:
    return Conversation().then(Abstain(question=text, text="Not covered."))


def test_conversation_is_remembered_where_it_was_held() -> None:
    held = Conversations()
    held.keep(Place(1, 1), spoken("here"))
    held.keep(Place(2, 1), spoken("elsewhere"))
    held.keep(Place(1, 2), spoken("with somebody else"))
    assert held.get(Place(1, 1)) == spoken("here")
    assert held.get(Place(2, 1)) == spoken("elsewhere")
    assert held.get(Place(1, 2)) == spoken("with somebody else")
    assert held.get(Place(2, 2)) == Conversation()


def test_latest_state_counts() -> None:
    held = Conversations()
    held.keep(Place(1, 1), spoken("before"))
    held.keep(Place(1, 1), spoken("after"))
    assert held.get(Place(1, 1)) == spoken("after")


def test_conversation_is_forgotten_after_half_an_hour_of_silence() -> None:
    clock = Clock()
    held = Conversations(clock)
    held.keep(Place(1, 1), spoken("hello?"))
    clock.now += HALF_AN_HOUR
    assert held.get(Place(1, 1)) == spoken("hello?")
    clock.now += 1
    assert held.get(Place(1, 1)) == Conversation()


def test_conversation_that_goes_on_is_not_forgotten() -> None:
    clock = Clock()
    held = Conversations(clock)
    for _ in range(5):
        held.keep(Place(1, 1), spoken("still here"))
        clock.now += HALF_AN_HOUR
        assert held.get(Place(1, 1)) == spoken("still here")


def test_oldest_of_too_many_is_forgotten() -> None:
    held = Conversations(Clock())
    held.keep(Place(1, 0), spoken("never silent for long"))
    for person in range(1, 10_000):
        held.keep(Place(1, person), spoken(str(person)))
        if person % 100 == 0:
            assert held.get(Place(1, 0)).replies, "it was not the oldest"
            held.keep(Place(1, 0), spoken("never silent for long"))
    remembered = [person for person in range(1, 10_000) if held.get(Place(1, person)).replies]
    assert 1000 <= len(remembered) <= 5000
    assert remembered == list(range(10_000 - len(remembered), 10_000))


def test_conversation_itself_is_bounded() -> None:
    conversation = Conversation()
    for number in range(100):
        conversation = conversation.then(Abstain(question=str(number), text="Not covered."))
    assert len(conversation.replies) <= 10
    assert conversation.replies[-1].question == "99"

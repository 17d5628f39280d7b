"""The windows that open: Discord takes each, whatever the library has in it."""

from __future__ import annotations

import pytest

from bot.app import NONE_OF_THESE, QUESTION_FIELD, TOPIC_FIELD, follow_up_window, labels, meant_window
from bot.app.limits import QUESTION
from bot.app.modals import Window
from bot.service import Choice
from tests.loopback import Json, walk
from tests.loopback.rules import Asked, check_callback

SOMEBODY = 2**63 - 1


def taken(window: Window) -> Json:
    """The fields of a window by custom_id, if Discord takes it."""
    data = window.to_dict()
    check_callback({"type": 9, "data": data}, Asked.COMPONENT, None)
    return {part["custom_id"]: part for part in walk(data["components"]) if "custom_id" in part}


def test_follow_up_is_a_question_that_must_be_asked() -> None:
    [field] = taken(follow_up_window(SOMEBODY)).values()
    assert (field["custom_id"], field["required"], field["max_length"]) == (QUESTION_FIELD, True, QUESTION)


@pytest.mark.parametrize("count", [1, 9, 30])
def test_what_was_meant_may_be_one_of_the_nearest_or_none_of_them(count: int) -> None:
    nearest = [Choice(f"{number}".rjust(64, "t"), "Short", f"{number} long words" * 9) for number in range(count)]
    fields = taken(meant_window("t" * 64, SOMEBODY, nearest))
    *offered, last = fields[TOPIC_FIELD]["options"]
    assert [option["value"] for option in offered] == [choice.topic for choice in nearest[:9]]
    assert all(option["label"].startswith(f"{number} long words") for number, option in enumerate(offered))
    assert (last["label"], last["value"]) == (labels.MEANT_NONE, NONE_OF_THESE)
    assert [field["required"] for field in fields.values()] == [False, False]


def test_other_words_can_be_given_if_nothing_is_near() -> None:
    assert list(taken(meant_window("", SOMEBODY, []))) == [QUESTION_FIELD]


@pytest.mark.asyncio
async def test_window_is_not_kept_in_memory() -> None:
    assert follow_up_window(1).is_finished()

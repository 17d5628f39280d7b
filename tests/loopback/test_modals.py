"""Modals that Discord would not show are refused, and nobody can fill in what a field does not take."""

from __future__ import annotations

import pytest

from . import Json
from .accounts import User
from .bodies import label, modal, nested, options, problems_of, select, text, text_input
from .modals import filled
from .rules import Asked, check_callback
from .world import TEXT, Channel

ALICE, BOB, HALL = User(1, "alice"), User(2, "bob"), Channel(3, TEXT)
TEN, ELEVEN, TWICE = options(*"abcdefghij"), options(*"abcdefghijk"), options("a", "a")

INPUT = "components.0.component"
MODALS = [
    (modal(label(text_input()), title="x" * 46), "title: BASE_TYPE_BAD_LENGTH"),
    (modal(label(text_input()), custom_id=""), "custom_id: BASE_TYPE_BAD_LENGTH"),
    (modal(), "components: BASE_TYPE_BAD_LENGTH"),
    (modal(*(label(text_input(custom_id=str(n))) for n in range(6))), "components: BASE_TYPE_BAD_LENGTH"),
    (modal(text_input()), "components.0.type: BASE_TYPE_CHOICES"),
    (modal(label(text())), f"{INPUT}.type: BASE_TYPE_CHOICES"),
    (modal(label(text_input(), label="x" * 46)), "components.0.label: BASE_TYPE_BAD_LENGTH"),
    (modal(label(text_input(), description="x" * 101)), "components.0.description: BASE_TYPE_MAX_LENGTH"),
    (modal(label(text_input(label="x"))), f"{INPUT}.label: BASE_TYPE_NOT_ALLOWED"),
    (modal(label(text_input(style=3))), f"{INPUT}.style: BASE_TYPE_CHOICES"),
    (modal(label(text_input(max_length=4001))), f"{INPUT}.max_length: NUMBER_TYPE_RANGE"),
    (modal(label(text_input(value="x" * 4001))), f"{INPUT}.value: BASE_TYPE_MAX_LENGTH"),
    (modal(label(text_input(placeholder="x" * 101))), f"{INPUT}.placeholder: BASE_TYPE_MAX_LENGTH"),
    (modal(label(select(9))), f"{INPUT}.type: BASE_TYPE_CHOICES"),
    (modal(label(select(custom_id=""))), f"{INPUT}.custom_id: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(disabled=True))), f"{INPUT}.disabled: BASE_TYPE_NOT_ALLOWED"),
    (modal(label(select(min_values=0))), f"{INPUT}.min_values: NUMBER_TYPE_RANGE"),
    (modal(label(select(required="no"))), f"{INPUT}.required: BASE_TYPE_BAD_TYPE"),
    (modal(nested(1, select(label="x"))), "components.0.components.0.type: BASE_TYPE_CHOICES"),
    (modal(label(select(21, options=options("a")))), f"{INPUT}.options: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(21, options=ELEVEN))), f"{INPUT}.options: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(21, options=options("a", "b", default=True)))), f"{INPUT}.options: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(21, options=TWICE))), f"{INPUT}.options.1: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    (modal(label(select(22, options=[]))), f"{INPUT}.options: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(22, options=ELEVEN))), f"{INPUT}.options: BASE_TYPE_BAD_LENGTH"),
    (modal(label(select(22, min_values=0))), f"{INPUT}.min_values: NUMBER_TYPE_RANGE"),
    (modal(label(select(22, max_values=11, options=TEN))), f"{INPUT}.max_values: NUMBER_TYPE_RANGE"),
    (modal(label(select(23, default="yes"))), f"{INPUT}.default: BASE_TYPE_BAD_TYPE"),
    (modal(text("")), "components.0.content: BASE_TYPE_BAD_LENGTH"),
    (modal(text("x" * 2001), text("x" * 2000)), "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (modal(*[label(text_input())] * 2), "components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"),
    (modal(nested(1, text_input())), "components.0.components.0.label: BASE_TYPE_REQUIRED"),
    (
        modal(nested(1, *(text_input(custom_id=i, label=i) for i in "ij"))),
        "components.0.components: BASE_TYPE_BAD_LENGTH",
    ),
]


@pytest.mark.parametrize(("body", "problem"), MODALS, ids=[problem for _, problem in MODALS])
def test_discord_refuses(body: Json, problem: str) -> None:
    assert problems_of(lambda: check_callback(body, Asked.COMMAND, None)) == [f"data.{problem}"]


def test_good_modals_are_taken() -> None:
    check_callback(modal(label(text_input(label=None, required=False)), text()), Asked.COMMAND, None)
    choices = [label(select(kind, id=kind, custom_id=str(kind))) for kind in (3, 5, 6, 7, 8)]
    check_callback(modal(*choices), Asked.COMMAND, None)
    groups = [label(select(kind, custom_id=str(kind), required=False)) for kind in (21, 22, 23)]
    optional = label(select(min_values=0, required=False, disabled=False))
    check_callback(modal(*groups, optional), Asked.COMMAND, None)


@pytest.mark.parametrize(
    ("limits", "texts", "error"),
    [
        ({}, {"i": ""}, "1 to 4000 characters, not 0"),
        ({}, {}, "1 to 4000 characters, not 0"),
        ({"max_length": 3}, {"i": "long"}, "1 to 3 characters, not 4"),
        ({"min_length": 2, "required": False}, {"i": "x"}, "2 to 4000 characters, not 1"),
        ({}, {"i": "two\nlines"}, "one line"),
        ({}, {"j": "x"}, "no inputs {'j'}"),
    ],
)
def test_nobody_can_fill_it_in(limits: Json, texts: dict[str, str], error: str) -> None:
    with pytest.raises((ValueError, LookupError), match=error):
        filled(modal(label(text_input(id=2, **limits), id=1))["data"], texts, ALICE, HALL)


@pytest.mark.parametrize(
    ("component", "value", "error"),
    [
        (select(), "a", "takes a list"),
        (select(), ["c"], "does not offer 'c'"),
        (select(), [], "takes 1 to 1, not 0"),
        (select(), ["a", "b"], "takes 1 to 1, not 2"),
        (select(max_values=2), ["a", "a"], "nothing twice"),
        (select(min_values=2, max_values=2, required=False), ["a"], "takes 2 to 2, not 1"),
        (select(), [BOB], "does not offer bob"),
        (select(5), ["a"], "does not offer 'a'"),
        (select(5), [BOB], "does not offer bob"),
        (select(6), [BOB], "does not offer bob"),
        (select(8), [HALL], "does not offer"),
        (select(21), "c", "does not offer 'c'"),
        (select(21), ["a"], "takes one option"),
        (select(21), None, "takes 1 to 1, not 0"),
        (select(22), [], "takes 1 to 2, not 0"),
        (select(23), "yes", "takes True or False"),
        (text_input(custom_id="s"), ["a"], "takes a text"),
    ],
)
def test_nobody_can_choose_it(component: Json, value: object, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        filled(modal(label(component | {"id": 2}, id=1))["data"], {"s": value}, ALICE, HALL)

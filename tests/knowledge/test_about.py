"""library.yaml: what a library says about itself."""

from __future__ import annotations

import pytest

from bot.knowledge import About, load_library
from tests.knowledge.conftest import Check, Library

KITCHEN = """\
subject: bread and baking
example: how long does dough rise?
sides:
  leadership: Crust
  management: Crumb
opposites:
  - [Crust, crumb]
  - [sweet, salty]
"""
BROKEN = """\
subject: ""  #! `subject` is empty
example: [x]  #! `example` must be text; put it in quotes
subjects: x  #! unknown key `subjects`
sides:  #! `management` is missing
  leadership: Crust
opposites:
  - [one, two words]  #! an item of `opposites` must be a single word
  - [alone]  #! an item of `opposites` is missing
  - [one, more, many]  #! an item of `opposites` must have exactly 2 items
"""


def test_a_library_says_what_it_is_about(library: Library) -> None:
    about = load_library(library({"library.yaml": KITCHEN})).about
    assert (about.subject, about.example) == ("bread and baking", "how long does dough rise?")
    assert about.side_names == ("Crust", "Crumb")
    assert about.opposites == (("crust", "crumb"), ("sweet", "salty"))


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n"], ids=["absent", "empty", "comment"])
def test_a_library_need_not_say_anything(library: Library, text: str | None) -> None:
    about = load_library(library({"library.yaml": text})).about
    assert about == About()
    assert about.side_names == ("Leadership", "Management")


def test_mistakes_are_reported_with_their_lines(check: Check) -> None:
    check({"library.yaml": BROKEN})


@pytest.mark.parametrize("text", ["just text", "- a list"])
def test_it_has_keys_and_values(check: Check, text: str) -> None:
    check({"library.yaml": f"{text}  #! this entry must have keys and values, such as `id: ...`\n"})


def test_a_word_has_one_opposite(check: Check) -> None:
    text = "opposites: [[sweet, salty], [sour, Sweet]]  #! `opposites`: `sweet` appears more than once\n"
    check({"library.yaml": text})

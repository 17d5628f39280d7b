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
themes: {kitchen: At the stove}
measured:
  - Of 100 questions, 92 were answered right.
  - None of 50 others got an answer.
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
themes: [kitchen]  #! `themes` must have keys and values, such as `name: ...`
measured: 92 of 100  #! `measured` must be a list, with each item on its own line after `- `
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
    assert about.themes == {"kitchen": "At the stove"}
    assert about.measured == ("Of 100 questions, 92 were answered right.", "None of 50 others got an answer.")


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


def test_theme_is_the_title_of_a_file_of_topics(check: Check) -> None:
    text = """\
themes:
  kitchen: At the stove
  kitchens: At the stoves  #! `themes`: there is no file topics/kitchens.yaml
  cellar: In the cellar  #! `themes`: there is no file topics/cellar.yaml
"""
    check({"library.yaml": text})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('  kitchen: ""', "`kitchen` is empty"),
        ("  kitchen: <151>", "`kitchen` is too long (at most 150 characters)"),
        ("  kitchen: [At, the, stove]", "`kitchen` must be text; put it in quotes"),
    ],
)
def test_title_of_a_theme_is_a_title(check: Check, line: str, reason: str) -> None:
    check({"library.yaml": f"themes:\n{line}  #! {reason}\n"})


def test_a_group_may_say_what_is_not_covered(library: Library, check: Check) -> None:
    group = "- {{id: coffee, subject: {}, reply: No., questions: [how is coffee made]}}"
    outside = load_library(library({"outside.yaml": group.format("roasting coffee")})).outside
    assert outside["coffee"].subject == "roasting coffee"
    assert load_library(library()).outside["coffee"].subject is None
    check({"outside.yaml": group.format('""') + "  #! `subject` is empty\n"})


def test_a_word_has_one_opposite(check: Check) -> None:
    text = "opposites: [[sweet, salty], [sour, Sweet]]  #! `opposites`: `sweet` appears more than once\n"
    check({"library.yaml": text})

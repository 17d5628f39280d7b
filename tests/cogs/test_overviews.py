"""/compare, /topics, /sources and /about, their pages, and which commands there are for a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import labels
from bot.service import wording
from tests.cogs.conftest import ask, press
from tests.loopback import Answer, Message, Person
from tests.small_library import replace
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMPARED = """\
### Leadership and Management
**purpose**
**Leadership** · does the right things
**Management** · does things right
**risk**
**Leadership** · seeks the upside
**Management** · limits the downside
**risk**
**Leadership** · welcomes what it brings
**Management** · guards against it"""
CHOOSE = "choose::0"


async def shown(person: Person, stage: Stage, command: str, **options: str) -> Message:
    """What a command in the hall answers."""
    return await (await person.slash(command, options, channel=stage.hall)).answer()


def titles(message: Message) -> list[str]:
    """What can be chosen below a page."""
    [menu] = message.selects
    return [option.label for option in menu.options]


# Compare


async def test_both_sides_are_compared_for_everybody(stage: Stage, alice: Person) -> None:
    message = await shown(alice, stage, "compare")
    assert (message.text, message.ephemeral, message.buttons) == (COMPARED, False, [])
    assert len(titles(message)) == 3
    chosen = await stage.person("bob").choose(message, CHOOSE, ["change"])
    assert (await chosen.answer()).text.startswith("### Leaders and change")
    assert chosen.ephemeral


# Phones begin with a capital; others know the subject and not its name here.
@pytest.mark.parametrize("aspect", ["risk", "Risk", "ris", "avoiding risks or taking risks"])
async def test_one_aspect_has_all_that_compares_them_in_it_and_the_evidence(
    stage: Stage, alice: Person, aspect: str
) -> None:
    text = (await shown(alice, stage, "compare", aspect=aspect)).text
    assert "purpose" not in text
    assert COMPARED.partition("does things right\n")[2] in text
    for words, by in (("optimise the upside", "Bruce Lynn, a reader"), ("change is their daily bread", "the unsigned")):
        assert f"> “{words}”\n> — {by}" in text
    assert text.count("-# Source: ") == 2


@pytest.mark.parametrize("aspect", ["colour", "how far ahead do leaders look"])
async def test_aspect_that_there_is_not_is_refused(stage: Stage, alice: Person, aspect: str) -> None:
    message = await shown(alice, stage, "compare", aspect=aspect)
    assert (message.text, message.ephemeral) == (labels.NO_ASPECT, True)


@pytest.mark.parametrize(("typed", "offered"), [("", ["purpose", "risk"]), ("RI", ["risk"]), ("colour", [])])
async def test_completion_offers_aspects(stage: Stage, alice: Person, typed: str, offered: list[str]) -> None:
    asked = await alice.autocomplete("compare", "aspect", typed, channel=stage.hall)
    assert [choice["name"] for choice in await asked.suggestions()] == offered


TOPIC = """\
- {{id: t{n}, title: T{n}, claims: [need-both], answer: T., leadership: l{n}, management: m{n}, aspect: a{n},
   questions: [what is the {n}th thing, the {n}th matter]}}
"""


async def test_who_asked_turns_the_page_and_others_get_one_of_their_own(
    stage: Stage, alice: Person, folder: Path
) -> None:
    (folder / "topics/more.yaml").write_text("".join(TOPIC.format(n=n) for n in range(4)), encoding="utf-8")
    await stage.reload()
    message = await shown(alice, stage, "compare")
    assert message.text.endswith("-# Page 1 of 2")
    first, bob = message.text, stage.person("bob")
    turned = await bob.click(message, labels.NEXT)
    own = await turned.answer()
    assert turned.ephemeral
    assert "**a3**" in own.text
    assert own.text.endswith("-# Page 2 of 2")
    assert message.text == first
    assert await press(bob, own, labels.PREVIOUS) is own
    assert own.text == first
    assert await press(alice, message, labels.NEXT) is message
    assert "**a3**" in message.text
    assert [button.label for button in message.buttons] == [labels.PREVIOUS]


# Topics, sources, about


@pytest.mark.parametrize("private", [True, False])
async def test_topics_are_shown_by_theme(stage: Stage, alice: Person, private: bool) -> None:
    asked = await alice.slash("topics", channel=stage.hall if private else alice.dm)
    message = await asked.answer()
    assert message.ephemeral is private
    assert message.text.splitlines()[0] == "### Difference"
    assert "- Why a firm needs both" in message.text
    turned = await alice.click(message, labels.NEXT)
    assert (await turned.response()).type is Answer.UPDATE
    assert message.text.startswith("### Leaders\n- How far leaders look ahead\n")
    assert (await (await alice.choose(message, CHOOSE, ["alarm"])).answer()).text.startswith("### Calling everyone")


async def test_sources_are_shown_with_what_they_say_and_what_they_do_not_cover(stage: Stage, alice: Person) -> None:
    message = await shown(alice, stage, "sources")
    assert "### A note on leaders\n- Leaders look far ahead into the future.\n" in message.text
    await press(alice, message, labels.NEXT)
    assert message.text.startswith(r"### Two Kinds of Work \[part 1]")
    assert (
        "- Leaders seek the upside, managers limit the downside (Bruce Lynn, a reader, in the comments)" in message.text
    )
    assert "-# Source: [“Two Kinds of Work (part 1)” by A. Writer" in message.text
    await press(alice, message, labels.NEXT)
    assert message.text == f"### {wording.NOT_HELD}\n- what leaders and managers earn\n-# Page 3 of 3"


async def test_about_says_what_it_is_and_what_it_keeps(stage: Stage, alice: Person) -> None:
    message = await shown(alice, stage, "about")
    assert message.ephemeral
    assert message.text.startswith("### About me\nI answer questions from a small library of articles")
    assert f"- {wording.KEEPS}\n- Version " in message.text


# Passages


async def test_all_passages_of_an_answer_are_shown_beside_it(stage: Stage, alice: Person) -> None:
    message = await ask(alice, "who takes more risks", stage.hall)
    before = message.text
    passages = await press(stage.person("bob"), message, labels.ALL_PASSAGES.format(count=3))
    assert passages.ephemeral
    for words in ("optimise the upside", "minimise the downside", "doing the right things"):
        assert f"> “{words}”" in passages.text
    assert message.text == before


@pytest.mark.parametrize(
    ("custom_id", "says"),
    [
        ("page:topics//99:0", "-# Page 2 of 2"),
        ("page:topics:0", "-# Page 1 of 2"),
        ("page:topics//²:0", "-# Page 1 of 2"),
        ("page:compare/gone/1:0", "### Leadership and Management"),
        ("page:claims/gone/1:0", wording.TOPIC_GONE),
        ("page:quiz//0:0", wording.COMPONENT_GONE),
        ("page", wording.COMPONENT_GONE),
        ("passages:gone:0", wording.TOPIC_GONE),
        ("passages", wording.NOTHING_TO_SHOW),
    ],
)
async def test_page_of_another_library_or_version_is_the_nearest_or_says_so(
    stage: Stage, alice: Person, custom_id: str, says: str
) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}]}
    pressed = await alice.click(stage.server.old_message(stage.hall, [row]), "Old")
    assert says in (await pressed.answer()).text
    assert pressed.ephemeral
    assert "Traceback" not in stage.bot.output


# What there is for a library

OF_SIDES_AND_QUOTATIONS = ("leadership: ", "management: ", "aspect: ", "quote: ")
SIDES = "  title: Leaders and change\n  leadership: hard\n  management: soft"


async def test_commands_fit_the_library(stage: Stage, alice: Person, folder: Path) -> None:
    def offered() -> dict[str, str]:
        return {command["name"]: command["description"] for command in stage.server.commands.all()}

    everything = offered()
    assert everything["compare"] == "Leadership and Management next to each other"
    (folder / "library.yaml").write_text("sides: {leadership: Crust, management: Crumb}\n", encoding="utf-8")
    for file in (*folder.glob("topics/*"), *folder.glob("articles/*")):
        kept = [line for line in file.read_text().splitlines() if not line.strip().startswith(OF_SIDES_AND_QUOTATIONS)]
        file.write_text("\n".join(kept), encoding="utf-8")
    await stage.reload()
    assert everything.keys() - offered().keys() == {"compare", "quote"}
    with pytest.raises(LookupError):
        await alice.slash("compare", channel=stage.hall)
    replace(folder / "topics/leaders.yaml", "  title: Leaders and change", SIDES)
    await stage.reload()
    assert everything.keys() - offered().keys() == {"quote"}
    assert offered()["compare"] == "Crust and Crumb next to each other"

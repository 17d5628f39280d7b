"""/admin reload: for the people who run the bot, privately, and never to the worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cogs.conftest import ASK_BOTH, BOTH, ask
from tests.loopback import Answer, Channel, Person, permissions
from tests.small_library import replace, write_small_library
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Ids grow, so that this one is nobody's until a test makes somebody with it.
SETTINGS = {"ADMIN_IDS": "17, 18"}
DIFFERENCE, LEADERS = "topics/difference.yaml", "topics/leaders.yaml"


async def test_reload_tells_what_changed(stage: Stage, alice: Person, folder: Path) -> None:
    replace(folder / DIFFERENCE, BOTH, "Certainly, both.")
    replace(folder / LEADERS, "id: change", "id: novelty")
    lines = (await stage.reload()).splitlines()
    assert lines[0].startswith("Library reloaded in ")
    assert lines[1:] == ["**Added:** topic novelty", "**Changed:** topic both", "**Removed:** topic change"]
    assert "Certainly, both." in (await ask(alice, ASK_BOTH, stage.hall)).text


async def test_many_changes_are_counted(stage: Stage, folder: Path) -> None:
    for number in range(20):
        file = folder / f"articles/more-{number:02}.yaml"
        file.write_text(f"id: a_{number:02}\nlabel: One more", encoding="utf-8")
    lines = (await stage.reload()).splitlines()
    assert lines[1].startswith(r"**Added:** article a\_00, article a\_01, ")
    assert lines[1].endswith(r", article a\_14 and 5 more")


@pytest.mark.parametrize("place", ["server", "direct"])
async def test_answer_is_private(stage: Stage, place: str) -> None:
    owner = stage.server.owner
    asked = await owner.slash("admin reload", channel=stage.hall if place == "server" else owner.dm)
    assert (await asked.response()).type is Answer.DEFERRED_MESSAGE
    assert asked.acknowledged_after is not None
    assert asked.acknowledged_after < 2
    assert (await asked.answer(timeout=30)).text.startswith("Library reloaded")
    assert asked.ephemeral


async def test_questions_are_answered_meanwhile(stage: Stage, alice: Person) -> None:
    asked = await stage.server.owner.slash("admin reload", channel=stage.hall)
    await asked.response()
    answers: list[str] = []
    while asked.message is None or asked.message.loading:
        answers.append((await ask(alice, ASK_BOTH, stage.hall)).text)
        if len(answers) % 50 == 0:
            alice = stage.person("alice")
    assert len(answers) > 3
    assert all(BOTH in answer for answer in answers)


async def test_two_reloads_at_once_go_one_after_the_other(stage: Stage, folder: Path) -> None:
    replace(folder / DIFFERENCE, BOTH, "Twice.")
    asked = [await stage.server.owner.slash("admin reload", channel=stage.hall) for _ in range(2)]
    texts = [(await one.answer(timeout=30)).text for one in asked]
    assert all(text.startswith("Library reloaded") for text in texts)
    assert sum("Changed:** topic both" in text for text in texts) == 1
    assert sum(text.endswith("\nNothing changed.") for text in texts) == 1


async def test_broken_library_is_refused_with_its_faults(stage: Stage, alice: Person, folder: Path) -> None:
    replace(folder / DIFFERENCE, "aspect: risk", "aspects: risk")
    (folder / LEADERS).write_text("- id: horizon\n  tit_le: How far\n", encoding="utf-8")
    lines = (await stage.reload()).splitlines()
    assert lines[0] == "The new library has errors, so the old one stays in use."
    assert any(line.startswith("- topics/difference.yaml:24: ") and "aspects" in line for line in lines[1:]), lines
    assert any(line.startswith("- topics/leaders.yaml:2: ") and r"tit\_le" in line for line in lines[1:]), lines
    assert BOTH in (await ask(alice, ASK_BOTH, stage.hall)).text
    assert "Leaders welcome change." in (await ask(alice, "do leaders like change", stage.hall)).text
    write_small_library(folder)
    assert (await stage.reload()).splitlines()[1:] == ["Nothing changed."]


async def test_golden_questions_that_passed_are_counted(stage: Stage, folder: Path) -> None:
    (folder / "golden.jsonl").write_text(f'{{"q": "{ASK_BOTH}", "claims": ["need-both"]}}\n', encoding="utf-8")
    assert (await stage.reload()).splitlines()[1:] == ["**Changed:** golden.jsonl", "Golden questions passed: 1."]
    assert (await stage.reload()).splitlines()[1:] == ["Nothing changed.", "Golden questions passed: 1."]


async def test_library_that_fails_golden_questions_is_refused(stage: Stage, alice: Person, folder: Path) -> None:
    replace(folder / DIFFERENCE, BOTH, "Certainly, both.")
    lines = [f'{{"q": "{ASK_BOTH}", "claims": ["upside"]}}', f'{{"q": "{ASK_BOTH} of them", "claims": []}}']
    (folder / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told, first, second = (await stage.reload()).splitlines()
    assert told == "The new library has errors, so the old one stays in use."
    assert first.startswith(
        r'- golden.jsonl:1: "why are both needed" should be answered with \`upside\`, but is answered'
    )
    assert first.endswith(r"add phrasings like it to \`risk\`, or correct this line")
    assert second.startswith('- golden.jsonl:2: "why are both needed of them" should not be answered, but is answered')
    assert BOTH in (await ask(alice, ASK_BOTH, stage.hall)).text


async def test_first_faults_are_shown_and_the_rest_counted(stage: Stage, folder: Path) -> None:
    (folder / "topics/bad.yaml").write_text("- id: a\n" * 30, encoding="utf-8")
    lines = (await stage.reload()).splitlines()
    assert sum(line.startswith("- topics/bad.yaml:") for line in lines) == 10
    told, more, count = lines[-1].split()
    assert (told, count) == ("and", "more")
    assert int(more) > 30


@pytest.mark.parametrize("broken", ["- id: " + "x" * 20000, "\x00", "- [" * 5000, "- !!python/object:os.system {}"])
async def test_no_fault_is_too_much_for_discord(stage: Stage, alice: Person, folder: Path, broken: str) -> None:
    (folder / "topics/bad.yaml").write_text(broken, encoding="utf-8")
    assert "the old one stays in use" in await stage.reload()
    assert BOTH in (await ask(alice, ASK_BOTH, stage.hall)).text


async def test_folder_that_is_gone_leaves_the_old_library(stage: Stage, alice: Person) -> None:
    elsewhere = stage.library.rename(stage.library.with_name("elsewhere"))
    try:
        assert "the old one stays in use" in await stage.reload()
        assert BOTH in (await ask(alice, ASK_BOTH, stage.hall)).text
    finally:
        elsewhere.rename(stage.library)


async def assert_refused(person: Person, channel: Channel) -> None:
    asked = await person.slash("admin reload", channel=channel)
    assert (await asked.answer()).text == "Only the people who run this bot can do that."
    assert asked.ephemeral
    assert (await asked.response()).type is Answer.MESSAGE, "nothing was begun"


async def assert_reloads(person: Person) -> None:
    asked = await person.slash("admin reload", channel=person.dm)
    assert (await asked.answer(timeout=30)).text.startswith("Library reloaded")


async def test_administrator_of_a_server_is_refused_and_others_are_not_even_offered_it(
    stage: Stage, alice: Person
) -> None:
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("admin reload", channel=stage.hall)
    await assert_refused(alice, alice.dm)  # where everybody is offered it
    stage.guild.member_permissions[alice.id] = permissions.ALL
    await assert_refused(alice, stage.hall)


async def test_person_who_is_named_in_the_settings_may(stage: Stage, alice: Person) -> None:
    stage.server.world.users[17] = alice
    alice.id = 17
    await assert_reloads(alice)


async def test_members_of_the_team_may(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with staged(tmp_path_factory.mktemp("team"), team=("ann", "ben")) as stage:
        for person in stage.server.team:
            await assert_reloads(person)
        mallory = stage.person("mallory")
        stage.guild.member_permissions[mallory.id] = permissions.ALL
        await assert_refused(mallory, stage.hall)
        assert stage.server.refused == []

"""/admin reload: for who runs the bot, privately, and never to the worse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.loopback import Answer, Message, Person, permissions
from tests.small_library import replace, write_small_library
from tests.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIFFERENCE, LEADERS = "topics/difference.yaml", "topics/leaders.yaml"
ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
NOT_ALLOWED = "Only the people who run this bot can do that."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    # Ids grow, so that this one is nobody's until a test makes somebody with it.
    async with staged(tmp_path_factory.mktemp("admin"), ADMIN_IDS="17, 18") as stage:
        yield stage


@pytest.fixture(autouse=True)
def fresh(stage: Stage) -> Iterator[None]:
    """The library as it was, to be changed; nothing may be refused."""
    for file in stage.library.glob("*/*.yaml"):
        file.unlink()
    write_small_library(stage.library)
    yield
    assert stage.server.refused == []


async def says(person: Person, stage: Stage, question: str = ASK_BOTH) -> str:
    """What is answered at present."""
    return (await (await person.slash("ask", {"question": question}, channel=stage.hall)).answer()).text


# Good libraries


async def test_reload_tells_what_changed(stage: Stage, alice: Person) -> None:
    await stage.reload()
    replace(stage.library / DIFFERENCE, BOTH, "Certainly, both.")
    replace(stage.library / LEADERS, "id: change", "id: novelty")
    lines = (await stage.reload()).splitlines()
    assert lines[0].startswith("Library reloaded in ")
    assert lines[1:] == ["**Added:** topic novelty", "**Changed:** topic both", "**Removed:** topic change"]
    assert "Certainly, both." in await says(alice, stage)


async def test_many_changes_are_counted(stage: Stage) -> None:
    await stage.reload()
    for number in range(20):
        file = stage.library / f"articles/more-{number:02}.yaml"
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
        answers.append(await says(alice, stage))
        if len(answers) % 50 == 0:
            alice = stage.person("alice")
    assert len(answers) > 3
    assert all(BOTH in answer for answer in answers)


async def test_two_reloads_at_once_go_one_after_the_other(stage: Stage) -> None:
    replace(stage.library / DIFFERENCE, BOTH, "Twice.")
    owner = stage.server.owner
    asked = [await owner.slash("admin reload", channel=stage.hall) for _ in range(2)]
    texts = [(await one.answer(timeout=30)).text for one in asked]
    assert all(text.startswith("Library reloaded") for text in texts)
    assert sum("Changed:** topic both" in text for text in texts) == 1
    assert sum(text.endswith("\nNothing changed.") for text in texts) == 1


# Broken libraries


async def test_broken_library_is_refused_with_its_faults(stage: Stage, alice: Person) -> None:
    await stage.reload()
    replace(stage.library / DIFFERENCE, "aspect: risk", "aspects: risk")
    (stage.library / LEADERS).write_text("- id: horizon\n  tit_le: How far\n", encoding="utf-8")
    lines = (await stage.reload()).splitlines()
    assert lines[0] == "The new library has errors, so the old one stays in use."
    assert any(line.startswith("- topics/difference.yaml:24: ") and "aspects" in line for line in lines[1:]), lines
    assert any(line.startswith("- topics/leaders.yaml:2: ") and r"tit\_le" in line for line in lines[1:]), lines
    assert BOTH in await says(alice, stage)
    assert "Leaders welcome change." in await says(alice, stage, "do leaders like change")
    write_small_library(stage.library)
    assert (await stage.reload()).splitlines()[1:] == ["Nothing changed."]


async def test_first_faults_are_shown_and_the_rest_counted(stage: Stage) -> None:
    (stage.library / "topics/bad.yaml").write_text("- id: a\n" * 30, encoding="utf-8")
    lines = (await stage.reload()).splitlines()
    shown = [line for line in lines if line.startswith("- topics/bad.yaml:")]
    assert len(shown) == 10
    assert lines[-1].startswith("and ")
    assert lines[-1].endswith(" more")
    assert int(lines[-1].split()[1]) > 30


@pytest.mark.parametrize("broken", ["- id: " + "x" * 20000, "\x00", "- [" * 5000, "- !!python/object:os.system {}"])
async def test_no_fault_is_too_much_for_discord(stage: Stage, alice: Person, broken: str) -> None:
    (stage.library / "topics/bad.yaml").write_text(broken, encoding="utf-8")
    assert "the old one stays in use" in await stage.reload()
    assert BOTH in await says(alice, stage)


async def test_folder_that_is_gone_leaves_the_old_library(stage: Stage, alice: Person) -> None:
    elsewhere = stage.library.rename(stage.library.with_name("elsewhere"))
    try:
        assert "the old one stays in use" in await stage.reload()
        assert BOTH in await says(alice, stage)
    finally:
        elsewhere.rename(stage.library)


# Who may


async def refusal(person: Person, stage: Stage) -> Message:
    """What somebody is told who may not."""
    requests = len(stage.server.requests)
    asked = await person.slash("admin reload", channel=stage.hall)
    message = await asked.answer()
    assert asked.ephemeral
    assert (await asked.response()).type is Answer.MESSAGE, "nothing was begun"
    assert len(stage.server.requests) > requests
    return message


async def test_command_is_not_offered_to_everybody(stage: Stage, alice: Person) -> None:
    with pytest.raises(LookupError, match="not for alice"):
        await alice.slash("admin reload", channel=stage.hall)


async def test_server_administrator_is_refused(stage: Stage, alice: Person) -> None:
    stage.guild.member_permissions[alice.id] = permissions.ALL
    assert (await refusal(alice, stage)).text == NOT_ALLOWED


async def test_anybody_is_refused_in_a_direct_conversation(stage: Stage, alice: Person) -> None:
    asked = await alice.slash("admin reload", channel=alice.dm)
    assert (await asked.answer()).text == NOT_ALLOWED


async def test_who_is_named_in_the_settings_may(stage: Stage, alice: Person) -> None:
    stage.server.world.users[17] = alice
    alice.id = 17
    asked = await alice.slash("admin reload", channel=alice.dm)
    assert (await asked.answer(timeout=30)).text.startswith("Library reloaded")


async def test_members_of_the_team_may(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with staged(tmp_path_factory.mktemp("team"), team=("ann", "ben")) as stage:
        for person in stage.server.team:
            asked = await person.slash("admin reload", channel=person.dm)
            assert (await asked.answer(timeout=30)).text.startswith("Library reloaded")
        mallory = stage.person("mallory")
        stage.guild.member_permissions[mallory.id] = permissions.ALL
        assert (await refusal(mallory, stage)).text == NOT_ALLOWED
        assert stage.server.refused == []

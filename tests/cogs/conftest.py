"""What every test of a cog has: a bot for its module, with the settings that the module names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.loopback import Channel, Json, Message, Person, Request
from tests.small_library import write_small_library
from tests.stage import Stage, staged

ASK_BOTH = "why are both needed"
BOTH = "A firm needs both of them, for one without the other fails."
# The topic that answering with leads on to.
RELATED = "Doing things right, doing the right…"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("stage"), **getattr(request.module, "SETTINGS", {})) as stage:
        yield stage


def written(requests: list[Request]) -> Iterator[Json]:
    """What the bot wrote: the body of every message, however it was sent."""
    for request in requests:
        if request.path.endswith("/callback"):
            if request.body["type"] in (4, 7):
                yield request.body["data"]
        elif request.method in ("POST", "PATCH") and "/commands" not in request.path:
            yield request.body


@pytest.fixture(autouse=True)
def nothing_is_refused_and_nobody_pinged(stage: Stage) -> Iterator[None]:
    yield
    assert stage.server.refused == []
    assert all(request.route for request in stage.server.requests), "Discord has every route that was used"
    for body in written(stage.server.requests):
        assert body["allowed_mentions"].get("parse") == []
        assert not body["allowed_mentions"].keys() & {"users", "roles"}
        assert not body["allowed_mentions"].get("replied_user")


@pytest.fixture
def alice(stage: Stage) -> Person:
    return stage.person("alice")


@pytest_asyncio.fixture(loop_scope="module")
async def folder(stage: Stage) -> AsyncIterator[Path]:
    """The library's folder, to be changed; in the end the library is as it was."""
    yield stage.library
    for file in (*stage.library.glob("*/*.yaml"), *stage.library.glob("golden.jsonl")):
        file.unlink()
    write_small_library(stage.library)
    await stage.reload()


async def ask(person: Person, question: str, channel: Channel) -> Message:
    """What ``/ask`` answers."""
    return await (await person.slash("ask", {"question": question}, channel=channel)).answer()

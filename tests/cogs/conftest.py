"""What every test of a cog has; the stage, a bot with its own settings, is each module's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback import Person
from tests.stage import Stage


@pytest.fixture(autouse=True)
def nothing_is_refused(stage: Stage) -> Iterator[None]:
    yield
    assert stage.server.refused == []


@pytest.fixture
def alice(stage: Stage) -> Person:
    return stage.person("alice")

"""Nothing leaves the machine but what goes to Discord, and nothing is written outside the cache folder."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.stage import Stage, staged

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        shutil.which("strace") is None and "REQUIRE_STRACE" not in os.environ, reason="needs strace (Linux)"
    ),
]

CALLS = "connect,sendto,sendmsg,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink"
ASK_BOTH = "why are both needed"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def traced(log: Path) -> list[str]:
    """What a traced process and its children did, a call a line, without those that failed to find something."""
    return [line for line in log.read_text(errors="replace").splitlines() if "ENOENT" not in line]


def connects(calls: list[str]) -> set[str]:
    """The addresses on a network that were connected to or sent to."""
    return {address for line in calls for address in re.findall(r'inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"', line)}


def written(calls: list[str]) -> set[str]:
    """The files that were opened for writing, made, renamed or linked."""
    named = [
        (line, re.findall(r'"([^"]*)"', line))
        for line in calls
        if re.match(r"\d+ +(open|creat|mkdir|rename|.*link)", line)
    ]
    paths = {path for line, paths in named for path in paths if "O_RDONLY" not in line}
    return {path for path in paths if not path.startswith(("/dev/", "/proc/"))}


async def tour(stage: Stage) -> None:
    """Learn a library, answer from it, and reload it."""
    alice = stage.person()
    asked = await alice.slash("ask", {"question": ASK_BOTH}, channel=stage.hall)
    assert "A firm needs both" in (await asked.answer()).text
    assert (await stage.reload()).startswith("Library reloaded")


async def test_bot_connects_to_discord_alone_and_writes_to_its_folders_alone(tmp_path: Path, home: Path) -> None:
    log = tmp_path / "calls"
    tracer = ("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e", f"trace={CALLS}", "-o", str(log))
    surroundings = {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": "", "ENCODER": "on"}
    # The shell of whoever runs this may have switched the telemetry off already.
    surroundings |= {"ORT_DISABLE_TELEMETRY": "0", "CACHE_DIR": "", "DATA_DIR": "", "XDG_DATA_HOME": ""}
    async with staged(tmp_path / "stage", tracer=tracer, **surroundings) as stage:
        await tour(stage)
    calls = traced(log)
    assert connects(calls) == {"127.0.0.1"}
    assert written(calls)
    own = (home / ".cache/right-things", home / ".local/share/right-things")
    parents = {str(parent) for folder in own for parent in folder.parents}
    assert {path for path in written(calls) - parents if not path.startswith(tuple(map(str, own)))} == set()
    assert {folder for name in home.iterdir() for folder in name.rglob("right-things")} == set(own)

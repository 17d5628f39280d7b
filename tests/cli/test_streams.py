"""The command line in a process whose streams are closed, full, or a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.cli.main import WITHOUT_TOKEN, WITHOUT_TOKEN_OR_TERMINAL
from bot.settings import PROJECT, Settings
from tests.small_library import shared_cache, write_small_library

BOTH = "why are both needed"
ANSWER = b"A firm needs both of them"

ANSWERING = ["ask both", "ask --json both", "ask -", "ask --json -", "chat", "chat --json", "eval cases.jsonl", ""]
WRITING = [*ANSWERING, "check", "--help", "ask --help"]
SILENT = {"check --knowledge nowhere": 1, "nonsense": 2, "ask": 2}


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Of a process in ``tmp_path``: no settings but a small library, by words alone, and a question to evaluate."""
    (tmp_path / ".env").touch()
    (tmp_path / "cases.jsonl").write_text('{"q": "how do i cook pasta", "kind": "far"}\n', encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return {
        **inherited,
        "KNOWLEDGE_DIR": str(write_small_library(tmp_path / "library")),
        "CACHE_DIR": str(shared_cache(tmp_path)),
        "ENCODER": "off",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(PROJECT),
    }


Shell = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def shell(environment: Mapping[str, str], tmp_path: Path) -> Shell:
    """Runs a command with its streams redirected as a shell writes it; two questions are on its standard input."""

    def run(command: str, redirected: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
        line = f'exec "{sys.executable}" -m bot {command} {redirected}'
        return subprocess.run(
            ["/bin/sh", "-c", line],
            input=f"{BOTH}\n{BOTH}\n".encode(),
            cwd=tmp_path,
            env={**environment, **settings},
            capture_output=True,
            timeout=60,
        )

    return run


@pytest.mark.parametrize(
    ("command", "redirected", "reason"),
    [
        *((command, ">/dev/full", "No space left on device") for command in WRITING),
        *((command, ">&-", "Bad file descriptor") for command in ("ask --json both", "check", "--help")),
    ],
)
def test_output_that_cannot_be_written_is_one_sentence(
    command: str, redirected: str, reason: str, shell: Shell
) -> None:
    done = shell(command, redirected)
    assert done.returncode == 1
    *_, last = done.stderr.decode().splitlines()
    assert last == f"Reading or writing failed: {reason}"
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize("command", SILENT)
@pytest.mark.parametrize("redirected", [">/dev/full 2>/dev/full", "<&- >&- 2>&-"])
def test_commands_that_write_nothing_need_no_output(command: str, redirected: str, shell: Shell) -> None:
    done = shell(command, redirected)
    assert done.returncode == SILENT[command]
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "code", "written"),
    [("ask --json both", 0, b'"topic": "both"'), ("chat", 0, ANSWER), ("check", 0, b"no problems"), ("", 78, ANSWER)],
)
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_errors_that_cannot_be_written_change_nothing(
    command: str, code: int, written: bytes, redirected: str, shell: Shell
) -> None:
    done = shell(command, redirected)
    assert (done.returncode, done.stderr) == (code, b"")
    assert written in done.stdout


@pytest.mark.parametrize("command", ["ask -", "chat", "chat --json", ""])
def test_closed_input_is_empty(command: str, shell: Shell) -> None:
    done = shell(command, "<&-")
    assert (done.returncode, done.stdout) == (0 if command else 78, b"")
    assert b"Traceback" not in done.stderr


def test_output_may_be_unbuffered(shell: Shell) -> None:
    """Then a write fails at once and not only at the end, which argparse would ignore."""
    assert shell("--help", ">/dev/full", PYTHONUNBUFFERED="1").returncode == 1


def test_home_is_understood_in_options(shell: Shell, tmp_path: Path) -> None:
    done = shell("check --knowledge=~/library", "", HOME=str(tmp_path), KNOWLEDGE_DIR="nowhere")
    assert done.returncode == 0
    assert b"no problems found" in done.stdout


# Without a token


def test_without_a_token_a_terminal_gets_the_chat(environment: Mapping[str, str], tmp_path: Path) -> None:
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot"], cwd=tmp_path, env=environment, stdin=its, stdout=subprocess.PIPE
    ) as bot:
        os.close(its)
        os.write(ours, f"{BOTH}\n\x04".encode())  # and end of file
        written, _ = bot.communicate(timeout=60)
    os.close(ours)
    assert bot.returncode == 0
    assert written.decode().startswith(WITHOUT_TOKEN + "\n")
    assert ANSWER in b" ".join(written.split())


def test_without_a_token_or_a_terminal_it_answers_what_is_there_and_fails(shell: Shell) -> None:
    answered, silent = shell("", ""), shell("", "</dev/null")
    assert (answered.returncode, silent.returncode) == (78, 78)
    assert answered.stdout.count(ANSWER) == 2
    assert silent.stdout == b""
    for done in (answered, silent):
        assert f"{WITHOUT_TOKEN_OR_TERMINAL}\n".encode() in done.stderr


# Ctrl-C


_SLOW_IMPORT = """
import sys, time
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print("importing", flush=True)
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                raise ImportError("as numpy makes of it") from None
sys.meta_path.insert(0, Slow())
"""


@pytest.mark.parametrize(
    "start", ["runpy.run_module('bot', run_name='__main__')", "from bot.__main__ import main; sys.exit(main())"]
)
def test_ctrl_c_during_the_imports_is_quiet(start: str, environment: Mapping[str, str], tmp_path: Path) -> None:
    """However it is started: as a module, or by the script that its installation makes."""
    script = f"{_SLOW_IMPORT}\nimport runpy\nsys.argv[1:] = ['chat']\n{start}"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as bot:
        assert bot.stdout is not None
        assert bot.stdout.readline() == b"importing\n"
        bot.send_signal(signal.SIGINT)
        assert bot.communicate(timeout=20) == (b"", b"")
    assert bot.returncode == 130


def test_script_of_the_installation_is_the_one_tested_above() -> None:
    assert '\nright-things = "bot.__main__:main"\n' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")


def test_ctrl_c_in_a_chat_is_quiet(environment: Mapping[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--json"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as bot:
        assert bot.stdin is not None
        assert bot.stdout is not None
        bot.stdin.write(f"{BOTH}\n".encode())
        bot.stdin.flush()
        assert bot.stdout.readline()
        bot.send_signal(signal.SIGINT)
        assert bot.wait(timeout=20) == 130
        assert bot.stderr is not None
        assert b"Traceback" not in bot.stderr.read()

"""The commands and their options."""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.advice import advice
from bot.cli.evaluation import evaluate
from bot.cli.talk import ask, chat
from bot.knowledge import LibraryError, check_quotes, load_library, without_text
from bot.service import Desk, Library, LiveLibrary, Opener, golden_faults
from bot.settings import Settings, SettingsError, load_settings, set_up_logging, settings_file
from bot.store import StoreError, read_key

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from bot.store.store import Store

log = logging.getLogger(__name__)

_GET_TOKEN = "For Discord: create an app at https://discord.com/developers/applications, copy Bot > Token into .env."
WITHOUT_TOKEN = f"No DISCORD_TOKEN is set, so this is the chat in your terminal.\n{_GET_TOKEN}"
WITHOUT_TOKEN_OR_TERMINAL = f"No DISCORD_TOKEN is set, so this is not the Discord bot.\n{_GET_TOKEN}"

_CONFIGURATION = 78
"""Exit code, as in sysexits.h: a setting must be corrected."""

_EXAMPLES = """\
examples:
  python -m bot                                     the Discord bot or, without a token, the chat
  python -m bot ask "do we need both?"
  python -m bot ask --why "do investors motivate?"  and why it is answered so
  python -m bot ask --json - < questions.txt        one JSON object per line
  python -m bot chat
  python -m bot check                               does the library have errors?
  python -m bot check --articles ARTICLES           and is each quote in ARTICLES/<article id>.txt?
  python -m bot eval tests/questions/*.jsonl        how good are the answers?

Settings come from the environment and from .env; .env.example explains them."""


class _Parser(argparse.ArgumentParser):
    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Write the help; argparse itself would ignore a failure."""
        print(self.format_help(), end="", file=file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 an error, 2 wrong usage, 78 a bot without a token."""
    options = _parser().parse_args(arguments)
    # Replace what the terminal can't read or print instead of failing.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    errors = Console(stderr=True, highlight=False)
    try:
        settings = load_settings()
        set_up_logging("WARNING" if options.command else settings.log_level)
        if file := settings_file():
            log.info("Reading settings from %s", file)
        folder = getattr(options, "knowledge", settings.knowledge_dir)
        run: Callable[[argparse.Namespace, Settings, Path], int] = options.run
        return run(options, settings, folder)
    except SettingsError as error:
        errors.print(str(error), markup=False)
    except LibraryError as error:
        errors.print(f"The library in {folder} has errors:", markup=False)
        for fault in error.faults:
            errors.print(str(fault), markup=False, soft_wrap=True)
    return 1


def _parser() -> _Parser:
    shared = _Parser(add_help=False)
    shared.add_argument("--knowledge", metavar="DIR", type=_path, default=argparse.SUPPRESS, help="another library")
    as_json = _Parser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="one JSON object per line, for programs")

    parser = _Parser(
        prog="right-things",
        description="Answers questions from articles, with their sources.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared],
    )
    parser.set_defaults(run=_bot, command=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Callable[..., int], purpose: str, *more: _Parser) -> _Parser:
        added = commands.add_parser(name, help=purpose, description=purpose, parents=[shared, *more])
        added.set_defaults(run=run)
        return added

    asking = command("ask", _ask, "answer one question or, with -, each line of standard input", as_json)
    asking.add_argument("text", metavar="TEXT", help="the question, or -")
    asking.add_argument("--why", action="store_true", help="say why it is answered so")
    command("chat", _chat, "a conversation; an empty line starts a new one", as_json)
    checking = command("check", _check, "validate the library; exit code 1 on any error")
    checking.add_argument(
        "--articles", metavar="DIR", type=_path, help="plain-text articles to check the quotes against"
    )
    evaluating = command("eval", _eval, "ask the questions in JSON Lines files and say how good the answers are")
    evaluating.add_argument("files", metavar="FILE", nargs="+", type=_path)
    return parser


def _path(written: str) -> Path:
    return Path(os.path.expanduser(written))  # noqa: PTH111  # Path.expanduser fails if there is no such user


def _bot(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    if not settings.discord_token:
        return _without_token(settings, folder)
    from bot.app import run_bot  # discord.py is loaded only if it is needed

    return run_bot(settings, lambda: _bot_desk(settings, folder))


def _without_token(settings: Settings, folder: Path) -> int:
    """Chat; an error if nobody is there to chat: a service that has lost its settings must not look healthy."""
    if sys.stdin.isatty():
        print(WITHOUT_TOKEN)
        return chat(_desk(settings, folder), as_json=False)
    print(WITHOUT_TOKEN_OR_TERMINAL, file=sys.stderr)
    return chat(_desk(settings, folder), as_json=False) or _CONFIGURATION


def _ask(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return ask(_desk(settings, folder), options.text, options.json, options.why)


def _chat(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return chat(_desk(settings, folder), options.json)


def _eval(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return evaluate(_opened(_opener(settings, folder)).assistant, options.files)


def _check(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    knowledge, articles = load_library(folder), options.articles
    missing = without_text(knowledge, articles) if articles else []
    faults = list(check_quotes(knowledge, articles)) if articles else []
    assistant = _opened(_opener(settings, folder)).assistant
    if faults := [*faults, *golden_faults(assistant)]:
        raise LibraryError(faults)
    phrasings = sum(len(topic.questions) for topic in knowledge.topics.values())
    print(
        f"{folder}: no problems found. {len(knowledge.articles)} articles, {len(knowledge.claims)} claims, "
        f"{len(knowledge.topics)} topics with {phrasings} phrasings, {len(knowledge.outside)} outside groups, "
        f"{len(knowledge.smalltalk)} kinds of small talk."
    )
    if golden := len(knowledge.golden):
        print(f"Golden questions passed: {golden}.")
    for article in missing:
        print(f"{article}.txt:1: warning: there is no such text, so the quotes of `{article}` were not checked")
    for warning in advice(assistant):
        print(f"{warning.file}:{warning.line}: warning: {warning.reason}")
    return 0


def _desk(settings: Settings, folder: Path) -> Desk:
    opener = _opener(settings, folder)
    return Desk(LiveLibrary(opener, _opened(opener)))


def _bot_desk(settings: Settings, folder: Path) -> Desk:
    """The desk of the Discord bot, which starts even if golden questions fail: imperfect answers beat none."""
    opener = _opener(settings, folder)
    library = _opened(opener)
    if failed := sum(1 for _ in golden_faults(library.assistant)):
        asked = len(library.knowledge.golden)
        log.warning("Golden questions failed: %d of %d. Run `right-things check` to see which.", failed, asked)
    return Desk(LiveLibrary(opener, library), settings.questions_per_minute, _store(settings))


def _store(settings: Settings) -> Store:
    """The store of the Discord bot.

    Raises:
        SettingsError: if it needs something that is not installed.
    """
    from bot.store.location import sqlalchemy_url  # SQLAlchemy is loaded only if it is needed
    from bot.store.store import Store

    secret, folder = settings.database_url, settings.data_dir
    try:
        url = sqlalchemy_url(secret.get_secret_value() if secret else None, folder)
        return Store.at(url, read_key(folder), keep_days=settings.keep_days)
    except StoreError as error:
        raise SettingsError(str(error)) from None


def _opener(settings: Settings, folder: Path) -> Opener:
    if settings.encoder == "off":
        log.warning("ENCODER=off: answers rely on words alone and are less accurate")
    return Opener(folder, settings.encoder, settings.cache_dir)


def _opened(opener: Opener) -> Library:
    """Open the library, with a progress bar on stderr if phrasings must be encoded first."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    bar = progress.add_task("Learning the library")
    with contextlib.ExitStack() as shown:

        def show(done: int, total: int) -> None:
            if not progress.live.is_started:
                shown.enter_context(progress)
            progress.update(bar, completed=done, total=total)

        return opener.open(show)

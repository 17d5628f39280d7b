"""What can be typed after ``python -m bot``."""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.assistant import Assistant, prepare
from bot.cli.evaluation import evaluate
from bot.cli.talk import ask, chat
from bot.knowledge import LibraryError, check_quotes, load_library
from bot.matching import Cache, load_encoder
from bot.settings import Settings, SettingsError, load_settings, set_up_logging

log = logging.getLogger(__name__)

WITHOUT_TOKEN = """\
No DISCORD_TOKEN is set, so this is the chat in your terminal.
For Discord: make an application at https://discord.com/developers/applications, copy Bot > Token into .env."""

_EXAMPLES = """\
examples:
  python -m bot                                     the Discord bot, or without a token the chat
  python -m bot ask "is every manager a leader?"
  python -m bot ask --json - < questions.txt        one JSON object a line
  python -m bot chat
  python -m bot check                               is the library in order?
  python -m bot check --articles ARTICLES           and does each quote stand in ARTICLES/<article id>.txt?
  python -m bot eval tests/questions/*.jsonl        how good are the answers?

Settings come from the environment and from .env; .env.example explains them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    # What a terminal cannot write is replaced, rather than nothing be written.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    errors = Console(stderr=True, highlight=False)
    try:
        settings = load_settings()
        set_up_logging("WARNING" if options.command else settings.log_level)
        folder = getattr(options, "knowledge", settings.knowledge_dir)
        run: Callable[[argparse.Namespace, Settings, Path], int] = options.run
        return run(options, settings, folder)
    except SettingsError as error:
        errors.print(str(error), markup=False)
    except LibraryError as error:
        errors.print(f"The library in {folder} cannot be used:", markup=False)
        for fault in error.faults:
            errors.print(str(fault), markup=False, soft_wrap=True)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever reads has left; what Python still holds must go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 1


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--knowledge", metavar="DIR", type=Path, default=argparse.SUPPRESS, help="another library")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="one JSON object a line, for programs")

    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Answers questions on leadership and management from articles, with their sources.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared],
    )
    parser.set_defaults(run=_bot, command=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(
        name: str, run: Callable[..., int], purpose: str, *more: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=purpose, description=purpose, parents=[shared, *more])
        added.set_defaults(run=run)
        return added

    asking = command("ask", _ask, "answer one question; with - one a line of standard input", as_json)
    asking.add_argument("text", metavar="TEXT", help="the question, or -")
    command("chat", _chat, "a conversation; an empty line begins a new one", as_json)
    checking = command("check", _check, "validate the library; exit code 1 on any fault")
    checking.add_argument("--articles", metavar="DIR", type=Path, help="plain-text articles to compare the quotes with")
    evaluating = command("eval", _eval, "ask the questions of JSON Lines files and say how good the answers are")
    evaluating.add_argument("files", metavar="FILE", nargs="+", type=Path)
    return parser


def _bot(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    if settings.discord_token is None:
        print(WITHOUT_TOKEN)
        return chat(open_assistant(settings, folder), as_json=False)
    from bot.app import LiveLibrary, run_bot  # discord.py is loaded only where it is needed

    preparing = partial(prepare, folder, settings.encoder == "on", settings.cache_dir)
    return run_bot(settings, LiveLibrary(assistant_opener(settings, folder), preparing))


def _ask(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return ask(open_assistant(settings, folder), options.text, options.json)


def _chat(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return chat(open_assistant(settings, folder), options.json)


def _eval(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    return evaluate(open_assistant(settings, folder), options.files)


def _check(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    knowledge = load_library(folder)
    if options.articles is not None and (faults := tuple(check_quotes(knowledge, options.articles))):
        raise LibraryError(faults)
    phrasings = sum(len(topic.questions) for topic in knowledge.topics.values())
    print(
        f"{folder}: no fault. {len(knowledge.articles)} articles, {len(knowledge.claims)} claims, "
        f"{len(knowledge.topics)} topics with {phrasings} phrasings, {len(knowledge.outside)} outside groups, "
        f"{len(knowledge.smalltalk)} kinds of small talk."
    )
    return 0


def open_assistant(settings: Settings, folder: Path) -> Assistant:
    """The assistant for a library.

    Raises:
        LibraryError: with every fault of the library.
    """
    return assistant_opener(settings, folder)()


def assistant_opener(settings: Settings, folder: Path) -> Callable[[], Assistant]:
    """What opens the library, again and again; it shows a bar on stderr where phrasings must be encoded first."""
    if settings.encoder == "off":
        log.warning("ENCODER=off: answers come from words alone and are less good")
    encoder = load_encoder() if settings.encoder == "on" else None
    cache = Cache(settings.cache_dir)

    def open_library() -> Assistant:
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        bar = progress.add_task("Reading the library for the first time")
        with contextlib.ExitStack() as shown:

            def show(done: int, total: int) -> None:
                if not progress.live.is_started:
                    shown.enter_context(progress)
                progress.update(bar, completed=done, total=total)

            return Assistant.open(folder, encoder, cache, show)

    return open_library

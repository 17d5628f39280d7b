"""``python -m bot``: the contract of the command line, in this process and in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal
from unittest.mock import Mock

import pytest
from pydantic import BaseModel, Field

from bot.assistant import Assistant
from bot.cli import main
from bot.cli.evaluation import evaluate
from bot.cli.main import WITHOUT_TOKEN, WITHOUT_TOKEN_OR_TERMINAL
from bot.knowledge import load_library
from bot.matching import Kind, Match, Matcher, Ranking
from bot.settings import PROJECT, Settings

TEA, BREAD, COFFEE = "how do i brew tea?", "how long does bread take?", "how do i roast coffee?"
ON_TEA = {"q": TEA, "accept": ["boiling-water"]}


class Suggestion(BaseModel, strict=True, extra="forbid"):
    topic: str
    claims: Annotated[list[str], Field(min_length=1)]


class Ranked(BaseModel, strict=True, extra="forbid"):
    topic: str
    confidence: Annotated[float, Field(ge=0, le=1)]


class Found(BaseModel, strict=True, extra="forbid"):
    """The contract: these keys in this order, and these types."""

    question: str
    outcome: Literal["answer", "suggest", "abstain", "smalltalk"]
    topic: str | None
    claims: list[str]
    confidence: Annotated[float, Field(ge=0, le=1)]
    verdict: Literal["yes", "no"] | None
    group: str | None
    suggestions: list[Suggestion]
    ranking: Annotated[list[Ranked], Field(max_length=5)]
    text: Annotated[str, Field(min_length=1)]


def read(line: str) -> Found:
    """What a line says, which must keep to the contract."""
    found = Found.model_validate_json(line)
    assert json.dumps(found.model_dump()) == json.dumps(json.loads(line)), "another order, or a number of another type"
    assert (found.topic is not None) == bool(found.claims) == (found.outcome == "answer")
    assert found.group is None or found.outcome in {"abstain", "smalltalk"}
    return found


@dataclass(frozen=True)
class Result:
    """What a command gave: its exit code and what it wrote."""

    code: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        return self.output.decode("utf-8")

    @property
    def objects(self) -> list[Found]:
        """What a command that succeeded wrote, one JSON object per line."""
        assert self.code == 0, self.errors
        assert self.output.endswith(b"\n")
        return [read(line) for line in self.text.removesuffix("\n").split("\n")]


Bot = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests of this file, so that the small library is learnt once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def here(tmp_path: Path, cache: Path, library: Write, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of the small library, which is the one in use, by words alone; no other settings, no ``.env``."""
    for name in [*map(str.upper, Settings.model_fields), "PYTHONUNBUFFERED"]:  # that would hide what is not flushed
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()  # it hides every other one
    folder = str(library())
    settings = {"ENCODER": "off", "CACHE_DIR": str(cache), "KNOWLEDGE_DIR": folder, "PYTHONPATH": str(PROJECT)}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def bot(here: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Bot:
    """Runs a command in this process."""

    def run(*arguments: object, typed: str | bytes = "", **settings: str) -> Result:
        data = typed.encode("utf-8") if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data), "utf-8"))
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        capsysbinary.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        written = capsysbinary.readouterr()
        return Result(code, written.out, written.err.decode("utf-8"))

    return run


@pytest.fixture
def process(here: str) -> Bot:
    """Runs a command in a process of its own."""

    def run(*arguments: str | bytes, typed: bytes = b"", **settings: str) -> Result:
        command, env = [sys.executable, "-m", "bot", *arguments], {**os.environ, **settings}
        done = subprocess.run(command, input=typed, capture_output=True, timeout=60, env=env)
        return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    return run


def words(text: str) -> str:
    """A text whatever the width of the terminal that it was wrapped for."""
    return " ".join(text.split())


# ask


@pytest.mark.parametrize(
    ("question", "outcome", "topic", "claims", "group"),
    [
        (TEA, "answer", "brewing", ["boiling-water"], None),
        (COFFEE, "abstain", None, [], "coffee"),
        ("good morning", "smalltalk", None, [], "greeting"),
        ("", "abstain", None, [], None),
        ("zzzz qqqq", "abstain", None, [], None),
        ("\ud83d \x00 \u202e", "abstain", None, [], None),
    ],
)
def test_ask_writes_one_object(
    question: str, outcome: str, topic: str | None, claims: list[str], group: str | None, bot: Bot
) -> None:
    done = bot("ask", "--json", question)
    (found,) = done.objects
    assert done.errors == ""
    assert (found.outcome, found.topic, found.claims) == (outcome, topic, claims)
    assert (found.group, found.verdict) == (group, None)
    assert found.question == question.encode("utf-8", "replace").decode("utf-8")


def test_an_object_says_all_of_an_answer(bot: Bot) -> None:
    (found,) = bot("ask", "--json", BREAD).objects
    confidences = [match.confidence for match in found.ranking]
    assert found.ranking[0].topic == "rising"
    assert len(confidences) == 4  # the library has no more topics
    assert found.confidence == confidences[0]
    assert confidences == sorted(confidences, reverse=True)
    assert found.suggestions == []
    assert found.text.startswith("Dough rises slowly; do not hurry it.\n")
    assert "“Good bread takes its time.” — Tom Miller" in found.text
    source = "“Tea and Bread” by Ada Baker, The Kitchen Post, 4 May 2020 https://example.org/tea-and-bread"
    assert found.text.endswith(source)


KETTLE = """\
- id: kettle
  title: Kettles
  claims: [boiling-water]
  answer: A clean kettle boils sooner.
  depends: That depends on the kettle.
  affirm: [does a clean kettle boil sooner, a clean kettle boils faster, clean kettles are quick]
  deny: [does a clean kettle boil later, a clean kettle boils slower, clean kettles are slow]
  undecided: [does a blue kettle boil sooner, is a blue kettle slow, are blue kettles quick]
  questions: [what is a good kettle, how do i clean a kettle, which kettle boils sooner, kettle, clean kettles,
    why does my kettle boil so slowly, a quick kettle, must the kettle be clean]
"""


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("does a clean kettle boil faster?", "yes", "Yes: a clean kettle boils sooner."),
        ("clean kettles are quick, aren't they?", "yes", "Yes: a clean kettle boils sooner."),
        ("is a clean kettle slow?", "no", "No: a clean kettle boils sooner."),
        ("a clean kettle is slow", "no", "No: a clean kettle boils sooner."),
        ("does a blue kettle boil faster?", None, "That depends on the kettle."),
        ("how do i clean a kettle?", None, "A clean kettle boils sooner."),
    ],
)
def test_an_object_says_yes_or_no_if_that_was_asked_and_is_decided(
    question: str, verdict: str | None, text: str, bot: Bot, library: Write
) -> None:
    library({"topics/kettle.yaml": KETTLE})
    (found,) = bot("ask", "--json", question).objects
    assert (found.topic, found.verdict) == ("kettle", verdict)
    assert found.text.startswith(f"{text}\n")


def test_an_object_names_what_is_nearest(bot: Bot) -> None:
    (found,) = bot("ask", "--json", COFFEE).objects
    assert found.suggestions == [Suggestion(topic="brewing", claims=["boiling-water"])]
    assert "Coffee is not covered." in found.text
    assert "Brewing tea" in found.text


def test_ask_shows_people_the_answer_and_its_source(bot: Bot) -> None:
    done = bot("ask", TEA)
    assert (done.code, done.errors) == (0, "")
    shown = words(done.text.replace("│", " "))
    quote = "“Pour it while it still boils.”"
    for part in ("Brewing tea", "Pour boiling water", quote, "Ada Baker", "“Tea and Bread”"):
        assert part in shown
    assert "*boiling*" not in done.text


def test_ask_shows_people_nothing_hostile(bot: Bot) -> None:
    done = bot("ask", "\udcff [bold] \x1b[31m \x00")
    assert done.code == 0
    assert "\x1b[31m" not in done.text


ODD = [TEA, "", "   ", "hello", TEA, "[1, 2]", '{"q": 1}', "\u2028", "\x0b\x0c", "x" * 20_000, "last, without an end"]
UNDECODABLE = [b"\xff\xfe", b"how do i brew \xe9 tea", b"\xed\xa0\x80", b"\xc3", b"\x00\x01", b"\xf0\x9f\x98"]


@pytest.mark.parametrize(
    ("command", "typed", "questions"),
    [
        ("ask --json -", "\n".join(ODD).encode(), ODD),
        ("ask --json -", f"{TEA}\n\nhello\n".encode(), [TEA, "", "hello"]),
        ("ask --json -", f"{TEA}\r\n\r\nhello\r\n".encode(), [TEA, "", "hello"]),
        *(
            (command, b"%b\n%b\n" % (line, TEA.encode()), [line.decode("utf-8", "replace"), TEA])
            for command in ("ask --json -", "chat --json")
            for line in UNDECODABLE
        ),
    ],
)
def test_every_line_gets_one_object_whatever_its_bytes(
    command: str, typed: bytes, questions: list[str], bot: Bot
) -> None:
    found = bot(*command.split(), typed=typed).objects
    assert [one.question for one in found] == questions
    outcomes = {TEA: "answer", "": "abstain", "   ": "abstain", "hello": "smalltalk"}
    assert [one.outcome for one in found] == [outcomes.get(one.question, one.outcome) for one in found]
    assert {one.topic for one in found if one.question == TEA} == {"brewing"}


def test_each_line_is_a_question_of_its_own(bot: Bot) -> None:
    together = bot("ask", "--json", "-", typed=f"{TEA}\nand bread?\nsource?\n").objects
    assert together == [bot("ask", "--json", line).objects[0] for line in (TEA, "and bread?", "source?")]


@pytest.mark.parametrize(("command", "typed"), [("ask --json -", ""), ("chat --json", ""), ("chat --json", "\n\n \n")])
def test_no_question_gets_no_object(command: str, typed: str, bot: Bot) -> None:
    assert bot(*command.split(), typed=typed) == Result(0, b"", "")


def test_a_question_may_look_like_an_option(bot: Bot) -> None:
    assert bot("ask", "--json", "--", "--help me with tea").objects[0].question == "--help me with tea"


@pytest.mark.parametrize("arguments", ["ask", "ask a b", "nonsense", "ask --nonsense a", "eval"])
def test_wrong_usage_is_exit_code_2(arguments: str, bot: Bot) -> None:
    done = bot(*arguments.split())
    assert (done.code, done.output) == (2, b"")
    assert "usage: right-things" in done.errors


# ask --why


def test_why_shows_people_the_answer_and_then_the_reasons(bot: Bot) -> None:
    typed = "how long does braed take?"
    done = bot("ask", "--why", typed)
    assert (done.code, done.errors) == (0, "")
    answer, reasons = done.text.split("Understood as: ")
    assert answer == bot("ask", typed).text
    assert "do not hurry it" in words(answer.replace("│", " "))
    lines = reasons.splitlines()
    assert lines[:4] == [
        "how long does bread take",
        "Repaired: braed -> bread",
        f"Closest topic: rising (confidence {bot('ask', '--json', typed).objects[0].confidence:.2f})",
        "  closest phrasing: how long does bread take",
    ]
    assert sum(line.startswith("Runner-up: ") for line in lines) == 3, "the library has no more topics"


@pytest.mark.parametrize("question", [TEA, COFFEE, "good morning", "", "zzzz qqqq", "\ud83d \x00 \u202e"])
def test_why_adds_the_reasons_to_the_object_and_changes_nothing_else(question: str, bot: Bot) -> None:
    with_reasons = json.loads(bot("ask", "--json", "--why", question).text)
    why = with_reasons.pop("why")
    assert with_reasons == json.loads(bot("ask", "--json", question).text)
    assert [*why] == ["understood", "repaired", "candidates"]
    ranked = [{"topic": one["topic"], "confidence": one["confidence"]} for one in why["candidates"]]
    assert ranked == with_reasons["ranking"]


def test_why_explains_every_line(bot: Bot) -> None:
    lines = bot("ask", "--json", "--why", "-", typed=f"{TEA}\n\n{BREAD}\n").text.splitlines()
    assert [json.loads(line)["why"]["understood"] for line in lines] == [TEA.rstrip("?"), "", BREAD.rstrip("?")]
    shown = bot("ask", "--why", "-", typed=f"{TEA}\n{BREAD}\n").text
    assert shown.index("Brewing tea") < shown.index("Closest topic: brewing") < shown.index("Closest topic: rising")


def test_why_shows_people_nothing_hostile(bot: Bot) -> None:
    done = bot("ask", "--why", "\udcff [bold] \x1b[31m \x00")
    assert done.code == 0
    assert "\x1b[31m" not in done.text
    assert "Understood as: [bold]" in done.text or "Understood as: bold" in done.text


# chat


def test_chat_remembers_until_an_empty_line(bot: Bot) -> None:
    found = bot("chat", "--json", typed=f"{TEA}\nsource?\nwhat else?\n\n  \nsource?\n").objects
    assert [one.question for one in found] == [TEA, "source?", "what else?", "source?"]
    answer, source, other, fresh = found
    assert (source.outcome, source.topic, source.claims) == ("answer", answer.topic, answer.claims)
    assert source.text.startswith("From “Tea and Bread” by Ada Baker, The Kitchen Post, 4 May 2020.")
    assert "Pour it while it still boils." in source.text
    assert (other.outcome, other.topic) == ("answer", "rising")
    assert fresh.topic is None


def test_chat_shows_people_cards(bot: Bot) -> None:
    assert bot("chat") == Result(0, b"", "")
    done = bot("chat", typed=f"{TEA}\nwho said that?\n")
    assert (done.code, done.errors) == (0, "")
    assert done.text.count("Brewing tea") == 2
    assert "Ada Baker" in done.text


def test_without_a_token_and_a_terminal_it_answers_what_is_piped_in_and_fails(bot: Bot) -> None:
    done = bot(typed=f"{TEA}\n")
    assert done.code == 78
    assert done.errors.startswith("No DISCORD_TOKEN is set, so this is not the Discord bot.\nFor Discord: create an ")
    assert "Brewing tea" in done.text


@pytest.mark.parametrize("empty", ["", " ", '""'])
def test_an_empty_token_is_none(empty: str, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", empty)
    done = bot()
    assert (done.code, done.output, done.errors) == (78, b"", WITHOUT_TOKEN_OR_TERMINAL + "\n")


def test_without_a_token_it_says_what_to_do() -> None:
    assert WITHOUT_TOKEN.splitlines() == [
        "No DISCORD_TOKEN is set, so this is the chat in your terminal.",
        "For Discord: create an app at https://discord.com/developers/applications, copy Bot > Token into .env.",
    ]


def test_help_is_there_for_every_command_with_examples(bot: Bot) -> None:
    for command in ([], ["ask"], ["chat"], ["check"], ["eval"]):
        done = bot(*command, "--help")
        assert done.code == 0
        assert "--knowledge DIR" in done.text
    examples = [words(line) for line in bot("--help").text.partition("examples:\n")[2].splitlines()]
    for start in ("", "ask", "ask --json -", "chat", "check", "check --articles", "eval"):
        assert any(line.startswith(f"python -m bot {start}".strip()) for line in examples), start
    assert any(".env" in line for line in examples)


# check


def test_check_counts_what_a_valid_library_contains(bot: Bot, here: str) -> None:
    done = bot("check")
    assert (done.code, done.errors) == (0, "")
    summary, *warnings = done.text.splitlines()
    assert summary == (
        f"{here}: no problems found. 2 articles, 4 claims, 4 topics with 32 phrasings, "
        "2 outside groups, 2 kinds of small talk."
    )
    assert warnings == [
        "topics:1: warning: has only 4 topics; with ten or more, fewer questions are misread",
        *(
            f"topics/kitchen.yaml:{line}: warning: the topic `{topic}`: has only 8 phrasings; 25 or more are good"
            for line, topic in ((1, "brewing"), (9, "rising"), (17, "salting"), (24, "storing"))
        ),
    ]


POUR = "Pour it. Pour it while it\n still boils."
CELLAR = "Keep it dark and cool."


@pytest.mark.parametrize(
    ("texts", "errors"),
    [
        ({"kitchen": f"{POUR} Good bread? Good bread takes its time.", "cellar": CELLAR}, []),
        ({"kitchen": POUR, "cellar": CELLAR}, [r"kitchen\.txt:\d+: .*slow-dough.*Good bread takes its time\."]),
        ({}, [r"articles:1: is not a folder with the articles' texts"]),
    ],
    ids=["found", "quote missing", "no folder"],
)
def test_check_looks_for_every_quote(
    texts: dict[str, str], errors: list[str], bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in texts.items():
        (tmp_path / "articles").mkdir(exist_ok=True)
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = bot("check", "--articles", "articles")
    found = re.findall(r"^[\w.]+:\d+: .*", done.errors, re.MULTILINE)
    assert (done.code, done.text) == ((1, "") if errors else (0, bot("check").text))
    assert (len(found), done.errors == "") == (len(errors), not errors)
    assert all(map(re.match, errors, found))


def test_check_names_an_article_without_a_text_and_goes_on(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "cellar.txt").write_text(CELLAR, encoding="utf-8")
    done = bot("check", "--articles", tmp_path / "articles")
    assert (done.code, done.errors) == (0, "")
    missing = "kitchen.txt:1: warning: there is no such text, so the quotes of `kitchen` were not checked"
    assert done.text.splitlines()[1] == missing


PASSED = '{"q": "how hot must tea be?", "claims": ["boiling-water"]}\n{"q": "how do i roast coffee", "claims": []}\n'
FAILED = (
    '\n{"q": "how do i brew tea?", "claims": ["dark-cheese"]}\n{"q": "is a cellar good for cheese?", "claims": []}\n'
)


def test_check_counts_the_golden_questions_that_passed(bot: Bot, library: Write) -> None:
    before = bot("check").text.splitlines()
    library({"golden.jsonl": PASSED})
    done = bot("check")
    assert (done.code, done.errors) == (0, "")
    assert done.text.splitlines() == [before[0], "Golden questions passed: 2.", *before[1:]]


def test_check_names_every_golden_question_that_failed_and_every_quote_that_is_missing(
    bot: Bot, library: Write, tmp_path: Path
) -> None:
    library({"golden.jsonl": PASSED + FAILED})
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "cellar.txt").write_text("Nothing.", encoding="utf-8")
    done = bot("check", "--articles", tmp_path / "articles")
    assert (done.code, done.text) == (1, "")
    [*first, quote, tea, cheese] = done.errors.splitlines()
    assert re.fullmatch("The library in .* has errors:", words(" ".join(first)))
    assert quote.startswith("cellar.txt:1: the quote of `dark-cheese` is not in this text")
    became = r"is answered with the topic `{}` \(confidence [01]\.\d\d\)"
    assert re.fullmatch(
        r'golden.jsonl:4: "how do i brew tea\?" should be answered with `dark-cheese`, but '
        rf"{became.format('brewing')}; add phrasings like it to `storing`, or correct this line",
        tea,
    )
    assert re.fullmatch(
        r'golden.jsonl:5: "is a cellar good for cheese\?" should not be answered, but '
        rf"{became.format('storing')}; add questions like it to outside.yaml, or correct this line",
        cheese,
    )


def test_failed_golden_question_does_not_keep_it_from_answering(bot: Bot, library: Write) -> None:
    library({"golden.jsonl": FAILED})
    done = bot("ask", "--json", TEA)
    assert [found.topic for found in done.objects] == ["brewing"]


BROKEN = {
    "articles/cellar.yaml": "id: cellar\nlabel: A note\nclaims:\n  - id: dark-cheese\n    sayz: It likes the dark.\n",
    "golden.jsonl": '{"q": "may tea boil?", "claims": ["hot-water"]}\n{"q": }\n',
    "outside.yaml": "- id: cars\n  reply: No cars.\n  questions: []\n",
    "smalltalk.yaml": "- id: greeting\n  reply: [\n",
}


@pytest.mark.parametrize("command", [["check"], ["ask", TEA], ["ask", "--json", "-"], ["chat"], ["eval", "x"], []])
def test_a_broken_library_is_refused_with_all_its_errors(command: list[str], bot: Bot, library: Write) -> None:
    library(BROKEN)
    done = bot(*command)
    assert done.code == 1
    assert done.output == b""
    assert "Traceback" not in done.errors
    errors = re.findall(r"^([\w/]+\.(?:yaml|jsonl):\d+): (.+)", done.errors, re.MULTILINE)
    cellar, golden = "articles/cellar.yaml", "golden.jsonl"
    places = {f"{cellar}:4", f"{cellar}:5", f"{golden}:1", f"{golden}:2", "outside.yaml:3", "smalltalk.yaml:2"}
    assert {place for place, _ in errors} == places
    for problem in ("`says` is missing", "unknown key `sayz`", "there is no claim `hot-water`", "is not valid JSON"):
        assert any(problem in reason for _, reason in errors)


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_what_is_no_library_is_refused(folder: str, bot: Bot) -> None:
    done = bot("check", "--knowledge", folder)
    assert (done.code, done.output) == (1, b"")
    assert folder in done.errors


# eval


@pytest.fixture
def cases(tmp_path: Path) -> Write:
    def written(*lines: object) -> Path:
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (tmp_path / "cases.jsonl").write_text(text, encoding="utf-8")
        return tmp_path / "cases.jsonl"

    return written


def figures(output: str) -> dict[str, list[str]]:
    """The rows of the table, by their kind; an empty cell is an empty text."""
    rows = [[cell.strip() for cell in re.split("[│┃]", line)[1:-1]] for line in output.splitlines() if line[:1] in "│┃"]
    return {row[0]: row[1:] for row in rows if row}


def test_eval_counts_each_kind_of_verdict(bot: Bot, cases: Write) -> None:
    turns = [
        {**ON_TEA, "expect": "answer"},
        {"q": "source?", "accept": ["boiling-water"], "expect": "repeat-context"},
        {"q": "what else?", "accept": ["slow-dough"], "expect": "answer"},
        {"q": COFFEE, "expect": "abstain"},
        {"q": "thanks", "expect": "smalltalk"},
    ]
    path = cases(
        {**ON_TEA, "kind": "direct"},
        {"q": BREAD, "accept": ["salt-in-dough", "slow-dough"], "kind": "direct"},
        {"q": BREAD, "accept": ["boiling-water"], "kind": "direct"},
        {"q": COFFEE, "accept": ["boiling-water"], "kind": "direct"},
        *({"q": question, "kind": "near"} for question in (COFFEE, TEA, "hello")),
        *({"q": question, "kind": "smalltalk"} for question in ("hello", "zzzz")),
        {"q": BREAD, "accept": ["slow-dough"]},
        {"turns": turns},
    )
    done = bot("eval", path)
    assert (done.code, done.errors.strip()) == (0, "")
    assert figures(done.text) == {
        "kind": ["asked", "right", "suggested", "missed", "small talk", "wrong"],
        "direct": ["4", "50.0%", "", "25.0%", "", "25.0%"],
        "near": ["3", "33.3%", "", "", "33.3%", "33.3%"],
        "smalltalk": ["3", "66.7%", "", "33.3%", "", ""],
        "in scope": ["1", "100.0%", "", "", "", ""],
        "answer": ["2", "100.0%", "", "", "", ""],
        "repeat-context": ["1", "100.0%", "", "", "", ""],
        "abstain": ["1", "100.0%", "", "", "", ""],
        "all": ["15", "66.7%", "", "13.3%", "6.7%", "13.3%"],
    }
    mistakes = (f"wrong: {BREAD} -> answer rising", f"missed: {COFFEE} -> abstain", "missed: zzzz -> abstain")
    for part in ("15 questions", *mistakes):
        assert part in done.text


def test_eval_counts_a_suggestion_of_the_right_topic(
    library: Write, cases: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    unsure = Ranking((Match("rising", 0.3), Match("salting", 0.09)), Kind.TOPIC, "rising", 0.5, 1.0)
    matcher = Mock(Matcher, **{"rank.return_value": unsure})
    claims = ["slow-dough", "salt-in-dough", "boiling-water"]
    path = cases(*({"q": BREAD, "accept": [claim]} for claim in claims), {"q": BREAD, "kind": "near"})
    assert evaluate(Assistant(load_library(library()), matcher), [path]) == 0
    found = figures(capsys.readouterr().out)
    assert found["in scope"] == ["3", "", "66.7%", "33.3%", "", ""]
    assert found["near"] == ["1", "", "100.0%", "", "", ""]


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\u2029"])
def test_eval_reads_files_whose_lines_end_only_with_a_newline(separator: str, bot: Bot, cases: Write) -> None:
    path = cases({"q": f"a{separator}b", "kind": "far"})
    done = bot("eval", path, path)
    assert (done.code, done.errors.strip(), done.text.count("1 questions")) == (0, "", 2)


BAD_CASES = {
    "not JSON": (b'{"q": "a", "kind": "x"}\n\nhow do i brew tea?\n', 3),
    "half an object": (b'{"q": "a", "kind": "x"\n', 1),
    "no question": (b'{"kind": "x"}\n', 1),
    "a question alone": (b'{"q": "a", "kind": "x"}\n{"q": "b"}\n', 2),
    "nothing to accept": (b'{"q": "a", "accept": []}\n', 1),
    "a text to accept": (b'{"q": "a", "accept": "slow-dough", "kind": "x"}\n', 1),
    "no turns": (b'{"turns": []}\n', 1),
    "an unknown expectation": (b'{"turns": [{"q": "a", "expect": "wonder"}]}\n', 1),
    "a list": (b'["a", "x"]\n', 1),
    "a number": (b"7\n", 1),
    "empty": (b"", 1),
    "blank": (b"\n  \n", 1),
    "not UTF-8": (b'{"q": "\xff", "kind": "x"}\n', 1),
    "no file": (None, 1),
}


@pytest.mark.parametrize(("data", "line"), BAD_CASES.values(), ids=BAD_CASES)
def test_eval_says_where_a_file_is_broken(
    data: bytes | None, line: int, bot: Bot, cases: Write, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    if data is not None:
        broken.write_bytes(data)
    done = bot("eval", broken, cases(ON_TEA))
    assert done.code == 1
    assert re.match(rf"{re.escape(str(broken))}:{line}: .+", done.errors.strip())
    assert "Traceback" not in done.errors
    assert figures(done.text)["all"][:2] == ["1", "100.0%"]  # the other file is asked anyway
    assert done.text.count(" questions; ") == 1


# settings and options


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ("--knowledge HERE check", "HERE"),
        ("check --knowledge HERE", "HERE"),
        ("--knowledge nowhere check --knowledge HERE", "HERE"),
        ("ask --knowledge HERE -", "Brewing tea"),
    ],
)
def test_the_library_named_last_is_used(arguments: str, shown: str, bot: Bot, here: str) -> None:
    named = [here if part == "HERE" else part for part in arguments.split()]
    done = bot(*named, typed=TEA, KNOWLEDGE_DIR="nowhere")
    assert done.code == 0, done.errors
    assert shown.replace("HERE", here) in done.text


@pytest.mark.parametrize("command", [["check"], ["ask", TEA], []])
def test_broken_settings_are_refused_by_name(command: list[str], bot: Bot) -> None:
    broken = {"ENCODER": "maybe", "ADMIN_IDS": "me", "LOG_LEVEL": "LOUD", "QUESTIONS_PER_MINUTE": "0"}
    done = bot(*command, **broken)
    assert (done.code, done.output) == (1, b"")
    assert [name for name in broken if name not in done.errors] == []
    assert "Traceback" not in done.errors


# In processes of their own


def test_a_process_answers_and_says_once_that_the_encoder_is_off(process: Bot) -> None:
    done = process("ask", "--json", "-", typed=TEA.encode() + b"\n\n\xff\xfe\n")
    assert [found.question for found in done.objects] == [TEA, "", "\ufffd\ufffd"]
    assert done.errors.count("ENCODER=off") == 1
    assert re.search("WARNING.*ENCODER=off: answers rely on words alone and are less accurate\n", done.errors)


@pytest.mark.parametrize(
    ("arguments", "encoding", "part"),
    [
        ([b"ask", b"brew \xff\xfe tea"], "utf-8", "╭─"),
        ([b"ask", b"--json", b"brew \xff\xfe tea"], "utf-8", '{"question": "brew '),
        (["ask", "--json", "brewing té?"], "ascii", '{"question": "brewing té?"'),
        (["ask", TEA], "ascii", "Brewing tea"),
        (["ask", TEA], "cp1252", "Brewing tea"),
    ],
)
def test_arguments_and_the_terminal_may_be_of_any_encoding(
    arguments: list[str | bytes], encoding: str, part: str, process: Bot
) -> None:
    done = process(*arguments, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.code == 0, done.errors
    assert part.encode() in done.output
    assert "Traceback" not in done.errors


@pytest.mark.parametrize(
    ("command", "leaves_early"), [("ask --json -", False), ("chat --json", False), ("ask --json -", True)]
)
def test_each_answer_is_written_at_once_to_a_reader_that_may_leave(command: str, leaves_early: bool, here: str) -> None:
    """A program that asks and waits for the answer before it asks again must not wait for ever."""
    arguments, pipe = [sys.executable, "-m", "bot", *command.split()], subprocess.PIPE
    with subprocess.Popen(arguments, bufsize=0, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        impatience = threading.Timer(30, running.kill)
        impatience.start()
        for question, topic in ((TEA, "brewing"), (BREAD, "rising")):
            running.stdin.write(f"{question}\n".encode())
            assert json.loads(running.stdout.readline())["topic"] == topic
        assert running.poll() is None
        if leaves_early:
            running.stdout.close()
            running.stdin.write(f"{TEA}\n".encode())
        running.stdin.close()
        assert running.wait() == int(leaves_early)
        assert not re.search("Traceback|BrokenPipe", running.stderr.read().decode("utf-8"))
        impatience.cancel()

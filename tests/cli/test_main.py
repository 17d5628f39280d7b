"""``python -m bot``: the contract of the command line, in this process and in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cli import main
from bot.cli.evaluation import evaluate
from bot.cli.main import WITHOUT_TOKEN_OR_TERMINAL
from bot.knowledge import load_library
from bot.matching import Kind, Match, Matcher, Ranking
from bot.settings import PROJECT, Settings

Json = dict[str, object]

KEYS = ["question", "outcome", "topic", "claims", "confidence", "verdict", "group", "suggestions", "ranking", "text"]

TEA, BREAD, COFFEE = "how do i brew tea?", "how long does bread take?", "how do i roast coffee?"


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
    def objects(self) -> list[Json]:
        """The output as one JSON object a line."""
        assert self.output.endswith(b"\n")
        return [json.loads(line) for line in self.output.decode("utf-8").removesuffix("\n").split("\n")]


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests of this file, so that the small library is learnt once."""
    return tmp_path_factory.mktemp("weights")


@pytest.fixture
def environment(
    tmp_path: Path, weights: Path, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """No settings but these, and no ``.env``: the small library, words alone."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # it would hide what is not flushed
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()  # it hides every other one
    settings = {"ENCODER": "off", "CACHE_DIR": str(weights), "KNOWLEDGE_DIR": str(library())}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return settings


Bot = Callable[..., Result]


@pytest.fixture
def bot(
    environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Bot:
    """Runs a command in this process."""

    def run(*arguments: object, typed: bytes | str = b"") -> Result:
        data = typed.encode("utf-8") if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data), "utf-8"))
        capsysbinary.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        written = capsysbinary.readouterr()
        return Result(code, written.out, written.err.decode("utf-8"))

    return run


@pytest.fixture
def process(environment: Mapping[str, str]) -> Bot:
    """Runs a command in a process of its own."""

    def run(*arguments: str | bytes, typed: bytes = b"", **settings: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=typed,
            capture_output=True,
            timeout=60,
            env={**os.environ, **settings},
        )
        return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    return run


def words(text: str) -> str:
    """A text whatever the width of the terminal that it was wrapped for."""
    return " ".join(text.split())


def check_contract(found: Json) -> None:
    """Exactly the contract's keys and types."""
    assert list(found) == KEYS
    question, outcome, topic, claims, confidence, verdict, group, suggestions, ranking, text = found.values()
    assert isinstance(question, str)
    assert outcome in {"answer", "suggest", "abstain", "smalltalk"}
    assert isinstance(claims, list)
    assert isinstance(text, str)
    assert text
    if outcome == "answer":
        assert isinstance(topic, str)
        assert claims
        assert all(isinstance(claim, str) for claim in claims)
    else:
        assert (topic, claims) == (None, [])
    assert verdict in {"yes", "no", None}
    assert group is None or (isinstance(group, str) and outcome in {"abstain", "smalltalk"})
    assert isinstance(confidence, float)
    assert 0 <= confidence <= 1
    assert isinstance(suggestions, list)
    for suggestion in suggestions:
        assert list(suggestion) == ["topic", "claims"]
        assert isinstance(suggestion["topic"], str)
        assert suggestion["claims"]
    assert isinstance(ranking, list)
    assert len(ranking) <= 5
    for match in ranking:
        assert list(match) == ["topic", "confidence"]
        assert isinstance(match["topic"], str)
        assert 0 <= match["confidence"] <= 1


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
def test_ask_gives_the_contracts_object(
    question: str, outcome: str, topic: str | None, claims: list[str], group: str | None, bot: Bot
) -> None:
    done = bot("ask", "--json", question)
    assert done.code == 0
    (found,) = done.objects
    check_contract(found)
    assert (found["outcome"], found["topic"], found["claims"]) == (outcome, topic, claims)
    assert (found["group"], found["verdict"]) == (group, None)
    assert found["question"] == question.encode("utf-8", "replace").decode("utf-8")


def test_an_answers_object_tells_all_of_it(bot: Bot) -> None:
    (found,) = bot("ask", "--json", BREAD).objects
    ranking = found["ranking"]
    assert isinstance(ranking, list)
    assert ranking[0]["topic"] == "rising"
    assert len(ranking) == 4  # the library has no more topics
    assert found["confidence"] == ranking[0]["confidence"]
    assert [match["confidence"] for match in ranking] == sorted((m["confidence"] for m in ranking), reverse=True)
    assert found["suggestions"] == []
    text = str(found["text"])
    assert text.startswith("Dough rises slowly; do not hurry it.\n")
    assert "“Good bread takes its time.” — Tom Miller" in text
    assert text.endswith("“Tea and Bread” by Ada Baker, The Kitchen Post, 4 May 2020 https://example.org/tea-and-bread")


def test_an_abstentions_object_names_what_is_nearest(bot: Bot) -> None:
    (found,) = bot("ask", "--json", COFFEE).objects
    assert found["suggestions"] == [{"topic": "brewing", "claims": ["boiling-water"]}]
    assert "Coffee is not covered." in str(found["text"])
    assert "Brewing tea" in str(found["text"])


def test_ask_for_people_shows_the_answer_and_its_source(bot: Bot) -> None:
    done = bot("ask", TEA)
    assert done.code == 0
    for part in (
        "Brewing tea",
        "Pour boiling water",
        "“Pour it while it still boils.”",
        "Ada Baker",
        "“Tea and Bread”",
    ):
        assert part in words(done.text.replace("│", " "))
    assert "*boiling*" not in done.text


def test_where_nothing_is_wrong_nothing_is_written_to_stderr(bot: Bot) -> None:
    for arguments in (["ask", "--json", TEA], ["ask", TEA], ["chat"], ["check"]):
        assert bot(*arguments).errors == ""


def test_ask_for_people_takes_hostile_text(bot: Bot) -> None:
    done = bot("ask", "\udcff [bold] \x1b[31m \x00")
    assert done.code == 0
    assert "\x1b[31m" not in done.text


def test_every_line_gets_one_object(bot: Bot) -> None:
    lines = [
        TEA,
        "",
        "   ",
        "hello",
        TEA,
        "[1, 2]",
        '{"q": 1}',
        "\u2028",
        "\x0b\x0c",
        "x" * 20_000,
        "last, without an end",
    ]
    done = bot("ask", "--json", "-", typed="\n".join(lines))
    assert done.code == 0
    for found in done.objects:
        check_contract(found)
    assert [found["question"] for found in done.objects] == lines
    assert [found["outcome"] for found in done.objects][:4] == ["answer", "abstain", "abstain", "smalltalk"]


def test_each_line_is_a_question_of_its_own(bot: Bot) -> None:
    together = bot("ask", "--json", "-", typed=f"{TEA}\nand bread?\nsource?\n").objects
    assert together == [bot("ask", "--json", line).objects[0] for line in (TEA, "and bread?", "source?")]


def test_no_line_gets_no_object(bot: Bot) -> None:
    done = bot("ask", "--json", "-")
    assert (done.code, done.output) == (0, b"")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_may_end_as_they_do_elsewhere(end: bytes, bot: Bot) -> None:
    typed = TEA.encode() + end + end + b"hello" + end
    assert [found["question"] for found in bot("ask", "--json", "-", typed=typed).objects] == [TEA, "", "hello"]


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b"how do i brew \xe9 tea", b"\xed\xa0\x80", b"\xc3", b"\x00\x01", b"\xf0\x9f\x98"]
)
def test_a_line_may_hold_any_bytes(line: bytes, bot: Bot) -> None:
    done = bot("ask", "--json", "-", typed=line + b"\n" + TEA.encode() + b"\n")
    assert done.code == 0
    broken, whole = done.objects
    check_contract(broken)
    assert broken["question"] == line.decode("utf-8", "replace")
    assert whole["topic"] == "brewing"


def test_a_question_may_look_like_an_option(bot: Bot) -> None:
    assert bot("ask", "--json", "--", "--help me with tea").objects[0]["question"] == "--help me with tea"


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "a", "b"], ["nonsense"], ["ask", "--nonsense", "a"], ["eval"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], bot: Bot) -> None:
    done = bot(*arguments)
    assert (done.code, done.output) == (2, b"")
    assert "usage: right-things" in done.errors


# chat


def test_chat_remembers_until_an_empty_line(bot: Bot) -> None:
    done = bot("chat", "--json", typed=f"{TEA}\nsource?\ntell me more\n\n  \nsource?\n")
    assert done.code == 0
    for found in done.objects:
        check_contract(found)
    assert [found["question"] for found in done.objects] == [TEA, "source?", "tell me more", "source?"]
    answer, source, more, fresh = done.objects
    assert (source["outcome"], source["topic"], source["claims"]) == ("answer", answer["topic"], answer["claims"])
    assert "Ada Baker" in str(source["text"])
    assert "Pour it while it still boils." in str(source["text"])
    assert (more["outcome"], more["topic"]) == ("answer", "rising")
    assert fresh["topic"] is None


def test_chat_takes_any_bytes(bot: Bot) -> None:
    done = bot("chat", "--json", typed=b"\xff\xfe\n" + TEA.encode() + b"\nand \xf0\x9f\n\x00\n")
    assert [found["outcome"] for found in done.objects][:2] == ["abstain", "answer"]
    assert len(done.objects) == 4


def test_an_empty_chat_says_nothing(bot: Bot) -> None:
    for typed in ("", "\n\n \n"):
        done = bot("chat", "--json", typed=typed)
        assert (done.code, done.output) == (0, b"")


def test_chat_for_people_shows_cards(bot: Bot) -> None:
    done = bot("chat", typed=f"{TEA}\nwho said that?\n")
    assert done.code == 0
    assert done.text.count("Brewing tea") == 2
    assert "Ada Baker" in done.text


# no command


def test_without_a_token_and_a_terminal_it_answers_what_is_piped_in_and_fails(bot: Bot) -> None:
    done = bot(typed=f"{TEA}\n")
    assert done.code == 78
    assert done.errors.startswith("No DISCORD_TOKEN is set, so this is not the Discord bot.\nFor Discord: make an ")
    assert "Brewing tea" in done.text


@pytest.mark.parametrize("empty", ["", " ", '""'])
def test_an_empty_token_is_none(empty: str, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", empty)
    done = bot()
    assert (done.code, done.output, done.errors) == (78, b"", WITHOUT_TOKEN_OR_TERMINAL + "\n")


@pytest.mark.parametrize("command", [[], ["ask"], ["chat"], ["check"], ["eval"]])
def test_help_is_there_for_every_command(command: list[str], bot: Bot) -> None:
    done = bot(*command, "--help")
    assert done.code == 0
    assert "--knowledge DIR" in done.text


def test_help_shows_examples_of_every_command(bot: Bot) -> None:
    examples = [words(line) for line in bot("--help").text.partition("examples:\n")[2].splitlines()]
    for command in ("", "ask", "ask --json -", "chat", "check", "check --articles", "eval"):
        assert any(line.startswith(f"python -m bot {command}".strip()) for line in examples), command
    assert any(".env" in line for line in examples)


# check


ARTICLES = {
    "kitchen.txt": "Pour it. Pour it while it\n still boils. Good bread? Good bread takes its time.",
    "cellar.txt": "Keep it dark and cool.",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    return tmp_path / "articles"


def test_check_counts_what_a_valid_library_holds(bot: Bot, environment: Mapping[str, str]) -> None:
    done = bot("check")
    assert (done.code, done.errors) == (0, "")
    assert words(done.text) == (
        f"{environment['KNOWLEDGE_DIR']}: no problems found. 2 articles, 4 claims, 4 topics with 32 phrasings, "
        "2 outside groups, 2 kinds of small talk."
    )


def test_check_finds_every_quote_in_its_article(bot: Bot, articles: Path) -> None:
    done = bot("check", "--articles", articles)
    assert (done.code, done.errors) == (0, "")
    assert "no problems found" in done.text


def test_check_names_a_quote_that_is_not_in_its_article(bot: Bot, articles: Path) -> None:
    (articles / "kitchen.txt").write_text("Pour it while it still boils.", encoding="utf-8")
    done = bot("check", "--articles", articles)
    assert (done.code, done.output) == (1, b"")
    assert re.search(r"^kitchen\.txt:\d+: .*slow-dough.*Good bread takes its time\.", done.errors, re.MULTILINE)
    assert "boiling-water" not in done.errors


def test_check_names_every_article_that_is_missing(bot: Bot, tmp_path: Path) -> None:
    done = bot("check", "--articles", tmp_path / "nowhere")
    assert done.code == 1
    assert re.findall(r"^(\w+)\.txt:1: ", done.errors, re.MULTILINE) == ["cellar", "kitchen"]


BROKEN = {
    "articles/cellar.yaml": "id: cellar\nlabel: A note\nclaims:\n  - id: dark-cheese\n    sayz: It likes the dark.\n",
    "outside.yaml": "- id: cars\n  reply: No cars.\n  questions: []\n",
    "smalltalk.yaml": "- id: greeting\n  reply: [\n",
}


@pytest.mark.parametrize("command", [["check"], ["ask", TEA], ["ask", "--json", "-"], ["chat"], ["eval", "x"], []])
def test_a_broken_library_is_refused_with_all_its_faults(
    command: list[str], bot: Bot, library: Callable[..., Path]
) -> None:
    library(BROKEN)
    done = bot(*command)
    assert done.code == 1
    assert done.output == b""
    assert "Traceback" not in done.errors
    faults = [line for line in done.errors.splitlines() if re.match(r"[\w/]+\.yaml:\d+: .", line)]
    assert {line.split(": ")[0] for line in faults} == {
        "articles/cellar.yaml:4",
        "articles/cellar.yaml:5",
        "outside.yaml:3",
        "smalltalk.yaml:3",
    }
    assert any("`says` is missing" in line for line in faults)
    assert any("unknown key `sayz`" in line for line in faults)


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_what_is_no_library_is_refused(folder: str, bot: Bot) -> None:
    done = bot("check", "--knowledge", folder)
    assert (done.code, done.output) == (1, b"")
    assert folder in done.errors


# eval


def written(folder: Path, lines: Iterable[object]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def figures(output: str) -> dict[str, list[str]]:
    """The rows of the table, by their kind; an empty cell is an empty text."""
    rows = [[cell.strip() for cell in re.split("[│┃]", line)[1:-1]] for line in output.splitlines() if line[:1] in "│┃"]
    return {row[0]: row[1:] for row in rows if row}


def test_eval_counts_each_kind_of_verdict(bot: Bot, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [
            {"q": TEA, "accept": ["boiling-water"], "kind": "direct"},
            {"q": BREAD, "accept": ["salt-in-dough", "slow-dough"], "kind": "direct"},
            {"q": BREAD, "accept": ["boiling-water"], "kind": "direct"},
            {"q": COFFEE, "accept": ["boiling-water"], "kind": "direct"},
            {"q": COFFEE, "kind": "near"},
            {"q": TEA, "kind": "near"},
            {"q": "hello", "kind": "near"},
            {"q": "hello", "kind": "smalltalk"},
            {"q": "zzzz", "kind": "smalltalk"},
            {"q": BREAD, "accept": ["slow-dough"]},
            {
                "turns": [
                    {"q": TEA, "accept": ["boiling-water"], "expect": "answer"},
                    {"q": "source?", "accept": ["boiling-water"], "expect": "repeat-context"},
                    {"q": "tell me more", "accept": ["slow-dough"], "expect": "answer"},
                    {"q": COFFEE, "expect": "abstain"},
                    {"q": "thanks", "expect": "smalltalk"},
                ]
            },
        ],
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
    assert "15 questions" in done.text
    assert f"wrong: {BREAD} -> answer rising" in done.text
    assert f"missed: {COFFEE} -> abstain" in done.text
    assert "missed: zzzz -> abstain" in done.text


class Unsure(Matcher):
    """Takes every question for one on dough or on salt, and is sure of neither."""

    def __init__(self) -> None:
        self.ranking = Ranking((Match("rising", 0.1), Match("salting", 0.09)), Kind.TOPIC, "rising", 0.5, 1.0)

    def rank(self, question: str, without: str | None = None) -> Ranking:
        return self.ranking


def test_eval_counts_a_suggestion_of_the_right_topic(
    library: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = ["slow-dough", "salt-in-dough", "boiling-water"]
    path = written(tmp_path, [*({"q": BREAD, "accept": [claim]} for claim in claims), {"q": BREAD, "kind": "near"}])
    assert evaluate(Assistant(load_library(library()), Unsure()), [path]) == 0
    found = figures(capsys.readouterr().out)
    assert found["in scope"] == ["3", "", "66.7%", "33.3%", "", ""]
    assert found["near"] == ["1", "", "100.0%", "", "", ""]


def test_eval_reports_several_files(bot: Bot, tmp_path: Path) -> None:
    path = written(tmp_path, [{"q": TEA, "accept": ["boiling-water"]}])
    done = bot("eval", path, path)
    assert done.code == 0
    assert done.text.count("1 questions") == 2


FAULTY = {
    "no JSON": (b'{"q": "a", "kind": "x"}\n\nhow do i brew tea?\n', 3),
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
    "no UTF-8": (b'{"q": "\xff", "kind": "x"}\n', 1),
}


@pytest.mark.parametrize("name", FAULTY)
def test_eval_says_where_a_file_is_broken(name: str, bot: Bot, tmp_path: Path) -> None:
    data, line = FAULTY[name]
    good, broken = written(tmp_path, [{"q": TEA, "accept": ["boiling-water"]}]), tmp_path / "broken.jsonl"
    broken.write_bytes(data)
    done = bot("eval", broken, good)
    assert done.code == 1
    assert re.match(rf"{re.escape(str(broken))}:{line}: .+", done.errors.strip())
    assert "Traceback" not in done.errors
    assert figures(done.text)["all"][:2] == ["1", "100.0%"]  # the other file is asked anyway


def test_eval_of_a_missing_file(bot: Bot, tmp_path: Path) -> None:
    done = bot("eval", tmp_path / "nowhere.jsonl")
    assert (done.code, done.output) == (1, b"")
    assert done.errors.strip().startswith(f"{tmp_path / 'nowhere.jsonl'}:1: ")


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\u2029"])
def test_eval_ends_a_line_only_where_json_lines_do(separator: str, bot: Bot, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"q": f"a{separator}b", "kind": "far"}, ensure_ascii=False) + "\n", encoding="utf-8")
    done = bot("eval", path)
    assert (done.code, done.errors.strip()) == (0, "")


# settings and options


@pytest.mark.parametrize("before", [True, False])
def test_another_library_can_be_named_before_and_after_the_command(
    before: bool, bot: Bot, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "nowhere")
    option = ("--knowledge", environment["KNOWLEDGE_DIR"])
    done = bot(*option, "check") if before else bot("check", *option)
    assert done.code == 0, done.errors
    assert environment["KNOWLEDGE_DIR"] in done.text


def test_the_later_library_counts(bot: Bot, environment: Mapping[str, str]) -> None:
    assert bot("--knowledge", "nowhere", "check", "--knowledge", environment["KNOWLEDGE_DIR"]).code == 0


def test_another_library_can_be_named_without_a_command(
    bot: Bot, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "nowhere")
    assert "Brewing tea" in bot("--knowledge", environment["KNOWLEDGE_DIR"], typed=f"{TEA}\n").text


@pytest.mark.parametrize(
    ("name", "value"),
    [("ENCODER", "maybe"), ("ADMIN_IDS", "me"), ("LOG_LEVEL", "LOUD"), ("QUESTIONS_PER_MINUTE", "0")],
)
@pytest.mark.parametrize("command", [["check"], ["ask", TEA], []])
def test_a_broken_setting_is_refused_by_name(
    name: str, value: str, command: list[str], bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = bot(*command)
    assert (done.code, done.output) == (1, b"")
    assert name in done.errors
    assert "Traceback" not in done.errors


def test_all_broken_settings_are_told_at_once(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCODER", "maybe")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    errors = bot("check").errors
    assert "ENCODER" in errors
    assert "LOG_LEVEL" in errors


def test_without_the_encoder_it_says_so_once(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot("ask", "--json", "-", typed=f"{TEA}\n{BREAD}\nhello\n")
    assert [record.getMessage() for record in caplog.records if "ENCODER=off" in record.getMessage()] == [
        "ENCODER=off: answers rely on words alone and are less accurate"
    ]


# In processes of their own


def test_a_process_answers_and_says_once_that_the_encoder_is_off(process: Bot) -> None:
    done = process("ask", "--json", "-", typed=TEA.encode() + b"\n\n\xff\xfe\n")
    assert done.code == 0
    for found in done.objects:
        check_contract(found)
    assert [found["question"] for found in done.objects] == [TEA, "", "\ufffd\ufffd"]
    assert done.errors.count("ENCODER=off") == 1
    assert "WARNING" in done.errors


def test_arguments_may_hold_any_bytes(process: Bot) -> None:
    for arguments in ([b"ask", b"--json", b"brew \xff\xfe tea"], [b"ask", b"brew \xff\xfe tea"]):
        done = process(*arguments)
        assert done.code == 0, done.errors
        assert done.output.decode("utf-8")
        assert "Traceback" not in done.errors


def test_json_is_utf8_whatever_the_terminal_speaks(process: Bot) -> None:
    done = process("ask", "--json", "brewing té?", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.objects[0]["question"] == "brewing té?"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_people_get_an_answer_whatever_their_terminal_speaks(encoding: str, process: Bot) -> None:
    done = process("ask", TEA, PYTHONIOENCODING=encoding)
    assert done.code == 0, done.errors
    assert b"Brewing tea" in done.output
    assert "Traceback" not in done.errors


def test_a_process_without_a_token_chats(process: Bot) -> None:
    done = process(typed=TEA.encode() + b"\n")
    assert done.code == 78
    assert WITHOUT_TOKEN_OR_TERMINAL + "\n" in done.errors
    assert "Brewing tea" in done.text


def test_a_broken_library_ends_a_process_without_a_traceback(process: Bot, library: Callable[..., Path]) -> None:
    library(BROKEN)
    done = process("check")
    assert (done.code, done.output) == (1, b"")
    assert "outside.yaml:3: " in done.errors
    assert "Traceback" not in done.errors


def test_settings_are_read_from_a_file(process: Bot, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=LOUD\n", encoding="utf-8")
    done = process("check")
    assert done.code == 1
    assert "LOG_LEVEL" in done.errors


@pytest.mark.parametrize("command", [["ask", "--json", "-"], ["chat", "--json"]])
def test_each_answer_is_written_at_once(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """A program that asks and waits for the answer before it asks again must not wait for ever."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        impatience = threading.Timer(15, running.kill)
        impatience.start()
        try:
            for question, topic in ((TEA, "brewing"), (BREAD, "rising")):
                running.stdin.write(question.encode() + b"\n")
                running.stdin.flush()
                assert json.loads(running.stdout.readline())["topic"] == topic
            assert running.poll() is None
            running.stdin.close()
            assert running.wait(timeout=30) == 0
        finally:
            impatience.cancel()
            running.kill()


def test_a_reader_that_leaves_early_is_no_disaster(environment: Mapping[str, str], tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    with (
        errors.open("wb") as written_errors,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "ask", "--json", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=written_errors,
        ) as running,
    ):
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(TEA.encode() + b"\n")
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.write(TEA.encode() + b"\n")
        running.stdin.close()
        assert running.wait(timeout=30) == 1
    assert "Traceback" not in errors.read_text(encoding="utf-8")
    assert "BrokenPipe" not in errors.read_text(encoding="utf-8")

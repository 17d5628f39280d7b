"""A folder of YAML becomes one KnowledgeBase, or every fault at once with its file and line."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import os
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.knowledge import (
    Article,
    Claim,
    KnowledgeBase,
    LibraryError,
    OutsideGroup,
    SmalltalkKind,
    Topic,
    load_library,
)
from tests.knowledge.conftest import VALID, Draft

POST, NOTE = "articles/post.yaml", "articles/note.yaml"
DIFFERENCE, SUMMARY = "topics/difference.yaml", "topics/summary.yaml"
OUTSIDE, SMALLTALK = "outside.yaml", "smalltalk.yaml"

ID_PATTERN = "`id`: string should match pattern '^[A-Za-z0-9][A-Za-z0-9_.-]*$'"
URL_PATTERN = r"`url`: string should match pattern '^https?://[^\s/]+\S*$'"
NO_MAPPING = "this must hold keys and values, such as `id: ...`"
NO_LIST = "must be a list of entries, each beginning with `- id:`"

CLAIMS = {
    "long-view": Claim(id="long-view", says="Leaders look far ahead."),
    "right-things": Claim(
        id="right-things",
        speaker="Peter Drucker",
        role="quoted",
        says="One does things right, the other does the right things.",
        quote="doing the right things",
    ),
    "need-both": Claim(id="need-both", says="A firm needs both."),
}
EXPECTED = KnowledgeBase(
    articles={
        "note": Article(id="note", label="A note without a title", claims=(CLAIMS["long-view"],)),
        "post": Article(
            id="post",
            title="Two Kinds of Work",
            author="A. Writer",
            publisher="The Review",
            published=datetime.date(2009, 12, 1),
            url="https://example.org/two-kinds",
            claims=(CLAIMS["right-things"], CLAIMS["need-both"]),
        ),
    },
    topics={
        "purpose": Topic(
            id="purpose",
            title="What each is for",
            claims=("right-things", "need-both"),
            answer="Managers do things right, leaders do the right things.",
            leadership="does the right things",
            management="does things right",
            aspect="purpose",
            related=("horizon",),
            questions=("what is the difference", "How do they differ?"),
        ),
        "horizon": Topic(
            id="horizon",
            title="How far each looks",
            claims=("long-view",),
            answer="Leaders look far ahead.",
            questions=("how far do leaders look",),
        ),
        "summary": Topic(
            id="summary",
            title="All of it",
            overview=True,
            claims=("right-things", "need-both", "long-view"),
            answer="There are two kinds of work.",
            questions=("sum it up",),
        ),
    },
    outside={
        "pay": OutsideGroup(
            id="pay",
            reply="The articles say nothing about pay.",
            closest=("purpose",),
            questions=("what does a manager earn",),
        )
    },
    smalltalk={"greeting": SmalltalkKind(id="greeting", reply="Hello!", questions=("hi",))},
)


# A valid library


def test_valid_library_becomes_what_is_written_there(draft: Draft) -> None:
    assert load_library(draft.folder) == EXPECTED


def test_order_is_that_of_the_files(draft: Draft) -> None:
    knowledge = load_library(draft.folder)
    assert list(knowledge.articles) == ["note", "post"]
    assert list(knowledge.topics) == ["purpose", "horizon", "summary"]
    assert list(knowledge.claims) == ["long-view", "right-things", "need-both"]


def test_order_of_the_files_is_that_of_their_names(draft: Draft) -> None:
    names = ["m", "z", "a", "q", "c", "x", "b", "d"]
    for name in names:
        draft.write(f"articles/{name}.yaml", f"id: {name}\nlabel: An article\n")
    assert list(load_library(draft.folder).articles) == sorted([*names, "note", "post"])


def test_claims_know_their_article(draft: Draft) -> None:
    knowledge = load_library(draft.folder)
    assert knowledge.claims == CLAIMS
    assert {claim: article.id for claim, article in knowledge.sources.items()} == {
        "long-view": "note",
        "right-things": "post",
        "need-both": "post",
    }


def test_article_is_named_by_its_title_else_by_its_label(draft: Draft) -> None:
    draft.append(POST, "label: What it is about\n")
    articles = load_library(draft.folder).articles
    assert [article.name for article in articles.values()] == ["A note without a title", "Two Kinds of Work"]


def test_what_is_not_known_of_an_article_stays_absent(draft: Draft) -> None:
    draft.replace(POST, "author: A. Writer\n", "author:\n")
    draft.replace(POST, "published: 2009-12-01\n", "")
    post = load_library(draft.folder).articles["post"]
    assert (post.author, post.published, post.label) == (None, None, None)


@pytest.mark.parametrize("emptied", [OUTSIDE, SMALLTALK])
@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "[]\n"], ids=["absent", "empty", "comment", "list"])
def test_optional_file_may_hold_nothing(draft: Draft, emptied: str, text: str | None) -> None:
    if text is None:
        draft.remove(emptied)
    else:
        draft.write(emptied, text)
    knowledge = load_library(draft.folder)
    assert knowledge.topics == EXPECTED.topics
    assert knowledge.outside == ({} if emptied == OUTSIDE else EXPECTED.outside)
    assert knowledge.smalltalk == ({} if emptied == SMALLTALK else EXPECTED.smalltalk)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("2009", "2009"),
        ("0x1F", "0x1F"),
        ("1.50", "1.50"),
        ("12:30", "12:30"),
        ("2009-12-01", "2009-12-01"),
        ("'~'", "~"),
        ('"null"', "null"),
        ("  spaced   out  ", "spaced   out"),
        ("what’s “right”? 🤔", "what’s “right”? 🤔"),
    ],
)
def test_phrasing_is_the_text_that_the_curator_typed(draft: Draft, written: str, meant: str) -> None:
    draft.append(SUMMARY, f"    - {written}\n")
    assert load_library(draft.folder).topics["summary"].questions == ("sum it up", meant)


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("yes", True), ("false", False), ("no", False)])
def test_overview_is_a_yes_or_no(draft: Draft, written: str, meant: bool) -> None:
    draft.replace(SUMMARY, "overview: true", f"overview: {written}")
    assert load_library(draft.folder).topics["summary"].overview is meant


@pytest.mark.parametrize(("old", "new"), [("", "\ufeff"), ("\n", "\r\n")], ids=["byte order mark", "CRLF"])
def test_what_windows_editors_write_is_read_alike(draft: Draft, old: str, new: str) -> None:
    for file, text in VALID.items():
        draft.write(file, text.replace(old, new) if old else new + text)
    assert load_library(draft.folder) == EXPECTED


def test_one_topic_may_repeat_its_own_phrasing(draft: Draft) -> None:
    draft.append(SUMMARY, "    - Sum it up\n")
    assert draft.faults() == []


def test_overview_may_rest_on_more_than_four_claims(draft: Draft) -> None:
    draft.append(NOTE, "  - {id: c4, says: Four.}\n  - {id: c5, says: Five.}\n")
    draft.replace(SUMMARY, "need-both, long-view]", "need-both, long-view, c4, c5]")
    assert len(load_library(draft.folder).topics["summary"].claims) == 5


# Nothing of it changes


@pytest.mark.parametrize("room", ["articles", "topics", "outside", "smalltalk"])
def test_entries_are_immutable(draft: Draft, room: str) -> None:
    entries: dict[str, BaseModel] = getattr(load_library(draft.folder), room)
    for entry in entries.values():
        for name, value in entry:
            assert not isinstance(value, list | dict | set)
            with pytest.raises(ValidationError, match="frozen"):
                setattr(entry, name, value)


def test_claims_are_immutable(draft: Draft) -> None:
    claim: Any = load_library(draft.folder).claims["long-view"]
    with pytest.raises(ValidationError, match="frozen"):
        claim.says = "Leaders look back."


def test_knowledge_base_is_immutable(draft: Draft) -> None:
    knowledge: Any = load_library(draft.folder)
    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge.topics = {}


@pytest.mark.parametrize("room", ["articles", "topics", "outside", "smalltalk", "claims", "sources"])
def test_mappings_are_immutable(draft: Draft, room: str) -> None:
    entries: Any = getattr(load_library(draft.folder), room)
    with pytest.raises(TypeError):
        entries["new"] = next(iter(entries.values()))


# One fault of each kind: in a file, what is replaced by what, and all that is to be read then


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (POST, "author: A. Writer", "writer: A. Writer", "articles/post.yaml:3: unknown key `writer`"),
        (POST, "    role: quoted", "    roll: quoted", "articles/post.yaml:10: unknown key `roll`"),
        (DIFFERENCE, "  aspect: purpose", "  aspects: purpose", "topics/difference.yaml:7: unknown key `aspects`"),
        (DIFFERENCE, "  aspect: purpose", "  2: purpose", "topics/difference.yaml:7: unknown key `2`"),
        (OUTSIDE, "  closest:", "  related:", "outside.yaml:3: unknown key `related`"),
        (SMALLTALK, "  reply: Hello!", "  reply: Hello!\n  closest: []", "smalltalk.yaml:3: unknown key `closest`"),
    ],
)
def test_unknown_key(draft: Draft, file: str, old: str, new: str, fault: str) -> None:
    draft.replace(file, old, new)
    assert draft.faults() == [fault]


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        (NOTE, "id: note\n", "articles/note.yaml:1: `id` is missing"),
        (NOTE, "    says: Leaders look far ahead.\n", "articles/note.yaml:4: `says` is missing"),
        (DIFFERENCE, "  title: How far each looks\n", "topics/difference.yaml:12: `title` is missing"),
        (DIFFERENCE, "  claims: [long-view]\n", "topics/difference.yaml:12: `claims` is missing"),
        (DIFFERENCE, "  answer: Leaders look far ahead.\n", "topics/difference.yaml:12: `answer` is missing"),
        (SUMMARY, "  questions:\n    - sum it up\n", "topics/summary.yaml:1: `questions` is missing"),
        (OUTSIDE, "  reply: The articles say nothing about pay.\n", "outside.yaml:1: `reply` is missing"),
        (SMALLTALK, "  questions:\n    - hi\n", "smalltalk.yaml:1: `questions` is missing"),
    ],
)
def test_missing_key(draft: Draft, file: str, line: str, fault: str) -> None:
    draft.replace(file, line, "")
    assert draft.faults() == [fault]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (POST, "A. Writer", "[A. Writer]", "articles/post.yaml:3: `author`: input should be a valid string"),
        (
            DIFFERENCE,
            "answer: Leaders look far ahead.",
            "answer:\n    - Leaders look far ahead.",
            "topics/difference.yaml:15: `answer`: input should be a valid string",
        ),
        (
            POST,
            "role: quoted",
            "role: boss",
            "articles/post.yaml:10: `role`: input should be 'author', 'quoted' or 'commenter'",
        ),
        (
            SUMMARY,
            "overview: true",
            "overview: maybe",
            "topics/summary.yaml:3: `overview`: input should be a valid boolean, unable to interpret input",
        ),
        (DIFFERENCE, "How do", "How: do", "topics/difference.yaml:11: `questions`: input should be a valid string"),
        (
            DIFFERENCE,
            "How do they differ?",
            "~",
            "topics/difference.yaml:11: `questions`: input should be a valid string",
        ),
        (
            SUMMARY,
            "\n    - sum it up",
            " sum it up",
            "topics/summary.yaml:6: `questions` must be a list, each item on a line that begins with `- `",
        ),
        (
            DIFFERENCE,
            "[long-view]",
            "long-view",
            "topics/difference.yaml:14: `claims` must be a list, each item on a line that begins with `- `",
        ),
        (
            NOTE,
            "  - id: long-view\n    says: Leaders look far ahead.",
            "  - leaders look far ahead",
            "articles/note.yaml:4: `claims` must hold keys and values, such as `id: ...`",
        ),
        (SMALLTALK, "- id: greeting", "- greeting\n- id: greeting", f"smalltalk.yaml:1: {NO_MAPPING}"),
        (SMALLTALK, "- id: greeting", "-\n- id: greeting", f"smalltalk.yaml:1: {NO_MAPPING}"),
    ],
)
def test_wrong_type(draft: Draft, file: str, old: str, new: str, fault: str) -> None:
    draft.replace(file, old, new)
    assert draft.faults() == [fault]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            POST,
            "title: Two Kinds of Work",
            'title: ""',
            "articles/post.yaml:2: `title`: string should have at least 1 character",
        ),
        (
            DIFFERENCE,
            "How do they differ?",
            '"   "',
            "topics/difference.yaml:11: `questions`: string should have at least 1 character",
        ),
        (SMALLTALK, "reply: Hello!", "reply:", "smalltalk.yaml:2: `reply`: input should be a valid string"),
        (
            DIFFERENCE,
            "claims: [long-view]",
            "claims: []",
            "topics/difference.yaml:14: `claims` must hold at least one item",
        ),
        (
            OUTSIDE,
            "questions:\n    - what does a manager earn",
            "questions: []",
            "outside.yaml:4: `questions` must hold at least one item",
        ),
    ],
)
def test_empty_text_or_list(draft: Draft, file: str, old: str, new: str, fault: str) -> None:
    draft.replace(file, old, new)
    assert draft.faults() == [fault]


def test_only_phrasing_at_fault_is_one_fault(draft: Draft) -> None:
    draft.replace(SUMMARY, "sum it up", "~")
    assert draft.faults() == ["topics/summary.yaml:7: `questions`: input should be a valid string"]


@pytest.mark.parametrize("bad", ["two words", "../note", "-dash", ".dot", "naïve", "a/b", '"note\\n"', "''"])
def test_bad_id(draft: Draft, bad: str) -> None:
    draft.replace(NOTE, "id: note", f"id: {bad}")
    assert draft.faults() == [f"articles/note.yaml:1: {ID_PATTERN}"]


@pytest.mark.parametrize("good", ["Note", "2009", "a.b_c-d", "n"])
def test_good_id(draft: Draft, good: str) -> None:
    draft.replace(NOTE, "id: note", f"id: {good}")
    assert good in load_library(draft.folder).articles


@pytest.mark.parametrize(
    ("file", "text", "longest", "place", "key"),
    [
        (NOTE, "note", 64, "articles/note.yaml:1", "id"),
        (NOTE, "A note without a title", 150, "articles/note.yaml:2", "label"),
        (NOTE, "Leaders look far ahead.", 500, "articles/note.yaml:5", "says"),
        (POST, "A. Writer", 200, "articles/post.yaml:3", "author"),
        (POST, "https://example.org/two-kinds", 512, "articles/post.yaml:6", "url"),
        (POST, '"doing the right things"', 500, "articles/post.yaml:12", "quote"),
        (DIFFERENCE, "What each is for", 150, "topics/difference.yaml:2", "title"),
        (DIFFERENCE, "Leaders look far ahead.", 2000, "topics/difference.yaml:15", "answer"),
        (DIFFERENCE, "does things right", 200, "topics/difference.yaml:6", "management"),
        (DIFFERENCE, "How do they differ?", 300, "topics/difference.yaml:11", "questions"),
        (OUTSIDE, "The articles say nothing about pay.", 2000, "outside.yaml:2", "reply"),
        (SMALLTALK, "Hello!", 2000, "smalltalk.yaml:2", "reply"),
    ],
)
def test_too_long_text(draft: Draft, file: str, text: str, longest: int, place: str, key: str) -> None:
    whole = VALID[file]
    prefix = "https://example.org/" if key == "url" else ""
    for length, faults in (
        (longest, []),
        (longest + 1, [f"{place}: `{key}`: string should have at most {longest} characters"]),
    ):
        draft.write(file, whole.replace(f" {text}\n", f" {prefix.ljust(length, 'x')}\n"))
        assert draft.faults() == faults


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            DIFFERENCE,
            "[right-things, need-both]",
            "[right-things, need-bath]",
            "topics/difference.yaml:3: `claims`: there is no claim `need-bath`",
        ),
        (
            DIFFERENCE,
            "[horizon]",
            "[horizon, pay]",
            "topics/difference.yaml:8: `related`: there is no topic `pay`",
        ),
        (
            OUTSIDE,
            "[purpose]",
            "[\n    purpose,\n    greeting]",
            "outside.yaml:5: `closest`: there is no topic `greeting`",
        ),
    ],
)
def test_unknown_id(draft: Draft, file: str, old: str, new: str, fault: str) -> None:
    draft.replace(file, old, new)
    assert draft.faults() == [fault]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            POST,
            "id: post",
            "id: note",
            "articles/post.yaml:1: the article `note` stands already at articles/note.yaml:1",
        ),
        (
            POST,
            "- id: need-both",
            "- id: long-view",
            "articles/post.yaml:13: the claim `long-view` stands already at articles/note.yaml:4",
        ),
        (
            POST,
            "- id: need-both",
            "- role: author\n    id: right-things",
            "articles/post.yaml:14: the claim `right-things` stands already at articles/post.yaml:8",
        ),
        (
            SUMMARY,
            "- id: summary",
            "- id: horizon",
            "topics/summary.yaml:1: the topic `horizon` stands already at topics/difference.yaml:12",
        ),
        (
            OUTSIDE,
            "- id: pay",
            "- {id: pay, reply: No., questions: [wages]}\n- id: pay",
            "outside.yaml:2: the group `pay` stands already at outside.yaml:1",
        ),
        (
            SMALLTALK,
            "- id: greeting",
            "- {id: greeting, reply: Hey., questions: [hey]}\n- id: greeting",
            "smalltalk.yaml:2: the kind of small talk `greeting` stands already at smalltalk.yaml:1",
        ),
    ],
    ids=["article", "claim of another article", "claim of the same article", "topic", "outside group", "small talk"],
)
def test_duplicate_id(draft: Draft, file: str, old: str, new: str, fault: str) -> None:
    # Where `need-both` gives way to a duplicate, no topic may miss it.
    draft.replace(DIFFERENCE, "[right-things, need-both]", "[right-things]")
    draft.replace(SUMMARY, "right-things, need-both, ", "right-things, ")
    draft.replace(file, old, new)
    assert draft.faults() == [fault]


def test_one_id_may_name_entries_of_different_kinds(draft: Draft) -> None:
    draft.replace(OUTSIDE, "id: pay", "id: purpose")
    draft.replace(SMALLTALK, "id: greeting", "id: purpose")
    draft.replace(NOTE, "id: note", "id: purpose")
    assert draft.faults() == []


@pytest.mark.parametrize(
    "phrasing",
    [
        "what is the difference",
        "What IS the Difference",
        "'  what  is the\tdifference '",
        "what\n      is the difference",
    ],
    ids=["alike", "case", "spacing", "folded line"],
)
@pytest.mark.parametrize(
    ("file", "old", "place"),
    [
        (DIFFERENCE, "how far do leaders look", "topics/difference.yaml:17"),
        (SUMMARY, "sum it up", "topics/summary.yaml:7"),
        (OUTSIDE, "what does a manager earn", "outside.yaml:5"),
        (SMALLTALK, "hi\n", "smalltalk.yaml:4"),
    ],
    ids=["same file", "topics", "topic and outside", "topic and small talk"],
)
def test_phrasing_under_two_entries(draft: Draft, file: str, old: str, place: str, phrasing: str) -> None:
    draft.replace(file, old, f"{phrasing}\n" if old.endswith("\n") else phrasing)
    read = phrasing.strip("'").strip().replace("\n      ", " ")
    assert draft.faults() == [f'{place}: "{read}" stands also under `purpose`, at topics/difference.yaml:10']


def test_phrasing_under_three_entries_is_told_for_each_further_one(draft: Draft) -> None:
    draft.replace(OUTSIDE, "what does a manager earn", "sum it up")
    draft.replace(SMALLTALK, "- hi\n", "- Sum it up\n")
    assert draft.faults() == [
        'outside.yaml:5: "sum it up" stands also under `summary`, at topics/summary.yaml:7',
        'smalltalk.yaml:4: "Sum it up" stands also under `summary`, at topics/summary.yaml:7',
    ]


@pytest.mark.parametrize("line", ["  leadership: does the right things\n", "  management: does things right\n"])
def test_leadership_without_management(draft: Draft, line: str) -> None:
    draft.replace(DIFFERENCE, line, "")
    assert draft.faults() == [
        "topics/difference.yaml:1: `leadership` and `management` belong together: give both or neither"
    ]


def test_five_claims_without_overview(draft: Draft) -> None:
    draft.append(NOTE, "  - {id: c4, says: Four.}\n  - {id: c5, says: Five.}\n")
    draft.replace(DIFFERENCE, "[right-things, need-both]", "[right-things, need-both, long-view, c4]")
    assert draft.faults() == []
    draft.replace(DIFFERENCE, "long-view, c4]", "long-view, c4, c5]")
    assert draft.faults() == [
        "topics/difference.yaml:1: 5 claims: only a topic with `overview: true` may name more than 4"
    ]


def test_no_title_and_no_label(draft: Draft) -> None:
    draft.replace(POST, "title: Two Kinds of Work\n", "")
    assert draft.faults() == [
        "articles/post.yaml:1: an article needs a `title`, or a `label` that describes it",
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2009-13-01", "input should be a valid date or datetime, month value is outside expected range of 1-12"),
        ("2009-02-30", "input should be a valid date or datetime, day value is outside expected range"),
        ("2009-12-1", "must be a date such as 2009-12-01"),
        ("December 2009", "must be a date such as 2009-12-01"),
        ("2009", "must be a date such as 2009-12-01"),
    ],
)
def test_bad_date(draft: Draft, bad: str, reason: str) -> None:
    draft.replace(POST, "2009-12-01", bad)
    assert draft.faults() == [f"articles/post.yaml:5: `published`: {reason}"]


@pytest.mark.parametrize(
    "bad", ["example.org/two-kinds", "ftp://example.org", "https://", "https:///x", "javascript:alert(1)", "http://a b"]
)
def test_bad_url(draft: Draft, bad: str) -> None:
    draft.replace(POST, "https://example.org/two-kinds", bad)
    assert draft.faults() == [f"articles/post.yaml:6: {URL_PATTERN}"]


# Files that are broken as a whole


@pytest.mark.parametrize("file", [SUMMARY, OUTSIDE, SMALLTALK])
@pytest.mark.parametrize("text", ["# one entry, no list\nid: x\n", "---\njust text\n"])
def test_not_a_list(draft: Draft, file: str, text: str) -> None:
    draft.write(file, text)
    assert draft.faults() == [f"{file}:2: {NO_LIST}"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- id: x\n", "just text\n"])
def test_article_without_keys(draft: Draft, text: str) -> None:
    draft.write("articles/new.yaml", text)
    assert draft.faults() == [f"articles/new.yaml:1: {NO_MAPPING}"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("  related: [horizon\n", "topics/summary.yaml:9: is not valid YAML: did not find expected ',' or ']'"),
        ("\t- tabbed\n", "topics/summary.yaml:8: is not valid YAML: found a tab character that violates indentation"),
        ("---\n- id: x\n", "topics/summary.yaml:8: is not valid YAML: but found another document"),
        ("    - *nobody\n", "topics/summary.yaml:8: is not valid YAML: found undefined alias"),
        (
            "    - why: not: both\n",
            "topics/summary.yaml:8: is not valid YAML: mapping values are not allowed in this context",
        ),
    ],
    ids=["open bracket", "tab", "two documents", "unknown alias", "colon"],
)
def test_broken_yaml(draft: Draft, text: str, fault: str) -> None:
    draft.append(SUMMARY, text)
    assert draft.faults() == [fault]


def test_forbidden_character_is_told_by_its_line(draft: Draft) -> None:
    draft.append(SUMMARY, "    - ring the \a bell\n")
    [fault] = draft.faults()
    assert fault.startswith("topics/summary.yaml:8: is not valid YAML: ")


def test_deeply_nested_yaml(draft: Draft) -> None:
    draft.write(SUMMARY, "[" * 900 + "]" * 900)
    [fault] = draft.faults()
    assert fault.startswith("topics/summary.yaml:1: ")


def test_duplicate_key(draft: Draft) -> None:
    draft.replace(SUMMARY, "  overview: true\n", "  overview: true\n  title: Once more\n  title: And again\n")
    assert draft.faults() == [
        "topics/summary.yaml:4: `title` stands here twice",
        "topics/summary.yaml:5: `title` stands here twice",
    ]


def test_alias(draft: Draft) -> None:
    draft.write(SMALLTALK, "- &first {id: greeting, reply: Hello!, questions: [hi]}\n- *first\n")
    [fault] = draft.faults()
    assert fault.endswith("repeats another part by an alias; write it out")


def test_alias_is_told_where_it_stands(draft: Draft) -> None:
    draft.write(SMALLTALK, "- &first {id: greeting, reply: Hello!, questions: [hi]}\n- *first\n")
    assert draft.faults() == ["smalltalk.yaml:2: repeats another part by an alias; write it out"]


def test_part_that_holds_itself(draft: Draft) -> None:
    draft.write(SMALLTALK, "&all [*all]\n")
    assert draft.faults() == ["smalltalk.yaml:1: repeats another part by an alias; write it out"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_not_utf8(draft: Draft, mark: bytes) -> None:
    draft.write(SUMMARY, mark + VALID[SUMMARY].encode() + "    - what is a café\n".encode("latin-1"))
    assert draft.faults() == ["topics/summary.yaml:8: is not UTF-8 text"]


def test_unreadable_file(draft: Draft) -> None:
    draft.remove(OUTSIDE)
    (draft.folder / OUTSIDE).mkdir()
    assert draft.faults() == [f"outside.yaml:1: cannot be read: {os.strerror(errno.EISDIR)}"]


def test_missing_folder(draft: Draft) -> None:
    missing = Draft(draft.folder / "nowhere")
    assert missing.faults() == [f"{missing.folder}:1: is no folder; a library has `articles` and `topics` in it"]


def test_file_in_place_of_the_folder(draft: Draft) -> None:
    file = Draft(draft.folder / OUTSIDE)
    assert file.faults() == [f"{file.folder}:1: is no folder; a library has `articles` and `topics` in it"]


def test_no_articles(draft: Draft) -> None:
    draft.remove(POST, NOTE)
    assert draft.faults() == ["articles:1: holds no .yaml file"]
    (draft.folder / "articles").rmdir()
    assert draft.faults() == ["articles:1: holds no .yaml file"]


def test_no_topics(draft: Draft) -> None:
    draft.remove(DIFFERENCE, SUMMARY)
    assert draft.faults() == ["topics:1: holds no .yaml file"]
    (draft.folder / "topics").rmdir()
    assert draft.faults() == ["topics:1: holds no .yaml file"]


def test_missing_folders_are_told_at_once(draft: Draft) -> None:
    draft.remove(POST, NOTE, DIFFERENCE, SUMMARY)
    draft.replace(SMALLTALK, "reply", "replies")
    faults = draft.faults()
    assert "articles:1: holds no .yaml file" in faults
    assert "topics:1: holds no .yaml file" in faults
    assert "smalltalk.yaml:2: unknown key `replies`" in faults


def test_library_without_a_topic_is_at_fault(draft: Draft) -> None:
    draft.remove(OUTSIDE)
    draft.write(DIFFERENCE, "# nothing yet\n")
    draft.write(SUMMARY, "[]\n")
    assert draft.faults() != []


# All faults at once


def test_faults_in_several_files_come_at_once_and_in_order(draft: Draft) -> None:
    draft.replace(SUMMARY, "sum it up", "HI")
    draft.append(SUMMARY, "- id: extra\n  title: ''\n  claims: [need-both]\n  questions: [more]\n")
    draft.write(OUTSIDE, "id: pay\n")
    draft.replace(POST, "2009-12-01", "soon")
    draft.replace(POST, "    role: quoted", "    role: boss")
    draft.replace(NOTE, "label", "lable")
    draft.replace(DIFFERENCE, "  aspect: purpose\n", "  aspect: purpose\n  aspect: purpose\n")
    expected = [
        "articles/note.yaml:2: unknown key `lable`",
        "articles/post.yaml:5: `published`: must be a date such as 2009-12-01",
        "articles/post.yaml:10: `role`: input should be 'author', 'quoted' or 'commenter'",
        "outside.yaml:1: must be a list of entries, each beginning with `- id:`",
        'smalltalk.yaml:4: "hi" stands also under `summary`, at topics/summary.yaml:7',
        "topics/difference.yaml:8: `aspect` stands here twice",
        "topics/summary.yaml:8: `answer` is missing",
        "topics/summary.yaml:9: `title`: string should have at least 1 character",
    ]
    assert draft.faults() == expected
    with pytest.raises(LibraryError) as error:
        load_library(draft.folder)
    assert str(error.value) == "\n".join(expected)


def test_faults_reach_another_process(draft: Draft) -> None:
    draft.replace(NOTE, "label", "lable")
    with pytest.raises(LibraryError) as error:
        load_library(draft.folder)
    arrived = pickle.loads(pickle.dumps(error.value))
    assert (str(arrived), arrived.faults) == (str(error.value), error.value.faults)


def test_unknown_names_come_at_once(draft: Draft) -> None:
    draft.replace(DIFFERENCE, "[right-things, need-both]", "[nobody, need-both, nothing]")
    draft.replace(DIFFERENCE, "[horizon]", "[nowhere]")
    draft.replace(OUTSIDE, "[purpose]", "[never]")
    draft.replace(SMALLTALK, "- hi\n", "- sum it up\n")
    assert draft.faults() == [
        "outside.yaml:3: `closest`: there is no topic `never`",
        'smalltalk.yaml:4: "sum it up" stands also under `summary`, at topics/summary.yaml:7',
        "topics/difference.yaml:3: `claims`: there is no claim `nobody`",
        "topics/difference.yaml:3: `claims`: there is no claim `nothing`",
        "topics/difference.yaml:8: `related`: there is no topic `nowhere`",
    ]


def test_names_in_a_broken_entry_are_not_called_unknown(draft: Draft) -> None:
    draft.replace(NOTE, "says: Leaders", "sais: Leaders")
    assert draft.faults() == [
        "articles/note.yaml:4: `says` is missing",
        "articles/note.yaml:5: unknown key `sais`",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "other"),
    [
        (SMALLTALK, "reply: Hello!", "reply: ''", "smalltalk.yaml:2: `reply`: string should have at least 1 character"),
        (
            SUMMARY,
            "id: summary",
            "id: purpose",
            "topics/summary.yaml:1: the topic `purpose` stands already at topics/difference.yaml:1",
        ),
    ],
    ids=["small talk", "duplicate id"],
)
def test_unknown_names_come_with_other_faults(draft: Draft, file: str, old: str, new: str, other: str) -> None:
    draft.replace(DIFFERENCE, "[right-things, need-both]", "[right-things, nobody]")
    draft.replace(file, old, new)
    assert draft.faults() == sorted([other, "topics/difference.yaml:3: `claims`: there is no claim `nobody`"])


def test_empty_entry_comes_with_other_faults(draft: Draft) -> None:
    draft.append(SMALLTALK, "- bye\n-\n")
    assert draft.faults() == [f"smalltalk.yaml:5: {NO_MAPPING}", f"smalltalk.yaml:6: {NO_MAPPING}"]


@given(text=st.text(alphabet="-:[]{}&*!|>'\"#%@~?,. \n\t\0\ufeff\x85aé", max_size=40) | st.binary(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example writes the file anew
def test_any_file_is_read_or_at_fault(draft: Draft, text: str | bytes) -> None:
    draft.write(SMALLTALK, text)
    assert all(fault.startswith("smalltalk.yaml:") for fault in draft.faults())

"""Every quote is in the text of its article, word for word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.knowledge import Article, Claim, KnowledgeBase, LibraryError, check_quotes, without_text


def library(**quotes: list[str | None]) -> KnowledgeBase:
    """A library with these quotes by article; their claims are `claim-1`, `claim-2`, ..."""
    articles = {
        name: Article(
            id=name,
            label="An article",
            claims=tuple(Claim(id=f"claim-{n}", says="This.", quote=quote) for n, quote in enumerate(listed, 1)),
        )
        for name, listed in quotes.items()
    }
    return KnowledgeBase(articles, {}, {}, {})


def faults(texts: Path, **quotes: list[str | None]) -> list[str]:
    return [str(fault) for fault in check_quotes(library(**quotes), texts)]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("They say managers do things right, always.", "managers do things right", True),
        ("“Most don’t,” he said.", '"Most don\'t," he said.', True),
        ('"Most don\'t," he said.', "“Most don’t,” he said.", True),
        ("It’s ‘means’ with ‘ends’.", "It's 'means' with 'ends'.", True),
        ("a post – What Makes an Entrepreneur", "a post - What Makes an Entrepreneur", True),
        ("a post - What Makes an Entrepreneur", "a post — What Makes an Entrepreneur", True),
        ("strong\n    leaders\tand \n\nmanagers", "strong leaders and managers", True),
        ("strong\N{NO-BREAK SPACE}leaders", "strong leaders", True),
        ("Ein Café für 5 €", "Café für 5 €", True),
        ("", None, True),
        ("managers do things right", "managers do the right things", False),
        ("managers do things right", "Managers do things right", False),
        ("managers do things, right", "managers do things right", False),
        ("managers, who are many, do things right", "managers do things right", False),
        ("one-sided", "one sided", False),
        ("", "managers", False),
        ("companies rehire more people", "hire more", False),
        ("managers do things right", "managers do thing", False),
        ("to manage is an artifice", "age is an art", False),
    ],
)
def test_quote_is_found_word_for_word(tmp_path: Path, text: str, quote: str | None, found: bool) -> None:
    (tmp_path / "post.txt").write_text(text, encoding="utf-8")
    missing = f"post.txt:1: the quote of `claim-1` is not in this text: {quote}"
    assert faults(tmp_path, post=[quote]) == ([] if found else [missing])


def test_every_problem_is_reported_for_its_own_article(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("what is a café".encode("latin-1"))
    (tmp_path / "post.txt").write_text("the first and the third", encoding="utf-8")
    (tmp_path / "note.txt").write_text("the second", encoding="utf-8")
    post: list[str | None] = ["the first", "the second", "the third", "the fourth"]
    latin, *wrong = faults(tmp_path, gone=["anything"], latin=["café"], post=post, note=["the first"])
    assert latin == "latin.txt:1: the text of the article `latin` is not UTF-8 text; save it as UTF-8"
    assert wrong == [
        "post.txt:1: the quote of `claim-2` is not in this text: the second",
        "post.txt:1: the quote of `claim-4` is not in this text: the fourth",
        "note.txt:1: the quote of `claim-1` is not in this text: the first",
    ]


def test_articles_without_a_text_are_named_and_not_checked(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("the first", encoding="utf-8")
    knowledge = library(gone=["anything"], post=["the first"], note=[None])
    assert without_text(knowledge, tmp_path) == ["gone", "note"]
    assert list(check_quotes(knowledge, tmp_path)) == []


def test_texts_that_are_no_files_are_errors(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "link.txt").symlink_to("nowhere")
    assert faults(tmp_path, pipe=["x"], folder=["x"], link=["x"]) == [
        "pipe.txt:1: the text of the article `pipe` is not an ordinary file",
        "folder.txt:1: the text of the article `folder` is a folder",
        "link.txt:1: the text of the article `link` is a link to something that does not exist",
    ]


@pytest.mark.parametrize("name", ["nowhere", "a file", "a\0b"])
def test_texts_are_in_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(LibraryError, match=r":1: is not a folder with the articles' texts$"):
        without_text(library(), tmp_path / name)

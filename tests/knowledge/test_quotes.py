"""Each quote stands in the text of its article, word for word."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bot.knowledge import Article, Claim, KnowledgeBase, check_quotes


def quoting(*quotes: str | None, article: str = "post") -> KnowledgeBase:
    """A library of one article with a claim for each quote: `claim-1`, `claim-2`, ..."""
    claims = tuple(Claim(id=f"claim-{n}", says="Something.", quote=quote) for n, quote in enumerate(quotes, start=1))
    return KnowledgeBase({article: Article(id=article, label="An article", claims=claims)}, {}, {}, {})


def faults(knowledge: KnowledgeBase, texts: Path) -> list[str]:
    return [str(fault) for fault in check_quotes(knowledge, texts)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("They say managers do things right, always.", "managers do things right"),
        ("“Most don’t,” he said.", '"Most don\'t," he said.'),
        ('"Most don\'t," he said.', "“Most don’t,” he said."),
        ("It’s ‘means’ with ‘ends’.", "It's 'means' with 'ends'."),
        ("a post – What Makes an Entrepreneur", "a post - What Makes an Entrepreneur"),
        ("a post - What Makes an Entrepreneur", "a post — What Makes an Entrepreneur"),
        ("strong\n    leaders\tand \n\nmanagers", "strong leaders and managers"),
        ("strong\N{NO-BREAK SPACE}leaders", "strong leaders"),
        ("Ein Café für 5 €", "Café für 5 €"),
    ],
)
def test_quote_that_stands_there(tmp_path: Path, text: str, quote: str) -> None:
    (tmp_path / "post.txt").write_text(text, encoding="utf-8")
    assert faults(quoting(quote), tmp_path) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("managers do things right", "managers do the right things"),
        ("managers do things right", "Managers do things right"),
        ("managers do things, right", "managers do things right"),
        ("managers, who are many, do things right", "managers do things right"),
        ("one-sided", "one sided"),
        ("", "managers"),
    ],
    ids=["order", "case", "punctuation", "left out", "dash", "empty text"],
)
def test_quote_that_does_not_stand_there(tmp_path: Path, text: str, quote: str) -> None:
    (tmp_path / "post.txt").write_text(text, encoding="utf-8")
    assert faults(quoting(quote), tmp_path) == [f"post.txt:1: the quote of `claim-1` does not stand here: {quote}"]


def test_every_wrong_quote_is_told(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("the first and the third", encoding="utf-8")
    assert faults(quoting("the first", "the second", "the third", "the fourth"), tmp_path) == [
        "post.txt:1: the quote of `claim-2` does not stand here: the second",
        "post.txt:1: the quote of `claim-4` does not stand here: the fourth",
    ]


def test_claim_without_a_quote_needs_none(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("", encoding="utf-8")
    assert faults(quoting(None), tmp_path) == []


def test_quote_is_sought_in_the_text_of_its_own_article(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("of the post", encoding="utf-8")
    (tmp_path / "note.txt").write_text("of the note", encoding="utf-8")
    articles = {**quoting("of the post").articles, **quoting("of the post", article="note").articles}
    assert faults(KnowledgeBase(articles, {}, {}, {}), tmp_path) == [
        "note.txt:1: the quote of `claim-1` does not stand here: of the post"
    ]


def test_text_that_is_not_there(tmp_path: Path) -> None:
    reason = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(tmp_path / "post.txt"))
    assert faults(quoting("anything"), tmp_path) == [f"post.txt:1: the text of article `post` cannot be read: {reason}"]


def test_text_that_is_not_utf8_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes("what is a café".encode("latin-1"))
    (tmp_path / "post.txt").write_text("of the post", encoding="utf-8")
    articles = {**quoting("café", article="note").articles, **quoting("of the note").articles}
    unreadable, wrong = faults(KnowledgeBase(articles, {}, {}, {}), tmp_path)
    assert unreadable.startswith("note.txt:1: the text of article `note` cannot be read: 'utf-8' codec can't decode")
    assert wrong == "post.txt:1: the quote of `claim-1` does not stand here: of the note"


@pytest.mark.parametrize("quote", ["hire more", "managers do thing", "age is an art"])
def test_quote_is_whole_words(tmp_path: Path, quote: str) -> None:
    text = "As companies rehire more people, managers do things right: to manage is an artifice."
    (tmp_path / "post.txt").write_text(text, encoding="utf-8")
    assert faults(quoting(quote), tmp_path) == [f"post.txt:1: the quote of `claim-1` does not stand here: {quote}"]

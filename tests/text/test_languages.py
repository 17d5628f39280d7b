"""A message in another language is known as such, and English never is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import PROJECT
from bot.text import foreign_language
from tests.conftest import ANY_TEXT

FOREIGN = [
    *(("es", "¿Qué es el pan?"), ("es", "cual es la diferencia entre un pan y un bollo"), ("es", "y quién lo dice")),
    *(("pt", "O QUE É O PÃO"), ("pt", "qual é a diferença entre chá e café"), ("pt", "e um bolo?")),
    *(
        ("fr", "qu’est-ce qu’un pain ?"),
        ("fr", "quelle est la différence entre le thé et le café"),
        ("fr", "et un thé"),
    ),
    *(("de", "was ist ein brot"), ("de", "Wie lange muss der Teig gehen, und warum?"), ("de", "und ein tee")),
    *(("it", "che cosa è il pane"), ("it", "qual è la differenza tra tè e caffè")),
    *(("tr", "ekmek ve çay arasındaki fark nedir"), ("tr", "neden bu kadar")),
    *(("pl", "co to jest chleb"), ("pl", "jaka jest różnica między chlebem a bułką")),
    *(("nl", "wat is een brood"), ("nl", "wat is het verschil tussen thee en koffie")),
    *(("ru", "Что такое хлеб?"), ("ru", "хлеб")),
    *(("ja", "パンとは何ですか"), ("ja", "あああ")),
    *(("ko", "빵이란 무엇인가요?"), ("zh", "面包和茶有什么区别?"), ("zh", "面包"), ("ar", "ما هو الخبز؟")),
    # Who asks about another language's word in English, or in it about an English one, speaks what most words are.
    *(("de", "was ist ein how-to und wer ist ein CEO"), ("ru", "что такое tea")),
]
ENGLISH = [
    "what is bread",
    "what is хлеб",
    "what does パン mean",
    "is it the baker who decides",
    "is he?",
    "no",
    "i do not",
    "déjà vu",
    "raison d'être",
    "bread à la carte",
    "que será será",
    "does the café sell crème brûlée",
    "who is de la mare",
    "per se",
    "die",
    "Führung",
    "hola",
]
NOTHING = ["", " ", "?!", "123", "🍞", "\ud800", "\x00", "xyzzy qwrt", "το ψωμί"]


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_another_language_is_known(language: str, text: str) -> None:
    assert foreign_language(text) == language
    assert foreign_language(f"  {text.upper()} 123 🍞\n") == language


@pytest.mark.parametrize("text", [*ENGLISH, *NOTHING])
def test_what_may_be_english_is_not_foreign(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize("name", ["casual", "professional"])
def test_questions_in_english_are_not_foreign(name: str) -> None:
    lines = (PROJECT / "tests" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["q"] for line in lines]
    assert len(asked) == 140
    assert [text for text in asked if foreign_language(text)] == []


def test_one_word_may_be_a_name_and_two_of_many_a_title() -> None:
    assert foreign_language("der") is None
    assert foreign_language("der das") == "de"
    assert foreign_language("Today Der Spiegel reviews Das Boot again") is None


@given(st.lists(st.sampled_from(["ист", "の", "der ", "the ", "é", "'", " "])).map("".join) | ANY_TEXT)
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert foreign_language(text) in (None, *"es pt fr de it tr pl nl ru ja ko zh ar".split())

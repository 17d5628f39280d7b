"""What the tests of this room share: a small library of food and drink, and matchers that learnt it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.matching import Category, Corpus, Encoder, Kind, Matcher
from tests.learning import learnt_matcher

TEA = "how do i brew tea|how hot should tea be|black tea or green tea|tea from china|a cup of tea|tea with milk"
BREAD = "how long does bread take|why is dough so slow|salt in bread|bread crust|rye bread|a loaf of bread"
CHEESE = "where do i keep cheese|is cheddar old|cheese in a cellar|hard cheese|mould on cheese|slice of cheese"
CARS = "which car is fast|change a tyre|engine oil|park a car|electric cars|car repair|driving lessons"
HELLO = "hello|good morning|hey you|hi there|greetings|good evening"


def category(name: str, texts: str, kind: Kind = Kind.TOPIC, serves: Sequence[str] = ()) -> Category:
    served = frozenset({name, *serves}) if kind is Kind.TOPIC else frozenset[str]()
    return Category(kind, name, tuple(texts.split("|")), served)


LIBRARY = [
    *(category("tea", TEA), category("bread", BREAD), category("cheese", CHEESE)),
    *(category("cars", CARS, Kind.OUTSIDE), category("hello", HELLO, Kind.SMALLTALK)),
]


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """Ranks by words alone."""
    return learnt_matcher(Corpus(LIBRARY))


@pytest.fixture(scope="session")
def understanding(encoder: Encoder) -> Matcher:
    """Ranks by words and meanings."""
    return learnt_matcher(Corpus(LIBRARY), encoder)

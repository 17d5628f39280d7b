"""A small valid library on leadership and management, in a folder of its own, for a test to change."""

from __future__ import annotations

from pathlib import Path

from bot.service import Desk, LiveLibrary, Opener

# Some of it is awkward for Discord on purpose: a title longer than a button's label, an address with
# parentheses, brackets in a link's text, an answer that would ping everyone, a phrasing too long to be a choice.
_FILES = {
    "articles/review.yaml": """\
id: review
title: Two Kinds of Work [part 1]
author: A. Writer
publisher: The Review
published: 2009-12-01
url: https://example.org/work_(part_1)
claims:
  - id: right-things
    speaker: Peter Drucker
    role: quoted
    says: Management does things right, leadership does the right things.
    quote: "doing the right things"
  - id: need-both
    says: A firm needs both of them.
    quote: "One without the other fails."
  - id: upside
    speaker: Bruce Lynn
    role: commenter
    says: Leaders seek the upside, managers limit the downside.
    quote: "optimise the upside"
  - id: downside
    speaker: Bruce Lynn
    role: commenter
    says: Managers limit what can go wrong.
    quote: "minimise the downside"
""",
    "articles/note.yaml": """\
id: note
label: A note on leaders
claims:
  - id: long-view
    says: Leaders look far ahead into the future.
  - id: welcome-change
    says: Leaders welcome change.
    quote: "change is their daily bread"
""",
    "topics/difference.yaml": """\
- id: purpose
  title: Doing things right, doing the right things
  claims: [right-things]
  answer: Management does things *right*; leadership does the *right* things.
  leadership: does the right things
  management: does things right
  aspect: purpose
  related: [risk, both, horizon]
  questions:
    - who said management is doing things right
    - doing things right or doing the right things
    - what did drucker say about doing right
    - the drucker line on right things
    - which of them does the right things
    - is leadership about doing the right things
    - are managers there to do things right
    - drucker quote on management and leadership
- id: risk
  title: How each of the two looks at a risk, at a chance, and at what may come of either of them
  claims: [upside, downside, right-things]
  answer: Leaders seek the upside of a risk, managers limit its downside.
  leadership: seeks the upside
  management: limits the downside
  aspect: risk
  related: [purpose]
  questions:
    - who takes more risks
    - how do they look at risk
    - what does bruce lynn say about the upside
    - do managers limit the downside risk
    - leaders and the upside of a risk
    - is risk a chance for leaders
    - avoiding risks or taking risks
    - upside and downside
- id: both
  title: Why a firm needs both
  claims: [need-both]
  answer: A firm needs both of them, for one without the other fails.
  related: [purpose]
  questions:
    - does a firm need both of them
    - why are both needed
    - can a company live with only one of them
    - is one without the other enough
    - does one fail without the other
    - do companies need both kinds
    - must every business have both
    - needing both in a firm
""",
    "topics/leaders.yaml": """\
- id: horizon
  title: How far leaders look ahead
  claims: [long-view]
  answer: Leaders look far ahead into the future.
  related: [purpose]
  questions:
    - how far ahead do leaders look
    - do leaders think about the future
    - what is a leader's time horizon
    - long term thinking of leaders
    - looking into the future
    - is the future a concern of leaders
    - short view or long view
    - how many years ahead does a leader plan
- id: change
  title: Leaders and change
  claims: [welcome-change]
  answer: Leaders welcome change.
  leadership: welcomes what it brings
  management: guards against it
  aspect: risk
  questions:
    - how do leaders deal with change
    - do leaders like change
    - who wants things to change
    - is change welcome to a leader
    - what of changing everything
    - leaders as agents of change
    - resisting change or welcoming change
    - change and leadership
- id: alarm
  title: Calling everyone
  claims: [need-both]
  answer: In an emergency one calls @everyone and @here.
  questions:
    - how does one raise an alarm
    - whom does one call in an emergency
    - raising the alarm
    - emergency calls
    - is there an alarm bell
    - when do we sound the alarm
    - what is to be done at once by whoever is still in the building when an emergency comes that nobody expected
    - alarm
""",
    "outside.yaml": """\
- id: pay
  reply: The articles say nothing about pay.
  subject: what leaders and managers earn
  closest: [both, horizon]
  questions:
    - what salary does a manager earn
    - how much money do leaders make
    - average salary in germany
    - is a manager paid more
    - what salary can one expect
    - how high is the salary of a manager
- id: cooking
  reply: The articles say nothing about cooking.
  questions:
    - how do i cook pasta
    - a recipe for tomato soup
    - how long must rice boil
    - which oven is best for pizza
    - can i freeze bread
    - what goes into a curry
""",
    "smalltalk.yaml": """\
- id: greeting
  reply: Hello! What would you like to know?
  questions: [hello, hi, hey there, good morning, good evening, hello there, hi bot, greetings]
- id: thanks
  reply: You are welcome.
  questions: [thanks, thank you, many thanks, thank you so much, cheers mate, thanks a lot, much obliged]
""",
}


def write_small_library(folder: Path) -> Path:
    """Write the library, six topics of eight phrasings, into ``folder`` and give that back."""
    for name, text in _FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def shared_cache(folder: Path) -> Path:
    """The folder for what is computed for a library: beside a test's own folder, so all tests of a run share it."""
    return folder.parent / "cache"


def small_desk(folder: Path, per_minute: int | None = None) -> Desk:
    """A desk that answers from the library, written into ``folder``/library, by words alone."""
    library = write_small_library(folder / "library")
    opener = Opener(library, encoder="off", cache=shared_cache(folder))
    return Desk(LiveLibrary(opener, opener.open()), per_minute)


def replace(path: Path, old: str, new: str) -> None:
    """Change the one place in a file that contains ``old``."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} appears {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")

"""What a question asks for, however it is worded."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.assistant import Form
from bot.assistant.forms import Asked, form
from tests.conftest import ANY_TEXT

OPPOSITES = ("baker", "bakers", "cook", "cooks", "baking", "cooking")

QUESTIONS = {
    Form.YES_NO: """
        Do bakers rise early?
        is every cook a baker
        Isn't it the baker who kneads the dough?
        could a cook knead it?
        has anyone said that dough needs salt?
        cooks copy bakers, right?
        cooks don't knead, do they?
        bakers rise early, correct
        true or false: cooks copy bakers
        am I right that bakers rise early
        is it true that all cooks are bakers
        So bakers rise early?
        ok but do bakers rise early
        can you tell me if bakers rise early?
        does anyone know whether bakers rise early?
        according to Tom, do cooks copy bakers?
        on sundays, does a baker work?
        both of them are needed, or not
        Cooks copy the baker's recipes?
        Bakers never rest. Is that what they say?
        My aunt says that bakers rise early. Is she right?
        if it rains, do bakers rise early?
        when dough is cold, does it rise?
        when I say that dough rises slowly, am I right?
        It isn't the case that bakers ask why, is it?
        is it worth knowing which of the two I do better
        are "baker" and "cook" just two words for the same person?
        the line on slow dough, is it by Tom?
        dough is slow, isn't that what the article says?
        can you tell bakers from cooks by what they knead?
        can someone who only cooks learn to bake?
        does Tom say whether baking or cooking is harder
    """,
    Form.STATEMENT: """
        bakers rise long before the sun
        Cooks copy the baker's recipes.
        I think that every cook copies bakers
        Burning is what Tom warns of where nobody watches
        Some bakers cook.
    """,
    Form.OPEN: """
        bakers
        rising early
        what is a baker
        What's the difference between a baker and a cook?
        how do bakers knead
        which recipe does a cook copy
        bakers vs cooks, early or late risers
        early rising or late rising, then?
        Old bakers versus those of today, what's the difference?
        when should dough be salted?
        tell me what a baker does
        I want to know what cooks do
        by when must dough be ready?
        under what conditions does dough rise
    """,
    Form.WHO: """
        who said bread takes its time?
        Who coined the term sourdough
        whose words are these
        who's behind the idea of salting
        do you know who said that dough is slow
        by whom was the remark on salt written
        who says that dough needs salt
        which reader brought up the salt
        I'm after the book on dough. Who wrote it?
        somebody here swears by salt. who was that?
        says who, that dough is slow
    """,
    Form.WHICH: """
        who rises earlier
        who copies whose recipes
        baker or cook, who kneads?
        do bakers or cooks rise early?
        is it the bakers who knead or is it the cooks?
        which of the two kneads
        which one kneads the dough
        baking or cooking: which takes longer
        who takes the long view
        who draws the line
        who has the better idea of salt
        slow kneading: is that a baker's job or a cook's?
        if I want bread, do I look for a baker or a cook?
    """,
    Form.WHEN: """
        when was the post published?
        What year is the article from?
        how old is this article
        since when has Tom said that?
        when did Tom comment
        on what day was it posted
        could you tell me what day Tom chimed in on salt
        I need a timestamp for Tom's remark on dough
        when did Tom coin the word
    """,
    Form.WHY: """
        why do cooks copy bakers
        how come dough rises so slowly?
        what is the reason for the salt
        tell me why both are needed
        Why baking or cooking?
        for what reason is dough salted
        what makes dough rise
        what accounts for the slow rise of dough
        we have a cook already, so why hire a baker
    """,
    Form.SOURCE: """
        where is that from
        which article says that dough needs salt
        source for the line on salt?
        where can I find the bit on salt
        where does Tom mention salt
        link to the part about crusts
        is that from the post or the comments
        where's the bit on salt to be found
        the thing about salt: what's that from
        for my footnote: author and title of the piece on dough?
        the line on salt, where does it stand
    """,
    Form.QUOTE: """
        I need a quotable sentence on dough
        quote the line about doing things right
        give me a quote about dough
        exact words on salt
        what did Tom say verbatim about dough
        Tom's words on dough
        how exactly did Tom put it
        what precisely did Tom say about dough? his own words please
        in his own words, what did Tom say about salt?
        read out the passage on slow dough
        how does the line on dough read in the original
        Tom on dough, word 4 word
        how is the part on salt phrased
        the sentence on crusts, no paraphrasing
    """,
    Form.ONE_LINE: """
        in one sentence, what is a baker?
        what does a cook do, tldr
        baking in a nutshell
        briefly: what do cooks do
        sum baking up in a few words
        what is dough? just one line
        can you boil Tom's view down to one sentence?
        shortest version of Tom's view?
        what's salt good for, ten words or so
        keep it to a line: what do bakers do
    """,
    Form.NUMBER: """
        how many bakers rise early?
        what percentage of cooks bake
        any figures on bakers
        how much salt does dough need
    """,
    Form.EXAMPLE: """
        give me an example of a slow dough
        what would be a concrete example of a bland crust
        for instance?
    """,
    Form.OPINION: """
        what evidence is there that dough is slow
        is there any proof of that
        fact or opinion?
    """,
}
ASKED = [(line.strip(), asked) for asked, lines in QUESTIONS.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("question", "expected"), ASKED)
def test_a_question_has_a_form(question: str, expected: Form) -> None:
    assert form(question, OPPOSITES).form is expected


@pytest.mark.parametrize(("question", "expected"), ASKED)
def test_case_and_what_leads_up_to_a_question_do_not_change_its_form(question: str, expected: Form) -> None:
    assert form(f"OK, AND {question.upper()}", OPPOSITES).form is expected


ORDERS = (
    "explain how dough rises|explain the slow rise of dough|describe a baker's early rise|"
    "compare bakers and cooks by recipe|outline the case for needing salt|summarize Tom's remark about dough|"
    "list the people who salt their dough|tell me about salt in dough|help me understand the rise of dough"
).split("|")


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_states_nothing_that_could_be_confirmed_or_denied(order: str) -> None:
    assert form(order, OPPOSITES).form is Form.OPEN


@pytest.mark.parametrize(("opposites", "expected"), [(OPPOSITES, Form.WHICH), ((), Form.YES_NO)])
def test_only_the_library_knows_which_words_are_opposites(opposites: tuple[str, ...], expected: Form) -> None:
    assert form("do bakers or cooks rise early?", opposites).form is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [(3, Form.OPEN), (4, Form.STATEMENT), (40, Form.STATEMENT), (41, Form.OPEN)],
)
def test_a_statement_is_neither_a_keyword_nor_a_story(words: int, expected: Form) -> None:
    assert form(" ".join(["dough"] * words)).form is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("give me a quote about slow dough", Asked(Form.QUOTE, "slow dough")),
        ("what did Tom say verbatim about dough", Asked(Form.QUOTE, "what did tom say about dough")),
        ("in one sentence: why does dough rise?", Asked(Form.ONE_LINE, "why does dough rise")),
        ("source for the salt in dough, please", Asked(Form.SOURCE, "salt in dough")),
        ("what does a baker do, in one line?", Asked(Form.ONE_LINE, "what does a baker do")),
        ("tldr what does salt do", Asked(Form.ONE_LINE, "what does salt do")),
        # Too little is left to be about anything.
        ("quote, please", Asked(Form.QUOTE)),
        ("put it in one line", Asked(Form.ONE_LINE)),
        ("what's the source of it?", Asked(Form.SOURCE)),
        # Here the request is a part of the question.
        ("how many bakers rise early?", Asked(Form.NUMBER)),
        ("give me an example of a slow dough", Asked(Form.EXAMPLE)),
        ("why does dough rise?", Asked(Form.WHY)),
    ],
)
def test_a_request_is_told_apart_from_what_it_is_about(question: str, expected: Asked) -> None:
    assert form(question, OPPOSITES) == expected


@pytest.mark.parametrize(("begins", "expected"), [("so ", Form.YES_NO), ("", Form.STATEMENT)])
def test_a_conclusion_is_a_question(begins: str, expected: Form) -> None:
    assert form(f"{begins}bakers really rise early", OPPOSITES).form is expected


@given(ANY_TEXT)
def test_any_text_has_a_form(text: str) -> None:
    asked = form(text, OPPOSITES)
    assert isinstance(asked.form, Form)
    assert asked.about == asked.about.strip()

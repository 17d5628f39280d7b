"""Everything that the bot itself says to people, in one place: to speak another language, translate this file.

Answers come from the library; what operators read in the terminal or the log is in the code that writes it.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping

from bot.assistant import Evidence, Reason
from bot.knowledge import About, Article

# Replies

YES = "Yes: {short}"
NO = "No: {short}"
NOT_SO = "That isn't so: {short}"
BECAUSE = "Because {because}"
ALL = "All that the articles say on that: {short}"
NO_REASON = "The article gives no reason."
WHO = "{who}."
NO_AUTHOR = "No author is named: the article is unsigned."
SIDE = "{side}."
SAID_ON, SAID_IN = "On {date}.", "In {date}."
NO_DATE = "The article gives no date."
NO_NUMBER = "The articles give no number for that."
NO_EXAMPLE = "The articles give no example of that."
NO_QUOTATION = "There is no quotation for that."
OPINION = "That is an opinion, or at least I can't tell whether it is true. It comes from {who}."

SUGGEST = "I'm not sure which you mean. Did you mean one of these?"
ABSTAIN = {
    Reason.NOT_COVERED: "I found nothing on that in the articles.",
    Reason.NO_QUESTION: "Ask me anything about {subject}, in your own words.",
    Reason.NOTHING_MORE: "The articles say nothing more on that.",
    Reason.NOT_ENGLISH: "I only read English.",
}
ONLY_ENGLISH = {
    "es": "Solo leo inglés, lo siento.",
    "pt": "Só leio inglês, desculpe.",
    "fr": "Désolé, je ne lis que l’anglais.",
    "de": "Ich lese leider nur Englisch.",
    "it": "Mi dispiace, leggo solo l’inglese.",
    "ru": "Извините, я читаю только по-английски.",
    "tr": "Üzgünüm, yalnızca İngilizce okuyabiliyorum.",
    "pl": "Przepraszam, czytam tylko po angielsku.",
    "nl": "Sorry, ik lees alleen Engels.",
    "ja": "すみません、英語しか読めません。",
    "ko": "죄송합니다. 저는 영어만 읽을 수 있습니다.",
    "zh": "抱歉，我只能看懂英文。",
    "ar": "عذرًا، لا أقرأ إلا الإنجليزية.",
}
TOPIC = "Topic: {title}"
UNDERSTOOD = "Understood as: {text}"
CLOSEST = "Closest topics:"
RELATED = "See also:"
SOURCE = "Source: {citation}"
QUOTATION = "“{quote}”"
_INSIDE = str.maketrans("“”", "‘’")
"""A quotation's own marks, once it stands between others."""

BY = "— {by}"

# Around them

CHOOSE = "Choose a topic"
NUMBERED = "{number}. {text}"
PAGE = "Page {number} of {count}"

# Why an answer was given

WHY = "Why this answer?"
WHY_UNDERSTOOD = "I understood: {text}"
WHY_REPAIRED = "I read “{typed}” as “{meant}”."
WHY_CONTEXT = "I took it as going on from what was said before, and answered with “{title}”."
WHY_NEAREST = "The nearest topic is “{title}”; I am {percent} % sure that it is meant."
WHY_PHRASING = "The nearest question that I know: “{phrasing}”"
WHY_USED = "Words that spoke for it: {words}"
WHY_UNUSED = "Words that I don't know on that topic: {words}"
WHY_OTHERS = "Also near: {topics}"
WHY_LIMITS = "At {answer} % or more I answer; at {suggest} % or more I ask what was meant."

# What the library contains

COMPARISON = "{first} and {second}"
NOT_HELD = "What the articles don't cover"
SAID_BY = "{says} ({by})"
COMPONENT_GONE = "That belongs to an older version of me. Please ask again."
TOPIC_GONE = "That topic is no longer in the library."

# Commands

ABOUT_TITLE = "About me"
KEEPS = "I don't store conversations; /privacy shows what I keep about you, and deletes it."
VERSION = "Version {version}, library {fingerprint}"
NOTHING_TO_SHOW = "The library has nothing of that kind."

PRIVACY_NOTHING = "**About you, I keep nothing.**"
PRIVACY_KEPT = "**About you, I keep:** {kept}"
KEPT = {
    "asked": ("one question that I had no sure answer to", "{count} questions that I had no sure answer to"),
    "feedback": ("what you pressed below one answer", "what you pressed below {count} answers"),
    "introduced": ("that I have introduced myself", "that I have introduced myself"),
    "quoted": ("the last quotation in our conversation", "the last quotation in our conversation"),
}
STORE_UNAVAILABLE = "I can't get at what I keep right now. Please try again in a minute."

# The terminal

CHAT = "Ask anything about {subject}. An empty line starts a new conversation; Ctrl-D ends."


def subject(about: About) -> str:
    """What one can ask about."""
    return about.subject or "the articles"


def introduction(about: About) -> str:
    """What the bot does, and how to ask it."""
    on = f" on {about.subject}" if about.subject else ""
    example = f": for example, *{about.example}*" if about.example else "."
    return (
        f"I answer questions{on} from a small library of articles, and show where each answer comes from. "
        f"Ask me in your own words, here or with `/ask`{example}"
    )


def quotation(text: str) -> str:
    """Somebody's words between quotation marks."""
    return QUOTATION.format(quote=text.translate(_INSIDE))


def citation(article: Article) -> str:
    """Title, author, publisher and date, as far as they are known; what is not known is not invented."""
    by = f"by {article.author}" if article.author else "unsigned"
    named = f"“{article.title}” {by}" if article.title else f"“{article.name}” (our label; it has no title), {by}"
    return ", ".join(part for part in (named, article.publisher, article.published and date(article.published)) if part)


def date(published: str) -> str:
    """A day, a month or a year in words."""
    year, month, day = (*published.split("-"), "", "")[:3]
    return " ".join(filter(None, (day.lstrip("0"), month and calendar.month_name[int(month)], year)))


def said(evidence: Evidence) -> str:
    """A claim in our own words, and who makes it if that is not its article."""
    if evidence.claim.speaker is None:
        return evidence.claim.says
    return SAID_BY.format(says=evidence.claim.says.rstrip("."), by=attribution(evidence))


def kept(counts: Mapping[str, int]) -> str:
    """What is kept about a person, given how many rows there are in each table."""
    said = (KEPT[table][count > 1].format(count=count) for table, count in counts.items())
    return PRIVACY_KEPT.format(kept="; ".join(said)) if counts else PRIVACY_NOTHING


def found_in(evidence: Evidence) -> str:
    """Where a claim is, as a sentence."""
    where = citation(evidence.article)
    match evidence.speaker, evidence.claim.role:
        case speaker, "commenter":
            return f"From a comment by {speaker} on {where}."
        case speaker, "quoted":
            return f"From {where}, which reports {speaker}."
    return f"From {where}."


def attribution(evidence: Evidence) -> str:
    """Who says a claim, and in what role."""
    article = evidence.article.author or "the unsigned article"
    match evidence.speaker, evidence.claim.role:
        case None, _:
            return "the unsigned article"
        case speaker, "quoted":
            # Word for word or not, it is the article that tells us so.
            return f"{speaker}, according to {article}"
        case speaker, "commenter":
            return f"{speaker}, a reader, in the comments"
        case speaker, _:
            return f"{speaker}, the author"

"""Everything that the bot itself says to people, in one place: to speak another language, translate this file.

Answers come from the library; what operators read in the terminal or the log is in the code that writes it.
"""

from __future__ import annotations

import calendar

from bot.assistant import Evidence, Reason
from bot.knowledge import About, Article

# Replies

SUGGEST = "I'm not sure which you mean. Did you mean one of these?"
ABSTAIN = {
    Reason.NOT_COVERED: "I found nothing on that in the articles.",
    Reason.NO_QUESTION: "Ask me anything about {subject}, in your own words.",
    Reason.NOTHING_MORE: "The articles say nothing more on that.",
}
CLOSEST = "Closest topics in the articles:"
RELATED = "See also:"
SOURCE = "Source: {citation}"
SAYS = "{claim} — {by}"
QUOTATION = "“{quote}”"
BY = "— {by}"

# Around them

NO_TEXT = "Discord shows me a message only if it mentions me by name. Ask again with {me} in it, or use `/ask`."
NO_TEXT_THERE = "Discord doesn't show me that message. Paste the question after {me}, or use `/ask`."
FOLLOW_UP = "Follow up"
FOLLOW_UP_FIELD = "Your question"
TOO_FAST = "That was a lot of questions in a minute. Please try again {again}."
COMPONENT_GONE = "That belongs to an older version of me. Please ask again."
TOPIC_GONE = "That topic is no longer in the library."
SORRY = "Sorry, something went wrong on my side. If it happens again, tell an admin: `{reference}`."

# Commands

ASK = "Ask the articles anything"
ASK_QUESTION = "In your own words"
ASK_PRIVATE = "Show the answer only to me"
ADMIN = "For the people who run this bot"
ADMIN_RELOAD = "Reload the library"
ADMINS_ONLY = "Only the people who run this bot can do that."
RELOADED = "Library reloaded in {seconds:.1f} s."
RELOADED_SAME = "Nothing changed."
RELOADED_GOLDEN = "Golden questions passed: {count}."
RELOADED_NAMES = "**{what}:** {names}"
ADDED, CHANGED, REMOVED = "Added", "Changed", "Removed"
RELOAD_FAILED = "The new library has errors, so the old one stays in use."
AND_MORE = "and {count} more"

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


def citation(article: Article) -> str:
    """Title, author, publisher and date, as far as they are known; what is not known is not invented."""
    by = f"by {article.author}" if article.author else "unsigned"
    if article.title:
        named = f"“{article.title}” {by}"
    else:
        named = f"an article without a title, {by} (here called “{article.name}”)"
    return ", ".join(part for part in (named, article.publisher, article.published and date(article.published)) if part)


def date(published: str) -> str:
    """A day, a month or a year in words."""
    year, month, day = (*published.split("-"), "", "")[:3]
    return " ".join(filter(None, (day.lstrip("0"), month and calendar.month_name[int(month)], year)))


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


def more_passages(count: int) -> str:
    """That ``count`` quotations are not shown."""
    return f"and {count} more passage{'s' if count > 1 else ''}"

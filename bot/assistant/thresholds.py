"""From how sure on the bot does what."""

ANSWER_FROM = 0.5
"""From this confidence up, the best topic's answer is given: it is right more often than not."""

SURE_FROM = 0.8
"""From this confidence up, an answer is given to somebody who did not ask the bot."""

CLEAR_FROM = 0.8
"""From this confidence up, a message is clear on its own, even if it begins like a follow-up."""

SPECIFIC_FROM = 0.45
"""From this confidence up, a specific topic goes before an overview: a summary is no answer to a pointed question."""

OVERVIEW_LEAD = 0.01
"""An overview that is more than this much likelier than any specific topic is what was asked for, though."""

SUGGEST_FROM = 0.2
"""From this confidence up, the likeliest topics are offered; below, the articles don't cover the question."""

SMALLTALK_FROM = 0.25
"""From this probability of one kind up, a message counts as small talk of that kind."""

TALK_FROM = 0.4
"""From this probability of all kinds together up, it is small talk, whichever."""

REASON_FROM = 0.4
"""From this probability up, an outside group's reply is given; below, the reason is too uncertain to name."""

UNASKED_FROM = 0.4
"""By how much yes or no must lead before it is said to somebody who didn't ask for it."""

REASON_LEAD = 0.1
"""A topic that gives no reason must be more than this much likelier than one that does before "why ...?" gets it."""

"""English words, and what chats make of them, that say how a question is put."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a about actually after again all also always am an and another any anybody anyone anything are arent as ask at away
    back be became because been before being below better between both but by can cannot cant come could couldnt did
    didnt differ difference different do does doesnt doing done dont down each either else ever every everybody everyone
    everything exactly few find first for from get gets give given go goes going good got had happen happens has hasnt
    have havent having he hed her here hers him his how i id if ill im in instead into is isnt it its itself ive just
    keep kind know last less let lets like little long look lot made main make makes many may maybe me mean means might
    mine more most much must my need needs never new next no nobody none nor not nothing now of off often ok on once one
    ones only or other others our out over own part people person please point put quite rather really right said same
    saw say saying says see seen she should shouldnt show since so some somebody someone something sort still such sure
    take takes talk tell than thanks that thats the their theirs them then there theres these they theyre thing things
    think this those though thought through to together told too toward true truth try trying two u under until up upon
    ur us use used uses using very via want wants was wasnt way ways we well went were werent what whatever whats when
    where wheres whether which while who whom whos whose why will with within without wont word words would wouldnt
    wrong yes yet you your yours youre
    afaik asap bc btw cos cuz dunno eli5 gg gimme gonna gotta hes idk imho imo kinda lemme lmao lmk lol nah ngl ofc omg
    pls plz ppl rly rn shes smh sorta tbh tho thru tldr ty tysm wanna whatcha whys wtf yall yeah yep
    """.split()
)
"""Words that say how a question is put, not what it is about."""

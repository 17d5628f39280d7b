"""A loopback Discord: its REST API and gateway on 127.0.0.1, for tests.

A bot that is pointed at ``api_url`` logs in, hears events and answers, over real
sockets. A test plays the people, and awaits what comes of what they do::

    async with LoopbackDiscord() as server:
        ...  # start the bot, in this process or another, with server.api_url
        await server.gateway.ready()
        alice = server.person("alice")
        hall = server.text_channel(server.guild("Keep", [alice]), "hall")
        asked = await alice.slash("ask", {"question": "why?"}, channel=hall)
        assert "because" in (await asked.answer()).text
        assert server.refused == []
"""

from .discord_server import LoopbackDiscord
from .handles import Outcome, Said
from .limits import Limit
from .messages import Button, Flags, Message
from .people import Person
from .places import Channel, Guild, User
from .record import Request
from .rules import Answer

__all__ = [
    "Answer",
    "Button",
    "Channel",
    "Flags",
    "Guild",
    "Limit",
    "LoopbackDiscord",
    "Message",
    "Outcome",
    "Person",
    "Request",
    "Said",
    "User",
]

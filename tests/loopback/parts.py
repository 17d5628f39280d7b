"""The parts of the loopback, put together for people and the REST API to use."""

from __future__ import annotations

from .board import Board
from .commands import Commands
from .gateway import Gateway
from .interactions import Interactions
from .places import Places
from .world import World


class Parts:
    """One Discord: what exists, what the bot hears, and what it has registered and answered."""

    def __init__(self, token: str, *, message_content: bool) -> None:
        self.world = World()
        self.commands = Commands(self.world)
        self.gateway = Gateway(self.world, token, message_content=message_content)
        self.board = Board(self.world, self.gateway)
        self.places = Places(self.world, self.gateway)
        self.interactions = Interactions(self.world, self.board)

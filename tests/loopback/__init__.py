"""A loopback Discord: its REST API and gateway on 127.0.0.1, for tests of a real discord.py client.

README.md says how to use it, what it refuses and what it leaves out.
"""

from . import intents, permissions
from .accounts import Role, User
from .display import Button, Option, Select, walk
from .files import File, Picture
from .interaction import Interaction
from .mentions import EVERYONE, USER_MENTION, Allowed, set_pings
from .messages import Flags, Message
from .people import Person
from .rules import POST_FLAGS, Answer, check_new_message
from .server import LoopbackDiscord
from .signals import Signal
from .speakers import Said
from .wire import Json, Request, Upload
from .world import Channel, Guild

__all__ = [
    "EVERYONE",
    "POST_FLAGS",
    "USER_MENTION",
    "Allowed",
    "Answer",
    "Button",
    "Channel",
    "File",
    "Flags",
    "Guild",
    "Interaction",
    "Json",
    "LoopbackDiscord",
    "Message",
    "Option",
    "Person",
    "Picture",
    "Request",
    "Role",
    "Said",
    "Select",
    "Signal",
    "Upload",
    "User",
    "check_new_message",
    "intents",
    "permissions",
    "set_pings",
    "walk",
]

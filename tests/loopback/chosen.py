"""What people choose of what a component offers them, and how Discord tells the bot."""

from __future__ import annotations

from collections.abc import Sequence

from .accounts import Role, User
from .choices import CHECKBOX_GROUP, OFFERED
from .wire import Json
from .world import Channel

Choice = str | User | Role | Channel


class Choosing:
    """A person who chooses in a channel; ``resolved`` has whom and what they have chosen until now."""

    def __init__(self, person: User, channel: Channel) -> None:
        self.resolved: Json = {}
        self._person = person
        self._channel = channel
        self._guild = channel.guild

    def choose(self, part: Json, values: object, *, optional: bool = False) -> list[str]:
        """Choose ``values`` in a component; gives them as they are sent.

        Raises ValueError for what it does not offer, or for too few or too many.
        """
        custom_id = part["custom_id"]
        if isinstance(values, str) or not isinstance(values, Sequence):
            raise ValueError(f"{custom_id} takes a list, not {values!r}")
        usual = len(part["options"]) if part["type"] == CHECKBOX_GROUP else 1
        low, high = part.get("min_values"), part.get("max_values") or usual
        low = 1 if low is None else low
        if (values or not optional) and not low <= len(values) <= high:
            raise ValueError(f"{custom_id} takes {low} to {high}, not {len(values)}")
        if len(set(values)) < len(values):
            raise ValueError(f"{custom_id} takes nothing twice: {values}")
        return [self._chosen(part, value) for value in values]

    def by_default(self, part: Json) -> list[Choice]:
        """What is chosen in a component before anybody touches it."""
        if "options" in part:
            return [option["value"] for option in part["options"] if option.get("default")]
        return [found for default in part.get("default_values") or () if (found := self._found(default)) is not None]

    def _chosen(self, part: Json, value: Choice) -> str:
        if isinstance(value, str):
            if value not in [option["value"] for option in part.get("options") or ()]:
                raise ValueError(f"{part['custom_id']} does not offer {value!r}")
            return value
        kind, is_here = self._kind(value)
        types = part.get("channel_types")
        wrong_type = types and isinstance(value, Channel) and value.type not in types
        if kind not in OFFERED.get(part["type"], ()) or not is_here or wrong_type:
            raise ValueError(f"{part['custom_id']} does not offer {value.name}")
        self._resolve(f"{kind}s", value)
        return str(value.id)

    def _kind(self, value: User | Role | Channel) -> tuple[str, bool]:
        """What Discord calls it, and whether it is in this place."""
        if isinstance(value, User):
            return "user", self._channel.has(value)
        guild = self._guild
        if isinstance(value, Role):
            return "role", guild is not None and value in guild.roles
        return "channel", guild is not None and value in (*guild.channels, *guild.threads)

    def _resolve(self, kinds: str, value: User | Role | Channel) -> None:
        guild, key = self._guild, str(value.id)
        self._add(kinds, key, value.payload())
        if guild is not None and isinstance(value, User):
            rights = str(guild.permissions_of(value))
            self._add("members", key, guild.member_payload(value) | {"permissions": rights})
        if guild is not None and isinstance(value, Channel):
            self.resolved[kinds][key]["permissions"] = str(guild.permissions_of(self._person))

    def _add(self, kinds: str, key: str, payload: Json) -> None:
        self.resolved.setdefault(kinds, {})[key] = payload

    def _found(self, default: Json) -> Choice | None:
        """Whom or what a default value means, if they are still here."""
        guild, channel = self._guild, self._channel
        here: list[User | Role | Channel] = list(channel.recipients)
        if guild is not None:
            here = [*guild.members.values(), *guild.roles, *guild.channels, *guild.threads]
        return next((one for one in here if str(one.id) == str(default["id"])), None)

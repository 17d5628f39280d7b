"""INTERACTION_CREATE: all that Discord tells the bot when a person uses it."""

from __future__ import annotations

from . import permissions
from .interactions import Interaction
from .places import Channel, Context, Guild, User
from .wire import Json

ATTACHMENT_LIMIT = 10 * 1024 * 1024


def interaction_event(interaction: Interaction, data: Json, bot: User, application_id: int) -> Json:
    """The event of one interaction; ``data`` is what was typed, pressed or chosen."""
    person, channel = interaction.person, interaction.channel
    event: Json = {
        "id": str(interaction.id),
        "application_id": str(application_id),
        "type": int(interaction.asked),
        "version": 1,
        "token": interaction.token,
        "data": data,
        "channel_id": str(channel.id),
        "channel": channel.payload(bot),
        "context": int(channel.context(bot)),
        "authorizing_integration_owners": interaction.owners,
        "app_permissions": str(_app_permissions(channel, bot)),
        "attachment_size_limit": ATTACHMENT_LIMIT,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "locale": person.locale,
    }
    if interaction.used_message is not None:
        event["message"] = interaction.used_message.payload(bot)
    if channel.guild is None:
        return event | {"user": person.payload()}
    event["channel"]["permissions"] = str(channel.guild.permissions_of(person))
    return event | _in_guild(channel.guild, person)


def _in_guild(guild: Guild, person: User) -> Json:
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": {
            **guild.member_payload(),
            "user": person.payload(),
            "permissions": str(guild.permissions_of(person)),
        },
    }


def _app_permissions(channel: Channel, bot: User) -> int:
    if channel.guild is not None and channel.holds(bot):
        return channel.bot_permissions
    in_own_dm = channel.context(bot) is Context.BOT_DM
    return permissions.APP_IN_DM if in_own_dm else permissions.APP_ABROAD

"""Decides how far a sink may reach: whether into the server's own network, which an administrator answers for."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from homestretch.flow.runtime.context import Context
from homestretch.net.reach import Reach, addresses
from homestretch.settings import OPTIONS
from homestretch.store.database import Reader
from homestretch.store.queries.accounts import chosen_option, count_accounts, is_admin
from homestretch.store.queries.sinks import StoredSink
from homestretch.store.scope import Scope

SETTING = next(option for option in OPTIONS if option.key == "private_sinks")
PORTS: Mapping[str, int] = {"http": 80, "https": 443, "mqtt": 1883, "mqtts": 8883}


def reach_of(context: Context, row: StoredSink) -> Reach:
    """Return how far a sink may reach today."""
    with context.database.read() as reader:
        return _reach(context, reader, by_admin=row.by_admin)


def reach_of_channel(context: Context, *, by_admin: bool) -> Reach:
    """Return how far a channel of notifications may reach today."""
    with context.database.read() as reader:
        return _reach(context, reader, by_admin=by_admin)


def reach_of_admins(context: Context) -> Reach:
    """Return how far a connection may reach that only administrators can set up."""
    with context.database.read() as reader:
        return _reach(context, reader, by_admin=True)


def must_reach(context: Context, scope: Scope, settings: Mapping[str, str]) -> bool:
    """Check the address of a sink that somebody sets; return whether an administrator does, or a command on the server.

    A name that leads nowhere yet passes: it is checked again with each connection. Raises PrivateAddress,
    ReservedAddress.
    """
    with context.database.read() as reader:
        by_admin = scope.account_id is None or is_admin(reader, scope.account_id)
        reach = _reach(context, reader, by_admin=by_admin)
    parts = urlsplit(settings.get("url", ""))
    if parts.hostname:
        try:
            addresses(parts.hostname, parts.port or PORTS.get(parts.scheme, 80), reach)
        except OSError:
            return by_admin
    return by_admin


def _reach(context: Context, reader: Reader, *, by_admin: bool) -> Reach:
    who = context.settings.locked(SETTING) or chosen_option(reader, SETTING.key)
    if who is None:
        who = "admins" if count_accounts(reader) > 1 else "everyone"
    return "private" if who == "everyone" or (who == "admins" and by_admin) else "public"

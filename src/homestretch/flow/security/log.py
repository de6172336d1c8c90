"""Writes the security log, in the transaction of what happened: the one place that does."""

import ipaddress

from homestretch.flow.runtime.context import Actor, Context
from homestretch.model.moment import DAY_MS
from homestretch.model.security.events import Details, Kind, Method
from homestretch.store.database import Writer
from homestretch.store.queries.security_events import (
    NewEvent,
    add_event,
    count_event,
    forget_addresses,
    rows_of_refusals,
)

HOUR_MS = 3_600_000
#: So many rows of refusals a day name a network; what comes above that is counted without one, so that a flood from
#: everywhere can't fill the disk.
MOST_REFUSALS = 1000


def network_of(address: str) -> str:
    """Return the network of an address, which tells where somebody was and not who; empty for what is no address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def record(
    session: Writer,
    context: Context,
    kind: Kind,
    *,
    account: int | None = None,
    athlete: int | None = None,
    actor: Actor | None = None,
    details: Details | None = None,
) -> None:
    """Keep that something happened to an account or about an athlete, by `actor`, if not by whoever the context is of.

    Details never hold a secret, a value of health, or what people write.
    """
    by = actor or context.actor
    event = NewEvent(kind, by.method, by.account_id, account, athlete, network_of(by.address), details or {})
    add_event(session, event, context.clock())


def record_export(context: Context, athlete: int) -> None:
    """Keep that an athlete was exported, which changes nothing else; a store on a read-only disk keeps nothing."""
    if context.database.frozen:
        return
    with context.database.write() as session:
        record(session, context, "athlete_exported", athlete=athlete)


def record_refusal(context: Context, method: Method, account: int | None, address: str) -> None:
    """Keep that a sign-in was refused, to an account where its name was right.

    Those of an hour from one network are one row. The name is not kept: now and then it is a password.
    """
    now, network = context.clock(), network_of(address)
    with context.database.write() as session:
        if rows_of_refusals(session, now - now % DAY_MS) >= MOST_REFUSALS:
            network, account = "", None
        event = NewEvent("sign_in_refused", method, None, account, None, network, {})
        count_event(session, event, now, f"{method} {account or ''} {network} {now // HOUR_MS}")


def forget_account(session: Writer, context: Context, account: int) -> None:
    """Keep that an account is deleted, and forget from where it did things; its name goes with its own row."""
    forget_addresses(session, account)
    record(session, context, "account_deleted", account=account)

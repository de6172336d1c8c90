"""Notifications: left once, seen and put away by each account for itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, exists, insert, select

from homestretch.errors import NotFound
from homestretch.flow.runtime.context import Context
from homestretch.store.database import Writer
from homestretch.store.queries.notices import abouts, add_for_account, dismiss, forget, see, see_one
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import notifications


def notify(session: Writer, row: Row[Any], now: int, code: str, details: Mapping[str, Any]) -> None:
    """Leave the athlete a notice about a connection, unless the same one is there unread."""
    same = (
        (notifications.c.connection_id == row.id) & (notifications.c.code == code) & notifications.c.seen_ms.is_(None)
    )
    if not session.scalar(select(exists().where(same))):
        notice = {"athlete_id": row.athlete_id, "connection_id": row.id, "at_ms": now, "code": code}
        session.run(
            insert(notifications).values(**notice, details={"label": row.label, "source": row.source, **details})
        )


def remind(session: Writer, athlete_id: int, now: int, code: str, details: Mapping[str, Any]) -> int:
    """Leave the athlete a notice that is about no connection; return its number."""
    return session.add(insert(notifications).values(athlete_id=athlete_id, at_ms=now, code=code, details=dict(details)))


def announce(
    session: Writer, athlete_id: int, now: int, code: str, about: str, details: Mapping[str, Any],
    *, by: int | None = None,
) -> None:  # fmt: skip
    """Leave the athlete a notice about one thing, instead of an earlier one; the same one stays, read or not.

    The account `by` which it came about has seen it: nothing is sent to whoever did it.
    """
    before = _notices(session, athlete_id, code, about)
    said = {"about": about, **details}
    if [row.details for row in before] == [said]:
        return
    withdraw(session, athlete_id, code, about)
    made = remind(session, athlete_id, now, code, said)
    if by is not None:
        see_one(session, by, made, now)


def withdraw(session: Writer, athlete_id: int, code: str, about: str) -> None:
    """Take back the notice about one thing: it holds no more."""
    gone = [row.id for row in _notices(session, athlete_id, code, about)]
    session.run(delete(notifications).where(notifications.c.id.in_(gone)))


def _notices(session: Writer, athlete_id: int, code: str, about: str) -> list[Row[Any]]:
    mine = (notifications.c.athlete_id == athlete_id) & (notifications.c.code == code)
    rows = session.rows(select(notifications.c.id, notifications.c.details).where(mine))
    return [row for row in rows if row.details.get("about") == about]


def warn(session: Writer, account_id: int, now: int, code: str, details: Mapping[str, object]) -> None:
    """Leave an account a notice about itself, unless one of its kind about the same is there unread."""
    unread = abouts(session, account_id, code, unread=True).values()
    if details.get("about") is None or details["about"] not in unread:
        add_for_account(session, account_id, now, code, details)


def unwarn(session: Writer, account_id: int, code: str, about: str) -> None:
    """Take back what an account was warned of: it holds no more."""
    found = abouts(session, account_id, code)
    forget(session, [number for number, what in found.items() if what == about])


def see_all(context: Context, scope: Scope) -> None:
    """Take the notices that the account is shown for read."""
    scope.must("notifications: edit")
    with context.database.write() as session:
        see(session, scope, context.clock())


def remove(context: Context, scope: Scope, notice: int) -> None:
    """Put a notice away, for this account only. Raises NotFound."""
    scope.must("notifications: edit")
    with context.database.write() as session:
        if not dismiss(session, scope, notice, context.clock()):
            raise NotFound(what="notice", id=notice)

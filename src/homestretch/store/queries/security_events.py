"""Keeps and reads the security log."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, and_, false, func, insert, or_, select, true, update

from homestretch.model.security.events import Details, Kind, Method
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import accounts, athletes, grants
from homestretch.store.tables.saved import security_events as events

#: So long an event is kept.
KEEP_MS = 400 * 86_400_000


class NewEvent(NamedTuple):
    """An event to keep, see the table."""

    kind: Kind
    method: Method
    by_account: int | None
    about_account: int | None
    about_athlete: int | None
    address: str
    details: Details


@dataclass(frozen=True, slots=True)
class Which:
    """Which events are meant: everybody's, or those of an account or about an athlete; of some kinds, by or about one.

    Of an account are those that it did and those that were done to it.
    """

    of_account: int | None = None
    of_athlete: int | None = None
    kinds: Collection[Kind] = ()
    account: int | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event. Names are None where an account or an athlete is gone, or not for whoever asks to see."""

    id: int
    at_ms: int
    kind: Kind
    method: Method
    by_account: int | None
    by_name: str | None
    about_account: int | None
    about_name: str | None
    about_athlete: int | None
    athlete_name: str | None
    address: str
    details: Details
    count: int


def add_event(session: Writer, new: NewEvent, now: int) -> None:
    """Keep an event."""
    session.run(insert(events), {**new._asdict(), "at_ms": now, "count": 1})


def count_event(session: Writer, new: NewEvent, now: int, together: str) -> None:
    """Keep one more of the events that are kept together."""
    session.insert_new(events, [{**new._asdict(), "at_ms": now, "count": 0, "together": together}])
    session.run(update(events).where(events.c.together == together).values(count=events.c.count + 1))


def rows_of_refusals(reader: Reader, since_ms: int) -> int:
    """Return how many rows there are since then of events that are kept together."""
    mine = (events.c.at_ms >= since_ms) & events.c.together.is_not(None)
    return int(reader.scalar(select(func.count()).select_from(events).where(mine)) or 0)


def forget_addresses(session: Writer, account_id: int) -> None:
    """Forget from where a deleted account did things, and from where somebody tried to sign in to it."""
    alone = events.c.by_account.is_(None) & (events.c.about_account == account_id)
    session.run(update(events).where(or_(events.c.by_account == account_id, alone)).values(address=""))


def events_before(reader: Reader, which: Which, before: int | None, limit: int) -> list[StoredEvent]:
    """Return events, the newest first; with `before` only those that came before that one."""
    doer, about = accounts.alias("doer"), accounts.alias("about")
    # Somebody who has left an athlete learns its name no more.
    seen = true() if which.of_account is None else grants.c.account_id.is_not(None)
    mine = (grants.c.athlete_id == events.c.about_athlete) & (grants.c.account_id == which.of_account)
    query = (
        select(
            events,
            doer.c.username.label("by_name"),
            about.c.username.label("about_name"),
            athletes.c.name.label("athlete_name"),
        )
        .outerjoin(doer, doer.c.id == events.c.by_account)
        .outerjoin(about, about.c.id == events.c.about_account)
        .outerjoin(grants, mine if which.of_account is not None else false())
        .outerjoin(athletes, and_(athletes.c.id == events.c.about_athlete, seen))
        .where(*_where(which))
        .order_by(events.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(events.c.id < before)
    return [_stored(row) for row in reader.rows(query)]


def count_events(reader: Reader, which: Which) -> int:
    """Return how many events there are."""
    return int(reader.scalar(select(func.count()).select_from(events).where(*_where(which))) or 0)


def _where(which: Which) -> list[ColumnElement[bool]]:
    named = (account for account in (which.of_account, which.account) if account is not None)
    found = [or_(events.c.by_account == account, events.c.about_account == account) for account in named]
    if which.of_athlete is not None:
        found.append(events.c.about_athlete == which.of_athlete)
    if which.kinds:
        found.append(events.c.kind.in_(which.kinds))
    return found


def _stored(row: Row[tuple[object, ...]]) -> StoredEvent:
    return StoredEvent(**{name: row._mapping[name] for name in StoredEvent.__slots__})

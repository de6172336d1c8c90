"""Reads and marks what a provider has, item by item, as a sync goes through it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.tables.kept import arrivals, connections
from homestretch.store.tables.ops import remote_items

#: The key of an item of which there is one alone.
WHOLE = "all"
#: The note of an item that the provider still worked on.
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class KnownStatus:
    """What a provider said of its state before the last run that went on, and on which local day that was."""

    mark: str
    day: str
    at_ms: int
    details: Mapping[str, object]


def known_status(reader: Reader, connection_id: int, kind: str) -> KnownStatus | None:
    """Return what was last written down of a provider's state, or None."""
    this = (remote_items.c.connection_id == connection_id) & (remote_items.c.kind == kind)
    row = reader.row(select(remote_items).where(this, remote_items.c.key == WHOLE))
    return None if row is None else KnownStatus(row.version or "", row.until, row.at_ms, row.details)


def has_items_left(reader: Reader, connection_id: int) -> bool:
    """Return whether a run would find anything to fetch that an earlier one left."""
    left = (remote_items.c.connection_id == connection_id) & (remote_items.c.state == "wanted")
    return bool(reader.scalar(select(exists().where(left))))


def adopt_taken_over(session: Writer, athlete_id: int, source: str) -> None:
    """Mark the files as fetched that are here already, taken over from another system that had fetched them.

    Activities that were only typed in have no file, so theirs are still fetched.
    """
    came = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == source)
    taken = came & (arrivals.c.provider_key == remote_items.c.key) & arrivals.c.connection_id.is_(None) & in_force()
    of_file = taken & ~arrivals.c.path.endswith(".json")
    digest = select(func.max(arrivals.c.digest)).where(of_file).correlate(remote_items).scalar_subquery()
    mine = (connections.c.athlete_id == athlete_id) & (connections.c.source == source)
    open_ones = (remote_items.c.connection_id.in_(select(connections.c.id).where(mine))) & remote_items.c.digest.is_(
        None
    )
    wanted = open_ones & (remote_items.c.kind == "activity") & (remote_items.c.state == "wanted") & digest.is_not(None)
    session.run(update(remote_items).where(wanted).values(state="have", digest=digest))


def put_status(
    session: Writer, connection_id: int, kind: str, day: str, mark: str, details: Mapping[str, object], now: int
) -> None:
    """Write down what a provider said of its state before a run, on a local day."""
    row = {
        "connection_id": connection_id,
        "kind": kind,
        "key": WHOLE,
        "since": day,
        "until": day,
        "version": mark,
        "state": "have",
        "form": "json",
        "digest": None,
        "tries": 0,
        "note": None,
        "details": dict(details),
        "at_ms": now,
    }
    session.put(remote_items, [row])


def first_day_with_data(reader: Reader, connection_id: int, kinds: Collection[str]) -> str | None:
    """Return the first day of the items of these kinds that the provider had, or may have, something of."""
    mine = (remote_items.c.connection_id == connection_id) & remote_items.c.kind.in_(kinds)
    first: str | None = reader.scalar(
        select(func.min(remote_items.c.until)).where(mine, remote_items.c.state.in_(("have", "failed")))
    )
    return first


def leave_out_before(session: Writer, connection_id: int, kinds: Collection[str], day: str, now: int) -> None:
    """Want nothing of these kinds that ends on a day or before it: the provider has nothing from so long ago."""
    mine = (remote_items.c.connection_id == connection_id) & remote_items.c.kind.in_(kinds)
    old = (remote_items.c.state == "wanted") & (remote_items.c.until <= day)
    session.run(update(remote_items).where(mine, old).values(state="none", note="before_all", at_ms=now))


def forget_wanted(session: Writer, connection_id: int, kind: str) -> None:
    """Want no more items of a kind."""
    mine = (remote_items.c.connection_id == connection_id) & (remote_items.c.kind == kind)
    session.run(delete(remote_items).where(mine, remote_items.c.state.in_(("wanted", "failed"))))

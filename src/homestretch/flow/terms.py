"""Keeps to providers' terms, in this one place: what is only lent lies apart, lapses by its day, and goes at once
with the sign-in.
"""

from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, select, update

from homestretch.flow.world import World
from homestretch.sources import Listed, Source, sources
from homestretch.sources._seen import digest_only
from homestretch.store.database import Writer
from homestretch.store.lent import LAPSED, keep_lent
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import entries, lent, standings

DAY_MS = 86_400_000
#: What is lent is listed anew so long before it would lapse, so that there is always something to show.
EARLY_MS = DAY_MS


def lent_ms(source: Source) -> int | None:
    """Return for how many milliseconds we may keep what a source tells, or None: for ever."""
    return None if source.terms.keep_days is None else source.terms.keep_days * DAY_MS


def is_lent(key: str) -> bool:
    """Return whether what a source of this key tells is only lent."""
    source = sources().get(key)
    return source is not None and lent_ms(source) is not None


def whole_every(source: Source, usual_ms: int) -> int:
    """Return how often everything that a source has is listed: in time for what is lent."""
    kept = lent_ms(source)
    return usual_ms if kept is None else max(0, min(usual_ms, kept - EARLY_MS))


def lend(session: Writer, connection: Row[Any], listed: Listed, now: int) -> bool:
    """Keep a page of a list for as long as we may; return whether there is an end to that."""
    kept = lent_ms(sources()[connection.source])
    if kept is None:
        return False
    keep_lent(session, connection.id, listed.answer.name, listed.answer.data, now, now + kept)
    return True


def shown_in_log(key: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Return what a line of the log may say of an entry: of what is lent, only its key."""
    return {"key": facts.get("key")} if is_lent(key) else facts


def seen_there(key: str, value: Any) -> Any:
    """Return what a proposal may keep of what a field said at a source: of what is lent, only a digest."""
    return digest_only(value) if is_lent(key) else value


def lapsing(world: World) -> list[tuple[int, int]]:
    """Return (connection, milliseconds for which we may keep it) of those of which something is overdue."""
    found = []
    with world.database.read() as reader:
        lenders = [source.key for source in sources().values() if lent_ms(source) is not None]
        mine = select(connections.c.id, connections.c.source).where(connections.c.source.in_(lenders))
        for row in reader.rows(mine.order_by(connections.c.id)):
            kept = lent_ms(sources()[row.source]) or 0
            pages, told = _overdue(row.id, world.clock(), kept)
            if reader.scalar(select(exists().where(pages))) or reader.scalar(select(exists().where(told))):
                found.append((row.id, kept))
    return found


def _overdue(connection_id: int, now: int, kept: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what is so of pages and of entries whose time is up, or that were listed by a clock that went ahead."""
    pages = (lent.c.connection_id == connection_id) & (
        (lent.c.expires_ms <= now) | (lent.c.expires_ms > now + kept + DAY_MS)
    )
    told = (entries.c.connection_id == connection_id) & (entries.c.state != LAPSED["state"])
    return pages, told & ((entries.c.at_ms <= now - kept) | (entries.c.at_ms > now + DAY_MS))


def lapse(world: World) -> None:
    """Take away what was lent for longer than its terms let us keep it; the keys stay, and a new listing tells anew."""
    due = lapsing(world)
    for connection_id, kept in due:
        with world.database.write() as session:
            pages, told = _overdue(connection_id, world.clock(), kept)
            session.run(delete(lent).where(pages))
            if session.run(update(entries).where(told).values(dict(LAPSED))):
                mine = standings.c.connection_id == connection_id
                session.run(update(standings).where(mine).values(whole_ms=None))  # so that all of it is listed
    if due:
        world.database.leave_no_trace()


def give_back(session: Writer, connection_id: int) -> None:
    """Take away at once all that a connection was lent, and whose it is."""
    for table in (lent, entries):
        session.run(delete(table).where(table.c.connection_id == connection_id))
    mine = connections.c.id == connection_id
    name = sources()[session.scalar(select(connections.c.source).where(mine))].name
    session.run(update(connections).where(mine).values(person={}, label=name))

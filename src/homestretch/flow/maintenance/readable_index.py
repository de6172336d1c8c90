"""The readable index of the archive, made again from what is known of arrivals."""

from sqlalchemy import select

from homestretch.archive.index import Line, index_text
from homestretch.flow.runtime.context import Context
from homestretch.model.moment import iso
from homestretch.store.tables.kept import arrivals, athletes, originals


def write_index(context: Context) -> None:
    """Write the readable index of the archive again: a line for each arrival of what was not deleted for good."""
    context.archive.index.rewrite(_lines(context))


def index_of(context: Context, athlete_id: int) -> bytes:
    """Return the readable index of one athlete's originals."""
    return index_text(_lines(context, athlete_id)).encode()


def _lines(context: Context, athlete_id: int | None = None) -> list[Line]:
    shown = (arrivals.c.digest, originals.c.size, arrivals.c.fetched_ms, athletes.c.name, arrivals.c.path)
    query = (
        select(*shown)
        .join(originals, originals.c.digest == arrivals.c.digest)
        .join(athletes, athletes.c.id == arrivals.c.athlete_id)
        .where(arrivals.c.purged_ms.is_(None))
        .order_by(arrivals.c.id)
    )
    if athlete_id is not None:
        query = query.where(arrivals.c.athlete_id == athlete_id)
    with context.database.read() as reader:
        rows = reader.rows(query)
    return [(row.digest, row.size, iso(row.fetched_ms) or "", row.name, row.path) for row in rows]

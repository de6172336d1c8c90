"""Derives again what today's code would derive otherwise: originals without an outcome at its version."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, select

from homestretch.flow.activities import forget
from homestretch.flow.commit import keep_outcomes
from homestretch.flow.decoders import Decoders
from homestretch.flow.lease import lease
from homestretch.flow.person import person_of
from homestretch.flow.prepare import Prepared, Work, current_versions
from homestretch.flow.reckon import Person
from homestretch.flow.world import World
from homestretch.sources import sources
from homestretch.store.arrivals import earlier, names_of, replaced
from homestretch.store.tables.columns import derived_metadata
from homestretch.store.tables.derived import outcomes
from homestretch.store.tables.kept import arrivals

COMMIT_EVERY = 64


def stale(athlete_id: int | None = None) -> Select[Any]:
    """Return the query for the arrivals of what has no outcome of today's code, and that no later answer replaces."""
    fresh = outcomes.c.version.in_(list(current_versions().values()))
    mine = (outcomes.c.athlete_id == arrivals.c.athlete_id) & (outcomes.c.digest == arrivals.c.digest) & fresh
    query = (
        select(arrivals)
        .outerjoin(outcomes, mine)
        .where(arrivals.c.undone_ms.is_(None), arrivals.c.purged_ms.is_(None), outcomes.c.digest.is_(None))
        .where(~replaced())
        .order_by(arrivals.c.id)
    )
    return query if athlete_id is None else query.where(arrivals.c.athlete_id == athlete_id)


def stale_athletes(world: World) -> list[int]:
    """Return the athletes for whom something is to be derived."""
    with world.database.read() as reader:
        ids = stale().with_only_columns(arrivals.c.athlete_id).order_by(None).distinct()
        return [row.athlete_id for row in reader.rows(ids)]


def rederive(world: World, athlete_id: int, decoders: Decoders, wait_s: float = 0.0) -> int:
    """Derive what is to be derived for the athlete; return how many originals that was. Raises Occupied."""
    with lease(world, f"derive:{athlete_id}", wait_s=wait_s) as held:
        with world.database.read() as reader:
            came: dict[str, list[Row[Any]]] = {}
            for row in reader.rows(stale(athlete_id)):
                came.setdefault(row.digest, []).append(row)
            names: dict[str, set[str]] = {}
            for digest, path in names_of(reader, athlete_id, list(came)):
                names.setdefault(digest, set()).add(path)
            person = person_of(reader, athlete_id)
        works = (_work(rows, names[digest], person) for digest, rows in came.items())
        portion: list[tuple[Row[Any], Prepared]] = []
        for row, _, prepared in decoders.each(world.archive, works, held.renew):
            portion.append((row, prepared))
            if len(portion) == COMMIT_EVERY:
                _commit(world, athlete_id, portion)
                portion = []
                held.renew()
        _commit(world, athlete_id, portion)
    return len(came)


def _work(rows: Sequence[Row[Any]], names: set[str], person: Person) -> tuple[Row[Any], Work]:
    """Return what is to be done of an original, and the arrival that it is done by, given how it came.

    An answer that only its source can read is read as its, whoever brought it again.
    """
    answers = [row for row in rows if row.provider in sources() and sources()[row.provider].records]
    row = (answers or rows)[-1]
    others = tuple(sorted(names - {row.path}))
    return row, Work(
        row.digest, row.path, person=person, provider=row.provider, provider_key=row.provider_key, others=others
    )


def clear(world: World) -> None:
    """Drop everything derived; it is then to be derived again."""
    with world.database.write() as session:
        for table in derived_metadata.sorted_tables:
            session.run(delete(table))


def _commit(world: World, athlete_id: int, portion: Sequence[tuple[Row[Any], Prepared]]) -> None:
    with world.database.write() as session:
        old = [digest for row, _ in portion for digest in earlier(session, row)]
        forget(session, athlete_id, old)
        keep_outcomes(world, session, athlete_id, [prepared for _, prepared in portion])

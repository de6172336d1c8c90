"""Keeps and reads sinks: where an athlete's days are sent, and how far each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, or_, select, update

from homestretch.errors import NotFound
from homestretch.model.health.kinds import KINDS
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, health_priorities
from homestretch.store.tables.ops import day_revisions
from homestretch.store.tables.sinks import sink_state, sinks

READY, BACKED_OFF, STOPPED = "ready", "backed_off", "stopped"
#: The notice of a sink that stopped.
STOPPED_NOTICE = "sink_stopped"


@dataclass(frozen=True, slots=True)
class StoredSink:
    """A sink as it is kept, and how far it is: days changed up to revision `cursor` are there, of `whole_until` too.

    `basis` is the digest of the settings that this was sent by; None: everything has to be compared again.
    """

    id: int
    public_id: str
    athlete_id: int
    sink: str
    user_label: str
    settings: Mapping[str, str]
    kinds: Sequence[str] | None
    secret: str | None
    paused: bool
    by_admin: bool
    created_ms: int
    cursor: int
    whole_until: str | None
    basis: str | None
    state: str
    reason: str | None
    retry_at_ms: int | None
    failures: int
    pushed_ms: int | None
    samples: int

    @property
    def sent_kinds(self) -> tuple[str, ...]:
        """The kinds that are sent: the chosen ones, else all that are not private."""
        if self.kinds is None:
            return tuple(key for key, kind in KINDS.items() if not kind.private)
        return tuple(key for key in KINDS if key in self.kinds)


type Values = Mapping[str, object]
_COLUMNS = [sinks.c[name] if name in sinks.c else sink_state.c[name] for name in StoredSink.__slots__]
_THERE = (
    select(*_COLUMNS)
    .join(sink_state, sink_state.c.sink_id == sinks.c.id)
    .join(athletes, athletes.c.id == sinks.c.athlete_id)
    .where(sinks.c.removed_ms.is_(None), athletes.c.removed_ms.is_(None))
    .order_by(sinks.c.id)
)


def sinks_of(reader: Reader, athlete_id: int | None = None) -> list[StoredSink]:
    """Return an athlete's sinks, or everybody's, the oldest first."""
    where = [] if athlete_id is None else [sinks.c.athlete_id == athlete_id]
    return [StoredSink(**row._mapping) for row in reader.rows(_THERE.where(*where))]


def find_sink(reader: Reader, scope: Scope, public_id: str) -> StoredSink:
    """Return an athlete's sink by its public id. Raises NotFound."""
    row = reader.row(_THERE.where(sinks.c.athlete_id == scope.athlete_id, sinks.c.public_id == public_id))
    if row is None:
        raise NotFound(what="sink", id=public_id)
    return StoredSink(**row._mapping)


def sink_by_id(reader: Reader, sink_id: int) -> StoredSink | None:
    """Return a sink, or None once it was removed."""
    row = reader.row(_THERE.where(sinks.c.id == sink_id))
    return None if row is None else StoredSink(**row._mapping)


def sink_of_token(reader: Reader, token_hash: str) -> StoredSink | None:
    """Return the sink that is fetched with a token, or None."""
    row = reader.row(_THERE.where(sinks.c.token_hash == token_hash, sinks.c.paused.is_(False)))
    return None if row is None else StoredSink(**row._mapping)


def add_sink(session: Writer, values: Values) -> int:
    """Keep a sink that nothing was sent to so far; return its id."""
    made = session.add(insert(sinks), dict(values))
    state = {"sink_id": made, "cursor": 0, "state": READY, "failures": 0, "samples": 0}
    session.run(insert(sink_state), state)
    return made


def change_sink(session: Writer, sink_id: int, values: Values) -> None:
    """Set columns of a sink; what stopped or waited goes on."""
    session.run(update(sinks).where(sinks.c.id == sink_id).values(**values))
    set_state(session, sink_id, {"state": READY, "reason": None, "retry_at_ms": None, "failures": 0})


def set_state(session: Writer, sink_id: int, values: Values) -> None:
    """Set how far a sink is."""
    session.run(update(sink_state).where(sink_state.c.sink_id == sink_id).values(**values))


def last_revision(reader: Reader, athlete_id: int) -> int:
    """Return the revision of the newest change of any day; 0 before the first one."""
    query = select(func.max(day_revisions.c.revision)).where(day_revisions.c.athlete_id == athlete_id)
    return int(reader.scalar(query) or 0)


def changed_days(reader: Reader, athlete_id: int, revision: int, since: str | None, until: str) -> list[str]:
    """Return the days up to `until` that changed after a revision, or that come after the day `since`, in order."""
    table = day_revisions.c
    newer = table.revision > revision if since is None else or_(table.revision > revision, table.day > since)
    query = select(table.day).where(table.athlete_id == athlete_id, table.day <= until, newer)
    return [row.day for row in reader.rows(query.order_by(table.day))]


def revision_of(reader: Reader, athlete_id: int, day: str) -> int:
    """Return the revision of a day's last change; 0 for none."""
    table = day_revisions.c
    query = select(table.revision).where(table.athlete_id == athlete_id, table.day == day)
    return int(reader.scalar(query) or 0)


def day_bounds(reader: Reader, athlete_id: int, until: str) -> tuple[str, str] | None:
    """Return the first and the last day with data, up to a day; None for none."""
    table = day_revisions.c
    query = select(func.min(table.day).label("first"), func.max(table.day).label("last")).where(
        table.athlete_id == athlete_id, table.day <= until, table.digest != ""
    )
    row = reader.row(query)
    return None if row is None or row.first is None else (row.first, row.last)


def priorities_set_ms(reader: Reader, athlete_id: int) -> int:
    """Return when the athlete last said which sources are believed most, UTC ms; 0 for never."""
    query = select(func.max(health_priorities.c.set_ms)).where(health_priorities.c.athlete_id == athlete_id)
    return int(reader.scalar(query) or 0)


def athlete_name(reader: Reader, athlete_id: int) -> str:
    """Return the name of an athlete."""
    return str(reader.scalar(select(athletes.c.name).where(athletes.c.id == athlete_id)))

"""Pushes to sinks what changed since the last push, one push of a sink at a time, and compares both sides."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Lease, lease
from homestretch.flow.runtime.notifications import announce, withdraw
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.holdings import Holdings, whole_until
from homestretch.flow.sinks.reach import reach_of
from homestretch.model.documents.sinks import SinkCheck, SinkPush
from homestretch.net.budget import Unreachable
from homestretch.sinks import sinks
from homestretch.sinks.base import Opening, Pushed, Target
from homestretch.store.database import Reader
from homestretch.store.queries import sinks as stored
from homestretch.store.queries.measurements import home_zone
from homestretch.store.queries.sinks import BACKED_OFF, READY, STOPPED, STOPPED_NOTICE, StoredSink
from homestretch.store.scope import Scope

#: A changed day may change whose value holds for a baseline on so many days after it (`views/health/choice.py`).
AFTER_DAYS = 30
#: Days are compared in stretches of at most so many.
STRETCH_DAYS = 366
#: Where a server can't be reached, it is tried again after this time, twice as long after each failure in a row.
FIRST_RETRY_MS, LONGEST_RETRY_MS = 60_000, 3_600_000
#: How long a push by hand waits for one that is already under way.
PATIENCE_S = 600.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push has to compare: stretches of days, both ends included; and where the sink is after it."""

    stretches: Sequence[tuple[str, str]]
    cursor: int
    whole_until: str
    basis: str


def due_sinks(context: Context) -> list[int]:
    """Return the ids of the sinks that lack something, and are not paused, stopped or waiting."""
    now = context.clock()
    with context.database.read() as reader:
        return [row.id for row in stored.sinks_of(reader) if _may_push(row, now) and _lacks(reader, row, now)]


def _may_push(row: StoredSink, now: int) -> bool:
    waits = row.state == STOPPED or (row.state == BACKED_OFF and (row.retry_at_ms or 0) > now)
    return not row.paused and not waits and sinks()[row.sink].open is not None


def _lacks(reader: Reader, row: StoredSink, now: int) -> bool:
    if row.basis != basis_of(reader, row):
        return True
    if sends_today(row) and stored.last_revision(reader, row.athlete_id) > row.cursor:
        return True
    until = whole_until(reader, row, now)
    return bool(stored.changed_days(reader, row.athlete_id, row.cursor, row.whole_until, until))


def sends_today(row: StoredSink) -> bool:
    """Return whether today so far goes to a sink."""
    return sinks()[row.sink].sends_today or row.settings.get("include_today") == "true"


def basis_of(reader: Reader, row: StoredSink) -> str:
    """Return the digest of what decides which samples a sink holds, the days themselves apart."""
    athlete = row.athlete_id
    parts = (
        row.user_label,
        sorted(row.settings.items()),
        row.sent_kinds,
        home_zone(reader, athlete),
        stored.priorities_set_ms(reader, athlete),
    )
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()


def push(context: Context, sink_id: int, *, again_from: date | None = None, wait_s: float = 0.0) -> SinkPush | None:
    """Push to a sink what it lacks, and the days from `again_from` on again; None where it was removed.

    A failure is in the answer, and in the sink's state. Raises Occupied while another push is under way.
    """
    with lease(context, f"sink:{sink_id}", wait_s=wait_s) as held_lease:
        with context.database.read() as reader:
            row = stored.sink_by_id(reader, sink_id)
        if row is None:
            return None
        try:
            done = _push(context, row, held_lease, again_from)
        except HomestretchError as error:
            _failed(context, row, error)
            return {"id": row.public_id, "sink": row.sink, "samples": 0, "notes": [], "error": str(error)}
    return {"id": row.public_id, "sink": row.sink, "samples": done.samples, "notes": list(done.notes), "error": None}


def _push(context: Context, row: StoredSink, held_lease: Lease, again_from: date | None) -> Pushed:
    target = open_target(context, row)
    if target is None:
        return Pushed()
    held = Holdings(context, row)
    plan = plan_push(context, row, held, again_from)
    bounds = held.bounds()
    if bounds is not None and plan.stretches and plan.stretches[0][0] <= bounds[0]:
        target.begin(held)
    samples = 0
    for since, until in plan.stretches:
        samples += target.push(since, until, held).samples
        held_lease.renew()
    last = target.finish(held)
    samples += last.samples
    reached = {"cursor": plan.cursor, "whole_until": plan.whole_until, "basis": plan.basis}
    good = {"state": READY, "reason": None, "retry_at_ms": None, "failures": 0, "pushed_ms": context.clock()}
    with context.database.write() as session:
        stored.set_state(session, row.id, {**reached, **good, "samples": row.samples + samples})
        withdraw(session, row.athlete_id, STOPPED_NOTICE, row.public_id)
    return Pushed(samples, last.notes)


def _failed(context: Context, row: StoredSink, error: HomestretchError) -> None:
    """Note why a push failed: what can't be reached is tried again, what was refused waits for a person."""
    failures = row.failures + 1
    passes = isinstance(error, Unreachable)
    wait_ms = min(FIRST_RETRY_MS * 2 ** min(row.failures, 10), LONGEST_RETRY_MS)
    with context.database.write() as session:
        stored.set_state(
            session,
            row.id,
            {
                "state": BACKED_OFF if passes else STOPPED,
                "reason": str(error),
                "retry_at_ms": context.clock() + wait_ms if passes else None,
                "failures": failures,
            },
        )
        if not passes:
            details = {"name": sinks()[row.sink].name, "text": str(error)}
            announce(session, row.athlete_id, context.clock(), STOPPED_NOTICE, row.public_id, details)


def open_target(context: Context, row: StoredSink) -> Target | None:
    """Return a sink's target; None for one that is fetched from. Raises KeyMissing."""
    sink = sinks()[row.sink]
    if sink.open is None:
        return None
    defaults = {field.key: field.default for field in sink.fields if field.default}
    password = "" if row.secret is None else keys(context.settings).open(row.secret)
    return sink.open(Opening(row.user_label, {**defaults, **row.settings}, password, reach_of(context, row)))


def plan_push(context: Context, row: StoredSink, held: Holdings, again_from: date | None = None) -> Plan:
    """Return what a push has to compare: everything, where something else decides now which samples there are."""
    with context.database.snapshot() as reader:
        cursor, basis = stored.last_revision(reader, row.athlete_id), basis_of(reader, row)
        days = stored.changed_days(reader, row.athlete_id, row.cursor, row.whole_until, held.whole_until)
    first = again_from.isoformat() if again_from else None
    bounds = held.bounds()
    if bounds is not None and row.basis != basis:
        first = min([bounds[0], *days[:1]])
    stretches = list(stretches_of([*days, *([first] if first else [])], held.whole_until, to_end=first is not None))
    return Plan(stretches, cursor, held.whole_until, basis)


def stretches_of(days: Sequence[str], until: str, *, to_end: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the stretches that cover days and the days after each, up to `until`; with `to_end` all from the first."""
    last = date.fromisoformat(until)
    current: tuple[date, date] | None = None
    for day in map(date.fromisoformat, sorted(days)):
        end = min(day + timedelta(days=AFTER_DAYS), last)
        if day > last:
            break
        if to_end:
            current = (current[0] if current else day, last)
        elif current is None or day > current[1]:
            if current is not None:
                yield from _parts(*current)
            current = (day, end)
        else:
            current = (current[0], max(current[1], end))
    if current is not None:
        yield from _parts(*current)


def _parts(since: date, until: date) -> Iterator[tuple[str, str]]:
    while since <= until:
        end = min(since + timedelta(days=STRETCH_DAYS - 1), until)
        yield since.isoformat(), end.isoformat()
        since = end + timedelta(days=1)


def push_named(context: Context, scope: Scope, public_id: str | None, again_from: date | None = None) -> list[SinkPush]:
    """Push to one of an athlete's sinks, or to all of them, and wait until it is done. Raises NotFound, Occupied."""
    pushes = [
        push(context, row.id, again_from=again_from, wait_s=PATIENCE_S) for row in _named(context, scope, public_id)
    ]
    return [one for one in pushes if one is not None]


def check_named(context: Context, scope: Scope, public_id: str | None) -> list[SinkCheck]:
    """Compare one of an athlete's sinks, or all of them, with what we hold. Raises NotFound, Unreachable."""
    return [_check(context, row) for row in _named(context, scope, public_id)]


def _named(context: Context, scope: Scope, public_id: str | None) -> list[StoredSink]:
    scope.must("sinks: set")
    with context.database.read() as reader:
        if public_id is not None:
            return [stored.find_sink(reader, scope, public_id)]
        return [row for row in stored.sinks_of(reader, scope.athlete_id) if not row.paused]


def _check(context: Context, row: StoredSink) -> SinkCheck:
    target = open_target(context, row)
    result = None if target is None else target.check(Holdings(context, row))
    if result is None:
        return {
            "id": row.public_id, "sink": row.sink, "equal": None, "ours": None, "there": None, "differences": [],
        }  # fmt: skip
    return {
        "id": row.public_id,
        "sink": row.sink,
        "equal": not result.differences,
        "ours": result.ours,
        "there": result.there,
        "differences": [
            {"series": one.series, "ours": one.ours, "there": one.there, "missing": one.missing}
            for one in result.differences
        ],
    }

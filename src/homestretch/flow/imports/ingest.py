"""Takes in what waits for an athlete: workers decode, one writer commits, and a kill leaves only work to do."""

import errno
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from homestretch.archive.members import Limits
from homestretch.errors import DiskNearlyFull, HomestretchError
from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.archive_index import name_members
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.in_flight import InHand, in_hand
from homestretch.flow.imports.work_stream import AlreadyHave, Input, Result, works
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Lease, lease
from homestretch.flow.runtime.notifications import announce
from homestretch.model.documents.imports import ItemStatus
from homestretch.store.database import Writer
from homestretch.store.queries import imports
from homestretch.store.queries.imports import failed_files
from homestretch.store.tables.ops import batches, items

COMMIT_EVERY = 64
COMMIT_S = 1.0
AT_ONCE = 500
OPEN_STATUSES = ("expected", "arriving", "waiting")


def ingest(
    context: Context, athlete_id: int, decoders: Decoders, *, limits: Limits | None = None, wait_s: float = 0.0
) -> None:
    """Import everything that waits for the athlete. Raises Occupied, DiskNearlyFull.

    This ends: every file gives a result under its own path or is a container, and neither waits any more.
    """
    with (
        lease(context, f"derive:{athlete_id}", wait_s=wait_s) as held,
        in_hand(context.settings.uploads_dir, athlete_id) as noted,
    ):
        with context.database.read() as reader:
            known = replace(AlreadyHave.of(reader, athlete_id), mend=context.archive.mend)
        run = _Run(context, athlete_id, known, held, noted, limits or Limits())
        try:
            while waiting := _waiting(context, athlete_id):
                run.take(waiting, decoders)
        except HomestretchError as error:
            _say(context, athlete_id, str(error))
            raise


def waiting_athletes(context: Context) -> list[int]:
    """Return the athletes with something to import."""
    with context.database.read() as reader:
        return imports.waiting_athletes(reader)


def _waiting(context: Context, athlete_id: int) -> list[Input]:
    query = (
        select(items.c.id, items.c.batch_id, items.c.path, items.c.place)
        .join(batches, batches.c.id == items.c.batch_id)
        .where(batches.c.athlete_id == athlete_id, items.c.status == "waiting")
        .where(batches.c.state.in_(("receiving", "running")))
        .order_by(items.c.id)
        .limit(AT_ONCE)
    )
    staging = context.settings.uploads_dir.absolute()
    with context.database.read() as reader:
        found = [(row, Path(row.place)) for row in reader.rows(query)]
    return [Input(row.id, row.batch_id, row.path, place, staging in place.parents) for row, place in found]


def _say(context: Context, athlete_id: int, note: str) -> None:
    """Write on the athlete's running batches why they stand still."""
    mine = (batches.c.athlete_id == athlete_id) & batches.c.state.in_(("receiving", "running"))
    with context.database.write() as session:
        session.run(update(batches).where(mine).values(note=note))


@dataclass(slots=True)
class _Run:
    """One run over what waits; collects results and commits them in portions."""

    context: Context
    athlete_id: int
    known: AlreadyHave
    held: Lease
    noted: InHand
    limits: Limits
    results: list[Result] = field(default_factory=list)
    sources: list[Input] = field(default_factory=list)
    committed: float = field(default_factory=time.monotonic)

    def take(self, waiting: Sequence[Input], decoders: Decoders) -> None:
        try:
            for _, work, prepared in decoders.each(self.context.archive, self._works(waiting), self._idle):
                self._done(work, prepared)
                self._idle()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                folder = self.context.settings.data_dir
                raise DiskNearlyFull(free_mb=0, needed_mb=self.context.settings.min_free_mb, folder=folder) from error
            raise
        self._commit()

    def _works(self, waiting: Sequence[Input]) -> Iterator[tuple[None, DecodeTask]]:
        for source in waiting:
            self.context.must_have_room()
            self.sources.append(source)
            finished = partial(self._finished_members, source)
            for work in works(source, self.known, finished, self.limits, self._report_one, self.noted):
                yield None, work
            self._idle()

    def _report_one(self, result: Result) -> None:
        self.results.append(result)
        self._idle()

    def _finished_members(self, source: Input) -> set[str]:
        below = items.c.path.startswith(f"{source.path}/", autoescape=True)
        query = select(items.c.path).where(items.c.batch_id == source.batch_id, below)
        with self.context.database.read() as reader:
            return {row.path for row in reader.rows(query.where(items.c.status.not_in(OPEN_STATUSES)))}

    def _done(self, work: DecodeTask, prepared: DecodeResult) -> None:
        waited = self.known.arrived(work)
        if not waited:
            return
        first, *others = waited
        if prepared.kind == "unreadable" and work.data is not None:
            self.context.archive.keep(work.data)  # the worker that should have kept it may have died before
        size = len(work.data or b"")
        status, notes = status_of(prepared)
        self.results.append(Result(first[0], first[1], status, notes, work.digest, size, prepared))
        for source, path in others:
            self.results.append(Result(source, path, "duplicate", (), work.digest, size))
        for source, _ in (first, *others):
            source.under_way -= 1

    def _idle(self) -> None:
        overdue = time.monotonic() - self.committed > COMMIT_S
        if len(self.results) >= COMMIT_EVERY or (overdue and self.results):
            self._commit()
        self.held.renew()

    def _commit(self) -> None:
        results, self.results = self.results, []
        finished = [source for source in self.sources if source.finished]
        self.sources = [source for source in self.sources if not source.finished]
        whole = [self._keep_container(source) for source in finished]
        came = [_arrival(result) for result in results if result.digest] + [a for a in whole if a]
        with self.context.database.write() as session:
            keep_arrivals(self.context, session, self.athlete_id, came)
            keep_outcomes(self.context, session, self.athlete_id, [r.prepared for r in results if r.prepared])
            refresh(session, self.athlete_id, name_members(session, self.athlete_id))  # of what was known before
            self._report(session, results, finished)
        for source in finished:
            if source.staged:
                source.place.unlink(missing_ok=True)
        self.committed = time.monotonic()

    def _keep_container(self, source: Input) -> Arrival | None:
        """Keep an archive whole if one of its members could not be read; else its members stand for it."""
        source.notes += ["member_lost"] if source.lost else []
        if not source.notes or not source.place.exists():
            return None
        digest = self.context.archive.keep_file(source.place)
        return Arrival(digest, source.place.stat().st_size, source.path, source.batch_id)

    def _report(self, session: Writer, results: Sequence[Result], finished: Sequence[Input]) -> None:
        session.put(items, [_item_row(result) for result in results], on=("batch_id", "path"))
        for source in finished:
            if source.is_container:
                row = {"status": "container", "notes": source.notes}
                session.run(update(items).where(items.c.id == source.item_id).values(row))
        close_finished(session, {source.batch_id for source in finished}, self.context.clock())


def status_of(prepared: DecodeResult) -> tuple[ItemStatus, tuple[str, ...]]:
    """Return an item's status and notes: imported, skipped (kept, but no recording in it) or failed."""
    understood = prepared.wellness.days or prepared.wellness.gear or "awake_only" in prepared.wellness.notes
    if prepared.recordings or prepared.titles or understood:
        return "imported", prepared.notes
    if prepared.workouts:
        return "imported", (*prepared.notes, "workout")
    if prepared.routes:
        return "imported", (*prepared.notes, "route_or_activity" if prepared.routes_in_question else "planned_route")
    if prepared.kind == prepared.format and prepared.kind in ("unknown", "photo"):
        return "skipped", prepared.notes
    if prepared.kind in ("unreadable", "activity", "unknown"):
        return "failed", prepared.notes or ("nothing_readable",)
    return "skipped", (*prepared.notes, f"kind:{prepared.kind}")


def close_finished(session: Writer, batch_ids: set[int], now: int) -> None:
    """Mark those of the batches as done in which nothing is left to do; what still receives ends once it is closed."""
    for batch_id in batch_ids:
        left = select(func.count()).where(items.c.batch_id == batch_id, items.c.status.in_(OPEN_STATUSES))
        if not session.scalar(left):
            ended = {"state": "done", "finished_ms": now, "note": None}
            running = (batches.c.id == batch_id) & (batches.c.state == "running")
            if session.run(update(batches).where(running).values(ended)):
                _say_failed(session, batch_id, now)


def _say_failed(session: Writer, batch_id: int, now: int) -> None:
    """Leave the athlete a notice where files of an import that is done could not be imported."""
    athlete, failed, count = failed_files(session, batch_id)
    if failed:
        details = {"failed": failed, "count": count}
        announce(session, athlete, now, "import_failed", str(batch_id), details)


def _arrival(result: Result) -> Arrival:
    container = None if result.path == result.input.path else result.input.path
    return Arrival(result.digest or "", result.size, result.path, result.input.batch_id, container)


def _item_row(result: Result) -> dict[str, Any]:
    row = {"batch_id": result.input.batch_id, "path": result.path, "status": result.status, "digest": result.digest}
    return {**row, "size": result.size, "received": result.size, "notes": list(result.notes)}

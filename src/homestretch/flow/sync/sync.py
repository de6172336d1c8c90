"""A sync: what a provider has is listed, then fetched, the newest first; each step is one transaction.

What is left is always read from `remote_items`, so a kill at any moment costs one request at most.
"""

import dataclasses
import errno
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from homestretch.errors import DiskNearlyFull, HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Lease, Occupied, lease
from homestretch.flow.runtime.notifications import notify
from homestretch.flow.runtime.secret_store import KeyMissing, StoredSecret
from homestretch.flow.sync.back_off import back_off_after
from homestretch.flow.sync.connections import calls_of, person_of, settings_of, source_of, zone_of
from homestretch.flow.sync.file_copies import copy_file
from homestretch.flow.sync.planning import Days, active, end_backfill, has_news, may_end, plan, wanted
from homestretch.flow.sync.provider_terms import shown_in_log, whole_every
from homestretch.flow.sync.remote_items import item_update, keep_answers, keep_listing
from homestretch.flow.sync.runs import PARTS, begin_run, log_event, without_place
from homestretch.net.budget import LONGEST_WAIT_S, PATIENCE, NotGranted, RateLimitedClient, UnexpectedResponse
from homestretch.sources.base import Client, RemoteAccount, RemoteItem, Source, StatusClient
from homestretch.store.database import Writer
from homestretch.store.queries import connections as stored
from homestretch.store.queries.cached import items_under
from homestretch.store.queries.remote_items import UNFINISHED, forget_wanted, known_status
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state, remote_items, runs

#: A run continues for so long at a time; then a stop, a pause or a shutdown takes effect.
SLICE_S = 15.0
#: What failed in a run is tried again at its end, so often.
TRIES = 3
#: Once a week runs look at everything for what was changed or deleted there.
WHOLE_MS = 7 * 86_400_000
log = logging.getLogger("homestretch.sync")


def sync(
    context: Context, connection_id: int, *, slice_s: float = SLICE_S, stop: Callable[[], bool] | None = None
) -> None:
    """Go on with a connection's run, or begin one that is due, for a while. Returns at once where another does it."""
    try:
        with lease(context, f"sync:{connection_id}") as held:
            with context.database.read() as reader:
                row = stored.by_id(reader, connection_id)
            if row is not None and row.secret is not None and not row.paused:
                _go_on(context, row, held, slice_s, stop or (lambda: False))
    except Occupied:
        log.info("connection already syncing in another process", extra={"connection": connection_id})


def sync_named(context: Context, scope: Scope, connection: str, slice_s: float) -> None:
    """Do the same for a connection by its public id, where a command works alone. Raises NotFound."""
    with context.database.read() as reader:
        number = stored.find(reader, scope, connection).id
    sync(context, number, slice_s=slice_s)


def _go_on(context: Context, row: Row[Any], held: Lease, slice_s: float, stop: Callable[[], bool]) -> None:
    run = begin_run(context, row)
    if run is None:
        return
    try:
        one = _Sync.of(context, row, run, held, slice_s, stop)
    except KeyMissing as error:
        back_off_after(context, row, run, error, {"requests": 0, "quota_used": row.quota_used})
    else:
        one.go()


@dataclass(slots=True)
class _Sync:
    """One slice of a run."""

    context: Context
    row: Row[Any]
    run: Row[Any]
    source: Source
    settings: dict[str, Any]
    days: Days
    calls: RateLimitedClient
    client: Client
    until: float
    stop: Callable[[], bool]
    asked: dict[str, Any]
    counted: int = 0
    unexpected: int = 0
    step: int | None = None
    log: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    @classmethod
    def of(
        cls, context: Context, row: Row[Any], run: Row[Any], held: Lease, slice_s: float, stop: Callable[[], bool]
    ) -> "_Sync":
        source, settings = source_of(row.source), settings_of(row)
        with context.database.read() as reader:
            zone = zone_of(reader, row)
        calls = calls_of(
            context,
            source,
            pause_s=float(settings.get("pause_s", source.limits.pause_s)),
            quota_used=dict(row.quota_used),
            rested=held.renew,
            settings={**settings, "home_zone": zone},
        )
        if settings.get("per_day"):
            calls.limits = source.limits.with_daily(int(settings["per_day"]))
        client = source.client(StoredSecret(context, row.id), person_of(row), calls)
        days = Days.at(context.clock(), zone, settings)
        asked = dict(run.asked)
        until = time.monotonic() + slice_s
        return cls(context, row, run, source, settings, days, calls, client, until, stop, asked, step=asked.get("step"))

    def go(self) -> None:
        """List what is not listed yet, then fetch, until the slice is over, the run is done, or a rest is needed."""
        try:
            self.context.must_have_room()
            if not self.row.remote_account:
                self._adopt(self.client.remote_account())
            if self.run.listed or (self._has_news() and self._list()):
                self._fetch_all()
        except Occupied:
            raise  # another process has taken over
        except HomestretchError as error:
            back_off_after(self.context, self.row, self.run, error, self._spent())
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            folder = self.context.settings.data_dir
            full = DiskNearlyFull(free_mb=0, needed_mb=self.context.settings.min_free_mb, folder=folder)
            back_off_after(self.context, self.row, self.run, full, self._spent())

    def over(self) -> bool:
        """Return whether the slice is."""
        return self.stop() or time.monotonic() >= self.until

    def _spent(self) -> dict[str, Any]:
        """Return what the run and the connection have used up since this was last asked."""
        requests, self.counted = self.calls.count - self.counted, self.calls.count
        return {"requests": requests, "quota_used": self.calls.quota_used}

    def _count(self, session: Writer, *, well: bool = True, **more: Any) -> None:
        """Count what was spent; an exchange that went `well` ends a row of refusals."""
        quota_used = self._spent()
        added = {"requests": runs.c.requests + quota_used["requests"], **more}
        session.run(update(runs).where(runs.c.id == self.run.id).values(added))
        good = {"state": "ready", "reason": None, "retry_at_ms": None, "refusals": 0} if well else {}
        still = (connection_state.c.connection_id == self.row.id) & connection_state.c.state.in_(
            ("ready", "backed_off")
        )
        session.run(update(connection_state).where(still).values(quota_used=quota_used["quota_used"], **good))
        for level, code, details in self.log:
            log_event(session, self.row.id, self.context.clock(), level, code, details)
        self.log.clear()

    def _adopt(self, remote_account: RemoteAccount) -> None:
        """Write down the account as it is now, and go on with that."""
        known = {"remote_account": dataclasses.asdict(remote_account), "label": remote_account.label}
        with self.context.database.write() as session:
            mine = (connections.c.id == self.row.id) & connections.c.removed_ms.is_(None)
            session.run(update(connections).where(mine).values(known))
            self._count(session)
            self.row = stored.by_id(session, self.row.id) or self.row
        self.client = self.source.client(StoredSecret(self.context, self.row.id), remote_account, self.calls)
        self.days = Days.at(self.context.clock(), remote_account.zone or self.days.zone, self.settings)

    def _has_news(self) -> bool:
        """Ask a provider that can say so whether there is anything new; without news end the run."""
        if not isinstance(self.client, StatusClient) or self.asked.get("checked") or not PARTS.isdisjoint(self.asked):
            return True
        with self.context.database.read() as reader:
            known = known_status(reader, self.row.id, self.source.status_kind)
        status = self.client.status(known.details if known is not None else {})
        if status.account != person_of(self.row):
            self._adopt(status.account)
        with self.context.database.write() as session:
            now = self.context.clock()
            news = has_news(session, self.row, self.source, status, self.days, now, self.asked, self.settings)
            self.asked |= {"checked": True, "changed_since": status.since} if news else {}
            self._count(session, asked=self.asked)
        if not news:
            self._end()
        return news

    def _leave_out(self, kind: str, reason: str) -> None:
        """Ask no more for a kind that the person did not allow, until they sign in again."""
        account = person_of(self.row)
        self.log.append(("warning", "not_allowed", {"kind": kind, "text": reason}))
        with self.context.database.write() as session:
            forget_wanted(session, self.row.id, kind)
        self._adopt(dataclasses.replace(account, lacks=(*account.lacks, kind)))

    def _list(self) -> bool:
        """List activities, page by page (the place is kept), then plan the days; return whether that is done."""
        now = self.context.clock()
        lately = self.row.whole_ms is not None and 0 <= now - self.row.whole_ms <= whole_every(self.source, WHOLE_MS)
        whole = self.asked.get("whole") or not lately
        recent_days = timedelta(days=self.source.recent_days)
        recent = self.asked.get("since") or (self.days.today - recent_days).isoformat()
        self.asked.setdefault("floor", "" if whole else recent)
        self.asked.setdefault("listing_ms", now)
        listable = next((kind.key for kind in self.source.kinds if kind.span == "activity"), None)
        start: int | None = self.asked.setdefault("start", 0)
        page = int(self.settings.get("page", 1000))
        while start is not None:
            if self.over():
                return False
            if listable is None or listable in person_of(self.row).lacks:
                break
            try:
                listed = self.client.activities(start, page, self.asked["floor"] or None)
            except NotGranted as error:
                self._leave_out(listable, str(error))
                break
            start = listed.next
            self.asked["start"] = start
            with self.context.database.write() as session:
                if not self._is_connected(session):
                    return False
                found = keep_listing(session, self.row, listed, self.asked["listing_ms"])
                self.log += found
                self._count(session, asked=self.asked)
        return self._plan()

    def _plan(self) -> bool:
        """Write down what is to be fetched; return whether the connection still exists."""
        now = self.context.clock()
        with self.context.database.write() as session:
            if not self._is_connected(session):
                return False
            account = person_of(self.row)
            if not any(kind.key in account.lacks for kind in self.source.kinds if kind.span == "activity"):
                self._notice_gone(session)
            plan(session, self.row.id, self.source, self.settings, self.days, now, self.asked, account)
            if not self.asked["floor"]:
                whole = (
                    update(connection_state).where(connection_state.c.connection_id == self.row.id).values(whole_ms=now)
                )
                session.run(whole)
            self.asked = without_place(self.asked)
            self._count(session, asked=self.asked, listed=True)
        return True

    def _notice_gone(self, session: Writer) -> None:
        """Mark what the provider listed once and now no more; what we have from it stays."""
        table = items_under(self.source.terms)
        unseen = (
            (table.c.connection_id == self.row.id)
            & (table.c.kind == "activity")
            & (table.c.state != "gone")
            & (table.c.since > self.asked["floor"])
            & (table.c.at_ms != self.asked["listing_ms"])
        )
        for row in session.rows(select(table.c.key, table.c.details).where(unseen)):
            details = {"key": row.key, "name": row.details.get("name"), "start": row.details.get("start")}
            self.log.append(("warning", "deleted_there", shown_in_log(self.source.key, details)))
        session.run(update(table).where(unseen).values(state="gone", note="deleted_there"))

    def _fetch_all(self) -> None:
        while self._goes_on():
            lacks = person_of(self.row).lacks
            kinds = [kind.key for kind in active(self.source, self.settings, lacks) if kind.fetched]
            with self.context.database.read() as reader:
                left = reader.rows(wanted(self.row.id, self.asked).where(remote_items.c.kind.in_(kinds)).limit(20))
            if self.asked.get("listing") or (not left and not self._once_more()):
                self._end()
                return
            for row in left:
                if not self._goes_on() or self._is_before_all(row) or self._steps_down(row):
                    return
                self._fetch(row)

    def _goes_on(self) -> bool:
        """Return whether the slice is not over, and the run not stopped, paused or disconnected."""
        if self.over():
            return False
        with self.context.database.read() as reader:
            run, row = stored.open_run(reader, self.row.id), stored.by_id(reader, self.row.id)
        return run is not None and run.id == self.run.id and row is not None and not row.paused

    def _once_more(self) -> bool:
        """Want again what failed in this run and may yet come; return whether there is any."""
        failed = (
            (remote_items.c.connection_id == self.row.id)
            & (remote_items.c.state == "failed")
            & (remote_items.c.tries < TRIES)
        )
        with self.context.database.write() as session:
            return bool(session.run(update(remote_items).where(failed).values(state="wanted")))

    def _steps_down(self, row: Row[Any]) -> bool:
        """Pause where a step of the backfill is done; return whether that is a rest to be written down."""
        length = float(self.settings.get("step_days") or self.source.limits.step_days)
        step = int(max(0, (self.days.today - date.fromisoformat(row.until)).days) // length)
        if self.step is not None and step <= self.step:
            return False
        pause = float(self.settings.get("step_pause_s", self.source.limits.step_pause_s))
        if pause <= 0:
            return False
        first, self.step = self.step is None, step
        self.asked["step"] = step
        rest = self.context.clock() + int(pause * 1000) if pause > LONGEST_WAIT_S and not first else None
        with self.context.database.write() as session:
            session.run(update(runs).where(runs.c.id == self.run.id).values(asked=self.asked))
            standing = update(connection_state).where(connection_state.c.connection_id == self.row.id)
            session.run(standing.values(retry_at_ms=rest))
        if rest is None and not first:
            self.calls.rest(pause)
        return rest is not None

    def _is_before_all(self, row: Row[Any]) -> bool:
        """End a backfill that has come to where the provider has nothing any more; return whether it did."""
        if not may_end(self.source, self.settings, person_of(self.row), self.days, row.until):
            return False
        with self.context.database.write() as session:
            return end_backfill(session, self.row.id, self.source, self.days, row.until, self.context.clock())

    def _fetch(self, row: Row[Any]) -> None:
        """Fetch one item and keep what came, in one transaction."""
        held = row.digest is not None
        entry = RemoteItem(row.kind, row.key, row.since, row.until, row.version, row.details, held=held)
        try:
            answers = self.client.fetch(entry)
        except NotGranted as error:
            self._leave_out(row.kind, str(error))
            return
        except UnexpectedResponse as error:
            self._failed(row, str(error))
            self.unexpected += 1
            if self.unexpected >= PATIENCE:
                raise  # not this item alone: everything is out of order
            return
        self.unexpected = 0
        now = self.context.clock()
        for number, one in enumerate(answers, 1):
            if one.file:
                self.context.must_have_room(len(one.data))
                self.context.archive.keep(one.data)
                if row.kind == "activity" and self.settings.get("folder"):
                    copy_file(self.context.settings, str(self.settings["folder"]), row.key, row.details, one, number)
        with self.context.database.write() as session:
            if not self._is_connected(session):
                return
            closed_ms = self.days.midnight_ms(date.fromisoformat(row.until))
            digest = keep_answers(self.context, session, self.row, row, answers, now, closed_ms)
            state = {
                "state": "have" if answers else "none",
                "note": UNFINISHED if any(one.unfinished for one in answers) else None,
                "digest": digest,
                "at_ms": now,
                "form": answers[0].form if answers else None,
                "tries": 0,
            }
            session.run(item_update(row, state))
            got: dict[str, Any] = {"fetched": runs.c.fetched + 1} if answers else {"empty": runs.c.empty + 1}
            if row.kind == "activity":
                code = "came" if answers else "nothing_there"
                name = row.details.get("name")
                self.log.append(("info", code, {"key": row.key, "name": name, "form": state["form"]}))
            self._count(session, **got)

    def _is_connected(self, session: Writer) -> bool:
        """Return whether the connection still exists; no one can disconnect it until the transaction ends."""
        mine = (connections.c.id == self.row.id) & connections.c.removed_ms.is_(None)
        return session.scalar(select(connections.c.id).where(mine).with_for_update()) is not None

    def _failed(self, row: Row[Any], note: str) -> None:
        self.log.append(("warning", "failed", {"kind": row.kind, "key": row.key, "text": note}))
        with self.context.database.write() as session:
            failed = {"state": "failed", "note": note, "tries": remote_items.c.tries + 1, "at_ms": self.context.clock()}
            session.run(item_update(row, failed))
            self._count(session, well=False, failed=runs.c.failed + 1)

    def _end(self) -> None:
        now = self.context.clock()
        with self.context.database.write() as session:
            ended = stored.open_run(session, self.row.id)
            if ended is None or ended.id != self.run.id:
                return
            session.run(update(runs).where(runs.c.id == self.run.id).values(state="done", ended_ms=now))
            if PARTS.isdisjoint(self.asked):
                session.run(
                    update(connection_state).where(connection_state.c.connection_id == self.row.id).values(good_ms=now)
                )
            details = {name: getattr(ended, name) for name in ("requests", "fetched", "empty", "failed")}
            self.log.append(("info", "done", details))
            self._count(session)
            if ended.reason == "first":
                notify(session, self.row, now, "first_done", details)

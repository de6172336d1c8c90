"""The durable engine: DBOS behind three calls. Its database may be deleted at any moment (design, law 8)."""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Engine, create_engine, event

from homestretch.jobs.job import Arguments, Job, Postponed

#: The queues, and how much of each runs at once in a process: what computes, and what waits for others.
WORK, WAITS = "work", "waits"
AT_ONCE = {WORK: 2, WAITS: 4}
#: How often each process looks at a queue; on PostgreSQL there are several, and each look is four statements.
POLL_S, POLL_SEVERAL_S = 1.0, {WORK: 2.0, WAITS: 5.0}
LONGEST_BACK_OFF_S = 600.0
#: How soon a job is tried again that had to wait for somebody else.
POSTPONED_S = 2.0
#: What runs at the end may go on for so long; what is cut off begins again at the next start.
SETTLE_S = 3.0
KEEP_FINISHED_MS = 24 * 3_600_000
FORGET_EVERY_S = 3600.0
log = logging.getLogger("homestretch.jobs")


class JobEngine:
    """Runs the jobs of one process; `tick` turns what is due into durable work."""

    #: DBOS is one per process, and so is the workflow registered with it.
    running: ClassVar["JobEngine | None"] = None

    def __init__(self, jobs: Mapping[str, Job], context: Any, database: Engine, executor: str) -> None:
        self.jobs = jobs
        self.context = context
        self.database = database
        self.executor = executor
        self._asked: dict[str, float] = {}
        self._not_answered: set[str] = set()
        self._rest: dict[str, tuple[int, float]] = {}
        self._forgot = time.monotonic()
        self._lock = threading.Lock()
        self._quiet = threading.Condition()
        self._busy = 0

    def start(self) -> None:
        """Launch the engine; work that a killed process of the same executor left behind begins again."""
        from dbos import DBOS

        JobEngine.running = self
        DBOS(
            config={
                "name": "homestretch",
                "system_database_engine": self.database,
                "application_version": "1",
                "executor_id": self.executor,
                "log_level": "ERROR",
                "max_executor_threads": 8,
                "use_listen_notify": False,
            }
        )
        _workflow()
        DBOS.launch()
        for queue, at_once in AT_ONCE.items():
            poll_s = POLL_S if self.database.dialect.name == "sqlite" else POLL_SEVERAL_S[queue]
            DBOS.register_queue(queue, worker_concurrency=at_once, polling_interval_sec=poll_s)

    def settle(self, seconds: float) -> bool:
        """Take no more work, and give what runs some seconds to end; return whether it did."""
        JobEngine.running = None
        with self._quiet:
            return self._quiet.wait_for(lambda: self._busy == 0, seconds)

    def stop(self) -> None:
        """Stop taking work, give what runs a moment to end, and release the database."""
        from dbos import DBOS

        self.settle(SETTLE_S)
        DBOS.destroy(workflow_completion_timeout_sec=0)
        self.database.dispose()

    def tick(self, *, everything: bool = False) -> None:
        """Ask each job that is due to be asked (or all of them) for its work, and enqueue it."""
        with self._lock:
            now = time.monotonic()
            if now - self._forgot >= FORGET_EVERY_S:
                self._forgot = now
                self.forget_finished()
            for job in self.jobs.values():
                if everything or now - self._asked.get(job.key, -job.every_s) >= job.every_s:
                    self._asked[job.key] = now
                    self._ask(job, now)

    def _ask(self, job: Job, now: float) -> None:
        """Enqueue what a job has left to do; a question that fails keeps no other job from being asked."""
        try:
            for arguments in job.due(self.context):
                self._enqueue(job.key, arguments, now)
        except Exception:
            if job.key not in self._not_answered:  # once, however long the database is away
                log.exception("could not ask what is due", extra={"job": job.key})
            self._not_answered.add(job.key)
        else:
            self._not_answered.discard(job.key)

    def _enqueue(self, key: str, arguments: Arguments, now: float) -> None:
        from dbos import DBOS, SetEnqueueOptions

        name = f"{key} {json.dumps(arguments, sort_keys=True)}"
        if self._rest.get(name, (0, 0.0))[1] > now:
            return
        # What waits or runs already under this name is left at that.
        with SetEnqueueOptions(deduplication_id=name, duplication_policy="return-existing"):
            DBOS.enqueue_workflow(WAITS if self.jobs[key].waits else WORK, _workflow(), key, arguments)

    def perform(self, key: str, arguments: Arguments) -> None:
        """Run one job, counted as running until it ends."""
        with self._quiet:
            self._busy += 1
        try:
            self._perform(key, arguments)
        finally:
            with self._quiet:
                self._busy -= 1
                self._quiet.notify_all()

    def _perform(self, key: str, arguments: Arguments) -> None:
        """Run one job; one that fails rests (back-off), one with a share so long that it keeps to that."""
        name = f"{key} {json.dumps(arguments, sort_keys=True)}"
        began = time.monotonic()
        try:
            self.jobs[key].run(self.context, arguments)
        except Postponed as reason:
            self._rest[name] = (self._rest.get(name, (0, 0.0))[0], time.monotonic() + POSTPONED_S)
            log.info("job postponed", extra={"job": name, "reason": str(reason)})
        except Exception:
            failures = self._rest.get(name, (0, 0.0))[0] + 1
            rest = min(LONGEST_BACK_OFF_S, 2.0**failures)
            self._rest[name] = (failures, time.monotonic() + rest)
            log.exception("job failed", extra={"job": name, "again_in_s": rest})
        else:
            took = time.monotonic() - began
            self._rest.pop(name, None)
            if rest := min(LONGEST_BACK_OFF_S, took * (1 / self.jobs[key].share - 1)):
                self._rest[name] = (0, time.monotonic() + rest)
            log.info("job done", extra={"job": name, "ms": round(took * 1000)})

    def recover(self, executors: list[str]) -> None:
        """Take over what executors left behind that are known to be dead."""
        from dbos import DBOS

        # DBOS leaves this to a paid service; the call is private and so pinned by a test.
        DBOS._recover_pending_workflows(executors)

    def forget_finished(self) -> None:
        """Delete the records of work that ended over a day ago."""
        from dbos import DBOS

        before = time.time() * 1000 - KEEP_FINISHED_MS
        ids = [
            w.workflow_id
            for w in DBOS.list_workflows(status=["SUCCESS", "ERROR", "CANCELLED"], limit=10_000)
            if (w.created_at or 0) < before
        ]
        if ids:
            DBOS.delete_workflows(ids)


_registered: list[Any] = []


def _workflow() -> Any:
    """Register the one workflow on first use and return it."""
    from dbos import DBOS

    if not _registered:

        @DBOS.workflow(name="perform")
        def perform(key: str, arguments: Arguments) -> None:
            engine = JobEngine.running
            if engine is not None:
                engine.perform(key, arguments)

        _registered.append(perform)
    return _registered[0]


def sqlite_jobs(path: Path) -> Engine:
    """Return an engine on the disposable jobs file, made ready for DBOS (specs: platform §1)."""
    engine = create_engine(f"sqlite:///{path.absolute()}", connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: sqlite3.Connection, _record: Any) -> None:
        dbapi.isolation_level = "IMMEDIATE"
        dbapi.execute("PRAGMA journal_mode=WAL").fetchall()
        dbapi.execute("PRAGMA synchronous=NORMAL")
        dbapi.execute("PRAGMA foreign_keys=ON")
        # SQLite before 3.42 has no sub-second unixepoch, which DBOS's tables need.
        dbapi.create_function("unixepoch", -1, lambda *_: time.time())

    return engine


def postgres_jobs(url: str, *, pooled: bool = False) -> Engine:
    """Return an engine on the PostgreSQL database, where DBOS keeps a schema of its own; `pooled` as for the store."""
    connect = {"prepare_threshold": None} if pooled else {}
    return create_engine(url, pool_size=4, max_overflow=8, pool_pre_ping=True, connect_args=connect)

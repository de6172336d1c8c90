"""The only wiring: settings become an App with a database, an archive and jobs."""

import logging
from contextlib import ExitStack
from dataclasses import dataclass

from homestretch import registry
from homestretch.archive.places import archive_of
from homestretch.errors import HomestretchError
from homestretch.files import on_read_only_disk
from homestretch.flow.maintenance.lost_database import must_not_be_lost
from homestretch.flow.runtime.context import Context, must_have_room
from homestretch.flow.runtime.folder_lock import OwnerLock, make_folder
from homestretch.flow.runtime.process import ME
from homestretch.jobs.engine import JobEngine, postgres_jobs, sqlite_jobs
from homestretch.jobs.job import Job
from homestretch.jobs.process import JobProcess
from homestretch.settings import Settings
from homestretch.store.database import Database, sqlite_url
from homestretch.store.schema import migrate, pending_revision

log = logging.getLogger("homestretch")

#: What must be free for a database to be opened at all, and for jobs to be done; below that SQLite itself gives up.
OPEN_BYTES, JOBS_BYTES = 1_000_000, 8_000_000
#: Where jobs are found; those of the demo know more than flow may.
JOB_ROOMS = ("homestretch.flow.jobs", "homestretch.demo.jobs")


def all_jobs() -> dict[str, Job]:
    """Return every job that there is, by key."""
    return {key: job for room in JOB_ROOMS for key, job in registry.discover(room, Job).items()}


@dataclass(slots=True)
class App:
    """Everything a door needs: the context, and (in a server or worker) the job engine."""

    context: Context
    #: The jobs in this process, or the process beside a server that does them.
    engine: JobEngine | None = None
    beside: JobProcess | None = None
    #: Asked for by the first visit where strangers could come first.
    setup_code: str | None = None
    closing: bool = False

    @property
    def settings(self) -> Settings:
        """Return the settings this process runs under."""
        return self.context.settings

    @property
    def database(self) -> Database:
        """Return the store."""
        return self.context.database

    def wake(self) -> None:
        """Let the process that does the jobs look at once for new work; others look every second."""
        if self.engine is not None:
            self.engine.tick(everything=True)
        elif self.beside is not None:
            self.beside.wake()

    @property
    def works(self) -> bool:
        """Whether jobs are done here, in this process or beside it."""
        return self.engine is not None or (self.beside is not None and self.beside.alive)

    def start_beside(self, lock: OwnerLock | None) -> None:
        """Start a process that does the jobs; it has the data folder together with this one."""
        settings = self.settings
        given = {
            "HOMESTRETCH_HOST": settings.host, "HOMESTRETCH_PORT": str(settings.port),
            "HOMESTRETCH_LOG_LEVEL": settings.log_level,
        }  # fmt: skip
        self.beside = JobProcess("homestretch.worker", given, () if lock is None else lock.files)

    def start_jobs(self) -> JobEngine:
        """Start the engine in this process and enqueue everything that is left to do, also again where it was lost.

        Raises DiskNearlyFull.
        """
        from homestretch.flow.derive.measure.measuring import forget_incomplete

        settings = self.settings
        must_have_room(settings.data_dir, JOBS_BYTES)
        if lost := forget_incomplete(self.context):
            log.warning("metrics missing, recalculating", extra={"activities": lost})
        database = sqlite_jobs(settings.data_dir / "jobs.db")
        if not settings.sqlite:
            database = postgres_jobs(
                self.database.writing.url.render_as_string(hide_password=False),
                pooled=self.settings.database_pooled == "on",
            )
        # On PostgreSQL several may have one name; on SQLite there is one, which goes on where it was killed.
        executor = settings.executor if settings.sqlite else f"{settings.executor}@{ME}"
        self.engine = JobEngine(all_jobs(), self.context, database, executor)
        self.engine.start()
        self.engine.tick(everything=True)
        return self.engine

    def close(self) -> None:
        """Stop the jobs and close the database."""
        self.closing = True
        if self.beside is not None:
            self.beside.end()
            self.beside = None
        if self.engine is not None:
            self.engine.stop()
            self.engine = None
        self.database.close()


class CannotMigrate(HomestretchError):
    """The tables in {folder} are from another version and can't be updated on a read-only disk. Use the Homestretch
    that wrote them, or copy the folder to another disk.
    """


def open_app(
    settings: Settings, *, owner: OwnerLock | None = None, restoring: bool = False, reading: bool = False
) -> App:
    """Open the data folder: make what is missing, migrate, and (as its owner) mend what a crash left behind.

    For `reading`, a disk that is mounted read-only will do. Raises FolderNotWritable, FolderReadOnly, CannotMigrate,
    DiskNearlyFull, and DatabaseLost where there are originals without a database, unless that is being restored.
    """
    frozen = reading and on_read_only_disk(settings.data_dir)
    archive = archive_of(settings)
    if not frozen:
        make_folder(settings.data_dir)
        if owner is not None:
            must_have_room(settings.data_dir, OPEN_BYTES)
        archive.prepare()
    database = Database(settings.database_url or sqlite_url(settings.data_dir), pooled=settings.database_pooled == "on")
    context = Context(settings, database, archive)
    with ExitStack() as opening:
        opening.callback(database.close)
        _make_ready(context, owned=owner is not None, restoring=restoring)
        opening.pop_all()
    return App(context)


def _make_ready(context: Context, *, owned: bool, restoring: bool) -> None:
    """Migrate the store, and mend it where this process has it alone. Raises as open_app does."""
    settings, database = context.settings, context.database
    if not restoring:
        must_not_be_lost(settings, database, context.archive)
    if database.frozen:
        if pending_revision(database) is not None:
            raise CannotMigrate(folder=settings.data_dir.absolute())
        return
    if owned or not settings.sqlite:
        migrate(database, settings.data_dir / "copies")
    if owned:
        # What mends the store knows activities, and so NumPy: a command that only asks a server does without.
        from homestretch.flow.maintenance.recovery import recover

        recover(context)

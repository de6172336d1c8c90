"""The only wiring: settings become an App with a database, an archive and jobs."""

import logging
from dataclasses import dataclass

from homestretch import registry
from homestretch.archive.folder import Archive
from homestretch.flow.lost import must_not_be_lost
from homestretch.flow.owner import OwnerLock, make_folder
from homestretch.flow.process import ME
from homestretch.flow.world import World
from homestretch.jobs.engine import JobEngine, postgres_jobs, sqlite_jobs
from homestretch.jobs.job import Job
from homestretch.settings import Settings
from homestretch.store.database import Database, sqlite_url
from homestretch.store.schema import migrate

log = logging.getLogger("homestretch")

#: Where jobs are found; those of the demo know more than flow may.
JOB_ROOMS = ("homestretch.flow.jobs", "homestretch.demo.jobs")


def all_jobs() -> dict[str, Job]:
    """Return every job that there is, by key."""
    return {key: job for room in JOB_ROOMS for key, job in registry.discover(room, Job).items()}


@dataclass(slots=True)
class App:
    """Everything a door needs: the world, and (in a server or worker) the job engine."""

    world: World
    engine: JobEngine | None = None
    #: Asked for by the first visit where strangers could come first.
    setup_code: str | None = None
    closing: bool = False

    @property
    def settings(self) -> Settings:
        """Return the settings this process runs under."""
        return self.world.settings

    @property
    def database(self) -> Database:
        """Return the store."""
        return self.world.database

    def wake(self) -> None:
        """Let the engine look at once for what has just become due; without one, its owner's tick will."""
        if self.engine is not None:
            self.engine.tick(everything=True)

    def start_jobs(self) -> None:
        """Start the engine in this process and enqueue everything that is left to do, also again where it was lost."""
        from homestretch.flow.measuring import forget_incomplete

        settings = self.settings
        if lost := forget_incomplete(self.world):
            log.warning("rows of activities were lost; these are measured again", extra={"activities": lost})
        database = sqlite_jobs(settings.data_dir / "jobs.db")
        if not settings.sqlite:
            database = postgres_jobs(self.database.writing.url.render_as_string(hide_password=False))
        # On PostgreSQL several may have one name; on SQLite there is one, which goes on where it was killed.
        executor = settings.executor if settings.sqlite else f"{settings.executor}@{ME}"
        self.engine = JobEngine(all_jobs(), self.world, database, executor)
        self.engine.start()
        self.engine.tick(everything=True)

    def close(self) -> None:
        """Stop the engine and close the database."""
        self.closing = True
        if self.engine is not None:
            self.engine.stop()
            self.engine = None
        self.database.close()


def open_app(settings: Settings, *, owner: OwnerLock | None = None, restoring: bool = False) -> App:
    """Open the data folder: make what is missing, migrate, and (as its owner) mend what a crash left behind.

    Raises DatabaseLost where there are originals without a database, unless that is being restored.
    """
    make_folder(settings.data_dir)
    database = Database(settings.database_url or sqlite_url(settings.data_dir))
    archive = Archive(settings.archive_dir)
    archive.prepare()
    if not restoring:
        must_not_be_lost(settings, database, archive)
    world = World(settings, database, archive)
    if owner is not None or not settings.sqlite:
        migrate(database, settings.data_dir / "copies")
    if owner is not None:
        # What mends the store knows activities, and so NumPy: a command that only asks a server does without.
        from homestretch.flow.recover import recover

        recover(world)
    return App(world)

"""The import: 600 FIT files of 180 kB on average, from the folder to committed rows, by the command and inside."""

import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.report import Row
from benchmarks.running import command
from homestretch.archive.archive import Archive
from homestretch.demo.calendar import two_years
from homestretch.demo.files import made
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.store.database import Database, sqlite_url
from homestretch.store.schema import migrate
from homestretch.store.scope import Scope

FILES, MEAN = 600, 180_000
_SEEDS = range(7, 10)
#: So many files go first, until the workers are warm.
_WARM = 20


def corpus(folder: Path) -> tuple[int, int]:
    """Write the files to a folder; return their number and bytes."""
    from datetime import date

    written = total = 0
    planned = (p for seed in _SEEDS for p in two_years(seed, date(2026, 11, 1)))
    for path, _ in (path for one in planned for path in one.paths()):
        data = made(path)
        # Small and large ones are drawn so that the mean comes out.
        if (total + len(data)) / (written + 1) > MEAN * 1.02 and len(data) > MEAN:
            continue
        if (total + len(data)) / (written + 1) < MEAN * 0.98 and len(data) < MEAN and written:
            continue
        place = folder / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        written, total = written + 1, total + len(data)
        if written == FILES:
            break
    return written, total


def new_context(folder: Path) -> Context:
    """Return an empty world in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder, database_url=None, min_free_mb=0)
    database = Database(sqlite_url(folder))
    migrate(database)
    archive = Archive(settings.archive_dir)
    archive.prepare()
    return Context(settings, database, archive)


def inside(files: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds, and the seconds of all processors, that taking the files in takes once the workers run."""
    context = new_context(folder)
    scope = Scope(athlete_named(context, None))
    places = sorted(path for path in files.rglob("*.fit"))
    with Decoders(context.settings) as decoders:
        _take_in(context, scope, decoders, places[:_WARM])
        began, quota_used = time.perf_counter(), _spent()
        _take_in(context, scope, decoders, places[_WARM:])
        taken, quota_used = time.perf_counter() - began, _spent() - quota_used
    context.database.close()
    share = len(places) / (len(places) - _WARM)
    return taken * share, quota_used * share


def _spent() -> float:
    """Return the processor seconds of this process and its children so far."""
    me = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (me, *me.children(recursive=True)))


def rows() -> list[Row]:
    """Return files and MB a second and peak memory, for the command as a process and for the flow alone."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "files").mkdir()
        count, size = corpus(home / "files")
        command(home / "by-command", "activities", "--json")  # makes the data folder, once and for all
        start, _ = command(home / "by-command", "activities", "--json")
        taken, peak = command(home / "by-command", "import", "--json", str(home / "files"))
        alone, quota_used = inside(home / "files", home / "inside")
        disk = sum(path.stat().st_size for path in (home / "by-command").rglob("*") if path.is_file())
    return [
        Row("mean size of the files", size / count / 1000, "kB"),
        # The command goes on until segments, routes and heat have caught up, which otherwise follow as jobs.
        Row("homestretch import, start to end, caught up", count / taken, "files/s"),
        Row("homestretch import, its start-up taken off", count / (taken - start), "files/s"),
        Row("homestretch import, start to end, caught up", size / 1e6 / taken, "MB/s"),
        Row("homestretch import, peak memory of all processes", peak, "MB", 600),
        Row("inside, workers running", count / alone, "files/s", 150, least=True),
        Row("inside, processor time of all processes", 1000 * quota_used / count, "ms/file"),
        Row("inside, if both cores were free for it", 2 * count / quota_used, "files/s", 150, least=True),
        Row("data folder by size of the files", disk / size, "times"),
    ]


def _take_in(context: Context, scope: Scope, decoders: Decoders, places: list[Path]) -> None:
    open_with_paths(context, scope, "cli", [(place.name, place) for place in places])
    ingest(context, scope.athlete_id, decoders)

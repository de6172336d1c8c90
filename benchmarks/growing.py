"""What an activity costs to take in, measured, when there are many already: `python -m benchmarks growing`.

With HOMESTRETCH_BENCH_LARGE set, among 100,000 too.
"""

import os
import tempfile
from pathlib import Path

from benchmarks.filling import Spent, files, fill
from benchmarks.importing import new_context
from benchmarks.report import Row
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope

SIZES = (1_000, 10_000, *((100_000,) if os.environ.get("HOMESTRETCH_BENCH_LARGE") else ()))
MORE, ROUNDS = 200, 2
#: Short ones, so that what the store costs is not hidden by what decoding does.
SECONDS = 60


def rows() -> list[Row]:
    """Return ms per activity at each size, on the clock and of all processors, and how they grow."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        context = new_context(home / "data")
        scope = Scope(athlete_named(context, None))
        taken = {}
        with Decoders(context.settings) as decoders:
            _take_in(context, scope, decoders, home / "warm", range(MORE))
            filled = MORE
            for size in SIZES:
                fill(context, scope.athlete_id, range(filled, size), SECONDS, whole=False)
                # The newest of all, as they are on most days.
                tries = [range(at, at + MORE) for at in range(size, size + ROUNDS * MORE, MORE)]
                found = [_take_in(context, scope, decoders, home / f"{size} {part.start}", part) for part in tries]
                taken[size] = [1000.0 * min(quota_used) / MORE for quota_used in zip(*found, strict=True)]
                filled = size + ROUNDS * MORE
        context.database.close()
    first = taken[SIZES[0]]
    return [
        *(Row(f"one more among {size:,}, processor time", taken[size][1], "ms") for size in SIZES),
        *(Row(f"one more among {size:,}, on the clock", taken[size][0], "ms") for size in SIZES),
        *(
            Row(f"{size:,} against {SIZES[0]:,}, processor time", taken[size][1] / first[1], "times", 1.2)
            for size in SIZES[1:]
        ),
    ]


def _take_in(context: Context, scope: Scope, decoders: Decoders, folder: Path, numbers: range) -> tuple[float, float]:
    folder.mkdir()
    for name, data in files(numbers, SECONDS).items():
        (folder / name).write_bytes(data)
    quota_used = Spent()
    open_with_paths(context, scope, "cli", [(place.name, place) for place in sorted(folder.iterdir())])
    ingest(context, scope.athlete_id, decoders)
    return quota_used.so_far()

"""Stored samples: bytes on the disk for a row of ten channels."""

from datetime import date

from benchmarks.corpus import bench_files
from benchmarks.report import Row
from homestretch.demo.files import activity_paths, made
from homestretch.formats import decode
from homestretch.model.recording import Recording
from homestretch.store.codecs.streams import pack

_SOME = 40


def rows() -> list[Row]:
    """Return bytes per row of ten channels, time included, for real files (where they are) and for made ones."""
    demo = [path for path in activity_paths(7, date(2026, 11, 1)) if "_ride-" in path or "_run-" in path][:_SOME]
    sets = {"files made here": [made(path) for path in demo]}
    real = [path.read_bytes() for path in bench_files(".fit", "fit")]
    if real:
        sets["real files"] = real
    return [Row(f"{name}, a row of ten channels", _bytes_per_row(data), "bytes", 7) for name, data in sets.items()]


def _bytes_per_row(files: list[bytes]) -> float:
    recordings: list[Recording] = [r for data in files for r in decode(data).recordings if len(r.time_ms) > 600]
    stored = sum(len(pack(r.time_ms, r.channels.values())) for r in recordings)
    cells = sum(len(r.time_ms) * len(r.channels) for r in recordings)
    return 10 * stored / cells

"""GPX and TCX decoding, whole files over 1 MB in memory to recordings, beside gpxpy and tcxreader in one run.

`python -m benchmarks.decode_xml`; a ratio is the peer's time over ours, summed over the same files.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.corpus import bench_files
from homestretch.formats import gpx, tcx

LARGE = 1_000_000
_ROUNDS = 5
_POINTS = 8_000


@dataclass(frozen=True, slots=True)
class Row:
    """A format: how many files and bytes, our seconds and the peer's, and how many times ours the peer's are."""

    name: str
    files: int
    size: int
    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """How many times longer the peer takes."""
        return self.peer / self.ours if self.ours else float("nan")


def _gpxpy(data: bytes) -> None:
    import gpxpy

    gpxpy.parse(data.decode("utf-8-sig"))


def _tcxreader(data: bytes) -> None:
    from tcxreader.tcxreader import TCXReader

    TCXReader().read(io.BytesIO(data))


def _made_gpx() -> bytes:
    """Return a GPX file of our own, as Strava writes them, for where there are no real ones."""
    began = datetime(2026, 5, 3, 6, tzinfo=UTC)
    points = "".join(
        f'\n   <trkpt lat="{60 + i / 1e5:.7f}" lon="{24 + i / 1e5:.7f}">\n    <ele>{100 + i % 50 / 10}</ele>\n'
        f"    <time>{began + timedelta(seconds=i):%Y-%m-%dT%H:%M:%SZ}</time>\n    <extensions>\n"
        f"     <power>{i % 300}</power>\n"
        f"     <gpxtpx:TrackPointExtension>\n      <gpxtpx:hr>{120 + i % 50}</gpxtpx:hr>\n"
        f"     </gpxtpx:TrackPointExtension>\n    </extensions>\n   </trkpt>"
        for i in range(_POINTS)
    )
    extension = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
    root = f'<gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="{extension}" version="1.1" creator="made">'
    return f"{root}<trk><trkseg>{points}</trkseg></trk></gpx>".encode()


def _best(work: Callable[[bytes], object], data: bytes, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work(data)
        taken.append(time.perf_counter() - began)
    return min(taken)


def _row(name: str, files: list[bytes], ours: Callable[[bytes], object], peer: Callable[[bytes], object]) -> Row:
    for data in files[:1]:
        ours(data)
        peer(data)
    pairs = [(_best(ours, data, _ROUNDS), _best(peer, data, 2)) for data in files]
    return Row(name, len(files), sum(map(len, files)), sum(a for a, _ in pairs), sum(b for _, b in pairs))


def rows() -> list[Row]:
    """Return a row for GPX beside gpxpy and one for TCX beside tcxreader; the latter only with real files."""
    large = {suffix: [p.read_bytes() for p in bench_files(suffix, suffix[1:])] for suffix in (".gpx", ".tcx")}
    large = {suffix: [data for data in found if len(data) > LARGE] for suffix, found in large.items()}
    found = [_row("gpx / gpxpy", large[".gpx"] or [_made_gpx()], gpx.decode, _gpxpy)]
    if large[".tcx"]:
        found.append(_row("tcx / tcxreader", large[".tcx"], tcx.decode, _tcxreader))
    return found


def table(found: list[Row]) -> str:
    """Return the rows as text."""
    lines = [
        f"{'format / peer':18} {'files':>5} {'MB':>5} {'ours ms':>8} {'MB/s':>6} {'peer ms':>8} {'times ours':>10}"
    ]
    lines += [
        f"{r.name:18} {r.files:5} {r.size / 1e6:5.1f} {r.ours * 1e3:8.1f} {r.size / 1e6 / r.ours:6.1f}"
        f" {r.peer * 1e3:8.1f} {r.ratio:10.1f}"
        for r in found
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(rows()))

"""FIT decoding, whole files in memory to recordings, beside its peers on the same files in one run.

`python -m benchmarks.decode_fit [seconds for each peer]`; a ratio is the peer's time over ours on the files it read.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus import bench_files
from homestretch.formats.fit.decoder import decode

_ROUNDS = 3
_SEED = 7


@dataclass(slots=True)
class Row:
    """One decoder: files tried and failed, bytes and seconds of those it read, and our seconds on the same ones."""

    name: str
    files: int = 0
    failed: int = 0
    size: int = 0
    seconds: float = 0.0
    ours: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times longer than we it took."""
        return self.seconds / self.ours if self.ours else float("nan")


def _sdk(data: bytes) -> None:
    from garmin_fit_sdk import Decoder, Stream

    _, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    if errors:
        raise errors[0]


def _fitparse(data: bytes) -> None:
    from fitparse import FitFile

    for message in FitFile(data).get_messages():
        message.get_values()


def _fitdecode(data: bytes) -> None:
    from fitdecode import FitReader

    with FitReader(data) as reader:
        for frame in reader:
            for one in getattr(frame, "fields", ()):
                _ = one.value


def _fitfast_records(data: bytes) -> None:
    import fitfast

    fitfast.records(data)


def _fitfast_parse(data: bytes) -> None:
    import fitfast

    fitfast.parse(data)


def _ours(data: bytes) -> None:
    if not decode(data).recordings:
        raise ValueError("no recording")


PEERS: dict[str, Callable[[bytes], None]] = {
    "fitfast.records": _fitfast_records,
    "fitfast.parse": _fitfast_parse,
    "garmin-fit-sdk": _sdk,
    "fitdecode": _fitdecode,
    "fitparse": _fitparse,
}


def corpus() -> list[bytes]:
    """Return the activity files to measure, in a random order that is always the same; else those we make ourselves."""
    data = [path.read_bytes() for path in bench_files(".fit", "fit")]
    if not data:
        from homestretch.formats.fit.encode import encode
        from tests.formats.golden import run, with_developer_fields

        data = [encode(run(600 * k)) for k in range(1, 13)] + [encode(with_developer_fields())]
    random.Random(_SEED).shuffle(data)
    return data


def _timed(decoder: Callable[[bytes], None], data: bytes) -> tuple[float, str | None]:
    """Return the seconds taken and what was raised; some peers panic past `Exception`."""
    began = time.perf_counter()
    try:
        decoder(data)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return time.perf_counter() - began, type(error).__name__
    return time.perf_counter() - began, None


def measure(name: str, decoder: Callable[[bytes], None], files: Sequence[bytes], budget_s: float) -> Row:
    """Return how a decoder fares, our own run on each file beside it, until its time is up."""
    row, began = Row(name), time.perf_counter()
    for data in files:
        if time.perf_counter() - began > budget_s:
            break
        row.files += 1
        quick = decoder in (_ours, _fitfast_records, _fitfast_parse)
        taken, fault = min(_timed(decoder, data) for _ in range(_ROUNDS if quick else 1))
        if fault:
            row.failed += 1
            row.faults[fault] = row.faults.get(fault, 0) + 1
            continue
        row.seconds += taken
        row.ours += min(_timed(_ours, data)[0] for _ in range(_ROUNDS))
        row.size += len(data)
    return row


def rows(budget_s: float = 30.0) -> list[Row]:
    """Return ours and every peer's row; each decoder warms up on one file first."""
    files = corpus()
    found = []
    for name, decoder in {"homestretch": _ours, **PEERS}.items():
        _timed(decoder, files[0])
        found.append(measure(name, decoder, files, budget_s))
    return found


def table(found: Sequence[Row]) -> str:
    """Return the rows as text, one line to each decoder."""
    lines = [f"{'decoder':16} {'files':>6} {'failed':>6} {'MB':>6} {'ms/file':>8} {'MB/s':>7} {'times ours':>10}"]
    for row in found:
        read = max(row.files - row.failed, 1)
        speed = row.size / 1e6 / row.seconds if row.seconds else float("nan")
        faults = " ".join(f"{name}:{count}" for name, count in row.faults.items())
        lines.append(
            f"{row.name:16} {row.files:6} {row.failed:6} {row.size / 1e6:6.1f} {row.seconds / read * 1e3:8.2f}"
            f" {speed:7.1f} {row.ratio:10.1f}  {faults}".rstrip()
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(rows(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)))

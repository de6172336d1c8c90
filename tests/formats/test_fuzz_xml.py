"""Whatever the bytes, the XML decoders return, and what they return of a beginning is the beginning of the whole."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import real_files
from homestretch.formats import decode, gpx, tcx
from homestretch.model.recording import Decoded
from tests.formats.golden_xml import GOLDEN
from tests.formats.oracle_xml import points

DECODERS = {"gpx": gpx.decode, "tcx": tcx.decode}
FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
WHOLE = re.compile(rb"</(?:trkpt|Trackpoint)>|<trkpt[^<>]*/>")
PIECES = [b"<", b">", b"/", b'"', b"&", b"&amp;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"\0", b"\xff", b"</trkpt>",
          b"<trkpt>", b"<Trackpoint>", b"</Trackpoint>", b"<trkseg>", b"-", b"9", b" "]  # fmt: skip


def survives(data: bytes, name: str) -> Decoded:
    decoded = DECODERS[name[-3:]](data)
    for recording in decoded.recordings:
        assert all(len(c) == len(recording.time_ms) for c in recording.channels.values())
        assert recording.end_ms >= recording.start.utc_ms
    return decoded


def times(decoded: Decoded) -> list[int]:
    return sorted(t for r in decoded.recordings for t in r.time_ms.tolist())


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_truncated_anywhere(name: str) -> None:
    data = GOLDEN[name]
    whole = times(survives(data, name))
    for length in range(len(data)):
        found = times(survives(data[:length], name))
        assert set(found) <= set(whole)


@pytest.mark.parametrize("path", real_files("gpx", "tcx"), ids=lambda p: p.name)
def test_real_files_truncated(path: Path) -> None:
    """Every point that is whole in the beginning is there, and no other."""
    data = path.read_bytes()
    stated = [int(row.get("time_ms", -1)) for row in points(path)]
    if times(survives(data, path.name)) != sorted(t for t in stated if t >= 0):
        pytest.skip("points of plans are no samples")
    rng = np.random.default_rng(len(data))
    lengths = range(len(data)) if len(data) <= 700 else rng.integers(0, len(data), 30 if len(data) < 10**5 else 5)
    for length in lengths:
        whole = len(WHOLE.findall(data, 0, length))
        assert times(survives(data[:length], path.name)) == sorted(t for t in stated[:whole] if t >= 0)


@FUZZ
@given(
    st.sampled_from(sorted(GOLDEN)),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=6)), max_size=6
    ),
)
def test_changed_anywhere(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = GOLDEN[name]
    for at, removed, put in changes:
        i = int(at * len(data))
        data = data[:i] + put + data[i + removed :]
    survives(data, name)


@FUZZ
@given(st.binary(max_size=300), st.sampled_from(["a.gpx", "a.tcx", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    decode(data, name)
    gpx.decode(data)
    tcx.decode(data)

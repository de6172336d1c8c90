"""What public reports were about, taken in whole: activities, questions, and the file that is given out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.corpus import test_data as data_folder
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.samples.samples import samples
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats import decode, gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.export import gpx_of
from tests.flow.edit.test_merging import of_device, questions, settled
from tests.formats import golden
from tests.taking import codes, listed, shown, take_in

DAY_MS = 86_400_000
REPORTS = (data_folder() or Path("absent")) / "reports"


def test_a_run_saved_45_days_later_and_one_between_are_two(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(300)
    saved = replace(of_device(run, "1"), totals={"total_elapsed_time_s": 45 * 86_400.0, "total_timer_time_s": 300.0},
                    end_ms=run.start.utc_ms + 45 * DAY_MS)  # fmt: skip
    phone = of_device(run, "2", heart_rate_bpm=None)
    later = replace(of_device(golden.run(360, golden.START_MS + 12 * DAY_MS), "1"), file_key="later")
    files = {"1.fit": encode(saved), "1-phone.gpx": gpx.encode(phone), "2.fit": encode(later)}
    take_in(sqlite_context, scope, decoders, files)
    settled(sqlite_context, scope, decoders)
    items = listed(sqlite_context, scope)
    assert [len(shown(sqlite_context, scope, item["id"])["recordings"]) for item in items] == [2, 1]
    assert [item["elapsed_s"] for item in items] == [pytest.approx(300, abs=3), pytest.approx(360, abs=3)]
    assert questions(sqlite_context, scope) == []


def test_a_clock_that_was_not_set_at_first_asks_nothing_and_is_not_given_out(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(300)
    time_ms = run.time_ms.copy()
    time_ms[:20] = 263_000 + 1000 * np.arange(20)
    unset = gpx.encode(replace(run, time_ms=time_ms, pauses=()))
    assert b"1970" in unset
    later = encode(replace(golden.run(360, golden.START_MS + 12 * DAY_MS), file_key="later"))
    take_in(sqlite_context, scope, decoders, {"unset.gpx": unset, "later.fit": later})
    settled(sqlite_context, scope, decoders)
    item, _ = listed(sqlite_context, scope)
    assert (item["start"], item["elapsed_s"]) == ("2026-05-03T06:00:00Z", 299)
    assert questions(sqlite_context, scope) == []
    assert "clock_set_late:20" in codes(shown(sqlite_context, scope, item["id"])["recordings"][0])
    with sqlite_context.database.read() as reader:
        given_out = gpx_of(reader, scope, resolve(reader, scope, item["id"]))
    assert b"1970" not in given_out
    [back] = decode(given_out, "out.gpx").recordings
    assert back.time_ms.tolist() == run.time_ms.tolist()


def test_places_out_of_reach_are_not_given_out(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    """The track that is given out is the one that is shown: it holds no place that does not count."""
    run = golden.run(300)
    latitude = run.channels["latitude"].values().copy()
    latitude[100:105] += 8.0
    stray = replace(run.channels["latitude"], raw=latitude, scale=1.0, offset=0.0)
    data = gpx.encode(replace(run, channels={**run.channels, "latitude": stray}))
    assert any("places_dropped" in note for note in samples(decode(data).recordings[0]).notes)
    take_in(sqlite_context, scope, decoders, {"stray.gpx": data})
    settled(sqlite_context, scope, decoders)
    [item] = listed(sqlite_context, scope)
    with sqlite_context.database.read() as reader:
        given_out = gpx_of(reader, scope, resolve(reader, scope, item["id"]))
    [back] = decode(given_out, "out.gpx").recordings
    assert len(back.time_ms) == len(run.time_ms) - 5
    assert not any("places" in note for note in samples(back).notes)
    assert summarise(back, samples(back)).distance_m == pytest.approx(item["distance_m"], abs=1.0)
    heard = back.channels["heart_rate_bpm"].values()
    assert np.array_equal(heard, np.delete(run.channels["heart_rate_bpm"].values(), slice(100, 105)), equal_nan=True)


#: What is right of each file, as its README has it.
RIGHT: dict[str, dict[str, Any]] = {
    "clock-1970-then-right.gpx": {"elapsed_s": 299, "start_ms": 1_741_248_000_000},
    "gps-five-points-far-away.gpx": {"distance_m": (880, 897.1)},
    "one-coordinate-zero.gpx": {"distance_m": (870, 897.1)},
    "two-records-a-second.fit": {
        "moving_s": 300, "avg_speed_mps": 7, "max_speed_mps": 7, "avg_hr_bpm": 140, "avg_power_w": 190,
    },
    "segments-repeat.gpx": {"timer_s": 299, "distance_m": 897},
    "track-twice.gpx": {"distance_m": 897},
    "distance-of-each-step.tcx": {"distance_m": 2700, "moving_s": 900, "avg_speed_mps": 3},
    "no-laps.tcx": {"elapsed_s": 299, "distance_m": 897},
    "decimal-comma.gpx": {"distance_m": 897, "max_altitude_m": 105},
    "session-all-zero.fit": {"timer_s": 299, "moving_s": 299, "distance_m": 897},
    "first-record-180-s-late.fit": {"start_ms": 1_741_852_800_000, "avg_speed_mps": 3, "moving_s": 600},
    "altitude-zero-every-third.gpx": {"ascent_m": 29, "descent_m": 25, "min_altitude_m": 390},
    "half-without-time.gpx": {"distance_m": 447},
    "saved-45-days-later-1.fit": {"elapsed_s": 300, "distance_m": 900},
}  # fmt: skip


@pytest.mark.skipif(not REPORTS.exists(), reason="the inputs after public reports are not here")
@pytest.mark.parametrize("name", sorted(RIGHT))
def test_the_reports_own_files(name: str) -> None:
    decoded = decode(Path(REPORTS / name).read_bytes(), name)
    [only] = decoded.recordings
    found: Summary = summarise(only, samples(only))
    for figure, right in RIGHT[name].items():
        value = getattr(found, figure)
        if isinstance(right, tuple):
            assert right[0] <= value <= right[1], figure
        else:
            assert value == pytest.approx(right, abs=1.0 if figure != "ascent_m" else 0.5), figure
    if found.avg_speed_mps is not None and found.max_speed_mps is not None:
        assert found.avg_speed_mps <= found.max_speed_mps

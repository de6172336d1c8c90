"""One clock: what a recording's times may have been through, and that none of it shows afterwards."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.samples.clock import ROLL_OVER_MS, settle
from homestretch.analysis.samples.samples import samples
from homestretch.model.channel import Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Lap, Pause, Recording
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS, northward, recording

DAY = 86_400


def settled(*seconds: float, **channels: Any) -> tuple[Recording, tuple[str, ...]]:
    return settle(recording(seconds, channels))


def seconds(found: Recording) -> list[float]:
    return [(ms - START_MS) / 1000 for ms in found.time_ms.tolist()]


def run(n: int = 300, start_ms: int = START_MS, **more: Any) -> Recording:
    """Return a run straight north at 3 m/s with a point a second."""
    k = np.arange(n)
    columns = {"latitude": northward(3.0 * k), "longitude": np.full(n, 14.0), "heart_rate_bpm": 120.0 + k % 30}
    made = recording(k, columns, "running", **more)
    return replace(
        made, time_ms=made.time_ms + start_ms - START_MS, start=Moment(start_ms), end_ms=start_ms + 1000 * (n - 1)
    )


def retimed(made: Recording, time_ms: Any) -> Recording:
    """Return a recording as a faulty clock dates it: where it is a GPX, its start is its first sample's."""
    return replace(made, time_ms=np.asarray(time_ms, np.int64))


def test_what_is_in_order_comes_back_as_it_is() -> None:
    made = run()
    assert settle(made)[0] is made
    assert settled(100, 101, 101.5, 200)[1] == ()


def test_of_equal_times_the_last_measured_value_wins_field_by_field() -> None:
    found, notes = settled(0, 1, 1, 1, 2, power_w=[1.0, 2.0, 3.0, np.nan, 5.0])
    assert seconds(found) == [0, 1, 2]
    assert found.channels["power_w"].values().tolist() == [1, 3, 5]
    assert notes == ()


def test_a_zero_beside_a_value_at_the_same_instant_was_not_read() -> None:
    found, _ = settled(0, 0, 1, 1, 2, 2, power_w=[190.0, 0, 0, 200, 0, 0])
    assert found.channels["power_w"].values().tolist() == [190, 200, 0]
    raw = np.array([2600, 2500], np.int32)  # 20 m and 0 m, as FIT has them
    whole = replace(recording([0, 0]), channels={"altitude_m": Channel("altitude_m", raw, "m", 5.0, 500.0)})
    assert settle(whole)[0].channels["altitude_m"].values().tolist() == [20]


def test_a_short_jump_back_is_a_second_written_twice() -> None:
    found, notes = settled(0, 1, 2, 1, 2, 3, power_w=[1.0, 2, 3, 11, 12, 13])
    assert found.channels["power_w"].values().tolist() == [1, 11, 12, 13]
    assert notes == ()


def test_blocks_in_the_wrong_order_are_sorted() -> None:
    found, notes = settled(100, 101, 102, 0, 1, 2, power_w=np.arange(6.0))
    assert seconds(found) == [0, 1, 2, 100, 101, 102]
    assert found.channels["power_w"].values().tolist() == [3, 4, 5, 0, 1, 2]
    assert notes == ()


def test_a_clock_set_back_a_little_moves_the_fewer_samples() -> None:
    found, notes = settled(*range(100), *range(95, 300))
    assert notes == ("clock_set_back:100",)
    assert np.diff(seconds(found)).tolist() == [1.0] * 304


def test_a_copy_of_what_was_there_is_dropped_and_what_it_adds_is_kept() -> None:
    found, notes = settled(*range(100), *range(20, 100))
    assert (seconds(found), notes) == (list(range(100)), ("copy_dropped:80",))
    n = np.concatenate((np.arange(100), np.arange(200), np.arange(300)))
    found, notes = settled(*n, power_w=100.0 + n)
    assert (seconds(found), notes) == (list(range(300)), ("copy_dropped:300",))
    n = np.concatenate((np.arange(200), np.arange(195, 400)))
    found, notes = settled(*n, power_w=100.0 + n)
    assert (seconds(found), notes) == (list(range(400)), ("copy_dropped:5",)), "the same values: no clock was set back"


@pytest.mark.parametrize("unset_s", [263, 631_065_600, 631_152_000, 86_400 * 365 * 29])
def test_a_clock_set_by_satellite_moves_what_came_before_it(unset_s: int) -> None:
    made = run()
    time_ms = made.time_ms.copy()
    time_ms[:20] = 1000 * (unset_s + np.arange(20))
    lap = Lap(start_ms=int(time_ms[0]), end_ms=START_MS + 150_000)
    broken = replace(
        retimed(made, time_ms), start=Moment(int(time_ms[0])), laps=(lap,),
        pauses=(Pause(int(time_ms[10]), int(time_ms[11])),),
    )  # fmt: skip
    found, notes = settle(broken)
    assert notes == ("clock_set_late:20",)
    assert found.time_ms.tolist() == made.time_ms.tolist()
    assert (found.start.utc_ms, found.laps[0].start_ms) == (START_MS, START_MS)
    assert found.pauses == (Pause(START_MS + 10_000, START_MS + 11_000),)
    assert summarise(broken).elapsed_s == 299


def test_most_of_the_samples_before_the_clock_was_set_do_not_outweigh_the_rest() -> None:
    made = run()
    time_ms = made.time_ms.copy()
    time_ms[:250] = 1000 * (263 + np.arange(250))
    assert settle(retimed(made, time_ms))[0].time_ms.tolist() == made.time_ms.tolist()


@pytest.mark.parametrize("where", [slice(0, 40), slice(200, 300), slice(60, 90)])
def test_weeks_that_began_again_are_the_wrong_ones(where: slice) -> None:
    made = run()
    time_ms = made.time_ms.copy()
    time_ms[where] -= ROLL_OVER_MS
    assert settle(retimed(made, time_ms))[0].time_ms.tolist() == made.time_ms.tolist()


def test_the_sessions_own_start_dates_what_no_sample_does() -> None:
    made = run()
    for behind in (ROLL_OVER_MS, START_MS - 263_000):
        found, notes = settle(retimed(made, made.time_ms - behind))
        assert (found.time_ms.tolist(), notes) == (made.time_ms.tolist(), ("clock_set_late:300",))
    lost = settle(replace(retimed(made, made.time_ms - START_MS), start=Moment(0)))
    assert lost[1] == ("clock_unknown",), "nobody knows better: the athlete is told"


@pytest.mark.parametrize("at", [0, 1, 150, 299])
@pytest.mark.parametrize("off_s", [1_749_944, -1_749_944, 7200, -7200, 40 * 365 * DAY])
def test_one_bad_reading_moves_nothing_else(at: int, off_s: int) -> None:
    made = run()
    time_ms = made.time_ms.copy()
    time_ms[at] += 1000 * off_s
    if (at, off_s) in {(0, -7200), (299, 7200)}:
        return  # two hours before all others, or after: that may be a rest
    found, notes = settle(retimed(made, time_ms))
    assert len(notes) == 1
    assert abs(found.time_ms - made.time_ms).max() <= 1000
    assert summarise(retimed(made, time_ms)).elapsed_s == pytest.approx(299, abs=1)


def test_thousands_of_bad_readings_and_two_recorders_in_turn() -> None:
    rng = np.random.default_rng(3)
    made = run(9000)
    time_ms = made.time_ms.copy()
    bad = rng.choice(np.arange(1, 8999), 1200, replace=False)
    time_ms[bad] += 1000 * rng.integers(-(10**7), 10**7, 1200)
    found, notes = settle(retimed(made, time_ms))
    assert len(notes) == 1 and 9000 - 1200 <= len(found.time_ms) <= 9000
    strays = np.setdiff1d(found.time_ms, made.time_ms)
    assert len(strays) <= 20 and found.time_ms[-1] - found.time_ms[0] <= 9000 * 1000 + 3_600_000
    k = np.arange(9000)
    turns = START_MS + 1000 * (k // 2) + np.where(k % 2, 0, 5000)  # the one recorder is five seconds ahead
    found, notes = settle(retimed(made, turns))
    assert found.time_ms.tolist() == np.unique(turns).tolist() and notes == ()


def test_who_goes_on_days_later_was_out_twice() -> None:
    made = run(600)
    time_ms = made.time_ms.copy()
    time_ms[300:] += 12 * 1000 * DAY
    found, notes = settle(retimed(made, time_ms))
    assert (found.time_ms.tolist(), notes) == (time_ms.tolist(), ())


def test_laps_that_began_at_no_time_begin_where_the_last_one_ended() -> None:
    laps = tuple(Lap(start_ms=0, end_ms=0, elapsed_s=100.0) for _ in range(3))
    found, _ = settle(run(laps=laps))
    assert [lap.start_ms - START_MS for lap in found.laps] == [0, 100_000, 200_000]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), max_size=60))
def test_any_times_come_to_rise_and_a_second_look_changes_nothing(times: list[int]) -> None:
    made = recording(times, {"power_w": np.arange(1.0, len(times) + 1)})
    found, _ = settle(made)
    assert (np.diff(found.time_ms) > 0).all()
    assert len(found.channels["power_w"]) == len(found.time_ms) > (0 if times else -1)
    again, _ = settle(found)
    assert again.time_ms.tolist() == found.time_ms.tolist()


faults = st.tuples(
    st.integers(0, 299), st.integers(1, 60), st.integers(-(60 * 365 * DAY), 60 * 365 * DAY)
)  # from where, how many samples, how many seconds off


@settings(max_examples=150, deadline=None)
@given(faults, st.booleans())
def test_any_fault_of_the_clock_leaves_no_more_than_was_recorded(fault: tuple[int, int, int], fit: bool) -> None:
    """A block with wrong times, anywhere and by any amount: times and way stay what the other samples allow."""
    at, count, off_s = fault
    made = run(600, start_ms=START_MS)
    at += 150  # the true times are the most, and lie around it
    time_ms = made.time_ms.copy()
    time_ms[at : at + count] += 1000 * off_s
    broken = retimed(made, time_ms)
    if not fit:
        broken = replace(broken, start=Moment(int(time_ms[0])))
    summary = summarise(broken)
    assert summary.elapsed_s <= 599 + 9
    assert summary.distance_m is not None
    assert summary.distance_m <= 3.0 * 599 + 1
    assert summary.timer_s <= 600
    assert 3.0 * (599 - count) - 6 <= summary.distance_m
    best = samples(broken)
    assert best.speed_mps is not None and np.nanmax(best.speed_mps) <= 12.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9000), min_size=1, max_size=80), st.sampled_from(["running", "cycling"]))
def test_a_clean_recording_is_not_touched(steps_ms: list[int], sport: str) -> None:
    time_ms = START_MS + np.cumsum(np.array(steps_ms, np.int64))
    n = len(time_ms)
    raw = Channel("heart_rate_bpm", np.full(n, 140, np.int32), "bpm")
    made = Recording(
        sport=Sport(sport), start=Moment(START_MS), end_ms=int(time_ms[-1]), time_ms=time_ms,
        channels={"heart_rate_bpm": raw},
    )  # fmt: skip
    found, notes = settle(made)
    assert found is made and notes == ()
    assert samples(made).recording is made and summarise(made).flags == ()

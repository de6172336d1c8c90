from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure.bests import (
    DISTANCES,
    Best,
    best_distance,
    best_distances,
    best_efforts,
    best_lengths,
    distances,
    eddington,
    jumps,
    longest_streak,
    plausible_bests,
)
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.model.channel import Floats
from homestretch.model.recording import Length, Recording
from tests.analysis.made import START_MS, recording
from tests.analysis.training_vectors import VECTORS, vector
from tests.analysis.vectors import real_file


def slow_first(t: Floats, d: Floats, y: float) -> float:
    """The earliest time at which d reaches y."""
    if y <= d[0]:
        return float(t[0])
    for i in range(1, len(d)):
        if d[i] >= y:
            return float(t[i - 1] + (y - d[i - 1]) / (d[i] - d[i - 1]) * (t[i] - t[i - 1]))
    raise AssertionError(y)


def slow_last(t: Floats, d: Floats, x: float) -> float:
    """The latest time at which d is not beyond x: the earliest of the track run backwards."""
    return -slow_first(-t[::-1], -d[::-1], -x)


def brute(t: Floats, d: Floats, metres: float) -> float | None:
    """The shortest time, from the rule: every sample as a start and as an end."""
    found = [slow_first(t, d, x + metres) - slow_last(t, d, x) for x in d if x + metres <= d[-1]]
    found += [slow_first(t, d, x) - slow_last(t, d, x - metres) for x in d if x - metres >= d[0]]
    return min(found, default=None)


@st.composite
def tracks(draw: st.DrawFn) -> tuple[Floats, Floats]:
    n = draw(st.integers(2, 60))
    steps = draw(st.lists(st.sampled_from([1.0, 1.0, 1.0, 0.25, 2.5, 7.0, 40.0]), min_size=n - 1, max_size=n - 1))
    ways = draw(st.lists(st.sampled_from([0.0, 0.0, 1.0, 3.0, 3.0, 4.25, 12.0]), min_size=n - 1, max_size=n - 1))
    first = draw(st.sampled_from([0.0, 0.5, 1000.0]))
    return np.cumsum([first, *steps]), np.cumsum([0.0, *ways])


METRES = [0.5, 1.0, 3.0, 7.5, 12.0, 40.0, 80.0]


@given(tracks())
@settings(max_examples=300, deadline=None)
def test_both_ways_find_what_the_rule_says(track: tuple[Floats, Floats]) -> None:
    t, d = track
    for metres, quick in zip(METRES, best_distances(t, d, METRES), strict=True):
        direct, expected = best_distance(t, d, metres), brute(t, d, metres)
        if expected is None:
            assert direct is quick is None
            continue
        assert direct is not None
        assert quick is not None
        assert direct.elapsed_s == pytest.approx(expected, abs=1e-9)
        assert quick.elapsed_s == pytest.approx(expected, abs=1e-9)
        assert quick.start_s == pytest.approx(direct.start_s, abs=1e-5)


@given(tracks())
@settings(deadline=None)
def test_more_metres_take_no_less_time(track: tuple[Floats, Floats]) -> None:
    found = [best.elapsed_s for best in best_distances(*track, METRES) if best is not None]
    assert all(a <= b + 1e-9 for a, b in pairwise(found))


def test_long_noisy_tracks_are_found_on_too() -> None:
    rng = np.random.default_rng(5)
    for dt in (np.ones(4000), rng.choice([1.0, 2, 3, 8], 4000), rng.choice([0.25, 0.5], 4000)):
        speed = np.clip(6 + np.cumsum(rng.normal(0, 0.3, 4000)) * 0.3, 0, 18)
        t, d = np.concatenate(([0.0], np.cumsum(dt))), np.concatenate(([0.0], np.cumsum(speed * dt)))
        wanted = [100.0, 400, 1000, 5000, 10_000]
        for metres, quick in zip(wanted, best_distances(t, d, wanted), strict=True):
            direct = best_distance(t, d, metres)
            assert (quick is None) == (direct is None)
            if quick is not None and direct is not None:
                assert quick.elapsed_s == pytest.approx(direct.elapsed_s, abs=1e-9)
                assert quick.start_s == pytest.approx(direct.start_s, abs=1e-5)


def test_an_even_pace_recorded_smartly() -> None:
    _, expected = vector("best.dist.const")
    t = np.arange(0.0, 1001, 5)
    wanted = sorted(map(float, expected))
    found = best_distances(t, 3 * t, wanted)
    for metres, best in zip(wanted, found, strict=True):
        assert best is not None
        key = str(int(metres)) if metres == int(metres) else str(metres)
        assert best.elapsed_s == pytest.approx(expected[key]["elapsed_s"], abs=1e-6)
        assert best.start_s == pytest.approx(0.0, abs=1e-5)


def test_stops_count_and_standing_before_and_after_does_not() -> None:
    t = np.arange(0.0, 301)
    d = np.concatenate((np.zeros(50), np.arange(0, 400, 4.0), np.full(50, 400.0), 400 + np.arange(0, 404, 4.0)))
    assert best_distance(t, d, 400) == Best(100.0, 50.0)
    both = best_distance(t, d, 600)
    assert both is not None
    assert both.elapsed_s == pytest.approx(150 + 51, abs=2)


def test_too_little_is_no_effort() -> None:
    nothing, one = np.zeros(0), np.zeros(1)
    still = np.zeros(172_800)
    for t, d in ((nothing, nothing), (one, one), (np.arange(172_800.0), still), (np.arange(2.0), np.arange(2.0))):
        assert best_distance(t, d, 400) is None
        assert best_distances(t, d, [400, 1000]) == [None, None]
        assert plausible_bests(t, d, [400, 1000]) == [None, None]
    assert best_distance(np.arange(2.0), np.arange(2.0), 1.0) == Best(1.0, 0.0)
    assert best_distance(np.arange(2.0), np.arange(2.0), 0.0) is None
    days = np.arange(0.0, 2_000_000, 100)
    assert best_distances(days, days, [1000.0]) == [best_distance(days, days, 1000.0)]


def test_a_jump_makes_no_record() -> None:
    t = np.arange(0.0, 1000)
    d = 3.0 * t
    d[500:] += 300
    assert jumps(t, d).tolist() == [499]
    (best,) = plausible_bests(t, d, [1200])
    assert best is not None
    assert best.elapsed_s == pytest.approx(400)
    (fooled,) = best_distances(t, d, [1200])
    assert fooled is not None
    assert fooled.elapsed_s == pytest.approx(301, abs=1)
    assert plausible_bests(t, d, [1700]) == [None]


def test_a_pool_has_whole_lengths_and_its_rests_count() -> None:
    assert distances("swim", 25.0) == (50, 100, 200, 400, 500, 1000, 1500)
    assert distances("swim", 100 / 3) == (100, 200, 400, 500, 1000, 1500)
    assert distances("yoga") == ()
    assert set(distances("run")) == set(DISTANCES["run"])
    begin = np.array([0.0, 30, 90, 115, 140])
    took = np.array([30.0, 30, 25, 25, 25])
    assert best_lengths(begin, took, 2) == Best(50.0, 90.0)
    assert best_lengths(begin, took, 4) == Best(135.0, 30.0)
    assert best_lengths(begin, took, 6) is None
    assert best_lengths(begin, took, 0) is None


def effort(made: Recording) -> Effort:
    cleaned = samples(made)
    return Effort(cleaned, summarise(made, cleaned), made.sport, Profile())


def test_what_an_effort_tells() -> None:
    t = np.arange(0, 1200)
    run = effort(recording(t, {"distance_m": 4.0 * t}, "running"))
    reached = [m for m in DISTANCES["run"] if m <= 4796]
    assert [m for m, _, _ in best_efforts(run)] == reached
    assert [s for _, s, _ in best_efforts(run)] == pytest.approx([m / 4.0 for m in reached])
    assert best_efforts(effort(recording(t, {"heart_rate_bpm": np.full(1200, 120)}, "running"))) == []
    assert best_efforts(effort(recording([], {}, "running"))) == []
    lengths = tuple(Length(start_ms=START_MS + 30_000 * i, elapsed_s=25.0, active=i != 2) for i in range(6))
    swim = effort(recording(t, {"distance_m": 1.0 * t}, "swimming", lengths=lengths, pool_length_m=25.0))
    assert best_efforts(swim) == [(50, 55.0, 0.0), (100, 145.0, 0.0)]


@pytest.mark.parametrize("key", [k for k, v in VECTORS.items() if "best_distance_device" in v["expected"]])
def test_real_files(key: str) -> None:
    given, expected = vector(key)
    path = real_file(given["sha256"])
    if path is None:
        pytest.skip("the real file is not here")
    made = samples(decode(path.read_bytes(), path.name).recordings[0])
    assert made.distance_m is not None
    told: dict[str, Any] = expected["best_distance_device"]
    wanted = sorted(map(float, told))
    found = best_distances(made.axis.t, made.distance_m, wanted)
    for (metres, seconds), best in zip(sorted((float(k), v) for k, v in told.items()), found, strict=True):
        assert best is not None
        assert best.elapsed_s == pytest.approx(seconds, rel=0.002), metres
        direct = best_distance(made.axis.t, made.distance_m, metres)
        assert direct is not None
        assert best.elapsed_s == pytest.approx(direct.elapsed_s, abs=1e-9)
        assert best.start_s == pytest.approx(direct.start_s, abs=1e-5)


@given(st.lists(st.floats(0, 40), max_size=40))
@settings(deadline=None)
def test_eddington(amounts: list[float]) -> None:
    found = eddington(np.array(amounts))
    assert sum(a >= found for a in amounts) >= found
    assert sum(a >= found + 1 for a in amounts) < found + 1


def test_streaks() -> None:
    assert longest_streak(np.zeros(0, dtype=np.int64)) is None
    assert longest_streak(np.array([5])) == (1, 5)
    assert longest_streak(np.array([9, 1, 2, 3, 3, 7, 8, 20])) == (3, 1)

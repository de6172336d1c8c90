from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.curves import curves
from homestretch.analysis.measure.curve import (
    FIXED,
    curves_of,
    durations,
    envelope,
    falling,
    mean_max,
    pack,
    trace,
    unpack,
)
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording
from tests.analysis.made import recording
from tests.analysis.training_vectors import VECTORS, vector
from tests.analysis.vectors import real_file

STEPS = [100.0] * 120 + ([300.0] * 60 + [100.0] * 60) * 4 + [100.0] * 60
SERIES = arrays(np.float64, st.integers(1, 90), elements=st.integers(0, 9).map(float))
HOLED = arrays(np.float64, st.integers(1, 90), elements=st.sampled_from([0.0, 1.0, 2.5, -3.0, 7.0, 7.0, 8.0, np.nan]))


def lengths(*seconds: int) -> Any:
    return np.array(seconds, dtype=np.int32)


def brute(x: Floats, length: int) -> tuple[float, int]:
    """Look at every window: the highest mean of what is known, and where it first begins."""
    best, start = float("nan"), -1
    for i in range(len(x) - length + 1):
        known = x[i : i + length][~np.isnan(x[i : i + length])]
        if len(known) >= 0.9 * length and (start < 0 or known.mean() > best + 1e-9):
            best, start = float(known.mean()), i
    return best, start


@pytest.mark.parametrize(("key", "x"), [("pw.step", STEPS), ("pw.ramp", range(100))])
def test_the_vectors(key: str, x: Any) -> None:
    _, expected = vector(key)
    at = lengths(*map(int, expected["mmp"]))
    values, _ = mean_max(np.array(x, dtype=np.float64), at)
    assert values == pytest.approx(list(expected["mmp"].values()), rel=1e-9)


def test_a_constant_has_a_flat_curve() -> None:
    values, starts = mean_max(np.full(3600, 200.0), durations(3600, dense=True))
    assert (values == 200.0).all()
    assert (starts == 0).all()


def test_the_best_ten_seconds_of_a_ramp() -> None:
    _, expected = vector("best.time.ramp")
    values, starts = mean_max(np.arange(100.0), lengths(10))
    assert (values[0], starts[0]) == (expected["best_10s"], expected["start_idx"])


def test_published_sums_and_where_they_are() -> None:
    given, expected = vector("pub.maxsub.runalyze")
    x, at = np.array(given["values"], dtype=np.float64), lengths(*given["lengths"])
    for sign, sums, spans in ((1, "max_sum", "idx"), (-1, "min_sum", "min_idx")):
        values, starts = mean_max(sign * x, at)
        assert (sign * values * at).tolist() == pytest.approx(expected[sums])
        assert [[s, s + d - 1] for s, d in zip(starts.tolist(), at.tolist(), strict=True)] == expected[spans]


@given(HOLED)
@settings(deadline=None)
def test_windows_are_what_looking_at_each_finds(x: Floats) -> None:
    at = lengths(*range(1, len(x) + 1))
    values, starts = mean_max(x, at)
    expected = [brute(x, d) for d in at.tolist()]
    assert starts.tolist() == [start for _, start in expected]
    assert values == pytest.approx([value for value, _ in expected], nan_ok=True, abs=1e-9)


@given(HOLED, st.integers(1, 5))
@settings(deadline=None)
def test_shares_of_seconds_say_the_same_as_holes(x: Floats, share: int) -> None:
    at = lengths(*range(1, len(x) + 1))
    known = (~np.isnan(x)).astype(np.float64)
    holed = mean_max(x, at)
    shared = mean_max(np.nan_to_num(x), at, known)
    assert np.array_equal(holed[0], shared[0], equal_nan=True)
    assert np.array_equal(holed[1], shared[1])


@given(SERIES, st.floats(0.1, 7.0))
@settings(deadline=None)
def test_scaling_scales_and_the_ends_are_maximum_and_mean(x: Floats, factor: float) -> None:
    at = durations(len(x), dense=True)
    values, _ = mean_max(x, at)
    assert mean_max(factor * x, at)[0] == pytest.approx(factor * values)
    assert values[0] == x.max()
    assert mean_max(x, lengths(len(x)))[0][0] == pytest.approx(x.mean())


def test_whole_numbers_beyond_32_bits_are_summed_too() -> None:
    x = np.full(4000, 1e9)
    x[2000:2100] += 1
    values, starts = mean_max(x, lengths(100, 4000))
    assert values == pytest.approx([1e9 + 1, 1e9 + 1 / 40], abs=1e-5)
    assert starts.tolist() == [2000, 0]


def test_durations_are_shared_and_complete() -> None:
    dense, sparse = durations(100_000, dense=True), durations(100_000, dense=False)
    assert dense[:60].tolist() == list(range(1, 61))
    assert set(sparse.tolist()) == {d for d in FIXED if d <= 100_000}
    assert set(sparse.tolist()) <= set(dense.tolist())
    assert (dense[60:] / dense[59:-1]).max() <= 1.0501
    assert np.array_equal(durations(1000, dense=True), dense[dense <= 1000])
    assert len(durations(0, dense=True)) == 0


@pytest.mark.parametrize("n", [0, 1, 2, 172_800])
@pytest.mark.parametrize("fill", [0.0, 150.0, np.nan])
def test_nothing_little_and_much_do_not_raise(n: int, fill: float) -> None:
    at = durations(172_800, dense=False)
    values, starts = mean_max(np.full(n, fill), at)
    known = (at <= n) & (not np.isnan(fill))
    assert np.array_equal(~np.isnan(values), known)
    assert np.array_equal(starts >= 0, known)


def test_an_envelope_is_the_best_and_knows_whose() -> None:
    first = (lengths(1, 5, 60), np.array([900.0, 700, 300]))
    second = (lengths(1, 5, 60, 1200), np.array([900.0, 750, np.nan, 250]))
    best = envelope([first, second, (lengths(), np.zeros(0))])
    assert best.durations.tolist() == [1, 5, 60, 1200]
    assert best.values.tolist() == [900, 750, 300, 250]
    assert best.source.tolist() == [0, 1, 0, 1]
    assert len(envelope([]).values) == 0
    assert falling(np.array([5.0, 3, 4, 1])).tolist() == [5, 4, 4, 1]


@given(st.lists(SERIES, max_size=4))
@settings(deadline=None)
def test_an_envelope_is_what_looking_at_each_curve_finds(series: list[Floats]) -> None:
    found = [(at, mean_max(x, at)[0]) for x in series for at in [durations(len(x), dense=True)]]
    best = envelope(found)
    points = {d: max(v[list(at).index(d)] for at, v in found if d in at) for at, _ in found for d in at.tolist()}
    assert dict(zip(best.durations.tolist(), best.values.tolist(), strict=True)) == points


def test_packing_keeps_a_curve() -> None:
    at = durations(5000, dense=True)
    values, starts = mean_max(np.arange(5000.0) % 977, at)
    kept = unpack(pack(at, values, starts))
    assert np.array_equal(kept[0], at)
    assert kept[1] == pytest.approx(values, rel=1e-7)
    assert np.array_equal(kept[2], starts)
    for broken in (b"", b"\x01", pack(at, values, starts)[:-1], b"\x09" + pack(at, values, starts)[1:]):
        with pytest.raises(ValueError, match="curve"):
            unpack(broken)


def effort(made: Recording) -> Effort:
    cleaned = samples(made)
    return Effort(cleaned, summarise(made, cleaned), made.sport, Profile())


def test_every_curve_describes_itself_and_keeps_to_its_sports() -> None:
    assert set(curves()) == {"cadence", "gap", "heart_rate", "power", "speed", "vam"}
    n = 1200
    channels = {
        "power_w": np.where(np.arange(n) < 300, 300.0, 100.0),
        "heart_rate_bpm": np.full(n, 140.0),
        "cadence_rpm": np.full(n, 85.0),
        "distance_m": 4.0 * np.arange(n),
        "speed_mps": np.full(n, 4.0),
        "altitude_m": 100 + 0.25 * np.arange(n),
    }
    ride, run = (effort(recording(np.arange(n), channels, sport)) for sport in ("cycling", "running"))
    told = curves_of(ride)
    assert "gap" not in told
    expected = {"power": 300.0, "heart_rate": 140.0, "cadence": 85.0, "speed": 4.0, "vam": 900.0}
    for key, value in expected.items():
        at, values, _ = told[key]
        assert values[list(at).index(300)] == pytest.approx(value, rel=1e-3)
    hilly, legs = trace(run, curves()["gap"]), trace(run, curves()["cadence"])
    assert hilly is not None
    assert hilly[1][0] > 4.5
    assert legs is not None
    assert legs[1][0] == 170


def test_sparse_samples_tell_nothing_of_short_windows_and_gaps_break_heart_rate() -> None:
    t = np.arange(0, 3000, 5)
    found = trace(effort(recording(t, {"power_w": np.full(600, 200.0)})), curves()["power"])
    assert found is not None
    assert found[0][0] == 10
    assert found[1] == pytest.approx(200.0)
    t = np.concatenate((np.arange(100), np.arange(1100, 1200)))
    found = trace(effort(recording(t, {"heart_rate_bpm": np.full(200, 150.0)})), curves()["heart_rate"])
    assert found is not None
    assert found[0][-1] == 90
    assert trace(effort(recording([], {})), curves()["power"]) is None


@pytest.mark.parametrize("key", [k for k in VECTORS if k.startswith("file.")])
def test_real_rides(key: str) -> None:
    given, expected = vector(key)
    path = real_file(given["sha256"])
    if path is None or "mmp" not in expected:
        pytest.skip("the real file is not here, or has no power")
    found = trace(effort(decode(path.read_bytes(), path.name).recordings[0]), curves()["power"])
    assert found is not None
    at = dict(zip(found[0].tolist(), found[1].tolist(), strict=True))
    assert {s: at[int(s)] for s in expected["mmp"]} == pytest.approx(expected["mmp"], rel=0.002)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.athlete.thresholds import FEMALE, Profile, estimated
from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.metrics.heart import edwards_s
from homestretch.analysis.samples.heart_rate import flat_s, without_spikes
from tests.analysis.metrics.made import DAY, effort, steps, told, vector

STREAM = steps((100, 600), (130, 1200), (150, 900), (165, 600), (180, 300))


@pytest.mark.parametrize(("sex", "key"), [(0.0, "male"), (FEMALE, "female_coef_0_86")])
def test_impulse_of_a_steady_heart(sex: float, key: str) -> None:
    given, expected = vector("hr.trimp.banister")
    own = {"max_hr_bpm": given["max"], "resting_hr_bpm": given["rest"], "sex": sex}
    found = told("heart", effort({"heart_rate_bpm": steps((given["hr"], 60 * given["minutes"]))}, own))
    assert found["trimp"] == pytest.approx(expected[key], abs=1e-6)


def test_impulse_is_summed_by_sample() -> None:
    given, expected = vector("hr.trimp.stream")
    own = {"max_hr_bpm": given["max"], "resting_hr_bpm": given["rest"], "lthr_bpm": given["lthr"]}
    made = effort({"heart_rate_bpm": STREAM}, own)
    found = told("heart", made)
    assert found["trimp"] == pytest.approx(expected["banister_per_second_male"], abs=1e-4)
    assert found["trimp_edwards"] == pytest.approx(expected["edwards"], abs=1e-4)
    assert found["hr_load"] == pytest.approx(expected["hrss_male"], abs=1e-4)
    assert made.series.heart_rate_held is not None
    assert edwards_s(made.series.heart_rate_held, given["max"]) == list(expected["edwards_seconds"].values())


def test_an_hour_at_threshold_is_a_hundred_for_everyone() -> None:
    for sex in (0.0, FEMALE):
        own = {"max_hr_bpm": 190.0, "resting_hr_bpm": 50.0, "lthr_bpm": 170.0, "sex": sex}
        found = told("heart", effort({"heart_rate_bpm": steps((170, 3600))}, own))
        assert found["hr_load"] == pytest.approx(100)


def test_estimated_thresholds_make_flagged_loads_and_none_make_none() -> None:
    heart = {"heart_rate_bpm": steps((150, 1800))}
    assert told("heart", effort(heart))["hr_load"] == "no_threshold"
    guessed = told("heart", effort(heart, estimated(Profile({"birth_year": 1986.0}, DAY))))["hr_load"]
    assert isinstance(guessed, LowConfidence)
    assert guessed.reason == "no_threshold"
    assert told("heart", effort({"power_w": steps((150, 1800))}, {"max_hr_bpm": 190.0}))["trimp_edwards"] == "no_data"
    assert told("heart", effort(heart, {"max_hr_bpm": 60.0, "resting_hr_bpm": 60.0}))["trimp"] == "no_data"


def test_means_and_coverage() -> None:
    heart = np.where(np.arange(1000) < 700, 152.0, np.nan)
    own = {"max_hr_bpm": 190.0, "resting_hr_bpm": 50.0}
    found = told("heart", effort({"heart_rate_bpm": heart}, own, sport="yoga"))
    assert found["hr_max_share"] == pytest.approx(80)
    assert found["hr_reserve_share"] == pytest.approx(100 * 102 / 140)
    assert found["hr_coverage"] == pytest.approx(70)
    assert isinstance(found["trimp"], LowConfidence)
    assert found["trimp"].reason == "partial"
    assert found["hr_flat"] == 700


def test_spikes_that_return_are_no_heartbeats() -> None:
    t = np.arange(8.0)
    one = np.array([120.0, 121, 180, 122, 122, 123, 124, 124])
    two = np.array([120.0, 121, 80, 81, 122, 123, 124, 124])
    real = np.array([120.0, 121, 150, 151, 152, 153, 154, 155])
    assert np.flatnonzero(np.isnan(without_spikes(t, one))).tolist() == [2]
    assert np.flatnonzero(np.isnan(without_spikes(t, two))).tolist() == [2, 3]
    assert without_spikes(t, real) is real or np.array_equal(without_spikes(t, real), real)
    assert not np.isnan(without_spikes(t * 5, one)).any()


@given(st.lists(st.integers(60, 200), max_size=40))
def test_cleaning_invents_nothing(heart: list[int]) -> None:
    x = np.array(heart, dtype=float)
    found = without_spikes(np.arange(float(len(x))), x)
    kept = ~np.isnan(found)
    assert np.array_equal(found[kept], x[kept])
    if len(x):
        assert kept[0]
        assert kept[-1]


@given(st.lists(st.tuples(st.sampled_from([100.0, 101.0, np.nan]), st.integers(0, 5)), max_size=40))
def test_the_longest_flat_stretch(held: list[tuple[float, int]]) -> None:
    best, now, before = 0.0, 0.0, np.nan
    for value, seconds in held:
        now = (now if value == before else 0.0) + seconds
        if not np.isnan(value):
            best = max(best, now)
        before = value
    x, weight = np.array([v for v, _ in held]), np.array([float(w) for _, w in held])
    assert flat_s(x, np.concatenate(([0.0], np.cumsum(weight)))) == best

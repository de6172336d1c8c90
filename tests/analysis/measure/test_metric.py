import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.zones import time_in_zones
from homestretch.analysis.athlete.thresholds import THRESHOLDS, Profile, estimated
from homestretch.analysis.measure.metric import (
    Family,
    LowConfidence,
    Metric,
    Values,
    applicable,
    families,
    measure,
    metrics,
)
from homestretch.analysis.measure.metric_result import (
    caveat_of,
    combine,
    positive_mean,
    threshold,
    weighted_mean,
    with_caveat,
)
from homestretch.model.recording import Length
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS
from tests.analysis.metrics.made import DAY, effort, steps, told

REASONS = {"no_data", "too_short", "no_threshold", "partial"}
OWN = {
    "ftp_w": 250.0, "cp_w": 240.0, "w_prime_j": 18_000.0, "lthr_bpm": 165.0, "max_hr_bpm": 190.0,
    "resting_hr_bpm": 50.0, "threshold_speed_mps": 4.0, "css_mps": 1.1, "weight_kg": 70.0, "birth_year": 1986.0,
    "sex": 1.0, "hr_zones": 1.0,
}  # fmt: skip
CHANNELS = (
    "latitude", "longitude", "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps", "distance_m",
    "left_right_balance", "vertical_oscillation_mm", "stance_time_ms", "step_length_mm",
)  # fmt: skip


def test_every_family_and_metric_is_described() -> None:
    for family in families().values():
        assert family.version >= 1
        assert set(family.reads) <= set(THRESHOLDS)
        assert family.metrics
    for metric in metrics().values():
        assert metric.cite
        assert not {"NP", "IF", "TSS", "CTL", "ATL", "TSB"} & set(metric.name.split())
        assert metric.decimals >= 0


def test_families_apply_to_their_sports() -> None:
    assert "swim" in {family.key for family in applicable(Sport("swimming", "open_water"))}
    assert not {"pace", "swim", "form"} & {family.key for family in applicable(Sport("cycling"))}


def test_a_family_reads_what_it_says_it_reads() -> None:
    sly = family_of(lambda effort: {"one": effort.profile.get("ftp_w") or 0.0})
    with pytest.raises(KeyError):
        measure(effort({"power_w": steps((99, 9))}, OWN), sly)


def family_of(tell: Any) -> Family:
    one = Metric(key="one", name="One", unit="", decimals=0, fold="sum", cite="test")
    return Family(key="test", version=1, metrics=(one,), measure=tell)


@pytest.mark.parametrize("values", [{}, {"two": 1.0}, {"one": 1.0, "two": 1.0}])
def test_a_family_tells_its_metrics_and_no_others(values: Values) -> None:
    with pytest.raises(ValueError, match="test does not match"):
        measure(effort({}, t=[]), family_of(lambda effort: values))


@pytest.mark.parametrize(
    "strange", [float("nan"), float("inf"), np.float64("nan"), LowConfidence(float("nan"), "partial")]
)
def test_no_strange_number_leaves(strange: float) -> None:
    assert measure(effort({}, t=[]), family_of(lambda effort: {"one": strange})) == {"one": "no_data"}


def test_numbers_are_plain_or_flagged() -> None:
    found = measure(effort({}, t=[]), family_of(lambda effort: {"one": np.float64(2)}))["one"]
    assert type(found) is float
    flagged = pickle.loads(pickle.dumps(LowConfidence(2.5, "partial")))
    assert (flagged, flagged.reason) == (2.5, "partial")


def test_reasons_and_cautions_are_handed_on() -> None:
    add = lambda a, b: a + b  # noqa: E731
    assert combine(add, 1.0, 2.0) == 3
    assert combine(add, "too_short", "no_data") == "too_short"
    graver = combine(add, LowConfidence(1.0, "no_threshold"), LowConfidence(2.0, "partial"))
    assert (graver, caveat_of(graver)) == (3, "partial")
    assert combine(lambda a, b: a / b, 1.0, 0.0) == "no_data"
    assert caveat_of(with_caveat(1.0)) is None
    made = effort({}, estimated(Profile({"max_hr_bpm": 200.0}, DAY)), t=[])
    assert caveat_of(threshold(made, "lthr_bpm")) == "no_threshold"
    assert caveat_of(threshold(made, "max_hr_bpm")) is None
    assert threshold(made, "css_mps") == "no_threshold"
    assert weighted_mean(np.array([1.0, np.nan, 4.0]), np.array([1.0, 5.0, 2.0])) == pytest.approx(3)
    assert weighted_mean(np.array([np.nan]), np.ones(1)) == "no_data"
    assert positive_mean(np.array([1.0, np.nan, 0.0, 4.0]), np.array([1.0, 5.0, 9.0, 2.0])) == pytest.approx(3)
    assert positive_mean(np.zeros(3), np.ones(3)) == "no_data"


def everything(made: Effort) -> dict[str, Any]:
    fitting = [key for key, family in families().items() if family in applicable(made.sport)]
    found = {key: value for family in fitting for key, value in told(family, made).items()}
    for key, value in found.items():
        assert value in REASONS if isinstance(value, str) else np.isfinite(value), key
    time_in_zones(made)
    return found


strange = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(0, 40), st.sampled_from(["cycling", "running", "swimming", "generic"]), st.booleans())
def test_nothing_raises(data: st.DataObject, n: int, sport: str, known: bool) -> None:
    made = {
        key: data.draw(npst.arrays(np.float64, n, elements=strange | st.floats(0, 200)))
        for key in CHANNELS
        if data.draw(st.booleans())
    }
    t = data.draw(npst.arrays(np.int64, n, elements=st.integers(-500, 500) | st.integers(-(10**7), 10**7)))
    lengths = (Length(start_ms=START_MS, elapsed_s=0.0, strokes=5), Length(start_ms=START_MS, elapsed_s=9.0, strokes=5))
    profile = Profile(OWN, DAY) if known else Profile({}, DAY)
    found = everything(effort(made, profile, sport, t=t, rpe=5, lengths=lengths if data.draw(st.booleans()) else ()))
    assert isinstance(found["load"], float)


@pytest.mark.parametrize("n", [0, 1, 2, 172_800])
@pytest.mark.parametrize("sport", ["cycling", "running"])
@pytest.mark.parametrize("empty", [True, False])
def test_the_shortest_the_longest_and_the_emptiest(n: int, sport: str, empty: bool) -> None:
    values = np.full(n, np.nan if empty else 100.0)
    found = everything(effort(dict.fromkeys(CHANNELS, values), OWN, sport, t=np.arange(n)))
    if empty or n == 0:
        assert found["weighted_power"] == found["trimp"] == "no_data"

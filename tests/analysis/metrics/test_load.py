import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.measure.loads import SOURCES, equivalent, precedence, selected
from homestretch.analysis.measure.metric import metrics
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS
from tests.analysis.metrics.made import DAY, effort, steps, told, vector

OWN = {"ftp_w": 200.0, "threshold_speed_mps": 4.0, "css_mps": 1.0} | {
    "max_hr_bpm": 190.0, "resting_hr_bpm": 50.0, "lthr_bpm": 170.0,
}  # fmt: skip
ALL = {"power_w": steps((200, 3600)), "heart_rate_bpm": steps((150, 3600)), "speed_mps": steps((3, 3600))}


def source(**more: object) -> str:
    return selected(effort(ALL, OWN, rpe=5, **more))[1]  # type: ignore[arg-type]


def test_each_sport_has_its_best_source() -> None:
    assert source(sport="cycling") == "power"
    assert source(sport="running") == "pace"
    assert source(sport="running", sub="trail") == "heart_rate"
    assert source(sport="rowing") == "heart_rate"
    swim = {"heart_rate_bpm": steps((150, 3600)), "distance_m": np.arange(3600.0)}
    assert selected(effort(swim, OWN, "swimming"))[1] == "swim"


def test_what_is_missing_falls_back_step_by_step() -> None:
    made = effort(ALL, OWN, rpe=7)
    assert told("load", made)["load"] == pytest.approx(100)
    no_ftp = effort(ALL, {k: v for k, v in OWN.items() if k != "ftp_w"}, rpe=7)
    assert selected(no_ftp)[1] == "heart_rate"
    nothing = effort(ALL, rpe=7)
    assert selected(nothing)[0] == pytest.approx(100, rel=1e-3)
    assert selected(nothing)[1] == "rpe"
    assert selected(effort(ALL))[1] == "met"


def test_a_part_is_worse_than_another_whole_and_better_than_time_alone() -> None:
    part = {"power_w": np.where(np.arange(3600) < 1800, 200.0, np.nan), "speed_mps": steps((8, 3600))}
    heart = {"heart_rate_bpm": steps((150, 3600))}
    assert selected(effort(part | heart, OWN))[1] == "heart_rate"
    assert selected(effort(part, OWN, rpe=4))[1] == "rpe"
    assert selected(effort(part, OWN))[1] == "power"


def test_the_order_can_be_chosen() -> None:
    assert selected(effort(ALL, OWN), ("heart_rate", "power"))[1] == "heart_rate"
    assert selected(effort(ALL), ("power",)) == ("no_data", "met")


def test_how_it_felt() -> None:
    given, expected = vector("hr.srpe")
    minutes = given["duration_min"]
    made = effort({}, t=[], sport="yoga", rpe=given["rpe"], end_ms=START_MS + minutes * 60_000)
    found = told("load", made)
    assert found["session_rpe"] == expected["session_rpe"]
    assert found["rpe_load"] == pytest.approx(450 * 100 / 420)
    assert told("load", effort(ALL))["session_rpe"] == "no_data"


def test_the_source_has_a_name() -> None:
    found = told("load", effort(ALL, OWN))
    choices = metrics()["load_source"].choices
    assert choices == tuple(SOURCES)
    assert isinstance(found["load_source"], float)
    assert choices[int(found["load_source"])] == "power"


@pytest.mark.parametrize(
    "sport", ["cycling", "running", "walking", "swimming", "rowing", "yoga", "tennis", "generic", "made_up"]
)
def test_no_activity_is_without_a_load(sport: str) -> None:
    hour = effort({}, t=[], sport=sport, end_ms=START_MS + 3_600_000)
    found = told("load", hour)
    assert precedence(Sport(sport))[-1] == "met"
    assert found["load"] == found["met_load"] == pytest.approx(100 * (equivalent(Sport(sport)) / 12.5) ** 2)


@given(st.sampled_from(["cycling", "running", "swimming", "hiking", "generic"]), st.integers(0, 3), st.booleans())
def test_a_load_is_never_negative_and_always_there(sport: str, n: int, known: bool) -> None:
    profile = estimated(Profile(OWN if known else {"birth_year": 1980.0}, DAY))
    found = told("load", effort({key: values[:n] for key, values in ALL.items()}, profile, sport))
    assert isinstance(found["load"], float)
    assert found["load"] >= 0

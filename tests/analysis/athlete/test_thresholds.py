from datetime import date

import pytest

from homestretch.analysis.athlete.thresholds import THRESHOLDS, Profile, believable, estimated

DAY = date(2026, 6, 1)


def test_every_threshold_is_described() -> None:
    assert {"ftp_w", "cp_w", "w_prime_j", "lthr_bpm", "max_hr_bpm", "resting_hr_bpm"} < set(THRESHOLDS)
    for one in THRESHOLDS.values():
        assert one.low < one.high
        assert one.name
        assert one.note.endswith(".")
    assert believable("max_hr_bpm", 190)
    assert not believable("ftp_w", 1000)


def test_a_profile_tells_only_what_may_be_asked() -> None:
    whole = Profile({"ftp_w": 250.0, "weight_kg": 70.0}, DAY, frozenset({"ftp_w"}))
    part = whole.only(["ftp_w", "cp_w"])
    assert (whole.get("weight_kg"), part.get("ftp_w"), part.get("cp_w")) == (70, 250, None)
    assert part.estimates == {"ftp_w"}
    with pytest.raises(KeyError):
        part.get("weight_kg")
    with pytest.raises(KeyError):
        part.only(["weight_kg"]).get("weight_kg")
    with pytest.raises(KeyError):
        whole.get("shoe_size")


def test_what_was_not_stated_is_estimated_and_said_to_be() -> None:
    made = estimated(Profile({"birth_year": 1986.0, "ftp_w": 250.0}, DAY))
    assert made.get("max_hr_bpm") == pytest.approx(208 - 0.7 * 40)
    assert made.get("lthr_bpm") == pytest.approx(0.9 * 180)
    assert made.get("cp_w") == pytest.approx(250 / 1.02069, rel=1e-4)
    assert made.get("w_prime_j") == pytest.approx(75 * 250 / 1.02069, rel=1e-4)
    assert made.estimates == {"max_hr_bpm", "lthr_bpm", "resting_hr_bpm", "cp_w", "w_prime_j"}
    assert (made.get("threshold_speed_mps"), made.get("css_mps"), made.get("weight_kg")) == (None, None, None)


def test_what_was_stated_stays() -> None:
    stated = {"max_hr_bpm": 195.0, "lthr_bpm": 172.0, "resting_hr_bpm": 44.0, "birth_year": 1986.0, "cp_w": 240.0}
    made = estimated(Profile(stated, DAY))
    assert {key: made.get(key) for key in stated} == stated
    assert made.get("ftp_w") == pytest.approx(240 * 1.02069, rel=1e-4)
    assert made.estimates == {"ftp_w", "w_prime_j"}


def test_nothing_known_leaves_but_the_resting_heart_rate() -> None:
    assert estimated(Profile({"birth_year": 1986.0})).get("max_hr_bpm") is None
    assert estimated(Profile({"birth_year": 1700.0}, DAY)).get("max_hr_bpm") is None
    assert set(estimated(Profile()).values) == {"resting_hr_bpm"}

"""The profile table is what the official profile says, and keys follow one rule."""

from pathlib import Path

import pytest

from homestretch.formats.fit.wire import profile

TABLE = Path(profile.__file__).with_name("profile.json")


def test_the_table_is_made_from_the_sdk() -> None:
    from scripts.fit_profile import render

    assert TABLE.read_text(encoding="utf-8") == render()


@pytest.mark.parametrize(
    ("message", "field", "key", "unit"),
    [
        (20, 39, "vertical_oscillation_mm", "mm"),
        (20, 40, "stance_time_percent", "%"),
        (20, 9, "grade_pct", "%"),
        (20, 108, "respiration_rate_per_min", "/min"),
        (20, 30, "left_right_balance", ""),
        (18, 9, "total_distance_m", "m"),
        (18, 11, "total_calories_kcal", "kcal"),
        (18, 124, "avg_speed_mps", "m/s"),
        (18, 35, "training_stress_score", ""),
        (18, 48, "total_work_j", "J"),
        (18, 3, "start_position_lat_deg", "deg"),
    ],
)
def test_keys_end_in_their_unit(message: int, field: int, key: str, unit: str) -> None:
    details = profile.fields(message)[field]
    assert (details.key, details.unit) == (key, unit)


def test_names_become_keys() -> None:
    assert profile.slug("Form Power") == "form_power"
    assert profile.slug("SaturatedHemoglobin %") == "saturated_hemoglobin"
    assert profile.slug("°") == "unnamed"


def test_numbers_without_a_name_speak_for_themselves() -> None:
    assert profile.enum("sport", 250) == "250"
    assert profile.enum("sport", None) is None
    assert profile.message_name(60_000) == "unknown_60000"
    assert profile.number_of("sport", "250") == 250
    assert profile.number_of("sport", "quidditch") is None

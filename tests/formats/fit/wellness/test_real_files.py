"""The wellness files of real devices, by value (the files of one day are put together elsewhere)."""

from pathlib import Path

import numpy as np
import pytest

from homestretch.formats.fit.decoder import decode
from homestretch.model.health.measurement import Series, Wellness
from tests.formats.fit.wellness.made import series, spans, values

DAY = "2020-09-25"
FILES = ("68432691503", "68484110985", "68520539240")
LAST = {
    "steps": 15027, "distance_m": 11760.23, "calories_active_kcal": 1072, "active_s": 15372.0,
    "intensity_moderate_s": 18 * 60, "intensity_vigorous_s": 91 * 60, "ascent_m": 98.112, "descent_m": 75.004,
    "resting_heart_rate_bpm": 47, "calories_resting_kcal": 1860, "calories_kcal": 2932,
    "floors_up": 98.112 / 3.048, "floors_down": 75.004 / 3.048,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(real_files: Path) -> Path:
    """The folder of wellness files."""
    return real_files / "fit-wellness"


def read(folder: Path, name: str) -> Wellness:
    """Return what a file says."""
    return decode((folder / f"{name}.fit").read_bytes()).wellness


def together(parts: list[Wellness], kind: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the values of the day from all files, each instant once."""
    courses: list[Series] = [series(part, kind)[DAY] for part in parts]
    held = {at: value for one in courses for at, value in zip(one.time_ms.tolist(), one.values.tolist(), strict=True)}
    return np.array([held[at] for at in sorted(held)])


def test_the_vector_of_a_day_in_three_files(folder: Path) -> None:
    parts = [read(folder, f"MaksVasilev__{name}") for name in FILES]
    assert [values(part)["steps", DAY] for part in parts] == [1428, 12814, 15027]
    assert {kind: value for (kind, _), value in values(parts[-1]).items()} == pytest.approx(LAST, abs=1e-5)
    assert {day for part in parts for day in part.days} == {DAY}
    heart, stress, battery = (together(parts, kind) for kind in ("heart_rate_bpm", "stress", "body_battery"))
    assert (len(heart), heart.min(), heart.max(), heart.mean()) == pytest.approx((1066, 43, 146, 66.21576), abs=1e-3)
    assert (len(stress), np.isfinite(stress).sum(), np.nanmean(stress)) == pytest.approx((1432, 707, 22.087694))
    assert battery.min() == 35 and battery.max() == 100
    for kind in ("steps", "distance_m", "calories_active_kcal", "intensity_vigorous_s", "ascent_m"):
        assert sum(spans(part, kind)[DAY].values.sum() for part in parts) == pytest.approx(LAST[kind])
    assert {one.key for part in parts for one in part.devices} == {"3982961693"}
    assert parts[0].devices[0].name == "Garmin vívosmart 4" and len(series(parts[0], "spo2_pct")[DAY].values) == 236


def test_a_watch_without_heart_rate(folder: Path) -> None:
    """Its last stamp is midnight in UTC-6; its device was read out two days later."""
    made = read(folder, "dtcooper__MonitoringFile")
    assert values(made) == {
        ("steps", "2014-12-27"): 3173, ("distance_m", "2014-12-27"): 2405.484, ("calories_kcal", "2014-12-27"): 2111,
        ("calories_active_kcal", "2014-12-27"): 69, ("calories_resting_kcal", "2014-12-27"): 2042,
        ("active_s", "2014-12-27"): 610,
    }  # fmt: skip
    assert spans(made, "steps")["2014-12-27"].values.sum() == 3173 and made.said_ms == 1_419_746_400_000


@pytest.mark.parametrize("name", ["68432743746", "68484122559", "68520562673"])
def test_nights_of_which_only_awake_is_known_are_none(folder: Path, name: str) -> None:
    made = read(folder, f"MaksVasilev__{name}")
    assert not made.days and made.notes == ("awake_only",)


def test_metrics_of_a_bike_computer(folder: Path) -> None:
    made = read(folder, "MaksVasilev__68484168401")
    assert values(made) == {("vo2max_cycling", DAY): 49.0} and made.devices[0].key == "3978806414"


def test_scales_with_one_user_and_with_two(folder: Path) -> None:
    two, one = (read(folder, f"dtcooper__WeightScale{users}User") for users in ("Multi", "Single"))
    assert [(m.kind, m.value) for m in two.measurements] == [("weight_kg", 75.8), ("body_fat_pct", 22.3)]
    assert [m.value for m in one.measurements] == [75.8, 22.3, 76.09, 25.1]
    assert two.notes == ("no_offset", "other_users:1") and {m.device for m in two.measurements} == {"1234"}

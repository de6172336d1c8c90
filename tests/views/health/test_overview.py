"""The overview of a day: cards against what is usual, readiness, and what is off in an unusual night."""

from datetime import date, timedelta

import numpy as np
import pytest

from homestretch.analysis.health.kind_band import kind_band
from homestretch.errors import Forbidden
from homestretch.flow.edit.health import Note, add_note
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.health import HealthCard, HealthOverview
from homestretch.store.scope import Scope
from homestretch.views.health.felt import felt_level
from homestretch.views.health.metrics import daily
from homestretch.views.health.overview import health_overview
from homestretch.views.health.read import Stretch, chosen_kinds, day_bounds_ms
from homestretch.views.health.trend import health_trend
from tests.views.health.days import days_from, night, put, values

DAY = date(2026, 3, 10)
FIRST, COUNT = "2026-01-10", 59
USUAL = days_from(FIRST, COUNT)


def overview(context: Context, scope: Scope, day: date = DAY, today: date = DAY) -> HealthOverview:
    with context.database.read() as reader:
        return health_overview(reader, scope, day, today)


def card(context: Context, scope: Scope, key: str) -> HealthCard:
    return next(one for one in overview(context, scope)["cards"] if one["key"] == key)


def wave(level: float, spread: float) -> dict[str, float]:
    """Return values of the days before the shown one, that swing about a level."""
    return {day: level + spread * (-1) ** number for number, day in enumerate(USUAL)}


def put_kind(context: Context, scope: Scope, kind: str, level: float, spread: float, last: float) -> None:
    put(context, scope, "fit", values(kind, {**wave(level, spread), DAY.isoformat(): last}, "3992"), original=kind)


@pytest.fixture
def ill_night(sqlite_context: Context, scope: Scope) -> Context:
    """Two months of usual nights, and one with a raised heart rate and breathing and a low HRV."""
    for kind, level, spread, last in (
        ("resting_heart_rate_bpm", 48.0, 1.0, 57.0), ("hrv_night_ms", 60.0, 3.0, 40.0),
        ("respiration_sleep_avg_brpm", 14.0, 0.2, 16.0), ("steps", 8000.0, 500.0, 900.0),
    ):  # fmt: skip
        put_kind(sqlite_context, scope, kind, level, spread, last)
    return sqlite_context


def test_an_unusual_night_names_its_signals_and_likely_causes(ill_night: Context, scope: Scope) -> None:
    add_note(ill_night, scope, Note("alcohol", DAY - timedelta(days=1), DAY - timedelta(days=1)))
    shown = overview(ill_night, scope)
    assert (shown["unusual"], shown["causes"]) == ("strong", ["alcohol"])
    signals = {one["key"]: one for one in shown["signals"]}
    assert list(signals) == ["resting_heart_rate_bpm", "hrv_night_ms", "respiration_sleep_avg_brpm"]
    assert signals["resting_heart_rate_bpm"]["change"] == pytest.approx(9.0)
    assert signals["resting_heart_rate_bpm"]["z"] > 2.0 and signals["resting_heart_rate_bpm"]["unit"] == "bpm"
    hrv = signals["hrv_night_ms"]
    assert hrv["unit"] == "%" and hrv["change"] == pytest.approx(100 * (40 / 60 - 1), abs=4.0) and hrv["z"] < -2.0


def test_a_usual_night_has_no_signals(ill_night: Context, scope: Scope) -> None:
    add_note(ill_night, scope, Note("alcohol", DAY - timedelta(days=3), DAY - timedelta(days=2)))
    shown = overview(ill_night, scope, DAY - timedelta(days=1))
    assert (shown["unusual"], shown["signals"], shown["causes"]) == ("none", [], [])


def test_nothing_is_said_of_a_night_with_one_signal(sqlite_context: Context, scope: Scope) -> None:
    put_kind(sqlite_context, scope, "resting_heart_rate_bpm", 48.0, 1.0, 57.0)
    shown = overview(sqlite_context, scope)
    assert (shown["unusual"], shown["signals"], shown["readiness"]) == (None, [], None)


def test_a_card_shows_the_band_of_its_kind(ill_night: Context, scope: Scope) -> None:
    """The band of HRV is that of its logarithm, on the card and on the trend alike."""
    hrv = card(ill_night, scope, "hrv_night_ms")
    stretch = Stretch(date.fromisoformat(FIRST), DAY)
    with ill_night.database.read() as reader:
        chosen = chosen_kinds(reader, scope, ["hrv_night_ms"], stretch)["hrv_night_ms"]
        trend = health_trend(reader, scope, "hrv_night_ms", Stretch(DAY, DAY), DAY)
    usual = kind_band("hrv_night_ms", daily(chosen, stretch, DAY), np.zeros(stretch.count, dtype=bool))
    assert [hrv["low"], hrv["high"]] == pytest.approx([usual.low[-1], usual.high[-1]])
    assert [(band["low"], band["high"]) for band in trend["baseline"]] == [(hrv["low"], hrv["high"])]
    assert hrv["position"] is not None and hrv["position"] < -1.0 and hrv["value"] == 40.0


def test_ill_days_are_in_no_band(ill_night: Context, scope: Scope) -> None:
    before = card(ill_night, scope, "resting_heart_rate_bpm")
    put(
        ill_night,
        scope,
        "fit",
        values("resting_heart_rate_bpm", {USUAL[-1]: 70.0}, "3992"),
        original="x",
        said_ms=1 << 42,
    )
    raised = card(ill_night, scope, "resting_heart_rate_bpm")
    add_note(ill_night, scope, Note("ill", DAY - timedelta(days=1), DAY - timedelta(days=1)))
    excluded = card(ill_night, scope, "resting_heart_rate_bpm")
    assert before["high"] is not None and raised["high"] is not None and excluded["high"] is not None
    assert raised["high"] > before["high"] + 1.0 and excluded["high"] == pytest.approx(before["high"], abs=0.2)


def test_what_is_not_over_is_partial(ill_night: Context, scope: Scope) -> None:
    assert card(ill_night, scope, "steps")["partial"] is True
    assert card(ill_night, scope, "hrv_night_ms")["partial"] is False
    assert card(ill_night, scope, "steps")["spark"][-2:] == [pytest.approx(8500.0), 900.0]


def test_mood_and_soreness_count_as_felt(ill_night: Context, scope: Scope) -> None:
    def felt() -> float | None:
        return next(
            one["points"] for one in overview(ill_night, scope)["readiness_parts"] if one["key"] == "readiness_felt"
        )

    without = overview(ill_night, scope)["readiness"]
    assert felt() is None and without is not None
    add_note(ill_night, scope, Note("mood", DAY, DAY, level=5))
    best = felt()
    add_note(ill_night, scope, Note("soreness", DAY, DAY, level=5))
    middle = felt()
    assert best is not None and best > 0.0 and middle == pytest.approx(0.0)
    put(ill_night, scope, "intervals", values("felt_mood", {DAY.isoformat(): 4.0}))
    rated = felt()
    assert rated is not None and rated < 0.0, "what a source rates comes before the note"


@pytest.mark.parametrize(
    ("level", "highest_is_best", "felt"),
    [(5, True, 1.0), (1, True, 4.0), (1, False, 1.0), (5, False, 4.0), (3, True, 2.5)],
)
def test_levels_of_notes_as_they_are_self_rated(level: int, highest_is_best: bool, felt: float) -> None:
    assert felt_level(level, highest_is_best=highest_is_best) == felt


def test_the_bounds_of_a_day_without_a_home_are_by_its_night(sqlite_context: Context, scope: Scope) -> None:
    put(sqlite_context, scope, "fit", night(DAY.isoformat()))
    with sqlite_context.database.read() as reader:
        start, end, offset = day_bounds_ms(reader, scope, DAY)
    assert (end - start, offset) == (86_400_000, 0)


def test_health_is_not_for_viewers(sqlite_context: Context, scope: Scope) -> None:
    with pytest.raises(Forbidden):
        overview(sqlite_context, Scope(scope.athlete_id, 7, "viewer"))

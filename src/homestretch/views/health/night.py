"""A night: its hypnogram, what was measured through it, what follows, and what other devices say."""

from datetime import date, timedelta

import numpy as np

from homestretch.analysis.health.hypnogram import hypnograms
from homestretch.analysis.health.nights import nights_of
from homestretch.errors import NotFound
from homestretch.model.documents.health import NightDetail
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import SourceNight, read_nights
from homestretch.store.scope import Scope
from homestretch.views.health.courses import courses_of
from homestretch.views.health.day import night_document
from homestretch.views.health.metrics import day_metrics_of
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights

#: What is shown beside the hypnogram.
COURSES = ("heart_rate_bpm", "hrv_ms", "respiration_brpm", "spo2_pct", "stress", "body_battery")


def night_detail(reader: Reader, scope: Scope, day: date, today: date) -> NightDetail:
    """Return the night of a day of waking. Raises NotFound for a day without one."""
    scope.must("health: read")
    stretch = Stretch(day, day)
    slept = chosen_kinds(reader, scope, ["sleep_s"], stretch)["sleep_s"]
    nights = chosen_nights(reader, scope, slept, stretch)
    if not nights:
        raise NotFound(what="night", id=day.isoformat())
    chosen = nights[0]
    others = [one for one in read_nights(reader, scope.athlete_id, *stretch.ends) if one != chosen]
    return _detail(reader, scope, chosen, others, stretch, today)


def _detail(
    reader: Reader, scope: Scope, chosen: SourceNight, others: list[SourceNight], stretch: Stretch, today: date
) -> NightDetail:
    night, day = chosen.night, stretch.until
    figures = hypnograms(nights_of([night], day, 1))
    results = day_metrics_of(reader, scope, ["sleep_debt"], stretch, today).results
    days = [(day - timedelta(days=1)).isoformat(), day.isoformat()]
    courses = courses_of(reader, scope, days, night.start_ms, night.end_ms)
    return {
        **night_document(chosen),
        "start_ms": night.start_ms,
        "end_ms": night.end_ms,
        "offset_s": night.offset_s,
        "hypnogram": [
            {"start_ms": stage.start_ms, "end_ms": stage.end_ms, "stage": stage.stage} for stage in night.stages
        ],
        "courses": [course for course in courses if course["key"] in COURSES and course["time_ms"]],
        "window_s": _known(figures.window_s[0]),
        "latency_s": _known(figures.latency_s[0]),
        "awake_after_onset_s": _known(figures.awake_s[0]),
        "awakenings": _known(figures.awakenings[0]),
        "efficiency_pct": _known(figures.efficiency_pct[0]),
        "need_s": _known(results["sleep_need_personal_s"].values[-1]),
        "debt_s": _known(results["sleep_debt_s"].values[-1]),
        "others": [night_document(other) for other in others],
    }


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

"""Health at a glance: cards with what is usual, the last night, readiness with its parts, and what is off."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np

from homestretch.analysis.health.day_metric import DayResult, day_metrics
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.kind_band import kind_band
from homestretch.analysis.health.unusual_nights import SIGNALS, Evidence, likely_causes, unusual_nights
from homestretch.model.channel import Mask
from homestretch.model.documents.health import HealthCard, HealthOverview, HealthSignal, ReadinessPart
from homestretch.model.health.kinds import KINDS
from homestretch.model.moment import iso
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import last_synced_ms
from homestretch.store.scope import Scope
from homestretch.views.health.choice import Chosen
from homestretch.views.health.day import night_document
from homestretch.views.health.metrics import daily, day_metrics_of, last_value
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights, excluded_days, is_partial, notes_of

#: The cards, in the order in which they are shown; of a group of several the first that was measured.
CARDS: tuple[tuple[str, ...], ...] = (
    ("sleep_s",),
    ("hrv_night_ms", "hrv_sdnn_ms"),
    ("resting_heart_rate_bpm",),
    ("body_battery_max",),
    ("steps",),
    ("stress_avg",),
    ("weight_kg",),
    ("respiration_sleep_avg_brpm", "respiration_avg_brpm"),
    ("spo2_sleep_avg_pct", "spo2_avg_pct"),
    ("skin_temperature_change_c",),
    ("calories_kcal",),
    ("intensity_vigorous_s",),
)
SPARK_DAYS = 14
#: Days before the shown one that cards look at: the baseline, the era of its device, and a value of long ago.
LOOK_BACK = 150
FAMILIES = ("readiness", "unusual_night")


def health_overview(reader: Reader, scope: Scope, day: date, today: date) -> HealthOverview:
    """Return how the athlete is on a day."""
    scope.must("health: read")
    stretch = Stretch(day, day)
    read = stretch.earlier(LOOK_BACK)
    chosen = chosen_kinds(reader, scope, {key for group in CARDS for key in group}, read)
    notes = notes_of(reader, scope, read)
    excluded = excluded_days(notes, read)
    partial = is_partial(reader, scope, day, today)
    metrics = day_metrics_of(reader, scope, FAMILIES, stretch, today)
    results, days = metrics.results, metrics.days
    unusual = _unusual(results["unusual_night"])
    is_off = unusual in ("watch", "strong")
    nights = chosen_nights(reader, scope, chosen["sleep_s"].from_day(stretch.first), stretch)
    return {
        "day": day.isoformat(),
        "synced": iso(last_synced_ms(reader, scope.athlete_id, _sources_of_days())),
        "cards": [_card(shown, read, excluded, today, partial=partial) for shown in _shown(chosen)],
        "night": night_document(nights[0]) if nights else None,
        "readiness": last_value(results["readiness"]),
        "readiness_parts": _parts(results),
        "unusual": unusual,
        "signals": _signals(days) if is_off else [],
        "causes": list(likely_causes(days, days.count - 1)) if is_off else [],
        "notes": [note for note in notes if note["until"] >= day.isoformat()],
    }


def health_cards(
    reader: Reader, scope: Scope, groups: Sequence[Sequence[str]], day: date, today: date, spark_days: int
) -> list[HealthCard]:
    """Return the cards of groups of kinds on a day, each with its last days; of a group the first that was measured."""
    scope.must("health: read")
    read = Stretch(day, day).earlier(LOOK_BACK)
    chosen = chosen_kinds(reader, scope, {key for group in groups for key in group}, read)
    excluded = excluded_days(notes_of(reader, scope, read), read)
    partial = is_partial(reader, scope, day, today)
    shown = _shown(chosen, groups)
    return [_card(one, read, excluded, today, partial=partial, spark_days=spark_days) for one in shown]


def _sources_of_days() -> list[str]:
    """Return the sources that have anything of days."""
    return [
        key
        for key, one in sources().items()
        if any(kind.span in ("day", "block") or not kind.fetched for kind in one.kinds)
    ]


def _shown(chosen: Mapping[str, Chosen], groups: Sequence[Sequence[str]] = CARDS) -> list[Chosen]:
    """Return the kinds of the cards that were measured in the days read; of a group the first of them."""
    shown: list[Chosen] = []
    for group in groups:
        shown += [chosen[key] for key in group if np.isfinite(chosen[key].values).any()][:1]
    return shown


def _card(
    chosen: Chosen, read: Stretch, excluded: Mask, today: date, *, partial: bool, spark_days: int = SPARK_DAYS
) -> HealthCard:
    kind = KINDS[chosen.kind]
    usual = kind_band(kind.key, daily(chosen, read, today), excluded)
    value, low, high = (_finite(of[-1]) for of in (chosen.values, usual.low, usual.high))
    known = np.flatnonzero(np.isfinite(chosen.values))
    return {
        "key": kind.key,
        "name": kind.name,
        "unit": kind.unit,
        "group": kind.group,
        "lower_is_better": kind.lower_is_better,
        "value": value,
        "day": read.until.isoformat(),
        "partial": partial and kind.combine not in ("baseline", "spot"),
        "low": low,
        "high": high,
        "position": _position(value, low, high),
        "spark": [_finite(one) for one in chosen.values[-spark_days:]],
        "last_day": chosen.day(int(known[-1])) if len(known) else None,
    }


def _position(value: float | None, low: float | None, high: float | None) -> float | None:
    if value is None or low is None or high is None or high <= low:
        return None
    return (value - (low + high) / 2) / ((high - low) / 2)


def _parts(results: Mapping[str, DayResult]) -> list[ReadinessPart]:
    keys = [key for key in results if key.startswith("readiness_")]
    return [{"key": key, "name": day_metrics()[key].name, "points": last_value(results[key])} for key in keys]


def _unusual(result: DayResult) -> Literal["none", "watch", "strong"] | None:
    levels: Sequence[Literal["none", "watch", "strong"]] = ("none", "watch", "strong")
    level = last_value(result)
    return None if level is None else levels[int(level)]


def _signals(days: Days) -> list[HealthSignal]:
    """Return the signals of the last night that are off, with their change."""
    day = days.count - 1
    return [_signal(days, day, evidence) for evidence in unusual_nights(days).evidence(day) if evidence.off]


def _signal(days: Days, day: int, evidence: Evidence) -> HealthSignal:
    """Return a signal with its change; that of HRV, a ratio, in per cent."""
    signal = SIGNALS[evidence.signal]
    key = next((key for key in signal.kinds if np.isfinite(days.kind(key).values[day])), signal.kinds[0])
    kind = KINDS[key]
    change, unit = (100.0 * (evidence.change - 1.0), "%") if signal.ln else (evidence.change, kind.unit)
    return {"key": key, "name": kind.name, "unit": unit, "change": change, "z": evidence.z}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

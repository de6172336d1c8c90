"""How the athlete is: form against what is usual, and the last night's measures."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from homestretch.analysis.athlete.fitness import Fitness, form_zone
from homestretch.model.channel import Floats
from homestretch.model.documents.health import HealthCard
from homestretch.model.documents.today import FormGlance
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.health.overview import health_cards
from homestretch.views.today.headline import Sign

#: The measures that are shown; of a group the first that was measured.
CARDS = (
    ("hrv_night_ms", "hrv_sdnn_ms"),
    ("resting_heart_rate_bpm",),
    ("sleep_s",),
    ("body_battery_max",),
)
#: Which side of the band asks for care, by measure: 1 above it, -1 below it.
WORSE = {"hrv_night_ms": -1, "hrv_sdnn_ms": -1, "resting_heart_rate_bpm": 1, "sleep_s": -1}
SPARK_DAYS = 28
#: What form usually is: between these quantiles of so many days before today.
USUAL_DAYS, USUAL = 90, (0.1, 0.9)


def form_glance(found: Fitness) -> FormGlance | None:
    """Return form and fitness of the last day; None before the first activity."""
    if len(found.form) == 0:
        return None
    before = found.form[-1 - USUAL_DAYS : -1]
    low, high = np.quantile(before, USUAL).tolist() if len(before) >= SPARK_DAYS else (None, None)
    form, ramp = float(found.form[-1]), float(found.ramp[-1])
    return {
        "form": form,
        "zone": form_zone(form),
        "fitness": float(found.fitness[-1]),
        "fatigue": float(found.fatigue[-1]),
        "ramp": ramp if np.isfinite(ramp) else None,
        "low": low,
        "high": high,
        "form_spark": _spark(found.form),
        "fitness_spark": _spark(found.fitness),
    }


def _spark(values: Floats) -> list[float]:
    return [round(value, 1) for value in values[-SPARK_DAYS:].tolist()]


def night_cards(reader: Reader, scope: Scope, today: date) -> list[HealthCard] | None:
    """Return the measures of the last night against what is usual; None for those who may not see health."""
    if not scope.may("health: read"):
        return None
    return [
        {**card, "spark": [None if one is None else round(one, 1) for one in card["spark"]]}
        for card in health_cards(reader, scope, CARDS, today, today, SPARK_DAYS)
    ]


def signs_of(cards: Sequence[HealthCard]) -> list[Sign]:
    """Return the measures of the last night that a headline looks at, with the value that pages show."""
    return [
        _sign(card, card["value"], card["position"])
        for card in cards
        if card["key"] in WORSE and card["value"] is not None and card["position"] is not None
    ]


def _sign(card: HealthCard, value: float, position: float) -> Sign:
    hours = card["key"] == "sleep_s"
    shown, unit = (round(value / 3600.0, 1), "h") if hours else (float(round(value)), card["unit"])
    return Sign(card["key"], card["name"], shown, unit, off=WORSE[card["key"]] * position > 1.0)

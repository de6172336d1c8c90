"""Readiness: how ready for hard training the athlete is today, as the sum of parts that are all shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.health.baseline import band
from homestretch.analysis.health.day_metric import DayFamily, DayMetric, DayResults, Requirement, day_result
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.derived.resting_heart_rate import LEAST_BPM, MOST_BPM
from homestretch.analysis.health.hrv import baselines
from homestretch.analysis.health.sleep import need, night_sleep_s
from homestretch.analysis.health.windows import Counts, ratio
from homestretch.analysis.health.windows import mean as mean_of
from homestretch.model.channel import Floats

#: The weight of each part, and how far it may reach, in standard deviations (ours).
WEIGHTS = {"hrv": 0.35, "resting_heart_rate": 0.20, "sleep": 0.20, "form": 0.15, "felt": 0.10}
REACH = 2.0
#: Where nothing differs from the usual, and points per standard deviation.
MIDDLE, POINTS = 50.0, 25.0
#: Parts that were measured or felt today: form is computed from the days before and is none.
MEASURED = ("hrv", "resting_heart_rate", "sleep", "felt")
MEASURED_LEAST = 2
#: What the athlete's own words are: from 1, the best, to 4.
FELT = ("felt_mood", "felt_soreness")
_READS = ("hrv_night_ms", "resting_heart_rate_bpm", "sleep_s", *FELT)
_CITE = "50 + 25 × weighted mean of the parts within ± 2 SD (ours)"
_METRICS = (
    DayMetric(key="readiness", name="Readiness", unit="", group="training", decimals=0, cite=_CITE, trust="estimated",
              lower_is_better=False, also_known_as=("Recovery", "Training readiness")),
    DayMetric(key="readiness_hrv", name="Readiness: HRV", unit="", group="training", decimals=1, lower_is_better=False,
              cite="7-day mean of ln RMSSD against the 60-day mean", trust="estimated"),
    DayMetric(key="readiness_resting_heart_rate", name="Readiness: resting heart rate", unit="", group="training",
              decimals=1, cite="today against the 60-day mean, low is good", trust="estimated", lower_is_better=False),
    DayMetric(key="readiness_sleep", name="Readiness: sleep", unit="", group="training", decimals=1,
              cite="hours of the last night over the need", trust="estimated", lower_is_better=False),
    DayMetric(key="readiness_form", name="Readiness: form", unit="", group="training", decimals=1,
              cite="form over fitness, -0.3 to 0.2", trust="estimated", lower_is_better=False),
    DayMetric(key="readiness_felt", name="Readiness: how you feel", unit="", group="training", decimals=1,
              cite="mood and soreness, self-rated", trust="estimated", lower_is_better=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Readiness:
    """Of each day (n,): the score, 0 to 100, and the points that each part adds to 50, NaN for unknown.

    `measured` is how many parts are known beside form; with fewer than 2 there is no score and no part.
    """

    score: Floats
    parts: Mapping[str, Floats]
    measured: Counts


def form_z(form: Floats, fitness: Floats) -> Floats:
    """Return form over fitness, scaled so that -0.3 to 0.2 are -2 to 2; NaN without fitness."""
    return -2.0 + 8.0 * (ratio(form, fitness) + 0.3)


def felt_z(felt: Floats) -> Floats:
    """Return what was felt, 1 (best) to 4, as 2 to -2."""
    return (2.5 - felt) * 4.0 / 3.0


def readiness(z: Mapping[str, Floats]) -> Readiness:
    """Return the readiness of each day from its parts (n,) by name, in standard deviations, high is good, NaN unknown.

    The weights of the known parts are scaled so that they sum up to 1.
    """
    clipped = {name: np.clip(part, -REACH, REACH) for name, part in z.items()}
    total = np.sum([WEIGHTS[name] * ~np.isnan(part) for name, part in clipped.items()], axis=0)
    measured = np.sum([~np.isnan(clipped[name]) for name in MEASURED if name in clipped], axis=0, dtype=np.int64)
    scale = np.where(measured >= MEASURED_LEAST, POINTS * ratio(np.ones(len(measured)), total), np.nan)
    parts = {name: scale * WEIGHTS[name] * part for name, part in clipped.items()}
    score = np.clip(MIDDLE + np.nansum(list(parts.values()), axis=0), 0.0, 2.0 * MIDDLE)  # but for rounding
    return Readiness(np.where(measured >= MEASURED_LEAST, score, np.nan), parts, measured)


def parts_of(days: Days) -> dict[str, Floats]:
    """Return the parts of each day by name, in standard deviations; a part without a value of the day is unknown."""
    nightly, resting = days.kind("hrv_night_ms"), days.kind("resting_heart_rate_bpm").within(LEAST_BPM, MOST_BPM)
    hrv, usual = baselines(nightly, days.excluded), band(resting, days.excluded)
    tonight = ~np.isnan(hrv.z)
    sd = np.where(usual.sd > 0.0, usual.sd, np.nan)
    felt = mean_of(np.stack([days.kind(kind).values for kind in FELT], axis=1))
    return {
        "hrv": np.where(tonight, hrv.week_z, np.nan),
        "resting_heart_rate": (usual.mean - resting.values) / sd,
        "sleep": (night_sleep_s(days) - need(days).seconds) / 3600.0,
        "form": form_z(days.trained.form, days.trained.fitness),
        "felt": felt_z(felt),
    }


def measure(days: Days) -> DayResults:
    """Return the readiness of each day and what each part adds; only values of the day itself count."""
    z = parts_of(days)
    seen = readiness(z)
    enough = (Requirement("readiness_parts", MEASURED_LEAST), seen.measured)
    return {"readiness": day_result(seen.score, enough)} | {
        f"readiness_{name}": day_result(part, (Requirement(name), np.isfinite(z[name])), enough)
        for name, part in seen.parts.items()
    }


READINESS = DayFamily(
    key="readiness",
    version=1,
    metrics=_METRICS,
    measure=measure,
    reads=_READS,
    inputs=("nights", "excluded", "free_days", "own_need", "training"),
)

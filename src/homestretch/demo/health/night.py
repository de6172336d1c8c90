"""The demo athlete's nights: when, in which stages, and what the body made of the day before."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import cos, exp, pi

import numpy as np

from homestretch.demo.athlete import REST_HR
from homestretch.demo.health.life import FRIDAY, SATURDAY, USUAL_LOAD, Life, life

#: FIT's levels of sleep.
AWAKE, LIGHT, DEEP, REM = 1, 2, 3, 4
#: A cycle of sleep in minutes; deep sleep fades from cycle to cycle, REM grows.
_CYCLE_MIN = 92
#: Which day of the year the heart is most rested on, and by how much of its variability.
_FITTEST_DAY, _SEASON = 200, 0.04
HRV_MS, RESPIRATION_BRPM, SPO2_PCT = 58.0, 13.6, 96.0
#: What a newer sensor shows more of the variability, and less of the resting heart rate.
NEW_HRV, NEW_REST_BPM = 0.08, -1.0


@dataclass(frozen=True, slots=True)
class Night:
    """A night, of the day of waking: minutes from its midnight, stages as (minute, level), and what was measured.

    `rest_bpm`, `hrv_ms` and `respiration_brpm` are as the body is, before a device reads them; `warmer_c` is the skin
    against the usual.
    """

    day: date
    bed_min: int
    wake_min: int
    stages: tuple[tuple[int, int], ...]
    rest_bpm: float
    hrv_ms: float
    respiration_brpm: float
    warmer_c: float
    spo2_pct: float

    @property
    def asleep_min(self) -> int:
        """Minutes asleep."""
        ends = (*(minute for minute, _ in self.stages[1:]), self.wake_min)
        spans = zip(self.stages, ends, strict=True)
        return sum(end - start for (start, level), end in spans if level != AWAKE)

    @property
    def awakenings(self) -> int:
        """How often the athlete was awake in it."""
        return sum(level == AWAKE for _, level in self.stages)


@lru_cache(maxsize=64)
def night(seed: int, day: date) -> Night:
    """Return the night before a day."""
    rng = np.random.default_rng([seed, day.toordinal(), 12])
    before, today = life(seed, day - timedelta(days=1)), life(seed, day)
    bed, wake = _hours(rng, before, today)
    load = before.load - USUAL_LOAD
    season = _SEASON * cos(2.0 * pi * (day.timetuple().tm_yday - _FITTEST_DAY) / 365.25)
    earlier = life(seed, day - timedelta(days=2)).load - USUAL_LOAD
    strain = 0.0011 * load + 0.0004 * earlier + 0.16 * before.drank + 0.04 * before.ate_late
    ln_change = season - strain - 0.42 * today.illness - 0.06 * today.jet_lag + 0.05 * today.noise
    return Night(
        day=day,
        bed_min=bed,
        wake_min=wake,
        stages=_stages(rng, bed, wake, before, today),
        rest_bpm=REST_HR + 0.02 * load + 4.0 * before.drank + 11.0 * today.illness + 1.5 * today.jet_lag
        - 20.0 * season - 0.5 * today.noise + float(rng.normal(0.0, 0.6)),
        hrv_ms=HRV_MS * exp(ln_change),
        respiration_brpm=RESPIRATION_BRPM + 0.002 * load + 2.3 * today.illness + 0.3 * before.drank
        + float(rng.normal(0.0, 0.15)),
        warmer_c=0.9 * today.illness + 0.12 * before.drank + float(rng.normal(0.0, 0.12)),
        spo2_pct=SPO2_PCT - 1.5 * today.illness - (2.5 if today.zone == "Europe/Zurich" else 0.0),
    )  # fmt: skip


def _hours(rng: np.random.Generator, before: Life, today: Life) -> tuple[int, int]:
    """Return when the athlete falls asleep and wakes, minutes from midnight: early for a workout, late when free."""
    late = 55.0 if before.day.weekday() in (FRIDAY, SATURDAY) else 0.0
    bed = -72.0 + late + 45.0 * before.drank + 20.0 * before.ate_late - 40.0 * today.illness + rng.normal(0.0, 22.0)
    free = today.day.weekday() > FRIDAY or today.away or today.illness > 0.3
    wake = (
        (470.0 if free else 382.0)
        + 45.0 * today.illness
        - 75.0 * today.jet_lag
        + rng.normal(0.0, 24.0 if free else 9.0)
    )
    first = min((one.minute for one in today.workouts), default=24 * 60)
    return round(bed), round(max(min(wake, first - 40.0), bed + 250.0))


def _stages(rng: np.random.Generator, bed: int, wake: int, before: Life, today: Life) -> tuple[tuple[int, int], ...]:
    """Return the stages of a night, in cycles of light, deep, light and REM sleep, some ended by a short waking."""
    restless = 0.35 + 0.4 * today.illness + 0.25 * before.drank + 0.3 * today.jet_lag
    stages: list[tuple[int, int]] = []
    minute, cycle = bed, 0
    while minute < wake:
        deep = max(0.0, (38.0 - 11.0 * cycle) * (0.75 if before.drank else 1.0) + rng.normal(0.0, 5.0))
        dream = max(0.0, 9.0 + 7.0 * cycle - (6.0 if before.drank and cycle < 3 else 0.0) + rng.normal(0.0, 4.0))
        light = max(12.0, _CYCLE_MIN - deep - dream)
        awake = float(rng.integers(3, 12)) if rng.random() < restless else 0.0
        for level, length in ((LIGHT, 0.4 * light), (DEEP, deep), (LIGHT, 0.6 * light), (REM, dream), (AWAKE, awake)):
            if round(length) and minute < wake:
                stages.append((minute, level))
                minute += round(length)
        cycle += 1
    return tuple(stages[:-1] if stages[-1][1] == AWAKE else stages)

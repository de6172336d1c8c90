"""A night: when somebody slept, how long in which stage, and what was measured."""

from dataclasses import dataclass
from typing import Literal

type StageName = Literal["deep", "light", "rem", "awake", "unmeasured"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of one stage of sleep, UTC ms."""

    start_ms: int
    end_ms: int
    stage: StageName


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One sleep, of the local day of waking (`day`, YYYY-MM-DD); None is what the source leaves out.

    Of several sleeps of a day the longest is the night. `nap`: the source itself calls it a nap.
    `asleep_s` counts the deep, light and REM sleep of the night, `naps_s` what was slept by day. `score` is the
    source's own, 0 to 100; `avg_stress` is on its scale of 0 to 100; `hrv_ms` is the mean RMSSD of the night.
    """

    day: str
    start_ms: int
    end_ms: int
    offset_s: int | None = None
    asleep_s: float | None = None
    deep_s: float | None = None
    light_s: float | None = None
    rem_s: float | None = None
    awake_s: float | None = None
    unmeasured_s: float | None = None
    naps_s: float | None = None
    score: float | None = None
    awakenings: float | None = None
    avg_heart_rate_bpm: float | None = None
    hrv_ms: float | None = None
    avg_spo2_pct: float | None = None
    min_spo2_pct: float | None = None
    avg_respiration_brpm: float | None = None
    avg_stress: float | None = None
    body_battery_change: float | None = None
    skin_temperature_change_c: float | None = None
    nap: bool = False
    device: str = ""
    stages: tuple[Stage, ...] = ()

"""Outcomes that several questions share: values of each day, and the noise that an effect has to exceed.

The noise of HRV, heart rate and sleep is that of devices (health.md §8); the others are ours.
"""

from dataclasses import replace

import numpy as np

from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.evidence.question import Outcome
from homestretch.analysis.health.hrv import LEAST_RMSSD_MS, MOST_RMSSD_MS
from homestretch.analysis.health.hypnogram import hypnograms
from homestretch.analysis.health.nights import Nights
from homestretch.analysis.health.sleep import night_sleep_s
from homestretch.model.channel import Floats


def ln_hrv_pct(days: Days) -> DailyValues:
    """Return 100 times ln RMSSD of each night: its differences are about per cent."""
    nightly = days.kind("hrv_night_ms").within(LEAST_RMSSD_MS, MOST_RMSSD_MS)
    return replace(nightly, values=100.0 * np.log(nightly.values))


def asleep_min(days: Days) -> DailyValues:
    """Return the sleep of each night in minutes, of the origin of the day's own figure where there is one."""
    values = night_sleep_s(days) / 60.0
    origins = days.kind("sleep_s").origins
    return DailyValues(values, np.where(np.isnan(values), -1, np.maximum(origins, 0)))


def _efficiency(days: Days) -> DailyValues:
    nights: Nights = days.every_night
    values: Floats = hypnograms(nights).efficiency_pct
    return replace(asleep_min(days), values=values)


HRV = Outcome(key="hrv", name="HRV", unit="%", noise=5.0, values=ln_hrv_pct, reads=("hrv_night_ms",))
RESTING_HEART_RATE = Outcome(
    key="resting_heart_rate", name="Resting heart rate", unit="bpm", noise=1.0,
    values=lambda days: days.kind("resting_heart_rate_bpm"),
    reads=("resting_heart_rate_bpm",),
)  # fmt: skip
RESPIRATION = Outcome(
    key="respiration", name="Sleeping respiration rate", unit="brpm", noise=0.3,
    values=lambda days: days.kind("respiration_sleep_avg_brpm"),
    reads=("respiration_sleep_avg_brpm",),
)  # fmt: skip
ASLEEP = Outcome(key="asleep", name="Sleep duration", unit="min", noise=15.0, values=asleep_min, reads=("sleep_s",))
EFFICIENCY = Outcome(
    key="efficiency", name="Sleep efficiency", unit="%", noise=2.0, values=_efficiency, reads=("sleep_s",)
)

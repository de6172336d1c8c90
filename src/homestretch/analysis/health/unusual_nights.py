"""Unusual nights: several signals at once that differ from the usual, as at the onset of an illness."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.health.baseline import Deviation, deviation
from homestretch.analysis.health.days import DailyValues, Days, first_known
from homestretch.analysis.health.hrv import LEAST_RMSSD_MS, MOST_RMSSD_MS
from homestretch.analysis.health.windows import before, mean_and_sd
from homestretch.model.channel import Floats, Mask

LEVELS = ("usual", "watch", "strong")
USUAL, WATCH, STRONG = range(len(LEVELS))
#: Signals that must be known, and how many that are off make each level.
KNOWN_LEAST, WATCH_LEAST, STRONG_LEAST = 2, 2, 3
#: Standard deviations from the usual from which a signal is off.
OFF_Z = 2.0
#: While the level is strong the usual is what it was before: for so many nights, then the new level is the usual one.
FROZEN_NIGHTS = 30
#: A hard day: load above the mean of the days before by a standard deviation.
LOAD_DAYS = 42
#: Notes that may explain an unusual night.
CAUSES = ("ill", "injured", "alcohol", "late_meal", "travel")
_NEVER, _UNKNOWN = -1, -1


@dataclass(frozen=True, slots=True)
class Signal:
    """What is compared: its kinds in order of preference, the least spread, and from which change it is off.

    `direction` is 1 where a high value is off, -1 where a low one is. `ln`: logarithms are compared.
    """

    kinds: tuple[str, ...]
    floor: float
    least_change: float
    direction: int = 1
    ln: bool = False


#: The signals (Alavi 2022 for heart rate; the other limits and all floors are ours).
SIGNALS: Mapping[str, Signal] = {
    "resting_heart_rate": Signal(("resting_heart_rate_bpm", "sleep_heart_rate_bpm"), 1.0, 4.0),
    "hrv": Signal(("hrv_night_ms",), 0.05, 0.0, direction=-1, ln=True),
    "respiration": Signal(("respiration_sleep_avg_brpm",), 0.3, 1.0),
    "skin_temperature": Signal(("skin_temperature_change_c", "skin_temperature_c"), 0.15, 0.5),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a signal was in one night: its change (a ratio for HRV, 0.8 is 20 % less), in SD, and whether it is off."""

    signal: str
    change: float
    z: float
    off: bool


@dataclass(frozen=True, slots=True, eq=False)
class UnusualNights:
    """Of each night (n,): the index of its level, NaN where fewer than 2 signals are known, and the signals known.

    `deviations` are those that the levels are from, by signal; `off` (n,) how many signals are off.
    """

    levels: Floats
    known: NDArray[np.int64]
    off: NDArray[np.int64]
    deviations: Mapping[str, Deviation]

    def evidence(self, day: int) -> tuple[Evidence, ...]:
        """Return what each known signal was in a night."""
        return tuple(
            Evidence(
                name,
                float(np.exp(seen.change[day]) if SIGNALS[name].ln else seen.change[day]),
                float(seen.z[day]),
                bool(is_off(SIGNALS[name], seen.change[day], seen.z[day])),
            )
            for name, seen in self.deviations.items()
            if np.isfinite(seen.z[day])
        )


def is_off[T: (np.float64, Floats)](signal: Signal, change: T, z: T) -> NDArray[np.bool_]:
    """Return where a signal is off: 2 SD and its least change from the usual, in its direction."""
    way = signal.direction
    return np.asarray((way * z >= OFF_Z) & (way * change >= signal.least_change))


def level(off: int, off_before: int) -> int:
    """Return the level of a night with so many signals off, and so many in the night before."""
    running = off >= WATCH_LEAST and off_before >= WATCH_LEAST
    if off >= STRONG_LEAST or running:
        return STRONG
    return WATCH if off >= WATCH_LEAST else USUAL


def unusual_nights(days: Days) -> UnusualNights:
    """Return the level of every night; the usual is of the 30 nights before, without those of an ill day.

    While the level is strong the usual stays what it was, so that an illness does not become the usual.
    """
    values = {name: _values(days, signal) for name, signal in SIGNALS.items()}
    usual = {name: deviation(values[name], days.excluded, signal.floor) for name, signal in SIGNALS.items()}
    return _levels(values, usual)


def _values(days: Days, signal: Signal) -> DailyValues:
    daily = first_known(*(days.kind(kind) for kind in signal.kinds))
    if not signal.ln:
        return daily
    believed = daily.within(LEAST_RMSSD_MS, MOST_RMSSD_MS)
    return replace(believed, values=np.log(believed.values))


@dataclass(slots=True, eq=False)
class _Table:
    """Of the signals (s,) and nights (n,): values, the usual, its spread and its era, all (s, n)."""

    values: Floats
    usual: Floats
    sd: Floats
    era: NDArray[np.int64]

    def off(self) -> Mask:
        """Return which signals are off, (s, n)."""
        change = self.values - self.usual
        rows = zip(SIGNALS.values(), change, change / self.sd, strict=True)
        return np.stack([is_off(signal, of_signal, z) for signal, of_signal, z in rows])

    def freeze(self, day: int, since: int) -> tuple[int, int]:
        """Give a night the usual of the night `since`, where that is known and of the same era, signal by signal.

        Return how many signals are off then, and how many are known.
        """
        same = (self.era[:, day] == self.era[:, since]) & np.isfinite(self.usual[:, since])
        self.usual[same, day] = self.usual[same, since]
        self.sd[same, day] = self.sd[same, since]
        change = self.values[:, day] - self.usual[:, day]
        z = change / self.sd[:, day]
        off = sum(bool(is_off(signal, change[row], z[row])) for row, signal in enumerate(SIGNALS.values()))
        return off, int(np.isfinite(z).sum())


def _levels(values: Mapping[str, DailyValues], usual: Mapping[str, Deviation]) -> UnusualNights:
    """Return the levels night by night, since a strong one freezes the usual of those that follow."""
    table = _Table(
        np.stack([daily.values for daily in values.values()]),
        np.stack([seen.usual for seen in usual.values()]),
        np.stack([seen.sd for seen in usual.values()]),
        np.stack([seen.era for seen in usual.values()]),
    )
    off = np.count_nonzero(table.off(), axis=0).tolist()
    known = np.count_nonzero(np.isfinite(table.values - table.usual), axis=0).tolist()
    levels = np.array(_walk(table, off, known), dtype=np.float64)
    change = table.values - table.usual
    z = change / table.sd
    frozen = {
        name: replace(seen, change=change[row], z=z[row], usual=table.usual[row], sd=table.sd[row])
        for row, (name, seen) in enumerate(usual.items())
    }
    levels[levels == _UNKNOWN] = np.nan
    return UnusualNights(levels, np.array(known, dtype=np.int64), np.array(off, dtype=np.int64), frozen)


def _walk(table: _Table, off: list[int], known: list[int]) -> list[int]:
    """Return the level of each night, -1 for unknown; where a strong one freezes the usual, off and known follow."""
    levels: list[int] = []
    since = _NEVER
    for day in range(len(off)):
        if since != _NEVER and day - since <= FROZEN_NIGHTS:
            off[day], known[day] = table.freeze(day, since)
        reached = level(off[day], off[day - 1] if day else 0) if known[day] >= KNOWN_LEAST else _UNKNOWN
        levels.append(reached)
        if reached == STRONG and since == _NEVER:
            since = day
        elif reached in {USUAL, WATCH} or (since != _NEVER and day - since > FROZEN_NIGHTS):
            since = _NEVER
    return levels


def likely_causes(days: Days, day: int) -> tuple[str, ...]:
    """Return what is known that may explain an unusual night: notes of the day or the one before, and a hard day."""
    recent = slice(max(0, day - 1), day + 1)
    noted = [key for key in CAUSES if days.marked(key)[recent].any()]
    mean, sd = mean_and_sd(before(days.trained.load, LOAD_DAYS))
    hard = day > 0 and days.trained.load[day - 1] > mean[day - 1] + sd[day - 1]
    return (*noted, *(("hard_day",) if hard else ()))

"""The athlete's thresholds: what formulas may need, and the estimates where nothing was measured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

type HeartZones = Literal["max", "reserve", "coggan", "friel"]

#: What the number kept as `hr_zones` means: 0 share of maximum, 1 share of reserve, 2 and 3 shares of the threshold.
HEART_ZONES: tuple[HeartZones, ...] = ("max", "reserve", "coggan", "friel")
#: What the number kept as `sex` means.
MALE, FEMALE = 0.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A value that an athlete sets, dated; `by_sport` says that it may differ between sports."""

    key: str
    name: str
    unit: str
    low: float
    high: float
    by_sport: bool
    note: str
    also_known_as: tuple[str, ...] = ()


_ALL = (
    Threshold(key="ftp_w", name="FTP", unit="W", low=50, high=600, by_sport=True,
              note="The highest power you can hold for about an hour.",
              also_known_as=("Functional threshold power", "Threshold power")),
    Threshold(key="cp_w", name="Critical power", unit="W", low=50, high=600, by_sport=True,
              note="The highest power you can hold without using up your W′.", also_known_as=("CP",)),
    Threshold(key="w_prime_j", name="W′", unit="J", low=3_000, high=60_000, by_sport=True,
              note="The work you can do above critical power before you are spent.",
              also_known_as=("Anaerobic work capacity", "AWC")),
    Threshold(key="lthr_bpm", name="Threshold heart rate", unit="bpm", low=80, high=230, by_sport=True,
              note="Average heart rate of an all-out hour.", also_known_as=("LTHR", "Lactate threshold heart rate")),
    Threshold(key="max_hr_bpm", name="Maximum heart rate", unit="bpm", low=100, high=240, by_sport=True,
              note="The highest heart rate you reach in the sport.", also_known_as=("HRmax",)),
    Threshold(key="resting_hr_bpm", name="Resting heart rate", unit="bpm", low=25, high=110, by_sport=False,
              note="Heart rate lying still after waking.", also_known_as=("RHR",)),
    Threshold(key="threshold_speed_mps", name="Threshold pace", unit="m/s", low=0.5, high=8, by_sport=True,
              note="The fastest pace on the flat you can hold for about an hour.", also_known_as=("Threshold speed",)),
    Threshold(key="css_mps", name="Critical swim speed", unit="m/s", low=0.3, high=2.5, by_sport=True,
              note="200 m divided by the difference between your 400 m and 200 m times.",
              also_known_as=("CSS",)),
    Threshold(key="weight_kg", name="Weight", unit="kg", low=20, high=300, by_sport=False,
              note="Body weight without clothes."),
    Threshold(key="birth_year", name="Year of birth", unit="", low=1900, high=2100, by_sport=False,
              note="Used to estimate maximum heart rate if you have not set one."),
    Threshold(key="sex", name="Sex", unit="", low=0, high=1, by_sport=False,
              note="0 male, 1 female. Used for TRIMP."),
    Threshold(key="hr_zones", name="Heart rate zones", unit="", low=0, high=3, by_sport=True,
              note="Zones based on: 0 maximum, 1 reserve, 2 threshold (five zones), 3 threshold (seven zones)."),
)  # fmt: skip

#: All thresholds by key.
THRESHOLDS: Mapping[str, Threshold] = MappingProxyType({one.key: one for one in _ALL})

#: Resting heart rate where none is stated: about the mean of trained and untrained adults. Our choice.
RESTING_BPM = 60.0
#: LTHR where none is stated, as a share of maximum.
LTHR_SHARE = 0.9
#: FTP over CP and W' over CP (s) of the generic power curve, the one that eFTP uses.
FTP_OVER_CP = 1.0 + 75.0 / (3600.0 + 25.0)
W_PRIME_S = 75.0


@dataclass(frozen=True, slots=True)
class Profile:
    """An athlete's values for one sport on one day; `estimates` are the keys whose values are estimated.

    Only the keys in `allowed` may be asked for.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    day: date | None = None
    estimates: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset(THRESHOLDS)

    def get(self, key: str) -> float | None:
        """Return a value, or None where it is not known; KeyError for a key that may not be asked for."""
        if key not in self.allowed:
            raise KeyError(f"{key} is not among the thresholds that are read")
        return self.values.get(key)

    def only(self, keys: Iterable[str]) -> "Profile":
        """Return the profile with nothing but these keys: asking for another raises KeyError."""
        allowed = self.allowed.intersection(keys)
        kept = {key: self.values[key] for key in allowed if key in self.values}
        return Profile(kept, self.day, self.estimates & allowed, allowed)


def believable(key: str, value: float) -> bool:
    """Return whether a value of the threshold `key` lies within its bounds."""
    return THRESHOLDS[key].low <= value <= THRESHOLDS[key].high


#: Thresholds that only best efforts show (see estimates.py).
SHOWN = ("ftp_w", "threshold_speed_mps", "css_mps")


def estimated(profile: Profile, shown: Mapping[str, float] = MappingProxyType({})) -> Profile:
    """Return the profile with estimates, marked as such, for the thresholds that are not set.

    `shown` is what best efforts show. Maximum heart rate is the highest seen, but no less than 208 - 0.7 age (Tanaka
    2001), LTHR is 0.9 of the maximum, CP follows from FTP and back, W' from the generic power curve. Set values
    come first, also as inputs of other estimates. Weight, and values without inputs, stay unknown.
    """
    known = dict(profile.values)
    _fill(known, "ftp_w", _times(known.get("cp_w"), FTP_OVER_CP))
    for key in SHOWN:
        _fill(known, key, shown.get(key))
    guesses = [value for value in (shown.get("max_hr_bpm"), _tanaka(known.get("birth_year"), profile.day)) if value]
    _fill(known, "max_hr_bpm", max(guesses, default=None))
    _fill(known, "lthr_bpm", _times(known.get("max_hr_bpm"), LTHR_SHARE))
    _fill(known, "resting_hr_bpm", RESTING_BPM)
    _fill(known, "cp_w", _times(known.get("ftp_w"), 1.0 / FTP_OVER_CP))
    _fill(known, "w_prime_j", _times(known.get("cp_w"), W_PRIME_S))
    made = frozenset(known) - frozenset(profile.values)
    return replace(profile, values=known, estimates=profile.estimates | made)


def _fill(known: dict[str, float], key: str, value: float | None) -> None:
    if key not in known and value is not None and believable(key, value):
        known[key] = value


def _tanaka(birth_year: float | None, day: date | None) -> float | None:
    return None if birth_year is None or day is None else 208.0 - 0.7 * (day.year - birth_year)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor

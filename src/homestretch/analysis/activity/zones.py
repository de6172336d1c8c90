"""Zones: how long power, heart rate and pace were within which bounds, and the split into easy, moderate and hard."""

from math import log10

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import Held
from homestretch.analysis.athlete.thresholds import HEART_ZONES, HeartZones, Profile
from homestretch.model.documents.analysis import TimeInZones, Zones, ZoneSplit
from homestretch.model.sport import Sport

#: Goes up with every change of what `time_in_zones` returns.
VERSION = 1
#: The thresholds that zones are based on.
READS = ("ftp_w", "threshold_speed_mps", "css_mps", "max_hr_bpm", "resting_hr_bpm", "lthr_bpm", "hr_zones")
#: Coggan's levels: upper bounds in % of FTP, themselves included.
COGGAN_POWER = (55.0, 75.0, 90.0, 105.0, 120.0, 150.0)
#: Lower bounds in % of maximum heart rate (Garmin) and of heart rate reserve (Karvonen).
FIFTHS = (50.0, 60.0, 70.0, 80.0, 90.0)
#: Coggan's upper bounds in % of LTHR, themselves included; Friel's lower bounds in % of LTHR, by family of sport.
COGGAN_HEART = (68.0, 83.0, 94.0, 105.0)
FRIEL_RUN = (0.0, 85.0, 90.0, 95.0, 100.0, 103.0, 106.0)
FRIEL_RIDE = (0.0, 81.0, 90.0, 94.0, 100.0, 103.0, 106.0)
#: Friel's pace zones as lower bounds in % of threshold speed.
FRIEL_PACE = (0.0, 77.5, 87.7, 94.3, 100.0, 103.4, 111.5)
#: Easy ends at 80 % of FTP or threshold speed, and hard begins at 100 %. By heart rate easy ends where Coggan's levels
#: of LTHR are when his levels of FTP are at 80 %.
EASY_END, HARD_FROM = 80.0, 100.0
HEART_EASY_END = 87.0


def time_in_zones(effort: Effort) -> TimeInZones:
    """Return the time in zones of every kind that was measured and whose threshold is known."""
    found = TimeInZones()
    power = power_zones(effort.series.power_held, effort.profile)
    heart = heart_zones(effort.series.heart_rate_held, effort.profile, effort.sport)
    pace = pace_zones(effort)
    whole = split(effort)
    if power is not None:
        found["power"] = power
    if heart is not None:
        found["heart_rate"] = heart
    if pace is not None:
        found["pace"] = pace
    if whole is not None:
        found["split"] = whole
    return found


def power_zones(held: Held | None, profile: Profile) -> Zones | None:
    """Return the time in Coggan's seven levels of power."""
    ftp = profile.get("ftp_w")
    if held is None or ftp is None:
        return None
    return _zones(held, "coggan", "W", [0.0, *_shares(COGGAN_POWER, ftp)], upper=True, guess=_guess(profile, "ftp_w"))


def pace_zones(effort: Effort) -> Zones | None:
    """Return the time in Friel's seven zones of speed, grade adjusted on foot: runs, walks and swims have them."""
    key = _speed_key(effort.sport)
    own = None if key is None else effort.profile.get(key)
    held = None if own is None else effort.series.speed_held
    if held is None or key is None or own is None:
        return None
    return _zones(held, "friel", "m/s", _shares(FRIEL_PACE, own), upper=False, guess=_guess(effort.profile, key))


def heart_zones(held: Held | None, profile: Profile, sport: Sport) -> Zones | None:
    """Return the time in heart rate zones by the athlete's method.

    Where none is stated, Friel's by a stated LTHR, else shares of maximum.
    """
    if held is None:
        return None
    method = _method(profile)
    keys = _HEART_READS[method]
    values = [profile.get(key) for key in keys]
    known = [value for value in values if value is not None]
    if len(known) < len(keys):
        return None
    bounds = heart_bounds(method, sport, *known)
    return _zones(held, method, "bpm", bounds, upper=method == "coggan", guess=_guess(profile, *keys))


_HEART_READS: dict[HeartZones, tuple[str, ...]] = {
    "max": ("max_hr_bpm",),
    "reserve": ("max_hr_bpm", "resting_hr_bpm"),
    "coggan": ("lthr_bpm",),
    "friel": ("lthr_bpm",),
}


def _method(profile: Profile) -> HeartZones:
    stated = profile.get("hr_zones")
    if stated is not None and 0 <= stated < len(HEART_ZONES):
        return HEART_ZONES[int(stated)]
    lthr = profile.get("lthr_bpm") is not None and not _guess(profile, "lthr_bpm")
    return "friel" if lthr or profile.get("max_hr_bpm") is None else "max"


def heart_bounds(method: HeartZones, sport: Sport, threshold: float, resting: float = 0.0) -> list[float]:
    """Return where the zones begin in bpm; `threshold` is the maximum (`max`, `reserve`) or else LTHR."""
    if method == "max":
        return _shares(FIFTHS, threshold)
    if method == "reserve":
        return [resting + share for share in _shares(FIFTHS, threshold - resting)]
    if method == "coggan":
        return [0.0, *_shares(COGGAN_HEART, threshold)]
    return _shares(FRIEL_RIDE if sport.family == "ride" else FRIEL_RUN, threshold)


def _shares(percent: tuple[float, ...], of: float) -> list[float]:
    # Multiplied first: 55 % of 200 is 110 and not a hair more, so that a whole number lies on its bound.
    return [share * of / 100.0 for share in percent]


def _speed_key(sport: Sport) -> str | None:
    return {"run": "threshold_speed_mps", "walk": "threshold_speed_mps", "swim": "css_mps"}.get(sport.family)


def _guess(profile: Profile, *keys: str) -> bool:
    return not profile.estimates.isdisjoint(keys)


def _zones(held: Held, method: str, unit: str, bounds: list[float], *, upper: bool, guess: bool) -> Zones:
    first = -1.0 if upper else bounds[0]
    edges = np.array([first, *bounds[1:], np.inf])
    seconds = held.between(edges) if upper else held.from_below(edges)
    return Zones(
        method=method,
        unit=unit,
        bounds=bounds,
        seconds=[float(s) for s in seconds],
        below=max(float(held.seconds.sum() - seconds.sum()), 0.0),
        upper=upper,
        estimated=guess,
    )


def split(effort: Effort) -> ZoneSplit | None:
    """Return the time easy, moderate and hard, by power, else on foot and in water by pace, else by heart rate."""
    basis = _basis(effort)
    if basis is None:
        return None
    kind, key, own, held = basis
    easy = HEART_EASY_END if kind == "heart_rate" else EASY_END
    parts = held.between(np.array([-1.0, easy * own / 100.0, HARD_FROM * own / 100.0, np.inf]))
    found = ZoneSplit(by=kind, seconds=[float(s) for s in parts], estimated=_guess(effort.profile, key))
    index = polarisation(*found["seconds"])
    return found if index is None else found | {"index": index}


def near_threshold(effort: Effort, percent: float) -> float | None:
    """Return the seconds over `percent` of threshold, by what `split` goes by."""
    basis = _basis(effort)
    if basis is None:
        return None
    _, _, own, held = basis
    return float(held.between(np.array([percent * own / 100.0, np.inf]))[0])


def _basis(effort: Effort) -> tuple[str, str, float, Held] | None:
    """Return what intensity is judged by: the kind, its threshold and the threshold's value, and what was measured."""
    speed = _speed_key(effort.sport)
    kinds = [("power", "ftp_w"), ("heart_rate", "lthr_bpm")]
    for kind, key in kinds if speed is None else [("pace", speed), *kinds]:
        own = effort.profile.get(key)
        held = None if own is None else _held(effort, kind)
        if held is not None and own is not None:
            return kind, key, own, held
    return None


def _held(effort: Effort, kind: str) -> Held | None:
    series = effort.series
    return {"power": lambda: series.power_held, "heart_rate": lambda: series.heart_rate_held}.get(
        kind, lambda: series.speed_held
    )()


def polarisation(easy: float, moderate: float, hard: float) -> float | None:
    """Return Treff's polarisation index (2019) of times in three zones: above 2 is polarised; None without any time.

    It is log10(easy / moderate * hard * 100) of their shares, and 0 without hard time. None at all moderate counts as
    a hundredth, which the hard share gives up.
    """
    whole = easy + moderate + hard
    if not whole > 0.0:
        return None
    low, middle, high = easy / whole, moderate / whole, hard / whole
    if middle == 0.0:
        middle, high = 0.01, high - 0.01
    if low <= 0.0 or high <= 0.0:
        return 0.0
    return log10(max(low / middle * high * 100.0, 1.0))

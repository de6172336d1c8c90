"""Thresholds by date as GoldenCheetah keeps them: text files of ranges, each with its values, then its zones.

As GoldenCheetah/GoldenCheetah reads them in src/Metrics: Zones.cpp, HrZones.cpp, PaceZones.cpp.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from homestretch.analysis.athlete.thresholds import THRESHOLDS, believable
from homestretch.flow.takeover.reading.items import FoundThreshold

#: The sport family of each file.
FILES: Mapping[str, str] = {
    "power.zones": "ride", "run-power.zones": "run", "hr.zones": "ride", "run-hr.zones": "run",
    "run-pace.zones": "run", "swim-pace.zones": "swim",
}  # fmt: skip
#: What names in them mean: a threshold, and the factor to its unit.
_POWER = {"cp": ("cp_w", 1.0), "ftp": ("ftp_w", 1.0), "w'": ("w_prime_j", 1.0)}
_HEART = {"lt": ("lthr_bpm", 1.0), "resthr": ("resting_hr_bpm", 1.0), "maxhr": ("max_hr_bpm", 1.0)}
_RUN_PACE, _SWIM_PACE = {"cv": ("threshold_speed_mps", 1 / 3.6)}, {"cv": ("css_mps", 1 / 3.6)}
_RANGE = re.compile(r"\s*(?:from\s+)?(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|BEGIN)(?=[\s:,]|$)", re.IGNORECASE)
_VALUE = re.compile(r"(?<![\w'])(CP|FTP|W'|LT|RestHr|MaxHr|CV)\s*=\s*(\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE)
#: What has no first day holds from here on.
_FIRST = date(1900, 1, 1)
#: W′ below this is written in kJ.
_KILOJOULES = 1000


def thresholds_in(name: str, text: str) -> Iterator[FoundThreshold | None]:
    """Yield the thresholds of a file by its name; None for each that can't be: its day or its value."""
    names = _names(name)
    day: date | None = None
    for line in text.splitlines():
        said = line.partition("#")[0]
        begun = _RANGE.match(said)
        if begun is not None:
            day = _day(begun)
            if day is None:
                yield None
        elif "," in said:
            continue  # a zone, or the default of one
        for key, amount in _VALUE.findall(said):
            meant = names.get(key.lower())
            if meant is not None and day is not None and float(amount) > 0:
                yield _threshold(meant[0], float(amount) * meant[1], day, FILES[name])


def _names(name: str) -> Mapping[str, tuple[str, float]]:
    if name.endswith("pace.zones"):
        return _SWIM_PACE if name.startswith("swim") else _RUN_PACE
    return _HEART if name.endswith("hr.zones") else _POWER


def _day(begun: re.Match[str]) -> date | None:
    if begun[1] is None:
        return _FIRST
    try:
        return date(int(begun[1]), int(begun[2]), int(begun[3]))
    except ValueError:
        return None


def _threshold(key: str, value: float, day: date, family: str) -> FoundThreshold | None:
    value = value * 1000 if key == "w_prime_j" and value < _KILOJOULES else value
    if not believable(key, value):
        return None
    return FoundThreshold(key, value, day, family if THRESHOLDS[key].by_sport else "")

"""The words of intervals.icu's workout text: lengths, targets, and the rest of a line, its cue.

`400m` are minutes; metres are `mtr`. A pace in minutes needs the word `pace`. RPE has no word there: ours is `RPE
seven`, without a digit, which intervals.icu keeps as part of the cue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from homestretch.formats._steps import LONGEST_M, LONGEST_S, number, plain
from homestretch.model.coach.workout import EndUnit, Quantity, StepKind, Target

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
#: Metres of the units of distance.
_METRES = {"mtr": 1.0, "meters": 1.0, "metres": 1.0, "km": 1000.0, "mi": 1609.344, "y": 0.9144, "yrd": 0.9144,
           "yards": 0.9144}  # fmt: skip
#: Metres of the units of pace.
_PER = {"km": 1000.0, "mi": 1609.344, "100m": 100.0, "100mtr": 100.0, "500m": 500.0, "400m": 400.0, "100y": 91.44}
#: Coggan's zones of power in per cent of FTP.
_POWER_ZONES = {1: (40, 55), 2: (56, 75), 3: (76, 90), 4: (91, 105), 5: (106, 120), 6: (121, 150), 7: (150, 200)}

_D = r"\d{1,6}(?:[.,]\d{1,3})?"
_TIME = re.compile(
    rf"(?<![\w.:/%-])(?:(?P<h>{_D})h(?P<hm>\d{{1,2}}(?![\w%]))?)?(?:(?P<m>{_D})(?:m|'|min)(?P<ms>\d{{1,2}}(?![\w%]))?)?"
    rf"(?:(?P<s>{_D})(?:s|\"|sec))?(?![\w%:/-])",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    rf"(?<![\w.:/-])(?P<n>{_D})\s?(?P<u>mtr|meters|metres|km|mi|yrd|yards|y)(?![\w/])", re.IGNORECASE
)
_CADENCE = re.compile(rf"(?P<low>{_D})(?:\s?-\s?(?P<high>{_D}))?\s?rpm\b", re.IGNORECASE)
_PACE = re.compile(
    r"(?P<a>\d{1,2}:\d{2})(?:\s?-\s?(?P<b>\d{1,2}:\d{2}))?\s?/\s?(?P<u>km|mi|100mtr|100m|500m|400m|100y)\s+pace\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?P<low>{_D})\s?%?(?:\s?-\s?(?P<high>{_D}))?\s?%(?:\s*(?P<of>LTHR|HRR|MAX\s?HR|HR|pace|CSS|FTP|MMP)\b)?",
    re.IGNORECASE,
)
_WATTS = re.compile(rf"(?P<low>{_D})\s?w?(?:\s?-\s?(?P<high>{_D}))?\s?w(?:atts)?\b", re.IGNORECASE)
_BEATS = re.compile(rf"(?P<low>{_D})(?:\s?-\s?(?P<high>{_D}))?\s?bpm\b", re.IGNORECASE)
_ZONE = re.compile(r"\bZ(?P<low>[1-7])(?:\s?-\s?Z?(?P<high>[1-7]))?\b(?!\s*(?:HR|pace))", re.IGNORECASE)
_RPE = re.compile(rf"\bRPE (?P<low>{'|'.join(NUMBERS[1:])})(?: to (?P<high>{'|'.join(NUMBERS[1:])}))?\b", re.IGNORECASE)
_LAP = re.compile(r"\bpress lap\b", re.IGNORECASE)
_FREE = re.compile(r"\bfree\s?ride\b", re.IGNORECASE)
_RAMP = re.compile(r"\bramp\b", re.IGNORECASE)
_INTENSITY = re.compile(r"\bintensity=(?P<kind>\w+)", re.IGNORECASE)
_KINDS: Mapping[str, StepKind] = {
    "rest": "rest", "recovery": "recovery", "warmup": "warmup", "cooldown": "cooldown", "active": "work",
    "interval": "work",
}  # fmt: skip


@dataclass(slots=True)
class Line:
    """What a line says of a step."""

    end: EndUnit = "lap"
    end_value: float | None = None
    target: Target | None = None
    cadence: tuple[float, float] | None = None
    cue: str | None = None
    kind: StepKind | None = None


def read_line(text: str, sport: str) -> Line | None:
    """Return what a line says after its dash; None where it has no length that can be read."""
    words = _Words(text)
    line = Line(cue=None)
    if (intensity := words.take(_INTENSITY)) is not None:
        line.kind = _KINDS.get(intensity["kind"].lower())
    ramp = words.take(_RAMP) is not None
    free = words.take(_FREE) is not None
    line.cadence = _range(words.take(_CADENCE))
    line.target = _target(words, sport, ramp)
    lap = words.take(_LAP) is not None
    if not _length(words, line) and not lap:
        return None
    if lap:
        line.end, line.end_value = "lap", None
    if free:
        line.kind, line.target = "free", None
    line.cue = plain(words.text.strip(" ,;"))
    return line


class _Words:
    """A line of which what is understood is taken out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = next((match for match in pattern.finditer(self.text) if match[0]), None)
        if found is not None:
            self.text = f"{self.text[: found.start()].rstrip()} {self.text[found.end() :].lstrip()}"
        return found


def _length(words: _Words, line: Line) -> bool:
    if (distance := words.take(_DISTANCE)) is not None:
        metres = (number(distance["n"]) or 0.0) * _METRES[distance["u"].lower()]
        line.end, line.end_value = "m", round(metres, 3)
        return 0 < metres <= LONGEST_M
    if (time := words.take(_TIME)) is None:
        return False
    hours, minutes, seconds = (number(time[name]) or 0.0 for name in "hms")
    seconds += 60 * (number(time["hm"]) or 0.0) + (number(time["ms"]) or 0.0)
    line.end, line.end_value = "s", round(3600 * hours + 60 * minutes + seconds, 3)
    return 0 < line.end_value <= LONGEST_S


def _range(match: re.Match[str] | None) -> tuple[float, float] | None:
    if match is None:
        return None
    low = number(match["low"]) or 0.0
    return low, low if match["high"] is None else number(match["high"]) or low


def _target(words: _Words, sport: str, ramp: bool) -> Target | None:
    if (pace := words.take(_PACE)) is not None:
        speeds = [
            _PER[pace["u"].lower()] / _clock(text) for text in (pace["a"], pace["b"] or pace["a"]) if _clock(text)
        ]
        of: Quantity = "css" if sport == "swim" else "speed"
        ends = [round(speed, 6) for speed in speeds]
        return Target("abs", *_ordered(ends[0], ends[-1], ramp), of, ramp) if ends else None
    if (percent := words.take(_PERCENT)) is not None:
        low, high = _range(percent) or (0.0, 0.0)
        return Target("pct", *_ordered(low, high, ramp), _of(percent["of"], sport), ramp and low != high)
    for pattern, quantity in ((_WATTS, "power"), (_BEATS, "lthr")):
        if (found := _range(words.take(pattern))) is not None:
            return Target("abs", *_ordered(*found, ramp), "power" if quantity == "power" else "lthr", ramp)
    if (zone := words.take(_ZONE)) is not None and sport == "ride":
        low_zone, high_zone = int(zone["low"]), int(zone["high"] or zone["low"])
        return Target("pct", float(_POWER_ZONES[low_zone][0]), float(_POWER_ZONES[high_zone][1]), "power", ramp)
    if (rpe := words.take(_RPE)) is not None:
        low_rpe = NUMBERS.index(rpe["low"].lower())
        high_rpe = low_rpe if rpe["high"] is None else NUMBERS.index(rpe["high"].lower())
        return Target("rpe", float(low_rpe), float(high_rpe))
    return None


def _ordered(low: float, high: float, ramp: bool) -> tuple[float, float]:
    return (low, high) if ramp else (min(low, high), max(low, high))


def _of(word: str | None, sport: str) -> Quantity:
    said = (word or "").upper().replace(" ", "")
    if said in ("HR", "MAXHR"):
        return "hr_max"
    if said in ("LTHR", "HRR"):
        return "lthr"
    if said in ("FTP", "MMP"):
        return "power"
    if sport == "swim":
        return "css"
    return "speed" if said in ("PACE", "CSS") or sport == "run" else "power"


def _clock(text: str) -> float:
    minutes, _, seconds = text.partition(":")
    return 60.0 * int(minutes) + int(seconds)

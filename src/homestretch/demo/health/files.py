"""The files of the demo athlete's days, each made from the parts of its path, the same bytes every time."""

from datetime import date

from homestretch.demo.health.courses import DAY_MIN
from homestretch.demo.health.day_file import DayFile
from homestretch.demo.health.devices import DAY, MORNING, MORNING_MIN, SCALE, WATCHES, WEEK, WHOLE
from homestretch.demo.health.weight import week_file

_UNTIL_MIN = {WHOLE: DAY_MIN, MORNING: MORNING_MIN}


def made_of_health(seed: int, day: date, clock: str, kind: str, recorder: str) -> bytes | None:
    """Return the FIT bytes of a day or of a week's weighings, None where the parts are of no such file."""
    if kind == DAY and recorder in WATCHES and clock in _UNTIL_MIN:
        return DayFile(seed, day, WATCHES[recorder], _UNTIL_MIN[clock]).bytes()
    if (kind, recorder, clock) == (WEEK, SCALE.key, WHOLE):
        return week_file(seed, day)
    return None

"""The words of phrases about training: how they look, and what they mean."""

import re
from collections.abc import Mapping

from homestretch.model.coach.rule import WEEKDAYS, Weekday

_DAY = (
    "mon(?:days?)?|tue(?:s|sdays?)?|wed(?:s|nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?"
)
_DAYS = rf"(?:the )?(?:every )?(?:(?:{_DAY})(?: ?(?:-|to|through) ?(?:{_DAY}))?|weekdays?|weekends?)"
#: More than one of a weekday: what holds every week.
_EACH = "mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekdays|weekends"
_AND = "(?: ?, ?and |, ?or |, ?| and | or | & | ?/ ?| ?[+] ?)"
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
TIMES = {"once": 1, "twice": 2}
ORDINALS = {
    "other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8,
}  # fmt: skip
_COUNT = "[0-9]{1,4}|" + "|".join(COUNTS)
SPORTS: Mapping[str, str] = {
    "run": "runs?|running|jogs?|jogging",
    "ride": "rides?|riding|bike rides?|bikes?|biking|cycling|cycle",
    "swim": "swims?|swimming",
    "strength": "strength(?: training| work| sessions?)?|gym(?: sessions?)?|lift(?:s|ing)?|weights",
    "row": "rowing",
    "ski": "skiing",
    "walk": "walks?|walking",
    "hike": "hikes?|hiking",
}
_SPORT = "|".join(SPORTS.values())
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_NTH = "[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = "(?:,? [0-9]{4})?"
_DATE = rf"{_NTH}(?: of)? (?:{_MONTH}){_YEAR}|(?:{_MONTH}) {_NTH}{_YEAR}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
_NUMBER = "[0-9]{1,4}(?:[.,][0-9]{1,2})?"
_LENGTH = (
    rf"{_NUMBER} ?(?:hours?|hrs?|h)(?: ?[0-9]{{1,2}}(?: ?(?:minutes?|mins?|m))?)?|{_NUMBER} ?(?:minutes?|mins?)"
    "|half an hour|an hour and a half|(?:an?|one|two|three|four|five|six|seven) hours?"
)
#: What is captured under its name, or under another as in `<days:first>`.
NAMED: Mapping[str, str] = {
    "days": f"{_DAYS}(?:{_AND}(?:{_DAYS}))*",
    "day": _DAY,
    "each": f"(?:{_EACH})(?:{_AND}(?:{_EACH}))*",
    "length": _LENGTH,
    "n": _COUNT,
    "number": _NUMBER,
    "times": rf"once|twice|(?:{_COUNT}) times|[0-9]{{1,2}} ?x",
    "sport": _SPORT,
    "date": _DATE,
    "nth": _NTH,
    "time": "[0-2]?[0-9][:.][0-5][0-9]",
    "ordinal": "|".join(ORDINALS),
    "unit": "hours?|hrs?|h|days?|weeks?",
    "hard": (
        "(?:hard|intense|quality|interval)(?: sessions?| workouts?| days?| training| efforts?| work)"
        "|intervals?|intensity"
    ),
}
#: What is only there.
PLAIN: Mapping[str, str] = {
    "NO": "(?:no|never|not|don't|do not|avoid)(?: do| have| schedule| plan| any)?",
    "MAX": "(?:max(?:imum)?(?: of)?|at most|no more than|not more than|up to)",
    "MIN": "(?:min(?:imum)?(?: of)?|at least|no less than|not less than|no fewer than)",
    "WEEK": "(?:(?:a|per|each|every) week|/ ?week|weekly)",
    "TRAINING": "(?:training|train|work ?outs?|sessions?|exercise)",
    "HARD": "(?:hard|intense|quality)",
}
_PLACE = re.compile(r"(?<!\?P)<(\w+)(?::(\w+))?>")


def pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of a phrase in which `<days>` and the like stand for words; it has to match a text whole."""

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        return PLAIN[name] if name in PLAIN else f"(?P<{match.group(2) or name}>{NAMED[name]})"

    return re.compile(_PLACE.sub(put, text))


_EVERY_DAY = re.compile(_DAY)
_SPAN = re.compile(rf"({_DAY}) ?(?:-|to|through) ?({_DAY})")


def weekday(text: str) -> Weekday:
    """Return a weekday from its name, whole or short."""
    return WEEKDAYS[[one[:3] for one in WEEKDAYS].index(text[:3])]


def weekdays(text: str) -> list[Weekday]:
    """Return weekdays from a list of names, in order of the week."""
    found: set[Weekday] = set()
    if "weekday" in text:
        found.update(WEEKDAYS[:5])
    if "weekend" in text:
        found.update(WEEKDAYS[5:])
    for first, last in _SPAN.findall(text):
        low, high = WEEKDAYS.index(weekday(first)), WEEKDAYS.index(weekday(last))
        found.update(WEEKDAYS[low : high + 1] if low <= high else (*WEEKDAYS[low:], *WEEKDAYS[: high + 1]))
    found.update(weekday(one) for one in _EVERY_DAY.findall(text.replace("weekday", "").replace("weekend", "")))
    return [day for day in WEEKDAYS if day in found]


def number(text: str) -> float:
    """Return a number such as 1,5."""
    return float(text.replace(",", "."))


def count(text: str) -> int:
    """Return a whole number from digits or a word."""
    return COUNTS[text] if text in COUNTS else int(text)


def times(text: str) -> int:
    """Return how many times `twice`, `3 times` or `3x` are."""
    return TIMES[text] if text in TIMES else count(text.removesuffix("times").removesuffix("x").strip())


def sport(text: str) -> str:
    """Return the coach's word for a sport."""
    return next(key for key, words in SPORTS.items() if re.fullmatch(words, text))


_PARTS = re.compile(rf"({_NUMBER}) ?(hours?|hrs?|h|minutes?|mins?)(?: ?([0-9]{{1,2}}))?.*")


def hours(text: str) -> float:
    """Return a length such as 1h30, 90 min or `an hour` in hours."""
    found = _PARTS.fullmatch(text)
    if found is None:
        if text == "half an hour":
            return 0.5
        return 1.5 if text == "an hour and a half" else float(COUNTS[text.split()[0]])
    value = number(found.group(1))
    if found.group(2).startswith("m"):
        return round(value / 60, 4)
    return round(value + int(found.group(3) or 0) / 60, 4)


def days(amount: int, unit: str) -> int:
    """Return how many days an amount of hours, days or weeks is; hours are rounded up."""
    if unit.startswith("h"):
        return -(-amount // 24)
    return 7 * amount if unit.startswith("w") else amount


def time(text: str) -> str:
    """Return a time of day as HH:MM."""
    hour, minute = text.replace(".", ":").split(":")
    return f"{int(hour):02d}:{minute}"

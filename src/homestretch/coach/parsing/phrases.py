"""The phrases that are understood, each with the rule that it means. A phrase has to match a part whole."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from homestretch.coach.parsing import vocabulary as words
from homestretch.coach.parsing.dates import span
from homestretch.coach.parsing.vocabulary import pattern
from homestretch.model.coach.rule import Param

type Params = dict[str, Param]
#: What a phrase captured, by name; those that are not there are left out.
type Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: the kind of rule it means, and how its parameters are read; None where the words make no sense."""

    kind: str
    pattern: re.Pattern[str]
    read: Callable[[Said, date], Params | None]


def _phrase(kind: str, text: str, read: Callable[[Said], Params | None]) -> Phrase:
    return Phrase(kind, pattern(text), lambda said, _: read(said))


def _whole(value: float) -> float:
    """Return a number that was written without decimals as a whole one."""
    return int(value) if value == int(value) else value


# Time ---------------------------------------------------------------------------------------------------------------


def _rest(said: Said) -> Params:
    return {"weekdays": words.weekdays(said["days"])}


def _hours(said: Said) -> Params:
    hours: dict[str, Param] = {}
    for length, days in (("length", "days"), ("length2", "days2")):
        if length in said:
            hours |= dict.fromkeys(words.weekdays(said[days]), words.hours(said[length]))
    return {"hours": hours}


def _away(said: Said, today: date) -> Params | None:
    """Days away: without training when that is said, else how long there is time is asked."""
    last = said["last"]
    first = said.get("first") or last
    if "nth" in said:
        first = f"{said['nth']} {' '.join(last.split()[1:])}"
    days = span(first, last, today)
    if days is None:
        return None
    made: Params = {"from": days[0], "to": days[1]}
    return made if "away" not in said else {**made, "label": said["away"].capitalize(), "max_hours": None}


_DAYS_AWAY = (
    "(?:(?:from |between )?<date:first> ?(?:-|to|until|till|and) ?|(?:from )?<nth> ?(?:-|to|until) ?|on )?<date:last>"
)
_AWAY = "(?P<away>away|travelling|traveling|(?:on )?(?:holidays?|vacation))"

TIME = (
    _phrase("rest_day", "<NO> <TRAINING> (?:on )?<days>", _rest),
    _phrase("rest_day", "<days> (?:is|are) (?:a |my )?(?:rest days?|off|free|days? off)", _rest),
    _phrase("rest_day", "(?:<each:days> off|rest on <each:days2>|<each:days3> (?:free|rest))",
            lambda said: {"weekdays": words.weekdays(next(iter(said.values())))}),
    _phrase("rest_day", "(?:<MIN> )?<n> (?:rest days?|days? off) <WEEK>",
            lambda said: {"min_per_week": words.count(said["n"])}),
    _phrase("day_hours", "<MAX> <length>(?: of training)? on <days>"
            "(?:(?: and|,|, and) (?:<MAX> )?<length:length2> on <days:days2>)?", _hours),
    _phrase("day_hours", "<length>(?: of training)? (?:max(?:imum)?|at most) on <days>", _hours),
    _phrase("day_hours", "(?:on )?<days>(?: ?: ?(?:<MAX> )?|,? <MAX> )<length>(?: max(?:imum)?)?", _hours),
    Phrase("unavailable", pattern(f"<NO> <TRAINING> {_DAYS_AWAY}"), _away),
    Phrase("unavailable", pattern(f"(?:i'm |i am )?{_AWAY} {_DAYS_AWAY}"), _away),
    _phrase("time_window", "(?:done|finished) by <time> on <days>",
            lambda said: {"weekdays": words.weekdays(said["days"]), "to": words.time(said["time"])}),
    _phrase("time_window", "(?:not|nothing|no training) before <time> on <days>",
            lambda said: {"weekdays": words.weekdays(said["days"]), "from": words.time(said["time"])}),
    _phrase("sessions_per_day", "(?:<MAX> <n> sessions? (?:a|per) day"
            "|<n:n2> sessions? (?:a|per) day (?:at most|max(?:imum)?))",
            lambda said: {"max": words.count(next(iter(said.values())))}),
)  # fmt: skip

# Week ---------------------------------------------------------------------------------------------------------------


def _bounded(key: str, value: Callable[[Said], float]) -> Callable[[Said], Params]:
    return lambda said: {f"{key}_{'min' if 'least' in said else 'max'}": value(said)}


_BOUND = "(?:(?P<least><MIN>)|<MAX>)"
_OF = {"load": "load", "tss": "load", "hours": "hours", "mileage": "distance", "distance": "distance"}


def _ramp(said: Said) -> Params:
    made: Params = {"max_pct": _whole(words.number(said["number"]))}
    of = _OF.get(said.get("of", ""))
    return made if of is None else {**made, "of": of}


def _selected(said: Said) -> Params:
    if "hard" in said:
        return {"hard": True}
    return {"sport": words.sport(said["sport"]), **({"long": True} if "long" in said else {})}


def _times(said: Said) -> Params:
    often = words.times(said["times"]) if "times" in said else words.count(said["n"])
    return {"of": _selected(said), "max" if "most" in said else "min": often}


_OF_VOLUME = "(?P<of>volume|training|hours|load|tss|mileage|distance)"

WEEK = (
    _phrase("week_volume", f"{_BOUND} <length>(?: of training)? <WEEK>",
            _bounded("hours", lambda said: words.hours(said["length"]))),
    _phrase("week_volume", "<length>(?: of training)? <WEEK> (?:(?P<least>at least|min(?:imum)?)|at most|max(?:imum)?)",
            _bounded("hours", lambda said: words.hours(said["length"]))),
    _phrase("week_volume", f"{_BOUND} (?:a load of )?<number> ?(?:tss|load|load points)? <WEEK>",
            _bounded("load", lambda said: _whole(words.number(said["number"])))),
    _phrase("ramp", f"<NO> (?:increase|raise|grow) (?:the |my )?(?:weekly )?{_OF_VOLUME} (?:by )?more than <number> ?"
            "(?:%|percent) (?:<WEEK>|from week to week)", _ramp),
    _phrase("ramp", f"<MAX> <number> ?(?:%|percent) (?:more|increase|growth)(?: (?:of|in) {_OF_VOLUME})?"
            " (?:<WEEK>|from week to week)", _ramp),
    _phrase("long_session", "<NO> <sport> (?:longer than|over|of more than) <length>",
            lambda said: {"sport": words.sport(said["sport"]), "max_hours": words.hours(said["length"])}),
    _phrase("long_session", "(?:the |my )?(?:long(?:est)? )<sport>:? <MAX> <length>",
            lambda said: {"sport": words.sport(said["sport"]), "max_hours": words.hours(said["length"])}),
    _phrase("recovery_week", "(?:an? )?(?:recovery|easy|deload|rest) week every (?:<ordinal> week|<n> weeks)",
            lambda said: {"every": words.ORDINALS[said["ordinal"]] if "ordinal" in said else words.count(said["n"])}),
    _phrase("test_every", "(?:an? )?(?P<test>ftp|threshold|css|5 ?km?) test every <n> weeks",
            lambda said: {"test": "5k" if said["test"].startswith("5") else said["test"],
                          "weeks": words.count(said["n"])}),
    _phrase("sessions", "(?:(?P<most><MAX>) |<MIN> )<n> (?:<hard>|(?P<long>long )?<sport>) <WEEK>", _times),
    _phrase("sessions", "<n> (?:<hard>|(?P<long>long )?<sport>) <WEEK>"
            "(?: (?:at least|minimum|(?P<most>at most|max(?:imum)?)))?", _times),
    _phrase("sessions", "(?:<hard>|(?P<long>long )?<sport>) (?:at least |(?P<most><MAX>) )?<times> <WEEK>", _times),
)  # fmt: skip

# Hard days ----------------------------------------------------------------------------------------------------------


def _spacing(said: Said) -> Params:
    amount = words.count(said["n"])
    # Two days between leave three from one to the next; hours are from one to the next.
    return {"min_days": words.days(amount, said["unit"]) + (not said["unit"].startswith("h"))}


def _place(mode: str) -> Callable[[Said], Params]:
    return lambda said: {"of": _selected(said), "mode": mode, "weekdays": words.weekdays(said["days"])}


def _after_long(said: Said) -> Params:
    return {"first": {"sport": words.sport(said["sport"]), "long": True}, "then": {"hard": True}, "within_days": 1}


_HARD_DAYS = "(?:<hard>|hard ones)"

HARD = (
    _phrase("hard_spacing", f"(?:<MIN> )?<n> <unit> between {_HARD_DAYS}", _spacing),
    _phrase("hard_spacing", "<NO> (?:two |2 )?"
            "(?:<hard> (?:in a row|on two days in a row|on consecutive days|back to back)"
            "|(?:back[- ]to[- ]back|consecutive) <hard:hard2>)", lambda _: {"min_days": 2}),
    _phrase("place", "<NO> (?:<hard>|(?P<long>long )?<sport>) (?:on )?<days>", _place("never")),
    _phrase("place", "(?:<hard>|(?P<long>long )?<sport>) only (?:on )?<days>", _place("only")),
    _phrase("sequence", "<NO> <hard> (?:the|a) day after (?:a |the |my )?long <sport>", _after_long),
)  # fmt: skip

# Body ---------------------------------------------------------------------------------------------------------------


def _illness(said: Said) -> Params:
    days = words.days(words.count(said["n"]), said["unit"])
    return {"no_hard_days": days} if "hard" in said else {"no_hard_days": days, "no_training_days": days}


def _injury(said: Said) -> Params:
    return {"sport": words.sport(said["sport"]), "days": words.days(words.count(said["n"]), said["unit"])}


def _gate(signal: str, op: str, value: Callable[[Said], Param]) -> Callable[[Said], Params]:
    def read(said: Said) -> Params:
        action = "no_hard" if "hard" in said else "rest" if "rest" in said else "easy"
        return {"signal": signal, "op": op, "value": value(said), "days": 1, "action": action}

    return read


_THEN = "(?:<NO> <hard>|(?P<rest>rest|no training|rest day)|(?:only )?easy(?: days?| sessions?)?(?: only)?)"

BODY = (
    _phrase("after_illness", "<NO> (?:<hard>|training) (?:for |within |in )?(?:the )?<n> <unit> (?:after|of)"
            " (?:an? |any )?(?:illness|sickness|cold|being ill|being sick)", _illness),
    _phrase("after_injury", "<NO> <sport> (?:for |within )<n> <unit> (?:of|after) (?:an? |any )?injury", _injury),
    _phrase("readiness_gate", f"{_THEN} (?:if|when) (?:i )?(?:sleep|slept) (?:is )?(?:less than|under|below|fewer than)"
            " <number> ?(?:hours?|h)", _gate("sleep_hours", "<", lambda said: words.number(said["number"]))),
    _phrase("readiness_gate", f"{_THEN} (?:if|when) (?:my )?hrv(?: status)? is low",
            _gate("hrv_status", "=", lambda _: "low")),
    _phrase("readiness_gate", f"{_THEN} (?:if|when) (?:my )?readiness is (?:less than|under|below) <number>",
            _gate("readiness", "<", lambda said: _whole(words.number(said["number"])))),
)  # fmt: skip

# Fixed sessions -----------------------------------------------------------------------------------------------------


def _fixed(said: Said) -> Params:
    made: Params = {
        "weekday": words.weekday(said["day"]),
        "sport": words.sport(said["sport"]),
        "name": f"{said['name']} {said['sport']}",
        "hours": words.hours(said["length"]) if "length" in said else None,
        "treat_as": said.get("treat"),
    }
    return {**made, "start": words.time(said["time"])} if "time" in said else made


FIXED = (
    _phrase("fixed_session", "keep (?:the |my )"
            "(?P<name>(?!long |easy |hard |only |all )[a-z][a-z'-]*(?: [a-z'-]+){0,3}) <sport> on <day>"
            "(?: at <time>)?(?:, ?<length>)?(?:, ?(?P<treat>hard|easy|long))?", _fixed),
)  # fmt: skip

PHRASES = (*TIME, *WEEK, *HARD, *BODY, *FIXED)

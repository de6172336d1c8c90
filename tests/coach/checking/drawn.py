"""Rules, sessions and states that Hypothesis draws: rules of every kind, made from the kind's own description."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from homestretch.coach.checking.days import monday, plus
from homestretch.coach.checking.fields import SELECTOR, Field
from homestretch.coach.checking.kind import SCOPE, RuleKind, kinds
from homestretch.coach.checking.state import Marker, State, WeekFacts
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import SPORTS, WEEKDAYS, Rule, Severity
from homestretch.model.coach.session import Session
from homestretch.model.coach.workout import Repeat, Step, Target

FIRST = "2026-11-30"
days = st.integers(-40, 60).map(lambda n: plus(FIRST, n))
times = st.one_of(st.none(), st.times().map(lambda time: time.strftime("%H:%M")))
weekdays = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)
PURPOSES = ("endurance", "threshold", "vo2", "long", "strength", "mobility", "test", "recovery", "opener", "event")
ordered = st.tuples(days, days).map(lambda pair: tuple(sorted(pair)))

_OF = {
    "text": st.text(max_size=20), "texts": st.lists(st.sampled_from(PURPOSES), max_size=2),
    "date": days, "time": st.times().map(lambda time: time.strftime("%H:%M")), "sport": st.sampled_from(SPORTS),
    "sports": st.lists(st.sampled_from(SPORTS), max_size=3), "weekday": st.sampled_from(WEEKDAYS),
    "weekdays": weekdays, "flag": st.booleans(), "months": st.lists(st.integers(1, 12), max_size=4),
    "value": st.one_of(st.floats(-5, 100), st.sampled_from(("low", "balanced"))),
    "hours_by_day": st.dictionaries(st.sampled_from(WEEKDAYS), st.floats(0, 24), min_size=1),
}  # fmt: skip


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Return the values that a field may have."""
    if field.type in ("number", "integer"):
        high = field.high or 0
        value: st.SearchStrategy[Any] = (
            st.integers(int(field.low), int(high)) if field.type == "integer" else st.floats(field.low, high)
        )
    elif field.type == "choice":
        value = st.sampled_from(field.choices)
    elif field.type == "selector":
        value = params_of(SELECTOR)
    else:
        value = _OF[field.type]
    return st.one_of(st.none(), value) if field.may_be_null else value


def params_of(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return the objects that these fields allow, the order of bounds apart."""
    required = {one.key: value_of(one) for one in fields if one.required}
    return st.fixed_dictionaries(required, optional={one.key: value_of(one) for one in fields if not one.required})


@st.composite
def rules(draw: st.DrawFn, number: int = 0, of: tuple[RuleKind, ...] | None = None) -> Rule:
    """Draw a rule that its kind allows."""
    kind = draw(st.sampled_from(of or tuple(kinds().values())))
    params = draw(params_of(kind.fields).filter(lambda params: not kind.faults(params)))
    scope = draw(st.one_of(st.none(), params_of(SCOPE)))
    severity: Severity = draw(st.sampled_from(("must", "should")))
    return Rule(f"r{number}", kind.key, severity, params, scope=scope, off=draw(st.booleans()) and draw(st.booleans()))


def rule_sets(size: int) -> st.SearchStrategy[list[Rule]]:
    """Return lists of rules of which no two have one id."""
    return st.integers(0, size).flatmap(lambda n: st.tuples(*(rules(number) for number in range(n))).map(list))


targets = st.builds(
    lambda low, wide, kind: Target(kind, low, low + wide, None if kind == "rpe" else "power"),
    st.floats(0, 120), st.floats(0, 40), st.sampled_from(("pct", "abs", "rpe")),
)  # fmt: skip
steps = st.builds(
    lambda end, value, target: Step("work", end, None if end == "lap" else value, target),
    st.sampled_from(("s", "m", "kj", "lap", "hr_below")), st.floats(0, 4000), st.one_of(st.none(), targets),
)  # fmt: skip
workouts = st.lists(st.one_of(steps, st.builds(lambda one, n: Repeat(n, (one,)), steps, st.integers(0, 5))), max_size=4)


@st.composite
def sessions(draw: st.DrawFn, number: int, when: st.SearchStrategy[str] = days) -> Session:
    """Draw a session of any shape."""
    return Session(
        id=f"s{number}", date=draw(when), sport=draw(st.sampled_from(SPORTS)), minutes=draw(st.integers(0, 400)),
        load=draw(st.floats(0, 400)), purpose=draw(st.sampled_from(PURPOSES)), hard=draw(st.booleans()),
        long=draw(st.booleans()), indoor=draw(st.booleans()), start=draw(times), steps=tuple(draw(workouts)),
        distance_m=draw(st.one_of(st.none(), st.floats(0, 200_000))), title=draw(st.sampled_from(("", "group ride"))),
        fixed=draw(st.booleans()),
    )  # fmt: skip


def plans(size: int, when: st.SearchStrategy[str] = days) -> st.SearchStrategy[list[Session]]:
    """Return lists of sessions."""
    return st.integers(0, size).flatmap(lambda n: st.tuples(*(sessions(k, when) for k in range(n))).map(list))


signals = st.dictionaries(
    st.sampled_from(("sleep_hours", "hrv_status", "readiness", "resting_hr_delta")),
    st.one_of(st.none(), st.floats(-5, 100), st.just("low")),
)
facts = st.builds(
    WeekFacts, st.sampled_from((None, "base", "build", "taper", "race")),
    st.sampled_from((None, "load", "recovery", "taper", "race")),
)  # fmt: skip
markers = st.builds(
    lambda kind, span, ended, area: Marker(kind, span[0], span[1] if ended else None, area),
    st.sampled_from(("ill", "injured")), ordered, st.booleans(), st.sampled_from((None, "knee")),
)  # fmt: skip
events = st.builds(lambda day, which: Event(day, "race", "run", which), days, st.sampled_from(("A", "B", "C")))
states = st.builds(
    State, today=days, markers=st.lists(markers, max_size=2).map(tuple),
    wellness=st.dictionaries(days, signals, max_size=4), history=plans(4, days).map(tuple),
    week_minutes=st.dictionaries(days.map(monday), st.floats(0, 1200), max_size=4),
    weeks=st.dictionaries(days.map(monday), facts, max_size=6),
    forecast=st.dictionaries(days, st.floats(-20, 45), max_size=4),
    fitness=st.one_of(st.none(), st.tuples(days, st.floats(0, 150))),
    events=st.lists(events, max_size=2).map(tuple),
)  # fmt: skip


def is_day(text: str) -> bool:
    """Return whether a text is an ISO date."""
    return date.fromisoformat(text).isoformat() == text

"""Events: a day with a race, which has no other session."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import clock, figure, hours
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    day, name = word(rule.params, "date"), word(rule.params, "name")
    others = [one for one in schedule.days.get(day, ()) if one.purpose != "event" and one.title != name]
    if others:
        text = f"{len(others)} session(s) on {day}, the day of {name}."
        yield breach(rule, day, len(others), 0, others, text)


def _sentence(rule: Rule) -> str:
    params = rule.params
    said = [f"{word(params, 'sport')} on {word(params, 'date')}"]
    distance, long, climb, target = (
        amount(params, key) for key in ("distance_km", "duration_h", "climb_m", "target_s")
    )
    if distance is not None:
        said.append(f"{figure(distance)} km")
    if long is not None:
        said.append(f"about {hours(long)}")
    if climb is not None:
        said.append(f"{climb:.0f} m of climbing")
    if target is not None:
        said.append(f"target {clock(target / 60)}")
    said.append(f"priority {word(params, 'priority') or 'still to be given'}")
    return f"{word(params, 'name')}: {', '.join(said)}; nothing else that day."


KIND = RuleKind(
    key="event",
    title="Event",
    topic="event",
    about="A race or another event: the plan leads to it, and its day has no other session.",
    fields=(
        Field("date", "Day", "date", required=True),
        Field("name", "Name", "text", high=80, required=True),
        Field("sport", "Sport", "sport", required=True),
        Field(
            "priority", "Priority", "choice", choices=("A", "B", "C"),
            asked_when_absent=True, question="Is it your main goal (A), important (B) or training (C)?",
        ),
        Field("distance_km", "Distance", "number", high=2000, unit="km"),
        Field("duration_h", "Duration", "number", high=200, unit="h"),
        Field("climb_m", "Climbing", "number", high=30000, unit="m"),
        Field("target_s", "Target", "integer", low=1, high=1000000, unit="s"),
        Field("load", "Load", "number", high=2000),
    ),
    sentence=_sentence,
    check=_check,
    may_be_incomplete=False,
)  # fmt: skip

"""Whole plans and a week, equal to the specification's: each session, its day, minutes and load."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from homestretch.coach.checking.days import between, weekday
from homestretch.coach.checking.state import State
from homestretch.coach.planner.layout import Place
from homestretch.coach.planner.make import make_plan
from homestretch.coach.planner.request import Level, PlannedWeeks, PlanRequest
from homestretch.coach.planner.week.compose import compose
from homestretch.coach.planner.week.conditions import Ban, Conditions, Spacing
from homestretch.coach.planner.week.draft import Progress, Setting, Week
from homestretch.coach.planner.week.fill import fill
from homestretch.coach.planner.weeks import settle
from homestretch.model.coach.plan import Event, Phase, WeekKind
from homestretch.model.coach.rule import WEEKDAYS, Rule, Weekday
from homestretch.model.coach.session import Session

VECTORS = Path(__file__).parents[1] / "vectors"


class EventInput(TypedDict):
    date: str
    sport: str
    duration_h: float
    load: float


class Facts(TypedDict, total=False):
    spacing: int
    closed: list[int]
    longest: int
    strength: int


Input = TypedDict(
    "Input",
    {
        "start": str, "event": EventInput, "class": Level, "fitness": float, "fatigue": float, "sport": str,
        "day_minutes": dict[Weekday, int], "week_hours": float, "facts": Facts,
    },
)  # fmt: skip
type Row = list[str | int | float | None]


class Expected(TypedDict, total=False):
    monday: str
    phase: Phase
    kind: WeekKind
    goal: int
    why: str
    load: float
    minutes: int
    fitness: float
    form: float
    dropped: list[str]
    sessions: list[Row]
    race_morning: dict[str, float]


Vector = TypedDict("Vector", {"id": str, "in": Input, "out": list[Expected]})
PLANS: list[Vector] = json.loads((VECTORS / "planner.json").read_text())


def request_of(given: Input) -> PlanRequest:
    event, facts = given["event"], given["facts"]
    goal = Event(event["date"], "race", event["sport"], duration_h=event["duration_h"], load=event["load"])
    return PlanRequest(
        given["start"], {given["sport"]: 1.0}, given["class"], given["fitness"], given["fatigue"], (goal,),
        week_hours=given["week_hours"], day_minutes=given["day_minutes"], strength=facts.get("strength", 0),
        longest={given["sport"]: facts["longest"]} if "longest" in facts else {},
    )  # fmt: skip


def rules_of(facts: Facts) -> list[Rule]:
    closed: list[str] = [WEEKDAYS[day] for day in facts["closed"]]
    return [
        Rule("r1", "hard_spacing", "must", {"min_days": facts["spacing"]}),
        Rule("r2", "rest_day", "must", {"weekdays": closed}),
    ]


def rows(sessions: tuple[Session, ...]) -> list[Row]:
    return [
        [weekday(one.date), one.template or one.title, one.n, one.minutes, one.load] for one in sessions
    ]  # fmt: skip


def planned(given: Input) -> PlannedWeeks:
    return make_plan(request_of(given), rules_of(given["facts"]), State(given["start"]))


@pytest.mark.parametrize("vector", PLANS, ids=lambda vector: vector["id"])
def test_plan_equals_the_vector(vector: Vector) -> None:
    plan = planned(vector["in"])
    made: list[Expected] = [
        {
            "monday": week.monday, "phase": week.phase, "kind": week.kind, "goal": week.goal, "why": week.why,
            "load": week.load, "minutes": week.minutes, "fitness": week.fitness, "form": week.form,
            "dropped": [*week.dropped], "sessions": rows(week.sessions),
        }
        for week in plan.weeks
    ]  # fmt: skip
    assert plan.race_morning is not None
    made[-1]["race_morning"] = {"fitness": plan.race_morning.fitness, "form": plan.race_morning.form}
    assert made == vector["out"]
    assert plan.feasible


def test_week_around_a_group_ride_equals_the_vector() -> None:
    vector = json.loads((VECTORS / "group_ride.json").read_text())
    given, facts, out = vector["in"], vector["in"]["facts"], vector["out"]
    [ride] = facts["fixed"]
    fixed = Session("f", "2027-02-06", "ride", ride["minutes"], ride["load"], ride["name"], hard=True, fixed=True)
    hard_before = Session("b", "2027-01-27", "ride", 60, 60.0, hard=True)
    conditions = Conditions(
        caps=tuple(facts["caps"][day] for day in WEEKDAYS), closed=frozenset(facts["closed"]),
        bans=(Ban({"hard": True}, frozenset(facts["hard_never"])),), spacings=(Spacing(facts["spacing"]),),
        fixed=((ride["wd"], fixed),), before=((between(given["monday"], hard_before.date), hard_before),),
        long_days=tuple(facts["long_pref"]), minutes=facts["week_minutes"],
    )  # fmt: skip
    setting = Setting({"ride": 1.0}, facts["cls"], 0, {})
    week = Week(Place("build", "load"), given["goal"], conditions, setting, Progress(facts["wip"], 0, {"ride": 240}))
    slots, placement = settle(week, compose(week), frozenset())
    made = sorted(
        [
            *([WEEKDAYS[day], one.size.template.id, one.size.n, one.size.minutes, one.size.load]
              for one, day in zip(fill(week, slots, placement.days), placement.days, strict=True)),
            [WEEKDAYS[5], fixed.title, None, fixed.minutes, fixed.load],
        ],
        key=lambda row: WEEKDAYS.index(row[0]),
    )  # fmt: skip
    assert made == out["sessions"]
    assert placement.cost == out["cost"]
    assert week.dropped == out["dropped"]

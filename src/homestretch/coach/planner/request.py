"""What a plan is asked for with, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from homestretch.model.coach.plan import Event, Week
from homestretch.model.coach.rule import Violation, Weekday
from homestretch.model.coach.session import Session

#: How much an athlete is used to: how steep the weeks rise, and how often one is for recovery.
type Level = Literal["novice", "normal", "advanced", "masters"]

#: Weeks of a plan without an event.
ROLLING_WEEKS = 12
#: Shares of a triathlete's sessions.
TRIATHLON: Mapping[str, float] = {"ride": 0.45, "run": 0.35, "swim": 0.2}
#: Minutes of a day of which nothing is said.
ANY_MINUTES = 600


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is made from, rules and state apart.

    `start` is the Monday of week 1. `shares` are the shares of the sports (`{"run": 1.0}`; they need not sum to 1).
    `fitness` and `fatigue` are those of the evening before `start`. `past_loads` are the loads of the last loading
    weeks, the latest last; none is as if each day's load were the fitness. `longest` is the longest session of the last
    weeks by sport, in minutes. `day_minutes` are the minutes free per weekday; of a weekday that is missing anything
    up to ten hours. `week_hours` is a cap. `weeks` counts without an A event; with one the plan ends with its week.
    `strength` sessions are planned each week but in taper and race weeks. `speeds` are threshold speeds in m/s.
    `kept` are sessions of the version before: those that are locked or lie before `first_day` stay as they are, and the
    others give new ones their ids. Before `first_day` (an ISO day) nothing new is planned. `key` sets ids apart from
    those of other plans.
    """

    start: str
    shares: Mapping[str, float]
    level: Level = "normal"
    fitness: float = 0.0
    fatigue: float = 0.0
    events: tuple[Event, ...] = ()
    weeks: int = ROLLING_WEEKS
    week_hours: float | None = None
    day_minutes: Mapping[Weekday, int] = field(default_factory=dict)
    past_loads: tuple[float, ...] = ()
    longest: Mapping[str, int] = field(default_factory=dict)
    strength: int = 0
    speeds: Mapping[str, float] = field(default_factory=dict)
    kept: tuple[Session, ...] = ()
    first_day: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class RaceMorning:
    """What is left of training on the morning of the A event."""

    date: str
    fitness: float
    form: float


@dataclass(frozen=True, slots=True)
class PlannedWeeks:
    """A plan, checked: not `feasible` if a `must` is violated, and then not to be approved.

    `violations` are all that the check found, worst first. `dropped` are sentences on what gave way, by week.
    """

    weeks: tuple[Week, ...]
    violations: tuple[Violation, ...]
    dropped: tuple[str, ...]
    feasible: bool
    race_morning: RaceMorning | None = None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions in order of day."""
        return tuple(session for week in self.weeks for session in week.sessions)

"""Goals of a week, a month or a year: what they are, how they stand, and how earlier periods went."""

from typing import Literal, TypedDict, get_args

GoalPeriodName = Literal["week", "month", "year"]
GoalKind = Literal["distance", "time", "ascent", "load", "count"]
GoalState = Literal["reached", "on_track", "behind"]
GOAL_PERIODS: tuple[GoalPeriodName, ...] = get_args(GoalPeriodName)
GOAL_KINDS: tuple[GoalKind, ...] = get_args(GoalKind)


class GoalPeriod(TypedDict):
    """An earlier period from its first to its last local day: what was done in it, in the goal's unit.

    `target` and `reached` are null before the goal was set.
    """

    first_day: str
    last_day: str
    done: float
    target: float | None
    reached: bool | None


class GoalStanding(TypedDict):
    """How the current period of a goal stands, in `unit` (m, s, m_up for ascent, or none).

    `sport` is a sport or a family of sports, null for all. `expected` is what an even pace has done by this morning.
    `days_left` counts today.
    """

    id: str
    period: GoalPeriodName
    kind: GoalKind
    sport: str | None
    unit: str
    target: float
    first_day: str
    last_day: str
    days_left: int
    done: float
    share: float
    expected: float
    state: GoalState


class Goal(GoalStanding):
    """A goal and how its current and earlier periods stand.

    `forecast` is what the mean of the last four weeks leads to by the last day (null without activities before today).
    `streak` is how many periods in a row were reached, with the current one once it is; `reached` is how many of the
    `periods` that are over. `history` is of earlier periods, the oldest first.
    """

    since: str
    forecast: float | None
    streak: int
    best_streak: int
    reached: int
    periods: int
    history: list[GoalPeriod]


class RemovedGoal(TypedDict):
    """A goal that was removed and may be restored."""

    id: str
    period: GoalPeriodName
    kind: GoalKind
    sport: str | None
    unit: str
    target: float


class Goals(TypedDict):
    """An athlete's goals, in the order in which they were set, and those that were removed, the newest first."""

    items: list[Goal]
    removed: list[RemovedGoal]

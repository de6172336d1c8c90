"""Documents about plans. Loads are TSS-like, durations minutes; days are ISO dates, stamps are UTC."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from homestretch.model.coach.plan import EventDocument, PlanStatus, WeekDocument
from homestretch.model.coach.rule import ViolationDocument
from homestretch.model.coach.session import SessionDocument


class RaceMorningDocument(TypedDict):
    """What training leaves on the morning of the main event, if all is done as planned."""

    date: str
    fitness: float
    form: float


class PlanBody(TypedDict):
    """What a version of a plan keeps: what was asked for, and the weeks.

    `fitness` and `fatigue` are those of the evening before `seed_day`, a Monday: the first one, or that of the week in
    which the plan was made again. `shares` are those of the sports.
    """

    start: str
    end: str
    shares: Mapping[str, float]
    level: str
    hours: float | None
    strength: int
    seed_day: str
    fitness: float
    fatigue: float
    events: list[EventDocument]
    dropped: list[str]
    race_morning: RaceMorningDocument | None
    weeks: list[WeekDocument]


class PlanDocument(PlanBody):
    """A version of a plan; `parent` is the version that it was made from.

    `author` is person, planner, model:<name> or mcp:<token>; `cause` says what led to it. `digest` is the same for the
    same plan, whatever its ids are.
    """

    plan: str
    version: int
    parent: int | None
    title: str
    status: PlanStatus
    rules_version: int | None
    thresholds: Mapping[str, float]
    algorithm: str
    author: str
    why: str
    cause: Mapping[str, str]
    digest: str
    created_at: str
    decided_at: str | None
    minutes: int
    load: float


class PlanVersionItem(TypedDict):
    """A version in a list."""

    version: int
    parent: int | None
    status: PlanStatus
    author: str
    why: str
    cause: Mapping[str, str]
    created_at: str
    decided_at: str | None
    minutes: int
    load: float


class PlanVersions(TypedDict):
    """The versions of a plan, the newest first."""

    plan: str
    title: str
    items: list[PlanVersionItem]


class PlanItem(TypedDict):
    """A plan in a list: its newest version, and the one that is in force."""

    plan: str
    title: str
    start: str
    end: str
    version: int
    status: PlanStatus
    approved: int | None
    events: list[EventDocument]


class Plans(TypedDict):
    """The plans, the newest first."""

    items: list[PlanItem]


class PlanCheck(TypedDict):
    """What breaks the rules; `rules_version` is the version of the rules that was asked (null: none were saved)."""

    plan: str
    version: int
    rules_version: int | None
    violations: list[ViolationDocument]


#: A session that was added, removed, moved or changed; `changed` has fields as [before, after].
SessionChange = TypedDict(
    "SessionChange",
    {
        "op": str,
        "id": str,
        "title": str,
        "sport": str,
        "day": NotRequired[str],
        "from": NotRequired[str],
        "to": NotRequired[str],
        "changed": NotRequired[Mapping[str, list[str | float | bool | None]]],
    },
)


class WeekChange(TypedDict):
    """How much more or less a week has, in minutes and load."""

    minutes: int
    load: float


class PlanDiff(TypedDict):
    """What is different between two versions of a plan, and what that does."""

    plan: str
    before: int
    after: int
    changes: list[SessionChange]
    weeks: Mapping[str, WeekChange]
    gained: list[ViolationDocument]
    lost: list[ViolationDocument]
    race_form_before: float | None
    race_form_after: float | None


class PlannedSession(SessionDocument):
    """A session with its outcome: `open`, `done`, `missed` or `skipped` (for a reason).

    `score` is from 0 to 100 by length and load, `label` says it in words; `activity` is the one that did it.
    """

    state: Literal["open", "done", "missed", "skipped"]
    reason: str | None
    activity: str | None
    activity_name: str | None
    done_minutes: int | None
    done_load: float | None
    score: float | None
    label: str | None


#: A change that is advised; see the operations of a plan. `title` is the session's.
PlanAdvice = TypedDict(
    "PlanAdvice",
    {
        "op": Literal["move", "drop", "replace", "scale", "add", "rebuild"],
        "id": str | None,
        "title": str | None,
        "from": str | None,
        "to": str | None,
        "with": str | None,
        "minutes": int | None,
        "factor": float | None,
        "why": str,
    },
)


class ExtraActivity(TypedDict):
    """An activity of the week that no session planned."""

    id: str
    date: str
    name: str
    sport: str
    minutes: int
    load: float


class PlanToday(TypedDict):
    """The plan in force on a day: its week with what became of each session, and what is advised.

    All is empty where no plan is in force, or the plan has no such week; `next` is then the next session, if any.
    `gates` are rules that speak about today.
    """

    day: str
    plan: str | None
    version: int | None
    title: str | None
    week: WeekDocument | None
    sessions: list[PlannedSession]
    extra: list[ExtraActivity]
    next: SessionDocument | None
    advice: list[PlanAdvice]
    gates: list[ViolationDocument]


class PlanDays(TypedDict):
    """What the plan in force has for some days, and the outcome of its sessions; empty without a plan in force."""

    plan: str | None
    version: int | None
    title: str | None
    sessions: list[PlannedSession]
    events: list[EventDocument]


class PlanMade(TypedDict):
    """The version that a change made, and what breaks the rules in it."""

    plan: str
    version: int
    status: PlanStatus
    violations: list[ViolationDocument]

"""What a language model or its client is given about plans and rules."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from homestretch.model.coach.rule import Param
from homestretch.model.documents.tools import Missing, ToolValue


class ToolSession(TypedDict):
    """A planned session; `why` says why it is on this day."""

    ref: str
    id: str
    date: str
    sport: str
    title: str | None
    template: str
    minutes: int
    load: float
    hard: bool
    long: bool
    fixed: bool
    locked: bool
    fuel: str | None
    why: str


class ToolPlanWeek(TypedDict):
    """A week of a plan: what it aims at and why, and its sessions."""

    ref: str
    monday: str
    phase: str
    kind: str
    goal: int
    load: float
    minutes: int
    fitness: float
    form: float
    why: str
    dropped: list[str]
    sessions: list[ToolSession]


class ToolEvent(TypedDict):
    """An event that a plan leads to."""

    ref: str
    date: str
    name: str | None
    sport: str
    priority: str


class ToolPlan(TypedDict):
    """Weeks of a version of a plan; without any plan all is null, with a `why`."""

    ref: str | None
    plan: str | None
    version: int | None
    status: str | None
    approved: int | None
    title: str | None
    start: str | None
    end: str | None
    events: list[ToolEvent]
    race_morning: dict[str, ToolValue]
    weeks: list[ToolPlanWeek]
    next: str | None
    total: int
    why: NotRequired[Missing]


class ToolProjectionDay(TypedDict):
    """A day ahead: what is planned, and fitness and form if it is done.

    `fitness_low` and `fitness_high` are with the part of the plan that is usually done.
    """

    ref: str
    day: str
    load: float
    fitness: float
    form: float
    fitness_low: float
    fitness_high: float


class ToolProjection(TypedDict):
    """Where the plan in force leads by day, and on the `morning` of its main event; without a plan it has a `why`.

    `partial`: activities were left out of today's fitness.
    """

    ref: str | None
    plan: str | None
    version: int | None
    event: str | None
    event_date: str | None
    morning: dict[str, ToolValue]
    items: list[ToolProjectionDay]
    next: str | None
    total: int
    partial: bool
    why: NotRequired[Missing]


class ToolPlanVersion(TypedDict):
    """A version of a plan in a list."""

    ref: str
    plan: str
    version: int
    parent: int | None
    status: str
    author: str
    why: str | None
    created_at: str
    minutes: int
    load: float


class ToolPlanVersions(TypedDict):
    """The versions of the newest plan, the newest first."""

    items: list[ToolPlanVersion]
    next: str | None
    total: int


class ToolRule(TypedDict):
    """A rule in the athlete's words (null where names may not be given), and as code checks it."""

    ref: str
    id: str
    kind: str
    severity: str
    params: Mapping[str, Param]
    text: str | None
    off: bool


class ToolRules(TypedDict):
    """The rules that hold today."""

    version: int
    items: list[ToolRule]
    next: str | None
    total: int


class ToolViolation(TypedDict):
    """What breaks a rule on a day (the Monday for a week)."""

    ref: str
    rule: str
    kind: str
    severity: str
    day: str
    text: str
    sessions: list[str]


class ToolChange(TypedDict):
    """A session that was added, removed, moved or changed."""

    ref: str
    op: str
    id: str
    title: str | None
    before: str | None
    after: str | None


class ToolPlanCheck(TypedDict):
    """What breaks the rules in a plan, or would after changes. `withheld` counts what only those who see health see."""

    plan: str
    version: int
    changes: list[ToolChange]
    items: list[ToolViolation]
    gained: list[ToolViolation]
    lost: list[ToolViolation]
    race_form_before: float | None
    race_form_after: float | None
    withheld: int
    truncated: list[str]


class ToolProposal(TypedDict):
    """A proposed version of a plan, that a person approves or rejects at `url`: nothing has changed yet."""

    ref: str
    plan: str
    version: int
    status: str
    diff: ToolPlanCheck
    url: str

"""What is sent about plans: what is asked for, changes of sessions, decisions."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape

Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Words = Annotated[str, Field(max_length=400)]
Word = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Id = Annotated[str, Field(min_length=1, max_length=60)]


class PlanEvent(Shape):
    """An event that a plan leads to (A) or passes (B, C). What is left out is estimated from the distance."""

    date: Day
    name: Annotated[str, Field(min_length=1, max_length=80)]
    sport: Word | None = None
    priority: Literal["A", "B", "C"] = "A"
    distance_km: float | None = Field(None, gt=0, le=2000)
    duration_h: float | None = Field(None, gt=0, le=200)


class NewPlan(Shape):
    """A plan to make: it begins next Monday; `hours` is the most of a week."""

    sport: Word
    weeks: int | None = Field(None, ge=1, le=52)
    hours: float | None = Field(None, ge=1, le=40)
    event: PlanEvent | None = None
    level: Literal["novice", "normal", "advanced", "masters"] = "normal"
    strength: int = Field(0, ge=0, le=3)
    title: Annotated[str, Field(max_length=80)] | None = None


class PlanOperation(Shape):
    """One change of a plan.

    `move` needs `to`; `replace` and `add` a `template`, `add` also `to`; `scale` a `factor`; `drop` only the session.
    `n` and `minutes` are the free number of the template.
    """

    op: Literal["move", "drop", "replace", "scale", "add"]
    id: Id | None = None
    to: Day | None = None
    template: Annotated[str, Field(max_length=20)] | None = None
    n: int | None = Field(None, ge=1, le=40)
    minutes: int | None = Field(None, ge=5, le=720)
    factor: float | None = Field(None, ge=0.2, le=2)


class PlanChanges(Shape):
    """Changes of a version, to make the next one of, or only to check."""

    operations: list[PlanOperation] = Field(min_length=1, max_length=200)
    why: Words = ""


class PlanDecision(Shape):
    """A decision about a version; `why` is needed to approve one that breaks a rule that must hold."""

    decision: Literal["approve", "reject"]
    why: Words = ""


class SessionSkip(Shape):
    """What became of a session: the activity that did it, or why it was skipped; neither takes back what was said."""

    activity: Id | None = None
    skipped: Words | None = None

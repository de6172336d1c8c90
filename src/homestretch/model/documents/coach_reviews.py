"""Documents about reviews: what was done beside what was planned, in figures and in sentences. SI units."""

from typing import Literal, TypedDict

from homestretch.model.coach.session import SessionDocument
from homestretch.model.documents.coach_plans import PlannedSession

type Tone = Literal["good", "watch", "neutral"]


class ReviewPoint(TypedDict):
    """A sentence, and whether it is good news, something to watch, or neither."""

    tone: Tone
    text: str


class ReviewStep(TypedDict):
    """A work step: its target and time, the mean that was held and for how long, and its score from 0 to 100.

    `unit` is W or m/s. What was not done or not measured is null.
    """

    number: int
    low: float
    high: float
    unit: str
    planned_s: float
    value: float | None
    done_s: float | None
    score: float | None
    side: Literal["over", "under", "in"] | None


class ReviewFigure(TypedDict):
    """A figure of what was done."""

    key: str
    name: str
    value: float
    unit: str


class ReviewScore(TypedDict):
    """How a session was kept, from 0 to 100, by its length, load and work steps; `basis` names what there was.

    `colour` is the one that TrainingPeaks gives by length alone.
    """

    total: float | None
    label: str | None
    duration: float | None
    load: float | None
    work: float | None
    notes: list[str]
    basis: list[str]
    colour: str | None
    steps: list[ReviewStep]


class WorkoutReview(TypedDict):
    """What was done of a workout beside its plan; `session` and `score` are null where none was planned."""

    kind: Literal["workout"]
    activity: str
    title: str
    day: str
    minutes: int
    load: float | None
    session: SessionDocument | None
    plan: str | None
    score: ReviewScore | None
    figures: list[ReviewFigure]
    points: list[ReviewPoint]


class WeekReview(TypedDict):
    """A week from a Monday: what was done beside what was planned (null: no plan was in force)."""

    kind: Literal["week"]
    monday: str
    plan: str | None
    planned_minutes: int | None
    done_minutes: int
    planned_load: float | None
    done_load: float
    usual_load: float | None
    hard_done: int
    sessions: list[PlannedSession]
    points: list[ReviewPoint]

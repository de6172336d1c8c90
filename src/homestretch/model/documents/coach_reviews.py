"""Documents about reviews: what was done beside what was planned, in figures and in sentences. SI units."""

from typing import Literal, TypedDict

from homestretch.model.coach.plan import Phase, WeekKind
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


class BlockWeek(TypedDict):
    """A week of a block: what was done beside what was planned (null: no plan has this week)."""

    monday: str
    kind: WeekKind | None
    planned_minutes: int | None
    done_minutes: int
    planned_load: float | None
    done_load: float
    hard_done: int
    sessions: int
    sessions_done: int


class BlockReview(TypedDict):
    """Weeks that belong together, up to a recovery week or the end of a phase; without a plan the last four weeks.

    Loads and minutes of `weeks` are sums, those `before` means of a week of the four weeks before. Fitness and form are
    of the evening before the block and of its last day, or of today where that is earlier. `sleep_s`, `hrv_ms` and
    `resting_bpm` are means of its nights, and null where none was measured.
    """

    kind: Literal["block"]
    start: str
    end: str
    plan: str | None
    phase: Phase | None
    over: bool
    weeks: list[BlockWeek]
    before_load: float | None
    fitness_start: float | None
    fitness_end: float | None
    form_end: float | None
    longest_minutes: int
    sleep_s: float | None
    hrv_ms: float | None
    resting_bpm: float | None
    points: list[ReviewPoint]

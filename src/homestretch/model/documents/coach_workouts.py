"""Documents about workouts: the library, one with its steps and the athlete's own targets."""

from typing import Literal, TypedDict

from homestretch.model.coach.session import LoadBasis
from homestretch.model.coach.workout import StepDocument, StepKind


class ProfileBar(TypedDict):
    """A step of a workout's picture: seconds, and the share of threshold in per cent from its start to its end.

    `low` and `high` are the range of a step; where it is a `ramp` it goes from `low` to `high`. None: no target.
    """

    kind: StepKind
    seconds: float
    low: float | None
    high: float | None
    ramp: bool


class ResolvedTarget(TypedDict):
    """A step's target on a day in the athlete's unit, and how long it takes; None where a threshold is not known."""

    seconds: float
    low: float | None
    high: float | None
    unit: Literal["W", "m/s", "bpm"] | None


class WorkoutThresholds(TypedDict):
    """What per cent are of on a day."""

    day: str
    ftp_w: float | None
    threshold_speed_mps: float | None
    css_mps: float | None
    lthr_bpm: float | None
    max_hr_bpm: float | None


class WorkoutItem(TypedDict):
    """A workout of the library: a template (`own` false), one built by hand, or one read from a file (`imported`).

    `repeats` and `free_minutes` are the least and the most of a template's free number; its figures are those of the
    least. `purpose` is a template's; `load` has one decimal and rests on `load_basis`.
    """

    id: str
    own: bool
    imported: bool
    name: str
    sport: str
    purpose: str | None
    hard: bool
    minutes: int
    seconds: float
    distance_m: float | None
    load: float
    load_basis: LoadBasis
    repeats: list[int] | None
    free_minutes: list[int] | None
    profile: list[ProfileBar]


class WorkoutWhole(WorkoutItem):
    """A workout with its steps, also in words (`text`); `chosen_repeats` and `chosen_minutes` set a template's number.

    `targets` are of each step in the order of the document, repeats not written out.
    """

    description: str | None
    tags: list[str]
    text: str
    chosen_repeats: int | None
    chosen_minutes: int | None
    steps: list[StepDocument]
    targets: list[ResolvedTarget]
    thresholds: WorkoutThresholds
    removed: bool
    created: str | None

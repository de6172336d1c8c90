"""What the coach has of an athlete as one document, to keep or to take elsewhere, and the outcome of taking one in."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from homestretch.model.coach.plan import PlanStatus
from homestretch.model.coach.rule import RuleDocument
from homestretch.model.coach.workout import StepDocument
from homestretch.model.documents.coach_plans import PlanBody

FORMAT: Literal["homestretch-coach"] = "homestretch-coach"
#: Raised whenever a reader of before could not read the document.
VERSION: Literal[1] = 1
#: The document within a zip.
INSIDE = "coach.json"


class FileVersion(TypedDict):
    """A version of a plan in a file; `parent` is the version that it was made from."""

    version: int
    parent: int | None
    status: PlanStatus
    author: str
    why: str
    cause: Mapping[str, str]
    thresholds: Mapping[str, float]
    algorithm: str
    created_at: str
    body: PlanBody


class FilePlan(TypedDict):
    """A plan in a file, its first version first."""

    title: str
    versions: list[FileVersion]


class FileWorkout(TypedDict):
    """A workout of the library in a file."""

    name: str
    sport: str
    hard: bool
    steps: list[StepDocument]
    description: str | None
    tags: list[str]


class FileRoute(TypedDict):
    """A planned route in a file, as GPX."""

    name: str
    sport: Literal["ride", "run", "hike"]
    length_m: float
    gpx: str


class CoachFile(TypedDict):
    """Rules, plans, workouts and planned routes; what was not asked for is absent."""

    format: Literal["homestretch-coach"]
    version: Literal[1]
    rules: NotRequired[list[RuleDocument]]
    plans: NotRequired[list[FilePlan]]
    workouts: NotRequired[list[FileWorkout]]
    routes: NotRequired[list[FileRoute]]


class CoachImport(TypedDict):
    """What a file added, or would add where it is only tried, by name; `there` counts what was there already."""

    tried: bool
    rules: list[str]
    plans: list[str]
    workouts: list[str]
    routes: list[str]
    there: int

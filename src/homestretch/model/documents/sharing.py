"""Activities shared by a link: what a reader of the link is shown, and the links themselves. Null is not shown."""

from typing import TypedDict

from homestretch.model.documents.activity import Streams, WorkoutType
from homestretch.model.sharing import Aspect


class SharedFigures(TypedDict):
    """The figures that a link can show, SI."""

    elapsed_s: float | None
    timer_s: float | None
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence_rpm: float | None
    max_cadence_rpm: float | None
    avg_speed_mps: float | None
    max_speed_mps: float | None
    calories_kcal: float | None


class SharedLap(SharedFigures):
    """A lap, seconds since the start."""

    start_s: float


class SharedSplit(TypedDict):
    """One of equal distances, seconds since the start; the last may be shorter."""

    start_s: float
    elapsed_s: float
    moving_s: float
    distance_m: float
    speed_mps: float | None
    gap_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None
    ascent_m: float | None
    descent_m: float | None


class SharedActivity(SharedFigures):
    """An activity as a link shows it; `day` is the local one, `start_local` without its offset.

    `track` is an encoded polyline of precision 5.
    """

    name: str | None
    sport: str
    sub_sport: str | None
    indoor: bool
    day: str
    start_local: str | None
    description: str | None
    tags: list[str]
    workout_type: WorkoutType | None
    rpe: float | None
    feel: int | None
    gear: str | None
    device: str | None
    track: str | None
    metrics: dict[str, float]
    laps: list[SharedLap]
    splits: list[SharedSplit]
    streams: Streams | None


class Share(TypedDict):
    """A link to an activity: what it hides, until when it is open (null: with no end), and how often it was opened.

    `name` and `day` are the activity's, null where it is gone. `path` is the link's address on this server; null once
    the server's key is lost, though the link itself still opens.
    """

    id: str
    activity: str
    name: str | None
    day: str | None
    path: str | None
    hidden: list[Aspect]
    until: str | None
    password: bool
    made: str
    revoked: str | None
    opens: int
    last_opened: str | None


class Shares(TypedDict):
    """Links, the newest first, what new ones hide, and whether an administrator lets links lead anywhere here."""

    items: list[Share]
    hidden: list[Aspect]
    on: bool

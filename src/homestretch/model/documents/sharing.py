"""What is shared by a link: what a reader of the link is shown, and the links themselves. Null is not shown."""

from typing import Literal, TypedDict

from homestretch.model.coach.planned_route import RouteSport
from homestretch.model.documents.activity import Streams, WorkoutType
from homestretch.model.sharing import Aspect, SubjectKind


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

    kind: Literal["activity"]
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


class SharedSection(TypedDict):
    """A section of a shared route, metres from where what is shown begins."""

    start_m: float
    length_m: float
    kind: Literal["climb", "up", "flat", "down", "unknown"]
    category: str | None
    gain_m: float | None
    grade_pct: float | None
    steepest_pct: float | None


class SharedProfile(TypedDict):
    """Points along a shared route: metres from where what is shown begins, places, and smooth heights."""

    distance_m: list[float]
    latitude: list[float]
    longitude: list[float]
    altitude_m: list[float] | None


class SharedRoute(TypedDict):
    """A planned route as a link shows it: nothing of how long it takes, which depends on who goes it."""

    kind: Literal["route"]
    name: str | None
    sport: RouteSport
    length_m: float | None
    gain_m: float | None
    profile: SharedProfile | None
    sections: list[SharedSection]


class SharedSummary(TypedDict):
    """An activity of a shared range, in short. `track` is an encoded polyline of few points."""

    name: str | None
    sport: str
    sub_sport: str | None
    indoor: bool
    day: str
    start_local: str | None
    distance_m: float | None
    moving_s: float | None
    ascent_m: float | None
    track: str | None


class SharedSum(TypedDict):
    """The activities of a sport in a shared range: how many, and sums of what is shown of them."""

    sport: str
    count: int
    distance_m: float | None
    moving_s: float | None
    ascent_m: float | None


class SharedRange(TypedDict):
    """The activities of a range of days, the newest first, and sums by sport, the most frequent first."""

    kind: Literal["range"]
    first: str
    last: str
    sums: list[SharedSum]
    items: list[SharedSummary]


#: What a link shows.
type Shared = SharedActivity | SharedRoute | SharedRange


class Share(TypedDict):
    """A link: what it leads to and hides, until when it is open (null: with no end), and how often it was opened.

    `subject` is an activity's or a planned route's id, or the days of a range (`2026-05-01..2026-05-31`). `name` is the
    activity's or the route's, `day` the activity's, as they are now; `gone` says that nothing is there any more. `path`
    is the link's address on this server; null once the server's key is lost, though the link itself still opens.
    """

    id: str
    kind: SubjectKind
    subject: str
    name: str | None
    day: str | None
    gone: bool
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

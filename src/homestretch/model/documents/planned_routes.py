"""Documents about planned routes. Distances and heights are m, times s, grades per cent; places are degrees."""

from typing import Literal, NotRequired, TypedDict

from homestretch.model.coach.planned_route import Position, RouteSport, Surface


class PlannedRouteItem(TypedDict):
    """A planned route in a list; `gain_m` is null where no heights are known. `thumb` is an encoded polyline."""

    id: str
    name: str
    sport: RouteSport
    length_m: float
    gain_m: float | None
    thumb: str
    created: str


class RouteQuestion(TypedDict):
    """A file with tracks without times: a route, or an activity that lost its times? `file` names it in answers."""

    file: str
    path: str
    name: str | None
    length_m: float | None
    lines: int


class PlannedRoutes(TypedDict):
    """The planned routes, the newest first, and the files that are in question."""

    items: list[PlannedRouteItem]
    questions: list[RouteQuestion]


class RouteIds(TypedDict):
    """The routes that were added."""

    items: list[PlannedRouteItem]


class RouteAnswered(TypedDict):
    """What became of a file that was in question: the routes, or the activity that was entered, if one was."""

    items: list[PlannedRouteItem]
    activity: str | None


class RouteGear(TypedDict):
    """The gear for the steepest 100 m, in teeth; `short` is by how many the largest sprocket is too small."""

    chainring: int
    sprocket: int
    short: int


class RouteSection(TypedDict):
    """A part of a route between two places; net and steepest grade are null without heights, times without thresholds.

    `kind` is a climb, up, flat, down or unknown; `category` that of a climb. `cut` says that it begins at a cut by
    hand.
    """

    number: int
    start_m: float
    end_m: float
    length_m: float
    kind: Literal["climb", "up", "flat", "down", "unknown"]
    category: str | None
    cut: bool
    gain_m: float | None
    grade_pct: float | None
    steepest_pct: float | None
    seconds: float | None
    power_w: float | None
    gear: RouteGear | None


class RouteProfile(TypedDict):
    """Points along a route: metres from the start, smooth heights (null: not known), places, and seconds since it."""

    distance_m: list[float]
    altitude_m: list[float] | None
    latitude: list[float]
    longitude: list[float]
    seconds: list[float] | None


class RouteConditions(TypedDict):
    """What an estimate was made with: what was set, else the usual value. See the parameters for units."""

    rider_kg: float
    bike_kg: float
    load_kg: float
    position: Position
    cda: float
    surface: Surface
    crr: float
    wind_mps: float
    wind_from_deg: float
    temperature_c: float
    intensity_pct: float | None
    chainrings: list[int]
    cassette: list[int]
    circumference_m: float
    cadence_rpm: float


class RouteParametersDocument(TypedDict):
    """What was set for the estimate of a route; what is left out has its usual value."""

    rider_kg: NotRequired[float]
    bike_kg: NotRequired[float]
    load_kg: NotRequired[float]
    position: NotRequired[Position]
    cda: NotRequired[float]
    surface: NotRequired[Surface]
    crr: NotRequired[float]
    wind_mps: NotRequired[float]
    wind_from_deg: NotRequired[float]
    temperature_c: NotRequired[float]
    intensity_pct: NotRequired[float]
    chainrings: NotRequired[list[int]]
    cassette: NotRequired[list[int]]
    circumference_m: NotRequired[float]
    cadence_rpm: NotRequired[float]


class PlannedRoute(PlannedRouteItem):
    """A planned route with its sections and how long it takes; `uncertainty_pct` is how far off that is.

    `notes` are sentences about what is missing. `track` is an encoded polyline, `bbox` west, south, east, north.
    `activity` is the one that it was made from; `threshold` what the estimate is by, in W or m/s.
    """

    removed: bool
    activity: str | None
    track: str
    bbox: list[float]
    sections: list[RouteSection]
    profile: RouteProfile
    seconds: float | None
    uncertainty_pct: float
    threshold: float | None
    cuts: list[float]
    parameters: RouteParametersDocument
    conditions: RouteConditions
    notes: list[str]


class SessionRoute(TypedDict):
    """The planned route that a session follows, with its estimated time; null for none."""

    session: str
    route: PlannedRouteItem | None
    seconds: float | None

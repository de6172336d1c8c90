"""Planned routes: a line that somebody means to follow, and what its estimate is made with."""

from dataclasses import dataclass, field
from typing import Literal, TypedDict

from homestretch.model.channel import Floats

type RouteSport = Literal["ride", "run", "hike"]
type Position = Literal["tops", "hoods", "drops", "aero"]
type Surface = Literal["road", "gravel", "mtb"]
#: Who is asked about a file: nobody (it can only be a route), or the athlete (a track that lost its times looks alike).
type Certainty = Literal["route", "question"]


class RouteParameters(TypedDict, total=False):
    """What an athlete set for the estimate of a route; what is left out has its default.

    Masses are kg, `cda` m², `crr` a share, `wind_mps` m/s from `wind_from_deg` (0 is north), `intensity_pct` per cent
    of the threshold. `chainrings` and `cassette` are teeth, `circumference_m` is that of the driven wheel.
    """

    rider_kg: float | None
    bike_kg: float | None
    load_kg: float | None
    position: Position | None
    cda: float | None
    surface: Surface | None
    crr: float | None
    wind_mps: float | None
    wind_from_deg: float | None
    temperature_c: float | None
    intensity_pct: float | None
    chainrings: list[int] | None
    cassette: list[int] | None
    circumference_m: float | None
    cadence_rpm: float | None


@dataclass(frozen=True, slots=True, eq=False)
class RouteLine:
    """A line as a file has it: places in degrees and heights in m, each of shape (n,), NaN where no height is given.

    `sport` is None where the file names none of ours. `certainty` is `question` where a track without times may be an
    activity that lost them.
    """

    name: str | None
    latitude: Floats
    longitude: Floats
    altitude_m: Floats
    sport: RouteSport | None = None
    certainty: Certainty = "route"


@dataclass(frozen=True, slots=True, eq=False)
class RouteFile:
    """What is written of a route: its points with metres from the start and seconds since it, and where parts begin.

    `distance_m`, `seconds`: shape (n,); without an estimate `seconds` is that of an even pace. `parts` are sections as
    (start in m, name). `made_ms` is UTC.
    """

    line: RouteLine
    distance_m: Floats
    seconds: Floats
    parts: tuple[tuple[float, str], ...] = field(default=())
    made_ms: int = 0

"""Lines that somebody means to follow: as files have them, and as they are written."""

from dataclasses import dataclass, field
from typing import Literal

from homestretch.model.channel import Floats
from homestretch.model.coach.planned_route import RouteSport

#: Who is asked about a file: nobody (it can only be a route), or the athlete (a track that lost its times looks alike).
type Certainty = Literal["route", "question"]


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

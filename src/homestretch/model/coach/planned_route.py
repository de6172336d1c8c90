"""What planned routes are for, and what their estimate is made with."""

from typing import Literal, TypedDict

type RouteSport = Literal["ride", "run", "hike"]
type Position = Literal["tops", "hoods", "drops", "aero"]
type Surface = Literal["road", "gravel", "mtb"]


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

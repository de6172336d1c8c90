"""What is sent about planned routes."""

from typing import Annotated, cast

from pydantic import Field, model_validator

from homestretch.api.shapes.base import Shape
from homestretch.model.coach.planned_route import Position, RouteParameters, RouteSport, Surface

type Teeth = Annotated[int, Field(ge=8, le=70)]
type Metres = Annotated[float, Field(gt=0, le=2_000_000)]
type Id = Annotated[str, Field(min_length=1, max_length=60)]


class RouteParametersShape(Shape):
    """What the estimate is made with; null is the usual value."""

    rider_kg: float | None = Field(None, ge=20, le=300)
    bike_kg: float | None = Field(None, ge=2, le=60)
    load_kg: float | None = Field(None, ge=0, le=80)
    position: Position | None = None
    cda: float | None = Field(None, ge=0.1, le=1.5)
    surface: Surface | None = None
    crr: float | None = Field(None, ge=0.001, le=0.05)
    wind_mps: float | None = Field(None, ge=0, le=25)
    wind_from_deg: float | None = Field(None, ge=0, le=360)
    temperature_c: float | None = Field(None, ge=-30, le=50)
    intensity_pct: float | None = Field(None, ge=30, le=130)
    chainrings: Annotated[list[Teeth], Field(max_length=4)] | None = None
    cassette: Annotated[list[Teeth], Field(max_length=14)] | None = None
    circumference_m: float | None = Field(None, ge=0.8, le=2.6)
    cadence_rpm: float | None = Field(None, ge=30, le=120)

    def noun(self) -> RouteParameters:
        """Return the parameters."""
        return cast(RouteParameters, self.model_dump())


class PlannedRouteChange(Shape):
    """What to change of a planned route; what is left out stays as it is. `cuts` and `parameters` are all there are."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    sport: RouteSport | None = None
    cuts: Annotated[list[Metres], Field(max_length=200)] | None = None
    parameters: RouteParametersShape | None = None


class NewRoute(Shape):
    """A route along an activity; without a name it has that of the activity."""

    activity: Id
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class RouteAnswer(Shape):
    """What a file without times is: a route, or an activity, which may be entered with its start and duration in s."""

    activity: bool
    start_local: Annotated[str, Field(max_length=40)] | None = None
    elapsed_s: float | None = Field(None, gt=0, le=2_000_000)

    @model_validator(mode="after")
    def _is_whole(self) -> "RouteAnswer":
        if not self.activity and (self.start_local is not None or self.elapsed_s is not None):
            raise ValueError("a route has no start and no duration")
        return self


class FollowedRoute(Shape):
    """The planned route that a session follows; null for none."""

    route: Id | None = None

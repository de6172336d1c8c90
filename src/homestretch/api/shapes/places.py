"""What is sent about places: segments, routes, privacy zones."""

from typing import Annotated

from pydantic import Field

from homestretch.api.shapes.base import Shape

type Family = Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]


class NewSegment(Shape):
    """A segment along an activity between two moments, in s since its start."""

    name: str = Field(min_length=1, max_length=200)
    activity: str = Field(max_length=40)
    start_s: float = Field(ge=0)
    end_s: float = Field(gt=0)


class SegmentChange(Shape):
    """Another name."""

    name: str = Field(min_length=1, max_length=200)


class RouteChange(Shape):
    """Another name; null goes back to none."""

    name: str | None = Field(max_length=200)


class NewPrivacyZone(Shape):
    """A circle to keep to oneself."""

    name: str = Field("", max_length=200)
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    radius_m: float = Field(ge=50, le=20_000)


class PrivacyZoneChange(Shape):
    """What is to be another about a private circle."""

    name: str | None = Field(None, max_length=200)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    radius_m: float | None = Field(None, ge=50, le=20_000)


class WeatherChange(Shape):
    """Whether the weather is to be asked for."""

    on: bool

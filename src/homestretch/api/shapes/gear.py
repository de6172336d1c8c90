"""What is sent about gear, in SI units."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape

type Kind = Literal["bike", "shoes", "other"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
Interval = Annotated[float, Field(gt=0, le=1e8)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]


class AliasBody(Shape):
    """A source and its key of an item."""

    source: str = Field(min_length=1, max_length=200)
    key: str = Field(min_length=1, max_length=200)


class NewGear(Shape):
    """An item to add; `alias` is a source's key for it.

    From `usual_since` on it counts the activities of its families to which no person and no source assigns other gear;
    null: all of the past ones too.
    """

    name: Name
    kind: Kind = "other"
    note: str | None = Field(None, max_length=2000)
    families: list[str] = Field(default=[], max_length=20)
    usual_since: Day | None = None
    before_m: Amount = 0.0
    before_s: Amount = 0.0
    retired: Day | None = None
    alias: AliasBody | None = None


class GearChange(Shape):
    """Fields of an item to set; `retired` is the last day of its use, null that it is in use.

    From `usual_since` on it is the usual one of its families; null: always.
    """

    name: Name | None = None
    kind: Kind | None = None
    note: str | None = Field(None, max_length=2000)
    families: list[str] | None = Field(None, max_length=20)
    usual_since: Day | None = None
    before_m: Amount | None = None
    before_s: Amount | None = None
    retired: Day | None = None


class MergeGear(Shape):
    """The item that an item is to become part of."""

    into: str = Field(max_length=20)


class ComponentChange(Shape):
    """Fields of a component to set."""

    name: Name | None = None
    since: Day | None = None
    until: Day | None = None
    before_m: Amount | None = None
    before_s: Amount | None = None
    every_m: Interval | None = None
    every_s: Interval | None = None
    every_days: int | None = Field(None, gt=0, le=36_600)


class NewComponent(ComponentChange):
    """A component to fit, from a day on."""

    name: Name
    since: Day


class ServiceBody(Shape):
    """A service that was done on a day."""

    day: Day
    note: str | None = Field(None, max_length=2000)

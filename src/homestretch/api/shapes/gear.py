"""The API's shapes of gear, in SI units; null is not known or not set."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape

type Kind = Literal["bike", "shoes", "other"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
Interval = Annotated[float, Field(gt=0, le=1e8)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]


class Use(BaseModel):
    """Use: so many metres and seconds on so many activities."""

    distance_m: float
    time_s: float
    activities: int


class GearAlias(BaseModel):
    """A source's name of an item, and its distance there.

    That is the source's own `total`, or the sum of its `activities` with it; `apart_m` is how much more than ours, and
    `mismatch` whether that is much.
    """

    source: str
    source_name: str
    key: str
    name: str | None
    distance_m: float | None
    basis: Literal["total", "activities"] | None
    apart_m: float | None
    mismatch: bool


class ServiceDone(BaseModel):
    """A service of a component."""

    id: str
    day: str
    note: str | None


class GearComponent(BaseModel):
    """A part of an item, its use in total and since its last service, and what is left to the next service.

    `share` is the used share of the interval that ends first; 1 and more is due.
    """

    id: str
    name: str
    since: str
    until: str | None
    before_m: float
    before_s: float
    every_m: float | None
    every_s: float | None
    every_days: int | None
    whole: Use
    since_service: Use
    left_m: float | None
    left_s: float | None
    left_days: int | None
    share: float | None
    due: bool
    services: list[ServiceDone]


class GearItem(Use):
    """A bike, a pair of shoes: what it has done, with what it had done before; `families` it is usual for.

    It is so since `usual_since` (null: always), and for some families only until the day from which another one is.
    """

    id: str
    kind: str
    name: str
    note: str | None
    families: list[str]
    usual_since: str | None
    usual_until: dict[str, str]
    before_m: float
    before_s: float
    retired: str | None
    first_day: str | None
    last_day: str | None
    aliases: list[GearAlias]
    components: list[GearComponent]


class UnknownGear(BaseModel):
    """Gear that a source knows and that is tied to no item; `suggestion` is the item that is called the same."""

    source: str
    source_name: str
    key: str
    name: str
    kind: str
    distance_m: float | None
    retired: bool
    activities: int | None
    suggestion: str | None


class RemovedGear(BaseModel):
    """An item that was removed and can be restored."""

    id: str
    name: str


class GearList(BaseModel):
    """All gear: what is in use first; what sources know besides; what was removed."""

    items: list[GearItem]
    unknown: list[UnknownGear]
    removed: list[RemovedGear]


class AliasBody(Shape):
    """A source and its key of an item."""

    source: str = Field(min_length=1, max_length=200)
    key: str = Field(min_length=1, max_length=200)


class GearPreview(Use):
    """The past activities that an item would count; `first_day`: its first use by people or sources, if any."""

    first_day: str | None


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

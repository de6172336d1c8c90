"""Documents about gear, in SI units; null is not known or not set."""

from typing import Literal, TypedDict


class Use(TypedDict):
    """Use: so many metres and seconds on so many activities."""

    distance_m: float
    time_s: float
    activities: int


class GearAlias(TypedDict):
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


class ServiceDone(TypedDict):
    """A service of a component."""

    id: str
    day: str
    note: str | None


class GearComponent(TypedDict):
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


class UnknownGear(TypedDict):
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


class RemovedGear(TypedDict):
    """An item that was removed and can be restored."""

    id: str
    name: str


class GearList(TypedDict):
    """All gear: what is in use first; what sources know besides; what was removed."""

    items: list[GearItem]
    unknown: list[UnknownGear]
    removed: list[RemovedGear]


class GearPreview(Use):
    """The past activities that an item would count; `first_day`: its first use by people or sources, if any."""

    first_day: str | None

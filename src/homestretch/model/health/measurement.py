"""Measurements: what devices say of days, at instants, through a day and over spans."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from homestretch.model.channel import Floats, Times
from homestretch.model.health.night import Night
from homestretch.model.texts import LONGEST_TEXT, shorten

#: What is known of a payload's clock. `own`: its days and instants are those of the device. `utc`: its instants are
#: right and it states no offset, so that its days are those of UTC. `wall`: its days are right, and its instants are
#: those of the clock on the wall as if that were UTC.
type Clock = Literal["own", "utc", "wall"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value of a local day (YYYY-MM-DD): the day's own (`at_ms` None), or one of several, each at an instant (UTC).

    What was not measured is no measurement: it is not there, and never 0. `device` is the serial number or another
    short key of the device, empty where the source names none.
    """

    kind: str
    day: str
    value: float
    at_ms: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """What was measured through a local day: `time_ms` (n,) UTC, rising; `values` (n,), NaN for not measured."""

    kind: str
    day: str
    time_ms: Times
    values: Floats
    device: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """What was counted over spans of a local day: `start_ms` and `end_ms` (n,) UTC, rising; `values` (n,), never NaN.

    A span with a value of 0 was worn and counted nothing; while no device was worn there is no span.
    """

    kind: str
    day: str
    start_ms: Times
    end_ms: Times
    values: Floats
    device: str = ""


@dataclass(frozen=True, slots=True)
class HealthDevice:
    """A device that measures days and nights, by the key that its measurements name."""

    key: str
    name: str | None
    synced_ms: int | None = None
    battery_pct: float | None = None

    def __post_init__(self) -> None:
        shorten(self, "name")


@dataclass(frozen=True, slots=True)
class Title:
    """What a provider calls an activity, which it knows by `key`, its key of the gear that was used, and the sport."""

    key: str
    name: str | None
    description: str | None = None
    gear: str | None = None
    sport: str | None = None
    sub_sport: str | None = None

    def __post_init__(self) -> None:
        shorten(self, "name")
        shorten(self, "description", longest=LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class RemoteGear:
    """An item of gear that a provider knows, by its key; `kind` is bike, shoes or other, `distance_m` its own total."""

    key: str
    name: str | None
    kind: str = "other"
    distance_m: float | None = None
    retired: bool = False

    def __post_init__(self) -> None:
        shorten(self, "name")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wellness:
    """What one payload says of somebody's days, what it calls activities, and which gear there is.

    `said_ms` is when the source said it, where the payload itself tells; of two words on one thing of one device the
    later holds. A note is a code, with a colon and a detail where one helps.
    """

    measurements: tuple[Measurement, ...] = ()
    series: tuple[Series, ...] = ()
    spans: tuple[Spans, ...] = ()
    nights: tuple[Night, ...] = ()
    devices: tuple[HealthDevice, ...] = ()
    said_ms: int | None = None
    clock: Clock = "own"
    titles: tuple[Title, ...] = ()
    gear: tuple[RemoteGear, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> set[str]:
        """The days that it says something of."""
        return {one.day for part in (self.measurements, self.series, self.spans, self.nights) for one in part}

    def within(self, days: Collection[str]) -> "Wellness":
        """Return the same with no other days than these."""
        return replace(
            self,
            measurements=tuple(one for one in self.measurements if one.day in days),
            series=tuple(one for one in self.series if one.day in days),
            spans=tuple(one for one in self.spans if one.day in days),
            nights=tuple(one for one in self.nights if one.day in days),
        )

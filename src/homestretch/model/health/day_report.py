"""A day report: what one original says of one device's day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night

#: The source of what the athlete enters by hand.
HAND = "hand"
#: Sources by how much they are believed, the first most; those that are not named come after, by their keys.
DEFAULT_ORDER = (
    HAND, "fit", "garmin_export", "garmin", "google_health", "fitbit_export", "phone", "apple_health",
    "intervals",
)  # fmt: skip
#: Sources by which the data of one vendor comes: what the same watch counted must not be added twice.
VENDORS: Mapping[str, str] = MappingProxyType({
    "fit": "garmin", "garmin_export": "garmin", "garmin": "garmin",
    "google_health": "google", "fitbit_export": "google",
})  # fmt: skip


def source_order(kind: str, priorities: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the sources of a kind, the most believed first: the athlete's for it, or for all kinds, then the usual."""
    chosen = priorities.get(kind) or priorities.get("", ())
    return tuple(dict.fromkeys((HAND, *chosen, *DEFAULT_ORDER)))


def rank(source: str, device: str, order: Sequence[str]) -> tuple[int, str]:
    """Return how much a device of a source is believed, the least most; an order names sources, or `source:device`."""
    places = [order.index(name) for name in (f"{source}:{device}", source) if name in order]
    return min(places, default=len(order)), source


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayReport:
    """What `original` says of a day (YYYY-MM-DD) of one device; of two reports on one thing the later holds.

    `place` orders what was said in the same ms. `superseded`: a later answer about the same holds, so that this one
    only fills in what the later one leaves out.
    """

    original: str
    source: str
    device: str
    day: str
    said_ms: int
    place: int = 0
    superseded: bool = False
    content: Wellness

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """How reports of one device and day sort, the one that holds last."""
        return not self.superseded, self.said_ms, self.place, self.original


def day_reports(
    wellness: Wellness, original: str, source: str, said_ms: int, *, place: int = 0, superseded: bool = False
) -> Iterator[DayReport]:
    """Yield a report for each day and device of what an original says."""
    for (day, device), content in _split(wellness).items():
        yield DayReport(
            original=original,
            source=source,
            device=device,
            day=day,
            said_ms=said_ms,
            place=place,
            superseded=superseded,
            content=content,
        )


def _split(wellness: Wellness) -> dict[tuple[str, str], Wellness]:
    parts: dict[tuple[str, str], list[Measurement | Series | Spans | Night]] = {}
    items: tuple[Measurement | Series | Spans | Night, ...]
    items = (*wellness.measurements, *wellness.series, *wellness.spans, *wellness.nights)
    for item in items:
        parts.setdefault((item.day, item.device), []).append(item)
    return {
        key: Wellness(
            measurements=tuple(item for item in part if isinstance(item, Measurement)),
            series=tuple(item for item in part if isinstance(item, Series)),
            spans=tuple(item for item in part if isinstance(item, Spans)),
            nights=tuple(item for item in part if isinstance(item, Night)),
        )
        for key, part in parts.items()
    }

"""What series are called, and in which unit: our own names, and those that SyncBit wrote."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from homestretch.model.health.sample import Sample
from homestretch.vendors.syncbit import OLD_INTRADAY, OLD_NAMES

OWN, SYNCBIT = "own", "syncbit"
#: The units that keys end in, as Prometheus' names spell them out, with what a value is multiplied by.
UNITS: Mapping[str, tuple[str, float]] = MappingProxyType({
    "_mmol_l": ("_millimoles_per_liter", 1.0), "_mmhg": ("_mmhg", 1.0), "_brpm": ("_breaths_per_minute", 1.0),
    "_bpm": ("_bpm", 1.0), "_kcal": ("_kilocalories", 1.0), "_pct": ("_ratio", 0.01), "_ms": ("_milliseconds", 1.0),
    "_ml": ("_liters", 0.001), "_cm": ("_meters", 0.01), "_kg": ("_kilograms", 1.0), "_s": ("_seconds", 1.0),
    "_m": ("_meters", 1.0), "_c": ("_celsius", 1.0),
})  # fmt: skip
#: Values are rounded to so many decimals, which is what series keep for sure.
DECIMALS = 6

type Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A value (already in the unit of its series) at an instant, UTC ms; `labels` are sorted, without empty ones."""

    name: str
    labels: Labels
    at_ms: int
    value: float


def unit_of(key: str) -> tuple[str, float]:
    """Return the name of a kind with its unit spelt out, and what its values are multiplied by."""
    for ending, (spelt, factor) in UNITS.items():
        if key.endswith(ending):
            return f"{key.removesuffix(ending)}{spelt}", factor
    return key, 1.0


def own_name(key: str, *, so_far: bool = False, intraday: bool = False) -> str:
    """Return our own name of a kind's series."""
    return f"homestretch_{unit_of(key)[0]}{'_today' if so_far else ''}{'_sample' if intraday else ''}"


@dataclass(frozen=True, slots=True)
class Naming:
    """How samples become points: by our own names or SyncBit's, with the labels that every series has."""

    names: str
    user: str
    #: The label `device` of SyncBit's series.
    device: str = ""

    def points(self, samples: Sequence[Sample], *, intraday: bool = False) -> list[Point]:
        """Return the points of samples; SyncBit had no series of many kinds."""
        made = (self._point(sample, intraday=intraday) for sample in samples if math.isfinite(sample.value))
        return [point for point in made if point is not None]

    def _point(self, sample: Sample, *, intraday: bool) -> Point | None:
        at_ms = sample.at_ms if sample.so_far_ms is None else sample.so_far_ms
        if self.names == OWN:
            so_far = sample.so_far_ms is not None
            labels = {"user": self.user, "source": sample.source, "device": sample.device, "stage": sample.stage}
            name, factor = own_name(sample.kind, so_far=so_far, intraday=intraday), unit_of(sample.kind)[1]
        else:
            key = f"{sample.kind}/{sample.stage}" if sample.stage else sample.kind
            old = (OLD_INTRADAY if intraday else OLD_NAMES).get(key)
            if old is None:
                return None
            labels = {"user": self.user, "device": self.device, **dict([old.label] if old.label else [])}
            name, factor = f"fitbit_{old.name}", old.factor
        kept = tuple(sorted((label, text) for label, text in labels.items() if text))
        return Point(name, kept, at_ms, round(sample.value * factor, DECIMALS))


def series_text(name: str, labels: Labels) -> str:
    """Return a series as Prometheus writes it (text exposition format 0.0.4)."""
    return f"{name}{{{','.join(f'{label}="{_escaped(text)}"' for label, text in labels)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

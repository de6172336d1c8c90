"""One truth from many: each field of an activity from the best of its recordings that knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homestretch.model.sport import GENERIC

#: Goes up with every change of what `blend` returns.
VERSION = 2
#: Formats by how much they tell: a file as recorded, then its exports, then what was typed.
FORMATS = ("fit", "tcx", "gpx", "manual")
CANONICAL = ("latitude", "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps", "temperature_c")
#: Fields that mean something only together: all come from the recording that gives the first.
TOGETHER = (
    ("sport", "sub_sport"),
    ("distance_m", "distance_source"),
    ("ascent_m", "descent_m", "altitude_source", "min_altitude_m", "max_altitude_m"),
    ("track", "thumb", "bbox", "start_point", "end_point"),
)
_FOLLOWS = {follower: first for first, *followers in TOGETHER for follower in followers}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recording that may give fields: its figures by name (None: not known) and what it holds."""

    key: str
    format: str
    figures: Mapping[str, Any]
    channels: frozenset[str]
    samples: int


@dataclass(frozen=True, slots=True)
class Blend:
    """An activity's figures, the recording that each came from, and the one whose samples are shown."""

    primary: str
    figures: Mapping[str, Any]
    sources: Mapping[str, str]


def blend(candidates: Sequence[Candidate]) -> Blend:
    """Return one truth from one or more recordings; their order does not matter."""
    ranked = sorted(candidates, key=rank)
    figures: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name in dict.fromkeys(name for candidate in ranked for name in candidate.figures):
        giver = _giver(ranked, _FOLLOWS.get(name, name)) or _giver(ranked, name)
        figures[name] = None if giver is None else giver.figures.get(name)
        if giver is not None and figures[name] is not None:
            sources[name] = giver.key
    return Blend(ranked[0].key, figures, sources)


def _giver(ranked: Sequence[Candidate], name: str) -> Candidate | None:
    """Return the first that knows a field; a sport that says nothing counts only if no one says more."""
    knowing = [c for c in ranked if c.figures.get(name) is not None]
    telling = (c for c in knowing if name != "sport" or c.figures[name] != GENERIC)
    return next(telling, knowing[0] if knowing else None)


def rank(candidate: Candidate) -> tuple[bool, int, int, int, str]:
    """Return how a recording sorts, best first: with samples, more channels, fuller format, more samples, its key."""
    known = sum(key in candidate.channels for key in CANONICAL)
    form = FORMATS.index(candidate.format) if candidate.format in FORMATS else len(FORMATS)
    return candidate.samples == 0, -known, form, -candidate.samples, candidate.key

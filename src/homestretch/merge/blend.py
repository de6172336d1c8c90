"""One truth from many: each field of an activity from the best of its recordings that knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Goes up with every change of what `blend` returns.
VERSION = 1
#: Formats by how much they tell: a file as recorded, then its exports, then what was typed.
FORMATS = ("fit", "tcx", "gpx", "manual")
CANONICAL = ("latitude", "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps", "temperature_c")


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
    ranked = sorted(candidates, key=_rank)
    figures: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name in dict.fromkeys(name for candidate in ranked for name in candidate.figures):
        best = next((c for c in ranked if c.figures.get(name) is not None), None)
        figures[name] = None if best is None else best.figures[name]
        if best is not None:
            sources[name] = best.key
    return Blend(ranked[0].key, figures, sources)


def _rank(candidate: Candidate) -> tuple[bool, int, int, int, str]:
    known = sum(key in candidate.channels for key in CANONICAL)
    form = FORMATS.index(candidate.format) if candidate.format in FORMATS else len(FORMATS)
    return candidate.samples == 0, -known, form, -candidate.samples, candidate.key

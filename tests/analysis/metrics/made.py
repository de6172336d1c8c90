"""Efforts made for tests, and the numbers that formulas must meet."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure.metric import Values, families, measure
from homestretch.analysis.samples.samples import samples
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from tests.analysis.made import recording

VECTORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text())
DAY = date(2026, 6, 1)


def vector(key: str) -> tuple[Any, Any]:
    """Return the input and the expected values of a vector."""
    return VECTORS[key]["input"], VECTORS[key]["expected"]


def steps(*parts: tuple[float, int]) -> Any:
    """Return values held for so many seconds each, one after the other."""
    return np.concatenate([np.full(count, float(value)) for value, count in parts])


def effort_of(found: Recording, profile: Mapping[str, float] | Profile = Profile(), **more: Any) -> Effort:  # noqa: B008
    """Return the effort of a recording by an athlete with these thresholds."""
    cleaned = samples(found)
    own = profile if isinstance(profile, Profile) else Profile(profile, DAY)
    return Effort(cleaned, summarise(found, cleaned), more.pop("sport", found.sport), own, **more)


def effort(
    channels: Mapping[str, Any] | None = None,
    profile: Mapping[str, float] | Profile = Profile(),  # noqa: B008
    sport: str = "cycling",
    sub: str | None = None,
    t: Any = None,
    rpe: float | None = None,
    **more: Any,
) -> Effort:
    """Return an effort with samples at `t` seconds (each second if not said) and channels of plain values."""
    known = channels or {}
    at = np.arange(len(next(iter(known.values()), ()))) if t is None else t
    made = replace(recording(at, known, **more), sport=Sport(sport, sub))
    return effort_of(made, profile, rpe=rpe)


def told(family: str, of: Effort) -> Values:
    """Return what a family tells of an effort."""
    return measure(of, families()[family])

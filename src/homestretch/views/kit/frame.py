"""Frames: what a chart shows, as data that any door can draw, list or say; and charts, which make them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from homestretch.errors import BadRequest, NotFound
from homestretch.registry import discover
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.statistics_scope import must_be_in_order

type Style = Literal["line", "area", "bar", "points"]
type Scale = Literal["date", "log", "linear", "category"]
type Numbers = Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What lies along x: days (ISO), numbers in a unit (logarithmic or not), or names; `values` are n of them."""

    scale: Scale
    unit: str = ""
    label: str = ""
    values: Sequence[float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series of n values in a unit, None for a gap.

    Bars with the same `stack` stand on each other. `colour` names a role (`z1` … `z7`, a sport family, `quiet`).
    `links` are the activities that values come from.
    """

    key: str
    label: str
    unit: str
    values: Numbers
    style: Style = "line"
    axis: Literal["left", "right"] = "left"
    decimals: int = 0
    stack: str | None = None
    colour: str | None = None
    links: Sequence[str | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of an axis with a meaning, such as fresh or tired; None is without end."""

    label: str
    low: float | None
    high: float | None
    colour: str
    axis: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a chart shows: an axis, series over it, bands, and notes on how it was made."""

    key: str
    title: str
    x: Axis
    lines: Sequence[Line]
    bands: Sequence[Band] = ()
    notes: Sequence[str] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What charts may be asked for: days (inclusive), a sport family, an activity, a kind, a second stretch of days."""

    today: date
    since: date | None = None
    until: date | None = None
    sport: str | None = None
    activity: str | None = None
    kind: str | None = None
    by: str | None = None
    other_since: date | None = None
    other_until: date | None = None

    def __post_init__(self) -> None:
        must_be_in_order(self.since, self.until)
        must_be_in_order(self.other_since, self.other_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: `asks` names what of `Asked` it takes note of, `choices` what some of that may be."""

    key: str
    title: str
    frame: Callable[[Reader, Scope, Asked], Frame]
    also_known_as: tuple[str, ...] = ()
    asks: tuple[str, ...] = ("since", "until")
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def chosen(self, asked: Asked, name: str) -> str:
        """Return what was asked for by name, or the first of its choices. Raises BadRequest for any other."""
        said = getattr(asked, name)
        if said is not None and said not in self.choices[name]:
            raise BadRequest(reason=f"{name} must be one of {', '.join(self.choices[name])}.")
        return str(said or self.choices[name][0])


@cache
def charts() -> Mapping[str, Chart]:
    """Return every chart by key."""
    return discover("homestretch.views.charts", Chart)


def frame(reader: Reader, scope: Scope, key: str, asked: Asked) -> Frame:
    """Return what the chart named shows. Raises NotFound, BadRequest."""
    chart = charts().get(key)
    if chart is None:
        raise NotFound(what="chart", id=key)
    return chart.frame(reader, scope, asked)

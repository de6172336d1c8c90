"""Frames: what a chart shows, as data that any door can draw, list or say; and charts, which make them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from homestretch.errors import BadRequest, NotFound
from homestretch.model.documents.charts import ChartInfo, FrameBody, FrameLine
from homestretch.registry import discover
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.statistics_scope import must_be_in_order

type Numbers = Sequence[float | None]


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
    """A chart of a `page` of the web app: `asks` names what of `Asked` it reads, `choices` what some of that may be."""

    key: str
    title: str
    page: str
    frame: Callable[[Reader, Scope, Asked], FrameBody]
    also_known_as: tuple[str, ...] = ()
    asks: tuple[str, ...] = ("since", "until")
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def chosen(self, asked: Asked, name: str) -> str:
        """Return what was asked for by name, or the first of its choices. Raises BadRequest for any other."""
        said = getattr(asked, name)
        if said is not None and said not in self.choices[name]:
            raise BadRequest(reason=f"{name} must be one of {', '.join(self.choices[name])}.")
        return str(said or self.choices[name][0])


def line(
    key: str,
    label: str,
    unit: str,
    values: Numbers,
    *,
    style: Literal["line", "dashed", "area", "bar", "points", "step"] = "line",
    axis: Literal["left", "right"] = "left",
    decimals: int = 0,
    stack: str | None = None,
    colour: str | None = None,
    links: list[str | None] | None = None,
) -> FrameLine:
    """Return a series of a frame, drawn as a line on the left axis unless something else is asked for."""
    return {
        "key": key,
        "label": label,
        "unit": unit,
        "values": list(values),
        "style": style,
        "axis": axis,
        "decimals": decimals,
        "stack": stack,
        "colour": colour,
        "links": links,
    }


@cache
def charts() -> Mapping[str, Chart]:
    """Return every chart by key."""
    return discover("homestretch.views.charts", Chart)


def frame(reader: Reader, scope: Scope, key: str, asked: Asked) -> FrameBody:
    """Return what the chart named shows. Raises NotFound, BadRequest."""
    chart = charts().get(key)
    if chart is None:
        raise NotFound(what="chart", id=key)
    return chart.frame(reader, scope, asked)


def chart_list() -> list[ChartInfo]:
    """Return which charts there are, and what they may be asked."""
    return [
        {
            "key": chart.key,
            "title": chart.title,
            "page": chart.page,
            "also_known_as": list(chart.also_known_as),
            "asks": list(chart.asks),
            "choices": {name: list(values) for name, values in chart.choices.items()},
        }
        for chart in charts().values()
    ]

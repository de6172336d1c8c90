"""Charts: which there are, and what each shows, as data that any client can draw."""

from typing import Literal, NotRequired, TypedDict


class FrameAxis(TypedDict):
    """What lies along x: days (ISO), numbers in a unit (logarithmic or not), or names; `values` are n of them.

    With a `step` each value is the middle of a bin so broad.
    """

    scale: Literal["date", "log", "linear", "category"]
    unit: str
    label: str
    values: list[float | str]
    step: NotRequired[float]


class FrameLine(TypedDict):
    """One series of n values in a unit, null for a gap.

    Bars with the same `stack` stand on each other. What is dashed is planned, not measured; a step holds its value
    until the next one. `colour` names a role (`z1` … `z7`, a sport family, `quiet`).
    `links` are the activities that values come from.
    """

    key: str
    label: str
    unit: str
    values: list[float | None]
    style: Literal["line", "dashed", "area", "bar", "points", "step"]
    axis: Literal["left", "right"]
    decimals: int
    stack: str | None
    colour: str | None
    links: list[str | None] | None


class FrameBand(TypedDict):
    """A stretch of an axis with a meaning, such as fresh or tired; null is without end."""

    label: str
    low: float | None
    high: float | None
    colour: str
    axis: Literal["left", "right"]


class PowerModel(TypedDict):
    """Power = cp + w_prime / (t - k): watts, joules, seconds; k is 0 for two parameters, below it for three.

    `cp_se` and `w_prime_se` are standard errors, null without a spare point, `rmse` is in W, `n` counts points. `p_max`
    is the power that can be held for no time at all, null for two parameters.
    """

    cp: float
    w_prime: float
    k: float
    cp_se: float | None
    w_prime_se: float | None
    rmse: float
    n: int
    p_max: float | None


#: What a chart says besides what it draws, such as today's form or the days that it is of.
FrameFact = str | float | PowerModel


class FrameBody(TypedDict):
    """What a chart shows: an axis, series over it, bands, and notes on how it was made."""

    key: str
    title: str
    x: FrameAxis
    lines: list[FrameLine]
    bands: list[FrameBand]
    notes: list[str]
    details: dict[str, FrameFact]


class ChartInfo(TypedDict):
    """A chart: the page of the web app that shows it, what it may be asked, and what some of that may be."""

    key: str
    title: str
    page: str
    also_known_as: list[str]
    asks: list[str]
    choices: dict[str, list[str]]

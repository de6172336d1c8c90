"""The documents about corrections of an activity's samples."""

from typing import Literal, TypedDict

from homestretch.model.documents.activity import Lap, LapLabel


class LapMark(TypedDict):
    """Where a lap starts, in seconds since the activity's start, and what it was."""

    at: float
    label: LapLabel | None


#: A value that a correction asks for; times are seconds since the activity's start.
CorrectionValue = float | str | list[list[float]] | list[LapMark]


class CorrectionChoice(TypedDict):
    """A value that can be chosen, with its name and, of a channel, the stretches of its spikes in seconds.

    Of an instant, which is a stretch without a length, the name says why it is suggested.
    """

    key: str
    name: str
    stretches: list[list[float]]


class CorrectionField(TypedDict):
    """What a correction asks for."""

    key: str
    kind: Literal["number", "choice", "instant", "stretches", "laps"]
    label: str
    unit: str
    least: float
    most: float
    choices: list[CorrectionChoice]
    required: bool


class CorrectionTool(TypedDict):
    """A correction that this activity can have (or why it can't), with the values to begin with."""

    key: str
    title: str
    help: str
    fields: list[CorrectionField]
    lacks: str | None
    suggested: dict[str, CorrectionValue]


class CorrectionChart(TypedDict):
    """A channel before and after, at some of the samples; seconds since the activity's start."""

    channel: str
    unit: str
    time_s: list[float]
    before: list[float | None]
    after: list[float | None]


class CorrectionPreview(TypedDict):
    """What a correction would change; nothing is saved. `changes` are the figures that differ.

    `rest` has the figures of what would become an activity of its own.
    """

    before: dict[str, float | None]
    after: dict[str, float | None]
    rest: dict[str, float | None] | None
    changes: list[str]
    is_changed: bool
    chart: CorrectionChart | None
    laps: list[Lap]

"""What a file holds, as `homestretch decode` says it. SI units; null is not known."""

from typing import NotRequired, TypedDict

from homestretch.model.documents.activity import DeviceInfo
from homestretch.model.documents.notes import Note


class DecodedChannel(TypedDict):
    """A channel of a recording: its unit, how many samples have a value, and their range and mean."""

    unit: str
    count: int
    min: float | None
    max: float | None
    mean: float | None


class DecodedLap(TypedDict):
    """A lap as the device counted it."""

    start: str
    end: str
    elapsed_s: float | None
    timer_s: float | None
    distance_m: float | None
    trigger: str | None
    totals: dict[str, float]


class DecodedPause(TypedDict):
    """A stretch in which the timer stood still."""

    start: str
    end: str


class DecodedRecording(TypedDict):
    """A recording in a file; `path` is that of the member of an archive, where there are several."""

    path: NotRequired[str]
    sport: str
    sub_sport: str | None
    name: str | None
    start: str
    start_local: str
    end: str
    samples: int
    channels: dict[str, DecodedChannel]
    laps: list[DecodedLap]
    lengths: int
    sets: int
    pauses: list[DecodedPause]
    beats: int
    totals: dict[str, float]
    device: str | None
    devices: list[DeviceInfo]


class DecodedNote(Note):
    """A note on a file, and the `path` of the member of an archive that it is about, where there are several."""

    path: NotRequired[str]


class DecodedFile(TypedDict):
    """What a file holds; of several members, `format` and `kind` are `mixed` where they differ."""

    format: str
    kind: str
    recordings: list[DecodedRecording]
    notes: list[DecodedNote]
    contents: dict[str, int]

"""Documents about activities, SI units; null is not known."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Note, Shape
from homestretch.model.editable import EDITABLE


def _text(key: str) -> Any:
    return Field(None, max_length=EDITABLE[key].longest)


def _number(key: str) -> Any:
    return Field(None, ge=EDITABLE[key].least, le=EDITABLE[key].most)


class GearUsed(BaseModel):
    """The gear that an activity was done on."""

    id: str
    name: str


class ActivityItem(BaseModel):
    """An activity as lists show it, SI units; null is not known."""

    id: str
    name: str
    sport: str
    sub_sport: str | None
    start: str
    start_local: str
    in_future: bool
    zone: str | None
    elapsed_s: float | None
    timer_s: float | None
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence_rpm: float | None
    max_cadence_rpm: float | None
    avg_speed_mps: float | None
    max_speed_mps: float | None
    avg_temperature_c: float | None
    calories_kcal: float | None
    thumb: str | None
    legs: list[str]
    formats: list[str]
    hidden: bool
    indoor: bool
    gear: GearUsed | None


class SportCount(BaseModel):
    """How many activities of a sport there are."""

    sport: str
    count: int


class YearCount(BaseModel):
    """How many activities of a year there are."""

    year: int
    count: int


class ActivitySummary(BaseModel):
    """Counts and sums of activities."""

    sports: list[SportCount]
    years: list[YearCount]
    total: int
    distance_m: float
    moving_s: float
    ascent_m: float


class Lap(BaseModel):
    """A lap; `totals` are the device's own figures."""

    index: int
    start_s: float
    end_s: float
    elapsed_s: float
    timer_s: float
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence_rpm: float | None
    max_cadence_rpm: float | None
    avg_speed_mps: float | None
    max_speed_mps: float | None
    calories_kcal: float | None
    trigger: str | None
    totals: dict[str, float]


class Length(BaseModel):
    """A length of a pool, or a rest at its wall."""

    start_s: float
    start_ms: int
    elapsed_s: float
    active: bool
    stroke: str | None
    strokes: int | None


class ExerciseSet(BaseModel):
    """A set of strength training, or the rest after it."""

    start_s: float
    start_ms: int
    duration_s: float
    active: bool
    exercise: str | None
    repetitions: int | None
    weight_kg: float | None


class Pause(BaseModel):
    """A stretch in which the timer stood still, seconds from the start."""

    start_s: float
    end_s: float


class Event(BaseModel):
    """Something the device noted."""

    at_s: float
    at_ms: int
    kind: str
    data: dict[str, float | str]


class DeviceInfo(BaseModel):
    """A device that took part."""

    role: str
    manufacturer: str | None
    product: str | None
    serial: str | None
    software: str | None
    battery: str | None


class ChannelInfo(BaseModel):
    """A channel that was recorded."""

    key: str
    unit: str


class ProvenanceOf(BaseModel):
    """How a recording arrived: the source, its key there, its address there, and its path."""

    source: str
    key: str | None
    url: str | None
    path: str


class Reason(BaseModel):
    """What two recordings are to each other, by which rule, how surely (0 to 1), and the figures that it rests on."""

    verdict: str
    rule: str
    score: float
    shift_s: int
    details: dict[str, float]


class RecordingInfo(BaseModel):
    """A recording of the activity, the fields and channels taken from it, and why it is of this activity.

    `knows` are the fields of the activity that it has a value of, whether or not that is the one that is shown.
    """

    id: str
    source: str
    provenance: list[ProvenanceOf]
    format: str
    original: str
    path: str | None
    session: int
    device: str | None
    primary: bool
    start: str
    notes: list[Note]
    fields: list[str]
    knows: list[str]
    channels: list[str]
    gives: list[str]
    why: Reason | None


class Edit(BaseModel):
    """A person's edit of the activity."""

    id: str
    at: str
    verb: str
    field: str | None
    value: Any
    by: str | None
    undone: bool


class EditIds(Shape):
    """The ids of edits of one athlete."""

    edits: list[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]] = Field(min_length=1, max_length=10_000)


class Activity(ActivityItem):
    """An activity whole."""

    description: str | None
    deleted: bool
    parent: str | None
    track: str | None
    bbox: list[float] | None
    device: dict[str, float | str | None]
    laps: list[Lap]
    lengths: list[Length]
    sets: list[ExerciseSet]
    pauses: list[Pause]
    events: list[Event]
    devices: list[DeviceInfo]
    pool_length_m: float | None
    channels: list[ChannelInfo]
    samples: int
    recordings: list[RecordingInfo]
    sources: dict[str, str]
    reasons: dict[str, str]
    rpe: float | None
    feel: int | None
    edits: list[Edit]


class ActivityChange(Shape):
    """Fields to set; null goes back to the recordings' value. `gear` is the id of an item, or `none`.

    `start` is ISO 8601; without an offset it is meant on the activity's own clock. All of the activity moves with it.
    """

    name: str | None = _text("name")
    description: str | None = _text("description")
    sport: str | None = _text("sport")
    sub_sport: str | None = _text("sub_sport")
    hidden: bool | None = None
    rpe: float | None = _number("rpe")
    feel: int | None = _number("feel")
    route_name: str | None = _text("route_name")
    gear: str | None = _text("gear")
    start: str | None = _text("start")


class NewActivity(Shape):
    """An activity entered by hand; `start_local` is the clock on the wall."""

    sport: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    sub_sport: str | None = Field(None, pattern=r"^[a-z0-9_]{1,40}$")
    start_local: str = Field(max_length=40)
    zone: str | None = Field(None, max_length=60)
    elapsed_s: float = Field(gt=0, le=14 * 86_400)
    moving_s: float | None = Field(None, gt=0, le=14 * 86_400)
    distance_m: float | None = Field(None, ge=0, le=1e8)
    ascent_m: float | None = Field(None, ge=0, le=1e6)
    calories_kcal: float | None = Field(None, ge=0, le=1e6)
    avg_hr_bpm: float | None = Field(None, ge=20, le=260)
    name: str | None = Field(None, max_length=200)
    description: str | None = Field(None, max_length=20_000)


class StreamChannel(BaseModel):
    """A channel's values, null where nothing was measured."""

    unit: str
    values: list[float | None]


class Streams(BaseModel):
    """An activity's samples on one axis: seconds since the start, and cumulative metres."""

    time_s: list[float]
    distance_m: list[float | None] | None
    moving: list[int]
    channels: dict[str, StreamChannel]
    complete: bool

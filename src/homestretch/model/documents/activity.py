"""Activities: in lists, summed up, whole, and their samples. SI units; null is not known."""

from typing import Literal, TypedDict

from homestretch.model.documents.notes import Note

#: What an edit sets: a field's value, the keys of the recordings that it is about, or a correction in words.
EditValue = str | float | bool | list[str] | None
#: What a workout was for: `WORKOUT_TYPES` of model/editable.
WorkoutType = Literal["race", "long", "intervals", "tempo", "easy", "recovery", "commute", "test"]


class GearUsed(TypedDict):
    """The gear that an activity was done on."""

    id: str
    name: str


class Figures(TypedDict):
    """The figures of an activity."""

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


class ActivityItem(Figures):
    """An activity as lists show it, SI units; null is not known."""

    id: str
    name: str
    sport: str
    sub_sport: str | None
    start: str
    start_local: str
    in_future: bool
    zone: str | None
    thumb: str | None
    legs: list[str]
    formats: list[str]
    hidden: bool
    indoor: bool
    gear: GearUsed | None
    tags: list[str]
    workout_type: WorkoutType | None
    rpe: float | None


class ListedActivity(ActivityItem):
    """An activity as the list of all shows it, with its training load."""

    load: float | None


class TagCount(TypedDict):
    """How many activities have a tag."""

    tag: str
    count: int


class WorkoutTypeCount(TypedDict):
    """How many activities are of a type of workout."""

    workout_type: WorkoutType
    count: int


class FilterChoices(TypedDict):
    """What there is to filter activities by; `sources` are providers, or `file`."""

    tags: list[TagCount]
    workout_types: list[WorkoutTypeCount]
    sources: list[str]


class BulkEdits(TypedDict):
    """How many activities an act was about, and the edits that it made, by which it is undone."""

    count: int
    edits: list[str]


class SavedFilter(TypedDict):
    """A filter under a name: the query of the list's address."""

    id: str
    name: str
    query: str


class SavedFilters(TypedDict):
    """What an account keeps for an athlete."""

    items: list[SavedFilter]


class SportCount(TypedDict):
    """How many activities of a sport there are."""

    sport: str
    count: int


class YearCount(TypedDict):
    """How many activities of a year there are."""

    year: int
    count: int


class ActivitySummary(TypedDict):
    """Counts and sums of activities."""

    sports: list[SportCount]
    years: list[YearCount]
    total: int
    distance_m: float
    moving_s: float
    ascent_m: float


#: What a person says that a lap was.
LapLabel = Literal["work", "rest", "warm_up", "cool_down"]


class RecordedLap(TypedDict):
    """A lap as its recording has it; `totals` are the device's own figures."""

    start_s: float
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


class Lap(RecordedLap):
    """A lap; `totals` are the device's own figures, `label` what a person says that it was."""

    index: int
    end_s: float
    label: LapLabel | None


class Length(TypedDict):
    """A length of a pool, or a rest at its wall."""

    start_s: float
    start_ms: int
    elapsed_s: float
    active: bool
    stroke: str | None
    strokes: int | None


class ExerciseSet(TypedDict):
    """A set of strength training, or the rest after it."""

    start_s: float
    start_ms: int
    duration_s: float
    active: bool
    exercise: str | None
    repetitions: int | None
    weight_kg: float | None


class Pause(TypedDict):
    """A stretch in which the timer stood still, seconds from the start."""

    start_s: float
    end_s: float


class Event(TypedDict):
    """Something the device noted."""

    at_s: float
    at_ms: int
    kind: str
    data: dict[str, float | str]


class DeviceInfo(TypedDict):
    """A device that took part."""

    role: str
    manufacturer: str | None
    product: str | None
    serial: str | None
    software: str | None
    battery: str | None


class ChannelInfo(TypedDict):
    """A channel that was recorded."""

    key: str
    unit: str


class ProvenanceOf(TypedDict):
    """How a recording arrived: the source, its key there, its address there, and its path."""

    source: str
    key: str | None
    url: str | None
    path: str


class Reason(TypedDict):
    """What two recordings are to each other, by which rule, how surely (0 to 1), and the figures that it rests on."""

    verdict: str
    rule: str
    score: float
    shift_s: int
    details: dict[str, float]


class RecordingInfo(TypedDict):
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


class Edit(TypedDict):
    """A person's edit of the activity."""

    id: str
    at: str
    verb: str
    field: str | None
    value: EditValue
    by: str | None
    undone: bool


class SplitPart(TypedDict):
    """The other part of what was split: its address, and the edit to undo to join them again."""

    id: str
    name: str
    sport: str
    edit: str


class Neighbour(TypedDict):
    """The activity before or after another; `day` is the local one on which it began."""

    id: str
    name: str
    sport: str
    day: str


class Neighbours(TypedDict):
    """The activities before and after one, by start; null where it is the first or the last."""

    previous: Neighbour | None
    next: Neighbour | None


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
    feel: int | None
    split_from: SplitPart | None
    parts: list[SplitPart]
    edits: list[Edit]


class StreamChannel(TypedDict):
    """A channel's values, null where nothing was measured."""

    unit: str
    values: list[float | None]


class Streams(TypedDict):
    """An activity's samples on one axis: seconds since the start, and cumulative metres."""

    time_s: list[float]
    distance_m: list[float | None] | None
    moving: list[int]
    channels: dict[str, StreamChannel]
    complete: bool

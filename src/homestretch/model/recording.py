"""A recording: what one source says happened, from the first sample to the last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from homestretch.model.channel import Channel, Floats, Times
from homestretch.model.coach.workout import Workout
from homestretch.model.health.measurement import Title, Wellness
from homestretch.model.moment import Moment
from homestretch.model.sport import Sport
from homestretch.model.texts import LONGEST_TEXT, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """A lap as the device counted it; `totals` are its own figures by key, in SI units.

    `label` is what a person says that it was: `work`, `rest`, `warm_up` or `cool_down`.
    """

    start_ms: int
    end_ms: int
    elapsed_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    trigger: str | None = None
    totals: Mapping[str, float] = field(default_factory=dict)
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """One length of a pool, or a rest at its wall (`active` false)."""

    start_ms: int
    elapsed_s: float
    active: bool = True
    stroke: str | None = None
    strokes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSet:
    """One set of strength training, or the rest after it (`active` false)."""

    start_ms: int
    duration_s: float
    active: bool = True
    exercise: str | None = None
    repetitions: int | None = None
    weight_kg: float | None = None

    def __post_init__(self) -> None:
        shorten(self, "exercise")


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the timer stood still."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something the device noted at an instant: a gear change, a battery warning, a turn."""

    at_ms: int
    kind: str
    data: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device that took part; `role` is `recorder` for the one that wrote the file, else its sensor kind."""

    role: str
    manufacturer: str | None = None
    product: str | None = None
    serial: str | None = None
    software: str | None = None
    battery: str | None = None

    def __post_init__(self) -> None:
        shorten(self, "manufacturer", "product", "serial", "software", "battery")


@dataclass(frozen=True, slots=True, eq=False)
class BeatIntervals:
    """RR intervals: when each beat ended (`at_ms`, UTC, shape (n,)) and how long it took (`rr_ms`, shape (n,))."""

    at_ms: Times
    rr_ms: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """What one source says happened.

    `time_ms` (n,) is UTC, as in the file: analysis cleans it. Every channel has n samples.
    `session` numbers the recordings of one file from 0; those of one `part` (a FIT file in a
    chain) are legs of one multisport activity. `totals` are the device's own figures by key
    (`total_distance_m`, `normalized_power_w`, …), SI. `file_key` is the file's own identity
    (FIT: type, maker, product, serial number, time created), the same however often it was exported.
    `date_only`: the day is known and the time of day is not; it is then noon. `links` are other sources' keys
    of the same activity, by source, as the writer of the file knows them. `gear` is the writer's key for the gear
    that was used.
    """

    session: int = 0
    part: int = 0
    sport: Sport
    start: Moment
    end_ms: int
    time_ms: Times
    channels: Mapping[str, Channel] = field(default_factory=dict)
    laps: tuple[Lap, ...] = ()
    lengths: tuple[Length, ...] = ()
    sets: tuple[ExerciseSet, ...] = ()
    pauses: tuple[Pause, ...] = ()
    events: tuple[Event, ...] = ()
    devices: tuple[Device, ...] = ()
    beats: BeatIntervals | None = None
    totals: Mapping[str, float] = field(default_factory=dict)
    name: str | None = None
    description: str | None = None
    pool_length_m: float | None = None
    file_key: str | None = None
    date_only: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    gear: str | None = None
    gear_name: str | None = None

    def __post_init__(self) -> None:
        shorten(self, "name", "gear", "gear_name")
        shorten(self, "description", longest=LONGEST_TEXT)

    def values(self, key: str) -> Floats | None:
        """Return the values of the channel `key`, shape (n,), or None where it was not recorded."""
        channel = self.channels.get(key)
        return None if channel is None else channel.values()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decoded:
    """What a file holds: its format, its kind (`activity`, `course`, `settings`, …), recordings, and notes.

    A note is a code, with a colon and a detail where one helps: `crc_bad`, `truncated:at byte 812`.
    `contents` counts what was seen and not turned into recordings (`{"monitoring": 1440}`). A list of other files says
    what each is called (`titles`, by a provider's key) and where it lies beside the list (`files`: path by key); a
    list of days what they were like (`wellness`). A workout is planned, not done: its file has `workouts`.
    """

    format: str
    kind: str
    recordings: tuple[Recording, ...] = ()
    notes: tuple[str, ...] = ()
    contents: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    wellness: Wellness = field(default_factory=Wellness)
    workouts: tuple[Workout, ...] = ()

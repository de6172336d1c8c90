"""What another system's store holds, in our own terms: each leaf yields these, and one flow takes them in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from homestretch.errors import HomestretchError
from homestretch.model.coach.model_reasons import ModelAction
from homestretch.model.documents.coach_files import CoachFile


class NotItsStore(HomestretchError):
    """{path} is no store of {system}: {reason}."""

    status = 422


class StoreUnreadable(HomestretchError):
    """{path} can't be read: {reason}. Make a fresh copy while {system} is stopped, and try again."""

    status = 422


class SeveralUsers(HomestretchError):
    """This copy of {system} holds the data of several users: {names}. Choose one with --user."""

    status = 422
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A provider's key of what a file or activity is, so that a sync knows it."""

    provider: str
    key: str


#: A value of a field that a person set; tags are a list.
type Said = str | float | list[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person set of an activity; None or empty where nothing was.

    `fields` are by the names of `model/editable`; `gear` is the name of an item.
    """

    fields: Mapping[str, Said] = field(default_factory=dict)
    gear: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import, with the name that is shown."""

    name: str
    place: Path
    link: Link | None = None
    wording: Wording = Wording()


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """An activity without a file: `data` are its values, as `formats.manual.encode` writes them.

    `named` says that its name is one of them; else it is set, and so shown also where a file with a name is found.
    """

    name: str
    data: bytes
    links: tuple[Link, ...] = ()
    wording: Wording = Wording()
    named: bool = True


@dataclass(frozen=True, slots=True)
class FoundWording:
    """What a person set of the activity that began at an instant (UTC ms), whichever file it is from."""

    name: str
    start_ms: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class FoundGear:
    """An item of gear; `kind` is bike, shoes or other."""

    name: str
    kind: str = "other"
    note: str | None = None
    distance_m: float = 0.0
    retired: date | None = None


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A measurement of a day, in the unit of its kind (`model/health/kinds`); `at_ms` is UTC ms."""

    kind: str
    value: float
    day: date
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FoundThreshold:
    """A threshold (`analysis/athlete/thresholds`) from a day on; `family` is of sports, "" for all."""

    key: str
    value: float
    valid_from: date
    family: str = ""


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A segment as GPX; `family` is a sport family such as ride."""

    name: str
    family: str
    gpx: bytes


@dataclass(frozen=True, slots=True)
class FoundPrompt:
    """A version of a prompt for a model."""

    action: ModelAction
    pattern: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A review of an activity that a person approved; `model` says who wrote it, `at_ms` when (UTC ms)."""

    link: Link
    headline: str
    points: tuple[str, ...]
    model: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Left:
    """So many things that stay behind, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that should have come and can't be read, by its name, and why."""

    what: str
    name: str
    why: str


@dataclass(slots=True)
class Found:
    """All that a store holds. `rules` are in words, each as its writer left it; `coach` holds plans and routes."""

    files: list[FoundFile] = field(default_factory=list)
    activities: list[FoundActivity] = field(default_factory=list)
    wordings: list[FoundWording] = field(default_factory=list)
    gear: list[FoundGear] = field(default_factory=list)
    values: list[FoundValue] = field(default_factory=list)
    thresholds: list[FoundThreshold] = field(default_factory=list)
    segments: list[FoundSegment] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    coach: CoachFile | None = None
    prompts: list[FoundPrompt] = field(default_factory=list)
    reviews: list[FoundReview] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    def leave(self, what: str, count: int, why: str) -> None:
        """Note things that stay behind, where there are any."""
        if count:
            self.left.append(Left(what, count, why))


@dataclass(frozen=True, slots=True)
class System:
    """Another system: what a person copies (`help`), and how its store is read.

    `read` takes a file or folder, which of its users is meant (None: the only one), and a folder for what it copies or
    unpacks, which is there until everything was taken in. It raises NotItsStore, StoreUnreadable or SeveralUsers, and
    changes nothing in the store.
    """

    key: str
    name: str
    help: str
    read: Callable[[Path, str | None, Path], Found]

"""What is sent about health: entries by hand, notes, the order of sources, sinks. SI units."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from homestretch.api.shapes.base import Shape

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Key = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
Text = Annotated[str, Field(max_length=20_000)]


class NewEntry(Shape):
    """A measurement of a day, by the key of its kind; with `at` it was measured at an instant."""

    kind: Key
    value: float
    day: Day
    at: AwareDatetime | None = None


class EntryChange(Shape):
    """Fields of an entry to set."""

    value: float | None = None
    day: Day | None = None
    at: AwareDatetime | None = None


class NewNote(Shape):
    """A note of the days from `day` to `until` (null: the same day); `level` is from 1 to 5 where the kind has one."""

    kind: Key
    day: Day
    until: Day | None = None
    level: int | None = Field(None, ge=1, le=5)
    text: Text | None = None


class NoteChange(Shape):
    """Fields of a note to set."""

    kind: Key | None = None
    day: Day | None = None
    until: Day | None = None
    level: int | None = Field(None, ge=1, le=5)
    text: Text | None = None


class PriorityBody(Shape):
    """Sources, the most believed first; none goes back to the usual order."""

    sources: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(max_length=50)


type SinkSettings = Annotated[dict[str, Annotated[str, Field(max_length=2_000)]], Field(max_length=30)]
type SinkKinds = Annotated[list[Key], Field(max_length=300)]
type Password = Annotated[str, Field(max_length=10_000)]


class NewSink(Shape):
    """A sink to add; kinds of null are all that are not private, `user` is by default the athlete's name."""

    sink: Key
    settings: SinkSettings = Field(default_factory=dict)
    password: Password | None = None
    kinds: SinkKinds | None = None
    user: Annotated[str, Field(min_length=1, max_length=100)] | None = None


class SinkChange(Shape):
    """What changes; kinds of null are all that are not private."""

    settings: SinkSettings | None = None
    password: Password | None = None
    kinds: SinkKinds | None = None
    paused: bool | None = None

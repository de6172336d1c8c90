"""What a sink is: a description with its settings, and a target that days are sent to."""

import gzip
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from homestretch.errors import HomestretchError
from homestretch.model.health.sample import Sample
from homestretch.net.field import Field
from homestretch.net.reach import Reach

URL = Field("url", "Address", required=True)
USER = Field("username", "User name", help="Where the server asks for one.")
PASSWORD = Field("password", "Password", kind="password")
#: A batch holds at most so many lines, and so many bytes before they are packed.
LINES, BYTES = 5_000, 1_000_000


class SinkRefused(HomestretchError):
    """{name} refused what was sent ({status}): {body}"""

    status = 409


class HistoryDropped(HomestretchError):
    """{name} drops what is as old as {day}, so the history would be lost. Start it with -retentionPeriod=100y and push
    again.
    """

    status = 409


@dataclass(frozen=True, slots=True)
class Opening:
    """What a sink is opened with: the `user` that its data is labelled with, its settings by key, its secret.

    It connects to addresses within its `reach` only.
    """

    user: str
    settings: Mapping[str, str]
    password: str = ""
    reach: Reach = "public"

    def setting(self, key: str) -> str:
        """Return a setting, "" for none."""
        return self.settings.get(key, "")


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest whole day and today, each with its samples; today's are those so far."""

    whole: Sequence[Sample]
    today: Sequence[Sample]


class Held(Protocol):
    """What we hold of an athlete's days, of the kinds that are sent to a sink."""

    @property
    def kinds(self) -> Collection[str]:
        """The kinds that are sent."""
        ...

    def samples(self, since: str, until: str, kinds: Collection[str] | None = None) -> list[Sample]:
        """Return the samples of whole days, from one day to another, both included; by default of every kind."""
        ...

    def bounds(self) -> tuple[str, str] | None:
        """Return the first and the last whole day that there is; None for none."""
        ...

    def start_ms(self, day: str) -> int:
        """Return when a local day begins, UTC ms."""
        ...

    def latest(self) -> Latest:
        """Return the newest whole day and today."""
        ...

    def intraday(self, day: str) -> list[Sample]:
        """Return what was measured through a day, each sample at its own instant."""
        ...

    def rewriting(self) -> None:
        """Note that a whole series is being replaced: should that be cut short, everything is compared again."""
        ...


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: how many samples went out, and what a person should know."""

    samples: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A series whose samples differ: how many we hold, how many are there, and how many of ours are missing there."""

    series: str
    ours: int
    there: int
    missing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The samples on both sides, and the series that differ."""

    ours: int
    there: int
    differences: tuple[Difference, ...] = ()


class Target(Protocol):
    """A sink that is open. Every method raises SinkRefused and Unreachable."""

    def begin(self, held: Held) -> None:
        """Check, before the oldest day that there is goes out, that it will be kept. Raises HistoryDropped."""
        ...

    def push(self, since: str, until: str, held: Held) -> Pushed:
        """Make the other side hold what we hold of these days. What is there already is not sent twice."""
        ...

    def finish(self, held: Held) -> Pushed:
        """Send what is of now: today so far, the newest values."""
        ...

    def check(self, held: Held) -> Comparison | None:
        """Compare both sides; None where the other side can't be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Sink:
    """Where days can be sent to. `fields` are its settings, of which a password is kept encrypted.

    `open` returns its target; a sink without one is fetched from, with a token of its own. `sends_today`: today so far
    is always among what goes out.
    """

    key: str
    name: str
    fields: tuple[Field, ...] = field(default=())
    open: Callable[[Opening], Target] | None = None
    sends_today: bool = False


def batches(lines: Iterable[str]) -> Iterator[tuple[int, bytes]]:
    """Yield lines in batches within the limits, each with its number of lines and packed with gzip."""
    batch: list[bytes] = []
    size = 0
    for line in lines:
        data = line.encode()
        if batch and (len(batch) == LINES or size + len(data) > BYTES):
            yield len(batch), gzip.compress(b"\n".join(batch) + b"\n", 5)
            batch, size = [], 0
        batch.append(data)
        size += len(data) + 1
    if batch:
        yield len(batch), gzip.compress(b"\n".join(batch) + b"\n", 5)

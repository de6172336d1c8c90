"""What waits to be imported, as a stream of tasks: files and members of archives, each checked for being new."""

import errno
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from homestretch import formats
from homestretch.archive.members import Limits, Member, members
from homestretch.flow.derive.compute.athlete_inputs import person_of
from homestretch.flow.derive.compute.compute import AthleteInputs
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask
from homestretch.flow.imports.in_flight import EndedTheProcess, InHand
from homestretch.model.documents.imports import ItemStatus
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import in_force, names_of
from homestretch.store.tables.derived import outcomes
from homestretch.store.tables.kept import arrivals, tombstones

#: So many members of a container that can't be got out are listed one by one; those after them are counted.
MOST_LISTED = 100
#: The path in notes that are about a container but about no single member.
REST = "…"


@dataclass(slots=True)
class Input:
    """A file of a batch being imported; it is finished once it yields no more tasks and none of them is running.

    `lost` counts its members that could not be read, in this run and those before.
    """

    item_id: int
    batch_id: int
    path: str
    place: Path
    staged: bool
    is_container: bool = False
    exhausted: bool = False
    under_way: int = 0
    lost: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether no more tasks will come."""
        return self.exhausted and self.under_way == 0


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one file or member: its bytes' digest if they are kept, and what decoding gave if it ran."""

    input: Input
    path: str
    status: ItemStatus
    notes: tuple[str, ...] = ()
    digest: str | None = None
    size: int = 0
    prepared: DecodeResult | None = None


@dataclass(slots=True)
class Coming:
    """An original on its way: the names by which it is read, and what waits for it."""

    names: frozenset[str] = frozenset()
    waiting: list[tuple[Input, str]] = field(default_factory=list)


@dataclass(slots=True)
class AlreadyHave:
    """What an athlete has: originals imported, deleted for good, and on their way in this run; and who it is.

    `names` are those that originals ever came under. `mend` is given the bytes of what comes again; it returns whether
    they were lost and are kept again.
    """

    taken: set[str]
    deleted: set[str]
    person: AthleteInputs | None
    names: dict[str, set[str]]
    mend: Callable[[bytes], bool] = lambda _: False
    coming: dict[str, Coming] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "AlreadyHave":
        """Read what the athlete has."""
        taken = (
            select(arrivals.c.digest)
            .join(outcomes, (outcomes.c.digest == arrivals.c.digest) & (outcomes.c.athlete_id == arrivals.c.athlete_id))
            .where(arrivals.c.athlete_id == athlete_id, in_force())
        )
        deleted = select(tombstones.c.digest).where(tombstones.c.athlete_id == athlete_id)
        there, gone = ({row.digest for row in reader.rows(query)} for query in (taken, deleted))
        return cls(there, gone, person_of(reader, athlete_id), names_of(reader, athlete_id))

    def arrived(self, work: DecodeTask) -> list[tuple[Input, str]]:
        """Return what waited for an original that was read; nothing while it is still read by more names."""
        coming = self.coming.get(work.digest)
        if coming is None or coming.names != set(work.names):
            return []
        del self.coming[work.digest]
        self.taken.add(work.digest)
        return coming.waiting


def works(
    source: Input,
    known: AlreadyHave,
    finished: Callable[[], set[str]],
    limits: Limits,
    report: Callable[[Result], None],
    in_hand: InHand | None = None,
) -> Iterator[DecodeTask]:
    """Yield what of a file is new; what needs no decoding goes straight to `report`, which may commit it.

    `finished` is asked, of a container only, for the paths of members that an earlier, interrupted run has done.
    What `in_hand` knows to have ended the process before is given up. Raises OSError where the disk is full.
    """
    done: set[str] = set()
    empty = True
    losses = _Losses(source, report)
    try:
        found = members(source.place, source.path, limits, formats.portions_of)
        for member in found if in_hand is None else in_hand.each(source.item_id, found):
            empty = False
            if member.path != source.path and not source.is_container:
                source.is_container, done = True, finished()
            if member.data is None:
                losses.add(member, known=member.path in done)
            elif member.path not in done:
                yield from judged(source, member.path, member.data, known, report)
    except EndedTheProcess:
        losses.add(Member(source.path, None, "ended_the_process"))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        losses.of_all.append(f"unreadable_file:{error.strerror}")
    else:
        if empty:
            report(Result(source, source.path, "skipped", ("nothing_inside",)))
    losses.sum_up()
    source.exhausted = True


@dataclass(slots=True)
class _Losses:
    """What can't be got out of a file: the first members by name, all others by their number."""

    source: Input
    report: Callable[[Result], None]
    of_all: list[str] = field(default_factory=list)

    def add(self, member: Member, *, known: bool = False) -> None:
        """Count a member that has no bytes, and report it where it is one of the first and is not `known` yet."""
        self.source.lost += 1
        note = member.note or "unreadable"
        if member.path == self.source.path:
            self.of_all.append(note)
        elif self.source.lost <= MOST_LISTED and not known:
            self.report(Result(self.source, member.path, "failed", (note,)))

    def sum_up(self) -> None:
        """Report the notes about the file as a whole; as a container it has a state of its own."""
        if (more := self.source.lost - MOST_LISTED) > 0:
            self.of_all.append(f"more_failed:{more}")
        if self.of_all:
            path = f"{self.source.path}/{REST}" if self.source.is_container else self.source.path
            self.report(Result(self.source, path, "failed", tuple(self.of_all)))


def judged(
    source: Input, path: str, data: bytes, known: AlreadyHave, report: Callable[[Result], None]
) -> Iterator[DecodeTask]:
    """Yield the task for a file or member if it is new or its name says what others did not."""
    digest = hashlib.sha256(data).hexdigest()
    if digest in known.deleted:
        report(Result(source, path, "skipped", ("deleted_for_good",)))
        return
    names = known.names.setdefault(digest, set())
    otherwise = _name_matters(data, path, names)
    names.add(path)
    fresh = digest not in known.taken and digest not in known.coming
    if not (fresh or otherwise or digest in known.coming):
        notes = ("mended",) if known.mend(data) else ()
        report(Result(source, path, "duplicate", notes, digest, len(data)))
        return
    coming = known.coming.setdefault(digest, Coming())
    coming.waiting.append((source, path))
    source.under_way += 1
    if fresh or otherwise:
        coming.names = frozenset(names)
        yield DecodeTask(digest, path, data, person=known.person, others=tuple(sorted(names - {path})))


def _name_matters(data: bytes, name: str, names: set[str]) -> bool:
    """Return whether another format claims the bytes once they come under this name too."""
    return name not in names and formats.sniff(data, name, *names) is not formats.sniff(data, *names)

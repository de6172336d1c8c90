"""What waits to be imported, as a stream of works: files and members of archives, each judged against what is known."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from homestretch.archive.members import Limits, members
from homestretch.flow.person import person_of
from homestretch.flow.prepare import Prepared, Work
from homestretch.flow.reckon import Person
from homestretch.store.database import Reader
from homestretch.store.tables.derived import outcomes
from homestretch.store.tables.kept import arrivals, tombstones


@dataclass(slots=True)
class Input:
    """A file of a batch being taken in; it is finished once it gives no more works and none of them is under way."""

    item_id: int
    batch_id: int
    path: str
    place: Path
    staged: bool
    is_container: bool = False
    exhausted: bool = False
    under_way: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether nothing more will come of it."""
        return self.exhausted and self.under_way == 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file or member: its bytes' digest if they are kept, and what decoding gave if it ran."""

    input: Input
    path: str
    status: str
    notes: tuple[str, ...] = ()
    digest: str | None = None
    size: int = 0
    prepared: Prepared | None = None


@dataclass(slots=True)
class Known:
    """What an athlete has: originals taken in, deleted for good, and on their way in this run; and who it is."""

    taken: set[str]
    deleted: set[str]
    person: Person | None
    coming: dict[str, list[tuple[Input, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "Known":
        """Read what the athlete has."""
        taken = (
            select(arrivals.c.digest)
            .join(outcomes, (outcomes.c.digest == arrivals.c.digest) & (outcomes.c.athlete_id == arrivals.c.athlete_id))
            .where(arrivals.c.athlete_id == athlete_id, arrivals.c.undone_ms.is_(None), arrivals.c.purged_ms.is_(None))
        )
        deleted = select(tombstones.c.digest).where(tombstones.c.athlete_id == athlete_id)
        person = person_of(reader, athlete_id)
        return cls({row.digest for row in reader.rows(taken)}, {row.digest for row in reader.rows(deleted)}, person)


def works(
    source: Input, known: Known, finished: Callable[[], set[str]], limits: Limits, results: list[Result]
) -> Iterator[Work]:
    """Yield what of a file is new; what needs no decoding goes straight to `results`.

    `finished` is asked, of a container only, for the paths of members that an earlier, interrupted run has done.
    """
    done: set[str] | None = None
    empty = True
    try:
        for member in members(source.place, source.path, limits):
            empty = False
            if member.path != source.path:
                source.is_container = True
                done = finished() if done is None else done
                if member.path in done:
                    continue
            if member.data is None:
                results.append(Result(source, member.path, "failed", (member.note or "unreadable",)))
                continue
            yield from _judge(source, member.path, member.data, known, results)
    except OSError as error:
        results.append(Result(source, source.path, "failed", (f"unreadable_file:{error.strerror}",)))
    else:
        if empty:
            results.append(Result(source, source.path, "skipped", ("nothing_inside",)))
    source.exhausted = True


def _judge(source: Input, path: str, data: bytes, known: Known, results: list[Result]) -> Iterator[Work]:
    digest = hashlib.sha256(data).hexdigest()
    if digest in known.deleted:
        results.append(Result(source, path, "skipped", ("deleted_for_good",)))
    elif digest in known.taken:
        results.append(Result(source, path, "duplicate", (), digest, len(data)))
    elif digest in known.coming:
        known.coming[digest].append((source, path))
        source.under_way += 1
    else:
        known.coming[digest] = [(source, path)]
        source.under_way += 1
        yield Work(digest, path, data, person=known.person)

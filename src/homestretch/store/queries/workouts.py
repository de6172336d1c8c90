"""Keeps and reads the athlete's own workouts: built by hand, or read from a file that was imported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict, cast

from sqlalchemy import ColumnElement, Select, insert, select, update

from homestretch.model.coach.workout import StepDocument
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.tables.coach import workouts
from homestretch.store.tables.derived import outcomes
from homestretch.store.tables.kept import arrivals


class WorkoutContent(TypedDict):
    """What a workout holds; `file` is the name, without its suffix, of the file that it was read from."""

    steps: list[StepDocument]
    description: str | None
    tags: list[str]
    file: NotRequired[str]


@dataclass(frozen=True, slots=True)
class StoredWorkout:
    """A workout as it is kept; `original` is the sha256 of its file. Times are UTC ms."""

    id: int
    public_id: str
    name: str
    sport: str
    hard: bool
    document: WorkoutContent
    original: str | None
    created_ms: int
    removed_ms: int | None


@dataclass(frozen=True, slots=True)
class NewWorkout:
    """A workout to be kept."""

    public_id: str
    name: str
    sport: str
    hard: bool
    document: WorkoutContent
    original: str | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class WorkoutOriginal:
    """A file with a workout, and the name that it came under."""

    athlete_id: int
    digest: str
    path: str


def list_workouts(reader: Reader, athlete_id: int) -> list[StoredWorkout]:
    """Return the athlete's workouts, the newest first, without removed ones and those of imports that were undone."""
    query = _selected(athlete_id).where(workouts.c.removed_ms.is_(None), _still_there())
    return list(_workouts(reader, query.order_by(workouts.c.id.desc())))


def find_workout(reader: Reader, athlete_id: int, public_id: str) -> StoredWorkout | None:
    """Return a workout, also one that was removed."""
    query = _selected(athlete_id).where(workouts.c.public_id == public_id, _still_there())
    return next(iter(_workouts(reader, query)), None)


def workouts_of_original(reader: Reader, athlete_id: int, digest: str) -> list[StoredWorkout]:
    """Return the workouts that were read from a file as they are today, also removed ones, in its order."""
    later = workouts.alias()
    replaced = select(later.c.id).where(later.c.replaces == workouts.c.id).exists()
    query = _selected(athlete_id).where(workouts.c.original == digest, ~replaced)
    return list(_workouts(reader, query.order_by(workouts.c.id)))


def put_workouts(session: Writer, athlete_id: int, now: int, new: Sequence[NewWorkout]) -> None:
    """Keep workouts."""
    for one in new:
        row = {
            "public_id": one.public_id,
            "athlete_id": athlete_id,
            "name": one.name,
            "sport": one.sport,
            "hard": one.hard,
            "document": one.document,
            "original": one.original,
            "created_ms": now,
            "replaces": one.replaces,
            "removed_ms": None,
        }
        session.run(insert(workouts), row)


def set_aside(session: Writer, number: int, public_id: str, now: int) -> None:
    """Keep what a workout was, under another id: its own goes to what replaces it."""
    session.run(update(workouts).where(workouts.c.id == number).values(public_id=public_id, removed_ms=now))


def set_removed(session: Writer, number: int, removed_ms: int | None) -> None:
    """Remove a workout, or restore it."""
    session.run(update(workouts).where(workouts.c.id == number).values(removed_ms=removed_ms))


def unread_originals(
    reader: Reader, formats: Iterable[str], athlete_id: int | None = None
) -> Sequence[WorkoutOriginal]:
    """Return the files of workouts, of the formats named, of which the library has nothing yet."""
    known = select(workouts.c.id).where(
        workouts.c.original == outcomes.c.digest, workouts.c.athlete_id == outcomes.c.athlete_id
    )
    query = (
        select(arrivals.c.athlete_id, arrivals.c.digest, arrivals.c.path)
        .join(outcomes, (outcomes.c.digest == arrivals.c.digest) & (outcomes.c.athlete_id == arrivals.c.athlete_id))
        .where(outcomes.c.kind == "workout", outcomes.c.format.in_(sorted(formats)), in_force(), ~known.exists())
        .order_by(arrivals.c.id)
    )
    if athlete_id is not None:
        query = query.where(outcomes.c.athlete_id == athlete_id)
    found = {(row.athlete_id, row.digest): row for row in reversed(reader.rows(query))}
    return [WorkoutOriginal(row.athlete_id, row.digest, row.path) for row in reversed(found.values())]


def _selected(athlete_id: int) -> Select[tuple[object, ...]]:
    return select(workouts).where(workouts.c.athlete_id == athlete_id)


def _still_there() -> ColumnElement[bool]:
    """Return the condition that a workout was built by hand, or that the import of its file was not undone."""
    came = select(arrivals.c.id).where(
        arrivals.c.digest == workouts.c.original, arrivals.c.athlete_id == workouts.c.athlete_id, in_force()
    )
    return workouts.c.original.is_(None) | came.exists()


def _workouts(reader: Reader, query: Select[tuple[object, ...]]) -> Iterable[StoredWorkout]:
    for row in reader.rows(query):
        yield StoredWorkout(
            id=row.id,
            public_id=row.public_id,
            name=row.name,
            sport=row.sport,
            hard=row.hard,
            document=cast(WorkoutContent, row.document),
            original=row.original,
            created_ms=row.created_ms,
            removed_ms=row.removed_ms,
        )

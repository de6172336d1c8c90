"""What is asked before something of another system is taken in: whether it is here, and what people did with it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.edits import edit_rows
from homestretch.store.tables.coach import plan_versions, planned_routes, plans
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, gear, health_entries, identities, segments
from homestretch.store.tables.ops import batches, items

#: The origin of imports that are part of a takeover.
ORIGIN = "takeover"
PORTION = 500


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """The outcome of a file or member of an import."""

    path: str
    status: str
    notes: Sequence[str]


def unfinished_batches(reader: Reader, athlete_id: int) -> list[int]:
    """Return the imports of takeovers that were interrupted."""
    mine = (batches.c.athlete_id == athlete_id) & (batches.c.origin == ORIGIN) & (batches.c.state == "running")
    return [row.id for row in reader.rows(select(batches.c.id).where(mine).order_by(batches.c.id))]


def outcomes_in(reader: Reader, batch_id: int) -> list[FileOutcome]:
    """Return what became of the files of an import."""
    query = select(items.c.path, items.c.status, items.c.notes).where(items.c.batch_id == batch_id)
    return [FileOutcome(row.path, row.status, row.notes) for row in reader.rows(query.order_by(items.c.path))]


def activities_of(reader: Reader, athlete_id: int, digests: Collection[str]) -> set[int]:
    """Return the activities that originals are in, wholes in the place of their legs."""
    found: set[int] = set()
    joined = recordings.join(activities, activities.c.id == recordings.c.activity_id)
    for part in batched(sorted(digests), PORTION):
        mine = (recordings.c.athlete_id == athlete_id) & recordings.c.digest.in_(part)
        rows = reader.rows(select(activities.c.id, activities.c.parent_id).select_from(joined).where(mine))
        found |= {row.parent_id or row.id for row in rows}
    return found


def activities_at(reader: Reader, athlete_id: int, start_ms: int, within_ms: int) -> set[int]:
    """Return the activities that began within so many ms of an instant, wholes in the place of their legs."""
    mine = (activities.c.athlete_id == athlete_id) & activities.c.start_ms.between(
        start_ms - within_ms, start_ms + within_ms
    )
    rows = reader.rows(select(activities.c.id, activities.c.parent_id).where(mine))
    return {row.parent_id or row.id for row in rows}


def recorded(reader: Reader, athlete_id: int, digests: Collection[str]) -> set[str]:
    """Return those of the originals that gave a recording."""
    found: set[str] = set()
    for part in batched(sorted(digests), PORTION):
        mine = (recordings.c.athlete_id == athlete_id) & recordings.c.digest.in_(part)
        found |= {row.digest for row in reader.rows(select(recordings.c.digest).where(mine))}
    return found


def edited_fields(reader: Reader, athlete_id: int, activity_id: int) -> set[str]:
    """Return the fields of an activity that somebody ever set, also where that was undone."""
    members = recordings.c.activity_id == activity_id
    subjects = {row.key for row in reader.rows(select(recordings.c.key).where(members))}
    subjects |= {row.key for row in reader.rows(select(identities.c.key).where(identities.c.id == activity_id))}
    return {row.field for row in edit_rows(reader, athlete_id, sorted(subjects)) if row.verb == "set"}


def shown_texts(reader: Reader, activity_id: int) -> dict[str, str | float | None]:
    """Return what an activity shows for fields that people set."""
    columns = {name: activities.c[name] for name in ("name", "description", "sport", "sub_sport", "rpe")}
    row = reader.row(select(*columns.values()).where(activities.c.id == activity_id))
    return {} if row is None else {name: getattr(row, name) for name in columns}


def linked(reader: Reader, athlete_id: int, provider: str) -> set[tuple[str, str]]:
    """Return the keys of a provider with the originals that they are of."""
    mine = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == provider) & in_force()
    query = select(arrivals.c.provider_key, arrivals.c.digest).where(mine, arrivals.c.provider_key.is_not(None))
    return {(row.provider_key, row.digest) for row in reader.rows(query)}


def gear_names(reader: Reader, athlete_id: int) -> dict[str, str | None]:
    """Return the public ids of gear by name without case; None of what was removed."""
    query = select(gear.c.name, gear.c.public_id, gear.c.removed_ms).where(gear.c.athlete_id == athlete_id)
    rows = sorted(reader.rows(query.order_by(gear.c.id.desc())), key=lambda row: row.removed_ms is None)
    return {row.name.casefold(): row.public_id if row.removed_ms is None else None for row in rows}


def entered_values(reader: Reader, athlete_id: int) -> set[tuple[str, str, int | None]]:
    """Return the kind, day and instant of every value that was ever entered, also of removed ones."""
    table = health_entries.c
    query = select(table.kind, table.day, table.at_ms).where(table.athlete_id == athlete_id)
    return {(row.kind, row.day, row.at_ms) for row in reader.rows(query)}


def segment_names(reader: Reader, athlete_id: int) -> Iterator[tuple[str, str]]:
    """Yield the name and family of every segment, also of deleted ones."""
    query = select(segments.c.name, segments.c.family).where(segments.c.athlete_id == athlete_id)
    return ((row.name, row.family) for row in reader.rows(query))


def known_plans(reader: Reader, athlete_id: int) -> set[str]:
    """Return the digests of the versions of every plan, also of removed ones."""
    joined = plan_versions.join(plans, plans.c.id == plan_versions.c.plan_id)
    query = select(plan_versions.c.digest).select_from(joined).where(plans.c.athlete_id == athlete_id)
    return {row.digest for row in reader.rows(query)}


def known_routes(reader: Reader, athlete_id: int) -> set[tuple[str, str]]:
    """Return the name and sport of every planned route, also of removed ones."""
    query = select(planned_routes.c.name, planned_routes.c.sport).where(planned_routes.c.athlete_id == athlete_id)
    return {(row.name, row.sport) for row in reader.rows(query)}

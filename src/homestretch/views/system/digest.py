"""A digest of everything derived: the same originals and edits give the same, in whatever order they came."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import activities, outcomes, pairs, recordings, streams
from homestretch.store.tables.kept import gear
from homestretch.views.system.measures_digest import line, measures_lines
from homestretch.views.system.wellness_digest import wellness_lines

#: Never part of a digest: what the order of arrival decides.
ARBITRARY = {
    "id", "public_id", "parent_id", "primary_id", "athlete_id", "activity_id", "split_from_id", "provenance", "edit_id",
    "gear_id", "gear_set",
}  # fmt: skip


def derived_digest(reader: Reader) -> str:
    """Return the SHA-256 over every outcome, recording, activity, their computed values, and the values of days.

    It covers keys and rounded values, never ids, and only what is there: call `derive_pending` first.
    """
    return hashlib.sha256("\n".join(sorted(derived_lines(reader))).encode()).hexdigest()


def derived_lines(reader: Reader) -> Iterator[str]:
    """Yield a line for each thing that is derived: its kind, and its values as JSON."""
    keys = {
        row.id: f"{row.athlete_id}/{row.key}"
        for row in reader.rows(select(*_named(recordings, "id", "athlete_id", "key")))
    }
    yield from (line("outcome", row._asdict()) for row in reader.rows(select(outcomes)))
    yield from (_recording(reader, row._asdict()) for row in reader.rows(select(recordings)))
    for row in reader.rows(select(pairs)):
        yield line("pair", {**row._asdict(), "a": keys[row.a], "b": keys[row.b], "athlete_id": None})
    members: dict[int, list[str]] = {}
    for row in reader.rows(select(recordings.c.id, recordings.c.activity_id)):
        members.setdefault(row.activity_id, []).append(keys[row.id])
    legs: dict[int, list[str]] = {}
    rows = reader.rows(select(activities))
    for row in rows:
        if row.parent_id is not None:
            legs.setdefault(row.parent_id, []).extend(members.get(row.id, ()))
    gears = {row.id: row.name for row in reader.rows(select(gear.c.id, gear.c.name))}
    names: dict[int, str] = {}
    for row in rows:
        names[row.id] = " ".join(sorted(members.get(row.id) or legs.get(row.id) or []))
        if row.split_from_id is not None:
            names[row.id] = f"{' '.join(sorted(members[row.split_from_id]))} from {row.start_ms}"
        values = {key: value for key, value in row._asdict().items() if key not in ARBITRARY}
        named: dict[str, Any] = {"members": sorted(members.get(row.id, [])), "legs": sorted(legs.get(row.id, []))}
        named |= {"primary": keys.get(row.primary_id), "gear": gears.get(row.gear_id)}
        yield line("activity", {**values, **named})
    yield from measures_lines(reader, names)
    yield from wellness_lines(reader)


def _named(table: Any, *names: str) -> list[Any]:
    return [table.c[name] for name in names]


def _recording(reader: Reader, row: dict[str, Any]) -> str:
    blob = reader.scalar(select(streams.c.blob).where(streams.c.recording_id == row["id"]))
    row = {key: value for key, value in row.items() if key not in ARBITRARY | {"detail"}}
    return line("recording", {**row, "streams": hashlib.sha256(blob or b"").hexdigest()})

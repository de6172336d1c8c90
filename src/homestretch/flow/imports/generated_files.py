"""Files that an import expects and that this machine makes itself: which are lacking, and handing them over."""

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select, update

from homestretch.flow.runtime.context import Context
from homestretch.store.tables.ops import batches, items


def missing_batches(context: Context, origin: str, athlete_id: int | None = None) -> list[int]:
    """Return the imports of this origin (of one athlete, or of all) that still receive files."""
    query = select(batches.c.id).where(batches.c.state == "receiving", batches.c.origin == origin)
    if athlete_id is not None:
        query = query.where(batches.c.athlete_id == athlete_id)
    with context.database.read() as reader:
        return [row.id for row in reader.rows(query)]


def declared_batch(context: Context, origin: str, athlete_id: int) -> int | None:
    """Return the newest import of an athlete of this origin that has any files, or None."""
    mine = (batches.c.athlete_id == athlete_id) & (batches.c.origin == origin)
    query = select(batches.c.id).join(items, items.c.batch_id == batches.c.id).where(mine)
    with context.database.read() as reader:
        found: int | None = reader.scalar(query.order_by(batches.c.id.desc()).limit(1))
    return found


def missing(context: Context, batch_id: int) -> list[tuple[int, str]]:
    """Return (item, path) of the files that an import still expects, in the order in which they were declared."""
    mine = (items.c.batch_id == batch_id) & (items.c.status == "expected")
    with context.database.read() as reader:
        return [(row.id, row.path) for row in reader.rows(select(items.c.id, items.c.path).where(mine).order_by("id"))]


def hand_over(context: Context, batch_id: int, files: Sequence[tuple[int, bytes]]) -> None:
    """Put the files (item, bytes) on the disk and queue them for import. Raises DiskNearlyFull."""
    context.must_have_room(sum(len(data) for _, data in files))
    folder = context.settings.uploads_dir / str(batch_id)
    folder.mkdir(parents=True, exist_ok=True)
    ready = [(item, _written(folder / f"{item}.part", data), len(data)) for item, data in files]
    with context.database.write() as session:
        for item, place, size in ready:
            row = {"status": "waiting", "size": size, "received": size, "place": str(place)}
            # An import that was closed or undone in between wants no more of them.
            session.run(update(items).where(items.c.id == item, items.c.status == "expected").values(row))


def _written(place: Path, data: bytes) -> Path:
    with place.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return place.absolute()

"""What is new of the last days: records over all time, and explorer tiles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from homestretch.analysis.geometry.tiles import EXPLORER_ZOOM, tile_of
from homestretch.model.documents.today import NewThing
from homestretch.store.database import Reader
from homestretch.store.queries.today import PlacedEffort, RecentActivity, new_cells
from homestretch.store.scope import Scope
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.statistics_scope import day, everywhere

#: So many new things are shown, and so many records of one activity among them.
MOST, MOST_OF_ONE = 6, 2


def news(
    reader: Reader, scope: Scope, last: Sequence[RecentActivity], placed: Sequence[PlacedEffort]
) -> list[NewThing]:
    """Return what is new of the `last` days, the latest first, with their best efforts as they are `placed`."""
    rows = {row.id: row for row in last}
    found = [*_records(rows, placed), *_tiles(reader, scope, rows)]
    return sorted(found, key=lambda one: one["day"], reverse=True)[:MOST]


def _records(last: Mapping[int, RecentActivity], placed: Sequence[PlacedEffort]) -> list[NewThing]:
    """Return the best efforts of some activities that are the best over all time."""
    shown: Counter[int] = Counter()
    found: list[NewThing] = []
    for row in placed:
        if row.rank > 1 or row.activity_id not in last:
            continue
        shown[row.activity_id] += 1
        if shown[row.activity_id] <= MOST_OF_ONE:
            found.append(_thing(last[row.activity_id], "record", abs(row.goodness), row.kind, row.size))
    return found


def _tiles(reader: Reader, scope: Scope, last: Mapping[int, RecentActivity]) -> list[NewThing]:
    """Return which of some activities were the first in tiles, and in how many; none that are hidden as a whole."""
    found = new_cells(reader, everywhere(scope), list(last))
    if not found:
        return []
    x, y = tile_of(np.array([cell for cell, _ in found], dtype=np.int64))
    free = privacy_mask(reader, scope).free(x, y, EXPLORER_ZOOM)
    counts = Counter(number for (_, number), shown in zip(found, free.tolist(), strict=True) if shown)
    return [_thing(last[number], "tiles", float(count)) for number, count in counts.items()]


def _thing(
    row: RecentActivity,
    kind: Literal["record", "tiles"],
    value: float,
    effort: str | None = None,
    size: float | None = None,
) -> NewThing:
    return {
        "kind": kind,
        "day": day(row.local_ms).isoformat(),
        "activity": row.public_id,
        "name": row.name,
        "sport": row.sport,
        "effort": effort,
        "size": size,
        "value": value,
    }

"""Whether what measuring wrote is there: rows can be lost while the fingerprints that speak for them stay."""

from collections import Counter

from sqlalchemy import func, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import bests, cells, curves, measures, metrics, tracks

#: The tables that the parts of an activity's measuring write.
WRITTEN = (metrics, curves, bests, tracks, cells)


def incomplete(reader: Reader) -> list[int]:
    """Return the activities that have more or fewer rows than measuring wrote of them; ask this of a snapshot."""
    said = reader.rows(select(measures.c.activity_id, measures.c.written))
    written = {row.activity_id: sum(row.written.values()) for row in said}
    there: Counter[int] = Counter()
    for table in WRITTEN:
        count = func.count().label("rows")
        query = select(table.c.activity_id, count).group_by(table.c.activity_id)
        there.update({row.activity_id: row.rows for row in reader.rows(query)})
    return sorted(one for one in written.keys() | there.keys() if written.get(one, 0) != there[one])

"""How originals came: an answer replaces an earlier one of the same thing, and nobody else's."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from homestretch.flow.runtime.context import Context
from homestretch.store.queries.arrivals import earlier, replaced
from homestretch.store.tables.kept import arrivals, athletes, originals
from tests.store.rows import put_rows

FIRST: dict[str, Any] = {
    "athlete_id": 1, "digest": "old", "provider": "intervals", "provider_key": "i1", "path": "intervals/i1.json",
}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "replaces"),
    [({}, True), ({"athlete_id": 2}, False), ({"provider": "strava"}, False), ({"provider_key": "i2"}, False),
     ({"path": "intervals/i1-laps.json"}, False), ({"undone_ms": 5}, False), ({"purged_ms": 5}, False)],
)  # fmt: skip
def test_only_one_s_own_answer_of_the_same_thing_replaces_another(
    sqlite_context: Context, other: dict[str, Any], replaces: bool
) -> None:
    with sqlite_context.database.write() as session:
        for number in (1, 2):
            session.run(insert(athletes), {"id": number, "name": "x", "created_ms": 0})
        put_rows(session, originals, [{"digest": "old"}, {"digest": "new"}])
        for row in ({"id": 1, **FIRST}, {"id": 2, **FIRST, "digest": "new", **other}):
            put_rows(session, arrivals, [row])
        gone = [row.digest for row in session.rows(select(arrivals.c.digest).where(replaced()))]
        newest = session.rows(select(arrivals).where(arrivals.c.id == 2))[0]
        if not {"undone_ms", "purged_ms"} & other.keys():
            assert earlier(session, newest) == (["old"] if replaces else [])
    assert gone == (["old"] if replaces else [])

"""The calendar by months: what was done, and where each source stands with it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from homestretch.errors import BadRequest
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.runs import refetch_days, sync_now
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from homestretch.views.page.calendar import calendar, calendar_month, month_end, months_between, ready_connections
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY

FIRST = datetime(2026, 10, 30, 7, tzinfo=UTC)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(*(trip(k, FIRST + timedelta(days=k)) for k in range(4))) as made:
        yield made


def test_months_say_what_was_done_and_what_sources_were_asked(
    context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders
) -> None:
    connected = joined(context, scope, fake, "ridewithgps", "key", KEY)
    connected.run()
    rederive(connected.context, scope.athlete_id, decoders)
    with context.database.read() as reader:
        found = calendar(reader, scope, date(2026, 9, 1), date(2026, 11, 1))
        november = calendar_month(reader, scope, date(2026, 11, 1))
        assert ready_connections(reader, scope) == [connected.id]
    assert [(m, found["months"][m]["count"]) for m in found["months"]] == [
        ("2026-09", 0),
        ("2026-10", 2),
        ("2026-11", 2),
    ]
    assert found["months"]["2026-09"]["sources"] == {}
    there = found["months"]["2026-11"]["sources"][connected.id]
    assert (there["state"], there["activities"], there["wanted"], there["failed"]) == ("done", 2, 0, 0)
    assert found["months"]["2026-10"]["distance_m"] > 0
    assert sorted(november["days"]) == ["2026-11-01", "2026-11-02"] and november["count"] == 2
    refetch_days(connected.context, scope, connected.id, "2026-11-01", "2026-11-30")
    with context.database.read() as reader:
        assert calendar_month(reader, scope, date(2026, 11, 1))["sources"][connected.id]["state"] == "queued"
        assert calendar_month(reader, scope, date(2026, 10, 1))["sources"][connected.id]["state"] == "done"
    connected.run()
    with context.database.read() as reader:
        assert calendar_month(reader, scope, date(2026, 11, 1))["sources"][connected.id]["state"] == "done"
    sync_now(connected.context, scope, connected.id, since="2026-08-01", until="2026-10-31")
    with context.database.read() as reader:
        asked = calendar(reader, scope, date(2026, 7, 1), date(2026, 11, 1))["months"]
    states = {month: one["sources"][connected.id]["state"] for month, one in asked.items() if one["sources"]}
    assert states == {
        "2026-08": "queued", "2026-09": "queued", "2026-10": "queued", "2026-11": "done"
    }  # fmt: skip
    connected.run()
    with context.database.read() as reader:
        viewer = Scope(scope.athlete_id, None, "viewer")
        assert calendar(reader, viewer, date(2026, 11, 1), date(2026, 11, 1))["sources"] == []


def test_months_are_counted() -> None:
    assert months_between(date(2025, 11, 1), date(2026, 2, 1)) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)
    ]  # fmt: skip
    assert [month_end(date(2024, m, 1)).day for m in (1, 2, 4, 12)] == [31, 29, 30, 31]
    for first, last in ((date(2026, 2, 1), date(2026, 1, 1)), (date(1900, 1, 1), date(2026, 1, 1))):
        with pytest.raises(BadRequest):
            months_between(first, last)

"""A provider that names the session of an activity matches the two; what a person says of them wins."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from homestretch.flow.coach import changes
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.net import budget as calls
from homestretch.sources.intervals import client
from homestretch.store.queries.sent_sessions import sent_of
from homestretch.store.scope import Scope
from homestretch.views.coach.today import plan_today
from tests.fakes.garmin import FakeGarmin
from tests.fakes.intervals import FakeIntervals, activity, fit_of
from tests.flow.writeback.sent import There, account, garmin, intervals

#: The day of the first sessions of a plan, and hours after its end.
MONDAY = date(2026, 12, 7)
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


@pytest.fixture(params=["garmin", "intervals"])
def there(
    request: pytest.FixtureRequest, sqlite_context: Context, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> Iterator[There]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    monkeypatch.setattr(client, "today", lambda: MONDAY + timedelta(days=3))
    if request.param == "garmin":
        with account() as fake:
            yield garmin(sqlite_context, scope, fake)
        return
    with FakeIntervals() as site:
        yield intervals(sqlite_context, scope, site, "key")


def done(there: There, decoders: Decoders, key: str) -> str:
    """Let a run be done that is the workout of a key there, and is nothing like it; return its id here."""
    fake = there.connected.fake
    if isinstance(fake, FakeGarmin):
        made = fake.account.add_activity(
            "running", start_ms=round(NOON.timestamp() * 1000), workout=int(key), seconds=300
        )
        assert made
    else:
        fake.activities["i9"] = activity("i9", NOON, paired_event_id=int(key))
        fake.files["i9"] = fit_of(NOON)
    there.connected.clock.set(MONDAY + timedelta(days=2))
    there.connected.run()
    decode_stale(there.context, there.scope.athlete_id)
    rederive(there.context, there.scope.athlete_id, decoders)
    with there.context.database.read() as reader:
        found = plan_today(reader, there.scope, there.context.clock())
    [name] = [one["id"] for one in found["extra"]] + [one["activity"] for one in found["sessions"] if one["activity"]]
    return name


def states(there: There) -> dict[str, tuple[str, str | None]]:
    with there.context.database.read() as reader:
        found = plan_today(reader, there.scope, there.context.clock())
    return {one["id"]: (one["state"], one["activity"]) for one in found["sessions"]}


def test_the_session_that_a_provider_names_is_done(there: There, decoders: Decoders) -> None:
    there.send()
    with there.context.database.read() as reader:
        sent = {one.session: one for one in sent_of(reader, there.scope.athlete_id)}
    named = max((one for one in sent.values() if one.day < "2026-12-14"), key=lambda one: one.day)
    name = done(there, decoders, named.remote_key)
    assert states(there)[named.session] == ("done", name), "days later, and by nothing but its name"
    other = min(sent.values(), key=lambda one: one.day).session
    changes.link(there.context, there.scope, other, name, None)
    assert states(there)[other] == ("done", name) and states(there)[named.session][0] == "open"
    changes.link(there.context, there.scope, other, None, None)
    changes.link(there.context, there.scope, named.session, None, "tired")
    assert states(there)[named.session] == ("skipped", None)

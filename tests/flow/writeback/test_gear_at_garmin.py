"""Gear at Garmin: how far each item went there beside what it did here, and which activities it was used in."""

from collections.abc import Iterator

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.edit import gear
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.gear import GearList
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import remote_items
from homestretch.views.gear.gear import gear_list
from homestretch.views.gear.remote_gear import CalledThere
from tests.fakes.garmin import FakeGarmin
from tests.fakes.garmin.profile import gear_stats, gear_uuid
from tests.sources.connected import Connected, small
from tests.taking import listed


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    account = small(6, 2)
    for place, (_, _, number) in enumerate(account.newest()):
        account.edit_activity(number, gear=(0, 0, 1, 0, -1, 2)[place])
    with FakeGarmin(account) as made:
        yield made
        assert made.problems == [] and made.counts.unknown() == []


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders) -> Connected:
    made = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    made.run()
    rederive(made.context, scope.athlete_id, decoders)
    decode_stale(made.context, scope.athlete_id)
    return made


def shown(connected: Connected) -> GearList:
    """Return the gear as its page shows it."""
    with connected.context.database.read() as reader:
        return gear_list(reader, connected.scope, connected.context.clock())


def used(connected: Connected) -> dict[str, str | None]:
    """Return what Garmin's activities are known to have been done on, by their keys."""
    rows = connected.rows(remote_items, remote_items.c.kind == "activity")
    return {row.key: row.details.get("gear") for row in rows}


def there(fake: FakeGarmin) -> dict[str, str | None]:
    """Return the same as Garmin has it."""
    account = fake.account
    places = {str(number): account.facts(number).gear for _, _, number in account.newest()}
    return {key: None if place < 0 else gear_uuid(account, place) for key, place in places.items()}


def test_what_garmin_knows_of_its_items(connected: Connected, fake: FakeGarmin) -> None:
    found = {one["key"]: one for one in shown(connected)["unknown"]}
    assert len(found) == 3 and used(connected) == there(fake)
    for place in range(3):
        one, told = found[gear_uuid(fake.account, place)], gear_stats(fake.account, place)
        assert one["distance_m"] == pytest.approx(told["totalDistance"])
        assert one["activities"] == told["totalActivities"] > 0 and one["retired"] is (place == 1)


def test_an_item_of_ours_is_compared_with_garmins(connected: Connected, fake: FakeGarmin) -> None:
    uuid, far = gear_uuid(fake.account, 0), gear_stats(fake.account, 0)["totalDistance"]
    gear.add(connected.context, connected.scope, {"name": "Ours", "distance_m": 100_000.0}, ("garmin", uuid))
    [ours] = shown(connected)["items"]
    [alias] = ours["aliases"]
    assert ours["activities"] == 3 and ours["distance_m"] == pytest.approx(100_000.0 + far, rel=0.02)
    assert alias["basis"] == "total" and alias["distance_m"] == pytest.approx(far) and alias["mismatch"]
    gear.change(connected.context, connected.scope, ours["id"], {"distance_m": 0.0})
    [ours] = shown(connected)["items"]
    assert not ours["aliases"][0]["mismatch"]


def test_an_activity_is_compared_by_its_gear(connected: Connected, fake: FakeGarmin) -> None:
    uuid = gear_uuid(fake.account, 0)
    gear.add(connected.context, connected.scope, {"name": "Ours"}, ("garmin", uuid))
    rows = connected.rows(remote_items, remote_items.c.kind == "activity")
    with connected.context.database.read() as reader:
        called = CalledThere.of(reader, connected.scope.athlete_id, connected.row)
        [number] = called.names
        said = [called.compare(number, row.details) for row in rows]
    assert called.lists_gear and [one["same"] for one in said if one].count(False) == 1, "where Garmin says: none"
    assert len([one for one in said if one and one["here"] == one["there"] == uuid]) == 3


def test_what_changes_there_is_known_with_the_next_activity(
    connected: Connected, fake: FakeGarmin, scope: Scope, decoders: Decoders
) -> None:
    uuid = gear_uuid(fake.account, 0)
    gear.add(connected.context, scope, {"name": "Ours"}, ("garmin", uuid))
    connected.next_turn()
    connected.run()
    assert connected.asked("gear-service") == [], "once a day is enough"
    connected.clock.ahead(days=5)
    connected.run()
    assert connected.asked("gear-service") == [], "without activities since there is nothing to ask"
    fake.account.add_activity(start_ms=connected.clock.ms - 3_600_000)
    for _, _, number in fake.account.newest():
        fake.account.edit_activity(number, gear=2)
    connected.next_turn()
    connected.run()
    asked = connected.asked("/gear")
    assert len(asked) == 7 and len([url for url in asked if "/stats/" in url]) == 3
    rederive(connected.context, scope.athlete_id, decoders)
    decode_stale(connected.context, scope.athlete_id)
    assert used(connected) == there(fake) and set(used(connected).values()) == {gear_uuid(fake.account, 2)}
    [ours] = shown(connected)["items"]
    assert (ours["activities"], ours["aliases"][0]["distance_m"]) == (0, 0.0)
    assert all(one["gear"] is None for one in listed(connected.context, scope))

"""Google Health from sign-in to days, nights and workouts, on its fake."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.edit.health import Entry, add_entry
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.formats import tcx
from homestretch.formats.fit.encode import encode
from homestretch.model.moment import iso
from homestretch.sources.google_health.data_types import TYPES
from homestretch.sources.google_health.decode import decode
from homestretch.sources.google_health.sign_in import NoLastingToken, NothingAllowed, ScopeUnknown
from homestretch.store.queries.measurements import read_values
from homestretch.store.queries.payloads import current, read_payloads
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import remote_items
from homestretch.views.health.overview import health_overview
from homestretch.views.sources.sources import connection
from tests.fakes.google_health import FakeGoogleHealth
from tests.fakes.google_health.account import night
from tests.fakes.google_health.server import tcx_of
from tests.flow.derive.test_any_order import at, by
from tests.sources.connected import TODAY, Connected
from tests.sources.google_health.conftest import APP, Join
from tests.sources.joined import address_in, joined
from tests.taking import listed, take_in

#: Requests of a batch of ten days but for workouts, which are listed apart.
BATCH = 19
STATUS = 3
WORKOUTS = remote_items.c.kind == "activity"


def held(connected: Connected, kind: str) -> list[Any]:
    """Return what the payloads that hold say of a kind, decoded, in the order of their keys."""
    with connected.context.database.read() as reader:
        rows = reader.rows(current(connected.scope.athlete_id, kind))
        data = read_payloads(reader, [row.id for row in rows])
    return [decode(kind, data[row.id]) for row in sorted(rows, key=lambda row: str(row.key))]


def values(connected: Connected, kind: str, measured: str | None = None) -> dict[str, float]:
    """Return the values of a kind by day; `measured` is our key of the measurement where it is another."""
    found = (one for wellness in held(connected, kind) for one in wellness.measurements)
    return {one.day: one.value for one in found if one.kind == (measured or kind)}


def lacks(connected: Connected) -> list[str]:
    """Return what a connection is shown to lack."""
    with connected.context.database.read() as reader:
        return list(connection(reader, connected.scope, connected.id, connected.clock())["lacks"])


def test_days_nights_and_workouts_come(
    context: Context, scope: Scope, fake: FakeGoogleHealth, decoders: Decoders
) -> None:
    connected = joined(context, scope, fake, "google_health", "oauth", APP)
    connected.run()
    account, row = fake.account, connected.row
    assert (row.label, row.remote_account["key"]) == ("Google Health ABC123", "1234567890")
    assert (row.remote_account["zone"], row.remote_account["since"]) == ("Europe/Helsinki", account.first.isoformat())
    worn = [day for day in account.days if account.is_worn(day)]
    assert values(connected, "steps") == {
        day.isoformat(): float((account.totals("steps", day) or {})["countSum"]) for day in worn
    }
    nights = [one for wellness in held(connected, "sleep") for one in wellness.nights]
    assert sorted(one.day for one in nights) == sorted(day.isoformat() for day in worn)
    assert {one.asleep_s for one in nights} == {6 * 3600.0}
    assert connected.states() == {"have": len(connected.rows(remote_items))}
    runs = account.workouts()
    assert sorted(str(row.provider_key) for row in connected.rows(arrivals)) == sorted(runs)
    decode_stale(connected.context, scope.athlete_id)
    rederive(connected.context, scope.athlete_id, decoders)
    activities = listed(connected.context, scope)
    assert {one["formats"][0] for one in activities} == {"tcx"} and len(activities) == len(runs)
    assert fake.counts.repeats().keys() <= {f"POST /v4/users/me/dataTypes/{one.name}/dataPoints:dailyRollUp"
                                            for one in TYPES}  # fmt: skip


@pytest.mark.parametrize("has_files", [True, False])
def test_a_workout_and_the_watch_s_file_are_one(
    sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth, decoders: Decoders, has_files: bool
) -> None:
    """With Google's TCX, and where there are only its figures."""
    fake.has_files = has_files
    connected = joined(sqlite_context, scope, fake, "google_health", "oauth", APP)
    connected.run()
    rederive(sqlite_context, scope.athlete_id, decoders)
    runs = fake.account.workouts()
    assert len(listed(sqlite_context, scope)) == len(runs) > 0
    files = {}
    for key, point in runs.items():
        (recording,) = tcx.decode(tcx_of(point)).recordings
        files[f"{key}.fit"] = encode(by("9", at(replace(recording, totals={}, laps=()), 12_000)))
    take_in(sqlite_context, scope, decoders, files)
    activities = listed(sqlite_context, scope)
    assert [sorted(one["formats"]) for one in activities] == [
        ["fit", "tcx"] if has_files else ["fit", "google_health"]
    ] * len(runs)
    assert {one["sport"] for one in activities} == {"running"}


def test_synced_is_when_the_last_sync_was(
    sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth, decoders: Decoders
) -> None:
    """Not when something was typed in, and not the end of the days in a table."""

    def synced() -> str | None:
        with sqlite_context.database.read() as reader:
            return health_overview(reader, scope, TODAY, TODAY)["synced"]

    table = f"Date,Weight (kg)\n{TODAY + timedelta(days=1)},70.5\n".encode()
    take_in(sqlite_context, scope, decoders, {"weights.csv": table})
    add_entry(sqlite_context, scope, Entry("weight_kg", 70.0, TODAY))
    assert synced() is None
    connected = joined(sqlite_context, scope, fake, "google_health", "oauth", APP)
    connected.run()
    decode_stale(sqlite_context, scope.athlete_id)
    first = synced()
    assert first is not None and first[:19] == iso(connected.clock.ms)[:19]
    connected.clock.ahead(days=2)
    add_entry(connected.context, scope, Entry("weight_kg", 71.0, TODAY))
    assert synced() == first
    connected.run()
    assert (synced() or "")[:19] == iso(connected.clock.ms)[:19] > first, "also where nothing was new"


def test_what_a_run_costs(join: Join, fake: FakeGoogleHealth, capsys: pytest.CaptureFixture[str]) -> None:
    """As the plan counts: nothing new 3, a day 20 and 3, with intraday about 30 more than that, a batch 20."""
    fake.account.every = 10_000_000
    connected = join()
    costs = {"first sync of 12 days": sum(connected.run().values())}
    connected.next_turn()
    costs["nothing new"] = sum(connected.run().values())
    fake.devices[0]["lastSyncTime"] = f"{TODAY}T13:00:00Z"
    connected.next_turn()
    costs["a day"] = sum(connected.run().values())
    with capsys.disabled():
        print("\n" + "\n".join(f"{name:>24}: {count} requests" for name, count in costs.items()))
    assert costs["nothing new"] == STATUS
    assert costs["a day"] == 20 + STATUS
    assert costs["first sync of 12 days"] == 2 * BATCH + 1 + STATUS


def test_what_a_year_costs(join: Join, fake: FakeGoogleHealth, capsys: pytest.CaptureFixture[str]) -> None:
    """What is planned for it, an item a request, before anything of it is fetched."""
    fake.account.first = fake.member_since = TODAY - timedelta(days=364)
    connected = join()
    fake.fault("*/dataTypes/[!e]*", "429json")
    requests = sum(connected.run().values()) - 1
    blocks = connected.states(remote_items.c.kind.not_in(["activity", "devices"]))["wanted"]
    with capsys.disabled():
        print(f"\n{'a year':>24}: {blocks + requests} requests, and one for the file of each workout")
    assert blocks in (37 * BATCH, 38 * BATCH) and requests == STATUS + 5
    assert abs(blocks + requests - 740) <= 40


def test_what_a_day_costs_with_intraday(join: Join, fake: FakeGoogleHealth) -> None:
    """Heart rate comes in pages of what is about a sixth of a day; of two days, for today is asked too."""
    fake.account.every, fake.page = 10_000_000, 480
    fake.account.first = fake.member_since = TODAY - timedelta(days=1)
    connected = join(intraday=True, heart_rate=True, reread="yesterday")
    connected.run()
    fake.devices[0]["lastSyncTime"] = f"{TODAY}T13:00:00Z"
    connected.next_turn()
    routes = connected.run()
    heart_rates = len(connected.asked("/heart-rate/dataPoints:reconcile"))
    assert heart_rates == 6
    # The pages of this fake are a tenth of Google's, and a batch of ten days of steps would be one of these.
    steps = len(connected.asked("/steps/dataPoints:reconcile"))
    assert sum(routes.values()) - steps - len(connected.asked("/heart-rate-variability/")) + 2 <= 36
    [means] = held(connected, "heart_rate")[-1:]
    assert len(means.series[0].values) == 1440 and set(means.series[0].values.tolist()) == {
        60.0 + (TODAY - timedelta(days=1)).toordinal() % 20
    }


def test_pages_are_followed_to_the_end(join: Join, fake: FakeGoogleHealth) -> None:
    """Also the empty ones, which come first here, and a point that two pages have is there once."""
    fake.page, fake.gaps, fake.twins = 3, True, True
    connected = join()
    connected.run()
    worn = [day.isoformat() for day in fake.account.days if fake.account.is_worn(day)]
    assert sorted(values(connected, "weight", "weight_kg")) == sorted(worn)
    assert sorted(values(connected, "resting_heart_rate", "resting_heart_rate_bpm")) == sorted(worn)
    assert sorted(values(connected, "steps")) == sorted(worn)


def test_a_page_token_that_ran_out_is_asked_anew(join: Join, fake: FakeGoogleHealth) -> None:
    fake.page, fake.expires = 3, 1
    connected = join()
    connected.run()
    assert fake.expires == 0 and connected.states(remote_items.c.state == "failed") == {}
    assert len(values(connected, "weight", "weight_kg")) == sum(map(fake.account.is_worn, fake.account.days))


def test_sleep_without_filters_is_read_newest_first(join: Join, fake: FakeGoogleHealth) -> None:
    fake.filters_sleep = False
    connected = join()
    connected.run()
    nights = {one.day for wellness in held(connected, "sleep") for one in wellness.nights}
    assert nights == {day.isoformat() for day in fake.account.days if fake.account.is_worn(day)}


def test_what_was_not_allowed_is_not_asked(join: Join, fake: FakeGoogleHealth) -> None:
    fake.grants.ticked = frozenset({"sleep", "settings"})
    connected = join()
    connected.run()
    assert {row.kind for row in connected.rows(remote_items)} == {"sleep", "devices"}
    assert not connected.asked("dataTypes/steps") and connected.row.state == "ready"
    shown = lacks(connected)
    assert {"Workouts", "Steps", "Weight"} <= set(shown) and "Sleep" not in shown
    assert "steps" in connected.row.remote_account["lacks"]


def test_a_refused_type_is_left_out_until_the_next_sign_in(join: Join, fake: FakeGoogleHealth) -> None:
    fake.denied = {"weight"}
    connected = join()
    connected.run()
    assert lacks(connected) == ["Weight"] and connected.row.state == "ready"
    assert len(connected.asked("dataTypes/weight/")) == 1
    assert [line["kind"] for line in connected.said("not_allowed")] == ["weight"]
    fake.denied = set()
    again = joined(connected.context, connected.scope, fake, "google_health", "oauth", APP)
    assert again.id == connected.id
    again.run()
    assert len(values(again, "weight", "weight_kg")) == sum(map(fake.account.is_worn, fake.account.days))


def test_without_files_workouts_are_totals(
    sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth, decoders: Decoders
) -> None:
    fake.grants.ticked = fake.grants.ticked - {"location"}
    connected = joined(sqlite_context, scope, fake, "google_health", "oauth", APP)
    connected.run()
    assert not connected.asked("exportExerciseTcx")
    decode_stale(connected.context, scope.athlete_id)
    rederive(connected.context, scope.athlete_id, decoders)
    activities = listed(connected.context, scope)
    assert {(one["formats"][0], one["sport"], one["distance_m"]) for one in activities} == {
        ("google_health", "running", 8000.0)
    }
    assert len(activities) == len(fake.account.workouts())


def test_corrected_and_deleted_points(join: Join, fake: FakeGoogleHealth) -> None:
    """A day of last month is read again within a week, one that a device was synced late for at once."""
    fake.account.first = fake.member_since = TODAY - timedelta(days=30)
    day, gone = TODAY - timedelta(days=26), TODAY - timedelta(days=25)
    assert fake.account.is_worn(day) and fake.account.is_worn(gone)
    connected = join()
    connected.run()
    fake.account.change("weight", day, lambda point: point["weight"].update(weightGrams=81_000))
    fake.account.changes["weight", gone] = []
    connected.clock.ahead(days=8)
    connected.run()
    weights = values(connected, "weight", "weight_kg")
    assert weights[day.isoformat()] == 81.0 and gone.isoformat() not in weights
    kinds = [(row.kind, row.key) for row in connected.rows(payloads) if row.kind == "weight"]
    assert len(kinds) > len(set(kinds)), "what was said of days that are over is kept beside the correction"


def test_a_type_whose_last_point_was_deleted(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    for day in fake.account.days:
        fake.account.changes["body-fat", day] = []
    connected.clock.ahead(days=8)
    connected.run()
    assert values(connected, "body_fat", "body_fat_pct") == {}


def test_days_before_a_late_sync_are_read_again(join: Join, fake: FakeGoogleHealth) -> None:
    """A device that was in a drawer for a month has days to tell of that were read as empty."""
    fake.account.first = fake.member_since = TODAY - timedelta(days=40)
    fake.devices = [fake.device("77", "Pixel Watch 4", TODAY - timedelta(days=32), 12)]
    late = [day for day in fake.account.days if day > TODAY - timedelta(days=32)]
    for day in late:
        fake.account.changes["steps:dailyRollUp", day] = []
    connected = join()
    connected.run()
    assert max(values(connected, "steps")) <= (TODAY - timedelta(days=32)).isoformat()
    fake.account.changes.clear()
    fake.devices = [fake.device("77", "Pixel Watch 4", TODAY, 12.5)]
    connected.next_turn()
    connected.run()
    assert set(values(connected, "steps")) >= {day.isoformat() for day in late if fake.account.is_worn(day)}


def test_a_night_that_google_still_works_on_is_asked_again(join: Join, fake: FakeGoogleHealth) -> None:
    """Two days later, in a block that would not be read again otherwise."""
    day = next(day for day in fake.account.days if (day - date(1970, 1, 1)).days % 10 == 9)
    fake.account.last = day
    connected = join()
    start, end = fake.account.at(day - timedelta(days=1), 23), fake.account.at(day, 7)
    raw = night(start, end, "raw", processed=None, stagesStatus=None)
    del raw["sleep"]["stages"]
    fake.account.changes["sleep", day] = [raw]
    connected.clock.set(day)
    connected.run()
    assert held(connected, "sleep")[-1].nights[-1].stages == ()
    fake.account.changes["sleep", day] = [night(start, end, "raw")]
    connected.clock.set(day + timedelta(days=2), 13)
    connected.run()
    found = [one for wellness in held(connected, "sleep") for one in wellness.nights if one.day == day.isoformat()]
    assert [len(one.stages) for one in found] == [32]


def test_a_quiet_account_is_read_whole_every_six_hours(join: Join, fake: FakeGoogleHealth) -> None:
    """For scales and phones do not show among the devices."""
    connected = join()
    connected.run()
    costs = []
    for _ in range(7):
        connected.next_turn()
        costs.append(sum(connected.run().values()))
    assert costs[:5] == [STATUS] * 5 and max(costs[5:]) > STATUS


def test_more_kinds_come_as_soon_as_they_are_switched_on(join: Join, fake: FakeGoogleHealth) -> None:
    fake.account.first = fake.member_since = TODAY - timedelta(days=3)
    connected = join()
    connected.run()
    flow.change(connected.context, connected.scope, connected.id, settings={"more": True})
    connected.next_turn()
    connected.run()
    day = TODAY.isoformat()
    assert values(connected, "blood_glucose", "blood_glucose_mmol_l")[day] == 5.0
    assert values(connected, "body_temperature", "body_temperature_c")[day] == 36.6
    assert values(connected, "running_vo2max", "vo2max_running")[day] == 51.5


def test_a_backfill_without_a_first_day_ends_where_nothing_is(join: Join, fake: FakeGoogleHealth) -> None:
    """After nine batches without anything, although accounts may go back to 2008."""
    fake.member_since = None
    connected = join()
    requests = sum(connected.run().values())
    assert connected.runs() == [("first", "done")]
    assert len(values(connected, "steps")) == sum(map(fake.account.is_worn, fake.account.days))
    assert 11 * BATCH <= requests <= 13 * BATCH
    connected.clock.ahead(days=8)
    assert sum(connected.run().values()) < 6 * BATCH, "nor does the next whole sync ask for it"


def test_reconnecting_keeps_the_place(join: Join, fake: FakeGoogleHealth) -> None:
    """The project's ID and secret are not asked for again."""
    fake.account.first = fake.member_since = TODAY - timedelta(days=60)
    connected = join()
    fake.fault("GET /*daily-vo2-max*", 401, after=3)
    fake.fault("POST /token", 400, after=0)
    while connected.due:
        connected.slice()
    assert connected.row.state == "sign_in" and connected.told() == ["sign_in_needed"]
    before = connected.states(remote_items.c.state == "have")["have"]
    fake.faults.clear()
    context, scope = connected.context, connected.scope
    assert flow.sign_in(context, scope, "google_health", "oauth", {}, connected.id) == connected.id
    flow.answer(context, scope, connected.id, {"redirect": fake.allow(address_in(connected))})
    again = Connected(context, scope, connected.fake, connected.clock, connected.id)
    again.run()
    assert set(again.states()) == {"have"} and again.states()["have"] > before > 0
    asked = [url for url in again.asked("daily-vo2-max") if again.asked("daily-vo2-max").count(url) > 1]
    assert asked == []


def test_an_access_that_is_denied_for_good(join: Join, fake: FakeGoogleHealth) -> None:
    """Once may be Google's fault; again after ten minutes the sign-in is asked for, and the place is kept."""
    connected = join()
    fake.trouble = "RESOURCE_PERMISSION_DENIED"
    connected.run()
    assert connected.row.state == "backed_off" and "RESOURCE_PERMISSION_DENIED" in connected.row.reason
    connected.clock.ahead(minutes=9)
    assert not connected.due
    connected.clock.ahead(minutes=2)
    connected.run()
    assert connected.row.state == "sign_in"


def test_a_project_without_the_interface_says_what_to_do(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    fake.trouble = "SERVICE_DISABLED"
    connected.run()
    assert connected.row.state == "backed_off" and "choose Enable" in connected.row.reason
    fake.trouble = "ACCOUNT_NOT_LINKED"
    connected.clock.ahead(minutes=16)
    connected.run()
    assert connected.row.state == "sign_in" and "no Fitbit or Google Health data" in connected.row.reason


def test_workouts_that_may_no_longer_be_listed_are_not_gone(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    count = connected.states(WORKOUTS)["have"]
    fake.denied = {"exercise"}
    connected.clock.ahead(days=1)
    connected.run()
    assert connected.states(WORKOUTS) == {"have": count} and count > 0
    assert connected.row.state == "ready" and lacks(connected) == ["Workouts"]


def test_devices_that_may_not_be_seen_leave_the_rest(join: Join, fake: FakeGoogleHealth) -> None:
    fake.hides_devices = True
    connected = join()
    connected.run()
    assert connected.runs() == [("first", "done")] and values(connected, "steps")


def test_a_gate_keeper_before_google_is_waited_for(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    fake.fault("*/dataTypes/*", "cloudflare", times=1)
    connected.run()
    assert connected.row.state == "backed_off" and lacks(connected) == []
    connected.clock.ahead(seconds=61)
    connected.run()
    assert connected.runs() == [("first", "done")]


def test_a_sign_in_that_does_not_last_is_refused(join: Join, fake: FakeGoogleHealth) -> None:
    fake.grants.lasting = False
    with pytest.raises(NoLastingToken, match="for an hour"):
        join()


def test_a_sign_in_that_allows_nothing_is_refused(join: Join, fake: FakeGoogleHealth) -> None:
    fake.grants.ticked = frozenset({"settings", "profile"})
    with pytest.raises(NothingAllowed, match="tick every box"):
        join()


def test_food_and_cycle_come_where_they_are_wanted(
    sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth
) -> None:
    answers = {**APP, "food": "true", "cycle": "yes"}
    connected = joined(sqlite_context, scope, fake, "google_health", "oauth", answers)
    connected.run()
    worn = [day for day in fake.account.days if fake.account.is_worn(day)]
    drinks = {day.isoformat(): 1500.0 + day.toordinal() % 500 for day in worn}
    assert values(connected, "hydration", "hydration_ml") == drinks
    assert len(values(connected, "calories_eaten", "calories_eaten_kcal")) == len(worn)
    (begun,) = [day for day in worn if fake.account.points("menstrual-period", day)]
    days = {(begun + timedelta(days=n)).isoformat(): 4.0 for n in range(4)}
    assert values(connected, "menstruation") == days
    decode_stale(sqlite_context, scope.athlete_id)
    with sqlite_context.database.read() as reader:
        kept = read_values(reader, scope.athlete_id, ["menstruation", "hydration_ml"], "2026-01-01", "2026-12-31")
    assert {row.day for row in kept["menstruation"]} == days.keys() and len(kept["hydration_ml"]) == len(drinks)
    secret = {"client_secret": APP["client_secret"]}
    again = flow.sign_in(connected.context, scope, "google_health", "oauth", secret, connected.id)
    assert again == connected.id and "nutrition" in address_in(connected), "it is asked for the next time too"


def test_food_and_cycle_are_not_asked_for_by_themselves(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    assert not connected.asked("hydration") and not connected.asked("menstrual")


def test_permissions_that_google_does_not_offer(sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth) -> None:
    fake.grants.unknown = frozenset({"nutrition"})
    with pytest.raises(ScopeUnknown, match="without food"):
        joined(sqlite_context, scope, fake, "google_health", "oauth", {**APP, "food": "true"})
    assert joined(sqlite_context, scope, fake, "google_health", "oauth", APP).row.secret


def test_another_person_is_not_mixed_in(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    fake.person = "666"
    connected.next_turn()
    connected.run()
    assert connected.row.state == "sign_in" and "another Google Health account" in connected.row.reason


def test_three_refusals_in_a_row_rest(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    fake.fault("*/dataTypes/*", "429json", times=2)
    fake.fault("*/dataTypes/*", "429json", times=1, retry_after="Fri, 20 Nov 2026 11:00:00 GMT")
    for seconds in (61, 121):
        connected.run()
        assert connected.row.state == "backed_off"
        connected.clock.ahead(seconds=seconds)
    connected.run()
    connected.clock.ahead(minutes=15)
    assert not connected.due, "a quarter of an hour is the least"
    connected.clock.ahead(minutes=46)
    connected.run()
    assert connected.row.state == "ready" and connected.runs() == [("first", "done")]


@pytest.mark.parametrize("kind", ["500", "503", "504", "cut", "lost", "html", "garbage", "null"])
def test_a_fault_passes(join: Join, fake: FakeGoogleHealth, kind: str) -> None:
    connected = join()
    fake.fault("*/dataTypes/*", kind, times=2, after=4)
    connected.run()
    assert connected.runs() == [("first", "done")] and set(connected.states()) == {"have"}


def test_a_token_that_is_over_is_renewed_once(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    fake.grants.end_tokens()
    assert connected.run()["POST /token"] == 1
    assert connected.row.state == "ready"


def test_a_zone_that_moved_is_taken_over(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    fake.zone = "America/New_York"
    connected.next_turn()
    connected.run()
    assert connected.row.remote_account["zone"] == "America/New_York"


def test_what_is_kept_is_what_came(join: Join, fake: FakeGoogleHealth) -> None:
    connected = join()
    connected.run()
    with connected.context.database.read() as reader:
        rows = reader.rows(current(connected.scope.athlete_id, "weight"))
        data = read_payloads(reader, [row.id for row in rows])
    found = [point for row in rows for point in json.loads(data[row.id])["dataPoints"]]
    account = fake.account
    assert sorted(map(json.dumps, found)) == sorted(
        json.dumps(point) for day in account.days for point in account.points("weight", day)
    )

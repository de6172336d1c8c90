"""Today put together: what each part says of a small world, and what is withheld from whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.athlete.fitness import FATIGUE_DAYS, FITNESS_DAYS, fitness, load_for_form, share
from homestretch.analysis.geometry.tiles import EXPLORER_ZOOM
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import edits, private_places
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.today import Today
from homestretch.model.recording import Recording
from homestretch.store.scope import Scope
from homestretch.views.places.tiles import tiles
from homestretch.views.today.today import today_document
from homestretch.views.training.fitness import daily_loads
from tests.flow.edit.test_merging import settled
from tests.formats import golden
from tests.taking import listed, row_id, take_in
from tests.views.health.days import days_from, put, values

DAY_MS = 86_400_000
#: The day of the last run, a Monday, in the evening.
DAY = datetime.fromtimestamp(golden.START_MS / 1000, UTC).date()
NOW_MS = golden.START_MS + 8 * 3_600_000


def seen(context: Context, scope: Scope, now_ms: int = NOW_MS) -> Today:
    with context.database.read() as reader:
        return today_document(reader, scope, now_ms)


def run(seconds: int, days: float) -> bytes:
    return encode(golden.run(seconds, golden.START_MS + round(days * DAY_MS)))


@pytest.fixture
def runs(context: Context, scope: Scope, decoders: Decoders) -> Context:
    """Runs a year, a week and a day ago, a long one today."""
    lengths = {"year": (400, -365), "week": (500, -7), "evening": (300, -6.5), "day": (450, -1), "today": (900, 0)}
    take_in(context, scope, decoders, {f"{name}.fit": run(*of) for name, of in lengths.items()})
    settled(context, scope, decoders)
    return context


def test_an_empty_account_has_a_headline_and_nothing_else(context: Context, scope: Scope) -> None:
    found = seen(context, scope)
    assert found["headline"]["text"] == "Nothing is recorded yet."
    assert (found["activities"], found["last"], found["form"], found["fitness"], found["year"]) == (0, *4 * [None])
    assert (found["health"], found["needs"], found["new"], found["on_this_day"]) == ([], [], [], [])
    assert found["next"] == {"session": None, "room": None, "race": None}
    assert [day["sports"] for day in found["week"]["days"]] == 7 * [[]]


def test_each_part_says_what_was_done(runs: Context, scope: Scope) -> None:
    found = seen(runs, scope)
    newest, *_, oldest = sorted(listed(runs, scope), key=lambda one: one["start"], reverse=True)
    assert found["activities"] == 5 and found["last"] is not None
    assert (found["last"]["id"], found["last"]["distance_m"]) == (newest["id"], newest["distance_m"])
    assert [one["id"] for one in found["on_this_day"]] == [oldest["id"]]
    with runs.database.read() as reader:
        loads = daily_loads(reader, scope, DAY)
    assert (
        found["year"] is not None
        and len(found["year"]["loads"]) == (DAY - date.fromisoformat(found["year"]["first"])).days + 1
    )
    assert date.fromisoformat(found["year"]["first"]).weekday() == 0
    assert found["last"]["load"] == pytest.approx(loads.loads[-1])
    assert found["form"] is not None and found["form"]["form"] == pytest.approx(fitness(loads.loads).form[-1])
    assert len(orjson.dumps(found)) <= 20_000


def test_a_week_is_held_against_the_same_point_of_the_last_one(runs: Context, scope: Scope) -> None:
    week = seen(runs, scope)["week"]
    monday = date.fromisoformat(week["monday"])
    every = {one["start_local"][:10]: one for one in listed(runs, scope)}
    this = [one for day, one in every.items() if date.fromisoformat(day) >= monday]
    assert week["done"]["activities"] == len(this)
    assert week["done"]["moving_s"] == pytest.approx(sum(one["moving_s"] for one in this))
    today = next(day for day in week["days"] if day["day"] == DAY.isoformat())
    assert [sport["family"] for sport in today["sports"]] == ["run"]
    before = seen(runs, scope, NOW_MS - 9 * 3_600_000)["week"]["last_week"]  # an hour before the run a week ago
    after = seen(runs, scope, NOW_MS)["week"]["last_week"]
    assert (after["activities"] - before["activities"], after["moving_s"] > before["moving_s"]) == (1, True)


def test_the_longest_run_is_a_record_that_can_be_refused(runs: Context, scope: Scope) -> None:
    found = seen(runs, scope)
    assert found["last"] is not None
    newest = found["last"]["id"]
    records = [one for one in found["new"] if one["kind"] == "record"]
    assert all(one["effort"] not in ("heart_rate", "cadence") for one in records)
    ranked = [medal["rank"] for medal in found["last"]["medals"]]
    assert ranked == sorted(ranked) and set(ranked) <= {1, 2, 3}
    edits.refuse(runs, scope, row_id(runs, scope, newest), "speed", refused=True)
    again = seen(runs, scope)
    assert again["last"] is not None
    assert {medal["kind"] for medal in again["last"]["medals"]} & {"distance", "speed", "gap"} == set()
    assert [one for one in again["new"] if one["kind"] == "record" and one["activity"] == newest] == []


def test_new_tiles_are_those_where_nobody_was_before(runs: Context, scope: Scope) -> None:
    with runs.database.read() as reader:
        known = tiles(reader, scope, EXPLORER_ZOOM)
    newest = {one["activity"]: one["tiles"] for one in known["newest"]}
    then, now = (seen(runs, scope, NOW_MS - years * 365 * DAY_MS)["new"] for years in (1, 0))
    found = {one["activity"]: one["value"] for one in (*then, *now) if one["kind"] == "tiles"}
    assert found == newest and sum(found.values()) == known["count"]


def test_a_viewer_sees_no_health_no_plan_and_nothing_to_answer(runs: Context, scope: Scope) -> None:
    days = days_from((DAY - timedelta(days=40)).isoformat(), 41)
    put(runs, scope, "fit", values("resting_heart_rate_bpm", {day: 48.0 + n % 2 for n, day in enumerate(days)}))
    mine, theirs = seen(runs, scope), seen(runs, replace(scope, account_id=9, role="viewer"))
    assert [card["key"] for card in mine["health"] or []] == ["resting_heart_rate_bpm"]
    assert len((mine["health"] or [])[0]["spark"]) == 28
    assert (theirs["health"], theirs["needs"], theirs["footer"]["sources"]) == (None, [], [])
    assert b"heart rate (" not in orjson.dumps(theirs)
    assert theirs["last"] is not None and mine["last"] is not None and theirs["last"]["id"] == mine["last"]["id"]


def test_a_private_place_is_nowhere_to_be_seen(runs: Context, scope: Scope) -> None:
    begin: Recording = golden.run(900, golden.START_MS)
    latitude, longitude = (float(begin.channels[key].values()[0]) for key in ("latitude", "longitude"))
    private_places.add(runs, scope, "Home", latitude, longitude, 500.0)
    theirs = seen(runs, replace(scope, account_id=9, role="viewer"))
    assert theirs["last"] is not None
    assert (theirs["last"]["medals"], theirs["new"]) == ([], [])
    assert theirs["last"]["distance_m"] != seen(runs, scope)["last"]["distance_m"]  # type: ignore[index]


SEED = st.tuples(st.floats(0, 150), st.floats(0, 250))


@given(SEED, st.floats(-60, 40))
def test_a_load_leads_to_the_form_it_was_made_for(seed: tuple[float, float], form: float) -> None:
    load = load_for_form(seed, form)
    after = [seed[of] * (1 - share(days)) + load * share(days) for of, days in enumerate((FITNESS_DAYS, FATIGUE_DAYS))]
    assert after[0] - after[1] == pytest.approx(form, abs=1e-6)


def test_room_for_load_holds_fitness(runs: Context, scope: Scope) -> None:
    room: Any = seen(runs, scope, NOW_MS + DAY_MS)["next"]["room"]
    with runs.database.read() as reader:
        loads = daily_loads(reader, scope, DAY + timedelta(days=1)).loads.copy()
    before = fitness(loads).fitness[-2]
    loads[-1] = room["hold"]
    assert fitness(loads).fitness[-1] == pytest.approx(before)
    assert room["done"] == 0.0 and room["most"] > room["hold"]

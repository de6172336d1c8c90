"""Gear: which item an activity used by everybody's word, what it comes to, and what is due."""

import json
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit import components, gear
from homestretch.flow.edit.edits import change, remove, undo_last
from homestretch.flow.maintenance.service_reminders import athletes_to_remind, remind_due
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import remove as forget_notice
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.gear import GearList
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes
from homestretch.store.tables.ops import notifications
from homestretch.views.gear.gear import gear_list
from tests.flow.derive.test_archive_index import FILE, ride
from tests.formats import golden
from tests.formats.strava_csv import hike, listing
from tests.taking import digest, listed, row_id, shown, take_in

DAY_MS = 86_400_000
RUN_DAY = date(2026, 6, 14)


def run(day: int = 0) -> bytes:
    return encode(golden.run(400, golden.START_MS + day * DAY_MS))


def view(context: Context, scope: Scope) -> GearList:
    with context.database.read() as reader:
        return gear_list(reader, scope, context.clock())


def item(context: Context, scope: Scope, name: str) -> dict[str, Any]:
    (found,) = [one for one in view(context, scope)["items"] if one["name"] == name]
    return dict(found)


def used(context: Context, scope: Scope) -> list[str | None]:
    """Return the gear of each activity, in order of time."""
    return [one["gear"] and one["gear"]["name"] for one in listed(context, scope)]


def rebuilt(context: Context, scope: Scope, decoders: Decoders) -> str:
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def test_a_persons_word_wins_over_the_sources_and_that_over_the_usual(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(context, scope, decoders, {"activities.csv": listing([ride(gear="Red"), hike()]), FILE: run()})
    before = settled(context, scope, decoders)
    assert used(context, scope) == [None, None]
    usual = gear.add(context, scope, {"name": "Blue", "kind": "bike", "families": ["run", "walk"]})
    assert used(context, scope) == ["Blue", "Blue"]
    red = gear.add(context, scope, {"name": "Rouge"}, ("strava_archive", "Red"))
    assert sorted(map(str, used(context, scope))) == ["Blue", "Rouge"]
    of_red = next(one for one in listed(context, scope) if one["gear"]["id"] == red)
    number = row_id(context, scope, of_red["id"])
    change(context, scope, number, {"gear": usual})
    assert used(context, scope) == ["Blue", "Blue"]
    change(context, scope, number, {"gear": "none"})
    assert sorted(map(str, used(context, scope))) == ["Blue", "None"]
    kept = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == kept != before
    for _ in range(2):
        undo_last(context, scope, number)
    assert shown(context, scope, of_red["id"])["gear"] == {"id": red, "name": "Rouge"}
    gear.unalias(context, scope, red, "strava_archive", "Red")
    assert used(context, scope) == ["Blue", "Blue"]
    gear.remove(context, scope, usual)
    gear.remove(context, scope, red)
    assert used(context, scope) == [None, None] and settled(context, scope, decoders) == before
    gear.restore(context, scope, usual)
    assert used(context, scope) == ["Blue", "Blue"]
    with pytest.raises(NotFound, match="gear"):
        change(context, scope, number, {"gear": "nothere"})


def test_what_retired_was_usual_until_then_and_what_came_after_since(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(context, scope, decoders, {f"{n}.fit": run(n) for n in range(4)})
    days = [one["start_local"][:10] for one in listed(context, scope)]
    old = gear.add(context, scope, {"name": "Old", "kind": "shoes", "families": ["run"]})
    gear.change(context, scope, old, {"retired": date.fromisoformat(days[1])})
    assert used(context, scope) == ["Old", "Old", None, None]
    gear.add(context, scope, {"name": "New", "kind": "shoes", "families": ["run"]})
    assert used(context, scope) == ["Old", "Old", "New", "New"]
    assert item(context, scope, "Old")["retired"] == days[1] and item(context, scope, "Old")["families"] == ["run"]
    kept = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == kept
    gear.change(context, scope, old, {"retired": None})
    assert used(context, scope) == ["New"] * 4, "of two in use one is the usual one"
    gear.change(context, scope, old, {"families": ["run"]})
    assert used(context, scope) == ["Old"] * 4 and item(context, scope, "New")["families"] == []


def test_merged_items_are_one_under_either_name(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"activities.csv": listing([ride(gear="Red"), hike()]), FILE: run()})
    one = gear.add(context, scope, {"name": "One", "distance_m": 1000.0}, ("strava_archive", "Red"))
    two = gear.add(context, scope, {"name": "Two", "distance_m": 500.0})
    three = gear.add(context, scope, {"name": "Three"})
    walk = next(a for a in listed(context, scope) if a["gear"] is None)
    change(context, scope, row_id(context, scope, walk["id"]), {"gear": one})
    chain = components.fit(context, scope, one, "Chain", date(2020, 1, 1), {})
    gear.merge(context, scope, one, two)
    gear.merge(context, scope, two, three)
    assert used(context, scope) == ["Three", "Three"]
    found = item(context, scope, "Three")
    assert found["before_m"] == 1500 and found["activities"] == 2 and [a["key"] for a in found["aliases"]] == ["Red"]
    assert [c["id"] for c in found["components"]] == [chain]
    assert view(context, scope)["removed"] == [], "what another took in is not to be brought back"
    kept = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == kept
    with pytest.raises(BadRequest, match="itself"):
        gear.merge(context, scope, three, three)


def test_a_whole_and_its_legs(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Each leg counts for what it was done on; what is said of the whole is said of all of them."""
    take_in(context, scope, decoders, {"tri.fit": encode(*golden.multisport())})
    bike = gear.add(context, scope, {"name": "Bike", "kind": "bike", "families": ["ride"]})
    (tri,) = listed(context, scope)
    legs = {
        leg["sport"]: leg["gear"] and leg["gear"]["name"] for leg in (shown(context, scope, i) for i in tri["legs"])
    }
    assert tri["gear"] is None and legs["cycling"] == "Bike" and legs["swimming"] is None
    assert item(context, scope, "Bike")["activities"] == 1
    assert [a["id"] for a in listed(context, scope, gear=bike)] == [tri["id"]]
    change(context, scope, row_id(context, scope, tri["id"]), {"gear": bike})
    assert used(context, scope) == ["Bike"] and item(context, scope, "Bike")["activities"] == len(tri["legs"])
    kept = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == kept
    leg = next(i for i in tri["legs"] if shown(context, scope, i)["sport"] == "swimming")
    change(context, scope, row_id(context, scope, leg), {"gear": "none"})
    assert item(context, scope, "Bike")["activities"] == len(tri["legs"]) - 1
    assert shown(context, scope, leg)["gear"] is None and used(context, scope) == [None]
    assert [a["id"] for a in listed(context, scope, gear="none")] == [tri["id"]]


def test_what_is_hidden_or_deleted_does_not_count(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    context = sqlite_context
    take_in(context, scope, decoders, {f"{n}.fit": run(n) for n in range(3)})
    gear.add(context, scope, {"name": "Shoes", "families": ["run"], "distance_m": 500_000.0, "time_s": 3600.0})
    first, second, third = listed(context, scope)
    found = item(context, scope, "Shoes")
    assert found["activities"] == 3 and found["distance_m"] == pytest.approx(500_000 + 3 * first["distance_m"])
    assert found["time_s"] == pytest.approx(3600 + 3 * first["moving_s"])
    assert (found["first_day"], found["last_day"]) == (first["start_local"][:10], third["start_local"][:10])
    remove(context, scope, row_id(context, scope, third["id"]))
    change(context, scope, row_id(context, scope, second["id"]), {"hidden": True})
    found = item(context, scope, "Shoes")
    assert found["activities"] == 1 and found["last_day"] == first["start_local"][:10]


def test_a_component_is_due_once_until_it_is_serviced(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    day = date.fromtimestamp(golden.START_MS / 1000)
    clock = [golden.START_MS + 3 * DAY_MS]
    context = replace(sqlite_context, clock=lambda: clock[0])
    take_in(context, scope, decoders, {f"{n}.fit": run(n) for n in range(3)})
    long = listed(context, scope)[0]["distance_m"]
    shoes = gear.add(context, scope, {"name": "Shoes", "families": ["run"]})
    every = {"every_m": 2.5 * long}
    sole = components.fit(context, scope, shoes, "Sole", day, {**every, "distance_m": 0.6 * long})
    (part,) = item(context, scope, "Shoes")["components"]
    assert part["whole"]["activities"] == 3 and part["whole"]["distance_m"] == pytest.approx(3.6 * long)
    assert part["due"] and part["left_m"] == pytest.approx(-1.1 * long) and part["left_days"] is None
    assert athletes_to_remind(context) == [scope.athlete_id] and remind_due(context, scope.athlete_id) == 1
    assert athletes_to_remind(context) == [] and remind_due(context, scope.athlete_id) == 0
    with context.database.read() as reader:
        (notice,) = reader.rows(select(notifications))
    assert (notice.code, notice.details) == ("service_due", {"component": "Sole", "gear": "Shoes"})
    forget_notice(context, scope, notice.id)
    assert athletes_to_remind(context) == [], "who deletes a notice has read it"
    number = components.service(context, scope, shoes, sole, date.fromordinal(day.toordinal() + 1), "glued")
    (part,) = item(context, scope, "Shoes")["components"]
    assert not part["due"] and part["since_service"]["activities"] == 1 and part["left_m"] == pytest.approx(1.5 * long)
    assert [one["note"] for one in part["services"]] == ["glued"] and athletes_to_remind(context) == []
    components.revert(context, scope, shoes, sole, number)
    (part,) = item(context, scope, "Shoes")["components"]
    assert part["due"] and part["services"] == []
    components.service(context, scope, shoes, sole, date.fromordinal(day.toordinal() + 1))
    components.change(context, scope, shoes, sole, {"every_m": None, "every_days": 30})
    clock[0] += 20 * DAY_MS
    assert athletes_to_remind(context) == [] and item(context, scope, "Shoes")["components"][0]["left_days"] == 8
    clock[0] += 8 * DAY_MS
    assert athletes_to_remind(context) == [scope.athlete_id]
    gear.change(context, scope, shoes, {"retired": day})
    assert athletes_to_remind(context) == [], "nobody services what is retired"


def test_a_component_is_changed_removed_and_brought_back(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context, day = sqlite_context, date.fromtimestamp(golden.START_MS / 1000)
    take_in(context, scope, decoders, {f"{n}.fit": run(n) for n in range(3)})
    long = listed(context, scope)[0]["distance_m"]
    shoes = gear.add(context, scope, {"name": "Shoes", "families": ["run"]})
    sole = components.fit(context, scope, shoes, "Sole", day, {"every_m": 2.5 * long})
    components.service(context, scope, shoes, sole, date.fromordinal(day.toordinal() + 1))
    before = item(context, scope, "Shoes")["components"]
    next_day = date.fromordinal(day.toordinal() + 1)
    changed = {"name": " New  sole ", "since": next_day, "until": next_day, "time_s": 60.0, "distance_m": long}
    components.change(context, scope, shoes, sole, {**changed, "every_m": None, "every_s": 7200.0})
    (part,) = item(context, scope, "Shoes")["components"]
    assert (part["name"], part["since"], part["until"]) == ("New sole", str(next_day), str(next_day))
    assert (part["every_m"], part["every_s"], part["left_m"]) == (None, 7200.0, None)
    assert part["whole"]["activities"] == 1 and part["whole"]["distance_m"] == pytest.approx(2 * long)
    with pytest.raises(BadRequest, match=f"serviced on {next_day}"):
        components.change(context, scope, shoes, sole, {"since": RUN_DAY, "until": None})
    back = {"name": "Sole", "since": day, "until": None, "time_s": 0.0, "distance_m": 0.0}
    components.change(context, scope, shoes, sole, {**back, "every_m": 2.5 * long, "every_s": None})
    assert item(context, scope, "Shoes")["components"] == before
    components.remove(context, scope, shoes, sole)
    assert item(context, scope, "Shoes")["components"] == []
    components.restore(context, scope, shoes, sole)
    assert item(context, scope, "Shoes")["components"] == before


def test_what_cannot_be_is_refused_in_a_sentence(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    context = sqlite_context
    with pytest.raises(BadRequest, match="name has 1 to 200"):
        gear.add(context, scope, {"name": "  "})
    with pytest.raises(BadRequest, match="one of bike"):
        gear.add(context, scope, {"name": "x", "kind": "car"})
    with pytest.raises(BadRequest, match="starting distance can't be"):
        gear.add(context, scope, {"name": "x", "distance_m": -1.0})
    with pytest.raises(BadRequest, match="not a sport family"):
        gear.add(context, scope, {"name": "x", "families": ["a b"]})
    made = gear.add(context, scope, {"name": "x"})
    with pytest.raises(BadRequest, match="too far"):
        gear.change(context, scope, made, {"retired": date.max})
    with pytest.raises(BadRequest, match="before it was fitted"):
        components.fit(context, scope, made, "Chain", RUN_DAY, {"until": date(2020, 1, 1)})
    with pytest.raises(BadRequest, match="more than 0"):
        components.fit(context, scope, made, "Chain", RUN_DAY, {"every_m": 0.0})
    chain = components.fit(context, scope, made, "Chain", RUN_DAY, {})
    with pytest.raises(BadRequest, match="fitted on 2026-06-14"):
        components.service(context, scope, made, chain, date(2026, 6, 13))
    with pytest.raises(NotFound):
        components.revert(context, scope, made, chain, 7)
    with pytest.raises(NotFound):
        gear.unalias(context, scope, made, "", made)
    components.remove(context, scope, made, chain)
    with pytest.raises(NotFound):
        components.change(context, scope, made, chain, {"name": "y"})


def test_any_order_of_arrival_and_of_words_gives_the_same(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    """Files, names of gear, what is usual and what retired: whichever comes first."""
    context = sqlite_context
    files = {
        "activities.csv": listing([ride(gear="Red"), hike()]),
        FILE: run(),
        "later.fit": run(3),
        "swim.fit": encode(golden.pool_swim()),
    }
    found = set()
    for seed in range(4):
        with context.database.write() as session:
            mine = Scope(session.add(insert(athletes), {"name": f"Athlete {seed}", "created_ms": 1}))
        acts: list[Any] = [
            lambda name=name, of=mine: take_in(context, of, decoders, {name: files[name]}) for name in files
        ]
        acts += [
            lambda of=mine: gear.add(context, of, {"name": "Red one", "kind": "bike"}, ("strava_archive", "Red")),
            lambda of=mine: gear.add(context, of, {"name": "Usual", "families": ["run", "ride", "walk"]}),
        ]
        random.Random(seed).shuffle(acts)
        for act in acts:
            act()
        derive_pending(context, mine.athlete_id, decoders)
        rows = [(a["start"], a["sport"], str(a["gear"] and a["gear"]["name"])) for a in listed(context, mine)]
        found.add(tuple(sorted(rows)))
        assert {a["gear"]["name"] for a in listed(context, mine) if a["gear"]} == {"Red one", "Usual"}
    assert len(found) == 1
    before = digest(context)
    clear(context)
    for number in reversed(range(1, 6)):
        rederive(context, number, decoders)
        derive_pending(context, number, decoders)
    assert digest(context) == before


def test_gear_that_nobody_here_knows_is_suggested_by_name(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    take_in(
        context, scope, decoders, {"activities.csv": listing([ride(gear="Red  Racer"), hike(gear="")]), FILE: run()}
    )
    (unknown,) = view(context, scope)["unknown"]
    assert (unknown["source_name"], unknown["name"], unknown["activities"]) == ("Strava archive", "Red  Racer", 1)
    assert unknown["suggestion"] is None
    made = gear.add(context, scope, {"name": "red-racer"})
    (unknown,) = view(context, scope)["unknown"]
    assert unknown["suggestion"] == made and json.dumps(unknown)
    gear.alias(context, scope, made, unknown["source"], unknown["key"])
    assert view(context, scope)["unknown"] == []
    with context.database.read() as reader:
        viewer = gear_list(reader, Scope(scope.athlete_id, 1, "viewer"), context.clock())
    assert viewer["unknown"] == [] and viewer["items"][0]["activities"] == 1

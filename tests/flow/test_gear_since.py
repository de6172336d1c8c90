"""Since when an item is the usual one: what it counts of the past, what others keep, and what is said before."""

import random
from datetime import date, timedelta

import pytest

from homestretch.errors import Forbidden, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import gear
from homestretch.flow.edit.edits import change
from homestretch.flow.runtime.context import World
from homestretch.store.scope import Scope
from tests.flow.test_gear import item, rebuilt, run, settled, used
from tests.taking import digest, listed, row_id, take_in

DAYS = 5


@pytest.fixture
def days(sqlite_world: World, scope: Scope, decoders: Decoders) -> list[date]:
    """The days of five runs."""
    take_in(sqlite_world, scope, decoders, {f"{n}.fit": run(n) for n in range(DAYS)})
    settled(sqlite_world, scope, decoders)
    return [date.fromisoformat(one["start_local"][:10]) for one in listed(sqlite_world, scope)]


def test_a_new_item_leaves_the_past_to_the_one_before(
    days: list[date], sqlite_world: World, scope: Scope, decoders: Decoders
) -> None:
    world = sqlite_world
    gear.add(world, scope, {"name": "Old", "families": ["run"]})
    new = gear.add(world, scope, {"name": "New", "families": ["run"], "usual_since": days[3]})
    assert used(world, scope) == ["Old"] * 3 + ["New"] * 2
    assert item(world, scope, "Old")["usual_until"] == {"run": days[3].isoformat()}
    assert (
        item(world, scope, "New")["usual_since"] == days[3].isoformat()
        and item(world, scope, "New")["usual_until"] == {}
    )
    kept = settled(world, scope, decoders)
    assert rebuilt(world, scope, decoders) == kept
    gear.change(world, scope, new, {"usual_since": days[1]})
    assert used(world, scope) == ["Old"] + ["New"] * 4
    gear.change(world, scope, new, {"usual_since": None})
    assert used(world, scope) == ["New"] * DAYS and item(world, scope, "Old")["families"] == []


def test_what_is_made_usual_takes_over_from_its_day_on(days: list[date], sqlite_world: World, scope: Scope) -> None:
    world = sqlite_world
    first = gear.add(world, scope, {"name": "First", "families": ["run"], "usual_since": days[2]})
    assert used(world, scope) == [None, None, "First", "First", "First"]
    gear.add(world, scope, {"name": "Second", "families": ["run"], "usual_since": days[1]})
    assert used(world, scope) == [None] + ["Second"] * 4 and item(world, scope, "First")["families"] == []
    gear.change(world, scope, first, {"families": ["run"], "usual_since": days[4]})
    assert used(world, scope) == [None] + ["Second"] * 3 + ["First"]
    gear.remove(world, scope, first)
    assert used(world, scope) == [None] + ["Second"] * 4
    gear.bring_back(world, scope, first)  # without being asked for, it takes nothing
    assert used(world, scope) == [None] + ["Second"] * 4 and item(world, scope, "First")["families"] == []


def test_a_preview_says_what_will_be_and_changes_nothing(
    days: list[date], sqlite_world: World, scope: Scope, decoders: Decoders
) -> None:
    world = sqlite_world
    old = gear.add(world, scope, {"name": "Old", "families": ["run"]})
    change(world, scope, row_id(world, scope, listed(world, scope)[1]["id"]), {"gear": old})
    before = settled(world, scope, decoders)
    for since, count in ((None, 4), (days[0], 4), (days[1], 3), (days[3], 2), (days[4] + timedelta(days=1), 0)):
        said = gear.preview(world, scope, ["run"], since)
        assert (said["activities"], said["first_day"]) == (count, None)
        new = gear.add(world, scope, {"name": "New", "families": ["run"], "usual_since": since})
        counted = item(world, scope, "New")
        assert [said[name] for name in ("activities", "distance_m", "time_s")] == [
            counted[name] for name in ("activities", "distance_m", "time_s")
        ]
        gear.remove(world, scope, new)
        gear.change(world, scope, old, {"families": ["run"], "usual_since": None})
    said = gear.preview(world, scope, ["run"], days[3], old)
    assert (said["activities"], said["first_day"]) == (3, days[1].isoformat())  # two usual ones, and what is said
    assert item(world, scope, "Old")["usual_since"] is None and settled(world, scope, decoders) == before
    with pytest.raises(NotFound):
        gear.preview(world, scope, ["run"], None, "nowhere")
    with pytest.raises(Forbidden):
        gear.preview(world, Scope(scope.athlete_id, None, "viewer"), ["run"], None)


def test_merged_items_are_usual_since_the_earlier_day(days: list[date], sqlite_world: World, scope: Scope) -> None:
    world = sqlite_world
    old = gear.add(world, scope, {"name": "Old", "families": ["run"], "usual_since": days[1]})
    new = gear.add(world, scope, {"name": "New", "families": ["run"], "usual_since": days[3]})
    gear.merge(world, scope, old, new)
    assert used(world, scope) == [None] + ["New"] * 4


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_said_each_day_has_one_usual_item_and_a_rebuild_agrees(
    days: list[date], sqlite_world: World, scope: Scope, decoders: Decoders, seed: int
) -> None:
    """Two usual items never hold for one day, and the one that was made usual last has all days from its own on."""
    world, chance = sqlite_world, random.Random(seed)
    items = [gear.add(world, scope, {"name": name}) for name in "abc"]
    for _ in range(8):
        at, act = chance.choice(items), chance.choice(["usual", "usual", "back", "in use"])
        if act == "usual":
            gear.change(world, scope, at, {"families": ["run"], "usual_since": chance.choice([None, *days])})
        elif act == "back":
            gear.remove(world, scope, at)
            gear.bring_back(world, scope, at)
        else:
            gear.change(world, scope, at, {"retired": days[2]})
            gear.change(world, scope, at, {"retired": None})
        found = [item(world, scope, name) for name in "abc"]
        sinces = [one["usual_since"] for one in found if one["families"]]
        assert len(set(sinces)) == len(sinces)
    gear.change(world, scope, items[0], {"families": ["run"], "usual_since": days[2]})
    assert used(world, scope)[2:] == ["a"] * 3
    before = digest(world)
    assert rebuilt(world, scope, decoders) == before

"""Since when an item is the usual one: what it counts of the past, what others keep, and what is said before."""

import random
from datetime import date, timedelta

import pytest

from homestretch.errors import Forbidden, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import gear
from homestretch.flow.edit.edits import change
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from tests.flow.edit.test_gear import item, rebuilt, run, settled, used
from tests.taking import digest, listed, row_id, take_in

DAYS = 5


@pytest.fixture
def days(sqlite_context: Context, scope: Scope, decoders: Decoders) -> list[date]:
    """The days of five runs."""
    take_in(sqlite_context, scope, decoders, {f"{n}.fit": run(n) for n in range(DAYS)})
    settled(sqlite_context, scope, decoders)
    return [date.fromisoformat(one["start_local"][:10]) for one in listed(sqlite_context, scope)]


def test_a_new_item_leaves_the_past_to_the_one_before(
    days: list[date], sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    gear.add(context, scope, {"name": "Old", "families": ["run"]})
    new = gear.add(context, scope, {"name": "New", "families": ["run"], "usual_since": days[3]})
    assert used(context, scope) == ["Old"] * 3 + ["New"] * 2
    assert item(context, scope, "Old")["usual_until"] == {"run": days[3].isoformat()}
    assert (
        item(context, scope, "New")["usual_since"] == days[3].isoformat()
        and item(context, scope, "New")["usual_until"] == {}
    )
    kept = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == kept
    gear.change(context, scope, new, {"usual_since": days[1]})
    assert used(context, scope) == ["Old"] + ["New"] * 4
    gear.change(context, scope, new, {"usual_since": None})
    assert used(context, scope) == ["New"] * DAYS and item(context, scope, "Old")["families"] == []


def test_what_is_made_usual_takes_over_from_its_day_on(days: list[date], sqlite_context: Context, scope: Scope) -> None:
    context = sqlite_context
    first = gear.add(context, scope, {"name": "First", "families": ["run"], "usual_since": days[2]})
    assert used(context, scope) == [None, None, "First", "First", "First"]
    gear.add(context, scope, {"name": "Second", "families": ["run"], "usual_since": days[1]})
    assert used(context, scope) == [None] + ["Second"] * 4 and item(context, scope, "First")["families"] == []
    gear.change(context, scope, first, {"families": ["run"], "usual_since": days[4]})
    assert used(context, scope) == [None] + ["Second"] * 3 + ["First"]
    gear.remove(context, scope, first)
    assert used(context, scope) == [None] + ["Second"] * 4
    gear.restore(context, scope, first)  # without being asked for, it takes nothing
    assert used(context, scope) == [None] + ["Second"] * 4 and item(context, scope, "First")["families"] == []


def test_a_preview_says_what_will_be_and_changes_nothing(
    days: list[date], sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    old = gear.add(context, scope, {"name": "Old", "families": ["run"]})
    change(context, scope, row_id(context, scope, listed(context, scope)[1]["id"]), {"gear": old})
    before = settled(context, scope, decoders)
    for since, count in ((None, 4), (days[0], 4), (days[1], 3), (days[3], 2), (days[4] + timedelta(days=1), 0)):
        said = gear.preview(context, scope, ["run"], since)
        assert (said["activities"], said["first_day"]) == (count, None)
        new = gear.add(context, scope, {"name": "New", "families": ["run"], "usual_since": since})
        counted = item(context, scope, "New")
        assert [said[name] for name in ("activities", "distance_m", "time_s")] == [
            counted[name] for name in ("activities", "distance_m", "time_s")
        ]
        gear.remove(context, scope, new)
        gear.change(context, scope, old, {"families": ["run"], "usual_since": None})
    said = gear.preview(context, scope, ["run"], days[3], old)
    assert (said["activities"], said["first_day"]) == (3, days[1].isoformat())  # two usual ones, and what is said
    assert item(context, scope, "Old")["usual_since"] is None and settled(context, scope, decoders) == before
    with pytest.raises(NotFound):
        gear.preview(context, scope, ["run"], None, "nowhere")
    with pytest.raises(Forbidden):
        gear.preview(context, Scope(scope.athlete_id, None, "viewer"), ["run"], None)


def test_merged_items_are_usual_since_the_earlier_day(days: list[date], sqlite_context: Context, scope: Scope) -> None:
    context = sqlite_context
    old = gear.add(context, scope, {"name": "Old", "families": ["run"], "usual_since": days[1]})
    new = gear.add(context, scope, {"name": "New", "families": ["run"], "usual_since": days[3]})
    gear.merge(context, scope, old, new)
    assert used(context, scope) == [None] + ["New"] * 4


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_said_each_day_has_one_usual_item_and_a_rebuild_agrees(
    days: list[date], sqlite_context: Context, scope: Scope, decoders: Decoders, seed: int
) -> None:
    """Two usual items never hold for one day, and the one that was made usual last has all days from its own on."""
    context, chance = sqlite_context, random.Random(seed)
    items = [gear.add(context, scope, {"name": name}) for name in "abc"]
    for _ in range(8):
        at, act = chance.choice(items), chance.choice(["usual", "usual", "back", "in use"])
        if act == "usual":
            gear.change(context, scope, at, {"families": ["run"], "usual_since": chance.choice([None, *days])})
        elif act == "back":
            gear.remove(context, scope, at)
            gear.restore(context, scope, at)
        else:
            gear.change(context, scope, at, {"retired": days[2]})
            gear.change(context, scope, at, {"retired": None})
        found = [item(context, scope, name) for name in "abc"]
        sinces = [one["usual_since"] for one in found if one["families"]]
        assert len(set(sinces)) == len(sinces)
    gear.change(context, scope, items[0], {"families": ["run"], "usual_since": days[2]})
    assert used(context, scope)[2:] == ["a"] * 3
    before = digest(context)
    assert rebuilt(context, scope, decoders) == before

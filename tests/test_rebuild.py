"""The keystone: everything derived follows from the originals and the edits alone, whatever happened on the way."""

import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homestretch.errors import Conflict
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit import edits
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.notes import noted
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from tests.conftest import make_context
from tests.formats import golden
from tests.taking import digest, listed, row_id, shown, take_in

DAY_MS = 86_400_000


def given_files() -> dict[str, bytes]:
    """Five days: a run in two formats, a swim, a triathlon, and a run cut off half-way beside the whole one."""
    run = golden.run(400)
    later = golden.run(400, golden.START_MS + DAY_MS)
    whole = encode(later)
    return {
        "run.fit": encode(run),
        "run.gpx": gpx.encode(run),
        "swim.fit": encode(golden.pool_swim()),
        "tri.fit": encode(*golden.multisport()),
        "later.fit": whole,
        "later-cut.fit": whole[: len(whole) * 19 // 20],
        "watch.fit": golden.settings(),
    }


def rebuilt(context: Context, scope: Scope, decoders: Decoders) -> str:
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    return settled(context, scope, decoders)


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    """Do what the jobs of a server would do, and return the digest."""
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def test_rebuild_gives_the_same_digest(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, given_files())
    before, ids = settled(context, scope, decoders), [a["id"] for a in listed(context, scope)]
    assert rebuilt(context, scope, decoders) == before
    assert [a["id"] for a in listed(context, scope)] == ids


def test_the_order_of_arrival_does_not_matter(tmp_path_factory: pytest.TempPathFactory, decoders: Decoders) -> None:
    digests = set()
    for seed in range(4):
        folder = tmp_path_factory.mktemp("order")
        context = make_context(folder, sqlite_url(folder))
        scope = Scope(1)
        from homestretch.flow.accounts.accounts import athlete_named

        athlete_named(context, None)
        files = list(given_files().items())
        random.Random(seed).shuffle(files)
        cut = random.Random(seed).randrange(len(files))
        take_in(context, scope, decoders, dict(files[:cut]))
        take_in(context, scope, decoders, dict(files[cut:]))
        digests.add(settled(context, scope, decoders))
        context.database.close()
    assert len(digests) == 1


def test_edits_survive_rebuild_and_are_undone_at_will(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, given_files())
    activity = listed(context, scope, sport="running")[0]["id"]
    plain = settled(context, scope, decoders)
    number = row_id(context, scope, activity)
    edits.change(context, scope, number, {"name": "Parkrun", "sport": "walking"})
    assert shown(context, scope, activity)["name"] == "Parkrun"
    edited = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == edited != plain
    edits.undo_last(context, scope, number)
    assert shown(context, scope, activity)["sport"] == "running"
    assert shown(context, scope, activity)["name"] == "Parkrun"
    edits.undo_last(context, scope, number)
    assert settled(context, scope, decoders) == plain


def test_a_deleted_activity_stays_deleted_when_it_comes_again(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    run = golden.run(400)
    items = take_in(context, scope, decoders, {"run.fit": encode(run)})
    (activity,) = items["run.fit"]["activities"]
    edits.remove(context, scope, row_id(context, scope, activity))
    take_in(context, scope, decoders, {"run.gpx": gpx.encode(run)})
    assert listed(context, scope) == []
    assert [a["id"] for a in listed(context, scope, deleted=True)] == [activity]
    edits.restore(context, scope, row_id(context, scope, activity))
    assert listed(context, scope)[0]["formats"] == ["fit", "gpx"]


def test_deleted_for_good_is_gone_and_does_not_come_again(context: Context, scope: Scope, decoders: Decoders) -> None:
    data = encode(golden.run(400))
    items = take_in(context, scope, decoders, {"run.fit": data, "swim.fit": encode(golden.pool_swim())})
    (activity,) = items["run.fit"]["activities"]
    edits.remove_for_good(context, scope, row_id(context, scope, activity))
    assert len(list(context.archive.digests())) == 1
    again = take_in(context, scope, decoders, {"again.fit": data})
    assert again["again.fit"] == {**again["again.fit"], "status": "skipped", "notes": noted(["deleted_for_good"])}
    rebuilt(context, scope, decoders)
    assert len(listed(context, scope)) == 1
    assert len(list(context.archive.digests())) == 1


def test_an_undone_import_leaves_what_others_brought(context: Context, scope: Scope, decoders: Decoders) -> None:
    files = given_files()
    take_in(context, scope, decoders, {"run.fit": files["run.fit"]})
    before = settled(context, scope, decoders)
    items = take_in(context, scope, decoders, files)
    all_in = settled(context, scope, decoders)
    batch = next(iter(items.values()))["batch"]
    batches.undo(context, scope, batch)
    assert settled(context, scope, decoders) == before
    batches.redo(context, scope, batch)
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == all_in
    batches.undo(context, scope, batch)
    again = take_in(context, scope, decoders, files)
    assert again["run.fit"]["status"] == "duplicate"
    assert again["swim.fit"]["status"] == "imported"
    assert settled(context, scope, decoders) == all_in


def test_urls_answer_whatever_is_done(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Merge (a second recording comes), un-merge (its import is undone), delete, restore, rebuild."""
    run = golden.run(400)
    take_in(context, scope, decoders, {"run.gpx": gpx.encode(run)})
    (first,) = listed(context, scope)
    items = take_in(context, scope, decoders, {"run.fit": encode(run)})
    members = {r["id"] for r in shown(context, scope, first["id"])["recordings"]}
    assert len(members) == 2
    batches.undo(context, scope, items["run.fit"]["batch"])
    assert shown(context, scope, first["id"])["formats"] == ["gpx"]
    batches.redo(context, scope, items["run.fit"]["batch"])
    rebuilt(context, scope, decoders)
    edits.remove(context, scope, row_id(context, scope, first["id"]))
    assert {shown(context, scope, member)["id"] for member in members} == {first["id"]}


WAYS = ("import", "undo", "rename", "redate", "take_back", "delete", "restore", "rebuild")
ACTIONS = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 6)), min_size=3, max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=ACTIONS)
def test_whatever_is_done_a_full_rebuild_agrees(
    actions: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory, decoders: Decoders
) -> None:
    folder = tmp_path_factory.mktemp("any")
    context = make_context(folder, sqlite_url(folder))
    from homestretch.flow.accounts.accounts import athlete_named

    scope = Scope(athlete_named(context, None))
    files = list(given_files().items())
    done: list[int] = []
    for action, number in actions:
        known = listed(context, scope, hidden="all") + listed(context, scope, hidden="all", deleted=True)
        if action == "import":
            items = take_in(context, scope, decoders, dict(files[number : number + 2]))
            done.append(next(iter(items.values()))["batch"])
        elif action == "undo" and done:
            batches.undo(context, scope, done.pop(number % len(done)))
        elif action == "rebuild":
            rebuilt(context, scope, decoders)
        elif known and action in ("rename", "redate", "take_back", "delete", "restore"):
            chosen = row_id(context, scope, known[number % len(known)]["id"])
            if action == "rename":
                edits.change(context, scope, chosen, {"name": f"Name {number}"})
            elif action == "redate":  # in turn beside others, far from all, and back
                starts = ["2026-05-03T06:00:00Z", "2026-05-02T23:59:00", "2019-01-01T07:30:00Z", None]
                edits.change(context, scope, chosen, {"start": starts[number % len(starts)]})
            elif action == "take_back":
                with suppress(Conflict):
                    edits.undo_last(context, scope, chosen)
            else:
                (edits.remove if action == "delete" else edits.restore)(context, scope, chosen)
    before = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == before
    context.database.close()

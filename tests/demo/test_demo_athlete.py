"""The demo athlete is an athlete of its own: made once, with all that a person would have, and gone with everything."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from homestretch.demo import equip, files, load
from homestretch.demo.coach import plan
from homestretch.demo.files import activity_paths
from homestretch.errors import BadRequest, Conflict, Forbidden
from homestretch.flow.accounts import demo_athletes
from homestretch.flow.accounts.accounts import athlete_named, create_account
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.imports import batches
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.people import deletion
from homestretch.flow.people.athletes import due_for_deletion
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections
from homestretch.formats.fit.encode import encode
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.views.activities.matches import open_questions
from homestretch.views.coach.plans import plan_versions, plans
from homestretch.views.coach.today import plan_today
from homestretch.views.gear.gear import gear_list
from homestretch.views.kit.privacy import zone_list
from homestretch.views.people.people import athletes_of
from homestretch.views.places.segments import segment_list
from homestretch.views.training.thresholds import thresholds
from tests.formats import golden
from tests.taking import digest, listed, shown, take_in

TODAY = date(2026, 11, 21)
#: What segments and gear are made of, and the question: the newest at home of each kind, and the last two files.
KINDS = ("road_ride-bike", "easy_run-watch", "long_ride-bike", "gravel_ride-bike")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """A demo of some files of its two years."""
    every = activity_paths(load.SEED, TODAY)
    rollers = next(path for path in reversed(every) if "-trainer" in path and path.endswith("-bike.fit"))
    newest = [[path for path in every if kind in path and not "-04-" < path[10:14] < "-05-"][-2:] for kind in KINDS]
    chosen = [every[0], *(path for found in newest for path in found), rollers, every[-1]]
    monkeypatch.setattr(files, "paths", lambda seed, today: chosen)
    return chosen


@pytest.fixture
def account(context: Context) -> int:
    """An account with an athlete of its own."""
    return create_account(context, "ada", "long enough a word", is_admin=True)


@pytest.fixture
def made(context: Context, account: int, decoders: Decoders) -> Iterator[Scope]:
    """The demo athlete of the account, with everything."""
    demo, batch = load.start_demo(context, account)
    finish(context, demo, batch, decoders)
    yield demo


def finish(context: Context, demo: Scope, batch: int, decoders: Decoders) -> None:
    load.make(context, batch)
    ingest(context, demo.athlete_id, decoders)
    for left in equip.unfinished(context):
        equip.finish_equipping(context, left)
    derive_pending(context, demo.athlete_id, decoders)
    time_segments(context, demo.athlete_id)
    for athlete, of in plan.without_plan(context):
        plan.plan(context, Scope(athlete, of))


def counts(context: Context) -> dict[str, int]:
    """Return how many rows every table has that outlives a moment."""
    passing = {"leases", "marks", "tokens"}
    tables = [t for t in (*kept_metadata.sorted_tables, *derived_metadata.sorted_tables) if t.name not in passing]
    with context.database.read() as reader:
        return {table.fullname: int(reader.scalar(select(func.count()).select_from(table)) or 0) for table in tables}


def held(context: Context, demo: Scope) -> dict[str, Any]:
    """Return what pages about the demo athlete show besides activities."""
    with context.database.read() as reader:
        told = {one["key"]: len(one["history"]) for one in thresholds(reader, demo, TODAY) if one["history"]}
        gears = gear_list(reader, demo, context.clock())["items"]
        return {
            "thresholds": told,
            "gear": {one["name"]: (one["activities"], [part["name"] for part in one["components"]]) for one in gears},
            "segments": {one["name"]: one["efforts"] for one in segment_list(reader, demo)},
            "places": [zone["name"] for zone in zone_list(reader, demo)],
            "questions": len(open_questions(reader, demo)["items"]),
        }


def test_it_has_what_a_person_would_have(context: Context, made: Scope, account: int) -> None:
    found = held(context, made)
    assert found["thresholds"].keys() >= {"ftp_w", "max_hr_bpm", "threshold_speed_mps", "css_mps", "weight_kg"}
    assert found["thresholds"]["ftp_w"] > 1, "it was set again and again"
    assert found["gear"].keys() == {"Road bike", "Gravel bike", "Worn running shoes", "Running shoes"}
    assert found["gear"]["Gravel bike"] == (2, ["Chain", "Brake pads"]) and found["gear"]["Road bike"][0] == 6
    assert found["segments"].keys() == {"Road out of town", "River path", "The long climb"}
    assert min(found["segments"].values()) >= 1
    assert (found["places"], found["questions"]) == (["Home"], 1)
    with context.database.read() as reader:
        mine, demo = athletes_of(reader, account, 0)
    assert (mine["name"], mine["demo"], demo["name"], demo["demo"]) == ("ada", False, "Demo athlete", True)
    assert listed(context, Scope(int(mine["id"]), account)) == []


def test_it_has_a_plan_in_three_versions(context: Context, made: Scope) -> None:
    with context.database.read() as reader:
        (item,) = plans(reader, made)["items"]
        versions = plan_versions(reader, made, item["plan"])["items"]
        today = plan_today(reader, made, context.clock())
        _, rules = newest_rules(reader, made.athlete_id)
    assert [(one["version"], one["status"]) for one in versions] == [
        (3, "proposed"), (2, "approved"), (1, "superseded"),
    ]  # fmt: skip
    assert today["plan"] == item["plan"] and today["week"] is not None
    assert {"rest_day", "week_volume", "hard_spacing"} <= {rule.kind for rule in rules}
    assert plan.without_plan(context) == []


def test_twice_adds_nothing(context: Context, made: Scope, account: int, decoders: Decoders) -> None:
    before = counts(context), held(context, made), digest(context)
    demo, batch = load.start_demo(context, account)
    assert demo == made
    finish(context, demo, batch, decoders)
    assert (counts(context), held(context, made), digest(context)) == before


def test_whoever_is_interrupted_goes_on(
    context: Context, account: int, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every single thing that was done, as after none."""

    class Killed(BaseException):
        pass

    def dying(after: int) -> Any:
        left = iter(range(after))

        def write(**options: Any) -> Any:
            if next(left, None) is None:
                raise Killed
            return own(**options)

        return write

    demo, batch = load.start_demo(context, account)
    own = context.database.write
    for after in range(1, 60, 4):
        monkeypatch.setattr(type(context.database), "write", staticmethod(dying(after)))
        try:
            equip.equip(context, batch)
        except Killed:
            continue
        finally:
            monkeypatch.undo()
        break
    finish(context, demo, batch, decoders)
    found = held(context, demo)
    assert len(found["gear"]) == 4 and found["places"] == ["Home"] and len(found["segments"]) == 3
    assert all(len(set(names)) == len(names) for _, names in found["gear"].values())


def test_it_goes_with_everything_and_nothing_else_does(
    context: Context, account: int, decoders: Decoders, few: Sequence[str]
) -> None:
    own = Scope(athlete_named(context, "ada"), account)
    shared = next(path for path in few if "easy_run" in path)
    take_in(context, own, decoders, {"run.fit": encode(golden.run(60)), "as-the-demo.fit": files.made(shared)})
    derive_pending(context, own.athlete_id, decoders)
    before, pages = counts(context), [shown(context, own, one["id"]) for one in listed(context, own)]
    derived, there = digest(context), list(context.archive.digests())
    demo, batch = load.start_demo(context, account)
    finish(context, demo, batch, decoders)
    assert counts(context) != before and len(list(context.archive.digests())) == len(there) + len(few) - 1
    demo_athletes.remove_demo(context, demo)
    with context.database.read() as reader:
        assert [one["name"] for one in athletes_of(reader, account, 0)] == ["ada"]
    assert due_for_deletion(context) == [demo.athlete_id]
    deletion.take_away(context, demo.athlete_id)
    assert due_for_deletion(context) == []
    # Only that it was there and was deleted is kept.
    kept = {**before, "security_events": before["security_events"] + 2, "forgotten": before["forgotten"] + 1}
    assert counts(context) == kept and digest(context) == derived
    assert [shown(context, own, one["id"]) for one in listed(context, own)] == pages
    assert list(context.archive.digests()) == there, "the bytes that somebody else has stay"


def test_a_removal_that_was_broken_off_goes_on(context: Context, made: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts(context)
    demo_athletes.remove_demo(context, made)

    class Killed(Exception):
        pass

    def dying(*_: Any) -> Any:
        raise Killed

    for name in ("_everything", "unwanted", "_forget"):
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(deletion, name, dying)
            deletion.take_away(context, made.athlete_id)
        assert due_for_deletion(context) == [made.athlete_id]
    deletion.take_away(context, made.athlete_id)
    left = counts(context)
    assert left["athletes"] == before["athletes"] - 1 and left["arrivals"] == left["originals"] == 0
    assert list(context.archive.digests()) == []


def test_removed_while_it_is_made_it_is_made_no_further(context: Context, account: int) -> None:
    demo, batch = load.start_demo(context, account)
    demo_athletes.remove_demo(context, demo)
    load.make(context, batch)
    assert load.unmade(context) == equip.unfinished(context) == []
    deletion.take_away(context, demo.athlete_id)
    assert load.start_demo(context, account)[0] != demo


def test_only_an_owner_removes_only_a_demo_athlete(sqlite_context: Context, scope: Scope) -> None:
    account = create_account(sqlite_context, "ada", "long enough a word", is_admin=True)
    with pytest.raises(BadRequest, match="not the demo athlete"):
        demo_athletes.remove_demo(sqlite_context, scope)
    demo, _ = load.start_demo(sqlite_context, account)
    with pytest.raises(Forbidden):
        demo_athletes.remove_demo(sqlite_context, Scope(demo.athlete_id, account, "editor"))


def test_nothing_of_ones_own_is_brought_to_it(sqlite_context: Context, tmp_path: Path) -> None:
    demo, _ = load.start_demo(
        sqlite_context, create_account(sqlite_context, "ada", "long enough a word", is_admin=True)
    )
    for deed in (
        lambda: batches.open_batch(sqlite_context, demo, "upload"),
        lambda: batches.open_with_paths(sqlite_context, demo, "cli", []),
        lambda: connections.sign_in(sqlite_context, demo, "folder", "folder", {"path": str(tmp_path)}),
    ):
        with pytest.raises(Conflict, match="demo athlete"):
            deed()


def test_on_the_command_line_it_is_meant_by_its_name_alone(sqlite_context: Context) -> None:
    demo, _ = load.start_demo(sqlite_context, None)
    own = athlete_named(sqlite_context, None)
    assert own != demo.athlete_id and athlete_named(sqlite_context, "Demo athlete") == demo.athlete_id
    assert athlete_named(sqlite_context, None) == own


def test_who_comes_first_gets_an_athlete_of_their_own_beside_the_demo(sqlite_context: Context) -> None:
    demo, _ = load.start_demo(sqlite_context, None)
    account = create_account(sqlite_context, "ada", "long enough a word", is_admin=True)
    with sqlite_context.database.read() as reader:
        mine = athletes_of(reader, account, 0)
    assert [(one["name"], one["demo"]) for one in mine] == [("ada", False), ("Demo athlete", True)]
    assert load.start_demo(sqlite_context, account)[0].athlete_id == demo.athlete_id

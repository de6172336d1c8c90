"""The demo athlete is an athlete of its own: made once, with all that a person would have, and gone with everything."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from homestretch.demo import equip, files, load
from homestretch.demo.files import paths
from homestretch.errors import BadRequest, Conflict, Forbidden
from homestretch.flow.accounts import demo_athletes
from homestretch.flow.accounts.accounts import athlete_named, create_account
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import catch_up
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.imports import batches
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import World
from homestretch.flow.sync import connections
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.views.activities.matches import open_reviews
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
    every = paths(load.SEED, TODAY)
    rollers = next(path for path in reversed(every) if "-trainer" in path and path.endswith("-bike.fit"))
    newest = [[path for path in every if kind in path and not "-04-" < path[10:14] < "-05-"][-2:] for kind in KINDS]
    chosen = [every[0], *(path for found in newest for path in found), rollers, every[-1]]
    monkeypatch.setattr(files, "paths", lambda seed, today: chosen)
    return chosen


@pytest.fixture
def account(world: World) -> int:
    """An account with an athlete of its own."""
    return create_account(world, "ada", "long enough a word", is_admin=True)


@pytest.fixture
def made(world: World, account: int, decoders: Decoders) -> Iterator[Scope]:
    """The demo athlete of the account, with everything."""
    demo, batch = load.start_demo(world, account)
    finish(world, demo, batch, decoders)
    yield demo


def finish(world: World, demo: Scope, batch: int, decoders: Decoders) -> None:
    load.make(world, batch)
    ingest(world, demo.athlete_id, decoders)
    for left in equip.unfinished(world):
        equip.finish_equipping(world, left)
    catch_up(world, demo.athlete_id, decoders)
    time_segments(world, demo.athlete_id)


def counts(world: World) -> dict[str, int]:
    """Return how many rows every table has that outlives a moment."""
    passing = {"leases", "marks", "tokens"}
    tables = [t for t in (*kept_metadata.sorted_tables, *derived_metadata.sorted_tables) if t.name not in passing]
    with world.database.read() as reader:
        return {table.fullname: int(reader.scalar(select(func.count()).select_from(table)) or 0) for table in tables}


def held(world: World, demo: Scope) -> dict[str, Any]:
    """Return what pages about the demo athlete show besides activities."""
    with world.database.read() as reader:
        told = {one["key"]: len(one["history"]) for one in thresholds(reader, demo, TODAY) if one["history"]}
        gears = gear_list(reader, demo, world.clock())["items"]
        return {
            "thresholds": told,
            "gear": {one["name"]: (one["activities"], [part["name"] for part in one["components"]]) for one in gears},
            "segments": {one["name"]: one["efforts"] for one in segment_list(reader, demo)},
            "places": [zone["name"] for zone in zone_list(reader, demo)],
            "questions": len(open_reviews(reader, demo)["items"]),
        }


def test_it_has_what_a_person_would_have(world: World, made: Scope, account: int) -> None:
    found = held(world, made)
    assert found["thresholds"].keys() >= {"ftp_w", "max_hr_bpm", "threshold_speed_mps", "css_mps", "weight_kg"}
    assert found["thresholds"]["ftp_w"] > 1, "it was set again and again"
    assert found["gear"].keys() == {"Road bike", "Gravel bike", "Worn running shoes", "Running shoes"}
    assert found["gear"]["Gravel bike"] == (2, ["Chain", "Brake pads"]) and found["gear"]["Road bike"][0] == 6
    assert found["segments"].keys() == {"Road out of town", "River path", "The long climb"}
    assert min(found["segments"].values()) >= 1
    assert (found["places"], found["questions"]) == (["Home"], 1)
    with world.database.read() as reader:
        mine, demo = athletes_of(reader, account)
    assert (mine["name"], mine["demo"], demo["name"], demo["demo"]) == ("ada", False, "Demo athlete", True)
    assert listed(world, Scope(int(mine["id"]), account)) == []


def test_twice_adds_nothing(world: World, made: Scope, account: int, decoders: Decoders) -> None:
    before = counts(world), held(world, made), digest(world)
    demo, batch = load.start_demo(world, account)
    assert demo == made
    finish(world, demo, batch, decoders)
    assert (counts(world), held(world, made), digest(world)) == before


def test_whoever_is_interrupted_goes_on(
    world: World, account: int, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
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

    demo, batch = load.start_demo(world, account)
    own = world.database.write
    for after in range(1, 60, 4):
        monkeypatch.setattr(type(world.database), "write", staticmethod(dying(after)))
        try:
            equip.equip(world, batch)
        except Killed:
            continue
        finally:
            monkeypatch.undo()
        break
    finish(world, demo, batch, decoders)
    found = held(world, demo)
    assert len(found["gear"]) == 4 and found["places"] == ["Home"] and len(found["segments"]) == 3
    assert all(len(set(names)) == len(names) for _, names in found["gear"].values())


def test_it_goes_with_everything_and_nothing_else_does(
    world: World, account: int, decoders: Decoders, few: Sequence[str]
) -> None:
    own = Scope(athlete_named(world, "ada"), account)
    shared = next(path for path in few if "easy_run" in path)
    take_in(world, own, decoders, {"run.fit": encode(golden.run(60)), "as-the-demo.fit": files.made(shared)})
    catch_up(world, own.athlete_id, decoders)
    before, pages = counts(world), [shown(world, own, one["id"]) for one in listed(world, own)]
    derived, there = digest(world), list(world.archive.digests())
    demo, batch = load.start_demo(world, account)
    finish(world, demo, batch, decoders)
    assert counts(world) != before and len(list(world.archive.digests())) == len(there) + len(few) - 1
    demo_athletes.remove_demo(world, demo)
    with world.database.read() as reader:
        assert [one["name"] for one in athletes_of(reader, account)] == ["ada"]
    assert demo_athletes.removed_demos(world) == [demo.athlete_id]
    demo_athletes.take_away(world, demo.athlete_id)
    assert demo_athletes.removed_demos(world) == []
    assert counts(world) == before and digest(world) == derived
    assert [shown(world, own, one["id"]) for one in listed(world, own)] == pages
    assert list(world.archive.digests()) == there, "the bytes that somebody else has stay"


def test_a_removal_that_was_broken_off_goes_on(world: World, made: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts(world)
    demo_athletes.remove_demo(world, made)

    class Killed(Exception):
        pass

    def dying(*_: Any) -> Any:
        raise Killed

    for name in ("_everything", "unwanted", "_forget"):
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(demo_athletes, name, dying)
            demo_athletes.take_away(world, made.athlete_id)
        assert demo_athletes.removed_demos(world) == [made.athlete_id]
    demo_athletes.take_away(world, made.athlete_id)
    left = counts(world)
    assert left["athletes"] == before["athletes"] - 1 and left["arrivals"] == left["originals"] == 0
    assert list(world.archive.digests()) == []


def test_removed_while_it_is_made_it_is_made_no_further(world: World, account: int) -> None:
    demo, batch = load.start_demo(world, account)
    demo_athletes.remove_demo(world, demo)
    load.make(world, batch)
    assert load.unmade(world) == equip.unfinished(world) == []
    demo_athletes.take_away(world, demo.athlete_id)
    assert load.start_demo(world, account)[0] != demo


def test_only_an_owner_removes_only_a_demo_athlete(sqlite_world: World, scope: Scope) -> None:
    account = create_account(sqlite_world, "ada", "long enough a word", is_admin=True)
    with pytest.raises(BadRequest, match="no demo athlete"):
        demo_athletes.remove_demo(sqlite_world, scope)
    demo, _ = load.start_demo(sqlite_world, account)
    with pytest.raises(Forbidden):
        demo_athletes.remove_demo(sqlite_world, Scope(demo.athlete_id, account, "editor"))


def test_nothing_of_ones_own_is_brought_to_it(sqlite_world: World, tmp_path: Path) -> None:
    demo, _ = load.start_demo(sqlite_world, create_account(sqlite_world, "ada", "long enough a word", is_admin=True))
    for deed in (
        lambda: batches.open_batch(sqlite_world, demo, "upload"),
        lambda: batches.open_with_paths(sqlite_world, demo, "cli", []),
        lambda: connections.sign_in(sqlite_world, demo, "folder", "folder", {"path": str(tmp_path)}),
    ):
        with pytest.raises(Conflict, match="demo athlete"):
            deed()


def test_on_the_command_line_it_is_meant_by_its_name_alone(sqlite_world: World) -> None:
    demo, _ = load.start_demo(sqlite_world, None)
    own = athlete_named(sqlite_world, None)
    assert own != demo.athlete_id and athlete_named(sqlite_world, "Demo athlete") == demo.athlete_id
    assert athlete_named(sqlite_world, None) == own


def test_who_comes_first_gets_an_athlete_of_their_own_beside_the_demo(sqlite_world: World) -> None:
    demo, _ = load.start_demo(sqlite_world, None)
    account = create_account(sqlite_world, "ada", "long enough a word", is_admin=True)
    with sqlite_world.database.read() as reader:
        mine = athletes_of(reader, account)
    assert [(one["name"], one["demo"]) for one in mine] == [("ada", False), ("Demo athlete", True)]
    assert load.start_demo(sqlite_world, account)[0].athlete_id == demo.athlete_id

"""Routes: founded by the first in time, whatever the order of arrival; and all places against a full rebuild."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from homestretch.analysis.geo.routes import signature
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.places import heat, routes, segment_efforts
from homestretch.flow.derive.places.routes import find_routes, unrouted_athletes
from homestretch.flow.derive.rederive import clear
from homestretch.flow.edit import edits, segments
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.database import Database, Writer, sqlite_url
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings, route_members, tracks
from tests.conftest import make_context
from tests.flow.courses import BLOCK, RIDE, ROAD, Metres, along, members, rebuilt, settled
from tests.store.rows import put_rows
from tests.taking import listed, row_id, take_in

#: By name: a road three times, each 30 m further off, so that the first and the last are not alike; back; by bicycle;
#: round a block, also begun elsewhere and the other way.
FILES = {
    "day0.fit": encode(along(ROAD, 0)),
    "day1.fit": encode(along(ROAD, 1, 30.0)),
    "day2.fit": encode(along(ROAD, 2, 60.0)),
    "day3.fit": encode(along(ROAD[::-1], 3)),
    "day4.fit": encode(along(ROAD, 4, 0.0, RIDE, 8.0)),
    "day5.fit": encode(along(BLOCK * 2, 5)),
    "day6.fit": encode(along((*BLOCK[2:], *BLOCK[1:], *BLOCK[1:3]), 6)),
    "day7.gpx": gpx.encode(along(ROAD, 7, 90.0)),
}
DRAWN = {
    "road": gpx.encode(along(((300.0, 33.3), (700.0, 77.8)), 0)),
    "block": gpx.encode(along(BLOCK[:3], 0)),
}


def test_the_first_in_time_founds_a_route(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, FILES)
    assert unrouted_athletes(context) == [scope.athlete_id]
    find_routes(context, scope.athlete_id)
    found = members(context)
    assert found[0] == (0, "same")
    assert found[1] == (0, "same")
    assert found[2] == (2, "same")
    assert found[3] == (0, "reversed")
    assert found[4] == (4, "same")
    assert found[5] == (5, "same")
    assert found[7] == (2, "same")
    assert unrouted_athletes(context) == []


def test_one_that_comes_late_and_is_earlier_takes_over(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Day 1 founds while day 0 is not there; then day 2 is left without one it is like."""
    take_in(context, scope, decoders, {name: FILES[name] for name in ("day1.fit", "day2.fit")})
    settled(context, scope, decoders)
    assert members(context) == {1: (1, "same"), 2: (1, "same")}
    take_in(context, scope, decoders, {"day0.fit": FILES["day0.fit"]})
    settled(context, scope, decoders)
    assert members(context) == {0: (0, "same"), 1: (0, "same"), 2: (2, "same")}


def test_a_founder_that_goes_leaves_its_route_to_the_next(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, {"day0.fit": FILES["day0.fit"]})
    take_in(context, scope, decoders, {name: FILES[name] for name in ("day1.fit", "day2.fit")})
    settled(context, scope, decoders)
    batches.undo(context, scope, items["day0.fit"]["batch"])
    settled(context, scope, decoders)
    assert members(context) == {1: (1, "same"), 2: (1, "same")}


def test_the_order_of_arrival_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = set()
    for seed in range(3):
        context, scope = fresh(tmp_path_factory)
        ids = iter(DRAWN)
        monkeypatch.setattr(segments, "public_id", lambda ids=ids: next(ids))
        chance = random.Random(seed)
        names = list(FILES)
        chance.shuffle(names)
        cut = chance.randrange(1, len(names))
        take_in(context, scope, decoders, {name: FILES[name] for name in names[:cut]})
        if seed:
            settled(context, scope, decoders)
        for name, data in DRAWN.items():
            segments.from_gpx(context, scope, data, f"{name}.gpx", "run")
        for name in names[cut:]:
            take_in(context, scope, decoders, {name: FILES[name]})
        digests.add(settled(context, scope, decoders))
        context.database.close()
    assert len(digests) == 1


def drawn(course: Metres, off_m: float = 0.0) -> dict[str, Any]:
    """Return what the row of a way along a course says of it."""
    recording = along(course, 0, off_m)
    latitude, longitude = (recording.channels[key].values() for key in ("latitude", "longitude"))
    made = signature(latitude, longitude)
    box = dict(zip(("south", "west", "north", "east"), made.box, strict=True))
    return {**box, "length_m": made.length_m, "signature": made.to_bytes()}


#: Ways along one road and beside it, round a block; one that leads nowhere, and one that says nothing.
WAYS = {
    "road": drawn(ROAD), "beside": drawn(ROAD, 30.0), "further": drawn(ROAD, 60.0), "block": drawn(BLOCK),
    "nowhere": {**drawn(BLOCK), "length_m": 0.0}, "nothing": {"length_m": 900.0},
}  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(starts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(WAYS))), max_size=7), chance=st.randoms())
@example(starts=[(0, "road"), (0, "block")], chance=random.Random(0))
@example(starts=[(0, "road"), (0, "further"), (0, "beside")], chance=random.Random(0))
def test_it_ends_and_gives_the_same_in_any_order(
    starts: list[tuple[int, str]], chance: random.Random, sqlite_context: Context, scope: Scope
) -> None:
    """Also where many start together, along the same way, or along none."""
    found = []
    for _ in range(3):
        clear(sqlite_context)
        order = chance.sample(range(len(starts)), len(starts))
        cut = chance.randint(0, len(starts))
        for ids in (range(cut), range(cut, len(starts))):
            with sqlite_context.database.write() as session:
                for number in ids:
                    put_way(session, scope, number + 1, order[number], *starts[order[number]])
            with killed_after(len(starts) + 1, pytest.MonkeyPatch()):
                assert find_routes(sqlite_context, scope.athlete_id) <= len(starts)
        assert unrouted_athletes(sqlite_context) == []
        with sqlite_context.database.read() as reader:
            rows = reader.rows(select(route_members))
        found.append({order[row.activity_id - 1]: (order[row.route_id - 1], row.direction) for row in rows})
    assert found[0] == found[1] == found[2]


def put_way(session: Writer, scope: Scope, number: int, content: int, start: int, way: str) -> None:
    """Put an activity that came as the number says, of a recording that its content names, along a way."""
    of = {"athlete_id": scope.athlete_id, "start_ms": 1000 * start}
    shown = {"public_id": str(number), "primary_id": number, "sport": "running"}
    put_rows(session, recordings, [{**of, "id": number, "digest": f"{content:064x}", "key": f"{content:064x}:0"}])
    put_rows(session, activities, [{**of, **shown, "id": number}])
    put_rows(session, tracks, [{"athlete_id": scope.athlete_id, "activity_id": number, **WAYS[way]}])


def fresh(folders: pytest.TempPathFactory) -> tuple[Context, Scope]:
    """Return a context of its own on SQLite, and its athlete."""
    from homestretch.flow.accounts.accounts import athlete_named

    folder = folders.mktemp("context")
    context = make_context(folder, sqlite_url(folder))
    return context, Scope(athlete_named(context, None))


class Killed(BaseException):
    """What a kill is in a test."""


@contextmanager
def killed_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kill what runs within, in the middle of a transaction after so many that were committed."""
    own, count = Database.write, 0

    @contextmanager
    def write(self: Database) -> Iterator[Writer]:
        nonlocal count
        count += 1
        with own(self) as session:
            yield session
            if count > writes:
                raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", write)
        for module in (heat, segment_efforts, routes):
            patch.setattr(module, "PORTION", 2)
        with suppress(Killed):
            yield


class Doing:
    """An athlete doing things at random; every public name is one of them."""

    def __init__(self, context: Context, scope: Scope, decoders: Decoders, chance: random.Random) -> None:
        self._all = (context, scope, decoders)
        self._world, self._scope, self._decoders, self._chance = context, scope, decoders, chance
        self._batches: list[int] = []
        self._undone: list[int] = []
        self._segments: list[str] = []
        self._removed: list[str] = []

    def take(self) -> None:
        names = self._chance.sample(sorted(FILES), self._chance.randint(1, 3))
        items = take_in(*self._all, {name: FILES[name] for name in names})
        self._batches.append(next(iter(items.values()))["batch"])

    def undo(self) -> None:
        self._turn(self._batches, self._undone, batches.undo)

    def redo(self) -> None:
        self._turn(self._undone, self._batches, batches.redo)
        from homestretch.flow.derive.rederive import rederive

        rederive(self._world, self._scope.athlete_id, self._decoders)

    def delete(self) -> None:
        self._one(edits.remove)

    def restore(self) -> None:
        self._one(edits.restore)

    def hide(self) -> None:
        self._one(edits.change, {"hidden": self._chance.random() < 0.7})

    def retype(self) -> None:
        self._one(edits.change, {"sport": self._chance.choice(["running", "walking", "cycling"])})

    def draw(self) -> None:
        name = self._chance.choice(sorted(DRAWN))
        self._segments.append(segments.from_gpx(self._world, self._scope, DRAWN[name], f"{name}.gpx", "run"))

    def remove_segment(self) -> None:
        self._turn(self._segments, self._removed, segments.remove)

    def restore_segment(self) -> None:
        self._turn(self._removed, self._segments, segments.restore)

    def settle(self) -> None:
        settled(*self._all)

    def die(self) -> None:
        with killed_after(self._chance.randint(0, 12), pytest.MonkeyPatch()):
            settled(*self._all)

    def _turn(self, begin: list[Any], end: list[Any], act: Any) -> None:
        if begin:
            one = begin.pop(self._chance.randrange(len(begin)))
            act(self._world, self._scope, one)
            end.append(one)

    def _one(self, act: Any, *more: Any) -> None:
        known = listed(self._world, self._scope, hidden="all")
        known += listed(self._world, self._scope, hidden="all", deleted=True)
        if known:
            act(self._world, self._scope, row_id(self._world, self._scope, self._chance.choice(known)["id"]), *more)


DEEDS = sorted(name for name in vars(Doing) if not name.startswith("_"))
#: How often each is done where it matters.
OFTEN = {"take": 4, "settle": 6, "die": 2, "retype": 3, "undo": 3, "redo": 2}


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_a_rebuild_agrees(
    seed: int, tmp_path_factory: pytest.TempPathFactory, decoders: Decoders
) -> None:
    context, scope = fresh(tmp_path_factory)
    _whatever(context, scope, decoders, seed)
    context.database.close()


def test_whatever_is_done_a_rebuild_agrees_on_both(context: Context, scope: Scope, decoders: Decoders) -> None:
    _whatever(context, scope, decoders, 99)


def _whatever(context: Context, scope: Scope, decoders: Decoders, seed: int) -> None:
    chance = random.Random(seed)
    doing = Doing(context, scope, decoders, chance)
    doing.take()
    doing.draw()
    done = chance.choices(DEEDS, [OFTEN.get(deed, 1) for deed in DEEDS], k=24)
    for deed in done:
        getattr(doing, deed)()
    before = settled(context, scope, decoders)
    assert rebuilt(context, scope, decoders) == before, done

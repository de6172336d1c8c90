"""Whatever people and sources do, in whatever order: all that is derived is a rebuild's, and every address answers.

The short form runs in every test run; `make torture` runs the long one, which looks after every step.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from homestretch.app import all_jobs
from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.derive.commit import Arrival, keep_arrivals
from homestretch.flow.derive.measure.measuring import measure_due
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.derive.places.routes import find_routes
from homestretch.flow.derive.places.segment_efforts import time_segments
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.edit import corrections, edits, gear, health, merging, private_places, segments, thresholds
from homestretch.flow.imports import batches
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.maintenance.second_store import rebuilt_beside
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections
from homestretch.flow.writeback import source_priority
from homestretch.model.refusals import QUANTITIES
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, pairs, recordings
from homestretch.store.tables.kept import athletes, identities
from homestretch.store.tables.ops import batches as imports
from homestretch.views.activities.activity import resolve
from homestretch.views.system.consistency import dead_addresses, differences
from tests.flow.derive.test_any_order import pool
from tests.inline import Worlds

FULL = os.environ.get("HOMESTRETCH_TORTURE") == "full"
EXAMPLES, STEPS = (40, 30) if FULL else (12, 15)
SCOPE = Scope(1)
#: What a person may not do just now is refused in a sentence; nothing has changed then.
REFUSED = (BadRequest, Conflict, NotFound)
NUMBER = st.integers(0, 1000)
DAYS = st.sampled_from([date(2026, 5, 2), date(2026, 5, 3), date(2026, 5, 4)])
#: The jobs that have nothing left to do once all is derived.
IDLE = ("measure", "segments", "routes", "heat", "payloads", "days", "rederive")
FILES = {one.name: one for one in pool() if one.source == "file"}
STATED = {
    "ftp_w": 250.0, "cp_w": 260.0, "w_prime_j": 20_000.0, "lthr_bpm": 165.0, "max_hr_bpm": 190.0,
    "resting_hr_bpm": 45.0, "threshold_speed_mps": 4.0, "css_mps": 1.2, "weight_kg": 70.0, "birth_year": 1985.0,
    "sex": 1.0, "hr_zones": 2.0,
}  # fmt: skip

FIELDS = st.fixed_dictionaries({}, optional={
    "name": st.sampled_from(["Parkrun", None]), "sport": st.sampled_from(["running", "cycling", "transition"]),
    "sub_sport": st.sampled_from(["indoor_cycling", None]), "hidden": st.booleans(),
    "rpe": st.sampled_from([3, None]), "feel": st.sampled_from([4, None]), "description": st.just("Wet"),
})  # fmt: skip

CORRECTIONS = st.sampled_from([
    ("crop", {"start": 30, "end": 500}), ("crop", {"start": -60, "end": 200}), ("altitude", {"drift_m": 7}),
    ("leave_out", {"channel": "places", "stretches": [[20, 60], [90, 95]]}),
    ("leave_out", {"channel": "heart_rate_bpm", "stretches": [[0, 40]]}),
    ("split", {"at": 150, "rest_sport": "walking"}), ("split", {"at": 60, "sport": "cycling"}),
    ("laps", {"laps": [{"at": 0, "label": "work"}, {"at": 120}]}), ("pool_length", {"length_m": 33.3}),
])  # fmt: skip

pytestmark = pytest.mark.torture


class Deeds(RuleBasedStateMachine):
    """An athlete's home, and all that may be done in it."""

    worlds: Worlds

    def __init__(self) -> None:
        super().__init__()
        self._stack = contextlib.ExitStack()
        self.context: Context = self._stack.enter_context(self.worlds.fresh())
        self.homes: dict[str, frozenset[int]] = {}
        self.connection: str | None = None
        self.looked = True
        self.entries: list[str] = []

    def teardown(self) -> None:
        try:
            self.look()
        finally:
            self._stack.close()

    # What comes and goes

    @initialize(names=st.lists(st.sampled_from(list(FILES)), min_size=6, max_size=12, unique=True))
    def begins(self, names: Sequence[str]) -> None:
        """There is something already, and the jobs have done with it."""
        self.imports(names[::2])
        self.imports(names[1::2])
        self.a_job_runs("all")

    @rule(names=st.lists(st.sampled_from(list(FILES)), min_size=1, max_size=4, unique=True))
    def imports(self, names: Sequence[str]) -> None:
        """Take files in, or again."""
        chosen = [FILES[name] for name in names]
        batch = batches.open_with_paths(
            self.context, SCOPE, "cli", [(one.name, self.worlds.place(one.name, one.data)) for one in chosen]
        )
        ingest(self.context, 1, self.worlds.inline)
        assert self._one(select(imports.c.state).where(imports.c.id == batch)) == "done"

    @rule(number=NUMBER, again=st.booleans())
    def undoes_an_import(self, number: int, again: bool) -> None:
        if (batch := self._chosen(select(imports.c.id).order_by(imports.c.id), number)) is not None:
            with contextlib.suppress(*REFUSED):
                (batches.redo if again else batches.undo)(self.context, SCOPE, batch)
            rederive(self.context, 1, self.worlds.inline)

    @rule(name=st.sampled_from(list(FILES)), key=st.sampled_from(["1", "987", "988"]))
    def a_source_brings(self, name: str, key: str) -> None:
        """What is new there, or what was imported by hand before."""
        chosen = FILES[name]
        digest = self.worlds.digest(chosen.data)
        with self.context.database.write() as session:
            if self.connection is None:
                garmin = sources()["garmin"]
                self.connection, self.number = connections.add_connection(self.context, session, SCOPE, garmin)
            came = Arrival(
                digest, len(chosen.data), f"garmin/{chosen.name}", provider="garmin", connection_id=self.number,
                provider_key=key,
            )  # fmt: skip
            keep_arrivals(self.context, session, 1, [came])
        rederive(self.context, 1, self.worlds.inline)

    @precondition(lambda self: self.connection is not None)
    @rule()
    def purges_the_source(self) -> None:
        connections.disconnect(self.context, SCOPE, str(self.connection), purge=True)
        self.connection = None

    @rule(number=NUMBER)
    def deletes_for_good(self, number: int) -> None:
        if number % 5 == 0 and (activity := self._activity(number)) is not None:
            with contextlib.suppress(*REFUSED):
                edits.remove_for_good(self.context, SCOPE, activity)

    # What people say

    @rule(number=NUMBER, fields=FIELDS)
    def edits_an_activity(self, number: int, fields: dict[str, Any]) -> None:
        self._on(number, lambda activity: edits.change(self.context, SCOPE, activity, fields))

    @rule(number=NUMBER, correction=CORRECTIONS)
    def corrects_samples(self, number: int, correction: tuple[str, dict[str, Any]]) -> None:
        self._on(number, lambda activity: corrections.correct(self.context, SCOPE, activity, *correction))

    @rule(number=NUMBER, quantity=st.sampled_from(sorted(QUANTITIES)), refused=st.booleans())
    def refuses_a_record(self, number: int, quantity: str, refused: bool) -> None:
        self._on(number, lambda activity: edits.refuse(self.context, SCOPE, activity, quantity, refused=refused))

    @rule(number=NUMBER, deed=st.sampled_from([edits.remove, edits.restore, edits.undo_last]))
    def deletes_restores_or_takes_back(self, number: int, deed: Callable[..., None]) -> None:
        self._on(number, lambda activity: deed(self.context, SCOPE, activity))

    @rule(number=NUMBER, other=NUMBER)
    def puts_together(self, number: int, other: int) -> None:
        second = self._activity(other)
        if second is not None:
            self._on(number, lambda first: merging.join(self.context, SCOPE, first, second))

    @rule(number=NUMBER)
    def takes_apart(self, number: int) -> None:
        recording = self._recording(number)
        if recording is not None:
            with contextlib.suppress(*REFUSED):
                merging.part(self.context, SCOPE, recording.activity_id, recording.public_id)

    @rule(number=NUMBER, one=st.booleans())
    def answers_a_question(self, number: int, one: bool) -> None:
        query = select(pairs.c.a, pairs.c.b).order_by(pairs.c.a, pairs.c.b)
        with self.context.database.read() as reader:
            rows = reader.rows(query)
            if rows:
                duo = rows[number % len(rows)]
                asked = (self._public(reader, duo.a), self._public(reader, duo.b))
        if rows:
            merging.decide(self.context, SCOPE, [asked], one=one)

    @rule(number=NUMBER, name=st.sampled_from(["*", "heart_rate_bpm", "power_w", "distance_m", "name"]))
    def believes_a_recording(self, number: int, name: str) -> None:
        recording = self._recording(number)
        if recording is not None:
            with contextlib.suppress(*REFUSED):
                merging.prefer(self.context, SCOPE, recording.activity_id, name, recording.public_id)

    @rule(order=st.permutations(["file", "garmin", "strava_archive", "manual"]), count=st.integers(0, 4))
    def orders_sources(self, order: list[str], count: int) -> None:
        source_priority.order_sources(self.context, SCOPE, order[:count])

    @rule(
        key=st.sampled_from(sorted(STATED)), factor=st.sampled_from([1.0, 1.02]),
        day=st.sampled_from([date(2020, 1, 1), date(2026, 5, 3), date(2026, 5, 5)]),
        family=st.sampled_from(["", "run", "ride"]), back=st.booleans(),
    )  # fmt: skip
    def states_a_threshold(self, key: str, factor: float, day: date, family: str, back: bool) -> None:
        value = None if back else float(round(STATED[key] * (factor if STATED[key] > 10 else 1), 3))
        with contextlib.suppress(*REFUSED):
            thresholds.state(self.context, SCOPE, key, value, day, family)

    @rule(number=NUMBER, family=st.sampled_from(["run", "ride", "swim"]))
    def has_gear(self, number: int, family: str) -> None:
        item = gear.add(self.context, SCOPE, {"name": f"Pair {number}", "kind": "shoes", "families": [family]})
        self._on(number, lambda activity: edits.change(self.context, SCOPE, activity, {"gear": item}))
        if number % 3 == 0:
            gear.change(self.context, SCOPE, item, {"retired": date(2026, 5, 3)})
        if number % 4 == 0:
            gear.remove(self.context, SCOPE, item)

    @rule(number=NUMBER)
    def draws_a_segment(self, number: int) -> None:
        def draw(activity: int) -> None:
            segment = segments.draw(self.context, SCOPE, activity, "Along", 20.0, 20.0 + number % 300)
            if number % 3 == 0:
                segments.remove(self.context, SCOPE, segment)
            if number % 6 == 0:
                segments.restore(self.context, SCOPE, segment)

        self._on(number, draw)

    @rule(kind=st.sampled_from(["weight_kg", "steps"]), day=DAYS, at=st.sampled_from([None, 1_777_800_000_000]))
    def enters_a_measurement(self, kind: str, day: date, at: int | None) -> None:
        value = 71.0 if kind == "weight_kg" else 5000.0
        self.entries.append(health.add_entry(self.context, SCOPE, health.Entry(kind, value, day, at)))

    @precondition(lambda self: self.entries)
    @rule(number=NUMBER, deed=st.sampled_from([health.remove_entry, health.restore_entry]))
    def removes_or_restores_an_entry(self, number: int, deed: Callable[..., None]) -> None:
        deed(self.context, SCOPE, self.entries[number % len(self.entries)])

    @precondition(lambda self: self.entries)
    @rule(number=NUMBER, day=DAYS)
    def changes_an_entry(self, number: int, day: date) -> None:
        entry = self.entries[number % len(self.entries)]
        self.entries.append(health.change_entry(self.context, SCOPE, entry, {"day": day, "value": 75.0}))

    @rule(kind=st.sampled_from(["", "steps"]), order=st.sampled_from([[], ["garmin", "fit"], ["fit:2"]]))
    def believes_sources(self, kind: str, order: list[str]) -> None:
        health.set_priority(self.context, SCOPE, kind, order)

    @rule(zone=st.sampled_from([None, "Pacific/Auckland", "Europe/Helsinki", "America/Los_Angeles"]))
    def moves(self, zone: str | None) -> None:
        """Live in another zone from now on: days, and activities that state no clock, are by it."""
        with self.context.database.write() as session:
            session.run(athletes.update().values(home_zone=zone))

    @rule(radius=st.sampled_from([200.0, 1000.0]))
    def hides_a_place(self, radius: float) -> None:
        zone = private_places.add(self.context, SCOPE, "Home", 60.17, 24.94, radius)
        private_places.remove(self.context, SCOPE, zone)

    # What jobs do meanwhile

    @rule(job=st.sampled_from(["measure", "segments", "routes", "heat", "all"]))
    def a_job_runs(self, job: str) -> None:
        run: dict[str, Callable[[], object]] = {
            "measure": lambda: measure_due(self.context, 1, self.worlds.inline),
            "segments": lambda: time_segments(self.context, 1),
            "routes": lambda: find_routes(self.context, 1),
            "heat": lambda: draw_heat(self.context, 1),
            "all": lambda: self.worlds.settled(self.context),
        }
        run[job]()

    # What must hold

    @invariant()
    def addresses_answer(self) -> None:
        """Every address that led to an activity leads to one while any of its recordings is there."""
        self.looked = False
        with self.context.database.read() as reader:
            assert dead_addresses(reader) == []
            there = {row.id for row in reader.rows(select(recordings.c.id))}
            for address, members in self.homes.items():
                if members & there:
                    assert resolve(reader, SCOPE, address)
            now: dict[int, set[int]] = {}
            for row in reader.rows(select(recordings.c.id, recordings.c.activity_id)):
                now.setdefault(row.activity_id, set()).add(row.id)
            shown = reader.rows(select(activities.c.id, activities.c.public_id, activities.c.split_from_id))
            self.homes |= {row.public_id: frozenset(now.get(row.split_from_id or row.id, ())) for row in shown}
        if FULL:
            self.look()

    def look(self) -> None:
        """Let all jobs end, and compare every derived table with a rebuild's."""
        if self.looked:
            return
        rederive(self.context, 1, self.worlds.inline)
        self.worlds.settled(self.context)
        jobs = all_jobs()
        assert [key for key in IDLE if list(jobs[key].due(self.context))] == []
        with (
            rebuilt_beside(self.context, self.worlds.inline) as second,
            self.context.database.read() as there,
            second.database.read() as rebuilt,
        ):
            found = differences(there, rebuilt)
        assert found == [], found
        self.looked = True

    def _on(self, number: int, deed: Callable[[int], object]) -> None:
        activity = self._activity(number)
        if activity is not None:
            with contextlib.suppress(*REFUSED):
                deed(activity)

    def _activity(self, number: int) -> int | None:
        found: int | None = self._chosen(select(activities.c.id).order_by(activities.c.id), number)
        return found

    def _recording(self, number: int) -> Any:
        query = select(recordings.c.activity_id, identities.c.public_id).join(
            identities, identities.c.id == recordings.c.id
        )
        with self.context.database.read() as reader:
            rows = reader.rows(query.order_by(recordings.c.id))
        return rows[number % len(rows)] if rows else None

    def _chosen(self, query: Any, number: int) -> Any:
        with self.context.database.read() as reader:
            rows = reader.rows(query)
        return rows[number % len(rows)][0] if rows else None

    def _one(self, query: Any) -> Any:
        with self.context.database.read() as reader:
            return reader.scalar(query)

    @staticmethod
    def _public(reader: Any, number: int) -> str:
        return str(reader.scalar(select(identities.c.public_id).where(identities.c.id == number)))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Deeds]]:
    made = Worlds(tmp_path_factory.mktemp("worlds"))
    yield type("Deeds", (Deeds,), {"worlds": made})


def test_whatever_is_done_what_is_derived_is_what_a_rebuild_makes(machine: type[Deeds]) -> None:
    seed = os.environ.get("HOMESTRETCH_TORTURE_SEED")
    how = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=seed is None,
        suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=how)

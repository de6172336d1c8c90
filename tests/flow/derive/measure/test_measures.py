"""Measuring: what is due follows from what was said, and nothing else is computed again."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Table, delete, func, select, update

from homestretch.analysis.athlete.thresholds import THRESHOLDS
from homestretch.analysis.measure import measure as analysis
from homestretch.analysis.measure.measure import read
from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import forget_incomplete, measure_due, unmeasured_athletes
from homestretch.flow.edit import edits, segments
from homestretch.flow.edit.thresholds import state
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.queries.measured import WRITTEN
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import (
    bests,
    efforts,
    estimates,
    heat_classes,
    heat_tiles,
    measures,
    metrics,
    route_bands,
    route_members,
)
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.metrics import metrics_of
from homestretch.views.system.doctor import examine
from homestretch.views.training.thresholds import thresholds
from tests.flow.courses import ROAD, along, rebuilt, settled
from tests.formats import golden
from tests.taking import digest, listed, row_id, take_in

DAY = date(2026, 1, 1)


def numbers(context: Context, scope: Scope, activity: str) -> dict[str, Any]:
    with context.database.read() as reader:
        return dict(metrics_of(reader, resolve(reader, scope, activity)))


def value(context: Context, scope: Scope, activity: str, key: str) -> Any:
    return numbers(context, scope, activity)["metrics"][key]["value"]


def fingerprints(context: Context) -> dict[int, dict[str, str]]:
    with context.database.read() as reader:
        return {row.activity_id: read(row.computed) for row in reader.rows(select(measures))}


def due(context: Context) -> int:
    with context.database.read() as reader:
        return len(reader.rows(select(measures.c.activity_id).where(measures.c.stale)))


@pytest.fixture
def run(context: Context, scope: Scope, decoders: Decoders) -> str:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(900))})
    measure_due(context, scope.athlete_id, decoders)
    return str(listed(context, scope)[0]["id"])


def test_an_import_measures_at_once(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(900)), "swim.fit": encode(golden.pool_swim())})
    assert due(context) == 0 and len(fingerprints(context)) == 2
    found = numbers(context, scope, listed(context, scope, sport="running")[0]["id"])
    assert found["metrics"]["load"]["value"] > 0 and not found["measuring"]
    assert found["metrics"]["intensity"] == {"value": None, "unit": "", "reason": "no_threshold", "version": 1}
    assert {"zones", "climbs", "intervals"} <= found.keys()


def test_a_job_finds_nothing_to_change_in_what_an_import_measured(
    context: Context, scope: Scope, decoders: Decoders, run: str
) -> None:
    before = numbers(context, scope, run)
    assert unmeasured_athletes(context) == []
    with context.database.write() as session:
        session.run(update(measures).values(computed="", stale=True))
    assert unmeasured_athletes(context) == [scope.athlete_id]
    assert measure_due(context, scope.athlete_id, decoders) == 1
    assert numbers(context, scope, run) == before


def test_a_threshold_makes_due_what_reads_it_and_nothing_else(
    context: Context, scope: Scope, decoders: Decoders, run: str
) -> None:
    (before,) = fingerprints(context).values()
    state(context, scope, "ftp_w", 280, DAY, "run")
    assert unmeasured_athletes(context) == [scope.athlete_id]
    assert measure_due(context, scope.athlete_id, decoders) == 1
    (after,) = fingerprints(context).values()
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {part.key for part in analysis.parts().values() if "ftp_w" in part.reads or reads_cp(part)}
    weighted = value(context, scope, run, "weighted_power")
    assert value(context, scope, run, "intensity") == pytest.approx(weighted / 280)
    assert numbers(context, scope, run)["thresholds"]["ftp_w"] == {"value": 280, "estimated": False}


def reads_cp(part: analysis.Part) -> bool:
    """FTP tells critical power and W' where they were not stated."""
    return bool({"cp_w", "w_prime_j"} & set(part.reads)) and (part.sports is None or "run" in part.sports)


def everything(context: Context) -> dict[str, list[Any]]:
    """Return the rows of every table that measuring fills, and of those that follow from them."""
    with context.database.read() as reader:
        return {
            table.name: [tuple(row) for row in reader.rows(select(table).order_by(*table.primary_key))]
            for table in (*WRITTEN, efforts, route_members, route_bands, heat_classes, heat_tiles)
        }


@pytest.fixture
def places(sqlite_context: Context, scope: Scope, decoders: Decoders) -> Context:
    """Two runs along one road with a segment on it, and all that follows from them."""
    take_in(sqlite_context, scope, decoders, {f"{day}.fit": encode(along(ROAD, day)) for day in (0, 1)})
    drawn = gpx.encode(along(((300.0, 33.3), (700.0, 77.8)), 0))
    segments.from_gpx(sqlite_context, scope, drawn, "road.gpx", "run")
    settled(sqlite_context, scope, decoders)
    return sqlite_context


def test_a_threshold_leaves_all_that_does_not_read_it(places: Context, scope: Scope, decoders: Decoders) -> None:
    before = everything(places)
    assert min(map(len, before.values())) > 0
    for key in sorted(THRESHOLDS, key=lambda key: key == "css_mps"):  # that no run reads comes last
        threshold = THRESHOLDS[key]
        state(places, scope, key, (threshold.low + threshold.high) / 2, DAY)
        settled(places, scope, decoders)
    after = everything(places)
    assert {name for name in before if before[name] != after[name]} == {"metrics"}
    assert {row[:2] for row in before["metrics"]} <= {row[:2] for row in after["metrics"]}
    assert digest(places) == rebuilt(places, scope, decoders)


@pytest.mark.parametrize("table", WRITTEN, ids=lambda table: table.name)
def test_lost_rows_are_noticed_and_measured_again(
    table: Table, places: Context, scope: Scope, decoders: Decoders
) -> None:
    before, whole = everything(places), digest(places)
    assert forget_incomplete(places) == 0 and measured(places) == "ok"
    with places.database.write() as session:
        first = select(func.min(table.c.activity_id)).scalar_subquery()
        session.run(delete(table).where(table.c.activity_id == first))
    assert measured(places) == "fail"
    assert forget_incomplete(places) == 1
    assert unmeasured_athletes(places) == [scope.athlete_id]
    assert settled(places, scope, decoders) == whole and everything(places) == before
    assert measured(places) == "ok"


def measured(context: Context) -> str:
    """Return what the doctor finds of what was measured."""
    return next(one["status"] for one in examine(context.settings, None, context.clock()) if one["check"] == "measured")


def test_a_threshold_of_another_sport_makes_nothing_due(
    context: Context, scope: Scope, decoders: Decoders, run: str
) -> None:
    state(context, scope, "ftp_w", 280, DAY, "ride")
    assert measure_due(context, scope.athlete_id, decoders) == 0
    assert unmeasured_athletes(context) == []


def test_a_threshold_holds_from_its_day_on(context: Context, scope: Scope, decoders: Decoders, run: str) -> None:
    day = date.fromisoformat(listed(context, scope)[0]["start_local"][:10])
    state(context, scope, "ftp_w", 200, DAY)
    state(context, scope, "ftp_w", 300, date(day.year + 1, 1, 1))
    measure_due(context, scope.athlete_id, decoders)
    weighted = value(context, scope, run, "weighted_power")
    assert value(context, scope, run, "intensity") == pytest.approx(weighted / 200)
    state(context, scope, "ftp_w", None, DAY)
    measure_due(context, scope.athlete_id, decoders)
    assert value(context, scope, run, "intensity") == pytest.approx(weighted / 300), "the first one known holds before"


@pytest.mark.parametrize(
    ("key", "number", "family", "error"),
    [("ftp_w", 5000, "", BadRequest), ("ftp_w", float("nan"), "", BadRequest), ("nonsense", 5, "", NotFound),
     ("weight_kg", 70, "run", BadRequest), ("ftp_w", 200, "chess", BadRequest)],
)  # fmt: skip
def test_nonsense_is_refused(
    context: Context, scope: Scope, key: str, number: float, family: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        state(context, scope, key, number, DAY, family)


def test_a_viewer_states_nothing(context: Context, scope: Scope) -> None:
    with pytest.raises(Forbidden):
        state(context, Scope(scope.athlete_id, None, "viewer"), "ftp_w", 250, DAY)


def test_another_sport_measures_anew(context: Context, scope: Scope, decoders: Decoders, run: str) -> None:
    before = numbers(context, scope, run)["metrics"]
    assert "gap_pace" in before
    edits.change(context, scope, row_id(context, scope, run), {"sport": "cycling", "sub_sport": None})
    assert due(context) == 1
    measure_due(context, scope.athlete_id, decoders)
    after = numbers(context, scope, run)["metrics"]
    assert "gap_pace" not in after and "weighted_power" in after
    with context.database.read() as reader:
        assert {getattr(row, "class") for row in reader.rows(select(bests))} == {"ride"}
    edits.undo_last(context, scope, row_id(context, scope, run))
    edits.undo_last(context, scope, row_id(context, scope, run))
    measure_due(context, scope.athlete_id, decoders)
    assert numbers(context, scope, run)["metrics"] == before


def test_how_hard_it_felt_counts(context: Context, scope: Scope, decoders: Decoders, run: str) -> None:
    assert value(context, scope, run, "session_rpe") is None
    edits.change(context, scope, row_id(context, scope, run), {"rpe": 6, "feel": 4})
    measure_due(context, scope.athlete_id, decoders)
    assert value(context, scope, run, "session_rpe") == pytest.approx(6 * 15, rel=0.02)
    with pytest.raises(BadRequest):
        edits.change(context, scope, row_id(context, scope, run), {"rpe": 11})


def test_the_same_workout_twice_is_measured_once(context: Context, scope: Scope, decoders: Decoders) -> None:
    recording = golden.run(900)
    take_in(context, scope, decoders, {"run.gpx": gpx.encode(recording)})
    (alone,) = fingerprints(context)
    take_in(context, scope, decoders, {"run.fit": encode(recording)})
    measure_due(context, scope.athlete_id, decoders)
    assert list(fingerprints(context)) == [alone] and due(context) == 0
    assert value(context, scope, listed(context, scope)[0]["id"], "weighted_power") is not None


def test_what_is_undone_leaves_no_number(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, {"run.fit": encode(golden.run(900))})
    batches.undo(context, scope, items["run.fit"]["batch"])
    with context.database.read() as reader:
        for table in (measures, metrics, bests):
            assert reader.rows(select(table)) == []


def test_a_formula_that_fails_costs_its_own_numbers_only(
    context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, since workers would not know of the fault."""
    from homestretch.flow.derive.compute.compute import AthleteInputs
    from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original

    def broken(_effort: Any, _measured: Any) -> None:
        raise ZeroDivisionError("on purpose")

    faulty = {**analysis.parts(), "power": analysis.Part("power", 1, broken, metrics=("work",))}
    monkeypatch.setattr(analysis, "parts", lambda: faulty)
    analysis.applying.cache_clear()
    try:
        data = encode(golden.run(900))
        (found,) = decode_original(
            context.archive, DecodeTask("0" * 64, "run.fit", data, keep=False, person=AthleteInputs())
        ).recordings
    finally:
        analysis.applying.cache_clear()
    assert found.computed is not None
    measured = found.computed.measured
    assert list(measured.failed) == ["power"] and "on purpose" in measured.failed["power"]
    assert measured.reasons["work"] == "failed" and measured.values["load"] > 0


def test_best_efforts_stand_in_until_something_is_set(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"ride.fit": encode(hard_ride())})
    activity = listed(context, scope)[0]
    today = date.fromisoformat(activity["start_local"][:10])

    def shown() -> tuple[dict[str, Any], dict[str, Any]]:
        measure_due(context, scope.athlete_id, decoders)
        with context.database.read() as reader:
            return {one["key"]: one for one in thresholds(reader, scope, today)}, numbers(
                context, scope, activity["id"]
            )

    told, measured = shown()
    (suggestion,) = told["ftp_w"]["suggestions"]
    assert suggestion["activity"] == activity["id"] and suggestion["stated"] is None and suggestion["size"] == 1200
    assert told["ftp_w"]["now"] == {} and told["ftp_w"]["estimated"] == {"ride": suggestion["value"]}
    assert measured["thresholds"]["ftp_w"] == {"value": suggestion["value"], "estimated": True}
    assert measured["zones"]["power"]["estimated"] and measured["zones"]["heart_rate"]["estimated"]
    before = digest(context)
    state(context, scope, "ftp_w", 400, today)
    told, measured = shown()
    assert told["ftp_w"]["suggestions"] == [] and told["ftp_w"]["estimated"] == {}
    assert measured["thresholds"]["ftp_w"] == {"value": 400, "estimated": False}
    state(context, scope, "ftp_w", 200, today)
    (suggestion,) = shown()[0]["ftp_w"]["suggestions"]
    assert suggestion["stated"] == 200
    state(context, scope, "ftp_w", None, today)
    assert shown()[1]["thresholds"]["ftp_w"]["estimated"] and digest(context) == before


def test_estimates_follow_what_becomes_of_activities(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"ride.fit": encode(hard_ride())})
    activity = row_id(context, scope, listed(context, scope)[0]["id"])

    def estimated() -> set[str]:
        settled(context, scope, decoders)
        assert unmeasured_athletes(context) == []
        with context.database.read() as reader:
            return {row.key for row in reader.rows(select(estimates))}

    assert estimated() == {"ftp_w", "max_hr_bpm"}
    edits.remove(context, scope, activity)
    assert estimated() == set()
    edits.restore(context, scope, activity)
    assert estimated() == {"ftp_w", "max_hr_bpm"}
    edits.change(context, scope, activity, {"sport": "rowing"})
    assert estimated() == {"max_hr_bpm"}


def hard_ride() -> Recording:
    """Return a ride of half an hour, 20 minutes of it at 300 W."""
    power = np.where((np.arange(1800) >= 300) & (np.arange(1800) < 1500), 300.0, 120.0)
    run = golden.run(1800)
    channels = {**run.channels, "power_w": golden.channel("power_w", power)}
    return replace(run, sport=Sport("cycling"), channels=channels)

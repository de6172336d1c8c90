"""How records came to be, milestones and charts of one's own, against the list of activities."""

from datetime import date
from typing import Any

import pytest

from homestretch.analysis.measure.metric import metrics as described
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import measure_due
from homestretch.flow.edit import edits
from homestretch.flow.edit.saved import charts as saved_charts
from homestretch.flow.edit.thresholds import state
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.history import ChartDefinition
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests, metrics
from homestretch.views.kit.frame import Asked, frame
from homestretch.views.kit.statistics_scope import midnight_ms
from homestretch.views.page.custom_chart import chart_values, custom_chart, saved_list
from homestretch.views.page.record_history import record_history
from homestretch.views.training.milestones import milestones
from tests.formats import golden
from tests.store.rows import put_rows
from tests.taking import listed, row_id, take_in

DAY_MS = 86_400_000
TODAY = date(2027, 1, 1)
#: Days of November 2025 and the watts held for 20 minutes on each.
HELD = [(1, 200.0), (3, 240.0), (9, 230.0), (20, 240.0), (28, 250.0)]


def put_efforts(context: Context, scope: Scope) -> None:
    """Put rides that held so many watts, the last one first, as an import may."""
    with context.database.write() as session:
        for day, watts in reversed(HELD):
            start = midnight_ms(date(2025, 11, day))
            same = {"athlete_id": scope.athlete_id, "start_ms": start}
            ride = {"id": day, "public_id": f"a{day}", "primary_id": day, "parent_id": None, "local_ms": start}
            put_rows(session, activities, [{**same, **ride, "sport": "cycling", "moving_s": 1500.0}])
            best = {"activity_id": day, "kind": "power", "size": 1200.0, "class": "ride", "goodness": watts}
            put_rows(session, bests, [{**same, **best}])


def history(context: Context, scope: Scope) -> Any:
    with context.database.read() as reader:
        return record_history(reader, scope, "ride", "power", 1200.0)


def test_a_record_is_held_until_a_better_one(context: Context, scope: Scope) -> None:
    put_efforts(context, scope)
    state(context, scope, "weight_kg", 80.0, date(2025, 11, 2))
    found = history(context, scope)
    assert [(one["day"][-2:], one["value"], one["gain"], one["held_days"]) for one in found["steps"]] == [
        ("01", 200.0, None, 2), ("03", 240.0, 40.0, 25), ("28", 250.0, 10.0, None),
    ]  # fmt: skip
    assert [one["per_kg"] for one in found["steps"]] == [2.5, 3.0, 3.125]
    assert [(one["month"], one["value"], one["activity"]) for one in found["months"]] == [("2025-11", 250.0, "a28")]
    assert found["unit"] == "W"


def test_what_is_refused_or_not_there_holds_nothing(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    with sqlite_context.database.read() as reader, pytest.raises(NotFound, match="record"):
        record_history(reader, scope, "ride", "power", 1200.0)
    take_in(sqlite_context, scope, decoders, {"a.fit": encode(golden.run(900))})
    measure_due(sqlite_context, scope.athlete_id, decoders)
    (item,) = listed(sqlite_context, scope)
    with sqlite_context.database.read() as reader:
        found = record_history(reader, scope, "run", "distance", 400.0)
    assert [one["activity"] for one in found["steps"]] == [item["id"]] and found["unit"] == "s"
    edits.refuse(sqlite_context, scope, row_id(sqlite_context, scope, item["id"]), "speed")
    with sqlite_context.database.read() as reader, pytest.raises(NotFound):
        record_history(reader, scope, "run", "distance", 400.0)


def test_milestones_name_the_activity(context: Context, scope: Scope) -> None:
    put_efforts(context, scope)
    with context.database.read() as reader:
        found = milestones(reader, scope, TODAY)
    assert [(one["kind"], one["value"], one["activity"]) for one in found["items"]] == [("activities", 1.0, "a1")]
    assert [(one["kind"], one["value"], one["done"]) for one in found["ahead"]] == [("activities", 10.0, 5.0)]


def test_a_best_holds_for_90_days_and_a_mean_is_of_42(sqlite_context: Context, scope: Scope) -> None:
    shown = {"race_5k": [(0, 1500.0), (0, 1400.0), (40, 1450.0), (100, 1480.0)], "vo2max_run": [(0, 50.0), (20, 54.0)]}
    with sqlite_context.database.write() as session:
        for key, values in shown.items():
            for number, (days, value) in enumerate(values):
                identity = 100 * (key == "race_5k") + number + 1
                start = midnight_ms(date(2026, 1, 1)) + days * DAY_MS
                own = {"id": identity, "public_id": f"a{identity}", "primary_id": identity, "parent_id": None}
                when = {"athlete_id": scope.athlete_id, "local_ms": start, "start_ms": start, "sport": "running"}
                put_rows(session, activities, [{**own, **when}])
                row = {"athlete_id": scope.athlete_id, "activity_id": identity, "metric": described()[key].number}
                put_rows(session, metrics, [{**row, "value": value}])
    with sqlite_context.database.read() as reader:
        today = date(2026, 4, 11)
        races = frame(reader, scope, "predictions", Asked(today=today, kind="race_5k"))
        oxygen = frame(reader, scope, "vo2max", Asked(today=today, since=date(2026, 1, 1)))
    best, points = (one["values"] for one in races["lines"])
    assert (points[0], (races["lines"][1]["links"] or [])[:1]) == (1400.0, ["a102"])
    assert [best[day] for day in (0, 89, 90, 100)] == [1400.0, 1400.0, 1450.0, 1450.0]
    mean = oxygen["lines"][0]["values"]
    assert [mean[day] for day in (0, 19, 20, 41, 42, 61, 62)] == [50.0, 50.0, 52.0, 52.0, 54.0, 54.0, None]


def test_thresholds_are_steps_of_what_was_set(sqlite_context: Context, scope: Scope) -> None:
    for value, since in ((240.0, date(2026, 1, 1)), (250.0, date(2026, 3, 1)), (None, date(2026, 3, 1))):
        state(sqlite_context, scope, "ftp_w", value, since, "ride")
    state(sqlite_context, scope, "ftp_w", 260.0, date(2026, 5, 1), "ride")
    with sqlite_context.database.read() as reader:
        found = frame(reader, scope, "thresholds", Asked(today=date(2026, 6, 1), since=date(2026, 2, 1)))
    assert found["x"]["values"] == ["2026-02-01", "2026-03-01", "2026-05-01", "2026-06-01"]
    assert [(one["key"], one["values"]) for one in found["lines"]] == [("set", [240.0, 240.0, 260.0, 260.0])]


def drawn(context: Context, scope: Scope, **what: Any) -> Any:
    usual = {"y": "moving_s", "x": None, "by": "week", "sport": None, "days": None}
    with context.database.read() as reader:
        return custom_chart(reader, scope, {**usual, **what}, TODAY)  # type: ignore[typeddict-item]


def test_a_chart_of_periods_leaves_none_out(context: Context, scope: Scope) -> None:
    put_efforts(context, scope)
    frame = drawn(context, scope, by="week")
    assert frame["x"]["values"] == ["2025-10-27", "2025-11-03", "2025-11-10", "2025-11-17", "2025-11-24"]
    assert frame["lines"][0]["values"] == [1500.0, 3000.0, None, 1500.0, 1500.0]
    assert drawn(context, scope, y="count", by="month")["lines"][0]["values"] == [5.0]
    assert drawn(context, scope, by="activity")["lines"][0]["links"] == [f"a{day}" for day, _ in HELD]
    assert drawn(context, scope, days=30)["x"]["values"] == []


def test_every_value_can_be_shown_over_every_time(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    files = {f"{n}.fit": encode(golden.run(400 + 50 * n, golden.START_MS + n * 3 * DAY_MS)) for n in range(3)}
    take_in(sqlite_context, scope, decoders, files)
    measure_due(sqlite_context, scope.athlete_id, decoders)
    for key in chart_values():
        for by in ("activity", "day", "week", "month", "year"):
            frame = drawn(sqlite_context, scope, y=key, by=by)
            assert len(frame["x"]["values"]) == len(frame["lines"][0]["values"])
    over = drawn(sqlite_context, scope, y="avg_hr_bpm", x="distance_m", by="activity")
    metres = [one["distance_m"] for one in listed(sqlite_context, scope)]
    assert over["x"]["values"] == sorted(metres) and over["x"]["scale"] == "linear"
    assert set(over["lines"][0]["links"] or ()) == {one["id"] for one in listed(sqlite_context, scope)}
    with pytest.raises(BadRequest, match="Did you mean distance_m"):
        drawn(sqlite_context, scope, y="distance_k")


def test_a_chart_is_saved_changed_removed_and_restored(context: Context, scope: Scope) -> None:
    what: ChartDefinition = {"y": "distance_m", "x": None, "by": "week", "sport": None, "days": 90}
    chart = saved_charts.save(context, scope, "  My   weeks ", what)
    saved_charts.change(context, scope, chart, definition={**what, "by": "month"})

    def shown() -> Any:
        with context.database.read() as reader:
            return saved_list(reader, scope)

    assert shown() == {
        "items": [{"id": chart, "name": "My weeks", "definition": {**what, "by": "month"}}],
        "removed": [],
    }
    saved_charts.remove(context, scope, chart)
    assert [one["id"] for one in shown()["removed"]] == [chart]
    with pytest.raises(NotFound, match="chart"):
        saved_charts.change(context, scope, chart, "Other")
    saved_charts.restore(context, scope, chart)
    assert [one["name"] for one in shown()["items"]] == ["My weeks"]
    with pytest.raises(BadRequest, match="1 to 100"):
        saved_charts.save(context, scope, "  ", what)

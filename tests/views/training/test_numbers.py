"""What pages show of many activities, against what simple sums over them say."""

import itertools
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from homestretch.analysis.athlete.fitness import fitness
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import measure_due
from homestretch.flow.edit import edits
from homestretch.flow.edit.thresholds import state
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.charts import FrameBody
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests
from homestretch.views.activities.activity import activity, resolve
from homestretch.views.activities.metrics import metrics_of
from homestretch.views.activities.streams import streams_json
from homestretch.views.charts.zones import seconds
from homestretch.views.kit.frame import Asked, charts, frame
from homestretch.views.training.records import all_records, medals
from tests.formats import golden
from tests.taking import listed, row_id, take_in

DAY_MS = 86_400_000
TODAY = date(2027, 1, 1)


def shown(context: Context, scope: Scope, key: str, **asked: Any) -> FrameBody:
    with context.database.read() as reader:
        return frame(reader, scope, key, Asked(today=asked.pop("today", TODAY), **asked))


@pytest.fixture
def runs(context: Context, scope: Scope, decoders: Decoders) -> list[dict[str, Any]]:
    """Runs of several lengths over some weeks, two of them on one day, the oldest first."""
    lengths = [400, 700, 500, 900, 450]
    starts = [0, 2, 2.2, 9, 40]
    files = {
        f"{i}.fit": encode(golden.run(length, golden.START_MS + int(start * DAY_MS)))
        for i, (length, start) in enumerate(zip(lengths, starts, strict=True))
    }
    take_in(context, scope, decoders, files)
    return sorted(listed(context, scope), key=lambda one: one["start"])


#: What is of one activity is tested where an activity is asked for (tests/api/test_charts.py).
OVER_TIME = {key: chart for key, chart in charts().items() if chart.page != "activity"}


def test_every_chart_draws_nothing_for_nobody(context: Context, scope: Scope) -> None:
    for key, chart in OVER_TIME.items():
        asked = {"sport": "run"} if "sport" in chart.asks else {}
        found = shown(context, scope, key, **asked)
        assert found["key"] == key and [line["key"] for line in found["lines"] if any(line["values"])] == []


#: What runs of some minutes on five days of six weeks can't show.
BLANK = {
    ("load", "acute_chronic"), ("vo2max", "vo2max_run"), ("vo2max", "vo2max_ride"),
    ("thresholds", "css_mps"), ("thresholds", "lthr_bpm"), ("thresholds", "resting_hr_bpm"),
}  # fmt: skip


def test_every_choice_of_every_chart_draws(
    context: Context, scope: Scope, decoders: Decoders, runs: list[dict[str, Any]]
) -> None:
    for threshold, value in (("ftp_w", 250.0), ("max_hr_bpm", 190.0), ("threshold_speed_mps", 4.0)):
        state(context, scope, threshold, value, date(2026, 1, 1))
    measure_due(context, scope.athlete_id, decoders)
    soon = date.fromisoformat(runs[-1]["start_local"][:10]) + timedelta(days=3)
    for key, chart in OVER_TIME.items():
        for chosen in itertools.product(*chart.choices.values()):
            asked = dict(zip(chart.choices, chosen, strict=True))
            found = shown(context, scope, key, sport="run", today=soon, **asked)
            for line in found["lines"]:
                assert len(line["values"]) == len(found["x"]["values"])
            drawn = [value for line in found["lines"] for value in line["values"] if value is not None]
            assert np.isfinite(drawn).all(), (key, chosen)
            assert bool(drawn) == ((key, *chosen[:1]) not in BLANK), (key, chosen)


def test_what_is_no_choice_or_no_chart_is_refused(context: Context, scope: Scope) -> None:
    with pytest.raises(BadRequest):
        shown(context, scope, "volume", kind="beer")
    with pytest.raises(BadRequest):
        shown(context, scope, "curve")
    with pytest.raises(NotFound):
        shown(context, scope, "nothing")


def test_time_below_the_first_zone_counts_to_it() -> None:
    assert seconds({"seconds": [10.0, 5.0], "below": 3.0}) == [13.0, 5.0]
    assert seconds({"seconds": [10.0, 5.0]}) == [10.0, 5.0]


@pytest.mark.parametrize("by", ["week", "month", "year"])
@pytest.mark.parametrize(("kind", "field"), [("distance", "distance_m"), ("time", "moving_s"), ("count", None)])
def test_volume_adds_up(
    context: Context, scope: Scope, runs: list[dict[str, Any]], by: str, kind: str, field: str | None
) -> None:
    found = shown(context, scope, "volume", kind=kind, by=by)
    (line,) = found["lines"]
    total = sum(one[field] if field else 1 for one in runs)
    assert sum(value or 0 for value in line["values"]) == pytest.approx(total)
    first = date.fromisoformat(str(found["x"]["values"][0]))
    assert first <= date.fromisoformat(runs[0]["start_local"][:10])
    steps = np.diff([date.fromisoformat(str(day)).toordinal() for day in found["x"]["values"]])
    assert set(steps) <= {"week": {7}, "month": {28, 29, 30, 31}, "year": {365, 366}}[by], "no week is left out"


def test_fitness_follows_the_loads_of_local_days(context: Context, scope: Scope, runs: list[dict[str, Any]]) -> None:
    found = {line["key"]: line["values"] for line in shown(context, scope, "fitness")["lines"]}
    days = shown(context, scope, "fitness")["x"]["values"]
    by_day = dict(zip(days, found["load"], strict=True))
    with context.database.read() as reader:
        measured = [metrics_of(reader, resolve(reader, scope, one["id"]))["metrics"]["load"] for one in runs]
    loads = [float(metric["value"] or 0.0) for metric in measured]
    assert days[0] == runs[0]["start_local"][:10] and days[-1] == TODAY.isoformat()
    assert by_day[runs[1]["start_local"][:10]] == pytest.approx(loads[1] + loads[2])
    assert sum(value or 0 for value in by_day.values()) == pytest.approx(sum(loads))
    slow, expected = 0.0, []
    for load in by_day.values():
        slow += ((load or 0) - slow) * (1 - np.exp(-1 / 42))
        expected.append(slow)
    # Charts are given three decimals, which is more than they show.
    assert found["fitness"] == pytest.approx(expected, abs=5.1e-4)
    form = fitness(np.array(list(by_day.values()), dtype=float)).form.tolist()
    assert found["form"] == pytest.approx(form, abs=5.1e-4)


def test_a_later_window_shows_the_same_fitness(context: Context, scope: Scope, runs: list[dict[str, Any]]) -> None:
    whole = shown(context, scope, "fitness")
    part = shown(context, scope, "fitness", since=date(2026, 12, 1))
    assert part["x"]["values"] == whole["x"]["values"][-len(part["x"]["values"]) :]
    assert part["lines"][1]["values"] == pytest.approx(whole["lines"][1]["values"][-len(part["x"]["values"]) :])


def test_the_curve_is_the_best_of_all_and_says_whose(
    context: Context, scope: Scope, runs: list[dict[str, Any]]
) -> None:
    everything = {"sport": "run", "kind": "power", "since": date(2000, 1, 1), "until": TODAY}
    found = shown(context, scope, "curve", **everything)
    best = next(line for line in found["lines"] if line["key"] == "best")
    own = [
        {int(s): v for s, v in zip(f["x"]["values"], f["lines"][0]["values"], strict=True) if v is not None}
        for f in (shown(context, scope, "curve", kind="power", activity=one["id"]) for one in runs)
    ]
    for second, value, link in zip(found["x"]["values"], best["values"], best["links"] or (), strict=True):
        most = max(one.get(int(second), 0.0) for one in own)
        assert value is not None and value >= most - 0.01
        assert link in {one["id"] for one in runs}


def ranked(context: Context, scope: Scope) -> dict[tuple[str, float], list[tuple[float, str]]]:
    with context.database.read() as reader:
        found = all_records(reader, scope, "run", None, None, 50)
    return {(one["kind"], one["size"]): [(e["value"], e["activity"]) for e in one["efforts"]] for one in found["items"]}


def by_hand(context: Context, scope: Scope) -> dict[tuple[str, float], list[tuple[float, str]]]:
    """Rank what is counted by sorting it, the earlier one of two alike first."""
    query = select(bests, activities.c.public_id, activities.c.deleted, activities.c.hidden)
    with context.database.read() as reader:
        rows = reader.rows(query.join(activities, activities.c.id == bests.c.activity_id))
    found: dict[tuple[str, float], list[Any]] = {}
    for row in rows:
        if not row.deleted and not row.hidden:
            found.setdefault((row.kind, row.size), []).append(row)
    return {
        key: [(abs(r.goodness), r.public_id) for r in sorted(of, key=lambda r: (-r.goodness, r.start_ms))]
        for key, of in found.items()
    }


def test_records_rank_what_is_there(context: Context, scope: Scope, runs: list[dict[str, Any]]) -> None:
    assert ranked(context, scope) == by_hand(context, scope)
    assert ("distance", 1000.0) in ranked(context, scope) and ("power", 60.0) in ranked(context, scope)
    best = ranked(context, scope)["distance", 1000.0][0][1]
    edits.remove(context, scope, row_id(context, scope, best))
    after = ranked(context, scope)
    assert best not in {one for of in after.values() for _, one in of} and after == {
        key: of for key, of in by_hand(context, scope).items() if of
    }
    edits.restore(context, scope, row_id(context, scope, best))
    assert ranked(context, scope)["distance", 1000.0][0][1] == best


def test_medals_are_ranks(context: Context, scope: Scope, runs: list[dict[str, Any]]) -> None:
    order = ranked(context, scope)
    for one in runs:
        with context.database.read() as reader:
            told = medals(reader, scope, resolve(reader, scope, one["id"]).id)
        for medal in told:
            place = [activity for _, activity in order[medal["kind"], medal["size"]]].index(one["id"]) + 1
            assert medal["rank"] == (place if place <= 3 else None)


def test_computed_channels_are_offered_and_given(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(600))})
    one = listed(context, scope)[0]["id"]

    def keys() -> set[str]:
        with context.database.read() as reader:
            return {channel["key"] for channel in activity(reader, scope, one)["channels"]}

    assert {"grade_pct", "gap_speed_mps"} <= keys() and "w_balance_j" not in keys()
    state(context, scope, "cp_w", 240, date(2026, 1, 1))
    state(context, scope, "w_prime_j", 20_000, date(2026, 1, 1))
    measure_due(context, scope.athlete_id, decoders)
    assert "w_balance_j" in keys()
    with context.database.read() as reader:
        import orjson

        told = orjson.loads(streams_json(reader, scope, resolve(reader, scope, one), ["w_balance_j", "power_w"], None))
    left = told["channels"]["w_balance_j"]["values"]
    assert max(left) <= 20_000 and min(left) < 20_000 and told["channels"]["w_balance_j"]["unit"] == "J"

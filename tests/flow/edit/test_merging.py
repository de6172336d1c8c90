"""Which recordings are one workout by the rules and by what people say; nothing lost, nothing twice."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import orjson
import pytest
from sqlalchemy import func, select

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.matching import Neighbourhood
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.edit import merging
from homestretch.flow.edit.edits import change, set_undone
from homestretch.flow.edit.segments import draw
from homestretch.flow.imports.batches import undo
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import source_priority
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.matches import MatchQuestion
from homestretch.model.recording import Device, Recording
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import recordings
from homestretch.views.activities.activity import resolve
from homestretch.views.activities.matches import explained, open_questions
from homestretch.views.activities.metrics import metrics_of
from homestretch.views.activities.streams import streams_json
from homestretch.views.training.fitness import daily_loads
from tests.flow.derive.places.test_heat import stored
from tests.formats import golden
from tests.taking import digest, listed, row_id, shown, take_in

HOUR_MS = 3_600_000
LATER = golden.START_MS + 20 * HOUR_MS


def of_device(recording: Recording, serial: str, key: str | None = None, **channels: Any) -> Recording:
    """Return a recording as another device tells it: without what is None, with what is given."""
    told = {k: v for k, v in recording.channels.items() if k not in channels}
    told |= {k: golden.channel(k, v) for k, v in channels.items() if v is not None}
    recorder = Device(role="recorder", manufacturer="garmin", product="edge_1040", serial=serial)
    return replace(recording, channels=told, devices=(recorder,), file_key=key)


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    derive_pending(context, scope.athlete_id, decoders)
    return digest(context)


def questions(context: Context, scope: Scope) -> list[MatchQuestion]:
    with context.database.read() as reader:
        return open_questions(reader, scope)["items"]


def watch_and_head_unit() -> dict[str, bytes]:
    """A watch with a heart rate, and a head unit with power that began later and whose clock is right."""
    count = 900
    run = golden.run(count)
    wander = 140 + 25 * np.sin(np.arange(count) / 37) + 10 * np.sin(np.arange(count) / 11)
    watch = of_device(run, "1", power_w=None, heart_rate_bpm=wander)
    unit = of_device(run, "2", power_w=200 + wander, heart_rate_bpm=None, cadence_rpm=None)
    return {"watch.fit": encode(watch), "unit.fit": encode(unit)}


def test_power_of_the_head_unit_joins_the_watchs_heart_rate(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, watch_and_head_unit())
    before = settled(context, scope, decoders)
    [item] = listed(context, scope)
    found = shown(context, scope, item["id"])
    watch, unit = found["recordings"]
    assert (watch["why"]["verdict"], watch["why"]["rule"]) == ("parallel", "same_time")
    assert unit["gives"] == ["power_w"] or watch["gives"] == ["heart_rate_bpm", "cadence_rpm"]
    assert {"power_w", "heart_rate_bpm"} <= {channel["key"] for channel in found["channels"]}
    assert found["avg_power_w"] == pytest.approx(340, abs=5) and found["avg_hr_bpm"] == pytest.approx(140, abs=5)
    with context.database.read() as reader:
        numbers = metrics_of(reader, resolve(reader, scope, item["id"]))["metrics"]
        assert numbers["work"]["value"] == pytest.approx(340 * 900 / 1000, rel=0.05)
        row = resolve(reader, scope, item["id"])
        body = orjson.loads(streams_json(reader, scope, row, ["power_w", "heart_rate_bpm"], None))
    power, heart = (np.array(body["channels"][key]["values"], float) for key in ("power_w", "heart_rate_bpm"))
    assert np.nanmax(np.abs(power - heart - 200)) < 2, "both are of the same seconds"
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == before


def test_the_way_of_one_recording_counts_with_the_samples_of_another(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    """The strap's heart rate is shown by the athlete's word; where they ran only the watch knows."""
    run = golden.run(400)
    strap = of_device(run, "2", **dict.fromkeys(set(run.channels) - {"heart_rate_bpm"}))
    take_in(context, scope, decoders, {"watch.fit": encode(of_device(run, "1")), "strap.fit": encode(strap)})
    settled(context, scope, decoders)
    [item] = listed(context, scope)
    number = row_id(context, scope, item["id"])
    [lone] = [one["id"] for one in shown(context, scope, item["id"])["recordings"] if not one["primary"]]
    draw_heat(context, scope.athlete_id)
    drawn = stored(context, "run/2026")
    merging.prefer(context, scope, number, "*", lone)
    settled(context, scope, decoders)
    draw_heat(context, scope.athlete_id)
    found = shown(context, scope, item["id"])
    assert [one["id"] for one in found["recordings"] if one["primary"]] == [lone]
    assert drawn and stored(context, "run/2026") == drawn
    assert draw(context, scope, number, "Along the way", 10, 200)


def test_taken_apart_and_put_together_again_is_as_before(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, watch_and_head_unit())
    before = settled(context, scope, decoders)
    [item] = listed(context, scope)
    first, second = (one["id"] for one in shown(context, scope, item["id"])["recordings"])
    merging.part(context, scope, row_id(context, scope, item["id"]), second)
    apart = settled(context, scope, decoders)
    assert len(listed(context, scope)) == 2 and apart != before
    assert {shown(context, scope, first)["id"], shown(context, scope, second)["id"]} == {first, second}
    take_in(context, scope, decoders, watch_and_head_unit())
    assert len(listed(context, scope)) == 2, "what was taken apart stays apart when it comes again"
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == apart
    merging.join(context, scope, row_id(context, scope, first), row_id(context, scope, second))
    assert [one["id"] for one in listed(context, scope)] == [first]
    settled(context, scope, decoders)
    edits = shown(context, scope, first)["edits"]
    assert [edit["verb"] for edit in edits] == ["part", "join"]
    for edit in reversed(edits):
        set_undone(context, scope, int(edit["id"]), "undo")
    assert settled(context, scope, decoders) == before


def test_an_uncertain_pair_is_a_question_and_its_answer_holds(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    """Two that say the same time, one of them another sport indoors: nobody can know."""
    from homestretch.model.sport import Sport

    swim = golden.pool_swim()
    other = replace(golden.strength(), start=swim.start, end_ms=swim.end_ms)
    yoga = replace(other, sport=Sport("training", "yoga"), sets=(), devices=())
    take_in(context, scope, decoders, {"a.fit": encode(other), "b.fit": encode(yoga)})
    settled(context, scope, decoders)
    assert len(listed(context, scope)) == 2
    [asked] = questions(context, scope)
    assert asked["rule"] == "at_once" and 0 < asked["score"] < 1
    a, b = asked["a"]["recording"], asked["b"]["recording"]
    with context.database.read() as reader:
        assert explained(reader, scope, a, b)["verdict"] == "review"
    merging.decide(context, scope, [(a, b)], one=False)
    assert questions(context, scope) == [] and len(listed(context, scope)) == 2
    [made] = merging.decide(context, scope, [(a, b)], one=True)
    assert questions(context, scope) == [] and len(listed(context, scope)) == 1
    set_undone(context, scope, made, "undo")
    assert questions(context, scope) == [] and len(listed(context, scope)) == 2, "what was said before holds again"
    merging.decide(context, scope, [(a, b)], one=True)
    merging.decide(context, scope, [(a, b)], one=False)
    assert len(listed(context, scope)) == 2


def test_what_is_put_together_again_is_whole_again(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Of three recordings of a run one is taken out, and merged with what is left: with both, though said apart."""
    run = golden.run(900)
    files = {f"{serial}.fit": encode(of_device(run, serial)) for serial in ("1", "2", "3")}
    take_in(context, scope, decoders, files)
    settled(context, scope, decoders)
    [whole] = listed(context, scope)
    members = [one["id"] for one in shown(context, scope, whole["id"])["recordings"]]
    assert len(members) == 3
    merging.part(context, scope, row_id(context, scope, whole["id"]), members[2])
    one, other = listed(context, scope)
    merging.join(context, scope, row_id(context, scope, one["id"]), row_id(context, scope, other["id"]))
    [again] = listed(context, scope)
    assert len(shown(context, scope, again["id"])["recordings"]) == 3
    before = settled(context, scope, decoders)
    rederive(context, scope.athlete_id, decoders)
    assert len(listed(context, scope)) == 1
    assert settled(context, scope, decoders) == before


def test_two_activities_are_asked_about_once(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Two recordings of a gym hour and one of yoga at that time: one question, one answer, and one for good."""
    from homestretch.model.sport import Sport

    swim = golden.pool_swim()
    gym = replace(golden.strength(), start=swim.start, end_ms=swim.end_ms)
    yoga = replace(gym, sport=Sport("training", "yoga"), sets=(), devices=())
    watch, phone = (encode(of_device(gym, serial)) for serial in ("1", "2"))
    take_in(context, scope, decoders, {"a.fit": watch, "b.fit": phone, "c.fit": encode(yoga)})
    settled(context, scope, decoders)
    assert len(listed(context, scope)) == 2
    [asked] = questions(context, scope)
    pair = (asked["a"]["recording"], asked["b"]["recording"])
    edits = merging.decide(context, scope, [pair], one=False)
    assert questions(context, scope) == [], "no pair of the two activities is open"
    merging.decide(context, scope, [pair], one=True)
    [whole] = listed(context, scope)
    assert len(shown(context, scope, whole["id"])["recordings"]) == 3, "the newest word holds for all of them"
    rederive(context, scope.athlete_id, decoders)
    assert len(listed(context, scope)) == 1
    assert len(edits) == 2
    assert len(merging.decide(context, scope, [pair], one=False)) == 1, "in one activity nothing else is asked about"


def test_pieces_that_follow_each_other_are_one_and_counted_once(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    """A ride whose recording was stopped at lunch; as one it is as far as both, and no statistic counts it twice."""
    morning = golden.run(400)
    afternoon = golden.run(430, golden.START_MS + HOUR_MS)
    take_in(context, scope, decoders, {"a.fit": encode(morning), "b.fit": encode(afternoon)})
    before = settled(context, scope, decoders)
    one, other = listed(context, scope)
    with context.database.read() as reader:
        load = daily_loads(reader, scope, date(2026, 6, 1)).loads.sum()
    merging.join(context, scope, row_id(context, scope, one["id"]), row_id(context, scope, other["id"]))
    settled(context, scope, decoders)
    [whole] = listed(context, scope)
    assert whole["distance_m"] == pytest.approx(one["distance_m"] + other["distance_m"])
    assert whole["sport"] == one["sport"] and set(whole["legs"]) == {one["id"], other["id"]}
    with context.database.read() as reader:
        assert load > 0 and daily_loads(reader, scope, date(2026, 6, 1)).loads.sum() == pytest.approx(load)
    change(context, scope, row_id(context, scope, whole["id"]), {"name": "Before and after lunch"})
    assert [item["name"] for item in listed(context, scope)] == ["Before and after lunch"]
    said, edit = sorted(shown(context, scope, whole["id"])["edits"], key=lambda one: one["verb"], reverse=True)
    set_undone(context, scope, int(said["id"]), "undo")
    set_undone(context, scope, int(edit["id"]), "undo")
    assert settled(context, scope, decoders) == before
    assert [item["id"] for item in listed(context, scope)] == [one["id"], other["id"]]


def test_the_athletes_word_on_whom_to_believe(context: Context, scope: Scope, decoders: Decoders) -> None:
    run = golden.run(400)
    far = replace(of_device(run, "2"), totals={**run.totals, "total_calories_kcal": 61.0})
    near = replace(of_device(run, "1"), totals={**run.totals, "total_calories_kcal": 50.0})
    take_in(context, scope, decoders, {"a.fit": encode(near), "b.fit": encode(far)})
    before = settled(context, scope, decoders)
    [item] = listed(context, scope)
    number = row_id(context, scope, item["id"])
    found = shown(context, scope, item["id"])
    gives = found["sources"]["calories_kcal"]
    [other] = [one["id"] for one in found["recordings"] if one["id"] != gives]
    calories = {found["calories_kcal"]: gives, 111.0 - found["calories_kcal"]: other}
    merging.prefer(context, scope, number, "calories_kcal", other)
    chosen = shown(context, scope, item["id"])
    assert calories[chosen["calories_kcal"]] == other == chosen["sources"]["calories_kcal"]
    assert [one["primary"] for one in chosen["recordings"]] == [one["primary"] for one in found["recordings"]]
    merging.prefer(context, scope, number, "calories_kcal", None)
    merging.prefer(context, scope, number, "*", other)
    whole = shown(context, scope, item["id"])
    [primary] = [one["id"] for one in whole["recordings"] if one["primary"]]
    assert primary == other and whole["sources"]["calories_kcal"] == other
    merging.prefer(context, scope, number, "*", None)
    for edit in shown(context, scope, item["id"])["edits"]:
        set_undone(context, scope, int(edit["id"]), "undo")
    assert settled(context, scope, decoders) == before


def test_what_cannot_be_is_refused_in_a_sentence(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(
        context, scope, decoders, {"a.fit": encode(golden.run(400, LATER)), "tri.fit": encode(*golden.multisport())}
    )
    settled(context, scope, decoders)
    run, tri = sorted(listed(context, scope), key=lambda item: bool(item["legs"]))
    legs = [row_id(context, scope, leg) for leg in tri["legs"]]
    one = row_id(context, scope, run["id"])
    recording = shown(context, scope, run["id"])["recordings"][0]["id"]
    with pytest.raises(BadRequest):
        merging.join(context, scope, one, one)
    with pytest.raises(Conflict, match="one file"):
        merging.join(context, scope, legs[0], legs[1])
    with pytest.raises(Conflict, match="multisport activity"):
        merging.join(context, scope, one, row_id(context, scope, tri["id"]))
    with pytest.raises(Conflict, match="only recording"):
        merging.part(context, scope, one, recording)
    with pytest.raises(NotFound):
        merging.part(context, scope, legs[0], recording)
    with pytest.raises(BadRequest, match="horoscope"):
        merging.prefer(context, scope, one, "horoscope", recording)
    with pytest.raises(BadRequest, match="nowhere"):
        source_priority.order_sources(context, scope, ["garmin", "nowhere"])


def test_any_order_of_arrival_and_of_words_that_do_not_touch_gives_the_same(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    files = watch_and_head_unit() | {
        "later.fit": encode(golden.run(400, golden.START_MS + 5 * HOUR_MS)),
        "half.fit": encode(golden.run(540)),
        "tri.fit": encode(*golden.multisport()),
    }
    found = set()
    for seed in range(3):
        names = sorted(files)
        random.Random(seed).shuffle(names)
        batches = [take_in(sqlite_context, scope, decoders, {name: files[name]})[name]["batch"] for name in names]
        found.add(settled(sqlite_context, scope, decoders))
        for batch in batches:
            undo(sqlite_context, scope, batch)
        assert listed(sqlite_context, scope) == []
    assert len(found) == 1


def test_what_only_may_be_akin_is_not_read_day_by_day(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Outings of a length, twelve hours apart: each may be the last one's twin with a wrong zone, and none is."""
    outings = {}
    for i in range(12):
        run, way = golden.run(200, golden.START_MS + 12 * i * HOUR_MS), np.arange(200) * (2.0 + 0.5 * i)
        told = replace(run, totals={**run.totals, "total_distance_m": float(way[-1])})
        outings[f"{i}.fit"] = encode(of_device(told, "1", f"f{i}", distance_m=way))
    take_in(context, scope, decoders, outings)
    assert len(listed(context, scope)) == 12
    with context.database.write() as session:
        newest = session.scalar(select(func.max(recordings.c.id)))
        assert list(Neighbourhood.of(session, scope.athlete_id, [newest]).rows) == [newest]

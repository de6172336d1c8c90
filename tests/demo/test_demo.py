"""The demo athlete: the same bytes every time, two believable years, imported like anything else."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.demo import files, load, places
from homestretch.demo.athlete import form
from homestretch.demo.files import KINDS, activity_paths, made
from homestretch.errors import NotFound
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.formats import decode
from homestretch.model.recording import Recording
from homestretch.store.scope import Scope
from homestretch.views.system.imports import batch
from tests.taking import listed, shown

TODAY = date(2026, 11, 21)


def kind_of(path: str) -> str:
    return path.split("-")[-2]


@cache
def ones() -> dict[str, str]:
    """The first file of each kind, and of a ride that the wrist recorded too."""
    found: dict[str, str] = {}
    for path in activity_paths(7, TODAY):
        found.setdefault("wrist" if "-wrist" in path else kind_of(path), path)
    return found


def legs(path: str) -> Sequence[tuple[Recording, Summary]]:
    return [(recording, summarise(recording)) for recording in decode(made(path)).recordings]


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert activity_paths(7, TODAY) == activity_paths(7, TODAY)
    for path in list(ones().values())[::4]:
        first = made(path)
        places.loop.cache_clear()
        assert hashlib.sha256(made(path)).digest() == hashlib.sha256(first).digest(), path
    assert made("demo-8/" + activity_paths(8, TODAY)[0].split("/")[1]) != made(activity_paths(7, TODAY)[0])


def test_a_day_is_the_same_whenever_the_demo_is_loaded() -> None:
    later = set(activity_paths(7, TODAY + timedelta(days=30)))
    assert len(later & set(activity_paths(7, TODAY))) > 0.9 * len(later)


def test_two_years_that_end_yesterday() -> None:
    found = activity_paths(7, TODAY)
    days = [date.fromisoformat(path.split("/")[1][:10]) for path in found]
    assert (min(days) >= TODAY - timedelta(days=730), max(days) < TODAY) == (True, True)
    assert max(days) >= TODAY - timedelta(days=4)
    alone = [path for path in found if "-wrist" not in path]
    assert 450 <= len(alone) <= 600
    assert 10 <= len(found) - len(alone) <= 80
    counts = Counter(map(kind_of, alone))
    assert set(counts) == set(KINDS)
    assert 2 <= counts["triathlon"] <= 5


def test_an_unplanned_file_is_not_found() -> None:
    for path in ("demo-7/2025-03-04T0000-easy_run-watch.fit", "elsewhere.fit"):
        with pytest.raises(NotFound):
            made(path)


@pytest.mark.parametrize("name", [*sorted(KINDS), "wrist"])
def test_every_kind_decodes_clean_and_is_believable(name: str) -> None:
    decoded = decode(made(ones()[name]))
    assert (decoded.kind, decoded.notes, dict(decoded.contents)) == ("activity", (), {})
    for recording in decoded.recordings:
        summary = summarise(recording)
        assert summary.flags == ()
        assert recording.file_key is not None
        assert np.all(np.diff(recording.time_ms) > 0)
        assert 600 < summary.elapsed_s < 6 * 3600 or recording.sport.key == "transition"
        assert summary.max_hr_bpm is None or 60 < summary.max_hr_bpm <= 190
        assert recording.start.offset_s in (3600, 7200)
    if name != "triathlon":
        assert len(decoded.recordings) == 1


@pytest.mark.parametrize(
    ("name", "kmh", "watts"),
    [("road_ride", (22, 36), (130, 230)), ("mountain_bike", (12, 26), (130, 240)), ("easy_run", (8, 12.5), None),
     ("tempo_run", (10, 15), None), ("pool_swim", (2, 4), None), ("hike", (2, 6), None)],
)  # fmt: skip
def test_speed_and_power_are_those_of_an_amateur(
    name: str, kmh: tuple[float, float], watts: tuple[float, float] | None
) -> None:
    ((_, summary),) = legs(ones()[name])
    assert summary.avg_speed_mps is not None
    assert kmh[0] < 3.6 * summary.avg_speed_mps < kmh[1]
    if watts is not None:
        assert summary.avg_power_w is not None
        assert watts[0] < summary.avg_power_w < watts[1]


def test_the_heart_follows_the_legs_late() -> None:
    ((recording, _),) = legs(ones()["trainer_intervals"])
    heart, watts = recording.values("heart_rate_bpm"), recording.values("power_w")
    assert heart is not None
    assert watts is not None
    fit = [np.corrcoef(watts[600 : len(watts) - lag], heart[600 + lag :])[0, 1] for lag in (0, 20)]
    assert fit[1] > max(fit[0], 0.6)


def test_a_triathlon_has_five_legs_one_after_the_other() -> None:
    found = legs(ones()["triathlon"])
    sports = [recording.sport.key for recording, _ in found]
    assert sports == ["swimming", "transition", "cycling", "transition", "running"]
    assert all(a.end_ms == b.start.utc_ms for (a, _), (b, _) in pairwise(found))


def test_the_same_loop_is_the_same_way_again() -> None:
    rides = [path for path in activity_paths(7, TODAY) if kind_of(path) == "road_ride" and "-bike" in path]
    ways = [recording for path in rides[:12] for recording, _ in legs(path)]
    starts = [(r.channels["latitude"].raw[900], r.channels["longitude"].raw[900]) for r in ways]
    near = sum(abs(a[0] - b[0]) < 40_000 and abs(a[1] - b[1]) < 40_000 for a in starts for b in starts)
    assert near > 2 * len(ways)


def test_form_grows_and_swings_with_the_season() -> None:
    assert form(date(2026, 7, 15)).ride_w > form(date(2025, 7, 15)).ride_w > form(date(2025, 1, 15)).ride_w


def test_a_demo_is_an_import_made_as_it_goes(
    context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrist = ones()["wrist"]
    wanted = [wrist, wrist.replace("-wrist", "-bike"), *(ones()[kind] for kind in ("strength", "triathlon"))]
    monkeypatch.setattr(files, "paths", lambda seed, today: wanted)
    number = load.start(context, scope)
    assert load.start(context, scope) == number
    assert load.unmade(context) == [number]
    load.make(context, number)
    assert load.unmade(context) == []
    ingest(context, scope.athlete_id, decoders)
    with context.database.read() as reader:
        document = batch(reader, scope, number, context.clock())
    assert (document["state"], document["origin"], document["counts"]["imported"]) == ("done", "demo", 4)
    found = listed(context, scope)
    assert sorted(one["sport"] for one in found) == ["cycling", "multisport", "training"]
    twice = next(one for one in found if one["sport"] == "cycling")
    assert len(shown(context, scope, twice["id"])["recordings"]) == 2
    assert list((context.settings.uploads_dir / str(number)).iterdir()) == []
    again = load.start(context, scope)
    load.make(context, again)
    ingest(context, scope.athlete_id, decoders)
    with context.database.read() as reader:
        assert batch(reader, scope, again, context.clock())["counts"]["duplicate"] == 4
    assert len(listed(context, scope)) == 3

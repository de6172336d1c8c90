"""The API over HTTP with 20,000 activities: what 95 of 100 answers take at most."""

import dataclasses
import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
from sqlalchemy import select, update

from benchmarks.filling import computed_as
from benchmarks.importing import new_context
from benchmarks.report import Row
from benchmarks.running import client, server
from homestretch.analysis.geometry.tiles import tile
from homestretch.analysis.measure.metric import metrics as described
from homestretch.demo.files import activity_paths, made
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.compute.athlete_inputs import person_of
from homestretch.flow.derive.compute.compute import AthleteInputs
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask, decode_original, recording_key
from homestretch.flow.derive.places.heat import draw_heat
from homestretch.flow.runtime.context import Context
from homestretch.store.tables.derived import activities, measures, metrics
from homestretch.store.tables.kept import identities

ACTIVITIES = 20_000
#: Of so many activities one keeps its samples, and all of the newest ones, which are drawn on the map; the others share
#: a short blob, to spare the disk.
_WHOLE, _DRAWN = 40, 2_000
#: Files that come in while the API is asked, and how many questions of days the heat map is asked.
_FILES, _HEATS = 1_000, 6
_RIDES = 40
_ASKED = 120
_DAY_MS = 86_400_000
_TEMPLATES = ("easy_run", "road_ride", "gravel_ride", "tempo_run", "hike", "pool_swim", "strength")


def fill(context: Context) -> list[str]:
    """Put in 20,000 activities of 27 years: a few decoded files at shifted times; return some whole rides."""
    athlete = athlete_named(context, None)
    with context.database.read() as reader:
        person = person_of(reader, athlete)
    templates = [_template(context, kind, person) for kind in _TEMPLATES]
    short = min((t.recordings[0].blob for t in templates), key=len)
    portion: list[DecodeResult] = []
    for number in range(ACTIVITIES):
        template = templates[number % len(templates)]
        whole = number < _DRAWN or number % _WHOLE == 0
        portion.append(_shifted(template, number, None if whole else short, drawn=number < _DRAWN))
        if len(portion) == 500:
            with context.database.write() as session:
                keep_arrivals(
                    context, session, athlete, [Arrival(p.digest, p.size, f"{p.digest}.fit") for p in portion]
                )
                keep_outcomes(context, session, athlete, portion)
                session.run(update(measures).where(measures.c.stale).values(computed=measures.c.expected, stale=False))
            portion = []
    draw_heat(context, athlete)
    _load(context, athlete)
    rides = [_digest(n) for n in range(0, ACTIVITIES, _WHOLE) if "_ride" in _TEMPLATES[n % len(_TEMPLATES)]]
    keys = [recording_key(digest, 0) for digest in rides[:_RIDES]]
    with context.database.read() as reader:
        return [row.public_id for row in reader.rows(select(identities).where(identities.c.key.in_(keys)))]


def _load(context: Context, athlete: int) -> None:
    """Give the activities of the last ten years a load."""
    mine = activities.c.athlete_id == athlete
    with context.database.write() as session:
        newest = select(activities.c.id).where(mine).order_by(activities.c.local_ms.desc()).limit(2 * 3653)
        rows = session.rows(newest)
        load = described()["load"].number
        session.put(
            metrics,
            [
                {"athlete_id": athlete, "metric": load, "activity_id": row.id, "value": 20.0 + row.id % 97}
                for row in rows
            ],
        )


def _digest(number: int) -> str:
    return hashlib.sha256(f"{number}".encode()).hexdigest()


def _template(context: Context, kind: str, person: AthleteInputs) -> DecodeResult:
    path = next(path for path in activity_paths(7, date(2026, 11, 1)) if f"-{kind}-" in path)
    data = made(path)
    return decode_original(context.archive, DecodeTask(hashlib.sha256(data).hexdigest(), path, data, person=person))


def _shifted(template: DecodeResult, number: int, blob: bytes | None, *, drawn: bool) -> DecodeResult:
    """Return the template as another file, half a day earlier for each number."""
    digest = _digest(number)
    own = template.recordings[0]
    key, ago = recording_key(digest, 0), number * _DAY_MS // 2
    start, end = own.start_ms - ago, own.end_ms - ago
    features = {**own.features, "key": key, "digest": digest, "start_ms": start, "end_ms": end, "file_key": key}
    moment = own.summary["moment"] and {**own.summary["moment"], "utc_ms": start}
    recording = dataclasses.replace(
        own, key=key, start_ms=start, end_ms=end, file_key=key, features=features,
        summary={**own.summary, "moment": moment}, blob=own.blob if blob is None else blob,
        computed=computed_as(own, key) if drawn else None,
    )  # fmt: skip
    return dataclasses.replace(template, digest=digest, recordings=(recording,))


def p95(ask: Callable[[], Any]) -> float:
    """Return the ms that 95 of 100 calls take at most, after a few to warm up."""
    taken = []
    for number in range(_ASKED + 5):
        began = time.perf_counter()
        ask()
        if number >= 5:
            taken.append((time.perf_counter() - began) * 1e3)
    return sorted(taken)[int(0.95 * len(taken))]


def rows() -> list[Row]:
    """Return the times of the questions that pages ask, and of inserting the activities."""
    with tempfile.TemporaryDirectory() as name:
        context = new_context(Path(name))
        began = time.perf_counter()
        rides = fill(context)
        filled = ACTIVITIES / (time.perf_counter() - began)
        context.database.close()
        with server(Path(name)) as (process, address, ready), client(address) as asking:
            found = list(_questions(asking, rides, process))
    return [
        Row("rows of recordings made into activities, one writer", filled, "/s"),
        Row("serving with 20,000 activities after", ready, "s", 6),
        *found,
    ]


def _questions(asking: httpx.Client, rides: list[str], process: psutil.Process) -> Iterator[Row]:
    def get(path: str, **parameters: Any) -> Callable[[], Any]:
        return lambda: asking.get(path, params=parameters).raise_for_status()

    chance = random.Random(1)

    def detail() -> str:
        one = chance.choice(rides)
        get(f"/api/activities/{one}")()
        return one

    def with_samples() -> None:
        get(f"/api/activities/{detail()}/streams")()

    def quota_used(name: str, ask: Callable[[], Any]) -> Row:
        """Return the processor time of the server for an answer, which other processes lengthen less."""
        before = sum(process.cpu_times()[:2])
        for _ in range(_ASKED):
            ask()
        return Row(f"{name}, processor time", (sum(process.cpu_times()[:2]) - before) / _ASKED * 1e3, "ms")

    cursor = asking.get("/api/activities", params={"limit": 500}).json()["next"]
    yield Row("list, newest 50, p95", p95(get("/api/activities", limit=50)), "ms", 15)
    yield Row("list of 100, p95", p95(get("/api/activities", limit=100)), "ms", 15)
    yield Row("list of 100 by distance, p95", p95(get("/api/activities", limit=100, sort="-distance")), "ms", 15)
    yield Row("list of 100, one sport, p95", p95(get("/api/activities", limit=100, sport="running")), "ms", 15)
    yield Row("list of 100, a page further on, p95", p95(get("/api/activities", limit=100, cursor=cursor)), "ms", 15)
    yield Row("list of 100, text, p95", p95(get("/api/activities", limit=100, text="morning gravel")), "ms", 15)
    yield Row("list, text that nothing has, p95", p95(get("/api/activities", text="nowhere")), "ms", 15)
    yield Row("summary of all, p95", p95(get("/api/activities/summary")), "ms")
    yield Row("detail, p95", p95(detail), "ms", 15)
    yield Row("detail, then all samples of an hour or two, p95", p95(with_samples), "ms", 50)
    ten_years = {"from": "2016-11-01", "to": "2026-11-01"}
    yield Row("fitness over ten years, p95", p95(get("/api/charts/fitness", **ten_years)), "ms", 50)
    yield Row("load over ten years, p95", p95(get("/api/charts/load", **ten_years)), "ms", 50)
    yield quota_used("fitness over ten years", get("/api/charts/fitness", **ten_years))
    yield quota_used("load over ten years", get("/api/charts/load", **ten_years))
    yield quota_used("list of 100", get("/api/activities", limit=100))
    yield quota_used("list of 100, text", get("/api/activities", limit=100, text="morning gravel"))
    yield quota_used("detail, then all samples", with_samples)
    yield from _heat(asking, process)
    usual = {"list of 100": get("/api/activities", limit=100), "detail": detail}
    alone = {name: p95(ask) for name, ask in usual.items()}
    names = (path for seed in count(11) for path in activity_paths(seed, date(2026, 11, 1)))
    data = {path: made(path) for path in islice(names, _FILES)}
    with ThreadPoolExecutor(1) as sender:
        sending = sender.submit(_import, asking, data)
        beside = {name: p95(ask) for name, ask in usual.items()}
        if sending.done():
            raise RuntimeError("the import was over before the API was asked")
    for name in usual:
        yield Row(f"{name}, p95 while files come in, times as long", beside[name] / alone[name], "times", 2)


def _heat(asking: httpx.Client, process: psutil.Process) -> Iterator[Row]:
    """Ask the heat map for days that cut two years, each time other ones; then for four tiles at once."""
    there = asking.get("/api/heat").json()
    west, south, east, north = there["bbox"]
    last, *_, first = there["years"][1:-1]
    columns, rows = tile(np.array([(south + north) / 2]), np.array([(west + east) / 2]), 12)
    column, row = int(columns[0]), int(rows[0])

    def ask(number: int, aside: int) -> int:
        days = {"from": f"{first}-07-0{number + 1}", "to": f"{last}-06-1{number}"}
        path = f"/api/heat/12/{column + aside}/{row}.png"
        return asking.get(path, params=days).raise_for_status().status_code

    used = []
    for number in range(_HEATS):
        before = sum(process.cpu_times()[:2])
        ask(number, 0)
        used.append((sum(process.cpu_times()[:2]) - before) * 1e3)
    yield Row("heat tile between two days, processor time", max(used), "ms", 1000)
    began = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(partial(ask, _HEATS), range(4)))
    yield Row("four heat tiles of other days at once", (time.perf_counter() - began) * 1e3, "ms")


def _import(asking: httpx.Client, data: Mapping[str, bytes]) -> None:
    """Import files that are not there yet, and wait until all are taken in."""
    batch: int = asking.post("/api/imports", json={}).raise_for_status().json()["id"]
    for path, held in data.items():
        asking.put(f"/api/imports/{batch}/upload", params={"path": path, "size": len(held)}, content=held)
    asking.post(f"/api/imports/{batch}/close").raise_for_status()
    while asking.get(f"/api/imports/{batch}").json()["state"] != "done":
        time.sleep(0.2)

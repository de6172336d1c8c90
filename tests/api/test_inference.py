"""What a viewer is shown does not depend on what is hidden from them: two athletes differ there, and nowhere else."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select, update

from homestretch.api.rights import needed
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.model.rights import RIGHTS
from homestretch.store.tables.kept import accounts, grants, privacy_zones
from homestretch.views.kit import privacy
from homestretch.views.kit.frame import charts
from homestretch.views.lists.ordering import KEYS
from tests.api.client import PASSWORD, Client, routes
from tests.formats import golden

HOME = {"name": "Home", "latitude": 60.17, "longitude": 24.94, "radius_m": 100}
#: From home, there and back past it, and away; what the second one did at home before lasts so many samples.
OUT, MORE = 1200, 200


def ride(extra: int) -> Recording:
    """Return a run that leaves home, passes it again, and goes far away; before it so many samples went round at home.

    The samples are the same from where the two leave, at the same instants.
    """
    away = np.concatenate((np.arange(400), 400 - np.arange(400), np.arange(400)))
    turn = np.arange(extra) / 9.0
    north = np.concatenate((25.0 * np.sin(turn), 3.0 * away))
    east = np.concatenate((25.0 * np.cos(turn), np.where(np.arange(OUT) < 800, 0.0, 1.5 * away)))
    # In halves of a metre, so that none is rounded otherwise for what was counted before.
    gone = np.cumsum(np.concatenate((np.full(extra, 2.5), np.full(800, 3.0), np.full(400, 3.5))))
    count = OUT + extra
    base = golden.run(count, golden.START_MS - 1000 * extra)
    k = np.arange(-extra, OUT)
    values = {
        "latitude": 60.17 + north / 111_195.0, "longitude": 24.94 + east / 55_300.0, "altitude_m": 12 + (k % 50) / 5,
        "heart_rate_bpm": 120.0 + k % 40, "power_w": 240.0 + k % 17, "distance_m": gone,
        "cadence_rpm": 85.0 + k % 3, "speed_mps": np.full(count, 3.0),
    }  # fmt: skip
    lap = replace(base.laps[0], trigger="manual", totals={}, start_ms=golden.START_MS + 300_000,
                  end_ms=golden.START_MS + 400_000, elapsed_s=100.0, timer_s=100.0, distance_m=300.0)  # fmt: skip
    first = replace(lap, start_ms=base.start.utc_ms, end_ms=lap.start_ms, elapsed_s=300.0 + extra, distance_m=None)
    totals = {
        "total_elapsed_time_s": float(count), "total_timer_time_s": float(count), "total_calories_kcal": 9.0 + extra,
        "total_distance_m": float(gone[-1]), "total_ascent_m": 40.0 + extra, "avg_heart_rate_bpm": 150.0 - extra / 100,
    }  # fmt: skip
    return replace(base, channels=golden.channels(values), laps=(first, lap), pauses=(), events=(), totals=totals)


@pytest.fixture
def viewer(solo: Client, decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, list[str]]]:
    """Who may look at two athletes, who have the same private place with the same secret."""
    monkeypatch.setattr(privacy, "start_m", lambda _secret, _activity: 70.0)
    solo.upload(decoders, plain_fit=encode(ride(0)))
    with solo.other("carl") as carl:
        carl.upload(decoders, longer_fit=encode(ride(MORE)))
        athletes = [str(one.get("/api/session").json()["athletes"][0]["id"]) for one in (solo, carl)]
        for one in (solo, carl):
            one.post("/api/privacy", json=HOME).raise_for_status()
            (own,) = one.get("/api/activities").json()["items"]
            drawn = {"name": "Far", "activity": own["id"], "start_s": own["elapsed_s"] - 150,
                     "end_s": own["elapsed_s"] - 30}  # fmt: skip
            one.post("/api/segments", json=drawn).raise_for_status()
            item = {"name": "Shoes", "families": ["run"]}
            one.patch(f"/api/activities/{own['id']}", json={"gear": one.post("/api/gear", json=item).json()["id"]})
    with solo.other("vera") as vera, solo.served.database.write() as session:
        session.run(update(privacy_zones).values(secret="5e" * 16))
        who = session.scalar(select(accounts.c.id).where(accounts.c.username == "vera"))
        given = {"account_id": who, "role": "viewer", "sees": "health plan photos"}
        session.run(insert(grants), [{**given, "athlete_id": int(athlete)} for athlete in athletes])
    for athlete in athletes:
        derive_pending(solo.served.context, int(athlete), decoders)
    with Client(solo.served) as vera:
        vera.post("/api/session", json={"username": "vera", "password": PASSWORD}).raise_for_status()
        yield vera, athletes


def answers(client: Client, athlete: str) -> dict[str, str]:
    """Return what each route that a viewer may ask answers about an athlete, without the ids and marks in it."""
    here = {"athlete": athlete}
    (item,) = client.get("/api/activities", params=here).json()["items"]
    segments = client.get("/api/segments", params=here).json()["items"]
    ids = {"activity": item["id"], "other": item["id"], "route": item["id"], "segment": segments[0]["id"],
           "month": item["start"][:7], "day": item["start_local"][:10], "key": "steps",
           "gear": client.get("/api/gear", params=here).json()["items"][0]["id"]}  # fmt: skip
    found: dict[str, str] = {}
    for route in routes():
        right = RIGHTS.get(needed()[route.name])
        if route.methods != {"GET"} or right is None or "viewer" not in right.roles or route.name in NOT_COMPARED:
            continue
        path = re.sub(r"{(\w+)}", lambda name: ids[name[1]], route.path)
        for query in QUERIES.get(route.name, [{}]):
            answer = client.get(path, params={**query, **here})
            found[f"{route.name} {query}"] = _plain(answer.text, ids)
    for key, chart in charts().items():
        for kind in chart.choices.get("kind", (None,)):
            asked = {"kind": kind, "sport": "run", "from": "2026-01-01", "activity": ids["activity"], **here}
            answer = client.get(f"/api/charts/{key}", params={name: value for name, value in asked.items() if value})
            found[f"{key} {kind}"] = _plain(answer.text, ids)
    return found


#: Streams; nobody's in particular; pixels, whose colours depend on how often one was anywhere (see test_places.py);
#: a photo, of which a viewer has none here (see test_photos.py).
NOT_COMPARED = {"follow", "get_heat_tile", "get_frames", "get_chart", "list_sources", "get_picture"}
QUERIES: dict[str, list[dict[str, Any]]] = {
    "get_analysis": [{}, {"units": "imperial"}],
    "get_calendar": [{"from": "2026-01", "to": "2026-12"}],
    "get_tiles": [{"zoom": 14}, {"zoom": 17}],
    "get_records": [{}, {"sport": "run"}],
    "list_activities": [
        *({"sort": sort} for sort in ("start", *(f"-{key}" for key in KEYS))),
        {"has": "track"},
        {"has": "heart_rate"},
        *({f"{key}_from": least} for key in ("distance", "time") for least in (1, 1200, 4000, 4500)),
        {"near": "60.17,24.94", "within": 50_000},
        {"near": "60.17,24.94", "within": 40},
        {"text": "run"},
    ],
    "summarise_activities": [{}, {"distance_to": 4500}, {"near": "60.17,24.94", "within": 5000}],
    "export_activity_files": [{"contents": "gpx"}, {"contents": "gpx", "distance_from": 1}],
    "get_streams": [{}, {"points": 50}, {"keys": "heart_rate_bpm"}],
}


def _plain(text: str, ids: dict[str, str]) -> str:
    for one in {ids[name] for name in ("activity", "segment", "gear")}:
        text = text.replace(json.dumps(one), '"…"').replace(f"/{one}", "/…").replace(f":{one}", ":…")
        text = text.replace(f"\n{one},", "\n…,")  # of a table
    text = re.sub(r'^{"day":"[^"]+","at":"[^"]+"', "", text)  # when today was put together
    return re.sub(r'"created(_at)?":"[^"]+"', "", text)


def test_nothing_that_a_viewer_is_told_depends_on_what_is_hidden(viewer: tuple[Client, list[str]]) -> None:
    client, athletes = viewer
    one, other = (answers(client, athlete) for athlete in athletes)
    assert one.keys() == other.keys() and len(one) > 45
    differ = {name: (one[name][:300], other[name][:300]) for name in one if one[name] != other[name]}
    assert differ == {}
    assert '"latitude"' in one["get_streams {}"] and "Far" in one["list_segments {}"]
    assert '"by":"ground"' in one["get_activity_gap {}"] and '"items":[]' in one["list_similar_activities {}"]


def test_what_is_hidden_makes_a_difference_to_the_owner(solo: Client, decoders: Decoders) -> None:
    """What was gone through at home is in the totals of those who did it."""
    found = []
    with solo.other("carl") as carl:
        for someone, extra in ((solo, 0), (carl, MORE)):
            someone.upload(decoders, run_fit=encode(ride(extra)))
            (item,) = someone.get("/api/activities").json()["items"]
            found.append([item["distance_m"], item["elapsed_s"], item["start"]])
    assert found[1][0] - found[0][0] == 500.0 and found[1][1] - found[0][1] == MORE and found[0][2] != found[1][2]

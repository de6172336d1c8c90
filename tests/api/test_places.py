"""What places come to over the API: segments, routes, tiles, heat; and that no viewer ever sees into a private one."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import insert, select

from homestretch.analysis.geo import polyline
from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.geo.tiles import bounds, tile
from homestretch.flow.catch_up import catch_up
from homestretch.flow.decoders import Decoders
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.store.tables.kept import accounts, grants
from tests.api.client import Client, routes
from tests.formats import golden

DAY_MS = 86_400_000
#: Private: the start of the run, and a place on its way.
HOME = (60.17, 24.94, 300.0)
CAFE = (60.17 + 250 * 2.7e-5, 24.94 - 250 * 1e-5, 60.0)
YEAR = {"from": "2026-05-01", "to": "2026-05-03"}

type Points = list[tuple[float, float]]


def run(day: int = 0) -> Recording:
    """Return the golden run of 1.2 km, so many days later."""
    return golden.run(400, golden.START_MS + day * DAY_MS)


def by_hand(day: int) -> Recording:
    """Return the golden run with four laps that somebody pressed: the first and the third go through private places."""
    made = run(day)
    start, some = made.start.utc_ms, made.laps[0]
    laps = [
        replace(
            some, start_ms=start + 1000 * begin, end_ms=start + 1000 * end, elapsed_s=float(end - begin),
            timer_s=float(end - begin), distance_m=3.0 * (end - begin), trigger="manual",
            totals={"total_distance_m": 3.0 * (end - begin)},
        )
        for begin, end in ((0, 120), (120, 200), (200, 300), (300, 400))
    ]  # fmt: skip
    return replace(made, laps=tuple(laps))


def settle(client: Client, decoders: Decoders) -> None:
    """Do what the jobs of a server would do."""
    catch_up(client.served.world, int(client.get("/api/session").json()["athletes"][0]["id"]), decoders)


@pytest.fixture
def there(anna: Client, decoders: Decoders) -> dict[str, str]:
    """Two runs along one course, a triathlon, a segment from home and one far from it; ids by name of parameter."""
    batch = anna.upload(
        decoders, run_fit=encode(run()), again_gpx=gpx.encode(run(1)), tri_fit=encode(*golden.multisport())
    )
    chosen = next(a for a in anna.get("/api/activities").json()["items"] if a["formats"] == ["gpx"])
    drawn = {"name": "From home", "activity": chosen["id"], "start_s": 5, "end_s": 160}
    near = anna.post("/api/segments", json=drawn).json()["id"]
    far = anna.post("/api/segments", json={**drawn, "name": "Far", "start_s": 290, "end_s": 390}).json()["id"]
    settle(anna, decoders)
    return {"activity": chosen["id"], "route": chosen["id"], "segment": far, "near": near, "batch": batch}


@pytest.fixture
def viewer(anna: Client, there: dict[str, str]) -> Iterator[Client]:
    """Ben, who may look at what is Anna's; HOME and CAFE are private."""
    for latitude, longitude, radius in (HOME, CAFE):
        place = {"name": "Private", "latitude": latitude, "longitude": longitude, "radius_m": radius}
        assert anna.post("/api/privacy", json=place).status_code == 201
    athlete = int(anna.get("/api/session").json()["athletes"][0]["id"])
    with anna.other("ben") as ben:
        with anna.served.database.write() as session:
            who = session.scalar(select(accounts.c.id).where(accounts.c.username == "ben"))
            session.run(insert(grants), {"account_id": who, "athlete_id": athlete, "role": "viewer"})
        yield ben


def inside(places: Points) -> Points:
    """Return those of the places that lie in a private circle."""
    found = []
    for latitude, longitude, radius in (HOME, CAFE):
        middle = np.array(latitude), np.array(longitude)
        at = np.array(places, dtype=np.float64).reshape(-1, 2)
        found += at[haversine(at[:, 0], at[:, 1], *middle) <= radius].tolist()
    return found


def corners(x: int, y: int, zoom: int) -> Points:
    """Return of a tile the places nearest to the middles of the private circles."""
    south, west, north, east = bounds(x, y, zoom)
    return [(float(np.clip(lat, south, north)), float(np.clip(lon, west, east))) for lat, lon, _ in (HOME, CAFE)]


def told(document: Any, zoom: int = 14) -> Points:
    """Return every place that a document of the API tells: in lines, boxes, columns, tiles."""
    if isinstance(document, str):
        return [
            (float(lat), float(lon))
            for precision in (5, 6)
            for lat, lon in zip(*polyline.decode(document, precision), strict=True)
        ]
    if isinstance(document, list):
        return [place for one in document for place in told(one, zoom)]
    if not isinstance(document, dict):
        return []
    found = [place for one in document.values() for place in told(one, zoom)]
    box = document.get("bbox")
    if box:
        found += [(box[1], box[0]), (box[3], box[2]), (box[1], box[2]), (box[3], box[0])]
    if isinstance(document.get("latitude"), dict):
        columns = (document[key]["values"] for key in ("latitude", "longitude"))
        found += [pair for pair in zip(*columns, strict=True) if None not in pair]
    if {"x", "y", "first"} <= document.keys():
        found += [p for x, y in zip(document["x"], document["y"], strict=True) for p in corners(x, y, document["zoom"])]
    return found


def drawn(picture: bytes, zoom: int, x: int, y: int) -> Points:
    """Return of each pixel of a PNG of ours that is not clear the places nearest to the private middles."""
    width, height = struct.unpack(">II", picture[16:24])
    at, data = 8, b""
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        data += picture[at + 8 : at + 8 + size] if picture[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + 4 * width)
    seen = np.argwhere(rows[:, 1:].reshape(height, width, 4)[:, :, 3])
    return [p for row, column in seen.tolist() for p in corners(x * 256 + column, y * 256 + row, zoom + 8)]


def walked(client: Client, there: dict[str, str]) -> tuple[dict[str, Points], dict[str, int]]:
    """Ask every route that only looks; return the places that each tells, and how each answered."""
    places: dict[str, Points] = {}
    statuses: dict[str, int] = {}
    looking = [r for r in routes() if r.methods == {"GET"} and r.name not in ("get_heat_tile", "follow_events")]
    for route in [r for r in looking if "/events" not in r.path]:
        for ids in (there, {**there, "segment": there["near"]}, {**there, "zoom": "17"}):
            places.setdefault(route.name, []).extend(_told_by(client, route, ids, statuses))
    for zoom in range(2, 20):
        for latitude, longitude, _ in (HOME, CAFE):
            x, y = (int(one[0]) for one in tile(np.array([latitude]), np.array([longitude]), zoom))
            for days in ({}, YEAR):
                answer = client.get(f"/api/heat/{zoom}/{x}/{y}.png", params=days)
                assert answer.status_code == 200
                places.setdefault("get_heat_tile", []).extend(drawn(answer.content, zoom, x, y))
    return places, statuses


def _told_by(client: Client, route: APIRoute, ids: dict[str, str], statuses: dict[str, int]) -> Points:
    keys = {"list_charts": "", "get_chart": "volume"}
    path = re.sub(r"{(\w+)}", lambda found: {"key": keys.get(route.name, ""), **ids}.get(found[1], "1"), route.path)
    params = {"zoom": ids.get("zoom", "14")} if route.name == "get_tiles" else {}
    answer = client.get(path, params=params)
    statuses[route.name] = answer.status_code
    if answer.status_code != 200:
        return []
    kind = answer.headers["content-type"]
    if "json" in kind:
        return told(answer.json())
    if "gpx" in kind:
        return [(float(lat), float(lon)) for lat, lon in re.findall(r'lat="([^"]+)" lon="([^"]+)"', answer.text)]
    return [(HOME[0], HOME[1])] if route.name == "get_original" else []


#: Where the owner sees into private places.
TELLING = {
    "list_activities", "get_activity", "get_streams", "get_gpx", "get_original", "list_segments", "get_segment",
    "list_routes", "get_route", "get_analysis", "get_tiles", "get_heat_tile", "list_reviews", "compare_activity",
}  # fmt: skip


def test_a_viewer_sees_no_private_place_anywhere(anna: Client, viewer: Client, there: dict[str, str]) -> None:
    """The owner sees them in all that tells places, so what looks for them can find them."""
    own, _ = walked(anna, there)
    assert {name for name, places in own.items() if inside(places)} == TELLING
    shown, statuses = walked(viewer, there)
    assert {name: inside(places)[:3] for name, places in shown.items() if inside(places)} == {}
    assert {name for name in TELLING if shown[name]} >= {
        "list_activities", "get_activity", "get_streams", "get_gpx", "list_segments", "list_routes", "get_heat_tile",
    }  # fmt: skip
    assert (statuses["get_original"], statuses["list_privacy_zones"], statuses["get_gpx"]) == (403, 403, 200)


def test_no_metre_inside_a_private_place_counts(anna: Client, viewer: Client, there: dict[str, str]) -> None:
    path = f"/api/activities/{there['activity']}/streams"
    own, shown = anna.get(path).json(), viewer.get(path).json()
    latitude, speed, heart = (shown["channels"][key]["values"] for key in ("latitude", "speed_mps", "heart_rate_bpm"))
    first = next(i for i, value in enumerate(latitude) if value is not None)
    assert 90 <= first <= 110
    assert set(shown["distance_m"][: first + 1]) == {0.0}
    assert set(speed[:first]) == {None}
    assert heart == own["channels"]["heart_rate_bpm"]["values"]
    assert shown["distance_m"][-1] < own["distance_m"][-1] - 300
    assert np.all(np.diff(shown["distance_m"]) >= 0)


def test_no_part_of_an_activity_measures_a_way_inside(
    anna: Client, viewer: Client, there: dict[str, str], decoders: Decoders
) -> None:
    anna.upload(decoders, hand_fit=encode(by_hand(9)), even_fit=encode(run(5)))
    settle(anna, decoders)
    found = []
    for one in anna.get("/api/activities").json()["items"]:
        if one["sport"] != "running":
            continue
        path = f"/api/activities/{one['id']}"
        streams = viewer.get(f"{path}/streams").json()
        latitude = streams["channels"]["latitude"]["values"]
        hidden = [t for t, value in zip(streams["time_s"], latitude, strict=True) if value is None]
        own, shown = (client.get(f"{path}/analysis").json() for client in (anna, viewer))
        metres = [sum(split["distance_m"] for split in each["splits"]) for each in (own, shown)]
        assert metres[1] == pytest.approx(streams["distance_m"][-1], abs=0.02)
        assert metres[1] < metres[0] - 300
        assert all(split["speed_mps"] == pytest.approx(3.05, rel=0.03) for split in shown["splits"])
        own_far, shown_far = ([m for m in each["medals"] if m["kind"] == "distance"] for each in (own, shown))
        assert not [t for t in hidden for m in shown_far if m["start_s"] <= t <= m["start_s"] + m["value"]]
        assert len(own_far) > len(shown_far)
        of_body = [[m for m in each["medals"] if m["kind"] in ("power", "heart_rate")] for each in (own, shown)]
        assert of_body[0] == of_body[1] != []
        found.append(tuple(client.get(path).json()["laps"] for client in (anna, viewer)))
    assert len(found) == 3
    ours, theirs = next(pair for pair in found if len(pair[0]) == 4)
    assert [lap["distance_m"] for lap in ours] == [360.0, 240.0, 300.0, 300.0]
    assert [lap["distance_m"] for lap in theirs] == [None, 240.0, None, 300.0]
    assert [lap["totals"] == {} for lap in theirs] == [True, False, True, False]
    assert [lap["avg_hr_bpm"] for lap in ours] == [lap["avg_hr_bpm"] for lap in theirs]
    assert next(theirs for ours, theirs in found if len(ours) == 2) == [], "laps of equal length measure each other"


def test_a_line_drawn_over_a_private_place_is_parted(viewer: Client, there: dict[str, str]) -> None:
    text = viewer.get(f"/api/activities/{there['activity']}/gpx").text
    assert text.count("<trkseg>") == 2
    track = viewer.get(f"/api/activities/{there['activity']}").json()["track"]
    latitude, _ = polyline.decode(track)
    assert np.all(latitude < CAFE[0]) or np.all(latitude > CAFE[0])


def test_private_places_are_changed_removed_and_brought_back(anna: Client, viewer: Client) -> None:
    first, second = anna.get("/api/privacy").json()["items"]
    changed = anna.patch(f"/api/privacy/{first['id']}", json={"radius_m": 90, "name": "Home"}).json()["items"]
    assert changed == [{**first, "radius_m": 90.0, "name": "Home"}, second]
    assert anna.patch(f"/api/privacy/{first['id']}", json={"radius_m": 10}).status_code == 422
    assert anna.delete(f"/api/privacy/{first['id']}").status_code == 204
    assert anna.get("/api/privacy").json()["items"] == [second]
    assert anna.post(f"/api/privacy/{first['id']}/restore").json()["items"] == changed
    assert viewer.get("/api/privacy").status_code == 403


def test_tiles_count_squares_and_first_visits(anna: Client, there: dict[str, str]) -> None:
    for zoom in (14, 17):
        found = anna.get("/api/tiles", params={"zoom": zoom}).json()
        tiles = list(zip(found["x"], found["y"], strict=True))
        assert found["count"] == len(tiles) == len(set(tiles)) > 0
        lat, lon = (np.array([v]) for v in HOME[:2])
        x, y = (int(one[0]) for one in tile(lat, lon, zoom))
        assert found["days"][found["first"][tiles.index((x, y))]] == "2026-05-03"
        assert found["square"]["size"] >= 1
        assert sum(one["tiles"] for one in found["newest"]) == found["count"]
        none = {"zoom": zoom, "bbox": "0,0,1,1"}
        assert anna.get("/api/tiles", params=none).json()["x"] == []
        assert anna.get("/api/tiles", params={"zoom": zoom, "sport": "row"}).json()["count"] == 0
        south, west, north, east = bounds(x, y, zoom)
        inner = ",".join(str(v) for v in (west + 1e-6, south + 1e-6, east - 1e-6, north - 1e-6))
        part = anna.get("/api/tiles", params={"zoom": zoom, "bbox": inner}).json()
        assert list(zip(part["x"], part["y"], strict=True)) == [(x, y)]
    for wrong in ("1,2,3", "a,b,c,d", "nan,0,1,1", "0,2,0,1"):
        assert anna.get("/api/tiles", params={"bbox": wrong}).status_code == 400


def pixels(client: Client, **what: str) -> int:
    """Return how many pixels of a tile at the start of the run are drawn."""
    x, y = (int(one[0]) for one in tile(np.array([HOME[0]]), np.array([HOME[1]]), 14))
    return len(drawn(client.get(f"/api/heat/14/{x}/{y}.png", params=what).content, 14, x, y))


def test_heat_is_filtered_by_sport_and_day(anna: Client, there: dict[str, str]) -> None:
    every, runs = pixels(anna), pixels(anna, sport="run")
    assert every >= runs > 0
    assert pixels(anna, sport="row") == 0
    # The years as a whole, and days that cut them, draw the same.
    assert pixels(anna, **{"from": "2026-01-01", "to": "2026-12-31"}) == every
    assert pixels(anna, sport="run", **{"from": "2026-05-04", "to": "2026-05-04"}) == runs
    assert pixels(anna, **{"from": "2026-05-05"}) == 0
    state = anna.get("/api/heat").json()
    assert (state["waiting"], state["years"]) == (0, [2026])
    assert "run" in state["families"]
    west, south, east, north = state["bbox"]
    assert south <= HOME[0] <= north and west <= HOME[1] <= east


def test_a_tile_is_sent_again_only_when_something_changed(
    anna: Client, decoders: Decoders, there: dict[str, str]
) -> None:
    x, y = (int(one[0]) for one in tile(np.array([HOME[0]]), np.array([HOME[1]]), 15))
    path = f"/api/heat/15/{x}/{y}.png"
    tag = anna.get(path).headers["etag"]
    again = anna.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert anna.get(path, params={"sport": "run"}).headers["etag"] != tag
    anna.delete(f"/api/activities/{there['activity']}")
    settle(anna, decoders)
    changed = anna.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "private" in changed.headers["cache-control"]
    assert anna.get("/api/heat/22/0/0.png").status_code == 200
    assert anna.get("/api/heat/23/0/0.png").status_code == 422


def test_deeper_tiles_are_magnified(anna: Client, there: dict[str, str]) -> None:
    """Every pixel of a tile at zoom 15 is a square of 64 by 64 in one of those at zoom 21."""
    lat, lon = np.array([HOME[0]]), np.array([HOME[1]])
    x, y = (int(one[0]) for one in tile(lat, lon, 21))
    seen = drawn(anna.get(f"/api/heat/21/{x}/{y}.png").content, 21, x, y)
    assert len(seen) > 0 and (len(seen) // 2) % (64 * 64) == 0


def test_a_segment_is_taken_from_a_gpx_named_removed_and_restored(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_fit=encode(run()))
    part = replace(run(), name="The hill", channels={k: c.take(slice(40, 200)) for k, c in run().channels.items()})
    part = replace(part, time_ms=part.time_ms[40:200], pauses=(), laps=(), events=())
    sent = {"content": gpx.encode(part), "params": {"family": "run"}}
    made = anna.post("/api/segments/file", **sent).json()
    assert made["name"] == "The hill"
    settle(anna, decoders)
    (effort,) = anna.get(f"/api/segments/{made['id']}").json()["efforts"]
    assert effort["rank"] == 1
    assert anna.patch(f"/api/segments/{made['id']}", json={"name": "Hill"}).json()["name"] == "Hill"
    assert anna.delete(f"/api/segments/{made['id']}").status_code == 204
    assert anna.get("/api/segments").json()["items"] == []
    assert anna.post(f"/api/segments/{made['id']}/restore").json()["waiting"] == 1
    settle(anna, decoders)
    assert anna.get(f"/api/segments/{made['id']}").json()["efforts"] == [effort]
    assert anna.post("/api/segments/file", content=b"<gpx/>", params={"family": "run"}).status_code == 400


def test_a_route_is_named_by_any_of_its_activities(anna: Client, there: dict[str, str]) -> None:
    (route,) = anna.get("/api/routes", params={}).json()["items"]
    assert (route["times"], route["family"]) == (2, "run")
    assert anna.patch(f"/api/routes/{there['activity']}", json={"name": "Round"}).json()["named"]
    assert anna.get("/api/routes").json()["items"][0]["name"] == "Round"
    anna.patch(f"/api/routes/{there['activity']}", json={"name": None})
    assert not anna.get("/api/routes").json()["items"][0]["named"]

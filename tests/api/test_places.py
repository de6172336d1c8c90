"""What places come to over the API: segments, routes, tiles, heat; and that no viewer ever sees into a private one."""

import base64
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import insert, select

from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.geometry.tiles import bounds, tile
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.store.tables.kept import accounts, grants
from tests.api.client import Client, routes
from tests.formats import golden

DAY_MS = 86_400_000
#: Private: the start of the run, and a place on its way.
HOME = (60.17, 24.94, 100.0)
CAFE = (60.17 + 900 * 2.7e-5, 24.94 - 900 * 1e-5, 60.0)
#: What is cut, moved and widened as it may be: up to 850 m of the way from HOME, and 600 m either way of CAFE. Samples
#: between are shown, whatever the secrets are.
SHOWN = (300, 690)
YEAR = {"from": "2026-05-01", "to": "2026-05-03"}

type Points = list[tuple[float, float]]


def run(day: int = 0) -> Recording:
    """Return the golden run of 4.9 km, so many days later."""
    return golden.run(1600, golden.START_MS + day * DAY_MS)


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
        for begin, end in ((0, 290), (310, 680), (680, 1150), (1150, 1600))
    ]  # fmt: skip
    return replace(made, laps=tuple(laps))


def settle(client: Client, decoders: Decoders) -> None:
    """Do what the jobs of a server would do."""
    derive_pending(client.served.context, int(client.get("/api/session").json()["athletes"][0]["id"]), decoders)


@pytest.fixture
def there(anna: Client, decoders: Decoders) -> dict[str, str]:
    """Two runs along one course, a triathlon, a segment from home and one far from it; ids by name of parameter."""
    batch = anna.upload(
        decoders, run_fit=encode(run()), again_gpx=gpx.encode(run(1)), tri_fit=encode(*golden.multisport())
    )
    chosen = next(a for a in anna.get("/api/activities").json()["items"] if a["formats"] == ["gpx"])
    drawn = {"name": "From home", "activity": chosen["id"], "start_s": 5, "end_s": 160}
    near = anna.post("/api/segments", json=drawn).json()["id"]
    far = anna.post("/api/segments", json={**drawn, "name": "Far", "start_s": 400, "end_s": 600}).json()["id"]
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
        ben.params = ben.params.set("athlete", athlete)
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
    "list_routes", "get_route", "get_analysis", "get_tiles", "get_heat_tile", "list_matches", "compare_activity",
    "get_today",
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


def test_what_is_shown_begins_at_nothing_where_it_begins(anna: Client, viewer: Client, there: dict[str, str]) -> None:
    path = f"/api/activities/{there['activity']}"
    own, shown = anna.get(f"{path}/streams").json(), viewer.get(f"{path}/streams").json()
    latitude, heart = (shown["channels"][key]["values"] for key in ("latitude", "heart_rate_bpm"))
    assert (shown["time_s"][0], shown["distance_m"][0]) == (0.0, 0.0)
    assert np.all(np.diff(shown["distance_m"]) >= 0) and np.all(np.diff(shown["time_s"]) > 0)
    assert [latitude.count(None), heart.count(None)] == [1, 1], "one sample that knows nothing parts what is shown"
    (gap,) = (i for i, value in enumerate(latitude) if value is None)
    assert shown["distance_m"][gap - 1] == shown["distance_m"][gap + 1]
    at = own["channels"]["latitude"]["values"].index(latitude[0])
    assert 30 < at < SHOWN[0]
    assert heart[:100] == own["channels"]["heart_rate_bpm"]["values"][at : at + 100]
    item, whole = viewer.get(path).json(), anna.get(path).json()
    assert item["distance_m"] == pytest.approx(shown["distance_m"][-1], abs=0.02)
    assert item["elapsed_s"] == shown["time_s"][-1]
    began = datetime.fromisoformat(item["start"]) - datetime.fromisoformat(whole["start"])
    assert began.total_seconds() == own["time_s"][at]
    (listed,) = (one for one in viewer.get("/api/activities").json()["items"] if one["id"] == there["activity"])
    listed.pop("load")
    assert {key: item[key] for key in listed} == listed
    month = viewer.get("/api/calendar/2026-05").json()["days"]
    assert listed in [one for of_day in month.values() for one in of_day]


def test_the_parts_of_an_activity_are_those_of_what_is_shown(
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
        own, shown = (client.get(f"{path}/analysis").json() for client in (anna, viewer))
        metres = [sum(split["distance_m"] for split in each["splits"]) for each in (own, shown)]
        assert metres[1] == pytest.approx(streams["distance_m"][-1], abs=0.1)
        assert metres[1] < metres[0] - 200
        assert all(split["speed_mps"] == pytest.approx(3.05, rel=0.03) for split in shown["splits"])
        assert own["medals"] and not shown["medals"]
        for key in ("load", "work"):
            if own["metrics"].get(key, {}).get("value") is not None:
                assert shown["metrics"][key]["value"] < own["metrics"][key]["value"]
        (on_own,), (on_shown,) = ([e for e in each["segments"] if e["name"] == "Far"] for each in (own, shown))
        assert on_shown["elapsed_s"] == on_own["elapsed_s"] and on_shown["start_s"] < on_own["start_s"] - 30
        found.append(tuple(client.get(path).json()["laps"] for client in (anna, viewer)))
    assert len(found) == 3
    ours, theirs = next(pair for pair in found if len(pair[0]) == 4)
    assert [lap["distance_m"] for lap in ours] == [870.0, 1110.0, 1410.0, 1350.0]
    assert [lap["distance_m"] for lap in theirs] == [1110.0, 1350.0]
    assert theirs[0]["start_s"] < ours[1]["start_s"] - 30
    assert next(theirs for ours, theirs in found if len(ours) == 2) == [], "laps of equal length measure each other"


def test_no_sum_holds_what_is_hidden(anna: Client, viewer: Client, there: dict[str, str]) -> None:
    """What came near is left out of what is summed; days that are asked for one by one would tell each total."""
    asks: tuple[tuple[str, dict[str, str]], ...] = (
        ("/api/activities/summary", {}), ("/api/charts/volume", {"kind": "distance"}), ("/api/charts/years", {}),
        ("/api/charts/zones", {}), ("/api/charts/fitness", {}), ("/api/records", {}), ("/api/calendar", {
            "from": "2026-04", "to": "2026-06"}), ("/api/gear", {}), ("/api/routes", {}),
    )  # fmt: skip
    totals = [one[key] for one in anna.get("/api/activities").json()["items"] if one["sport"] == "running"
              for key in ("distance_m", "elapsed_s", "moving_s", "ascent_m")]  # fmt: skip
    whole, found = {digits(value) for value in totals if value}, set[str]()
    for path, params in asks:
        own, shown = (numbers(client.get(path, params=params).json()) for client in (anna, viewer))
        found |= {digits(value) for value in own} & whole
        assert not {digits(value) for value in shown} & whole, path
    assert found, "the owner is told some of them"
    for sort in ("distance", "-elapsed", "moving", "ascent", "-speed"):
        page = viewer.get("/api/activities", params={"sort": sort, "limit": 1}).json()
        assert len(page["items"]) == 1 and page["next"]
        place = base64.urlsafe_b64decode(page["next"] + "==")
        assert not any(f"{value:.0f}".encode() in place for value in totals if value)
    cursor = viewer.get("/api/activities", params={"limit": 1}).json()["next"]
    assert str(golden.START_MS // 100_000).encode() not in base64.urlsafe_b64decode(cursor + "==")


def digits(value: float) -> str:
    """Return the first digits of a number."""
    return f"{value:.3f}"[:6]


def numbers(document: Any) -> list[float]:
    """Return every number of a document, but small ones."""
    if isinstance(document, dict | list):
        inner = document.values() if isinstance(document, dict) else document
        return [number for one in inner for number in numbers(one)]
    return [document] if isinstance(document, int | float) and document > 50 else []


def test_a_line_drawn_over_a_private_place_is_parted(viewer: Client, there: dict[str, str]) -> None:
    text = viewer.get(f"/api/activities/{there['activity']}/gpx").text
    assert text.count("<trkseg>") == 2
    track = viewer.get(f"/api/activities/{there['activity']}").json()["track"]
    latitude, _ = polyline.decode(track)
    assert np.all(latitude < CAFE[0]) or np.all(latitude > CAFE[0])


def test_the_gap_of_two_activities_is_not_known_across_a_private_place(viewer: Client, there: dict[str, str]) -> None:
    other = next(one["id"] for one in viewer.get("/api/activities").json()["items"] if one["id"] != there["activity"])
    streams = viewer.get(f"/api/activities/{there['activity']}/streams").json()
    (hole,) = np.flatnonzero([value is None for value in streams["channels"]["latitude"]["values"]])
    before, after = streams["time_s"][hole - 1], streams["time_s"][hole + 1]
    found = viewer.get(f"/api/activities/{there['activity']}/gap/{other}").json()
    times = np.array(found["time_s"])
    known = np.array([value is not None for value in found["gap_s"]])
    (nothing,) = np.flatnonzero((times > before) & (times < after))
    assert not known[nothing] and known[:nothing].any() and known[nothing + 1 :].any()


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
    made = anna.post("/api/segments/file", content=gpx.encode(part), params={"family": "run"}).json()
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

"""Activities: listed a page at a time, read whole, changed, deleted, entered manually, given back as files."""

import json
import random
from itertools import pairwise
from typing import Any

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.figures import KEYS
from homestretch.views.lists.ordering import KEYS as SORTS
from tests.api.client import Client
from tests.formats import golden
from tests.taking import codes, row_id

RUN = golden.run(120)
TYPED = {"sport": "yoga", "start_local": "2026-03-01T07:30", "zone": "Europe/Prague", "elapsed_s": 3600}
FIELDS = {"start": "start_local", "distance": "distance_m", "elapsed": "elapsed_s", "moving": "moving_s"} | {
    "ascent": "ascent_m", "heart_rate": "avg_hr_bpm", "power": "avg_power_w", "speed": "avg_speed_mps", "name": "name",
    "descent": "descent_m", "max_heart_rate": "max_hr_bpm", "cadence": "avg_cadence_rpm", "sport": "sport",
    "temperature": "avg_temperature_c", "calories": "calories_kcal", "rpe": "rpe", "load": "load",
    "workout_type": "workout_type",
}  # fmt: skip


def many(client: Client, count: int) -> None:
    """Put activities straight into the table: many alike, some without figures."""
    from sqlalchemy import insert

    from homestretch.store.tables.derived import activities

    chance = random.Random(3)
    athlete = int(client.get("/api/session").json()["athletes"][0]["id"])
    rows = []
    for number in range(count):
        start = golden.START_MS + chance.randrange(count // 3) * 86_400_000
        row: dict[str, Any] = dict.fromkeys(KEYS) | {
            "id": 1000 + number, "public_id": f"a{number:05}", "athlete_id": athlete, "start_ms": start,
            "local_ms": start, "zone_source": "none", "name": chance.choice(["Run", "run", "Ride", "100 % 'x'_y"]),
            "sport": chance.choice(["running", "cycling"]), "search": "", "hidden": number % 10 == 0,
            "deleted": number % 17 == 0, "indoor": False, "refused": "", "formats": "fit",
            "provenance": {"sources": {}, "reasons": {}}, "rpe": chance.choice([None, 3.0, 7.5]),
            "feel": chance.choice([None, 2]), "tags": [], "workout_type": chance.choice([None, "race", "easy"]),
            "start_latitude": chance.choice([None, 60.0, 60.01, -36.9]),
        }  # fmt: skip
        row["search"] = row["name"].lower()
        for key in ("distance_m", "avg_power_w", "moving_s"):
            row[key] = chance.choice([None, 0.0, 1.5, 1e300 / 3, 1 / 3])
        rows.append(row)
    with client.served.database.write() as session:
        session.run(insert(activities), rows)


def pages(client: Client, **what: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = client.get("/api/activities", params=what | ({"cursor": cursor} if cursor else {})).json()
        assert len(page["items"]) <= what["limit"]
        found += page["items"]
        if (cursor := page["next"]) is None:
            assert len(found) == page["total"]
            return found


def test_pages_have_no_gaps_and_no_repeats(anna: Client) -> None:
    many(anna, 400)
    everything = {a["id"] for a in pages(anna, limit=500)}
    assert len(everything) == sum(n % 10 != 0 and n % 17 != 0 for n in range(400))
    for sort in SORTS:
        for sign in ("", "-"):
            found = pages(anna, limit=97, sort=sign + sort)
            assert len(found) == len(everything) and {a["id"] for a in found} == everything
            values = [a[FIELDS[sort]] for a in found] if sort in FIELDS else []
            known = [value for value in values if value is not None]
            assert values == known + [None] * (len(values) - len(known)), "what has no value comes last"
            if sort not in ("name", "sport", "workout_type"):  # whose order is the database's own
                assert all(a >= b if sign else a <= b for a, b in pairwise(known))


def test_the_last_page_is_the_last_one(solo: Client) -> None:
    """Also where it is full: there is nothing behind it to ask for."""
    many(solo, 9)
    count = len(pages(solo, limit=500))
    assert [solo.get("/api/activities", params={"limit": n}).json()["next"] is None for n in (count - 1, count)] == [
        False, True,
    ]  # fmt: skip


def test_filters(anna: Client) -> None:
    many(anna, 100)
    listed = pages(anna, limit=100, hidden="all")
    running = pages(anna, limit=100, hidden="all", sport="running")
    assert running == [a for a in listed if a["sport"] == "running"]
    first, last = "2026-05-10", "2026-05-20"
    days = pages(anna, limit=100, hidden="all", **{"from": first, "to": last})
    assert days == [a for a in listed if first <= a["start_local"][:10] <= last] != []
    assert pages(anna, limit=100, hidden="true") == [a for a in listed if a["hidden"]] != []
    for text in ("% 'X'_", "100 %", "RIDE", "_", "%"):
        words = text.lower().split()
        found = pages(anna, limit=100, hidden="all", text=text)
        assert found == [a for a in listed if all(w in a["name"].lower() for w in words)]
    summary = anna.get("/api/activities/summary", params={"hidden": "all"}).json()
    assert summary["total"] == len(listed) == sum(one["count"] for one in summary["sports"])
    assert sum(one["count"] for one in summary["years"]) == len(listed)
    assert {a["id"] for a in pages(anna, limit=100, deleted=True, hidden="all")} & {a["id"] for a in listed} == set()


BAD_QUESTIONS: list[dict[str, Any]] = [
    {"limit": 0}, {"limit": 501}, {"limit": "many"}, {"sort": "shoe size"}, {"from": "yesterday"},
    {"cursor": "nonsense"}, {"cursor": "W10"}, {"cursor": "eyJhIjoxfQ"}, {"hidden": "perhaps"},
    {"text": "x" * 201}, {"cursor": "WyJhIiwgImIiXQ"}, {"cursor": "W3RydWUsIDFd"}, {"cursor": "WzFlOTk5LCAxXQ"},
    {"cursor": "WzEsIDk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0"},
    {"cursor": "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSwgMV0"}, {"sort": "name", "cursor": "WyJcdTAwMDAiLCAxXQ"},
    {"cursor": "é"}, {"sort": "name", "cursor": "WzEsIDFd"}, {"sort": "name", "cursor": "WyJcdWQ4MDAiLCAxXQ"},
]  # fmt: skip


def test_bad_questions_are_refused(anna: Client) -> None:
    many(anna, 6)
    for what in BAD_QUESTIONS:
        assert anna.get("/api/activities", params=what).status_code in (400, 422), what


def test_odd_questions_are_answered(anna: Client) -> None:
    many(anna, 6)
    for what, status in (
        ({"from": "0001-01-01", "to": "9999-12-31"}, 200),
        ({"text": "\x00"}, 400),
        ({"sport": "é"}, 400),
        ({"from": "2024-05-02", "to": "2024-05-01"}, 400),
    ):
        assert anna.get("/api/activities", params=what).status_code == status
        assert anna.get("/api/activities/summary", params=what).status_code == status


def test_reading_again_costs_nothing_and_changing_what_changed_is_refused(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    url = f"/api/activities/{listed['id']}"
    first = anna.get(url)
    tag = first.headers["etag"]
    for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        assert anna.get(url, headers={"If-None-Match": given}).status_code == 304
    assert anna.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    changed = anna.patch(url, json={"name": "Parkrun"}, headers={"If-Match": tag})
    assert changed.json()["name"] == "Parkrun" and changed.headers["etag"] != tag
    assert anna.patch(url, json={"name": "Late"}, headers={"If-Match": tag}).status_code == 412
    assert anna.get(url, headers={"If-None-Match": tag}).headers["etag"] == changed.headers["etag"]
    assert anna.patch(url, json={"name": "Known"}, headers={"If-Match": changed.headers["etag"]}).status_code == 200
    assert anna.patch(url, json={"name": "Any"}, headers={"If-Match": "*"}).status_code == 200


def test_files_from_the_ends_of_time_are_shown(anna: Client, decoders: Decoders) -> None:
    """A file of the year 9999, west of Greenwich, and one of a clock that started in 1971."""
    ends = ("9999-12-31T23:59:5%d-12:00", "1971-01-01T00:00:0%dZ")
    point = '<trkpt lat="60.%d" lon="24"><time>%s</time></trkpt>'
    for number, end in enumerate(ends):
        points = "".join(point % (n, end % n) for n in range(9))
        data = (
            f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'
        )
        anna.upload(decoders, **{f"{number}_gpx": data.encode()})
    anna.upload(decoders, run_fit=encode(RUN))
    found = anna.get("/api/activities").json()["items"]
    assert len(found) == 3
    for activity in found:
        assert anna.get(f"/api/activities/{activity['id']}").status_code == 200
    assert [one["year"] for one in anna.get("/api/activities/summary").json()["years"]] == [9999, 2026, 1971]


def test_every_member_leads_to_its_activity(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_gpx=gpx.encode(RUN))
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    members = [r["id"] for r in anna.get(f"/api/activities/{listed['id']}").json()["recordings"]]
    (other,) = set(members) - {listed["id"]}
    answer = anna.get(f"/api/activities/{other}", params={"athlete": "anna"})
    assert answer.status_code == 307
    assert answer.headers["location"].endswith(f"/api/activities/{listed['id']}?athlete=anna")
    assert anna.get(f"/api/activities/{other}/streams").status_code == 200
    originals = {m: anna.get(f"/api/activities/{other}/original", params={"recording": m}).content for m in members}
    assert set(originals.values()) == {encode(RUN), gpx.encode(RUN)}


def test_edits_are_undone_and_redone(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    url = f"/api/activities/{listed['id']}"
    anna.patch(url, json={"name": "One", "sport": "walking", "hidden": True})
    anna.patch(url, json={"name": "Two"})
    edits = anna.get(url).json()["edits"]
    assert [(e["field"], e["value"], e["by"], e["undone"]) for e in edits] == [
        ("name", "One", "anna", False), ("sport", "walking", "anna", False), ("hidden", True, "anna", False),
        ("name", "Two", "anna", False),
    ]  # fmt: skip
    assert anna.post(f"{url}/undo").json()["name"] == "One"
    assert anna.post(f"/api/edits/{edits[3]['id']}/redo").json()["name"] == "Two"
    assert anna.post(f"/api/edits/{edits[0]['id']}/undo").json()["name"] == "Two"
    for _ in range(3):
        assert anna.post(f"{url}/undo").status_code == 200
    shown = anna.get(url).json()
    assert (shown["name"], shown["sport"], shown["hidden"]) == (listed["name"], "running", False)
    assert anna.post(f"{url}/undo").status_code == 409
    assert anna.post("/api/edits/999/undo").status_code == 404
    for bad in ({"name": 5}, {"sport": "a b"}, {"sport": None}, {"nothing": 1}, {"name": "x" * 201}, {"hidden": None}):
        assert anna.patch(url, json=bad).status_code in (400, 422)
    moved = anna.patch(url, json={"start": "2024-02-03T08:30:00"}).json()
    assert (moved["start"], moved["in_future"]) == ("2024-02-03T06:30:00Z", False), "on the clock at the place"
    assert (moved["edits"][-1]["field"], moved["edits"][-1]["value"]) == ("start", "2024-02-03T06:30:00Z")
    assert anna.patch(url, json={"start": "9999-02-03T08:30:00"}).status_code == 400
    assert anna.patch(url, json={"name": "Před prací ☕"}).json()["name"] == "Před prací ☕"
    assert [a["name"] for a in pages(anna, limit=5, text="PRACÍ")] == ["Před prací ☕"]


def test_text_that_no_database_takes_is_refused(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    headers = {"Content-Type": "application/json"}
    for text in ("\x00", "a\x00b", "\ud800"):
        for method, path, body in (
            ("PATCH", f"/api/activities/{listed['id']}", {"name": text}),
            ("POST", "/api/activities", TYPED | {"name": text}),
            ("PATCH", "/api/account", {"preferences": {"x": {"y": [text]}}}),
            ("PATCH", "/api/account", {"preferences": {text: 1}}),
            ("PATCH", "/api/settings", {"map_attribution": text}),
        ):
            assert anna.request(method, path, content=json.dumps(body), headers=headers).status_code == 422


def test_deleted_restored_and_deleted_for_good(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    url = f"/api/activities/{listed['id']}"
    assert anna.delete(url).status_code == 204
    assert anna.get("/api/activities").json()["total"] == 0
    assert anna.get(url).json()["deleted"]
    assert anna.post(f"{url}/restore").json()["deleted"] is False
    assert anna.delete(url, params={"for_good": True}).status_code == 204
    assert anna.get(url).status_code == 404
    assert list(anna.served.context.archive.digests()) == []
    batch = anna.upload(decoders, again_fit=encode(RUN))
    (item,) = anna.get(f"/api/imports/{batch}/items").json()["items"]
    assert codes(item) == ["deleted_for_good"]


def test_an_activity_is_entered_by_hand_once(anna: Client) -> None:
    first = anna.post("/api/activities", json=TYPED, headers={"Idempotency-Key": "k1"})
    assert first.json()["start"] == "2026-03-01T06:30:00Z"
    again = anna.post("/api/activities", json=TYPED, headers={"Idempotency-Key": "k1"})
    assert again.json()["id"] == first.json()["id"]
    assert len(again.json()["recordings"]) == 1
    other = anna.post("/api/activities", json=TYPED)
    assert len(other.json()["recordings"]) == 2, "entered twice, though it matches and is shown as one"
    for bad in ({"start_local": "soon"}, {"zone": "Nowhere/Nothing"}, {"elapsed_s": -1}, {"sport": "A b"},
                {"start_local": "0001-01-01T00:00"}, {"start_local": "9999-12-31T23:59:59"}, {"elapsed_s": "NaN"},
                {"zone": "../../etc/passwd"}, {"start_local": "2026-03-01T07:30+99:00"}):  # fmt: skip
        assert anna.post("/api/activities", json=TYPED | bad).status_code in (400, 422)


def test_what_came_in_goes_out(anna: Client, decoders: Decoders) -> None:
    data = encode(RUN)
    batch = anna.post("/api/imports", json={}).json()["id"]
    name = 'folder/my "run"\r\nSet-Cookie: x; é.fit'
    url = f"/api/imports/{batch}/upload"
    anna.put(url, params={"path": name, "size": len(data)}, content=data).raise_for_status()
    anna.upload(decoders)
    (listed,) = anna.get("/api/activities").json()["items"]
    url = f"/api/activities/{listed['id']}"
    original = anna.get(f"{url}/original")
    assert original.content == data
    assert original.headers["content-disposition"].startswith('attachment; filename="my _run_')
    assert "set-cookie" not in original.headers
    assert anna.get(f"{url}/original", params={"recording": "nothing"}).status_code == 404
    track = anna.get(f"{url}/gpx")
    assert track.headers["content-type"].startswith("application/gpx+xml")
    assert track.content.count(b"<trkpt") == 120
    streams = anna.get(f"{url}/streams", params={"channels": "heart_rate_bpm,nothing", "points": 20}).json()
    assert list(streams["channels"]) == ["heart_rate_bpm"]
    assert len(streams["time_s"]) <= 20 and not streams["complete"]
    whole = anna.get(f"{url}/streams").json()
    assert whole["complete"] and {len(c["values"]) for c in whole["channels"].values()} == {len(whole["time_s"])}
    anna.post("/api/activities", json=TYPED)
    typed = next(a for a in anna.get("/api/activities").json()["items"] if a["sport"] == "yoga")
    assert anna.get(f"/api/activities/{typed['id']}/gpx").status_code == 409
    assert anna.get(f"/api/activities/{typed['id']}/streams").json()["time_s"] == []


def test_a_lost_original_is_a_plain_problem(solo: Client, decoders: Decoders) -> None:
    solo.upload(decoders, run_fit=encode(RUN))
    (listed,) = solo.get("/api/activities").json()["items"]
    solo.served.context.archive.remove(next(solo.served.context.archive.digests()))
    answer = solo.get(f"/api/activities/{listed['id']}/original")
    assert answer.json()["code"] == "original-missing"


def test_a_multisport_is_shown_through_its_parent(anna: Client, decoders: Decoders) -> None:
    anna.upload(decoders, tri_fit=encode(*golden.multisport()))
    (parent,) = anna.get("/api/activities").json()["items"]
    assert parent["sport"] == "multisport" and len(parent["legs"]) == 3
    for leg in parent["legs"]:
        assert anna.get(f"/api/activities/{leg}").json()["parent"] == parent["id"]
    url = f"/api/activities/{parent['id']}"
    assert anna.get(f"{url}/gpx").content.count(b"<trk>") == 3
    assert anna.get(f"{url}/original").content == encode(*golden.multisport())
    assert anna.patch(url, json={"name": "Race"}).json()["name"] == "Race"
    assert anna.delete(url).status_code == 204
    assert anna.get(f"/api/activities/{parent['legs'][0]}").json()["deleted"]
    assert row_id(anna.served.context, _scope(anna), parent["id"])
    assert anna.delete(url, params={"for_good": True}).status_code == 204
    assert all(anna.get(f"/api/activities/{one}").status_code == 404 for one in (parent["id"], *parent["legs"]))


def _scope(client: Client) -> Any:
    from homestretch.store.scope import Scope

    return Scope(int(client.get("/api/session").json()["athletes"][0]["id"]))


def test_a_change_of_what_a_page_only_shows_refuses_no_edit(anna: Client, decoders: Decoders) -> None:
    """Gear that is called otherwise is another page, and not another activity."""
    anna.upload(decoders, run_fit=encode(RUN))
    (listed,) = anna.get("/api/activities").json()["items"]
    url = f"/api/activities/{listed['id']}"
    gear = anna.post("/api/gear", json={"name": "Shoes", "kind": "shoes"}).json()["id"]
    tag = anna.patch(url, json={"gear": gear}).headers["etag"]
    anna.patch(f"/api/gear/{gear}", json={"name": "Old shoes"}).raise_for_status()
    assert anna.get(url, headers={"If-None-Match": tag}).json()["gear"]["name"] == "Old shoes"
    assert anna.patch(url, json={"name": "Mine"}, headers={"If-Match": tag}).status_code == 200

"""Filters find what a look at every row finds; many activities are changed at once, all or none, and back again."""

import csv
import io
import math
import random
import zipfile
from typing import Any

from sqlalchemy import insert

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.formats.fit.encode import encode
from homestretch.model.editable import WORKOUT_TYPES
from homestretch.model.figures import KEYS
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.derived_activities import activity_tags
from homestretch.store.tables.kept import identities
from tests.api.client import Client
from tests.formats import golden
from tests.taking import digest

DAY_MS = 86_400_000
COUNT, TRIES = 150, 120
TAGS = ("paris 2026", "café", "100 %")
HERE = (60.17, 24.94)
type Row = dict[str, Any]


def made(client: Client) -> list[Row]:
    """Put activities straight into the tables, with and without what filters look at; return their rows."""
    chance = random.Random(5)
    athlete = int(client.get("/api/session").json()["athletes"][0]["id"])
    rows: list[Row] = []
    for number in range(COUNT):
        start = golden.START_MS + chance.randrange(60) * DAY_MS
        place = chance.choice([None, (HERE[0] + chance.uniform(-0.02, 0.02), HERE[1] + chance.uniform(-0.04, 0.04))])
        rows.append(
            dict.fromkeys(KEYS)
            | {"id": 1000 + number, "public_id": f"a{number:05}", "athlete_id": athlete, "start_ms": start,
               "local_ms": start, "zone_source": "none", "name": f"Run {number}", "search": f"run {number}",
               "sport": chance.choice(["running", "cycling"]), "hidden": number % 10 == 0, "deleted": number % 17 == 0,
               "indoor": False, "refused": "", "formats": "fit", "provenance": {"sources": {}, "reasons": {}},
               "distance_m": chance.choice([None, 0.0, 5000.0, 5000.5, 42195.0]),
               "moving_s": chance.choice([None, 1800.0]), "elapsed_s": chance.choice([1700.0, 1900.0]),
               "avg_hr_bpm": chance.choice([None, 140.0]), "avg_power_w": chance.choice([None, 0.0]),
               "tags": sorted(chance.sample(TAGS, chance.randrange(3))),
               "workout_type": chance.choice([None, *WORKOUT_TYPES]),
               "start_latitude": place and place[0], "start_longitude": place and place[1]}
        )  # fmt: skip
    tagged = [{"athlete_id": athlete, "tag": tag, "activity_id": row["id"]} for row in rows for tag in row["tags"]]
    with client.served.database.write() as session:
        session.run(insert(activities), rows)
        session.run(insert(activity_tags), tagged)
    return rows


def fits(row: Row, what: Row) -> bool:
    """Return whether a row is let through, as one would look by hand."""
    time, distance = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"], row["distance_m"]
    apart = math.inf
    if row["start_latitude"] is not None:
        east = (row["start_longitude"] - HERE[1]) * math.cos(math.radians(HERE[0]))
        apart = math.hypot(row["start_latitude"] - HERE[0], east) * 111_195.0
    return (
        not row["deleted"]
        and what.get("hidden", "false") in ("all", str(row["hidden"]).lower())
        and what.get("sport") in (None, row["sport"])
        and set(what.get("tag", ())) <= set(row["tags"])
        and what.get("workout_type") in (None, row["workout_type"] or "none")
        and ("distance_from" not in what or (distance is not None and distance >= what["distance_from"]))
        and ("distance_to" not in what or (distance is not None and distance <= what["distance_to"]))
        and ("time_from" not in what or time >= what["time_from"])
        and ("time_to" not in what or time <= what["time_to"])
        and ("heart_rate" not in what.get("has", ()) or row["avg_hr_bpm"] is not None)
        and ("power" not in what.get("has", ()) or row["avg_power_w"] is not None)
        and ("track" not in what.get("has", ()) or row["start_latitude"] is not None)
        and ("near" not in what or apart <= what["within"])
        and all(word in row["search"] for word in what.get("text", "").split())
    )


def test_a_filter_finds_what_a_look_at_every_row_finds(anna: Client) -> None:
    rows = made(anna)
    chance = random.Random(7)
    choices: Row = {
        "hidden": ["all", "true", "false"], "sport": ["running", "cycling"],
        "tag": [["café"], ["paris 2026", "100 %"], ["CAFÉ"], ["no such"]], "workout_type": [*WORKOUT_TYPES, "none"],
        "distance_from": [0, 1, 5000, 5000.5], "distance_to": [5000.5, 5000.6, 50_000], "time_from": [1750, 1800],
        "time_to": [1800, 1899], "has": [["heart_rate"], ["power", "track"]], "text": ["run 1", "7"],
    }  # fmt: skip
    sizes = set()
    for _ in range(TRIES):
        what = {key: chance.choice(choices[key]) for key in chance.sample(sorted(choices), chance.randrange(1, 4))}
        if chance.random() < 0.3:
            what |= {"near": f"{HERE[0]},{HERE[1]}", "within": chance.choice([300, 1000, 3000])}
        page = anna.get("/api/activities", params={**what, "limit": 500}).json()
        looked = {**what, "tag": [tag.lower() for tag in what.get("tag", ())]}
        wanted = {row["public_id"] for row in rows if fits(row, looked)}
        assert {item["id"] for item in page["items"]} == wanted, what
        assert anna.get("/api/activities/summary", params=what).json()["total"] == page["total"] == len(wanted)
        sizes.add(len(wanted))
    assert len(sizes) > 20


def test_one_goes_from_each_to_the_next_as_the_list_has_them(anna: Client) -> None:
    rows = made(anna)
    named = [{key: row[key] for key in ("id", "athlete_id", "public_id")} | {"key": row["public_id"], "minted_ms": 0}
             for row in rows]  # fmt: skip
    with anna.served.database.write() as session:
        session.run(insert(identities), named)
    for what in ({}, {"sport": "cycling"}, {"hidden": "all", "tag": ["café"]}):
        listed = [item["id"] for item in anna.get("/api/activities", params={**what, "limit": 500}).json()["items"]]
        beside = [anna.get(f"/api/activities/{one}/neighbours", params=what).json() for one in listed]
        assert [found["previous"] and found["previous"]["id"] for found in beside] == [*listed[1:], None]
        assert [found["next"] and found["next"]["id"] for found in beside] == [None, *listed[:-1]]
        assert len(listed) > 10
    # What the filter leaves out has a place in it too.
    outside = anna.get("/api/activities", params={"sport": "running"}).json()["items"][3]["id"]
    found = anna.get(f"/api/activities/{outside}/neighbours", params={"sport": "cycling"}).json()
    assert found["previous"]["sport"] == found["next"]["sport"] == "cycling"
    assert found["previous"]["day"] <= found["next"]["day"]


def test_odd_filters_are_refused(solo: Client) -> None:
    made(solo)
    odd: tuple[dict[str, str | int], ...] = (
        {"distance_from": 9, "distance_to": 8}, {"near": "60"}, {"near": "91,0"}, {"near": "a,b"},
        {"near": "60,24", "within": 0}, {"workout_type": "fun"}, {"has": "wings"}, {"distance_from": "NaN"},
        {"route": "nowhere"}, {"sort": "tags"},
    )  # fmt: skip
    for bad in odd:
        for path in ("", "/summary", "/table.csv", "/files.zip"):
            if path != "/table.csv" and "sort" in bad:
                continue
            assert solo.get(f"/api/activities{path}", params=bad).status_code in (400, 422), (path, bad)


def taken(client: Client, decoders: Decoders) -> list[str]:
    """Import three activities of different days; return their ids, the oldest first."""
    later = (golden.run(300, golden.START_MS + days * DAY_MS) for days in (1, 2))
    files = {f"run{n}_fit": encode(run) for n, run in enumerate((golden.run(400), *later))}
    client.upload(decoders, **files)
    return [item["id"] for item in client.get("/api/activities", params={"sort": "start"}).json()["items"]]


def shown(client: Client) -> list[Row]:
    return list(client.get("/api/activities", params={"hidden": "all", "sort": "start"}).json()["items"])


def test_many_are_changed_at_once_and_back_and_a_rebuild_keeps_them(anna: Client, decoders: Decoders) -> None:
    ids = taken(anna, decoders)
    chance, before = random.Random(1), shown(anna)
    done: list[tuple[list[Row], list[str]]] = []
    for _ in range(12):
        state = shown(anna)
        some = chance.sample(ids, chance.randrange(1, 4))
        act = chance.choice(["tags", "fields", "delete", "filter", "bad", "undo"])
        if act == "undo" and done:
            earlier, edits = done.pop()
            anna.post("/api/edits/undo", json={"edits": edits}).raise_for_status()
            assert shown(anna) == earlier
            continue
        if act == "bad":  # one of them is not there: nothing changes
            body = {"activities": [*some, "nowhere"], "add_tags": ["lost"]}
            assert anna.patch("/api/activities", json=body).status_code == 404
            assert shown(anna) == state
            continue
        if act == "delete":
            answer = anna.post("/api/activities/delete", json={"activities": some})
        elif act == "filter":
            answer = anna.patch("/api/activities", params={"hidden": "all"}, json={"add_tags": ["all"]})
        elif act == "tags":
            answer = anna.patch("/api/activities", json={"activities": some, "add_tags": [" Big  Day "]})
            assert all("big day" in one["tags"] for one in shown(anna) if one["id"] in some)
        else:
            fields = {"workout_type": chance.choice(WORKOUT_TYPES), "sport": "hiking", "hidden": chance.random() < 0.5}
            answer = anna.patch("/api/activities", json={"activities": some, "fields": fields})
        made_edits = answer.raise_for_status().json()["edits"]
        if made_edits:
            done.append((state, made_edits))
    context, scope = anna.served.context, Scope(int(anna.get("/api/session").json()["athletes"][0]["id"]))
    after, print_of_it = shown(anna), digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    anna.get("/api/activities/choices").raise_for_status()
    assert [(one["id"], one["tags"], one["workout_type"]) for one in shown(anna)] == [
        (one["id"], one["tags"], one["workout_type"]) for one in after
    ]
    assert print_of_it != ""
    for earlier, edits in reversed(done):
        anna.post("/api/edits/undo", json={"edits": edits}).raise_for_status()
        assert [one["id"] for one in shown(anna)] == [one["id"] for one in earlier]
    assert [(one["id"], one["tags"], one["sport"]) for one in shown(anna)] == [
        (one["id"], one["tags"], one["sport"]) for one in before
    ]


def test_many_are_merged_or_none_and_parted_again(solo: Client, decoders: Decoders) -> None:
    ids = taken(solo, decoders)
    before = shown(solo)
    for bad in ([ids[0]], [ids[0], "nowhere"]):
        assert solo.post("/api/activities/merge", json={"activities": bad}).status_code in (400, 404)
    assert shown(solo) == before
    edits = solo.post("/api/activities/merge", json={"activities": ids}).raise_for_status().json()["edits"]
    assert len(edits) == 2 and len(shown(solo)) == 1
    solo.post("/api/edits/undo", json={"edits": edits}).raise_for_status()
    assert [(one["id"], one["distance_m"]) for one in shown(solo)] == [(one["id"], one["distance_m"]) for one in before]


def test_the_list_goes_out_as_a_table_and_as_files(solo: Client, decoders: Decoders) -> None:
    ids = taken(solo, decoders)
    solo.patch(
        f"/api/activities/{ids[0]}", json={"name": "=HYPERLINK(1)", "description": "@a\n“b”", "tags": ["x", "y"]}
    )
    text = solo.get("/api/activities/table.csv", params={"sort": "start"}).text
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["id"] for line in lines] == ids
    first = lines[0]
    assert (first["name"], first["description"], first["tags"]) == ("'=HYPERLINK(1)", "'@a\n“b”", "x, y")
    assert float(first["distance_m"]) == shown(solo)[0]["distance_m"]
    some = {"ids": ",".join(ids[:2])}
    whole = zipfile.ZipFile(io.BytesIO(solo.get("/api/activities/files.zip", params=some).content))
    assert whole.testzip() is None and len(whole.namelist()) == 2
    assert {whole.read(name) for name in whole.namelist()} == {
        solo.get(f"/api/activities/{one}/original").content for one in ids[:2]
    }
    yoga = {"sport": "yoga", "start_local": "2026-03-01T07:30", "elapsed_s": 60}
    solo.post("/api/activities", json=yoga).raise_for_status()
    tracks = solo.get("/api/activities/files.zip", params={"contents": "gpx"}).content
    names = zipfile.ZipFile(io.BytesIO(tracks)).namelist()
    assert len([name for name in names if name.endswith(".gpx")]) == 3 and "left-out.txt" in names


def test_filters_are_kept_for_one_account(solo: Client) -> None:
    one = solo.post("/api/saved-filters", json={"name": " Long  runs ", "query": "sport=running"}).json()["items"][0]
    assert (one["name"], one["query"]) == ("Long runs", "sport=running")
    path = f"/api/saved-filters/{one['id']}"
    assert solo.patch(path, json={"name": "Runs"}).json()["items"][0]["name"] == "Runs"
    assert solo.delete(path).status_code == 204 and solo.get("/api/saved-filters").json()["items"] == []
    assert [kept["name"] for kept in solo.post(f"{path}/restore").json()["items"]] == ["Runs"]
    assert solo.post("/api/saved-filters", json={"name": " ", "query": "x=1"}).status_code == 400
    with solo.other("ben") as ben:
        assert ben.get("/api/saved-filters").json()["items"] == []
        assert ben.patch(path, json={"name": "Mine"}).status_code == 404

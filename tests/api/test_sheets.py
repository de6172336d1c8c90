"""A sheet is shown as it would be read before anything is set; a place on the server is named by administrators."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.api.client import Client
from tests.sources.spreadsheet.sheets import csv_text, put

OWN = "day;words;far\n03/04/2026;Lake;20\nsoon;Park;5\n"


def connected(anna: Client, place: Path) -> dict[str, Any]:
    """Return a connection to a sheet."""
    body = {"source": "spreadsheet", "method": "path", "answers": {"path": str(place)}}
    made = anna.post("/api/sources", json=body)
    assert made.status_code == 201, made.text
    return dict(made.json())


def test_a_preview_changes_nothing(anna: Client, tmp_path: Path) -> None:
    one = connected(anna, put(tmp_path / "sheets" / "own.csv", OWN))
    url = f"/api/sources/{one['id']}/preview"
    told = anna.post(url, json={}).json()
    assert told["columns"] == ["day", "words", "far"] and (told["count"], told["activities"]) == (2, 1)
    assert told["found"]["unsure"] == ["date_order"] and told["found"]["delimiter"] == ";"
    assert told["notes"] == [{"number": 3, "column": 0, "field": "start", "code": "no_such_date"}]
    tried = {"columns": '{"name": "words", "distance": "far"}', "distance": "km", "order": "dmy"}
    told = anna.post(url, json={"settings": tried}).json()
    assert told["rows"][0]["read"] == {
        "start": "2026-04-03", "date_only": True, "sport": "generic", "name": "Lake", "distance_m": 20_000,
    }  # fmt: skip
    assert anna.get(f"/api/sources/{one['id']}").json()["settings"] == one["settings"]


def test_what_is_wrong_is_told(anna: Client, tmp_path: Path) -> None:
    place = put(tmp_path / "sheets" / "own.csv", OWN)
    one = connected(anna, place)
    url = f"/api/sources/{one['id']}/preview"
    assert anna.post(url, json={"settings": {"order": "sideways"}}).status_code == 400
    assert anna.post(url, json={"settings": {"horoscope": "x"}}).status_code == 400
    put(place, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "save it as .xlsx" in anna.post(url, json={}).json()["trouble"]
    place.unlink()
    assert anna.post(url, json={}).status_code == 502


def test_how_often_it_may_be_looked_at_is_told(anna: Client, tmp_path: Path) -> None:
    one = connected(anna, put(tmp_path / "sheets" / "own.csv", OWN))
    assert (one["schedule"], one["least_ms"]) == ("every 5m", 60_000)
    often = {"text": "every 1m"}
    assert anna.get("/api/schedules", params=often).status_code == 422
    times = anna.get("/api/schedules", params=often | {"connection": one["id"]}).json()["times_ms"]
    assert [later - earlier for earlier, later in pairwise(times)] == [60_000] * 4
    other = anna.other("bob")
    assert other.get("/api/schedules", params=often | {"connection": one["id"]}).status_code == 404


def test_only_administrators_name_places(anna: Client, tmp_path: Path) -> None:
    """Of several people on a server only who looks after it may point it at a file; nor may a token."""
    place = put(tmp_path / "sheets" / "own.csv", csv_text())
    bob = anna.other("bob")
    for source, path in (("spreadsheet", place), ("folder", place.parent)):
        body = {"source": source, "method": "path", "answers": {"path": str(path)}}
        refused = bob.post("/api/sources", json=body)
        assert refused.status_code == 403 and "administrator" in refused.json()["detail"]
    one = connected(anna, place)
    assert bob.post(f"/api/sources/{one['id']}/preview", json={}).status_code == 404


def test_other_sources_have_no_preview(anna: Client, tmp_path: Path) -> None:
    put(tmp_path / "files" / "a.txt", b"")
    body = {"source": "folder", "method": "path", "answers": {"path": str(tmp_path / "files")}}
    one = anna.post("/api/sources", json=body).json()
    assert anna.post(f"/api/sources/{one['id']}/preview", json={}).status_code == 400

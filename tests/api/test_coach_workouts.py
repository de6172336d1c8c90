"""The library over the API: built, previewed, changed, removed, brought back, and given out as files."""

from typing import Any

import pytest

from homestretch.formats import decode
from tests.api.client import Client
from tests.formats.workouts.threshold import file_bytes

BODY: dict[str, Any] = {
    "name": "Over and under",
    "sport": "ride",
    "steps": [
        {"kind": "warmup", "end": {"unit": "s", "value": 600},
         "target": {"kind": "pct", "low": 50, "high": 70, "of": "power", "ramp": True}},
        {"repeat": 3, "steps": [
            {"kind": "work", "end": {"unit": "s", "value": 480}, "cadence": [85, 95], "cue": "steady",
             "target": {"kind": "pct", "low": 95, "high": 100, "of": "power"}},
            {"kind": "rest", "end": {"unit": "lap"}},
        ]},
    ],
}  # fmt: skip
WHERE = "/api/coach/workouts"


@pytest.fixture
def rider(anna: Client) -> Client:
    """Anna, with an FTP of 250 W."""
    anna.put("/api/thresholds/ftp_w", json={"value": 250, "valid_from": "2026-01-01"}).raise_for_status()
    return anna


def test_a_workout_is_built_changed_removed_and_brought_back(rider: Client) -> None:
    seen = rider.post(f"{WHERE}/preview", json=BODY).json()
    made = rider.post(WHERE, json=BODY).json()
    assert made["text"] == "10 min 50-70 %; 3 x (8 min 95-100 %, until the lap button)"
    assert {**seen, "id": made["id"], "own": True, "created": made["created"]} == made
    assert [(one["low"], one["high"], one["unit"]) for one in made["targets"]] == [
        (125, 175, "W"), (237.5, 250, "W"), (None, None, None),
    ]  # fmt: skip
    assert (made["hard"], made["steps"]) == (True, rider.get(f"{WHERE}/{made['id']}").json()["steps"])
    changed = rider.put(f"{WHERE}/{made['id']}", json={**BODY, "name": "Changed", "hard": False}).json()
    assert (changed["id"], changed["name"], changed["hard"]) == (made["id"], "Changed", False)
    listed = rider.get(WHERE).json()["items"]
    assert [one["name"] for one in listed if one["own"]] == ["Changed"] and len(listed) == 41
    assert rider.delete(f"{WHERE}/{made['id']}").status_code == 204
    assert len(rider.get(WHERE).json()["items"]) == 40
    assert rider.get(f"{WHERE}/{made['id']}").json()["removed"] is True
    assert rider.put(f"{WHERE}/{made['id']}", json=BODY).status_code == 404
    assert rider.post(f"{WHERE}/{made['id']}/restore").json()["removed"] is False


def test_files_come_and_go(rider: Client) -> None:
    sent = {"params": {"file": "3x8.txt", "name": "3x8 threshold"}, "content": file_bytes("3x8.txt")}
    (first,) = rider.request("POST", f"{WHERE}/file", **sent).json()["items"]
    (again,) = rider.request("POST", f"{WHERE}/file", **sent).json()["items"]
    assert first["id"] == again["id"] and first["imported"]
    for suffix, name in (("erg", "3x8.erg"), ("mrc", "3x8.mrc"), ("txt", "3x8.txt")):
        answer = rider.get(f"{WHERE}/{first['id']}/file.{suffix}")
        assert answer.content == file_bytes(name)
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    for suffix in ("fit", "zwo", "json"):
        assert decode(rider.get(f"{WHERE}/R7/file.{suffix}").content).kind == "workout"
    longer = rider.get(f"{WHERE}/R7/file.erg", params={"repeats": 5})
    assert b"\r\n75.00\t100\r\n" in longer.content
    assert rider.get(f"{WHERE}/R7", params={"repeats": 9}).status_code == 400
    assert rider.get(f"{WHERE}/N7/file.erg").json()["code"] == "cannot-export"
    refused = rider.request("POST", f"{WHERE}/file", content=b"buy milk", params={"file": "list.txt"})
    assert (refused.status_code, refused.json()["code"]) == (422, "not-a-workout")


@pytest.mark.parametrize(
    "steps",
    [
        [], [{"kind": "work"}], [{"repeat": 2}], [{"kind": "work", "end": {"unit": "s"}}],
        [{"repeat": 2, "steps": []}], [{"kind": "work", "end": {"unit": "lap", "value": 3}}],
        [{"kind": "work", "end": {"unit": "s", "value": 9}, "target": {"kind": "rpe", "low": 0, "high": 3}}],
    ],
)  # fmt: skip
def test_what_can_t_be_done_is_refused(solo: Client, steps: list[Any]) -> None:
    for path in (WHERE, f"{WHERE}/preview"):
        assert solo.post(path, json={**BODY, "steps": steps}).status_code in (400, 422)
    assert len(solo.get(WHERE).json()["items"]) == 40

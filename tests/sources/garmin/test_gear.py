"""Gear at Garmin: few requests, no answer lost that says none, and what is told of single items."""

import json
from typing import Any

import pytest

from homestretch.model.health.measurement import RemoteGear, Title
from homestretch.net.budget import Reply
from homestretch.sources.garmin import _gear
from homestretch.sources.garmin.decode import decode

UUID = "0f00"


def asked(answers: dict[str, tuple[int, Any]]) -> tuple[list[str], list[tuple[str | None, Any]]]:
    """Return what is asked for and kept of a Garmin that answers so, by path and where a page begins."""
    paths: list[str] = []

    def get(path: str, parameters: Any) -> Reply:
        paths.append(path + (f"?{parameters['start']}" if "start" in parameters else ""))
        status, body = answers[paths[-1]]
        return Reply(status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())

    kept = [(one.kind, json.loads(one.data)) for one in _gear.equipment(get, "7")]
    return paths, kept


LIST, STATS = "/gear-service/gear/filterGear", f"/gear-service/gear/stats/{UUID}"
USED = f"/activitylist-service/activities/{UUID}/gear"


def test_of_each_item_two_questions_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_gear, "PAGE", 2)
    pages: dict[str, tuple[int, Any]] = {
        f"{USED}?0": (200, [{"activityId": 1}, {"activityId": 2}]), f"{USED}?2": (200, [{"activityId": 3}]),
    }  # fmt: skip
    paths, kept = asked({LIST: (200, [{"uuid": UUID}]), STATS: (200, {"totalDistance": 5.0}), **pages})
    assert paths == [LIST, STATS, *pages]
    kinds = ["gear", f"gear:stats:{UUID}", f"gear:used:{UUID}:0", f"gear:used:{UUID}:2"]
    assert [kind for kind, _ in kept] == kinds


def test_that_there_is_none_any_more_is_kept() -> None:
    assert asked({LIST: (200, [])})[1] == [("gear", [])]
    answers: dict[str, tuple[int, Any]] = {
        LIST: (200, [{"uuid": UUID}]),
        STATS: (404, {"error": "gone"}),
        f"{USED}?0": (200, []),
    }
    assert [kind for kind, _ in asked(answers)[1]] == ["gear", f"gear:used:{UUID}:0"]
    answers[f"{USED}?0"] = (200, None)
    assert asked(answers)[1][-1] == (f"gear:used:{UUID}:0", None)
    assert asked({LIST: (200, b"<html>")})[1] == [] and asked({LIST: (204, b"")})[1] == []


def test_what_is_told_of_an_item() -> None:
    told = decode(f"gear:stats:{UUID}", b'{"uuid": "x", "totalDistance": 1250.5, "totalActivities": 3}')
    assert told.gear == (RemoteGear(UUID, None, distance_m=1250.5),)
    used = decode(f"gear:used:{UUID}:1000", b'[{"activityId": 12, "activityName": "Run"}, {}, 3]')
    assert used.titles == (Title("12", None, gear=UUID),) and used.gear == ()


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"totalDistance": null}', b'{"totalDistance": "far"}', b""])
def test_what_is_not_told_of_an_item(body: bytes) -> None:
    assert decode(f"gear:stats:{UUID}", body).gear == () and decode(f"gear:used:{UUID}:0", body).titles == ()

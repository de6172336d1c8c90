"""An app of a phone sends health data with a token that can do nothing else."""

import copy
from typing import Any

from homestretch.flow.derive.payloads import decode_stale
from homestretch.store.tables.kept import payloads
from tests.api.client import Client
from tests.sources.phone.messages import ANDROID, IPHONE


def day(anna: Client, of: str = "2026-05-09") -> dict[str, Any]:
    athlete = int(anna.get("/api/session").json()["athletes"][0]["id"])
    decode_stale(anna.served.context, athlete)
    measures: dict[str, Any] = anna.get(f"/api/health/days/{of}").json()["measures"]
    return measures


def kept(anna: Client) -> int:
    with anna.served.context.database.read() as reader:
        return len(reader.rows(payloads.select()))


def test_a_token_for_health_data_can_only_send(anna: Client) -> None:
    token = anna.post("/api/tokens", json={"name": "phone", "scope": "health"}).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    with Client(anna.served) as phone:
        assert phone.post("/api/health/receive", json=ANDROID, headers=bearer).json() == {"app": "health_connect"}
        for path in ("/api/activities", "/api/health/days/2026-05-09", "/api/tokens"):
            assert phone.get(path, headers=bearer).status_code == 403, path
        assert phone.get("/api/session", headers=bearer).json()["account"] is None
        assert phone.post("/api/health/receive", json=ANDROID).status_code == 401
    assert day(anna)["weight_kg"]["value"] == 71.25 and day(anna)["weight_kg"]["source"] == "phone"


def test_what_is_sent_again_is_there_once_and_what_is_newer_holds(anna: Client) -> None:
    send = "/api/health/receive"
    for message in (ANDROID, ANDROID, IPHONE):
        anna.post(send, json=message)
    assert kept(anna) == 2
    later = copy.deepcopy(IPHONE)
    later["data"]["metrics"][0]["data"].append({"date": "2026-05-09 19:00:00 -0800", "qty": 4000})
    anna.post(send, json=later)
    assert day(anna)["steps"]["value"] == 7000.5
    newer = {
        "timestamp": "2026-05-09T06:00:00Z",
        "app_version": "1",
        "heart_rate": [{"bpm": 60, "time": "2026-05-09T05:30:00Z"}],
    }
    anna.post(send, json=newer)
    assert day(anna)["heart_rate_bpm"]["used"][0]["value"] > 0
    assert day(anna)["weight_kg"]["value"] > 0, "a message with only what is new erases nothing"


def test_what_no_known_app_sends_is_refused_in_a_sentence(anna: Client) -> None:
    for body, words in ((b"{", "not JSON"), (b"{}", "neither a message"), (b"[1]", "neither a message")):
        answer = anna.post("/api/health/receive", content=body)
        assert answer.status_code == 400 and words in answer.json()["detail"]
    assert kept(anna) == 0


def test_the_phone_is_a_source_that_asks_for_no_sync(anna: Client) -> None:
    anna.post("/api/health/receive", json=ANDROID)
    (connection,) = anna.get("/api/sources").json()["items"]
    assert (connection["source"], connection["state"], connection["schedule"]) == ("phone", "ready", None)

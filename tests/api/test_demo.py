"""The demo athlete through the API: one for each account, chosen like any other, removed by its owner alone."""

import pytest

from homestretch.demo import files
from homestretch.demo.load import SEED
from tests.api.client import Client


def test_a_demo_athlete_comes_once_and_goes(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "paths", lambda seed, today: [f"demo-{SEED}/2026-05-04T1745-strength-watch.fit"])
    made = anna.post("/api/demo")
    assert made.status_code == 201 and made.json()["athlete"]["demo"] is True
    assert anna.post("/api/demo").json() == made.json(), "twice adds nothing"
    demo = made.json()["athlete"]["id"]
    own, there = anna.get("/api/session").json()["athletes"]
    assert (own["demo"], there) == (False, made.json()["athlete"])
    assert anna.get("/api/imports").json()["items"] == [], "nothing is poured into one's own"
    [batch] = anna.get("/api/imports", params={"athlete": demo}).json()["items"]
    assert (batch["id"], batch["origin"], batch["files"]) == (made.json()["batch"], "demo", 1)
    with anna.other("eve") as eve:
        assert eve.delete("/api/demo", params={"athlete": demo}).status_code == 404
        assert eve.post("/api/demo").json()["athlete"]["id"] != demo, "each has one of their own"
    assert anna.delete("/api/demo").status_code == 400, "one's own athlete stays"
    assert anna.delete("/api/demo", params={"athlete": demo}).status_code == 204
    assert anna.get("/api/session").json()["athletes"] == [own]
    assert anna.get("/api/imports", params={"athlete": demo}).status_code == 404
    assert anna.post("/api/demo").json()["athlete"]["id"] != demo

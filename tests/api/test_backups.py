"""Backups and the state of the server over the API: an administrator's, and nothing of any athlete in them."""

from pathlib import Path

from homestretch.flow.backups.drill import drill_due
from homestretch.flow.backups.make import make_due
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden


def test_backups_are_set_made_and_tried(solo: Client, decoders: Decoders, tmp_path: Path) -> None:
    context, folder = solo.served.context, tmp_path / "disk"
    solo.upload(decoders, secret_name_fit=encode(golden.run(60)))
    (activity,) = solo.get("/api/activities").json()["items"]
    solo.patch(f"/api/activities/{activity['id']}", json={"name": "Nobody else's"})
    found = solo.get("/api/backups").json()
    assert (found["active"], found["next_at"], found["files"]) == (False, None, [])
    assert solo.post("/api/backups").status_code == 409
    refused = solo.put("/api/backups/plan", json={"on": True, "folder": str(folder)})
    assert (refused.status_code, "no such folder" in refused.json()["detail"]) == (422, True)
    folder.mkdir()
    assert solo.put("/api/backups/plan", json={"on": True, "folder": str(folder)}).json()["active"]
    assert solo.post("/api/backups/drill").status_code == 409
    assert solo.post("/api/backups").json()["running"]["state"] == "waiting"
    make_due(context)
    assert solo.post("/api/backups/drill").json()["drilling"]["state"] == "waiting"
    drill_due(context)
    found = solo.get("/api/backups").json()
    assert (len(found["files"]), found["running"], found["problem"]) == (1, None, None)
    assert (found["drill"]["state"], found["drill"]["differing"]) == ("done", 0)
    assert found["files"][0]["size_bytes"] == found["bytes"] > 0
    assert found["encryption"] == "off"
    key = solo.post("/api/backups/key").json()["key"]
    assert solo.get("/api/backups").json()["encryption"] == "on"
    assert (context.settings.data_dir / "backup.key").read_text().split()[-1] == key
    assert key not in solo.get("/api/backups").text, "it is shown once"
    assert solo.delete("/api/backups/key").json()["encryption"] == "off"
    status = solo.get("/api/server").json()
    assert {one["part"] for one in status["storage"]} >= {"originals", "database"}
    for one in (found, status):
        assert "Nobody else's" not in str(one) and "secret_name" not in str(one), "nothing of an athlete"


def test_only_administrators_see_them(solo: Client) -> None:
    assert solo.get("/api/today").json()["footer"]["backup"] == {"on": False, "good_ms": None, "failed": False}
    with solo.other("ben") as ben:
        for path in ("/api/backups", "/api/server"):
            assert ben.get(path).status_code == 403
        assert ben.get("/api/today").json()["footer"]["backup"] is None

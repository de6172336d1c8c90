"""Uploads: in chunks, resumed, refused where they make no sense; imports undone and done again."""

import json

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import CHUNK
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden

RUN = encode(golden.run(300))


def test_a_file_comes_in_chunks_and_goes_on_where_it_broke_off(anna: Client, decoders: Decoders) -> None:
    declared = {"files": [{"path": "a/run.fit", "size": len(RUN)}, {"path": "never.fit", "size": 9}]}
    batch = anna.post("/api/imports", json=declared).json()
    assert batch["counts"]["expected"] == 2 and batch["bytes"] == len(RUN) + 9
    url = f"/api/imports/{batch['id']}/upload"

    def send(offset: int, until: int, size: int = len(RUN)) -> tuple[int, dict[str, object]]:
        answer = anna.put(url, params={"path": "a/run.fit", "size": size, "offset": offset}, content=RUN[offset:until])
        return answer.status_code, answer.json()

    assert send(0, 1000)[1]["received"] == 1000
    status, told = send(0, 1000)
    assert (status, told["code"], told["received"]) == (409, "wrong-offset", 1000)
    assert send(2000, 3000)[0] == 409
    assert send(1000, 2000, len(RUN) + 1)[0] == 409, "the file has changed its size"
    assert anna.get(f"/api/imports/{batch['id']}").json()["counts"]["arriving"] == 1
    assert send(1000, len(RUN))[1] == {"path": "a/run.fit", "size": len(RUN), "received": len(RUN), "complete": True}
    assert send(0, len(RUN))[1]["complete"], "once it is here, sending it again changes nothing"
    closed = anna.post(f"/api/imports/{batch['id']}/close").json()
    assert closed["counts"]["skipped"] == 1
    anna.upload(decoders)
    done = anna.get(f"/api/imports/{batch['id']}").json()
    assert (done["state"], done["activities"]) == ("done", 1)
    again = anna.post(f"/api/imports/{batch['id']}/close")
    assert (again.status_code, again.json()["state"]) == (200, "done"), "whose answer was lost may say it again"
    items = anna.get(f"/api/imports/{batch['id']}/items", params={"status": "imported"}).json()["items"]
    assert len(items) == 1 and len(items[0]["activities"]) == 1
    assert list(anna.served.settings.uploads_dir.glob("*/*")) == []
    assert anna.put(url, params={"path": "late.fit", "size": 1}, content=b"x").status_code == 409


def test_what_makes_no_sense_is_refused(solo: Client) -> None:
    batch = solo.post("/api/imports", json={}).json()["id"]
    url = f"/api/imports/{batch}/upload"
    big: dict[str, str | int] = {"path": "big.fit", "size": CHUNK + 1}
    assert solo.put(url, params=big, content=b"x" * (CHUNK + 1)).status_code == 400
    assert solo.put(url, params={"path": "x", "size": 3}, content=b"long").status_code == 400
    assert solo.put(url, params={"path": "x", "size": -3}, content=b"").status_code == 422
    assert solo.put(url, params={"path": "x", "size": 1 << 60}, content=b"").status_code == 422
    for path in ("", "/", "..", "../..", "\\"):
        assert solo.put(url, params={"path": path, "size": 1}, content=b"x").status_code == 400
    assert solo.put("/api/imports/99/upload", params={"path": "x", "size": 1}, content=b"x").status_code == 404
    assert solo.post("/api/imports", json={"origin": "cli"}).status_code == 422
    assert solo.post("/api/imports", content=b"x" * (33 << 20)).status_code == 413


PATHS = ("../../etc/passwd", "/etc/passwd", "..\\..\\x.fit", "a/./../b\n.fit", "x" * 1999)


def test_a_path_is_a_label_and_no_place(anna: Client) -> None:
    uploads = anna.served.settings.uploads_dir
    for path in PATHS:
        batch = anna.post("/api/imports", json={"files": [{"path": path, "size": 1}]}).json()["id"]
        params: dict[str, str | int] = {"path": path, "size": 1}
        assert anna.put(f"/api/imports/{batch}/upload", params=params, content=b"x").json()["complete"]
        (item,) = anna.get(f"/api/imports/{batch}/items").json()["items"]
        assert ".." not in item["path"].split("/") and not item["path"].startswith("/") and "\n" not in item["path"]
        (part,) = uploads.glob(f"{batch}/*")
        assert part.suffix == ".part" and part.stem.isdigit()
    assert len(list(uploads.glob("**/*.part"))) == len(PATHS)
    batch = anna.post("/api/imports", json={}).json()["id"]
    assert anna.put(f"/api/imports/{batch}/upload", params={"path": "\0", "size": 1}, content=b"x").status_code == 400
    body = json.dumps({"files": [{"path": "\ud800", "size": 1}]})
    headers = {"Content-Type": "application/json"}
    assert anna.post(f"/api/imports/{batch}/files", content=body, headers=headers).status_code == 422


def test_an_empty_file_is_a_file_too(solo: Client, decoders: Decoders) -> None:
    batch = solo.upload(decoders, empty_fit=b"")
    (item,) = solo.get(f"/api/imports/{batch}/items").json()["items"]
    assert item["status"] in ("failed", "skipped")
    assert solo.get(f"/api/imports/{batch}").json()["state"] == "done"


def test_an_import_is_undone_and_done_again(anna: Client, decoders: Decoders) -> None:
    batch = anna.upload(decoders, run_fit=RUN)
    (activity,) = anna.get("/api/activities").json()["items"]
    assert anna.post(f"/api/imports/{batch}/redo").status_code == 409
    assert anna.post(f"/api/imports/{batch}/undo").json()["state"] == "undone"
    assert anna.get("/api/activities").json()["total"] == 0
    assert anna.get(f"/api/activities/{activity['id']}").status_code == 404
    assert anna.post(f"/api/imports/{batch}/undo").status_code == 409
    assert anna.post(f"/api/imports/{batch}/redo").json()["state"] == "done"
    from homestretch.flow.derive.rederive import rederive

    rederive(anna.served.context, 1, decoders)
    assert anna.get(f"/api/activities/{activity['id']}").status_code == 200


def test_imports_are_listed_a_page_at_a_time(solo: Client) -> None:
    made = [solo.post("/api/imports", json={}).json()["id"] for _ in range(7)]
    seen: list[str] = []
    cursor = None
    while True:
        page = solo.get("/api/imports", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [batch["id"] for batch in page["items"]]
        assert page["total"] == 7
        if (cursor := page["next"]) is None:
            break
    assert seen == made[::-1]


def test_little_room_refuses_an_upload(solo: Client) -> None:
    from dataclasses import replace

    from homestretch.app import App

    batch = solo.post("/api/imports", json={}).json()["id"]
    settings = solo.served.settings.model_copy(update={"min_free_mb": 10**9})
    with Client(App(replace(solo.served.context, settings=settings)), cookies=solo.cookies) as full:
        answer = full.put(f"/api/imports/{batch}/upload", params={"path": "x", "size": 1}, content=b"x")
        assert (answer.status_code, answer.json()["code"]) == (507, "disk-nearly-full")
        assert "Free at least" in answer.json()["detail"]
        assert full.get("/health").status_code == 503
        typed = {"sport": "running", "start_local": "2026-05-03T09:00", "elapsed_s": 60}
        assert full.post("/api/activities", json=typed).status_code == 507

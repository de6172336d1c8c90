"""Server-sent events over a real connection: an import's progress arrives while it runs."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden
from tests.waiting import wait_until

PATIENCE_S = 60


@contextmanager
def listening(client: Client, port: int) -> Iterator[str]:
    """Serve the client's API on a port during the block."""
    server = uvicorn.Server(uvicorn.Config(client.api, port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        client.served.closing = True
        server.should_exit = True
        thread.join(timeout=10)
    assert not thread.is_alive(), "open event streams must not keep a server from stopping"


def test_an_import_is_followed(solo: Client, decoders: Decoders, unused_port: int) -> None:
    token = solo.post("/api/tokens", json={"name": "events"}).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    seen: list[tuple[str, dict[str, object]]] = []
    client = httpx.Client(headers=headers, timeout=PATIENCE_S)
    with listening(solo, unused_port) as address, client, client.stream("GET", f"{address}/api/events") as told:
        assert told.headers["content-type"].startswith("text/event-stream")
        lines = told.iter_lines()
        assert next(lines) == ": hello"
        importing = threading.Thread(target=lambda: solo.upload(decoders, run_fit=encode(golden.run(60))))
        importing.start()
        event = ""
        for line in lines:
            event = line.removeprefix("event: ") if line.startswith("event:") else event
            if line.startswith("data:"):
                seen.append((event, json.loads(line.removeprefix("data:"))))
            done = any(kind == "batch" and data["state"] == "done" for kind, data in seen)
            if done and any(kind == "activities" for kind, _ in seen):
                break
        importing.join()
    last = [data for kind, data in seen if kind == "batch"][-1]
    assert (last["activities"], last["files"]) == (1, 1)


def test_plans_that_change_elsewhere_are_news(solo: Client, unused_port: int) -> None:
    token = solo.post("/api/tokens", json={"name": "events"}).json()["token"]
    asked = {"sport": "run", "weeks": 2, "hours": 4}
    one, other = (solo.post("/api/coach/plans", json=asked).json()["plan"] for _ in range(2))
    client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_S)
    with listening(solo, unused_port) as address, client, client.stream("GET", f"{address}/api/events") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": hello"
        steps = [("POST", "", asked), ("DELETE", f"/{one}", None), ("DELETE", f"/{other}", None)]
        for method, path, body in [*steps, ("POST", f"/{one}/restore", None)]:
            solo.request(method, f"/api/coach/plans{path}", json=body).raise_for_status()
            # A ping comes after 15 s without an import: by then a change that was seen has long been news.
            assert next(line for line in lines if line in ("event: plans", ": ping")) == "event: plans"


def test_who_is_signed_out_is_told_nothing_more(solo: Client, unused_port: int) -> None:
    made = solo.post("/api/tokens", json={"name": "events"}).json()
    client = httpx.Client(headers={"Authorization": f"Bearer {made['token']}"}, timeout=PATIENCE_S)
    with listening(solo, unused_port) as address, client, client.stream("GET", f"{address}/api/events") as told:
        lines = told.iter_lines()
        assert next(lines) == ": hello"
        solo.delete(f"/api/tokens/{made['id']}").raise_for_status()
        assert len(list(lines)) < 40, "it ends by itself"
        assert client.get(f"{address}/api/events").status_code == 401


def test_nobody_else_follows_it(solo: Client) -> None:
    with Client(solo.served) as nobody:
        assert nobody.get("/api/events").status_code == 401

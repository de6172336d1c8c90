"""A browser's side of the API; every answer must be what its route declares, every error a problem document."""

import json
from functools import cache
from typing import Any

import httpx2
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from homestretch import registry
from homestretch.api.server import create_api
from homestretch.api.shapes.base import Problem
from homestretch.app import App
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import ingest, waiting_athletes

PASSWORD = "long enough"
ADDRESS = "http://127.0.0.1:8080"


class Client(TestClient):
    """Sends what the web app would send, and checks what comes back."""

    def __init__(self, app: App, **options: Any) -> None:
        self.served = app
        self.api = create_api(app)
        usual: dict[str, Any] = {"base_url": ADDRESS, "headers": {"X-Homestretch": "1"}, "follow_redirects": False}
        super().__init__(self.api, **usual | options)

    def request(self, method: str, url: Any, **options: Any) -> httpx2.Response:
        """Send a request and check the answer."""
        answer: httpx2.Response = super().request(method, url, **options)
        self.check(answer)
        return answer

    def check(self, answer: httpx2.Response) -> None:
        """Assert that an answer is what its route declares."""
        kind = answer.headers.get("content-type", "")
        if answer.request.method == "HEAD":
            assert answer.content == b""
            return
        if answer.status_code >= 400 and "/api" in answer.url.path:
            assert kind == "application/problem+json", (answer.status_code, answer.text[:300])
            told = Problem.model_validate_json(answer.content)
            assert told.status == answer.status_code and told.code and told.detail
            return
        route = route_of(answer.request.method, answer.url.path)
        declared = None if route is None or route.response_class is Response else route.response_model
        if declared is not None and answer.status_code in (200, 201):
            assert route is not None and answer.status_code == (route.status_code or 200)
            assert kind == "application/json"
            check_document(declared, answer.content)

    def set_up(self, name: str, **more: str) -> dict[str, Any]:
        """Create the administrator."""
        answer = self.post("/api/setup", json={"username": name, "password": PASSWORD, **more})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def other(self, name: str, *, admin: bool = False) -> "Client":
        """Create another account (this one is the administrator's) and return it signed in."""
        self.post("/api/accounts", json={"username": name, "password": PASSWORD, "is_admin": admin}).raise_for_status()
        client = Client(self.served)
        client.post("/api/session", json={"username": name, "password": PASSWORD}).raise_for_status()
        return client

    def upload(self, decoders: Decoders, **files: bytes) -> str:
        """Import files (by names with _ for a dot) as the web app does; return the batch's id."""
        batch = str(self.post("/api/imports", json={}).json()["id"])
        for name, data in files.items():
            path = name.replace("_", ".")
            url = f"/api/imports/{batch}/upload"
            self.put(url, params={"path": path, "size": len(data)}, content=data).raise_for_status()
        self.post(f"/api/imports/{batch}/close").raise_for_status()
        for athlete in waiting_athletes(self.served.context):
            ingest(self.served.context, athlete, decoders)
        return batch


def check_document(declared: Any, content: bytes) -> None:
    """Assert that JSON is a document as declared: nothing is missing, nothing undeclared, nothing of another type."""
    shape: TypeAdapter[Any] = TypeAdapter(declared)
    found = shape.validate_json(content, strict=True)
    assert shape.dump_python(found, mode="json", by_alias=True) == json.loads(content)


@cache
def routes() -> list[APIRoute]:
    """Return every route of the API."""
    routers = [
        registry.load("homestretch.api.routers", name).router for name in registry.leaf_names("homestretch.api.routers")
    ]
    return [route for router in routers for route in router.routes if isinstance(route, APIRoute)]


def route_of(method: str, path: str) -> APIRoute | None:
    """Return the route that answers."""
    return next((r for r in routes() if method in (r.methods or ()) and r.path_regex.fullmatch(path)), None)

"""The description of the API says what each answer holds: nothing in it is left untyped."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from homestretch.api.server import create_api
from homestretch.app import App
from homestretch.serve import api_for_schema
from tests.api.client import Client

#: What says something about a schema without saying what it holds.
REMARKS = {"title", "description", "default", "examples"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """Return the description as clients get it."""
    return api_for_schema().openapi()


def schemas(described: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each schema, those of parameters, bodies and answers too, with the place where it stands."""
    yield from described["components"]["schemas"].items()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            yield from ((f"{where} {one['name']}", one["schema"]) for one in operation.get("parameters", ()))
            contents = {"body": operation.get("requestBody", {}), **operation["responses"]}
            for what, holder in contents.items():
                for kind, content in holder.get("content", {}).items():
                    yield f"{where} {what} {kind}", content.get("schema", {})


def untyped(schema: Any, where: str) -> Iterator[str]:
    """Yield the places in a schema where anything may stand."""
    if schema in (True, None) or not schema.keys() - REMARKS:
        yield where
        return
    kind, inside = schema.get("type"), schema.get("additionalProperties")
    if kind == "object" and "properties" not in schema and inside is None:
        yield where
    if kind == "array" and not schema.keys() & {"items", "prefixItems"}:
        yield where
    if inside not in (None, False):
        yield from untyped(inside, f"{where}.*")
    for name, part in schema.get("properties", {}).items():
        yield from untyped(part, f"{where}.{name}")
    if "items" in schema:
        yield from untyped(schema["items"], f"{where}[]")
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for part in schema.get(key, ()):
            yield from untyped(part, where)


def test_nothing_is_untyped(described: dict[str, Any]) -> None:
    found = {where: sorted(set(untyped(schema, where))) for where, schema in schemas(described)}
    assert {where: places for where, places in found.items() if places} == {}


def test_an_untyped_place_is_found() -> None:
    free = {"type": "object", "additionalProperties": True, "title": "Facts"}
    bare = {"type": "object", "properties": {"a": {}, "b": {"anyOf": [{"type": "null"}, {"type": "object"}]}}}
    assert list(untyped(free, "F")) == ["F.*"]
    assert list(untyped(bare, "B")) == ["B.a", "B.b"]
    assert list(untyped({"type": "array", "items": {"title": "Item"}}, "L")) == ["L[]"]
    assert list(untyped({"type": "object", "additionalProperties": {"type": "string"}}, "M")) == []


def test_errors_are_described_as_problems(described: dict[str, Any], solo: Client) -> None:
    """Also the framework's own: what it says that it answers where a request does not fit is not what is answered."""
    assert not [name for name in described["components"]["schemas"] if "ValidationError" in name]
    kinds = {
        kind: content["schema"]["$ref"].rpartition("/")[2]
        for operations in described["paths"].values()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status[0] == "4"
        for kind, content in response.get("content", {}).items()
    }
    assert kinds == {"application/problem+json": "Problem"}
    answer = solo.get("/api/activities", params={"limit": 0})
    assert answer.status_code == 422 and answer.json()["fields"][0]["field"] == "limit"


def test_clients_get_the_description(described: dict[str, Any], solo: Client) -> None:
    assert solo.get("/api/openapi.json").json()["components"] == described["components"]


def test_a_second_application_has_the_same_routes(sqlite_app: App) -> None:
    """To make them takes a second: each server does it once, and no request waits for it."""
    first, second = (
        [route for route in create_api(sqlite_app).routes if isinstance(route, APIRoute)] for _ in range(2)
    )
    assert len(first) > 200 and all(a is b for a, b in zip(first, second, strict=True))

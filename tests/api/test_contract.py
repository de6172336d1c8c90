"""Whatever is sent to any route of the API, it answers as it declares and never breaks."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice, product
from typing import Any, cast
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden

#: An operation is asked until so many requests in a row had outcomes that are known already, and at most so often.
NOTHING_NEW, MOST = 6, 60
#: One ends the session that the others need, one never ends, one says rightly that no jobs run here.
LEFT_OUT = {"sign_out", "follow", "get_health"}
#: Stands where a hostile value goes.
HERE = "<here>"
#: What nobody would send: beyond every number and date, without end, with characters that mean something elsewhere.
HOSTILE_TEXTS = (
    *("", " ", "-1", "0", "9" * 20, "1e400", "nan", "inf", "9999-12-31", "0000-00-00", "2024-02-30", "x" * 5_000),
    *("../../etc/passwd", "%00", "'; drop table accounts; --", "\u202e\u0007", "=1+1", "https://*/{z}", "[" * 5_000),
)
HOSTILE = (
    *(json.dumps(text) for text in HOSTILE_TEXTS),
    *("null", "-1", "0", "9" * 20, "-1e308", "1e400", "NaN", "true", "[]", "{}", '"\\ud800"', '"\\u0000"'),
    *("[" * 300 + "]" * 300, '{"a":' * 300 + "1" + "}" * 300),
)

#: So many of them are tried for each value, the next ones for the next value.
EACH = 3


class Enough(Exception):
    """Nothing new was found for a while."""


@pytest.fixture
def real(anna: Client, decoders: Decoders) -> dict[str, str]:
    """Ids of what is there, so that not every path leads nowhere."""
    batch = anna.upload(decoders, run_fit=encode(golden.run(60)))
    (activity,) = anna.get("/api/activities").json()["items"]
    edit = anna.patch(f"/api/activities/{activity['id']}", json={"name": "Named"}).json()["edits"][0]["id"]
    return {"activity": activity["id"], "batch": batch, "edit": edit}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_nothing_breaks(anna: Client, real: dict[str, str]) -> None:
    """On the stricter of the two databases; what breaks SQLite alone is among the hostile values, which both get."""
    schema = schemathesis.openapi.from_dict(anna.get("/api/openapi.json").json())
    operations: list[Any] = [cast(Any, result).ok() for result in schema.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:
        if operation.definition.raw["operationId"] not in LEFT_OUT:
            attempt(anna, operation, real)


def test_nothing_breaks_by_hostile_values(anna: Client, real: dict[str, str]) -> None:
    """Every value of every operation and its path, each as nobody would send it: no answer is of a broken server."""
    spec = anna.get("/api/openapi.json").json()
    texts, values = cycle(HOSTILE_TEXTS), cycle(HOSTILE)
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] not in LEFT_OUT:
                known = defaultdict(lambda: "1", real)
                given = path.format_map(known)
                query = {each["name"]: "1" for each in operation.get("parameters", ()) if each["in"] == "query"}
                for name, value in product(query, islice(texts, EACH)):
                    send(anna, method, given, params={**query, name: value})
                body = usual_body(spec, operation)
                for name, value in product(re.findall(r"{(\w+)}", path), islice(texts, EACH)):
                    elsewhere = path.format_map(known | {name: quote(value, safe="")})
                    send(anna, method, elsewhere, params=query, content=json.dumps(body))
                for body in spoiled(spec, operation, values):
                    send(anna, method, given, params=query, content=body)


def send(client: Client, method: str, path: str, **options: Any) -> None:
    """Send it and assert that the server is not broken."""
    answer = client.request(method.upper(), path, headers={"Content-Type": "application/json"}, **options)
    assert answer.status_code < 500, (method, path, str(options)[:300], answer.text)


def spoiled(spec: dict[str, Any], operation: dict[str, Any], values: Iterator[str]) -> Iterator[str]:
    """Yield plausible bodies of an operation, each with one hostile value: in place of all, or of one field."""
    if "requestBody" not in operation:
        return
    yield from islice(values, EACH)
    whole = usual_body(spec, operation)
    fields: dict[str, Any] = whole if isinstance(whole, dict) else {}
    for name, usual in fields.items():
        within = [HERE] if isinstance(usual, list) else {"a": HERE} if isinstance(usual, dict) else HERE
        body = json.dumps({**fields, name: within})
        yield from (body.replace(json.dumps(HERE), value) for value in islice(values, EACH))


def usual_body(spec: dict[str, Any], operation: dict[str, Any]) -> Any:
    """Return a plausible body of an operation, None where it takes no JSON."""
    content = operation.get("requestBody", {}).get("content", {})
    return plausible(content["application/json"]["schema"], spec) if "application/json" in content else None


def plausible(schema: dict[str, Any], spec: dict[str, Any]) -> Any:
    """Return something that fits a schema more or less."""
    if "$ref" in schema:
        return plausible(spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], spec)
    if "anyOf" in schema:
        return plausible(schema["anyOf"][0], spec)
    if "enum" in schema or "const" in schema:
        return schema.get("const") or schema["enum"][0]
    inner = {name: plausible(part, spec) for name, part in schema.get("properties", {}).items()}
    kinds: dict[str, Any] = {"object": inner, "array": [], "integer": 1, "number": 1.5, "boolean": True}
    return kinds.get(schema.get("type", ""), "2024-05-01")


def attempt(client: Client, operation: Any, real: dict[str, str]) -> None:
    """Send an operation whatever fits its description, until that brings no other status and code than before."""
    quick = settings(
        max_examples=MOST, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    seen: set[tuple[int, str]] = set()
    known_in_a_row = 0

    @quick
    @given(case=operation.as_strategy(), existing=st.booleans())
    def ask(case: Any, existing: bool) -> None:
        nonlocal known_in_a_row
        if known_in_a_row >= NOTHING_NEW:
            raise Enough
        if existing:
            case.path_parameters = {name: real.get(name, value) for name, value in case.path_parameters.items()}
        told = case.as_transport_kwargs(base_url=str(client.base_url))
        headers = {name: value for name, value in told.pop("headers").items() if name.lower() != "user-agent"}
        told.pop("cookies", None)
        data = told.pop("data", None)
        answer = client.request(**told, content=data, headers=headers)
        assert answer.status_code < 500, (case.method, case.path, answer.text)
        outcome = answer.status_code, answer.json()["code"] if answer.status_code >= 400 else ""
        known_in_a_row = known_in_a_row + 1 if outcome in seen else 0
        seen.add(outcome)

    with suppress(Enough):
        ask()

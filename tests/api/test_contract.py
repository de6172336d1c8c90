"""Whatever is sent to any route of the API, it answers as it declares and never breaks."""

from contextlib import suppress
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from homestretch.flow.decoders import Decoders
from homestretch.formats.fit.encode import encode
from tests.api.client import Client
from tests.formats import golden

#: An operation is asked until so many requests in a row had outcomes that are known already, and at most so often.
NOTHING_NEW, MOST = 6, 60
#: One ends the session that the others need, one never ends, one says rightly that no jobs run here.
LEFT_OUT = {"sign_out", "follow", "get_health"}


class Enough(Exception):
    """Nothing new was found for a while."""


@pytest.fixture
def real(anna: Client, decoders: Decoders) -> dict[str, str]:
    """Ids of what is there, so that not every path leads nowhere."""
    batch = anna.upload(decoders, run_fit=encode(golden.run(60)))
    (activity,) = anna.get("/api/activities").json()["items"]
    edit = anna.patch(f"/api/activities/{activity['id']}", json={"name": "Named"}).json()["edits"][0]["id"]
    return {"activity": activity["id"], "batch": batch, "edit": edit}


def test_nothing_breaks(anna: Client, real: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_dict(anna.get("/api/openapi.json").json())
    operations: list[Any] = [cast(Any, result).ok() for result in schema.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:
        if operation.definition.raw["operationId"] not in LEFT_OUT:
            attempt(anna, operation, real)


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
    def send(case: Any, existing: bool) -> None:
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
        send()

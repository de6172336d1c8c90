"""Tortures stand on a PostgreSQL that writes to the disk what it commits."""

from collections.abc import Iterator

import pytest

from tests.stores import durable


@pytest.fixture(autouse=True)
def _on_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    if "postgres" not in request.node.name:
        yield
        return
    with durable(request.getfixturevalue("postgres")):
        yield

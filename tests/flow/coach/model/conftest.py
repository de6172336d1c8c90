"""The fake endpoint, started once for all tests."""

from collections.abc import Iterator

import pytest

from tests.fakes.language_model.server import FakeModel


@pytest.fixture(scope="session")
def _fake_model() -> Iterator[FakeModel]:
    with FakeModel() as fake:
        yield fake


@pytest.fixture
def fake(_fake_model: FakeModel) -> FakeModel:
    """The fake endpoint, as new."""
    _fake_model.again()
    return _fake_model

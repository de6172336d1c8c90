"""An athlete with a plan, a ride that did one of its sessions, and a fake endpoint."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from tests.fakes.language_model.server import FakeModel
from tests.flow.coach.model.asking import set_up
from tests.flow.edit.test_merging import settled
from tests.taking import listed, take_in
from tests.views.coach.test_reviews import at, planned, ride


@pytest.fixture(scope="session")
def _fake_model() -> Iterator[FakeModel]:
    with FakeModel() as fake:
        yield fake


@pytest.fixture
def fake(_fake_model: FakeModel) -> FakeModel:
    """The fake endpoint, as new."""
    _fake_model.again()
    return _fake_model


@dataclass(frozen=True)
class Ridden:
    """The context half a day after a ride of three intervals, of which the last faded; the ids of both."""

    context: Context
    scope: Scope
    activity: str
    session: str


@pytest.fixture
def ridden(sqlite_context: Context, scope: Scope, decoders: Decoders, fake: FakeModel) -> Ridden:
    """An athlete whose model is set up, and who agreed."""
    session = planned(sqlite_context, scope)
    take_in(sqlite_context, scope, decoders, {"ride.fit": encode(ride(245, 240, 205))})
    settled(sqlite_context, scope, decoders)
    context = at(sqlite_context, 0.5)
    set_up(context, scope, fake.url)
    (item,) = listed(context, scope)
    return Ridden(context, scope, item["id"], session)

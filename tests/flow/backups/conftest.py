"""A store with two activities, and a folder for its backups."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from homestretch.flow.accounts import accounts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from tests.formats import golden
from tests.taking import take_in

DAY_MS = 86_400_000
#: Noon of a Wednesday, in the time of whichever machine this is.
NOON = datetime(2026, 11, 18, 12)


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def at(context: Context, when: datetime) -> Context:
    return replace(context, clock=partial(int, ms(when)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for backups, as on a disk that is mounted."""
    made = tmp_path / "disk"
    made.mkdir()
    return made


@pytest.fixture
def lived(sqlite_context: Context, decoders: Decoders) -> Context:
    """A store of an administrator with two activities, at noon."""
    there = at(sqlite_context, NOON)
    scope = Scope(1, accounts.set_up(there, "anna", "long enough"))
    items = take_in(
        there,
        scope,
        decoders,
        {"run.fit": encode(golden.run(60, golden.START_MS + DAY_MS)), "tri.fit": encode(*golden.multisport())},
    )
    assert {one["status"] for one in items.values()} == {"imported"}, items
    return there

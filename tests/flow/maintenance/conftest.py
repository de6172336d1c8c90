"""Stores to restore into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from homestretch.flow.maintenance.backup import Manifest
from homestretch.flow.maintenance.restore import checked
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.store.database import sqlite_url
from tests.conftest import make_context

type Maker = Callable[[str], Context]


def read_backup(path: Path) -> Manifest:
    """Read a backup that is not encrypted through, and return its manifest."""
    return checked(path, Settings(data_dir=path.parent))


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes empty worlds on the database named."""
    worlds: list[Context] = []

    def make(kind: str) -> Context:
        folder = tmp_path / f"world{len(worlds)}"
        folder.mkdir()
        url = sqlite_url(folder) if kind == "sqlite" else request.getfixturevalue("postgres_url")
        worlds.append(make_context(folder, url))
        return worlds[-1]

    yield make
    for context in worlds:
        context.database.close()

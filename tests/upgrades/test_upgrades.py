"""A store of each released version opens today, shows what it showed, and is computed as today's would be."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive, stale_athletes
from homestretch.flow.maintenance.restore import restore
from homestretch.flow.runtime.context import Context
from homestretch.store.database import sqlite_url
from homestretch.store.schema import pending_revision
from homestretch.store.scope import Scope
from tests.conftest import make_context
from tests.flow.maintenance.conftest import read_backup
from tests.taking import digest
from tests.upgrades.make import FOLDER, seen

OLDER = sorted(FOLDER.glob("*.tar.gz"))
SCOPE = Scope(1)
LARGEST = 300_000


@pytest.fixture(params=OLDER, ids=lambda file: file.name.removesuffix(".tar.gz"))
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with what a version kept: `data`, `backup.tar` and `seen.json`."""
    with tarfile.open(request.param) as tar:
        tar.extractall(tmp_path / "older", filter="data")
    return tmp_path / "older"


def as_of_today(context: Context, decoders: Decoders) -> str:
    """Do what the jobs of a server do after an update, and return the digest of what is derived."""
    for athlete in stale_athletes(context):
        rederive(context, athlete, decoders)
    derive_pending(context, SCOPE.athlete_id, decoders)
    return digest(context)


def shown(folder: Path) -> Any:
    return json.loads((folder / "seen.json").read_text())


def test_a_data_folder_opens_and_shows_what_it_showed(older: Path, decoders: Decoders) -> None:
    context = make_context(older / "data", sqlite_url(older / "data"))
    assert pending_revision(context.database) is None
    updated = as_of_today(context, decoders)
    assert seen(context, SCOPE) == shown(older)
    clear(context)
    assert as_of_today(context, decoders) == updated, "what the update left is what a rebuild makes"
    context.database.close()


def test_a_backup_restores_to_the_same(older: Path, context: Context, decoders: Decoders) -> None:
    restore(context, older / "backup.tar", read_backup(older / "backup.tar"))
    restored = as_of_today(context, decoders)
    assert seen(context, SCOPE) == shown(older) != []
    opened = make_context(older / "data", sqlite_url(older / "data"))
    assert restored == as_of_today(opened, decoders)
    opened.database.close()


def test_there_are_stores_and_they_are_small() -> None:
    assert OLDER and [file.name for file in OLDER if file.stat().st_size > LARGEST] == []

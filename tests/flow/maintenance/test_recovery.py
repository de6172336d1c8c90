"""A power cut that loses the last commits of one of SQLite's two files: after the next start all is as it should be."""

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import OriginalsLost, clear, rederive
from homestretch.flow.edit import edits
from homestretch.flow.imports import batches
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.maintenance.recovery import recover
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.database import DERIVED_FILE, KEPT_FILE, sqlite_url
from homestretch.store.scope import Scope
from tests.conftest import make_context
from tests.formats import golden
from tests.taking import digest, listed, row_id, take_in

RUN = golden.run(200)
SCOPE = Scope(1)


def _import_more(context: Context, decoders: Decoders) -> None:
    take_in(context, SCOPE, decoders, {"run.fit": encode(RUN), "swim.fit": encode(golden.pool_swim())})


def _import_other(context: Context, decoders: Decoders) -> None:
    take_in(context, SCOPE, decoders, {"tri.fit": encode(*golden.multisport())})


def _undo(context: Context, _decoders: Decoders) -> None:
    batches.undo(context, SCOPE, 1)


def _edit(context: Context, _decoders: Decoders) -> None:
    edits.change(context, SCOPE, row_id(context, SCOPE, listed(context, SCOPE)[0]["id"]), {"name": "Parkrun"})


def _delete(context: Context, _decoders: Decoders) -> None:
    edits.remove(context, SCOPE, row_id(context, SCOPE, listed(context, SCOPE)[0]["id"]))


def _delete_for_good(context: Context, _decoders: Decoders) -> None:
    edits.remove_for_good(context, SCOPE, row_id(context, SCOPE, listed(context, SCOPE)[0]["id"]))


@pytest.mark.parametrize("lost", [DERIVED_FILE, KEPT_FILE])
@pytest.mark.parametrize("then", [_import_more, _import_other, _undo, _edit, _delete, _delete_for_good])
def test_one_file_is_older_than_the_other(
    lost: str, then: Callable[[Context, Decoders], None], tmp_path: Path, decoders: Decoders
) -> None:
    """Something is done, and one of the two files is as it was before it."""
    data = tmp_path / "data"
    context = make_context(data, sqlite_url(data))
    athlete_named(context, None)
    take_in(context, SCOPE, decoders, {"run.gpx": gpx.encode(RUN), "x.fit": encode(golden.run(60, RUN.end_ms + 10**8))})
    context.database.close()
    shutil.copy(data / lost, tmp_path / "older")
    context = make_context(data, sqlite_url(data))
    then(context, decoders)
    context.database.close()
    for file in data.glob(f"{lost}*"):
        file.unlink()
    shutil.copy(tmp_path / "older", data / lost)
    context = make_context(data, sqlite_url(data))
    recover(context)
    ingest(context, 1, decoders)
    # Bytes that were deleted for good are gone, also where the word that they were is lost: that is said.
    gone = then is _delete_for_good and lost == KEPT_FILE
    with pytest.raises(OriginalsLost) if gone else nullcontext():
        rederive(context, 1, decoders)
    found = digest(context)
    shown = listed(context, SCOPE)
    clear(context)
    with pytest.raises(OriginalsLost) if gone else nullcontext():
        rederive(context, 1, decoders)
    assert digest(context) == found
    assert listed(context, SCOPE) == shown
    context.database.close()

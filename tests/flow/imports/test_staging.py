"""Scratch folders among the uploads: gone with their block, and never taken from a block that goes on."""

import errno

import pytest

from homestretch.errors import DiskNearlyFull
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.imports.staging import forget_staging, scratch
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope


def test_one_goes_with_its_block_and_not_before(sqlite_context: Context) -> None:
    with scratch(sqlite_context) as first:
        made = first / "0.part"
        made.write_bytes(b"made")
        with scratch(sqlite_context) as second:
            assert first != second
        forget_staging(sqlite_context)
        assert made.read_bytes() == b"made"
    assert [*sqlite_context.settings.uploads_dir.glob("scratch-*")] == []


def test_what_an_import_waits_for_stays(sqlite_context: Context, scope: Scope) -> None:
    with scratch(sqlite_context) as folder:
        waited, other = folder / "0.part", folder / "1.part"
        for place in (waited, other):
            place.write_bytes(b"made")
        open_with_paths(sqlite_context, scope, "takeover", [("a.fit", waited)])
    forget_staging(sqlite_context)
    assert [*folder.iterdir()] == [waited]


def test_a_full_disk_is_named_and_left_clean(sqlite_context: Context) -> None:
    with pytest.raises(DiskNearlyFull), scratch(sqlite_context) as folder:
        (folder / "0.part").write_bytes(b"made")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not folder.exists()

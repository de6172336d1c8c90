"""Originals that the archive lost: nothing that was derived of them goes, and they are whole again once they come."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from homestretch.archive.archive import Archive
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all
from homestretch.flow.derive.rederive import OriginalsLost, clear, rederive
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.healing import heal
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.views.system.verify import described, read_originals
from tests.flow.courses import ROAD, along, settled
from tests.formats import golden
from tests.taking import codes, digest, listed, take_in

FILES = {
    "road.fit": encode(along(ROAD, 0)),
    "again.fit": encode(along(ROAD, 1)),
    "tri.fit": encode(*golden.multisport()),
}


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    path.write_bytes(data)


def lose(context: Context, how: Callable[[Path], None]) -> list[str]:
    """Lose all originals but one; return which."""
    paths = sorted(context.archive.root.glob("??/*.zst"))[:-1]
    for path in paths:
        how(path)
    return [path.stem for path in paths]


@pytest.mark.parametrize("how", [Path.unlink, damage])
def test_what_was_derived_of_lost_originals_survives_a_rebuild(
    how: Callable[[Path], None], context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(context, scope, decoders, FILES)
    before, shown = settled(context, scope, decoders), listed(context, scope)
    lost = lose(context, how)
    with context.database.read() as reader:
        found = read_originals(reader, context.archive)
        assert [one["digest"] for one in described(reader, found)] == found.lost == lost
        assert {one["path"] for one in described(reader, found)} < FILES.keys()
    clear(context, found.lost)
    derive_all(context, decoders)
    assert digest(context) == before and listed(context, scope) == shown
    clear(context)
    with pytest.raises(OriginalsLost, match="2 originals"):
        rederive(context, scope.athlete_id, decoders)
    again = take_in(context, scope, decoders, FILES)
    assert sorted(item["status"] for item in again.values()) == ["duplicate", "imported", "imported"]
    assert settled(context, scope, decoders) == before and listed(context, scope) == shown


@pytest.mark.parametrize("how", [Path.unlink, damage])
def test_what_comes_again_is_kept_anew(
    how: Callable[[Path], None], sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, FILES)
    lost = lose(sqlite_context, how)
    again = take_in(sqlite_context, scope, decoders, FILES)
    assert sorted(tuple(codes(item)) for item in again.values()) == [(), ("mended",), ("mended",)]
    assert {item["status"] for item in again.values()} == {"duplicate"}
    assert all(map(sqlite_context.archive.whole, lost))


@pytest.mark.parametrize("kind", ["files", "archive", "backup", "folder with a backup"])
def test_whole_copies_are_taken_from(
    kind: str, sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    take_in(sqlite_context, scope, decoders, FILES)
    place = tmp_path / "elsewhere"
    place.mkdir()
    if kind == "files":
        for name, data in FILES.items():
            (place / name).write_bytes(data)
    elif kind == "archive":
        shutil.copytree(sqlite_context.archive.root, place / "archive")
    else:
        back_up(sqlite_context, place / "backup.tar")
    lost = lose(sqlite_context, damage)
    assert heal(sqlite_context, lost, place / "backup.tar" if kind == "backup" else place) == set(lost)
    assert all(map(sqlite_context.archive.whole, lost))
    assert heal(sqlite_context, ["0" * 64], place) == set()


def test_a_damaged_copy_heals_nothing(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    take_in(sqlite_context, scope, decoders, FILES)
    shutil.copytree(sqlite_context.archive.root, tmp_path / "copy")
    lost = lose(sqlite_context, damage)
    for name in lost:
        damage(Archive(tmp_path / "copy").root / name[:2] / f"{name}.zst")
    assert heal(sqlite_context, lost, tmp_path / "copy") == set()

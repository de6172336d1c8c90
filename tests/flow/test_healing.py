"""Originals that the archive lost: nothing that was derived of them goes, and they are whole again once they come."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from homestretch.archive.folder import Archive
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all
from homestretch.flow.derive.rederive import OriginalsLost, clear, rederive
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.healing import heal
from homestretch.flow.runtime.context import World
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


def lose(world: World, how: Callable[[Path], None]) -> list[str]:
    """Lose all originals but one; return which."""
    paths = sorted(world.archive.root.glob("??/*.zst"))[:-1]
    for path in paths:
        how(path)
    return [path.stem for path in paths]


@pytest.mark.parametrize("how", [Path.unlink, damage])
def test_what_was_derived_of_lost_originals_survives_a_rebuild(
    how: Callable[[Path], None], world: World, scope: Scope, decoders: Decoders
) -> None:
    take_in(world, scope, decoders, FILES)
    before, shown = settled(world, scope, decoders), listed(world, scope)
    lost = lose(world, how)
    with world.database.read() as reader:
        found = read_originals(reader, world.archive)
        assert [one["digest"] for one in described(reader, found)] == found.lost == lost
        assert {one["path"] for one in described(reader, found)} < FILES.keys()
    clear(world, found.lost)
    derive_all(world, decoders)
    assert digest(world) == before and listed(world, scope) == shown
    clear(world)
    with pytest.raises(OriginalsLost, match="2 originals"):
        rederive(world, scope.athlete_id, decoders)
    again = take_in(world, scope, decoders, FILES)
    assert sorted(item["status"] for item in again.values()) == ["duplicate", "imported", "imported"]
    assert settled(world, scope, decoders) == before and listed(world, scope) == shown


@pytest.mark.parametrize("how", [Path.unlink, damage])
def test_what_comes_again_is_kept_anew(
    how: Callable[[Path], None], sqlite_world: World, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_world, scope, decoders, FILES)
    lost = lose(sqlite_world, how)
    again = take_in(sqlite_world, scope, decoders, FILES)
    assert sorted(tuple(codes(item)) for item in again.values()) == [(), ("mended",), ("mended",)]
    assert {item["status"] for item in again.values()} == {"duplicate"}
    assert all(map(sqlite_world.archive.whole, lost))


@pytest.mark.parametrize("kind", ["files", "archive", "backup", "folder with a backup"])
def test_whole_copies_are_taken_from(
    kind: str, sqlite_world: World, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    take_in(sqlite_world, scope, decoders, FILES)
    place = tmp_path / "elsewhere"
    place.mkdir()
    if kind == "files":
        for name, data in FILES.items():
            (place / name).write_bytes(data)
    elif kind == "archive":
        shutil.copytree(sqlite_world.archive.root, place / "archive")
    else:
        back_up(sqlite_world, place / "backup.tar")
    lost = lose(sqlite_world, damage)
    assert heal(sqlite_world.archive, lost, place / "backup.tar" if kind == "backup" else place) == set(lost)
    assert all(map(sqlite_world.archive.whole, lost))
    assert heal(sqlite_world.archive, ["0" * 64], place) == set()


def test_a_damaged_copy_heals_nothing(sqlite_world: World, scope: Scope, decoders: Decoders, tmp_path: Path) -> None:
    take_in(sqlite_world, scope, decoders, FILES)
    shutil.copytree(sqlite_world.archive.root, tmp_path / "copy")
    lost = lose(sqlite_world, damage)
    for name in lost:
        damage(Archive(tmp_path / "copy").root / name[:2] / f"{name}.zst")
    assert heal(sqlite_world.archive, lost, tmp_path / "copy") == set()

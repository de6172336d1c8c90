"""Moving originals between a folder and an object store: nothing changes, whatever else happens meanwhile."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from homestretch.archive.archive import Archive
from homestretch.archive.folder import Folder
from homestretch.archive.object_store import Account, ObjectStore
from homestretch.archive.protocol import ObjectStoreFails, OriginalCorrupt, Place
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.maintenance.originals import move_originals
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Occupied, lease
from homestretch.views.system.verify import place_document
from tests.fakes.s3 import KEY_ID, SECRET, FakeS3
from tests.flow.maintenance.conftest import Maker
from tests.flow.maintenance.test_backup import lived_in, restored
from tests.taking import digest


@pytest.fixture(scope="module")
def s3() -> Iterator[FakeS3]:
    with FakeS3() as server:
        yield server
        assert server.problems == []


@pytest.fixture
def store(s3: FakeS3) -> ObjectStore:
    """An empty object store."""
    s3.objects.clear()
    s3.faults.clear()
    return ObjectStore("s3://originals/club", Account(s3.url, "", KEY_ID, SECRET))


def kept_in(context: Context, *places: Place) -> Context:
    return replace(context, archive=Archive(context.archive.root, places))


def filled(context: Context, count: int = 12) -> dict[str, bytes]:
    """Keep some originals in the folder, and return them."""
    found = {}
    for number in range(count):
        data = f"original {number}".encode()
        found[context.archive.keep(data)] = data
    return found


def held(context: Context) -> dict[str, bytes]:
    return {one: context.archive.read(one) for one in context.archive.digests()}


def test_there_and_back_nothing_changes(
    context: Context, store: ObjectStore, s3: FakeS3, decoders: Decoders, made: Maker, tmp_path: Path
) -> None:
    scope = lived_in(context, decoders)
    folder, before, derived = Folder(context.archive.root), held(context), digest(context)
    there = kept_in(context, store, folder)
    assert move_originals(there, keep=True).originals == len(before) == len(list(folder.digests()))
    assert move_originals(there).originals == len(before) == len(s3.objects)
    assert list(folder.digests()) == [] and held(there) == before
    rederive(there, scope.athlete_id, decoders)
    assert digest(there) == derived, "the decoders read from the store"
    assert back_up(there, tmp_path / "backup.tar").missing == []
    other = made("sqlite")
    restored(other, tmp_path / "backup.tar", decoders)
    assert digest(other) == derived
    back = kept_in(context, folder, store)
    assert move_originals(back).originals == len(before)
    assert s3.objects == {} and held(context) == before
    assert move_originals(back).originals == 0, "nothing is left to do"


def test_after_an_interruption_the_next_run_does_the_rest(
    sqlite_context: Context, store: ObjectStore, s3: FakeS3
) -> None:
    there = kept_in(sqlite_context, store, Folder(sqlite_context.archive.root))
    before = filled(sqlite_context)
    s3.fault("PUT *", 503, after=5)
    with pytest.raises(ObjectStoreFails, match="503"):
        move_originals(there)
    assert 0 < len(s3.objects) < len(before)
    assert held(there) == before, "each is in one place or in the other"
    s3.faults.clear()
    left = sum(1 for _ in there.archive.places[1].digests())
    assert move_originals(there).originals == left and held(there) == before
    assert len(s3.objects) == len(before)


def test_all_can_be_read_while_they_are_moved(sqlite_context: Context, store: ObjectStore) -> None:
    there = kept_in(sqlite_context, store, Folder(sqlite_context.archive.root))
    before, done = filled(sqlite_context, 40), threading.Event()

    def read() -> int:
        times = 0
        while not done.is_set():
            assert {one: there.archive.read(one) for one in before} == before
            times += 1
        return times

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        try:
            move_originals(there)
        finally:
            done.set()
        assert reading.result() > 0


class Watched(Folder):
    """A folder in which something happens when it is asked for one thing for the first time."""

    def __init__(self, root: Path, at: str, meanwhile: Callable[[str], None]) -> None:
        super().__init__(root)
        self.at, self.meanwhile = at, meanwhile

    def opened(self, digest: str) -> IO[bytes]:
        found = super().opened(digest)
        self._happens("opened", digest)
        return found

    def has(self, digest: str) -> bool:
        self._happens("before has", digest)
        found = super().has(digest)
        self._happens("after has", digest)
        return found

    def _happens(self, at: str, digest: str) -> None:
        if at == self.at:
            self.at = ""
            self.meanwhile(digest)


@pytest.mark.parametrize("at", ["opened", "before has", "after has"])
def test_what_is_deleted_for_good_meanwhile_does_not_come_back(
    sqlite_context: Context, store: ObjectStore, s3: FakeS3, at: str
) -> None:
    gone: list[str] = []

    def delete(digest: str) -> None:
        gone.append(digest)
        there.archive.remove(digest)

    there = kept_in(sqlite_context, store, Watched(sqlite_context.archive.root, at, delete))
    before = filled(sqlite_context, 3)
    move_originals(there)
    (one,) = gone
    assert held(there) == {digest: data for digest, data in before.items() if digest != one}
    assert len(s3.objects) == 2


def test_one_process_moves_at_a_time(sqlite_context: Context, store: ObjectStore) -> None:
    there = kept_in(sqlite_context, store, Folder(sqlite_context.archive.root))
    with lease(sqlite_context, "originals"), ThreadPoolExecutor(1) as pool, pytest.raises(Occupied):
        pool.submit(move_originals, there).result()


def test_a_damaged_one_is_named_and_left(sqlite_context: Context, store: ObjectStore, s3: FakeS3) -> None:
    folder = Folder(sqlite_context.archive.root)
    there = kept_in(sqlite_context, store, folder)
    bad = next(iter(filled(sqlite_context, 4)))
    path = sqlite_context.archive.root / bad[:2] / f"{bad}.zst"
    path.write_bytes(path.read_bytes()[:-12])
    moved = move_originals(there)
    assert (moved.originals, moved.damaged) == (3, [bad])
    assert list(folder.digests()) == [bad] and len(s3.objects) == 3
    with pytest.raises(OriginalCorrupt):
        there.archive.read(bad)


def test_places_are_counted(sqlite_context: Context, store: ObjectStore, s3: FakeS3) -> None:
    filled(sqlite_context, 2)
    folder = Folder(sqlite_context.archive.root)
    assert place_document(folder) == {
        "place": str(folder.root), "originals": 2, "bytes": sum(folder.sizes(list(folder.digests())).values()),
        "fault": None,
    }  # fmt: skip
    s3.fault("GET *", 403)
    assert place_document(store) == {
        "place": "s3://originals/club", "originals": None, "bytes": None,
        "fault": "it refuses access (403): check what the key may do",
    }  # fmt: skip

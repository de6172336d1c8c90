"""Originals in an object store: what counts as kept is there, whatever the store says; and moving them there."""

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from homestretch.archive import object_store
from homestretch.archive.archive import Archive
from homestretch.archive.folder import Folder, key_of
from homestretch.archive.object_store import PIECE, Account, ObjectStore
from homestretch.archive.protocol import ObjectStoreFails, OriginalCorrupt, OriginalMissing
from tests.archive.test_folder import DAMAGES, DATA
from tests.fakes import s3 as fake
from tests.fakes.s3 import KEY_ID, SECRET, FakeS3, Lies

#: More than is sent and fetched in one piece, however well it is packed.
LARGE = os.urandom(2 * PIECE + 1000)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeS3]:
    with FakeS3() as s3:
        yield s3


@pytest.fixture
def s3(server: FakeS3) -> Iterator[FakeS3]:
    """The store, empty and well."""
    server.objects.clear()
    server.faults.clear()
    server.counts.reset()
    server.lies = Lies()
    yield server
    assert server.problems == []


def store_at(s3: FakeS3, bucket: str = "originals", key_id: str = KEY_ID, secret: str = SECRET) -> ObjectStore:
    return ObjectStore(f"s3://{bucket}/club", Account(s3.url, "", key_id, secret))


@pytest.fixture
def archive(s3: FakeS3, tmp_path: Path) -> Archive:
    """An archive whose first place is the store; its folder is read too."""
    root = tmp_path / "archive"
    made = Archive(root, (store_at(s3), Folder(root)))
    made.prepare()
    return made


def key(digest: str) -> str:
    return f"club/{key_of(digest)}"


def test_what_is_kept_is_read_back(archive: Archive, s3: FakeS3) -> None:
    digest = archive.keep(DATA)
    assert archive.read(digest) == DATA and archive.has(digest) and list(archive.digests()) == [digest]
    assert zstandard.ZstdDecompressor().decompress(s3.objects[key(digest)]) == DATA
    assert archive.sizes([digest, "ab" * 32]) == {digest: len(s3.objects[key(digest)])}
    puts = s3.counts.of("PUT *")
    assert archive.keep(DATA) == digest and s3.counts.of("PUT *") == puts, "keeping again writes nothing"
    assert sorted(path.name for path in archive.root.iterdir()) == ["README.txt"], "no draft is left"
    archive.remove(digest)
    archive.remove(digest)
    assert not archive.has(digest) and s3.objects == {}
    with pytest.raises(OriginalMissing, match="homestretch verify"):
        archive.read(digest)


def test_a_large_file_goes_and_comes_in_pieces(archive: Archive, s3: FakeS3, tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(LARGE)
    digest = archive.keep_file(tmp_path / "large.bin")
    assert b"".join(archive.chunks(digest)) == LARGE
    sent = [hit.url for hit in s3.counts.hits if "partNumber" in hit.url]
    assert len(sent) == 3, "each piece is a request that has its own time"
    assert max(len(url) for url in sent) < 300


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_object_is_found_and_replaced(archive: Archive, s3: FakeS3, how: str) -> None:
    digest = archive.keep(DATA)
    s3.objects[key(digest)] = DAMAGES[how](s3.objects[key(digest)])
    with pytest.raises(OriginalCorrupt, match=digest):
        archive.read(digest)
    assert archive.mend(DATA) and archive.read(digest) == DATA


def test_a_list_comes_whole_though_it_comes_in_portions(
    archive: Archive, s3: FakeS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "PORTION", 7)
    digests = {archive.keep(f"{number}".encode()) for number in range(30)}
    s3.objects |= {"club/probe/left": b"x", "club/notes.txt": b"x", f"club/{'a' * 64}.zst": b"x", "other/x": b"x"}
    assert set(archive.digests()) == digests == set(archive.sizes(digests)), "and what is no original is left alone"


@pytest.mark.parametrize("kind", ["500", "503", "slow", "cut", "lost"])
def test_a_fault_that_passes_is_overcome(archive: Archive, s3: FakeS3, kind: str) -> None:
    put = s3.fault("PUT /originals/*", kind, times=1, delay_s=0.05)
    digest = archive.keep(DATA)
    get = s3.fault("GET /originals/*", kind, times=1, delay_s=0.05)
    assert archive.read(digest) == DATA and put.struck == get.struck == 1


@pytest.mark.parametrize("kind", ["503", "lost", "slow", "403"])
def test_a_fault_that_stays_keeps_nothing_and_says_so(
    archive: Archive, s3: FakeS3, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_store, "REQUEST_S", 0.1)
    monkeypatch.setattr(object_store, "RETRIES", 1)
    fault = s3.fault("/originals/*", kind, delay_s=0.3)
    with pytest.raises(ObjectStoreFails) as failed:
        archive.keep(DATA)
    assert failed.value.status == 503 and str(failed.value).startswith("The object store s3://originals/club can't be")
    assert "http://" not in str(failed.value), "the addresses of its requests say nothing to people"
    assert fault.struck and sorted(path.name for path in archive.root.iterdir()) == ["README.txt"]
    s3.faults.clear()
    assert archive.read(archive.keep(DATA)) == DATA


def test_a_store_that_lies_is_not_believed(archive: Archive, s3: FakeS3) -> None:
    for lies in (Lies(lost=1), Lies(damaged=1)):
        s3.lies = lies
        with pytest.raises(ObjectStoreFails, match="does not give it back"):
            archive.keep(DATA)
        assert archive.read(archive.keep(DATA)) == DATA, "the next try mends it"
        s3.objects.clear()
    s3.lies = Lies(no_conditions=True)
    assert archive.read(archive.keep(DATA)) == DATA
    store = store_at(s3)
    assert not store.probe() and set(s3.objects) == {key(next(archive.digests()))}
    s3.lies = Lies()
    assert store.probe() and len(s3.objects) == 1, "a probe leaves nothing"


def test_two_at_once_keep_the_same(archive: Archive, s3: FakeS3, tmp_path: Path) -> None:
    store, draft = archive.first, tmp_path / "draft"
    digest = archive.keep(DATA)
    packed = s3.objects[key(digest)]
    draft.write_bytes(packed)
    store.put(digest, draft)  # the other had asked before this one was there
    assert s3.objects[key(digest)] == packed and not draft.exists()


def test_what_is_wrong_with_a_store_is_said_in_words(s3: FakeS3, tmp_path: Path) -> None:
    digest = "ab" * 32
    wrong = {
        "there is no such bucket": store_at(s3, "elsewhere"),
        "does not know the access key": store_at(s3, key_id="who"),
        "refuses the secret key": store_at(s3, secret="wrong"),
        "does not answer": ObjectStore("s3://originals", Account("http://127.0.0.1:9", "", KEY_ID, SECRET)),
    }
    for words, store in wrong.items():
        assert words in (store.fault() or ""), words
        with pytest.raises(ObjectStoreFails, match=words):
            Archive(tmp_path, (store,)).read(digest)  # which is not "missing": nobody knows
        with pytest.raises(ObjectStoreFails):
            store.has(digest)
    assert store_at(s3).fault() is None


def test_a_store_travels_to_another_process_without_its_connections(s3: FakeS3, archive: Archive) -> None:
    digest = archive.keep(DATA)
    assert SECRET not in repr(store_at(s3).account)
    there = pickle.loads(pickle.dumps(archive))
    assert there.read(digest) == DATA


def test_the_folder_is_read_too_and_new_ones_go_to_the_store(archive: Archive, s3: FakeS3) -> None:
    folder = Archive(archive.root)
    old = folder.keep(b"old")
    assert archive.read(old) == b"old" and s3.objects == {}
    new = archive.keep(b"new")
    assert list(s3.objects) == [key(new)] and not folder.has(new)
    assert set(archive.digests()) == {old, new}
    archive.remove(old)
    assert not folder.has(old)

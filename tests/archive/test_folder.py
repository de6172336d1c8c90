"""The archive on a folder: whole or not at all, verified, readable without us."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from homestretch.archive.archive import Archive
from homestretch.archive.protocol import OriginalCorrupt, OriginalMissing

DATA = b"an original " * 5000


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "archive")
    made.prepare()
    return made


def place(archive: Archive, digest: str) -> Path:
    return archive.root / digest[:2] / f"{digest}.zst"


def test_what_is_kept_is_read_back(archive: Archive) -> None:
    digest = archive.keep(DATA)
    assert digest == hashlib.sha256(DATA).hexdigest()
    assert archive.read(digest) == DATA == b"".join(archive.chunks(digest))
    assert archive.has(digest) and list(archive.digests()) == [digest]
    assert zstandard.ZstdDecompressor().decompress(place(archive, digest).read_bytes()) == DATA
    assert archive.keep(b"") == hashlib.sha256(b"").hexdigest()
    assert archive.read(hashlib.sha256(b"").hexdigest()) == b""


def test_keeping_again_writes_nothing(archive: Archive) -> None:
    path = place(archive, archive.keep(DATA))
    before = path.stat()
    archive.keep(DATA)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_large_file_is_kept_as_a_stream(archive: Archive, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        for number in range(40):
            file.write(os.urandom(1 << 16) + bytes([number]) * (1 << 18))
    digest = archive.keep_file(large)
    check = hashlib.sha256()
    for chunk in archive.chunks(digest):
        assert len(chunk) <= 1 << 21
        check.update(chunk)
    assert check.hexdigest() == digest


@pytest.mark.parametrize("when", ["fsync", "replace"])
def test_a_crash_leaves_no_half_file(archive: Archive, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    def crash(*_: Any, **__: Any) -> None:
        raise OSError(5, "the power went")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", crash) if when == "fsync" else patch.setattr(Path, "replace", crash)
        with pytest.raises(OSError, match="power"):
            archive.keep(DATA)
    assert list(archive.digests()) == []
    assert list(archive.root.glob("??/*")) == [] == list(archive.root.glob("??/.*"))
    assert archive.read(archive.keep(DATA)) == DATA


def test_a_draft_that_a_power_cut_left_is_no_original(archive: Archive) -> None:
    digest = hashlib.sha256(DATA).hexdigest()
    place(archive, digest).parent.mkdir()
    (place(archive, digest).parent / ".new-half").write_bytes(b"half")
    assert list(archive.digests()) == [] and not archive.has(digest)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-7], "empty": lambda data: b"", "flipped": lambda data: data[:30] + b"\xff" + data[31:],
    "other": lambda data: zstandard.compress(b"something else"), "garbage": lambda data: b"garbage" * 9,
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_copy_is_found_and_replaced(archive: Archive, how: str) -> None:
    digest = archive.keep(DATA)
    path = place(archive, digest)
    path.write_bytes(DAMAGES[how](path.read_bytes()))
    with pytest.raises(OriginalCorrupt, match=digest):
        archive.read(digest)
    assert archive.keep(DATA) == digest
    assert archive.read(digest) == DATA


def test_what_is_not_there_says_so(archive: Archive) -> None:
    with pytest.raises(OriginalMissing, match="homestretch verify"):
        archive.read("ab" * 32)
    digest = archive.keep(DATA)
    archive.remove(digest)
    archive.remove(digest)
    with pytest.raises(OriginalMissing):
        archive.packed(digest)


def test_another_archive_s_copy_is_adopted_if_it_is_whole(archive: Archive, tmp_path: Path) -> None:
    digest = archive.keep(DATA)
    other = Archive(tmp_path / "other")
    other.prepare()
    with archive.packed(digest) as packed:
        other.adopt(digest, packed)
    assert other.read(digest) == DATA
    with pytest.raises(OriginalCorrupt):
        other.adopt("cd" * 32, io.BytesIO(zstandard.compress(b"not that one")))
    assert list(other.digests()) == [digest], "what is not what it says leaves nothing"


def test_the_folder_explains_itself(archive: Archive) -> None:
    digest = archive.keep(DATA)
    archive.index.add([(digest, len(DATA), "2026-05-03T06:00:00Z", "An\tna", "a\nb/run.fit")])
    archive.index.add([(digest, len(DATA), "2026-05-03T06:00:01Z", "Ben", "run.fit")])
    lines = (archive.root / "index.tsv").read_text().splitlines()
    assert [line.split("\t")[3:] for line in lines] == [["An na", "a b/run.fit"], ["Ben", "run.fit"]]
    note = archive.root / "README.txt"
    assert "zstd -d" in note.read_text() and "SHA-256" in note.read_text()
    note.write_text("my own words")
    archive.prepare()
    assert note.read_text() == "my own words"

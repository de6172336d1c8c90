"""Whole files in an object store under names of their own, such as backups: sent, read back, and read in pieces."""

import contextlib
import hashlib
import io
from collections.abc import Buffer, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from homestretch.archive.object_store import PIECE, ObjectStore
from homestretch.archive.protocol import ObjectStoreFails, OriginalMissing
from homestretch.errors import HomestretchError

#: A store takes 10,000 parts of one file.
MOST_PARTS = 9000


class NoSuchFile(HomestretchError):
    """There is no file {file}."""

    status = 404
    exit_code = 2


class Bucket(ObjectStore):
    """Files right below an address such as s3://bucket/prefix."""

    def files(self) -> dict[str, int]:
        """Return the files that are there by name, with their bytes. Raises ObjectStoreFails."""
        import obstore

        with self._asking("", sure=True):
            found = obstore.list_with_delimiter(self._store)["objects"]
        return {one["path"]: one["size"] for one in found if "/" not in one["path"]}

    def send(self, path: Path, name: str) -> None:
        """Keep a file of this machine, and read it back; one that is there already is not sent again.

        Raises ObjectStoreFails.
        """
        import obstore

        if self._is(path, name):
            return
        part = max(PIECE, path.stat().st_size // MOST_PARTS + 1)
        with self._of(name):
            obstore.put(self._store, name, path, chunk_size=part, max_concurrency=2)
        if not self._is(path, name):
            raise ObjectStoreFails(place=self.name, reason="it took a file and does not give it back")

    def write(self, name: str, data: bytes) -> None:
        """Keep a small file, in the place of what was there. Raises ObjectStoreFails."""
        import obstore

        with self._of(name):
            obstore.put(self._store, name, data)

    def size(self, name: str) -> int:
        """Return the bytes of a file. Raises NoSuchFile, ObjectStoreFails."""
        import obstore

        with self._of(name):
            return obstore.head(self._store, name)["size"]

    def reader(self, name: str) -> io.BufferedReader:
        """Open a file for reading, with `seek`; it comes in pieces. Raises NoSuchFile, ObjectStoreFails."""
        return io.BufferedReader(_Pieces(self, name, self.size(name)), PIECE)

    def piece(self, name: str, start: int, length: int) -> memoryview:
        """Return some bytes of a file. Raises NoSuchFile, ObjectStoreFails."""
        import obstore

        with self._of(name):
            return memoryview(obstore.get_range(self._store, name, start=start, length=length))

    def delete(self, name: str) -> None:
        """Remove a file. Raises ObjectStoreFails."""
        import obstore

        with contextlib.suppress(NoSuchFile), self._of(name):
            obstore.delete(self._store, name)

    def _is(self, path: Path, name: str) -> bool:
        """Return whether a file is there, and is this one from its first to its last byte."""
        try:
            if self.size(name) != path.stat().st_size:
                return False
        except NoSuchFile:
            return False
        with self.reader(name) as theirs, path.open("rb") as ours:
            return _digest(theirs) == _digest(ours)

    @contextlib.contextmanager
    def _of(self, name: str) -> Iterator[None]:
        try:
            with self._asking(name):
                yield
        except OriginalMissing as error:
            raise NoSuchFile(file=f"{self.name}/{name}") from error


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in an object store, as a path is one on this machine."""

    bucket: Bucket
    name: str

    def __str__(self) -> str:
        return f"{self.bucket.name}/{self.name}"

    @property
    def size(self) -> int:
        """Its bytes. Raises NoSuchFile, ObjectStoreFails."""
        return self.bucket.size(self.name)

    def open(self) -> BinaryIO:
        """Open it for reading. Raises NoSuchFile, ObjectStoreFails."""
        return self.bucket.reader(self.name)


class _Pieces(io.RawIOBase):
    """A file in a bucket as one to read and seek in."""

    def __init__(self, bucket: Bucket, name: str, size: int) -> None:
        self._bucket, self._name, self._size = bucket, name, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        target = memoryview(buffer).cast("B")
        length = min(len(target), PIECE, self._size - self._at)
        if length <= 0:
            return 0
        target[:length] = self._bucket.piece(self._name, self._at, length)
        self._at += length
        return length


def _digest(file: io.BufferedReader) -> bytes:
    return hashlib.file_digest(file, "sha256").digest()

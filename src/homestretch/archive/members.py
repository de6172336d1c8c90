"""Members: the files inside files, `.gz`, `.zst` and `.zip` by content, however nested, a bounded stream of them."""

import errno
import gzip
import io
import lzma
import re
import stat
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, Protocol

import zstandard

from homestretch import files, zips

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZSTD_HEAD = 18
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CHUNK = 1 << 20
#: From so many bytes `Split` knows what a file is.
_HEAD = 4096
#: Each of a hundred portions that are open at once holds so much in memory.
_PORTION = 256 << 10
#: Containers within containers larger than this go to a temporary file.
_SPOOL = 8 << 20
#: What expands to no more than this may have any ratio: a short text can be very repetitive.
_HARMLESS = 16 << 20
_LONGEST_NAME = 400
_JUNK = {".DS_Store", "Thumbs.db", "desktop.ini"}
#: A zip with one of these is a document (a spreadsheet, say) and no container.
_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What expansion stops at: files, containers in containers, bytes of a member, of an inner container, of all.

    `ratio` bounds the size of all members by that of the outermost file.
    """

    files: int = 200_000
    depth: int = 4
    member_bytes: int = 256 << 20
    container_bytes: int = 2 << 30
    total_bytes: int = 50 << 30
    ratio: int = 1000


@dataclass(frozen=True, slots=True)
class Member:
    """A file found: its bytes, or None and a `note` that says why not.

    `path` is a label and never a place: the container's, a slash and its own, without `..`, drives and roots.
    """

    path: str
    data: bytes | None
    note: str | None = None


#: Says of a file, by its first bytes and its path, what splits its lines into portions (None: it is taken whole); for
#: that it is given what opens a file without a name.
type Split = Callable[
    [bytes, str], Callable[[Iterable[bytes], Callable[[], IO[bytes]]], Iterator[tuple[str, bytes]]] | None
]


def members(
    place: Path | bytes, name: str, limits: Limits | None = None, split: Split | None = None
) -> Iterator[Member]:
    """Yield the members of a file, one in memory at a time; a plain file is its own only member, of path `name`.

    A file that `split` splits is as if it was a container of its portions.

    Damaged, encrypted and oversized members give notes and the rest goes on. Raises OSError if `place` is unreadable,
    or the disk is full.
    """
    with io.BytesIO(place) if isinstance(place, bytes) else files.opened(place) as file:
        size = file.seek(0, io.SEEK_END)
        expansion = _Expansion(limits or Limits(), size, split or _whole)
        try:
            yield from expansion.expand(file, name, 0)
        except _Enough as enough:
            yield Member(name, None, str(enough))


def _whole(head: bytes, path: str) -> None:
    """Take every file whole."""


class _Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class _Enough(Exception):
    """A limit on all members together is reached."""


class _TooLarge(Exception):
    """A limit on one member is reached."""


@dataclass(slots=True)
class _Expansion:
    """One outermost file being expanded, and its size so far."""

    limits: Limits
    size: int
    split: Split
    files: int = 0
    total: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def expand(self, file: BinaryIO, path: str, depth: int) -> Iterator[Member]:
        """Yield the members of a file at its start."""
        file.seek(0)
        kind = _container(file)
        if kind is None:
            yield from self._content(file.read(_HEAD), file, path)
        elif depth >= self.limits.depth:
            yield Member(path, None, "too_deep")
        elif kind in _OPENED:
            yield from self._packed(file, path, depth, kind)
        else:
            yield from self._zip(file, path, depth)

    def _content(self, head: bytes, stream: _Readable, path: str) -> Iterator[Member]:
        """Yield what is no container, whole or in portions; `head` is what was read of it before."""
        try:
            portions = self.split(head, path)
            if portions is not None:
                for name, data in portions(_lines(head, stream), partial(tempfile.SpooledTemporaryFile, _PORTION)):
                    yield Member(self._label(path, name), self._counted(data))
            else:
                yield Member(path, self._counted(_read(head, stream, self.limits.member_bytes)))
        except (_TooLarge, MemoryError):
            yield Member(path, None, "too_large")

    def _packed(self, file: BinaryIO, path: str, depth: int, kind: str) -> Iterator[Member]:
        inner = re.sub(r"\.(gz(ip)?|zst)$", "", path.rpartition("/")[2], flags=re.IGNORECASE) or "unnamed"
        yield from self._stream(_OPENED[kind](file), self._label(path, inner), depth)

    def _zip(self, file: BinaryIO, path: str, depth: int) -> Iterator[Member]:
        try:
            container = zips.opened(file, self.limits.files)
        except zips.TooManyEntries:
            yield Member(path, None, "too_many_files")
            return
        except MemoryError:
            yield Member(path, None, "too_large")
            return
        except _DAMAGE:
            yield Member(path, None, "zip_damaged")
            return
        with container:
            if _DOCUMENTS & set(container.NameToInfo):
                file.seek(0)
                yield from self._content(b"", file, path)
                return
            for info in container.infolist():
                if not info.is_dir() and not _junk(info.filename):
                    yield from self._entry(container, info, self._label(path, info.filename), depth)

    def _entry(self, container: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, depth: int) -> Iterator[Member]:
        if info.flag_bits & 0x1:
            yield Member(path, None, "encrypted")
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            yield Member(path, None, "symbolic_link")
            return
        try:
            stream = container.open(info)
        except NotImplementedError:
            yield Member(path, None, "unknown_compression")
            return
        except _DAMAGE:
            yield Member(path, None, "damaged")
            return
        with stream:
            yield from self._stream(stream, path, depth)

    def _stream(self, stream: _Readable, path: str, depth: int) -> Iterator[Member]:
        """Yield the content of a compressed stream; an inner container is first written out, to be sought in."""
        with tempfile.SpooledTemporaryFile(_SPOOL) as inner:
            try:
                head = stream.read(4)
                if not _is_container(head):
                    yield from self._content(head + stream.read(_HEAD - len(head)), stream, path)
                    return
                self._copy(head, stream, inner)
            except (_TooLarge, MemoryError):
                yield Member(path, None, "too_large")
                return
            except _DAMAGE as error:
                if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                    raise
                yield Member(path, None, "damaged")
                return
            yield from self.expand(inner, path, depth + 1)  # type: ignore[arg-type]

    def _copy(self, head: bytes, stream: _Readable, inner: IO[bytes]) -> None:
        size = inner.write(head)
        while chunk := stream.read(_CHUNK):
            size += inner.write(chunk)
            if size > self.limits.container_bytes:
                raise _TooLarge
            self._spend(len(chunk))

    def _counted(self, data: bytes) -> bytes:
        """Count a member, which raises `_Enough` if it is one too many."""
        self.files += 1
        if self.files > self.limits.files:
            raise _Enough("too_many_files")
        self._spend(len(data))
        return data

    def _spend(self, size: int) -> None:
        self.total += size
        if self.total > self.limits.total_bytes:
            raise _Enough("too_large_in_total")
        if self.total > max(self.size * self.limits.ratio, _HARMLESS):
            raise _Enough("expands_too_much")

    def _label(self, container: str, name: str) -> str:
        """Return a member's path, with a number if another one has the same name."""
        path = f"{container}/{_harmless(name)}"
        self.seen[path] += 1
        return path if self.seen[path] == 1 else f"{path} ({self.seen[path]})"


class _Zstd:
    """Reads what a zstd file holds; where that says how much and is cut off, it raises EOFError as gzip does."""

    def __init__(self, file: BinaryIO) -> None:
        self.left = 1
        with suppress(zstandard.ZstdError):  # a head that is cut off
            self.left = zstandard.frame_content_size(file.read(_ZSTD_HEAD))  # negative where it does not say
        file.seek(0)
        self.stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)

    def read(self, size: int, /) -> bytes:
        chunk = self.stream.read(size)
        self.left -= len(chunk)
        if not chunk and self.left > 0:
            raise EOFError
        return chunk


#: How a file is read that is packed and holds one other.
_OPENED: dict[str, Callable[[BinaryIO], _Readable]] = {
    "gzip": lambda file: gzip.GzipFile(fileobj=file, mode="rb"),
    "zstd": _Zstd,
}


def _container(file: IO[bytes]) -> str | None:
    head = file.read(4)
    file.seek(0)
    if not _is_container(head):
        return None
    return "gzip" if head.startswith(_GZIP) else "zstd" if head == _ZSTD else "zip"


def _is_container(head: bytes) -> bool:
    return head.startswith((_GZIP, _ZSTD, *_ZIPS))


def _read(head: bytes, stream: _Readable, most: int) -> bytes:
    """Return `head` and what a stream has left; raises `_TooLarge` rather than read much more than `most` bytes."""
    chunks, size = [], 0
    chunk = head
    while chunk or (chunk := stream.read(_CHUNK)):
        size += len(chunk)
        if size > most:
            raise _TooLarge
        chunks.append(chunk)
        chunk = b""
    return b"".join(chunks)


def _lines(head: bytes, stream: _Readable) -> Iterator[bytes]:
    """Yield the lines of a stream that was read up to `head`; one that is longer than a chunk comes in parts."""
    rest = head
    while chunk := stream.read(_CHUNK):
        *lines, rest = (rest + chunk).splitlines(keepends=True)
        yield from lines
        if len(rest) > _CHUNK:
            yield rest
            rest = b""
    yield from rest.splitlines(keepends=True)


def _harmless(name: str) -> str:
    """Return a name as a label: no drive, no root, no way up, nothing unprintable."""
    printable = "".join(c if c.isprintable() else "_" for c in name.replace("\\", "/"))
    parts = re.sub(r"^[A-Za-z]:", "", printable).split("/")
    return "/".join(part for part in parts if part.strip(". "))[-_LONGEST_NAME:].lstrip("/") or "unnamed"


def _junk(name: str) -> bool:
    """Return whether an operating system left this behind."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1] in _JUNK or parts[-1].startswith("._")

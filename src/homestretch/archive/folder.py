"""The archive on a folder: originals by their SHA-256, each a zstd file, written once and verified on every read."""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import zstandard

from homestretch.errors import HomestretchError

type Digest = str
#: Of the readable index: digest, bytes, when, athlete, name.
type Line = tuple[Digest, int, str, str, str]

LEVEL = 3
INDEX = "index.tsv"
NOTE = "README.txt"
COLUMNS = ("digest", "bytes", "when", "athlete", "name")
CHUNK = 1 << 20
DIGEST = re.compile(r"[0-9a-f]{64}")
README = """This folder has every imported file once, unchanged.

A file NN/NNNN….zst is one original, packed with zstd. Its name is the SHA-256 of its content.
To extract one:  zstd -d NN/NNNN….zst -o original
index.tsv lists all originals, one per line: SHA-256, bytes, time of import (UTC), athlete, original name.
"""


class OriginalMissing(HomestretchError):
    """The original {digest} is missing from the archive. Run `homestretch verify` to list all missing originals."""


class OriginalCorrupt(HomestretchError):
    """The original {digest} is damaged in the archive. Restore it from a backup or import the file again."""


class Archive:
    """Keeps bytes forever; `keep` is atomic and idempotent, `read` returns just what was kept or raises."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        """Make the folder and the note for anyone who finds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        note = self.root / NOTE
        if not note.exists():
            note.write_text(README, encoding="utf-8")

    def keep(self, data: bytes) -> Digest:
        """Keep the bytes and return their digest; when it returns, they are on the disk and read back right."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.whole(digest):
            with self._temporary(digest, data) as target:
                target.write(zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(data))
        return digest

    def mend(self, data: bytes) -> bool:
        """Keep the bytes again where their copy is missing or damaged; return whether it was."""
        whole = self.whole(hashlib.sha256(data).hexdigest())
        if not whole:
            self.keep(data)
        return not whole

    def keep_file(self, path: Path) -> Digest:
        """Keep a file of any size without reading it into memory."""
        with path.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
        if not self.whole(digest):
            compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
            with path.open("rb") as source, self._temporary(digest) as target:
                compressor.copy_stream(source, target, size=path.stat().st_size)
        return digest

    def adopt(self, digest: Digest, packed: IO[bytes]) -> None:
        """Keep an original that comes packed, as another archive has it. Raises OriginalCorrupt."""
        if not self.whole(digest):
            with self._temporary(digest) as target:
                shutil.copyfileobj(packed, target, CHUNK)

    def packed(self, digest: Digest) -> IO[bytes]:
        """Open the file that holds the original, packed, for reading. Raises OriginalMissing."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError as error:
            raise OriginalMissing(digest=digest) from error

    def read(self, digest: Digest) -> bytes:
        """Return the bytes. Raises OriginalMissing or OriginalCorrupt."""
        return b"".join(self.chunks(digest))

    def chunks(self, digest: Digest) -> Iterator[bytes]:
        """Yield the bytes piece by piece, verified at the end. Raises OriginalMissing or OriginalCorrupt."""
        with self.packed(digest) as packed:
            yield from unpacked(digest, packed)

    def has(self, digest: Digest) -> bool:
        """Return whether the original is there, without reading it."""
        return DIGEST.fullmatch(digest) is not None and self._path(digest).exists()

    def stored_size(self, digest: Digest) -> int:
        """Return the bytes that the original takes on the disk."""
        return self._path(digest).stat().st_size

    def remove(self, digest: Digest) -> None:
        """Remove the original's bytes, if they are there; only a deletion for good does this."""
        if self.has(digest):
            path = self._path(digest)
            path.unlink()
            _sync_folder(path.parent)

    def digests(self) -> Iterator[Digest]:
        """Yield the digest of every original in the folder, sorted."""
        for path in sorted(self.root.glob("??/*.zst")):
            yield path.stem

    def index(self, lines: Iterable[Line]) -> None:
        """Append lines to the readable index."""
        text = index_text(lines)
        descriptor = os.open(self.root / INDEX, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    def rewrite_index(self, lines: Iterable[Line]) -> None:
        """Write the readable index from its first line on, in the place of what is there."""
        with tempfile.NamedTemporaryFile("w", dir=self.root, prefix=".new-", delete=False, encoding="utf-8") as draft:
            draft.write(index_text(lines))
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(self.root / INDEX)
        _sync_folder(self.root)

    def indexed(self) -> set[tuple[Digest, str, str]]:
        """Return the (digest, bytes, name) of every line of the readable index that can be read."""
        return {(digest, size, name) for digest, size, _, _, name in self._lines()}

    def names(self) -> dict[Digest, str]:
        """Return the name that each original came under last, as the readable index has it."""
        return {found[0]: found[4] for found in self._lines()}

    def _lines(self) -> Iterator[list[str]]:
        index = self.root / INDEX
        lines = index.read_text(encoding="utf-8", errors="replace").split("\n") if index.exists() else []
        cells = (line.split("\t") for line in lines)
        return (found for found in cells if len(found) == len(COLUMNS))

    def _path(self, digest: Digest) -> Path:
        """Return where an original lies. Raises OriginalMissing for what is no digest: none leads out of here."""
        if not DIGEST.fullmatch(digest):
            raise OriginalMissing(digest=digest)
        return self.root / digest[:2] / f"{digest}.zst"

    def whole(self, digest: Digest) -> bool:
        """Return whether a sound copy is there: a damaged one is replaced, never trusted."""
        try:
            for _ in self.chunks(digest):
                pass
        except (OriginalMissing, OriginalCorrupt):
            return False
        return True

    @contextlib.contextmanager
    def _temporary(
        self, digest: Digest, data: bytes | None = None
    ) -> Iterator["tempfile._TemporaryFileWrapper[bytes]"]:
        """Open a file that takes the original's name only once it is whole, on the disk and read back right.

        With the `data` given there is no digest: what is read back is compared with the data.
        """
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as target:
            try:
                yield target
                target.flush()
                os.fsync(target.fileno())
                with Path(target.name).open("rb") as draft:
                    _must_hold(digest, data, draft)
                Path(target.name).replace(path)
                _sync_folder(path.parent)
            except BaseException:
                Path(target.name).unlink(missing_ok=True)
                raise


def unpacked(digest: Digest, packed: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a packed original piece by piece, verified at the end. Raises OriginalCorrupt."""
    check = hashlib.sha256()
    for chunk in _chunks(digest, packed):
        check.update(chunk)
        yield chunk
    if check.hexdigest() != digest:
        raise OriginalCorrupt(digest=digest)


def _chunks(digest: Digest, packed: IO[bytes]) -> Iterator[bytes]:
    try:
        yield from zstandard.ZstdDecompressor().read_to_iter(packed, read_size=CHUNK, write_size=CHUNK)
    except zstandard.ZstdError as error:
        raise OriginalCorrupt(digest=digest) from error


def _must_hold(digest: Digest, data: bytes | None, packed: IO[bytes]) -> None:
    """Raise OriginalCorrupt if what is packed is not the data, or, where they are not known, has another digest."""
    if data is None:
        for _ in unpacked(digest, packed):
            pass
    elif b"".join(_chunks(digest, packed)) != data:
        raise OriginalCorrupt(digest=digest)


def flat(cell: object) -> str:
    """Return the text of a cell of the readable index: on one line, without tabs."""
    return str(cell).translate(_FLAT)


def index_text(lines: Iterable[Line]) -> str:
    """Return lines of the readable index."""
    return "".join("\t".join(map(flat, line)) + "\n" for line in lines)


_FLAT = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

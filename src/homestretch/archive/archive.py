"""The archive: originals by their SHA-256, each packed with zstd, written once and verified on every read."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

import zstandard

from homestretch.archive.folder import Folder
from homestretch.archive.index import Index
from homestretch.archive.protocol import Digest, OriginalCorrupt, OriginalMissing, Place

LEVEL = 3
CHUNK = 1 << 20


class Archive:
    """Keeps bytes forever; `keep` is atomic and idempotent, `read` returns just what was kept or raises.

    Originals lie in one or more places: what is new goes into the first, and all are asked for one that is wanted.
    Drafts and the readable index lie in a folder of this machine, whatever the places are. A place that is an object
    store makes everything here raise ObjectStoreFails as well.
    """

    def __init__(self, root: Path, places: tuple[Place, ...] = ()) -> None:
        """Take the folder of the archive, which is also the only place where no other is given."""
        self.root = root
        self.places: tuple[Place, ...] = places or (Folder(root),)
        self.index = Index(root)

    @property
    def first(self) -> Place:
        """Where new originals go."""
        return self.places[0]

    @property
    def patience_s(self) -> float:
        """How many seconds longer a file may take than one of which the bytes are on this machine's disk."""
        return max(place.patience_s for place in self.places)

    def prepare(self) -> None:
        """Make what is missing of the places and of the folder."""
        Folder(self.root).prepare()
        for place in self.places:
            place.prepare()

    def keep(self, data: bytes) -> Digest:
        """Keep the bytes and return their digest; when it returns, they are there for good and read back right."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.whole(digest):
            with self._draft(digest, data) as target:
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
            with path.open("rb") as source, self._draft(digest) as target:
                compressor.copy_stream(source, target, size=path.stat().st_size)
        return digest

    def adopt(self, digest: Digest, packed: IO[bytes]) -> None:
        """Keep an original that comes packed, as another archive has it. Raises OriginalCorrupt."""
        if not self.whole(digest):
            with self._draft(digest) as target:
                shutil.copyfileobj(packed, target, CHUNK)

    def packed(self, digest: Digest) -> IO[bytes]:
        """Open the original, packed, for reading. Raises OriginalMissing."""
        for place in self.places:
            with contextlib.suppress(OriginalMissing):
                return place.opened(digest)
        return self.first.opened(digest)  # to which it may just have been moved

    def read(self, digest: Digest) -> bytes:
        """Return the bytes. Raises OriginalMissing or OriginalCorrupt."""
        return b"".join(self.chunks(digest))

    def chunks(self, digest: Digest) -> Iterator[bytes]:
        """Yield the bytes piece by piece, verified at the end. Raises OriginalMissing or OriginalCorrupt."""
        with self.packed(digest) as packed:
            yield from unpacked(digest, packed)

    def has(self, digest: Digest) -> bool:
        """Return whether the original is there, without reading it."""
        return any(place.has(digest) for place in self.places)

    def sizes(self, digests: Collection[Digest]) -> dict[Digest, int]:
        """Return the bytes that packed originals take, of those that are there."""
        found: dict[Digest, int] = {}
        for place in self.places:
            found = place.sizes([digest for digest in digests if digest not in found]) | found
        return found

    def remove(self, digest: Digest) -> None:
        """Remove the original's bytes, wherever they are; only a deletion for good does this.

        The first place comes last, so that who moves an original there just then sees that it is gone.
        """
        for place in reversed(self.places):
            place.remove(digest)

    def digests(self) -> Iterator[Digest]:
        """Yield the digest of every original once, in any order."""
        seen: set[Digest] = set()
        for place in self.places:
            for digest in place.digests():
                if digest not in seen:
                    seen.add(digest)
                    yield digest

    def copy_here(self, digest: Digest, place: Place) -> None:
        """Copy an original from another place into the first. Raises OriginalMissing or OriginalCorrupt."""
        try:
            with self.first.opened(digest) as packed:
                for _ in unpacked(digest, packed):
                    pass
        except (OriginalMissing, OriginalCorrupt):
            with place.opened(digest) as packed, self._draft(digest) as target:
                shutil.copyfileobj(packed, target, CHUNK)

    def whole(self, digest: Digest) -> bool:
        """Return whether the copy that `read` finds is there and sound: a damaged one is replaced, never trusted."""
        try:
            for _ in self.chunks(digest):
                pass
        except (OriginalMissing, OriginalCorrupt):
            return False
        return True

    @contextlib.contextmanager
    def _draft(self, digest: Digest, data: bytes | None = None) -> Iterator["tempfile._TemporaryFileWrapper[bytes]"]:
        """Open a file that becomes the original only once it is whole, on the disk and read back right.

        With the `data` given there is no digest to be made again: what is read back is compared with the data.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.root, prefix=".new-", delete=False) as target:
            try:
                yield target
                target.flush()
                os.fsync(target.fileno())
                with Path(target.name).open("rb") as draft:
                    _must_hold(digest, data, draft)
                self.first.put(digest, Path(target.name))
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

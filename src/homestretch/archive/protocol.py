"""What the archive asks of a place where packed originals lie, such as a folder or an object store."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Protocol

from homestretch.errors import HomestretchError

#: The SHA-256 of an original, in lower-case hexadecimal: its name everywhere.
type Digest = str


class OriginalMissing(HomestretchError):
    """The original {digest} is missing from the archive. Run `homestretch verify` to list all missing originals."""


class OriginalCorrupt(HomestretchError):
    """The original {digest} is damaged in the archive. Restore it from a backup or import the file again."""


class ObjectStoreFails(HomestretchError):
    """The object store {place} can't be used: {reason}. Nothing was lost; try again later. To check its settings, run
    `homestretch doctor`.
    """

    status = 503


class Place(Protocol):
    """Keeps packed originals under their digests. What it gives is verified by the archive, not here."""

    @property
    def name(self) -> str:
        """How people know it: the path of a folder, or the address of an object store."""

    @property
    def patience_s(self) -> float:
        """How many seconds a file may take longer to be read or kept because the place answers slowly."""

    def prepare(self) -> None:
        """Make what is missing, where that can be made."""

    def fault(self) -> str | None:
        """Return why nothing can be kept here at the moment, or None."""

    def opened(self, digest: Digest) -> IO[bytes]:
        """Open a packed original for reading, with `seek`. Raises OriginalMissing."""

    def put(self, digest: Digest, draft: Path) -> None:
        """Keep what a file holds, in the place of what was there; when it returns, it is there for good.

        The file may be gone then.
        """

    def has(self, digest: Digest) -> bool:
        """Return whether an original is there, without reading it."""

    def sizes(self, digests: Collection[Digest]) -> dict[Digest, int]:
        """Return the bytes that packed originals take, of those that are there."""

    def remove(self, digest: Digest) -> None:
        """Remove an original, if it is there."""

    def digests(self) -> Iterator[Digest]:
        """Yield the digest of every original that is there, in any order."""

"""A folder of packed originals, each a file that is named by its digest."""

import contextlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from homestretch import files
from homestretch.archive.protocol import Digest, OriginalMissing

DIGEST = re.compile(r"[0-9a-f]{64}")
NOTE = "README.txt"
README = """This folder has every imported file once, unchanged.

A file NN/NNNN….zst is one original, packed with zstd. Its name is the SHA-256 of its content.
To extract one:  zstd -d NN/NNNN….zst -o original
index.tsv lists all originals, one per line: SHA-256, bytes, time of import (UTC), athlete, original name.
"""


class Folder:
    """Keeps packed originals in a folder; drafts lie in the same folder, so that keeping one is a renaming."""

    patience_s = 0.0

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def name(self) -> str:
        """Return its path."""
        return str(self.root)

    def prepare(self) -> None:
        """Make the folder and the note for anyone who finds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        note = self.root / NOTE
        if not note.exists():
            note.write_text(README, encoding="utf-8")

    def fault(self) -> str | None:
        """Return why nothing can be written here, or None."""
        return None if os.access(self.root, os.W_OK) else f"{self.root} can't be written"

    def opened(self, digest: Digest) -> IO[bytes]:
        """Open a file. Raises OriginalMissing."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError as error:
            raise OriginalMissing(digest=digest) from error

    def put(self, digest: Digest, draft: Path) -> None:
        """Give the draft, which is on the disk already, the name of the original."""
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(path)
        files.sync_folder(path.parent)

    def has(self, digest: Digest) -> bool:
        """Return whether the file is there."""
        return DIGEST.fullmatch(digest) is not None and self._path(digest).exists()

    def sizes(self, digests: Collection[Digest]) -> dict[Digest, int]:
        """Return the bytes of the files that are there."""
        found = {}
        for digest in digests:
            with contextlib.suppress(FileNotFoundError):
                found[digest] = self._path(digest).stat().st_size
        return found

    def remove(self, digest: Digest) -> None:
        """Remove the file, if it is there."""
        if self.has(digest):
            path = self._path(digest)
            path.unlink(missing_ok=True)
            files.sync_folder(path.parent)

    def digests(self) -> Iterator[Digest]:
        """Yield the digest of every file."""
        for path in self.root.glob("??/*.zst"):
            yield path.stem

    def _path(self, digest: Digest) -> Path:
        return self.root / key_of(digest)


def key_of(digest: Digest) -> str:
    """Return under which name an original lies. Raises OriginalMissing for what is no digest: none leads elsewhere."""
    if not DIGEST.fullmatch(digest):
        raise OriginalMissing(digest=digest)
    return f"{digest[:2]}/{digest}.zst"

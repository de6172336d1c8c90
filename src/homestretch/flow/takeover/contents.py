"""What is in files that are to be taken over, before they are imported: their originals, and which are here."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from homestretch import formats
from homestretch.archive.members import Limits, members
from homestretch.flow.imports.work_stream import AlreadyHave
from homestretch.store.database import Reader


@dataclass(frozen=True, slots=True)
class Original:
    """An original in a file: its digest and size, and whether it is a FIT file."""

    digest: str
    size: int
    fit: bool


def originals_in(place: Path, name: str) -> list[Original]:
    """Return the originals in a file, or in an archive.

    What can't be read has none: it is new then, and the import says what is wrong with it.
    """
    try:
        return [
            Original(hashlib.sha256(one.data).hexdigest(), len(one.data), one.data[8:12] == b".FIT")
            for one in members(place, name, Limits(), formats.portions_of)
            if one.data is not None
        ]
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Here:
    """The originals that an athlete has, and those that were deleted for good."""

    taken: set[str]
    deleted: set[str]

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "Here":
        """Read what an athlete has."""
        known = AlreadyHave.of(reader, athlete_id)
        return cls(known.taken, known.deleted)

    def has(self, originals: list[Original]) -> bool:
        """Return whether nothing of a file is new."""
        return bool(originals) and all(one.digest in self.taken | self.deleted for one in originals)

"""Activities as a zip, one after the other: their originals byte for byte, or their tracks as GPX."""

import zipfile
from collections.abc import Iterator, Sequence
from typing import Literal

from sqlalchemy import select

from homestretch.archive.archive import Archive
from homestretch.errors import ForbiddenByTerms
from homestretch.model.moment import day_of
from homestretch.store.database import Database
from homestretch.store.queries.arrivals import forbidden
from homestretch.store.queries.listed import originals_of
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.activities.export import NoTrack, gpx_of
from homestretch.views.kit.provenance import provenance_of

type Contents = Literal["originals", "gpx"]

LEFT_OUT = "left-out.txt"
_LONGEST = 80
#: The first day that a zip can name.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class _Pipe:
    """A file that only goes on: what was written since it was last emptied."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep some bytes."""
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing waits elsewhere."""

    def take(self) -> bytes:
        """Return what was written, and forget it."""
        data, self.parts = b"".join(self.parts), []
        return data


def archive_of(
    database: Database, archive: Archive, scope: Scope, ids: Sequence[int], contents: Contents
) -> Iterator[bytes]:
    """Yield a zip of activities by id; `left-out.txt` in it says of what is not there why. Raises Forbidden at once."""
    if contents == "originals":
        scope.must("originals: read")
    return _zipped(database, archive, scope, ids, contents)


def _zipped(
    database: Database, archive: Archive, scope: Scope, ids: Sequence[int], contents: Contents
) -> Iterator[bytes]:
    pipe, left_out, names = _Pipe(), [], set[str]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[call-overload]
        for number in ids:
            for name, data in _files(database, archive, scope, number, contents):
                if isinstance(data, str):
                    left_out.append(f"{name}: {data}")
                else:
                    _put(made, _fresh(name, names), data)
            if pipe.parts:
                yield pipe.take()
        if left_out:
            _put(made, LEFT_OUT, "\n".join([*left_out, ""]).encode())
    yield pipe.take()


def _put(made: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Put a file into the archive, whose bytes do not depend on when that is."""
    made.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_DEFLATED)


def _files(
    database: Database, archive: Archive, scope: Scope, number: int, contents: Contents
) -> list[tuple[str, bytes | str]]:
    """Return the files of an activity by name, or instead of one the sentence that says why it is not there."""
    with database.read() as reader:
        row = reader.row(select(activities).where(activities.c.id == number))
        if row is None:
            return []  # it was merged with another one since the list was made
        name = f"{day_of(row.local_ms)} {_plain(row.name)}"
        if contents == "gpx":
            try:
                return [(f"{name}.gpx", gpx_of(reader, scope, row))]
            except (NoTrack, ForbiddenByTerms) as error:
                return [(name, str(error))]
        digests = originals_of(reader, number)
        kept_back = forbidden(reader, scope.athlete_id, digests, "export")
        origins = provenance_of(reader, scope, digests)
    paths = {digest: came[0].path for digest, came in origins.items()}
    named = [(digest, f"{name} {_plain(paths.get(digest, 'original').rpartition('/')[2])}") for digest in digests]
    refused = str(ForbiddenByTerms(action="downloading its file"))
    return [(path, refused if digest in kept_back else archive.read(digest)) for digest, path in named]


def _plain(name: str) -> str:
    """Return a name that every file system takes."""
    kept = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name)
    return kept.strip(" .")[-_LONGEST:] or "_"


def _fresh(name: str, names: set[str]) -> str:
    """Return a name that no other file of the archive has, in whichever case, and keep it among the names."""
    stem, dot, suffix = name.rpartition(".")
    stem, dot = (stem, dot) if dot else (suffix, "")
    suffix = suffix if dot else ""
    found, count = name, 1
    while found.lower() in names:
        count += 1
        found = f"{stem} ({count}){dot}{suffix}"
    names.add(found.lower())
    return found

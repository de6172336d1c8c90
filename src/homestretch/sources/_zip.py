"""Files that came packed: `.zip` and `.gz` opened within bounds, the same for every source."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

from homestretch import zips
from homestretch.net.budget import UnexpectedResponse

#: A zip of one activity or day holds a handful of files; more, or more bytes, is not what was asked for.
MOST_MEMBERS, MOST_BYTES = 64, 300_000_000
ZIP, GZIP = b"PK", b"\x1f\x8b"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def members(
    body: bytes,
    source: str,
    what: str,
    wanted: Callable[[str], bool] = lambda _: True,
    most_members: int = MOST_MEMBERS,
    most_bytes: int = MOST_BYTES,
) -> list[tuple[str, bytes]]:
    """Return the wanted files of a zip that are not empty, by their paths in it.

    Raises UnexpectedResponse (`source` answered with it to `what`) if the zip is damaged or beyond the bounds.
    """
    try:
        with zips.opened(io.BytesIO(body)) as archive:
            found = [one for one in archive.infolist() if not one.is_dir() and wanted(one.filename)]
            if len(found) > most_members or sum(one.file_size for one in found) > most_bytes:
                raise UnexpectedResponse(name=source, reason="a zip that is too large", what=what)
            read = [(one.filename, archive.read(one)) for one in found]
    except zips.TooManyEntries as error:
        raise UnexpectedResponse(name=source, reason="a zip that is too large", what=what) from error
    except _DAMAGE as error:
        raise UnexpectedResponse(name=source, reason="a damaged zip", what=what) from error
    return [(name, data) for name, data in read if data]


def gunzipped(body: bytes, source: str, what: str, most_bytes: int = MOST_BYTES) -> bytes:
    """Return what a `.gz` holds. Raises UnexpectedResponse if it is damaged or boundless."""
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            data = stream.read(most_bytes + 1)
    except _DAMAGE as error:
        raise UnexpectedResponse(name=source, reason="a damaged gz", what=what) from error
    if len(data) > most_bytes:
        raise UnexpectedResponse(name=source, reason="a gz that is too large", what=what)
    return data

"""Whether every original that should be in the archive is there and whole."""

from typing import Any

from sqlalchemy import select

from homestretch.archive.folder import Archive, OriginalCorrupt, OriginalMissing
from homestretch.store.database import Reader
from homestretch.store.tables.kept import arrivals, originals
from homestretch.views.digest import derived_digest


def verify(reader: Reader, archive: Archive) -> dict[str, Any]:
    """Return `{originals, bytes, missing, corrupt, derived_digest}`; what was deleted for good is not asked for."""
    wanted = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None))
    rows = reader.rows(select(originals.c.digest, originals.c.size).where(originals.c.digest.in_(wanted)))
    missing: list[str] = []
    corrupt: list[str] = []
    read = 0
    for row in rows:
        try:
            read += sum(len(chunk) for chunk in archive.chunks(row.digest))
        except OriginalMissing:
            missing.append(row.digest)
        except OriginalCorrupt:
            corrupt.append(row.digest)
    digest = derived_digest(reader)
    counts = {"originals": len(rows), "bytes": read, "missing": sorted(missing), "corrupt": sorted(corrupt)}
    return {**counts, "derived_digest": digest}

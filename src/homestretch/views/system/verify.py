"""Whether every original that should be in the archive is there and whole."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from homestretch.archive.archive import Archive
from homestretch.archive.index import flat
from homestretch.archive.protocol import ObjectStoreFails, OriginalCorrupt, OriginalMissing, Place
from homestretch.model.documents.system import LostOriginal, OriginalsPlace, Verification
from homestretch.store.database import Reader
from homestretch.store.tables.kept import arrivals, originals
from homestretch.views.system.digest import derived_digest


@dataclass(frozen=True, slots=True)
class Originals:
    """What the archive gives of the originals that should be there: how many bytes, and which are lost, and how."""

    count: int
    bytes: int
    missing: list[str]
    corrupt: list[str]

    @property
    def lost(self) -> list[str]:
        """All that cannot be read."""
        return sorted(self.missing + self.corrupt)


def read_originals(reader: Reader, archive: Archive) -> Originals:
    """Read every original back; what was deleted for good is not asked for."""
    wanted = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None))
    digests = [row.digest for row in reader.rows(select(originals.c.digest).where(originals.c.digest.in_(wanted)))]
    found = Originals(len(digests), 0, [], [])
    read = 0
    for digest in sorted(digests):
        try:
            read += sum(len(chunk) for chunk in archive.chunks(digest))
        except OriginalMissing:
            found.missing.append(digest)
        except OriginalCorrupt:
            found.corrupt.append(digest)
    return replace(found, bytes=read)


def described(reader: Reader, found: Originals) -> list[LostOriginal]:
    """Return each original that is lost, by the name that it came under."""
    named = select(arrivals.c.digest, func.min(arrivals.c.path).label("path")).group_by(arrivals.c.digest)
    paths = {row.digest: row.path for row in reader.rows(named)} if found.lost else {}
    missing: list[LostOriginal] = [{"digest": one, "reason": "missing", "path": paths[one]} for one in found.missing]
    return missing + [{"digest": one, "reason": "corrupt", "path": paths[one]} for one in found.corrupt]


def unlisted(reader: Reader, archive: Archive) -> list[str]:
    """Return the originals that the archive's readable index lacks, or has with another size or name."""
    query = select(arrivals.c.digest, originals.c.size, arrivals.c.path).join(
        originals, originals.c.digest == arrivals.c.digest
    )
    listed = archive.index.listed()
    rows = reader.rows(query.where(arrivals.c.purged_ms.is_(None)))
    return sorted({row.digest for row in rows if (row.digest, str(row.size), flat(row.path)) not in listed})


def place_document(place: Place) -> OriginalsPlace:
    """Count what lies in a place of originals."""
    try:
        sizes = place.sizes(list(place.digests()))
    except ObjectStoreFails as error:
        return {"place": place.name, "originals": None, "bytes": None, "fault": error.details["reason"]}
    return {"place": place.name, "originals": len(sizes), "bytes": sum(sizes.values()), "fault": place.fault()}


def verify(reader: Reader, archive: Archive) -> Verification:
    """Read every original back, and make the digest of everything derived."""
    found = read_originals(reader, archive)
    return {
        "originals": found.count,
        "bytes": found.bytes,
        "missing": found.missing,
        "corrupt": found.corrupt,
        "lost": described(reader, found),
        "unlisted": unlisted(reader, archive),
        "derived_digest": derived_digest(reader),
    }

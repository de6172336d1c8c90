"""What must hold of a store: all that is derived is what a rebuild would make, and every address answers."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Column, Table, select

from homestretch.analysis.geo.routes import Signature
from homestretch.analysis.measure import curve
from homestretch.model.documents.system import Finding
from homestretch.store.codecs.cells import unpack_cells
from homestretch.store.codecs.counts import unpack_counts
from homestretch.store.codecs.day_reports import unpack_values
from homestretch.store.codecs.details import unpack_detail
from homestretch.store.codecs.streams import unpack
from homestretch.store.database import Reader
from homestretch.store.tables.columns import derived_metadata
from homestretch.store.tables.derived import (
    activities,
    curves,
    heat_tiles,
    recordings,
    streams,
    tracks,
    watermarks,
)
from homestretch.store.tables.derived_activities import corrected
from homestretch.store.tables.derived_days import day_reports, intraday
from homestretch.store.tables.kept import identities
from homestretch.views.system.measures_digest import line

MEND = "wait until all background work is done, then run `homestretch rebuild`."


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived table that is not what a rebuild makes: rows that it lacks, and rows that it should not have."""

    table: str
    missing: int
    extra: int
    example: str


def examined(there: Reader, rebuilt: Reader) -> list[Finding]:
    """Return what is found of the addresses, and of each derived table that differs, or of them all."""
    dead = dead_addresses(there)
    says = (
        f"{len(dead)} activity addresses are broken ({', '.join(dead[:3])}); {MEND}"
        if dead
        else "Every activity address works."
    )
    found: list[Finding] = [{"check": "addresses", "status": "fail" if dead else "ok", "says": says}]
    for one in differences(there, rebuilt):
        says = f"Compared with a rebuild {one.missing} rows are missing and {one.extra} are extra; {MEND}"
        found.append({"check": f"table {one.table}", "status": "fail", "says": says})
    if len(found) == 1:
        says = f"All {len(TABLES)} tables match a rebuild from the originals."
        found.append({"check": "derived tables", "status": "ok", "says": says})
    return found


def differences(there: Reader, rebuilt: Reader) -> list[Difference]:
    """Return the derived tables that differ from those of a rebuild, row by row."""
    found = []
    for table in TABLES:
        held, wanted = Counter(_lines(there, table)), Counter(_lines(rebuilt, table))
        missing, extra = wanted - held, held - wanted
        if missing or extra:
            example = next(iter(sorted(missing or extra)))
            found.append(Difference(table.name, missing.total(), extra.total(), example))
    return found


def dead_addresses(reader: Reader) -> list[str]:
    """Return the public ids that lead nowhere, of recordings that are there or have an successor that is."""
    there = select(recordings.c.id)
    mine = identities.c.id.in_(there) | identities.c.successor_id.in_(there)
    home = select(recordings.c.id).join(activities, activities.c.id == recordings.c.activity_id)
    lost = identities.c.id.not_in(home) & (identities.c.successor_id.is_(None) | identities.c.successor_id.not_in(home))
    return [row.public_id for row in reader.rows(select(identities.c.public_id).where(mine, lost))]


def _lines(reader: Reader, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column not in LEFT_OUT]
    for row in reader.rows(select(*columns)):
        yield line(table.name, {column.name: _plain(column, getattr(row, column.name)) for column in columns})


def _plain(column: Column[Any], value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    read = PACKED.get(column)
    return hashlib.blake2b(value if read is None else read(value), digest_size=12).hexdigest()


def _flat(*arrays: Any) -> bytes:
    """Return arrays as bytes, fractions rounded; whatever the bits of a NaN, it says the same."""
    found = b""
    for one in map(np.asarray, arrays):
        found += (np.where(np.isnan(one), np.nan, np.round(one, 6)) if one.dtype.kind == "f" else one).tobytes()
    return found


def _samples(blob: bytes) -> bytes:
    time_ms, channels = unpack(blob)
    return _flat(time_ms) + b"".join(key.encode() + _flat(one.values()) for key, one in sorted(channels.items()))


def _signature(blob: bytes) -> bytes:
    held = Signature.from_bytes(blob)
    return _flat(held.points, held.line, held.minhash)


#: What no rebuild can know: what jobs have taken notice of, and up to which segment a way was looked at.
LEFT_OUT = frozenset({tracks.c.segments_seen})
TABLES = tuple(table for table in derived_metadata.sorted_tables if table is not watermarks)
#: Packed columns are compared by what is in them: another version of what packs them writes other bytes.
PACKED: Mapping[Column[Any], Callable[[bytes], bytes]] = {
    recordings.c.detail: lambda blob: line("", unpack_detail(blob)).encode(),
    streams.c.blob: _samples,
    corrected.c.detail: lambda blob: line("", unpack_detail(blob)).encode(),
    corrected.c.blob: _samples,
    curves.c.blob: lambda blob: _flat(*curve.unpack(blob)),
    tracks.c.cells: lambda blob: _flat(unpack_cells(blob)),
    tracks.c.signature: _signature,
    heat_tiles.c.counts: lambda blob: _flat(*unpack_counts(blob)),
    intraday.c.blob: _samples,
    day_reports.c.blob: lambda blob: repr(unpack_values(blob, "", "")).encode(),
}

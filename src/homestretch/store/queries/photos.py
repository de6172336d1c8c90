"""Keeps and reads photos of activities: by the keys of the recordings that an activity has, or had.

A photo counts as long as it came in a way that still holds: one of an import that was undone is not there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from sqlalchemy import ColumnElement, Row, delete, or_, select, update

from homestretch.errors import NotFound
from homestretch.model.media.photos import Taken
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.samples import Stored
from homestretch.store.queries.splits import edits_with_parts
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, listed, outcomes, recordings
from homestretch.store.tables.kept import arrivals, identities, tombstones
from homestretch.store.tables.saved import photos

PORTION = 500


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo; `subject` is the key of a recording or of what was split from one, `clock_s` what its camera is off."""

    id: int
    public_id: str
    athlete_id: int
    subject: str
    digest: str
    name: str
    width: int
    height: int
    taken: Taken
    clock_s: int
    pinned: bool
    caption: str | None
    position: int
    added_ms: int
    removed_ms: int | None


@dataclass(frozen=True, slots=True)
class Family:
    """An activity and what it shares photos with: the parts that it was split into, `first` being what they are of.

    `keys` are those of all recordings and parts that are, or were, in it. `parts` are the keys of parts, by activity.
    """

    first: Stored
    members: tuple[Stored, ...]
    keys: frozenset[str]
    parts: Mapping[str, int]


def family_of(reader: Reader, row: Stored) -> Family:
    """Return an activity (its row) with the parts that it was split into, and the keys by which photos name them."""
    home = row.split_from_id or row.id
    of = (activities.c.id == home) | (activities.c.split_from_id == home)
    members = reader.rows(select(activities).where(of).order_by(activities.c.start_ms))
    first = next((one for one in members if one.id == home), row)
    legs = select(activities.c.id).where(or_(activities.c.id == home, activities.c.parent_id == home))
    held = select(recordings.c.id, recordings.c.key).where(recordings.c.activity_id.in_(legs))
    own = {one.id: one.key for one in reader.rows(held)}
    named = identities.c.id.in_([home, *own]) | identities.c.successor_id.in_([home, *own])
    keys = {one.key for one in reader.rows(select(identities.c.key).where(named))} | set(own.values())
    _, parts = edits_with_parts(reader, row.athlete_id, keys)
    there = {one.id for one in members}
    shown = {key: int(part.id) for key, part in parts.items() if part.id in there}
    return Family(first, tuple(members), frozenset(keys | parts.keys()), shown)


def photos_of(reader: Reader, athlete_id: int, keys: Collection[str], *, removed: bool = False) -> list[StoredPhoto]:
    """Return the photos of recordings, by key, in their order; with `removed` also those that were removed."""
    found: list[StoredPhoto] = []
    for some in batched(sorted(keys), PORTION):
        query = select(photos).where(photos.c.athlete_id == athlete_id, photos.c.subject.in_(some), _there())
        found += map(_stored, reader.rows(query if removed else query.where(photos.c.removed_ms.is_(None))))
    return sorted(found, key=lambda one: (one.position, one.id))


def find_photo(reader: Reader, scope: Scope, public_id: str, *, removed: bool = False) -> StoredPhoto:
    """Return a photo, with `removed` also one that was removed. Raises NotFound."""
    mine = (photos.c.public_id == public_id) & (photos.c.athlete_id == scope.athlete_id)
    row = reader.row(select(photos).where(mine, _there()))
    if row is None or (row.removed_ms is not None and not removed):
        raise NotFound(what="photo", id=public_id)
    return _stored(row)


def add_photos(session: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Keep photos; one that the same recording has already stays as it is."""
    session.insert_new(photos, [dict(row) for row in rows])


def set_photos(session: Writer, ids: Sequence[int], values: Mapping[str, object]) -> None:
    """Change photos."""
    for some in batched(ids, PORTION):
        session.run(update(photos).where(photos.c.id.in_(some)).values(**values))


def is_kept(reader: Reader, athlete_id: int, digest: str) -> bool:
    """Return whether an original came to the athlete in a way that holds, and was decoded."""
    mine = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.digest == digest) & in_force()
    known = (outcomes.c.athlete_id == athlete_id) & (outcomes.c.digest == digest)
    both = select(arrivals.c.id).where(mine, select(outcomes.c.digest).where(known).exists())
    return reader.row(both.limit(1)) is not None


def is_deleted_for_good(reader: Reader, athlete_id: int, digest: str) -> bool:
    """Return whether an original was deleted for good."""
    mine = (tombstones.c.athlete_id == athlete_id) & (tombstones.c.digest == digest)
    return reader.row(select(tombstones.c.digest).where(mine)) is not None


def take_photos(session: Writer, athlete_id: int, keys: Collection[str]) -> list[str]:
    """Delete the photos of recordings, by key; return the digests of those that no other activity has."""
    mine, digests = photos.c.athlete_id == athlete_id, set()
    for some in batched(sorted(keys), PORTION):
        of = mine & photos.c.subject.in_(some)
        digests |= {row.digest for row in session.rows(select(photos.c.digest).where(of))}
        session.run(delete(photos).where(of))
    kept = {row.digest for row in session.rows(select(photos.c.digest).where(mine))} if digests else set()
    return sorted(digests - kept)


def loose_photos(reader: Reader, athlete_id: int) -> dict[str, str]:
    """Return the photos that came with an archive and belong to no activity: digests by their paths."""
    tied = select(photos.c.id).where(photos.c.athlete_id == athlete_id, photos.c.digest == arrivals.c.digest)
    decoded = (outcomes.c.athlete_id == athlete_id) & (outcomes.c.digest == arrivals.c.digest)
    query = (
        select(arrivals.c.path, arrivals.c.digest)
        .join(outcomes, decoded & (outcomes.c.kind == "photo"))
        .where(arrivals.c.athlete_id == athlete_id, arrivals.c.path.contains("media/"), in_force(), ~tied.exists())
        .order_by(arrivals.c.id)
    )
    return {row.path: row.digest for row in reader.rows(query)}


def lists_of_photos(reader: Reader, athlete_id: int) -> tuple[list[str], list[str]]:
    """Return the lists of activities of archives, the oldest first, and the lists of captions, by their digests."""
    mine = (arrivals.c.athlete_id == athlete_id) & in_force()
    lists = select(listed.c.digest).where(listed.c.athlete_id == athlete_id)
    either = arrivals.c.digest.in_(lists) | arrivals.c.path.endswith("media.csv")
    rows = reader.rows(select(arrivals.c.path, arrivals.c.digest).where(mine, either).order_by(arrivals.c.id))
    captions = [row.digest for row in rows if row.path.endswith("media.csv")]
    return [row.digest for row in rows if row.digest not in captions], captions


def recordings_listed(reader: Reader, athlete_id: int, provider: str, keys: Collection[str]) -> dict[str, str]:
    """Return the keys of the recordings that a provider's list names, by its keys: of a file, or of the list itself."""
    found: dict[str, str] = {}
    mine = recordings.c.athlete_id == athlete_id
    named = (listed.c.athlete_id == athlete_id) & (listed.c.digest == recordings.c.digest)
    own = listed.c.digest + ":" + listed.c.key == recordings.c.key
    files = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.digest == recordings.c.digest) & in_force()
    for some in batched(sorted(keys), PORTION):
        of = named & own & listed.c.key.in_(some)
        rows = reader.rows(select(listed.c.key, recordings.c.key.label("subject")).join(recordings, of).where(mine))
        found |= {row.key: row.subject for row in rows}
        of = files & (arrivals.c.provider == provider) & arrivals.c.provider_key.in_(some)
        rows = reader.rows(select(arrivals.c.provider_key, recordings.c.key).join(recordings, of).where(mine))
        found |= {row.provider_key: row.key for row in rows}
    return found


def home_key(reader: Reader, row: Stored, at_ms: int | None) -> str:
    """Return the key of the recording, or of the part of one, to which a photo of an activity is tied.

    Of an activity of legs it is that of the leg at its time: no recording stands for all of them.
    """
    legs = reader.rows(select(activities).where(activities.c.parent_id == row.id).order_by(activities.c.start_ms))
    before = [leg for leg in legs if at_ms is not None and leg.start_ms <= at_ms]
    tied = before[-1] if before else next(iter(legs), row)
    return str(reader.scalar(select(identities.c.key).where(identities.c.id == tied.id)))


def _there() -> ColumnElement[bool]:
    came = (arrivals.c.athlete_id == photos.c.athlete_id) & (arrivals.c.digest == photos.c.digest) & in_force()
    return select(arrivals.c.id).where(came).exists()


def _stored(row: Row[tuple[object, ...]]) -> StoredPhoto:
    return StoredPhoto(
        row.id,
        row.public_id,
        row.athlete_id,
        row.subject,
        row.digest,
        row.name,
        row.width,
        row.height,
        Taken(row.clock, row.taken_ms, row.taken_local, row.latitude, row.longitude),
        row.clock_s,
        row.pinned,
        row.caption,
        row.position,
        row.added_ms,
        row.removed_ms,
    )

"""Photos of activities: added, changed, put in order, removed and restored. Each is an original in the archive."""

import hashlib
from collections.abc import Mapping, Sequence

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original
from homestretch.flow.photos.copies import must_be_photo, one_decoder, read_pictures, task_of
from homestretch.flow.photos.pictures import Pictures
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.media.photos import LONGEST_CAPTION, MOST_BYTES, MOST_CLOCK_S, MOST_PHOTOS, Taken
from homestretch.store.database import Reader
from homestretch.store.queries import photos as stored
from homestretch.store.queries.photos import StoredPhoto, family_of, find_photo, photos_of
from homestretch.store.queries.samples import Stored
from homestretch.store.scope import Scope

LONGEST_NAME = 200
#: How an original came that is a photo somebody added.
PROVIDER = "photo"


class PhotoTooLarge(HomestretchError):
    """{name} is larger than 25 MB. Make it smaller and add it again."""

    status = 413


class TooManyPhotos(HomestretchError):
    """An activity can have at most {most} photos. Remove one first."""

    status = 409


def add(context: Context, scope: Scope, row: Stored, name: str, data: bytes) -> str:
    """Add a photo to an activity (its row) and return its public id; one that it has already is not added again.

    A photo that was removed is restored. Raises PhotoTooLarge, NotAPhoto and the like, TooManyPhotos, Conflict.
    """
    scope.must("photos: edit")
    name = _name(name)
    if len(data) > MOST_BYTES:
        raise PhotoTooLarge(name=name)
    context.must_have_room(2 * len(data))
    digest = hashlib.sha256(data).hexdigest()
    with context.database.read() as reader:
        before = _before(reader, scope, row, digest)
        if before is not None and before.removed_ms is None:
            return before.public_id
        _must_be_welcome(reader, scope, row, digest)
    with one_decoder(context) as decoders:
        ((_, pictures),) = read_pictures(decoders, [task_of(context, digest, data)])
    must_be_photo(pictures, name)
    prepared = decode_original(context.archive, DecodeTask(digest, name, data))
    with context.database.write() as session:
        _must_be_welcome(session, scope, row, digest)  # meanwhile others may have been added
        if not stored.is_kept(session, scope.athlete_id, digest):
            came = [Arrival(digest, len(data), name, provider=PROVIDER)]
            keep_arrivals(context, session, scope.athlete_id, came)
            keep_outcomes(context, session, scope.athlete_id, [prepared])
        before = _before(session, scope, row, digest)
        if before is not None:
            stored.set_photos(session, [before.id], {"removed_ms": None})
            return before.public_id
        subject = stored.home_key(session, row, pictures.taken.at_ms(row.offset_s or 0, 0))
        shown, at = public_id(), _next_position(session, scope, row)
        made = photo_row(context, scope, subject, digest, name, pictures) | {"public_id": shown, "position": at}
        stored.add_photos(session, [made])
    return shown


def photo_row(
    context: Context, scope: Scope, subject: str, digest: str, name: str, pictures: Pictures
) -> dict[str, object]:
    """Return the row of a photo, all but its public id and position."""
    taken: Taken = pictures.taken
    return {
        "athlete_id": scope.athlete_id,
        "account_id": scope.account_id,
        "subject": subject,
        "digest": digest,
        "name": name,
        "width": pictures.width,
        "height": pictures.height,
        "clock": taken.clock,
        "taken_ms": taken.taken_ms,
        "taken_local": taken.taken_local,
        "latitude": taken.latitude,
        "longitude": taken.longitude,
        "clock_s": 0,
        "pinned": True,
        "caption": None,
        "added_ms": context.clock(),
        "removed_ms": None,
    }


def change(context: Context, scope: Scope, photo: str, fields: Mapping[str, object]) -> None:
    """Change fields of a photo: caption, pinned, clock_s. Raises BadRequest, NotFound."""
    scope.must("photos: edit")
    values = _checked(fields)
    with context.database.write() as session:
        found = find_photo(session, scope, photo)
        if values:
            stored.set_photos(session, [found.id], values)


def set_clock(context: Context, scope: Scope, row: Stored, photos: Sequence[str], clock_s: int) -> None:
    """Set by how many seconds the camera's clock was slow, for some photos of an activity. Raises NotFound."""
    scope.must("photos: edit")
    values = _checked({"clock_s": clock_s})
    with context.database.write() as session:
        found = _named(session, scope, row, photos)
        stored.set_photos(session, [one.id for one in found], values)


def put_in_order(context: Context, scope: Scope, row: Stored, photos: Sequence[str]) -> None:
    """Put photos of an activity in this order, before those that are not named. Raises NotFound."""
    scope.must("photos: edit")
    with context.database.write() as session:
        first = _named(session, scope, row, photos)
        named = {one.id for one in first}
        every = photos_of(session, scope.athlete_id, family_of(session, row).keys)
        for at, one in enumerate([*first, *(one for one in every if one.id not in named)]):
            if one.position != at:
                stored.set_photos(session, [one.id], {"position": at})


def remove(context: Context, scope: Scope, photo: str) -> None:
    """Remove a photo; its original stays in the archive, and `restore` undoes it. Raises NotFound."""
    scope.must("photos: edit")
    with context.database.write() as session:
        found = find_photo(session, scope, photo)
        stored.set_photos(session, [found.id], {"removed_ms": context.clock()})


def restore(context: Context, scope: Scope, photo: str) -> None:
    """Show a removed photo again. Raises NotFound."""
    scope.must("photos: edit")
    with context.database.write() as session:
        found = find_photo(session, scope, photo, removed=True)
        stored.set_photos(session, [found.id], {"removed_ms": None})


def _before(reader: Reader, scope: Scope, row: Stored, digest: str) -> StoredPhoto | None:
    every = photos_of(reader, scope.athlete_id, family_of(reader, row).keys, removed=True)
    return next((one for one in every if one.digest == digest), None)


def _must_be_welcome(reader: Reader, scope: Scope, row: Stored, digest: str) -> None:
    if stored.is_deleted_for_good(reader, scope.athlete_id, digest):
        raise Conflict(reason="This photo was deleted for good with its activity, so it was not added again.")
    if len(photos_of(reader, scope.athlete_id, family_of(reader, row).keys)) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)


def _next_position(reader: Reader, scope: Scope, row: Stored) -> int:
    every = photos_of(reader, scope.athlete_id, family_of(reader, row).keys, removed=True)
    return max((one.position for one in every), default=-1) + 1


def _named(reader: Reader, scope: Scope, row: Stored, photos: Sequence[str]) -> list[StoredPhoto]:
    every = photos_of(reader, scope.athlete_id, family_of(reader, row).keys)
    known = {one.public_id: one for one in every}
    missing = [name for name in photos if name not in known]
    if missing:
        raise NotFound(what="photo of this activity", id=missing[0])
    return [known[name] for name in dict.fromkeys(photos)]


def _name(name: str) -> str:
    """Return the label of a file: its last part, printable."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c if c.isprintable() else "_" for c in last).strip()[-LONGEST_NAME:] or "photo"


def _checked(fields: Mapping[str, object]) -> dict[str, object]:
    found = dict(fields)
    caption, clock_s = found.get("caption"), found.get("clock_s", 0)
    if isinstance(caption, str):
        found["caption"] = " ".join(caption.split()) or None
        if len(caption) > LONGEST_CAPTION:
            raise BadRequest(reason=f"A caption has at most {LONGEST_CAPTION} characters.")
    if not isinstance(clock_s, int) or abs(clock_s) > MOST_CLOCK_S:
        raise BadRequest(reason="A camera's clock can be wrong by at most 366 days.")
    return found

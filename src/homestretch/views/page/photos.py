"""The photos of an activity: in which of its parts each belongs, where it was taken, and who may see it.

Whoever may not know the private places is shown a photo only where it was surely taken outside of them: a photo
without a place is hidden from them, unless nothing is private.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from homestretch.errors import NotFound
from homestretch.model.documents.photos import Photo, Photos
from homestretch.model.media.photos import MOST_PHOTOS, NEAR_S
from homestretch.model.recording import Recording
from homestretch.store.database import Reader
from homestretch.store.queries.identities import public_id_of
from homestretch.store.queries.photos import Family, StoredPhoto, family_of, find_photo, photos_of
from homestretch.store.queries.samples import Stored
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.redacted import redacted
from homestretch.views.kit.samples import activity_recording, legs_of

#: The track of an activity or leg, and what viewers are shown of it: itself where nothing is cut.
type Track = tuple[Recording, Recording | None]


class Spot(NamedTuple):
    """A place in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A photo with when it was taken (UTC ms) and where, as far as that is known, and whether viewers see it."""

    photo: StoredPhoto
    at_ms: int | None
    spot: Spot | None
    private: bool


class PhotoFile(NamedTuple):
    """The original of a photo: its digest and name, and the digests of those that are shown with it."""

    digest: str
    name: str
    beside: tuple[str, ...]


def photo_list(reader: Reader, scope: Scope, activity: str) -> Photos:
    """Return the photos of an activity. Raises NotFound."""
    row = resolve(reader, scope, activity)
    return {"items": _documents(reader, scope, row, _shown(reader, scope, row)), "most": MOST_PHOTOS}


def photo_shown(reader: Reader, scope: Scope, photo: str) -> Photo:
    """Return a photo. Raises NotFound."""
    row, placed = _find(reader, scope, photo)
    return _documents(reader, scope, row, [placed])[0]


def photo_file(reader: Reader, scope: Scope, photo: str) -> PhotoFile:
    """Return what the pictures of a photo are made of. Raises NotFound, also where who asks may not see it."""
    found = find_photo(reader, scope, photo)
    if not scope.may("privacy: read"):
        _find(reader, scope, photo)
    every = photos_of(reader, scope.athlete_id, [found.subject])
    return PhotoFile(found.digest, found.name, tuple(one.digest for one in every))


def photo_original(reader: Reader, scope: Scope, photo: str) -> PhotoFile:
    """Return the original of a photo, which says more than its pictures. Raises Forbidden for viewers, NotFound."""
    scope.must("originals: read")
    return photo_file(reader, scope, photo)


def _find(reader: Reader, scope: Scope, photo: str) -> tuple[Stored, Placed]:
    """Return a photo and the row of the activity that it belongs to."""
    found = find_photo(reader, scope, photo)
    address = public_id_of(reader, scope.athlete_id, found.subject)
    if address is None:
        raise NotFound(what="photo", id=photo)
    for row in family_of(reader, resolve(reader, scope, address)).members:
        for placed in _shown(reader, scope, row):
            if placed.photo.id == found.id:
                return row, placed
    raise NotFound(what="photo", id=photo)


def _shown(reader: Reader, scope: Scope, row: Stored) -> list[Placed]:
    family = family_of(reader, row)
    own = [one for one in photos_of(reader, scope.athlete_id, family.keys) if _member(family, one) == row.id]
    if not own:
        return []
    viewers = privacy_mask(reader, replace(scope, role="viewer"))
    tracks = [
        one for leg in legs_of(reader, row) if (one := activity_recording(reader, leg, ("latitude", "longitude")))
    ]
    shown = [viewers.of(row.public_id).recording(track) for track in tracks]
    placed = [_placed(one, row, list(zip(tracks, shown, strict=True)), viewers) for one in own]
    return placed if scope.may("privacy: read") else [one for one in placed if not one.private]


def _member(family: Family, photo: StoredPhoto) -> int:
    """Return the part of an activity that a photo belongs to: the one at its time, else the one it was added to."""
    at_ms = photo.taken.at_ms(family.first.offset_s or 0, photo.clock_s)
    around = [one for one in family.members if at_ms is not None and _lasts(one, at_ms)]
    tied = family.parts.get(photo.subject, family.first.id)
    return int(around[0].id) if around and all(one.id != tied for one in around) else int(tied)


def _lasts(row: Stored, at_ms: int) -> bool:
    return bool(row.start_ms <= at_ms <= row.start_ms + 1000.0 * (row.elapsed_s or 0.0))


def _placed(photo: StoredPhoto, row: Stored, tracks: Sequence[Track], viewers: PrivacyMask) -> Placed:
    at_ms, taken = photo.taken.at_ms(row.offset_s or 0, photo.clock_s), photo.taken
    near = None if at_ms is None else _nearest([track for track, _ in tracks], at_ms)
    spot = near if taken.latitude is None or taken.longitude is None else Spot(taken.latitude, taken.longitude)
    return Placed(photo, at_ms, spot, _is_private(at_ms, spot, viewers, tracks))


def _is_private(at_ms: int | None, spot: Spot | None, viewers: PrivacyMask, tracks: Sequence[Track]) -> bool:
    """Return whether a photo may have been taken at a private place."""
    if not viewers.circles:
        return False
    if spot is None or viewers.hidden(np.array([spot.latitude]), np.array([spot.longitude])).any():
        return True
    cut = [(track, shown) for track, shown in tracks if shown is not track]
    if at_ms is None or not cut:
        return bool(cut)
    around = [one for one in tracks if one[0].time_ms[0] <= at_ms <= one[0].time_ms[-1]]
    return not around or any(not _shows(track, shown, at_ms) for track, shown in around)


def _shows(track: Recording, shown: Recording | None, at_ms: int) -> bool:
    """Return whether a moment lies in what viewers are shown of a track."""
    if shown is None or shown is track:
        return shown is track
    holes = (pause for pause in shown.pauses if pause not in track.pauses)
    within = shown.time_ms[0] <= at_ms <= shown.time_ms[-1]
    return bool(within) and not any(hole.start_ms < at_ms < hole.end_ms for hole in holes)


def _nearest(tracks: list[Recording], at_ms: int) -> Spot | None:
    """Return the place of the sample that is nearest in time, if it is near enough."""
    best: tuple[float, Spot] | None = None
    for track in tracks:
        latitude, longitude = track.values("latitude"), track.values("longitude")
        if latitude is None or longitude is None:
            continue
        known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
        if len(known) == 0:
            continue
        away_ms = np.abs(track.time_ms[known] - at_ms)
        at = int(np.argmin(away_ms))
        spot = Spot(float(latitude[known[at]]), float(longitude[known[at]]))
        if best is None or away_ms[at] < best[0]:
            best = float(away_ms[at]), spot
    return best[1] if best is not None and best[0] <= 1000.0 * NEAR_S else None


def _documents(reader: Reader, scope: Scope, row: Stored, every: Iterable[Placed]) -> list[Photo]:
    """Return photos of an activity (its row) as they are shown; viewers count from the start that they are shown."""
    everything = scope.may("privacy: read")
    rest = None if everything else redacted(reader, row, privacy_mask(reader, scope))
    start_ms = row.start_ms if rest is None or rest.start_ms is None else rest.start_ms
    return [_document(placed, start_ms, named=everything) for placed in every]


def _document(placed: Placed, start_ms: int, *, named: bool) -> Photo:
    photo, spot = placed.photo, placed.spot if placed.photo.pinned else None
    return {
        "id": photo.public_id,
        "name": photo.name if named else None,
        "caption": photo.caption,
        "width": photo.width,
        "height": photo.height,
        "at_s": None if placed.at_ms is None else (placed.at_ms - start_ms) / 1000.0,
        "latitude": None if spot is None else spot.latitude,
        "longitude": None if spot is None else spot.longitude,
        "pinned": photo.pinned,
        "clock": photo.taken.clock,
        "clock_s": photo.clock_s,
        "private": placed.private,
    }

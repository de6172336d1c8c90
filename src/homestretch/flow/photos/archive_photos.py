"""Photos of Strava's archive: its lists say of which activity they are, and what is written below them.

The files themselves have lost their time and place.
"""

from typing import NamedTuple

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.photos.copies import read_pictures, task_of
from homestretch.flow.photos.photos import photo_row
from homestretch.flow.runtime.context import Context, public_id
from homestretch.formats.strava_archive import KEY, captions_of, media_member, media_of
from homestretch.model.media.photos import LONGEST_CAPTION, MOST_PHOTOS
from homestretch.store.queries import photos as stored
from homestretch.store.scope import Scope


class _Place(NamedTuple):
    """Where a photo belongs: its file, the key of a recording, its place among others, its caption."""

    name: str
    subject: str
    position: int
    caption: str | None


def tie(context: Context, athlete_id: int, decoders: Decoders) -> int:
    """Tie photos that came with archives to their activities, and return how many; none is tied twice.

    What is no photo, or is in no list, stays an original. Photos count while their import does: undoing it hides them.
    """
    with context.database.read() as reader:
        loose = stored.loose_photos(reader, athlete_id)
        lists, captions = stored.lists_of_photos(reader, athlete_id) if loose else ([], [])
    if not lists:
        return 0
    places = _places(context, athlete_id, lists, captions)
    found = {digest: places[name] for path, digest in loose.items() if (name := media_member(path)) in places}
    tied = 0
    for task, pictures in read_pictures(decoders, [task_of(context, digest) for digest in found]):
        if pictures.trouble is not None:
            continue
        name, subject, position, caption = found[task.digest]
        made = photo_row(context, Scope(athlete_id), subject, task.digest, name, pictures)
        with context.database.write() as session:
            shown = {"public_id": public_id(), "position": position, "caption": caption}
            stored.add_photos(session, [made | shown])
        tied += 1
    return tied


def _places(context: Context, athlete_id: int, lists: list[str], captions: list[str]) -> dict[str | None, _Place]:
    """Return where the photos of all lists belong, by their names there; of several lists the last one counts."""
    of = {key: names for digest in lists for key, names in media_of(context.archive.read(digest)).items()}
    texts = {name: text for digest in captions for name, text in captions_of(context.archive.read(digest)).items()}
    with context.database.read() as reader:
        subjects = stored.recordings_listed(reader, athlete_id, KEY, of)
    return {
        name: _Place(name.rpartition("/")[2], subjects[key], at, texts.get(name, "")[:LONGEST_CAPTION] or None)
        for key, names in of.items()
        if key in subjects
        for at, name in enumerate(names[:MOST_PHOTOS])
    }

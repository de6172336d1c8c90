"""Photos of Strava's archive: tied by its list, once, and gone with the import."""

from collections.abc import Mapping

from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.imports import batches
from homestretch.flow.photos import archive_photos
from homestretch.flow.photos.photos import remove
from homestretch.flow.runtime.context import Context
from homestretch.formats.strava_archive import captions_of, media_of
from homestretch.store.queries.photos import StoredPhoto, family_of, photos_of
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from tests.flow.derive.test_archive_index import FILE, ride, run, zipped
from tests.formats.strava_csv import GERMAN, hike, listing
from tests.snapshots import photo
from tests.taking import take_in

LAKE, BOAT, PEAK, LOOSE = "media/A-1.jpg", "media/b2.png", "media/c3.jpg", "media/d4.jpg"
WORDS = b'Media Filename,Media Caption\nmedia/A-1.jpg,"The lake, early"\nmedia/c3.jpg,\n'


def archive(**others: bytes) -> dict[str, bytes]:
    """Return an archive with a ride, which has two photos, a hike, which has one, and a photo of neither."""
    rows = [
        ride(media=f"{LAKE}|{BOAT}", date="14.07.2025, 06:30:00"), hike(media=PEAK, date="17.11.2013, 16:00:00")
    ]  # fmt: skip
    files = {
        "activities.csv": listing(rows, GERMAN), "media.csv": WORDS, FILE: run(), LAKE: photo(colour="teal"),
        BOAT: photo(colour="red", form="PNG"), PEAK: photo(colour="blue"), LOOSE: photo(colour="pink"), **others,
    }  # fmt: skip
    return {"export_1.zip": zipped(files)}


def photos(context: Context, scope: Scope) -> Mapping[str, list[StoredPhoto]]:
    """Return the photos of each activity, by its name."""
    with context.database.read() as reader:
        rows = reader.rows(select(activities).where(activities.c.athlete_id == scope.athlete_id))
        return {row.name: photos_of(reader, scope.athlete_id, family_of(reader, row).keys) for row in rows}


def captioned(found: Mapping[str, list[StoredPhoto]]) -> dict[str, list[tuple[str, str | None]]]:
    return {name: [(one.name, one.caption) for one in some] for name, some in found.items()}


def test_photos_come_in_with_their_activities_and_go_with_the_import(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    items = take_in(context, scope, decoders, archive())
    assert archive_photos.tie(context, scope.athlete_id, decoders) == 3
    found = photos(context, scope)
    expected = {
        "Round the lake": [("A-1.jpg", "The lake, early"), ("b2.png", None)], "Summit Sunday": [("c3.jpg", None)]
    }  # fmt: skip
    assert captioned(found) == expected
    first = found["Round the lake"][0]
    assert (first.width, first.height, first.taken.latitude) == (640, 480, None)
    assert archive_photos.tie(context, scope.athlete_id, decoders) == 0
    batch = int(next(iter(items.values()))["batch"])
    batches.undo(context, scope, batch)
    with context.database.read() as reader:
        assert photos_of(reader, scope.athlete_id, [first.subject]) == []
    assert archive_photos.tie(context, scope.athlete_id, decoders) == 0
    batches.redo(context, scope, batch)
    rederive(context, scope.athlete_id, decoders)
    assert captioned(photos(context, scope)) == expected


def test_a_photo_that_was_removed_stays_so(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, archive())
    archive_photos.tie(sqlite_context, scope.athlete_id, decoders)
    remove(sqlite_context, scope, photos(sqlite_context, scope)["Summit Sunday"][0].public_id)
    take_in(sqlite_context, scope, decoders, archive(**{"clubs.csv": b"Club Name\nz\n"}))
    assert archive_photos.tie(sqlite_context, scope.athlete_id, decoders) == 0
    assert photos(sqlite_context, scope)["Summit Sunday"] == []


def test_photos_that_come_before_their_list_wait_for_it(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, {LAKE: photo(colour="teal")})
    assert archive_photos.tie(sqlite_context, scope.athlete_id, decoders) == 0
    list_of = {"activities.csv": listing([ride(media=LAKE)]), FILE: run()}
    take_in(sqlite_context, scope, decoders, list_of)
    assert archive_photos.tie(sqlite_context, scope.athlete_id, decoders) == 1
    assert captioned(photos(sqlite_context, scope)) == {"Round the lake": [("A-1.jpg", None)]}


def test_lists_are_read_by_what_stands_in_them() -> None:
    rows = [ride(media="media\\x.JPG | media/y.jpeg"), hike(), hike("7", media="see media/x.jpg, please")]
    assert media_of(listing(rows)) == {"154504250376823": ["media/x.JPG", "media/y.jpeg"]}
    assert captions_of("﻿Datei,Text\nmedia/x.JPG,Schön\nmedia/y.jpeg\n".encode()) == {"media/x.JPG": "Schön"}

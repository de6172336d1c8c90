"""Photos of activities over the API: added, placed, changed and removed; and what of them others see."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.photos.files import copy_path
from homestretch.formats.fit.encode import encode
from homestretch.model.media.photos import EDGES
from homestretch.store.tables.kept import accounts, arrivals, grants
from homestretch.store.tables.saved import photos
from tests.api.client import Client
from tests.api.test_places import HOME, SHOWN, run, settle
from tests.formats import golden
from tests.snapshots import photo


@pytest.fixture
def activity(solo: Client, decoders: Decoders) -> str:
    """A run of Anna's, of 1600 s, that begins at home."""
    solo.upload(decoders, run_fit=encode(run()))
    settle(solo, decoders)
    return str(solo.get("/api/activities").json()["items"][0]["id"])


def add(client: Client, activity: str, data: bytes, name: str = "IMG 1.jpg") -> dict[str, Any]:
    answer = client.post(f"/api/activities/{activity}/photos", params={"name": name}, content=data)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def listed(client: Client, activity: str) -> list[dict[str, Any]]:
    return list(client.get(f"/api/activities/{activity}/photos").json()["items"])


def at(second: float) -> int:
    return golden.START_MS + round(1000 * second)


def viewer(solo: Client) -> Client:
    """Return an account that may only see Anna's data, signed in."""
    client = solo.other("vera")
    with solo.served.database.write() as session:
        number = session.scalar(select(accounts.c.id).where(accounts.c.username == "vera"))
        athlete = int(solo.get("/api/session").json()["athletes"][0]["id"])
        session.run(insert(grants).values(account_id=number, athlete_id=athlete, role="viewer"))
    client.params = client.params.set("athlete", athlete)
    return client


def test_a_photo_is_placed_where_the_activity_was_then(solo: Client, activity: str) -> None:
    satellites = add(solo, activity, photo(at_ms=at(500)), "../../x/IMG 1.jpg")
    assert satellites["at_s"] == 500.0 and satellites["name"] == "IMG 1.jpg" and satellites["clock"] == "satellites"
    spot = golden.run(1600).values("latitude")
    assert spot is not None and satellites["latitude"] == pytest.approx(spot[500], abs=1e-4)
    own = add(solo, activity, photo(at_ms=at(600), spot=(48.0, 8.0)))
    assert (own["latitude"], own["longitude"]) == (pytest.approx(48.0), pytest.approx(8.0))
    nowhere = add(solo, activity, photo((30, 20)))
    assert nowhere["at_s"] is None and nowhere["latitude"] is None
    late = add(solo, activity, photo(at_ms=at(1600 + 400)))
    assert late["latitude"] is None and add(solo, activity, photo(at_ms=at(1600 + 290)))["latitude"] is not None
    assert [one["id"] for one in listed(solo, activity)][:2] == [satellites["id"], own["id"]]


def test_a_cameras_clock_that_was_wrong_is_set_right_and_back(solo: Client, activity: str) -> None:
    local = solo.get(f"/api/activities/{activity}").json()["start_local"]
    taken = local[:19].replace("-", ":").replace("T", " ")
    one = add(solo, activity, photo(local=taken))
    other = add(solo, activity, photo(at_ms=at(30)))
    assert one["at_s"] == pytest.approx(0, abs=1) and one["clock"] == "camera"
    clock = f"/api/activities/{activity}/photos/clock"
    for seconds in (3600, 300, 0):
        solo.put(clock, json={"photos": [one["id"], other["id"]], "clock_s": seconds}).raise_for_status()
        first, second = listed(solo, activity)
        assert first["at_s"] == pytest.approx(one["at_s"] + seconds) and second["at_s"] == 30.0
    assert solo.put(clock, json={"photos": ["x"], "clock_s": 1}).status_code == 404
    assert solo.put(clock, json={"photos": [one["id"]], "clock_s": 10**9}).status_code == 422


def test_a_photo_is_changed_put_in_order_removed_and_restored(solo: Client, activity: str) -> None:
    a, b, c = (add(solo, activity, photo((width, 20)))["id"] for width in (30, 31, 32))
    changed = solo.patch(f"/api/photos/{b}", json={"caption": "  The   top ", "pinned": False}).json()
    assert (changed["caption"], changed["pinned"]) == ("The top", False)
    assert solo.patch(f"/api/photos/{b}", json={"pinned": True}).json()["caption"] == "The top"
    ordered = solo.put(f"/api/activities/{activity}/photos/order", json={"photos": [c, a]}).json()
    assert [one["id"] for one in ordered["items"]] == [c, a, b]
    assert solo.delete(f"/api/photos/{a}").status_code == 204
    assert [one["id"] for one in listed(solo, activity)] == [c, b]
    assert solo.get(f"/api/photos/{a}/pictures/320").status_code == 404
    solo.post(f"/api/photos/{a}/restore").raise_for_status()
    assert [one["id"] for one in listed(solo, activity)] == [c, a, b]
    # The same photo again is the one that is there, and one that was removed comes back.
    assert add(solo, activity, photo((30, 20)))["id"] == a
    solo.delete(f"/api/photos/{a}")
    assert add(solo, activity, photo((30, 20)))["id"] == a and len(listed(solo, activity)) == 3


def test_pictures_are_kept_by_browsers_and_made_again(solo: Client, activity: str) -> None:
    data = photo((800, 600), at_ms=at(5), spot=(48.0, 8.0))
    one = add(solo, activity, data)["id"]
    other = add(solo, activity, photo((801, 600)))["id"]
    answer = solo.get(f"/api/photos/{one}/pictures/320")
    assert answer.headers["content-type"] == "image/webp" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    tag = {"If-None-Match": answer.headers["etag"]}
    assert solo.get(f"/api/photos/{one}/pictures/320", headers=tag).status_code == 304
    assert solo.get(f"/api/photos/{one}/pictures/321").status_code == 422
    original = solo.get(f"/api/photos/{one}/original")
    assert original.content == data and original.headers["content-type"] == "image/jpeg"
    assert original.headers["content-disposition"].startswith("attachment;")
    with solo.served.database.read() as reader:
        digests = [row.digest for row in reader.rows(select(photos.c.digest).order_by(photos.c.id))]
    paths = [copy_path(solo.served.settings, digest, edge) for digest in digests for edge in EDGES]
    for path in paths:
        path.unlink()
    assert solo.get(f"/api/photos/{one}/pictures/320").content == answer.content
    assert all(path.exists() for path in paths), "a page asks for all of them"
    solo.served.context.archive.remove(digests[1])
    paths[3].unlink()
    lost = solo.get(f"/api/photos/{other}/pictures/320")
    assert lost.status_code == 410 and "homestretch verify" in lost.json()["detail"]


def test_what_is_no_photo_is_refused_in_a_sentence(
    solo: Client, activity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data, words in (
        (b"<svg onload='alert(1)'/>", "evil.jpg is not a photo"),
        (photo()[:2000], "evil.jpg can't be read"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "evil.jpg is a HEIC photo"),
    ):
        answer = solo.post(f"/api/activities/{activity}/photos", params={"name": "evil.jpg"}, content=data)
        assert answer.status_code == 422 and words in answer.json()["detail"]
    large = solo.post(f"/api/activities/{activity}/photos", content=bytes(25_000_001))
    assert large.status_code == 413 and "25 MB" in large.json()["detail"]
    assert listed(solo, activity) == []
    monkeypatch.setattr("homestretch.flow.photos.photos.MOST_PHOTOS", 1)
    add(solo, activity, photo((30, 20)))
    many = solo.post(f"/api/activities/{activity}/photos", content=photo((31, 20)))
    assert many.status_code == 409 and "at most 1 photos" in many.json()["detail"]


def test_viewers_see_no_photo_of_a_private_place(solo: Client, activity: str) -> None:
    shown = (SHOWN[0] + SHOWN[1]) / 2
    there, home = add(solo, activity, photo(at_ms=at(shown))), add(solo, activity, photo(at_ms=at(20)))
    away = add(solo, activity, photo((30, 20), at_ms=at(shown), spot=HOME[:2]))
    nowhere = add(solo, activity, photo((31, 20)))
    vera = viewer(solo)
    assert len(listed(vera, activity)) == 4 and not any(one["private"] for one in listed(solo, activity))
    solo.post("/api/privacy", json={"latitude": HOME[0], "longitude": HOME[1], "radius_m": HOME[2]}).raise_for_status()
    assert [one["private"] for one in listed(solo, activity)] == [False, True, True, True]
    (seen,) = listed(vera, activity)
    assert seen["id"] == there["id"] and seen["name"] is None and seen["at_s"] < there["at_s"]
    assert vera.get(f"/api/photos/{there['id']}/pictures/320").status_code == 200
    for one in (home, away, nowhere):
        assert vera.get(f"/api/photos/{one['id']}/pictures/320").status_code == 404
    assert vera.get(f"/api/photos/{there['id']}/original").status_code == 403
    assert vera.delete(f"/api/photos/{there['id']}").status_code == 403
    assert vera.post(f"/api/activities/{activity}/photos", content=photo()).status_code == 403
    solo.delete(f"/api/activities/{activity}")
    assert vera.get(f"/api/photos/{there['id']}/pictures/320").status_code == 404


def test_photos_stay_with_what_is_split_merged_and_derived_again(
    solo: Client, activity: str, decoders: Decoders
) -> None:
    early, late, never = (
        add(solo, activity, data)["id"] for data in (photo(at_ms=at(100)), photo(at_ms=at(900)), photo((30, 20)))
    )
    cut = {"correction": "split", "values": {"at": 800, "sport": "running", "rest_sport": "running"}}
    solo.post(f"/api/activities/{activity}/corrections", json=cut).raise_for_status()
    part = next(one["id"] for one in solo.get("/api/activities").json()["items"] if one["id"] != activity)
    assert [one["id"] for one in listed(solo, activity)] == [early, never]
    assert [(one["id"], one["at_s"]) for one in listed(solo, part)] == [(late, pytest.approx(100, abs=1.5))]
    own = add(solo, part, photo((40, 20)))["id"]
    assert [one["id"] for one in listed(solo, part)] == [late, own]
    clear(solo.served.context)
    rederive(solo.served.context, 1, decoders)
    assert [one["id"] for one in listed(solo, part)] == [late, own]
    assert solo.get(f"/api/photos/{late}/pictures/320").status_code == 200
    edit = solo.get(f"/api/activities/{activity}").json()["edits"][-1]["id"]
    solo.post(f"/api/edits/{edit}/undo").raise_for_status()
    assert [one["id"] for one in listed(solo, activity)] == [early, late, never, own]
    solo.upload(decoders, next_fit=encode(run(1)))
    next_day = next(one["id"] for one in solo.get("/api/activities").json()["items"] if one["id"] != activity)
    theirs = add(solo, next_day, photo((50, 20)))["id"]
    both = solo.post("/api/activities/merge", json={"activities": [activity, next_day]})
    assert both.status_code in (200, 201), both.text
    joined = solo.get("/api/activities").json()["items"][0]["id"]
    assert {one["id"] for one in listed(solo, joined)} == {early, late, never, own, theirs}


def test_an_activity_that_is_deleted_for_good_takes_its_photos_with_it(solo: Client, activity: str) -> None:
    data = photo(at_ms=at(100))
    add(solo, activity, data)
    context = solo.served.context
    with context.database.read() as reader:
        digest = str(reader.scalar(select(photos.c.digest)))
    assert context.archive.has(digest) and copy_path(context.settings, digest, 320).exists()
    answer = solo.delete(f"/api/activities/{activity}", params={"for_good": True})
    assert answer.status_code in (200, 204), answer.text
    assert not context.archive.has(digest) and not copy_path(context.settings, digest, 320).exists()
    with context.database.read() as reader:
        assert reader.scalar(select(photos.c.id)) is None
        assert all(row.purged_ms for row in reader.rows(select(arrivals.c.purged_ms)))

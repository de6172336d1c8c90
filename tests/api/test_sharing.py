"""Links by which activities are shared: who makes and changes them, who opens them, and when they lead nowhere."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import delete, insert, select, update

from homestretch.api import links
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import reseal
from homestretch.formats.fit.encode import encode
from homestretch.store.tables.kept import accounts, arrivals, grants
from homestretch.store.tables.saved import share_opens, shares
from homestretch.views.sharing.sheet import SIZES
from tests.api.client import PASSWORD, Client
from tests.api.test_places import CAFE, HOME, inside, run, told
from tests.formats import golden

MONTH = "2026-05-01..2026-05-31"
SUMS = ("distance_m", "moving_s", "ascent_m")


@pytest.fixture(autouse=True)
def _nothing_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_opened", type(links._opened)())


@pytest.fixture
def activity(solo: Client, decoders: Decoders) -> str:
    """An activity of Anna's, on a server where links are on."""
    solo.upload(decoders, run_fit=encode(run()))
    solo.patch("/api/settings", json={"links": "on"}).raise_for_status()
    return str(solo.get("/api/activities").json()["items"][0]["id"])


@pytest.fixture
def stranger(solo: Client) -> Iterator[Client]:
    """Whoever has a link: without an account, and without cookies."""
    with Client(solo.served) as client:
        yield client


def share(solo: Client, activity: str, *hidden: str, **more: Any) -> dict[str, Any]:
    made = solo.post(f"/api/sharing/activity/{activity}/shares", json={"hidden": list(hidden), **more})
    assert made.status_code == 201, made.text
    return dict(made.json())


def share_of(solo: Client, what: str, subject: str) -> dict[str, Any]:
    """Return a link to a planned route or a range of days that hides nothing."""
    made = solo.post(f"/api/sharing/{what}/{subject}/shares", json={"hidden": []})
    assert made.status_code == 201, made.text
    return dict(made.json())


def along(route: dict[str, Any]) -> list[tuple[float, float]]:
    """Return where a shared route leads."""
    return list(zip(route["profile"]["latitude"], route["profile"]["longitude"], strict=True))


def at(link: dict[str, Any]) -> str:
    """Return where the API answers what a link shows."""
    return str(link["path"]).replace("/s/", "/api/shared/")


def test_a_stranger_is_shown_what_the_preview_shows(solo: Client, activity: str, stranger: Client) -> None:
    hide = ["heart_rate", "start"]
    link = share(solo, activity, *hide)
    found = stranger.get(at(link))
    assert found.json() == solo.get(f"/api/sharing/activity/{activity}/preview", params={"hide": hide}).json()
    assert found.json()["avg_hr_bpm"] is None and found.json()["avg_power_w"] is not None
    assert found.headers["cache-control"] == "no-store" and found.headers["x-robots-tag"] == "noindex, nofollow"
    assert found.headers["referrer-policy"] == "no-referrer" and "set-cookie" not in found.headers
    (item,) = solo.get(f"/api/sharing/activity/{activity}/shares").json()["items"]
    assert (item["opens"], item["hidden"], item["subject"]) == (1, ["start", "heart_rate"], activity)
    assert solo.get("/api/shares").json()["items"] == [item]
    # Nothing else is open to who has a link.
    assert stranger.get(f"/api/activities/{activity}").status_code == 401


def test_every_way_in_which_a_link_ends_looks_alike(
    solo: Client, activity: str, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = share(solo, activity, days=1)
    where, own = at(link), f"/api/shares/{link['id']}"
    unknown = stranger.get("/api/shared/AAAAAAAAAAAAAAAAAAAAAA")
    assert unknown.status_code == 404

    def gone() -> bool:
        answer = stranger.get(where)
        return (answer.status_code, answer.content) == (404, unknown.content)

    def back() -> bool:
        return stranger.get(where).status_code == 200

    assert back()
    assert solo.delete(own).status_code == 204 and gone()
    assert solo.post(f"{own}/restore").status_code == 200 and back()
    solo.patch("/api/settings", json={"links": "off"})
    assert gone() and solo.post(f"/api/sharing/activity/{activity}/shares", json={"hidden": []}).status_code == 409
    solo.patch("/api/settings", json={"links": "on"})
    solo.delete(f"/api/activities/{activity}")
    assert gone()
    solo.post(f"/api/activities/{activity}/restore")
    solo.patch(f"/api/activities/{activity}", json={"hidden": True})
    assert gone()
    solo.patch(f"/api/activities/{activity}", json={"hidden": False})
    assert back()
    database = solo.served.database
    with database.write() as session:
        session.run(update(arrivals).values(terms="share blend"))
    assert gone() and solo.post(f"/api/sharing/activity/{activity}/shares", json={"hidden": []}).status_code == 403
    with database.write() as session:
        session.run(update(arrivals).values(terms=None))
        session.run(update(grants).values(role="editor"))
    assert gone()
    with database.write() as session:
        session.run(update(grants).values(role="owner"))
        session.run(update(shares).values(until_ms=solo.served.context.clock() - 1))
    assert gone()
    assert solo.patch(own, json={"days": 3}).status_code == 200 and back()
    assert solo.patch(own, json={"days": None}).json()["until"] is None and back()
    with database.write() as session:
        session.run(delete(grants))
        session.run(delete(accounts))
        assert session.rows(select(shares)) == [] and session.rows(select(share_opens)) == []
    assert gone()


def test_what_it_hides_is_changed_at_once(solo: Client, activity: str, stranger: Client) -> None:
    link = share(solo, activity)
    assert stranger.get(at(link)).json()["track"]
    solo.patch(f"/api/shares/{link['id']}", json={"hidden": ["map"]})
    assert stranger.get(at(link)).json()["track"] is None
    assert solo.put("/api/shares/defaults", json={"hidden": ["map", "power"]}).json()["hidden"] == ["map", "power"]
    assert solo.get(f"/api/sharing/activity/{activity}/shares").json()["hidden"] == ["map", "power"]


def test_private_places_are_veiled_whatever_is_shown(solo: Client, activity: str, stranger: Client) -> None:
    link = share(solo, activity)
    whole = stranger.get(at(link)).json()
    assert inside(told(whole["track"])) and inside(told(whole["streams"]["channels"]))
    for latitude, longitude, radius in (HOME, CAFE):
        place = {"name": "Private", "latitude": latitude, "longitude": longitude, "radius_m": radius}
        assert solo.post("/api/privacy", json=place).status_code == 201
    veiled = stranger.get(at(link)).json()
    assert not inside(told(veiled["track"])) and not inside(told(veiled["streams"]["channels"]))
    assert told(veiled["track"]) and veiled["distance_m"] < whole["distance_m"] - 500
    assert veiled["start_local"] > whole["start_local"] and veiled["laps"] == []
    metres = veiled["streams"]["distance_m"]
    assert metres[0] == 0.0 and max(one for one in metres if one is not None) < whole["distance_m"] - 500
    # Without the map too.
    solo.patch(f"/api/shares/{link['id']}", json={"hidden": ["map"]})
    assert stranger.get(at(link)).json()["distance_m"] == pytest.approx(veiled["distance_m"], abs=1)


def test_private_places_are_cut_out_of_routes_and_ranges(solo: Client, activity: str, stranger: Client) -> None:
    planned = solo.post("/api/coach/routes", json={"activity": activity}).json()["id"]
    route, month = (share_of(solo, what, one) for what, one in (("route", planned), ("range", MONTH)))
    gpx = f"{at(route)}/route.gpx"
    before, summed = stranger.get(at(route)).json(), stranger.get(at(month)).json()
    assert inside(along(before)) and inside(told(summed["items"][0]["track"]))
    for latitude, longitude, radius in (HOME, CAFE):
        place = {"name": "Private", "latitude": latitude, "longitude": longitude, "radius_m": radius}
        solo.post("/api/privacy", json=place).raise_for_status()
    found, veiled = stranger.get(at(route)).json(), stranger.get(at(month)).json()
    assert along(found) and not inside(along(found))
    assert found["length_m"] < before["length_m"] - 500
    assert sum(part["length_m"] for part in found["sections"]) == pytest.approx(found["length_m"], abs=2)
    written = stranger.post(gpx, json={})
    assert written.status_code == 200 and written.headers["cache-control"] == "no-store"
    points = [(float(y), float(x)) for y, x in re.findall(r'lat="([^"]+)" lon="([^"]+)"', written.text)]
    assert points and not inside(points)
    (item,) = veiled["items"]
    assert told(item["track"]) and not inside(told(item["track"]))
    assert item["distance_m"] < summed["items"][0]["distance_m"] - 500
    assert veiled["sums"] == [{"sport": "running", "count": 1, **{key: item[key] for key in SUMS}}]
    solo.patch(f"/api/shares/{route['id']}", json={"hidden": ["map"]})
    assert stranger.post(gpx, json={}).status_code == 404
    solo.delete(f"/api/coach/routes/{planned}")
    assert stranger.get(at(route)).status_code == 404
    assert next(one for one in solo.get("/api/shares").json()["items"] if one["kind"] == "route")["gone"]


def test_a_range_has_what_may_be_shown_now(solo: Client, activity: str, stranger: Client) -> None:
    link = share_of(solo, "range", MONTH)

    def count() -> int:
        return len(stranger.get(at(link)).json()["items"])

    assert count() == 1
    assert stranger.get(at(share_of(solo, "range", "2026-05-04..2026-05-31"))).json()["items"] == []
    solo.patch(f"/api/activities/{activity}", json={"hidden": True})
    assert count() == 0
    solo.patch(f"/api/activities/{activity}", json={"hidden": False})
    solo.delete(f"/api/activities/{activity}")
    assert count() == 0
    solo.post(f"/api/activities/{activity}/restore")
    with solo.served.database.write() as session:
        session.run(update(arrivals).values(terms="share blend"))
    assert count() == 0
    for days in ("2026-05-31..2026-05-01", "2026-05-01..2027-06-01", "2026-05-01", "x..y"):
        assert solo.get(f"/api/sharing/range/{days}/preview").status_code == 400, days
    (item,) = solo.get(f"/api/sharing/range/{MONTH}/shares").json()["items"]
    assert (item["kind"], item["subject"], item["gone"], item["opens"]) == ("range", MONTH, False, 4)
    assert stranger.get(f"{at(link)}/picture").status_code == 404
    assert solo.post(f"/api/sharing/route/{activity}/shares", json={"hidden": []}).status_code == 404


def test_a_password_is_asked_for_and_wrong_ones_wait(solo: Client, activity: str, stranger: Client) -> None:
    weak = {"hidden": [], "password": "short"}
    assert solo.post(f"/api/sharing/activity/{activity}/shares", json=weak).status_code == 400
    where = at(share(solo, activity, password="river stone lamp"))
    asked = stranger.get(where)
    assert (asked.status_code, asked.json()["code"]) == (403, "password-needed")
    right = stranger.post(where, json={"password": "river stone lamp"})
    assert right.status_code == 200 and right.json()["distance_m"]
    (item,) = solo.get("/api/shares").json()["items"]
    assert item["password"] and item["opens"] == 1
    wrong = [stranger.post(where, json={"password": f"wrong {n}"}).json()["code"] for n in range(6)]
    assert wrong[0] == "wrong-share-password" and wrong[-1] == "too-many-tries"
    assert stranger.post(where, json={"password": "river stone lamp"}).status_code == 429


def test_a_password_is_set_changed_and_removed(solo: Client, activity: str, stranger: Client) -> None:
    link = share(solo, activity, "heart_rate", days=7)
    own, where = f"/api/shares/{link['id']}", at(link)
    assert solo.patch(own, json={"password": "short"}).status_code == 400 and stranger.get(where).status_code == 200
    changed = solo.patch(own, json={"password": "river stone lamp"}).json()
    assert changed["password"] and (changed["until"], changed["hidden"]) == (link["until"], link["hidden"])
    assert stranger.get(where).json()["code"] == "password-needed"
    solo.patch(own, json={"password": "harbour wind lake"}).raise_for_status()
    assert stranger.post(where, json={"password": "river stone lamp"}).status_code == 403
    assert stranger.post(where, json={"password": "harbour wind lake"}).status_code == 200
    assert solo.patch(own, json={"hidden": ["map"]}).json()["password"]
    assert not solo.patch(own, json={"password": None}).json()["password"] and stranger.get(where).status_code == 200


def test_one_address_opens_sixty_a_minute(solo: Client, activity: str, stranger: Client) -> None:
    where = at(share(solo, activity))
    codes = [stranger.get(where).status_code for _ in range(links.MOST + 1)]
    assert codes == [200] * links.MOST + [429]
    assert int(stranger.get(where).headers["retry-after"]) in range(1, 62)


def test_tokens_are_in_no_log_and_not_in_the_database(
    solo: Client, activity: str, stranger: Client, caplog: pytest.LogCaptureFixture
) -> None:
    link = share(solo, activity)
    token = link["path"].removeprefix("/s/")
    assert len(token) == 22
    with caplog.at_level(logging.INFO):
        for path in (f"/s/{token}", f"/api/shared/{token}", "/api/shared/unknown-token"):
            stranger.get(path)
    own = [vars(record) for record in caplog.records if record.name.startswith("homestretch")]  # not the client's
    paths = [record["path"] for record in own if record["name"] == "homestretch.request"]
    assert paths == ["/s/…", "/api/shared/…", "/api/shared/…"]
    assert token not in str(own)
    with solo.served.database.read() as reader:
        (row,) = reader.rows(select(shares))
    assert token not in str(row._asdict())


def test_a_link_can_be_copied_until_its_key_is_lost(solo: Client, activity: str, stranger: Client) -> None:
    """It opens by the hash of its token all the same."""
    link = share(solo, activity)
    context: Context = solo.served.context
    reseal(context)
    assert solo.get("/api/shares").json()["items"][0]["path"] == link["path"]
    (context.settings.data_dir / "secret.key").unlink()
    assert solo.get("/api/shares").json()["items"][0]["path"] is None
    assert stranger.get(at(link)).status_code == 200
    reseal(context)
    assert solo.get("/api/shares").json()["items"][0]["path"] is None


def test_the_page_says_elsewhere_what_the_link_shows_and_no_more(
    solo: Client, activity: str, stranger: Client, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("<html><head></head></html>")
    monkeypatch.setattr("homestretch.api.server.STATIC", tmp_path)
    solo.patch(f"/api/activities/{activity}", json={"name": 'Along the <river> "Aura"'})
    shown, hidden = share(solo, activity), share(solo, activity, "speed")
    page = stranger.get(shown["path"])
    assert 'og:title" content="Along the &lt;river&gt; &quot;Aura&quot;"' in page.text
    assert "4.8 km · 0:27 h · 2026-05-03" in page.text
    assert f'og:image" content="http://127.0.0.1:8080{at(shown)}/picture"' in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow" and page.headers["cache-control"] == "no-store"
    assert "4.8 km · 2026-05-03" in stranger.get(hidden["path"]).text
    secret = share(solo, activity, password="river stone lamp")
    assert "og:title" not in stranger.get(secret["path"]).text
    solo.delete(f"/api/shares/{shown['id']}")
    ended = stranger.get(shown["path"])
    assert ended.status_code == 404 and "og:" not in ended.text
    assert [one["opens"] for one in solo.get("/api/shares").json()["items"]] == [0, 0, 0]


def test_only_an_owner_in_person_shares(solo: Client, activity: str) -> None:
    link = share(solo, activity)
    body: dict[str, list[str]] = {"hidden": []}
    token = solo.post("/api/tokens", json={"name": "x", "scope": "write"}).json()["token"]
    with Client(solo.served, headers={"Authorization": f"Bearer {token}"}) as by_token:
        assert by_token.post(f"/api/sharing/activity/{activity}/shares", json=body).status_code == 403
    athlete = int(solo.get("/api/session").json()["athletes"][0]["id"])
    with solo.other("ed") as ed, solo.served.database.write() as session:
        who = session.scalar(select(accounts.c.id).where(accounts.c.username == "ed"))
        session.run(insert(grants), {"account_id": who, "athlete_id": athlete, "role": "editor"})
    with Client(solo.served) as ed:
        ed.post("/api/session", json={"username": "ed", "password": PASSWORD}).raise_for_status()
        here = {"athlete": str(athlete)}
        assert ed.post(f"/api/sharing/activity/{activity}/shares", json=body, params=here).status_code == 403
        assert ed.get("/api/shares", params=here).status_code == 403
        assert ed.delete(f"/api/shares/{link['id']}", params=here).status_code == 403


def test_what_has_no_samples_or_several_sports(solo: Client, decoders: Decoders, activity: str) -> None:
    yoga = {"sport": "yoga", "start_local": "2026-03-01T07:30", "elapsed_s": 3600}
    entered = solo.post("/api/activities", json=yoga).json()["id"]
    solo.upload(decoders, tri_fit=encode(*golden.multisport()))
    found = solo.get(f"/api/sharing/activity/{entered}/preview").json()
    assert found["elapsed_s"] == 3600 and found["streams"] is None and found["track"] is None
    assert solo.get(f"/api/sharing/activity/{entered}/preview", params={"hide": "speed"}).json()["elapsed_s"] is None
    whole = next(one for one in solo.get("/api/activities").json()["items"] if one["legs"])
    refused = solo.get(f"/api/sharing/activity/{whole['id']}/preview")
    assert refused.status_code == 409 and "leg by leg" in refused.json()["detail"]
    assert solo.get(f"/api/sharing/activity/{whole['legs'][0]}/preview").status_code == 200


def test_a_picture_shows_what_the_link_shows(solo: Client, activity: str, stranger: Client) -> None:
    own = f"/api/activities/{activity}/shared/picture"
    link = share(solo, activity, "heart_rate")
    found = stranger.get(f"{at(link)}/picture")
    assert found.content == solo.get(own, params={"hide": ["heart_rate"]}).content
    assert found.headers["content-type"] == "image/png" and found.headers["cache-control"] == "no-store"
    assert found.headers["x-robots-tag"] == "noindex, nofollow"
    assert found.content != solo.get(own, params={"hide": ["heart_rate", "map"]}).content
    for shape, size in SIZES.items():
        made = Image.open(io.BytesIO(solo.get(own, params={"shape": shape}).content))
        assert made.size == size and not made.info and not made.getexif(), shape
    solo.patch("/api/account", json={"preferences": {"units": "imperial"}}).raise_for_status()
    assert stranger.get(f"{at(link)}/picture").content != found.content, "in the units of who made the link"
    assert solo.get("/api/shares").json()["items"][0]["opens"] == 0, "a card is no visit"
    secret = share(solo, activity, password="river stone lamp")
    assert stranger.get(f"{at(secret)}/picture").json()["code"] == "password-needed"
    solo.delete(f"/api/shares/{link['id']}")
    ended = stranger.get(f"{at(link)}/picture")
    assert ended.status_code == 404 and ended.content == stranger.get("/api/shared/AAAAAAAAAAAAAAAAAAAAAA").content

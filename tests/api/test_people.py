"""Who sees an athlete: invited, changed, removed, left; athletes that are added, removed and restored."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.people.athletes import due_for_deletion
from homestretch.flow.people.deletion import take_away
from homestretch.flow.people.members import give
from homestretch.model.moment import DAY_MS
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import grants
from tests.api.client import PASSWORD, Client
from tests.flow.maintenance.conftest import read_backup

NEW = {"username": "ben", "password": "quite long enough"}


@pytest.fixture
def guest(anna: Client) -> Iterator[Client]:
    """Somebody with a browser and no account."""
    with Client(anna.served) as client:
        yield client


def invite(anna: Client, role: str = "viewer", **more: Any) -> str:
    """Return the token of an invitation to Anna's athlete."""
    made = anna.post("/api/people/invitations", json={"name": "Ben", "role": role, **more})
    assert made.status_code == 201, made.text
    path, _, token = str(made.json()["path"]).partition("#")
    assert path == "/join" and len(token) > 40
    return token


def members(anna: Client) -> dict[str, str]:
    """Return who sees Anna's athlete, as what."""
    return {one["username"]: one["role"] for one in anna.get("/api/people").json()["members"]}


def later(client: Client, days: float) -> None:
    """Let days go by on the server."""
    now = client.served.context.clock() + int(days * DAY_MS)
    client.served.context = replace(client.served.context, clock=lambda: now)


def test_somebody_new_joins_by_an_invitation(anna: Client, guest: Client) -> None:
    token = invite(anna, "coach")
    shown = guest.post("/api/invitations/look", json={"token": token})
    assert shown.status_code == 200
    assert {key: shown.json()[key] for key in ("by", "athlete", "role", "passwords")} == {
        "by": "anna", "athlete": "anna", "role": "coach", "passwords": True
    }  # fmt: skip
    assert anna.get("/api/people").json()["invitations"][0] == {
        **anna.get("/api/people").json()["invitations"][0], "name": "Ben", "by": "anna", "role": "coach", "path": None
    }  # fmt: skip
    joined = guest.post("/api/session/invitation", json={"token": token, **NEW})
    assert joined.status_code == 200 and joined.json()["state"] == "signed_in"
    assert [(one["name"], one["role"]) for one in joined.json()["athletes"]] == [("anna", "coach")]
    assert members(anna) == {"anna": "owner", "ben": "coach"}
    assert anna.get("/api/people").json()["invitations"] == []
    assert guest.get("/api/health/overview").status_code == 200
    assert guest.get("/api/people").status_code == 403


def test_an_invitation_is_accepted_once(anna: Client, guest: Client) -> None:
    token = invite(anna)
    guest.post("/api/session/invitation", json={"token": token, **NEW}).raise_for_status()
    again = {"token": token, "username": "eve", "password": PASSWORD}
    with Client(anna.served) as other:
        assert other.post("/api/session/invitation", json=again).status_code == 404
        assert other.post("/api/invitations/look", json={"token": token}).status_code == 404
    with anna.other("carl") as carl:
        assert carl.post("/api/invitations/accept", json={"token": token}).status_code == 404


def test_an_account_accepts_and_is_never_lowered(anna: Client) -> None:
    with anna.other("ben") as ben:
        answer = ben.post("/api/invitations/accept", json={"token": invite(anna, "editor")})
        assert answer.status_code == 200 and answer.json()["athlete"]["role"] == "editor"
        token = invite(anna, "viewer")
        assert ben.post("/api/invitations/accept", json={"token": token}).status_code == 409
        assert members(anna)["ben"] == "editor"
        assert ben.post("/api/invitations/look", json={"token": token}).status_code == 200, "it is not used up"
        assert ben.post("/api/invitations/accept", json={"token": invite(anna, "owner")}).status_code == 200
    assert members(anna) == {"anna": "owner", "ben": "owner"}


@pytest.mark.parametrize("ending", ["revoked", "over", "demoted", "removed"])
def test_an_invitation_ends(anna: Client, guest: Client, ending: str) -> None:
    token = invite(anna, days=2)
    if ending == "revoked":
        shown = anna.get("/api/people").json()["invitations"][0]["id"]
        assert anna.delete(f"/api/people/invitations/{shown}").status_code == 204
    if ending == "over":
        later(anna, 2.1)
    if ending == "demoted":
        with anna.other("ben") as ben:
            ben.post("/api/invitations/accept", json={"token": invite(anna, "owner")}).raise_for_status()
            me = anna.get("/api/session").json()["account"]["id"]
            where = {"athlete": anna.get("/api/session").json()["athletes"][0]["id"]}
            assert ben.put(f"/api/people/{me}", params=where, json={"role": "viewer"}).status_code == 204
    if ending == "removed":
        assert anna.post("/api/athlete/remove", json={"name": "anna"}).status_code == 204
    for path, body in (("invitations/look", {}), ("session/invitation", NEW)):
        answer = guest.post(f"/api/{path}", json={"token": token, **body})
        assert answer.status_code == 404 and answer.json()["code"] == "no-invitation"


def test_somebody_helps_for_an_hour(anna: Client, guest: Client) -> None:
    token = invite(anna, "editor", hours=1)
    assert guest.post("/api/invitations/look", json={"token": token}).json()["hours"] == 1
    joined = guest.post("/api/session/invitation", json={"token": token, **NEW}).json()
    assert [one["role"] for one in joined["athletes"]] == ["editor"]
    (ben,) = (one for one in anna.get("/api/people").json()["members"] if one["username"] == "ben")
    assert ben["until"] is not None and ben["role"] == "editor"
    assert guest.get("/api/activities").status_code == 200
    assert guest.put(f"/api/people/{ben['id']}", json={"role": "owner"}).status_code == 403
    later(anna, 1 / 24)
    assert guest.get("/api/activities").status_code == 404
    assert guest.get("/api/session").json()["athletes"] == []
    assert [one["username"] for one in anna.get("/api/people").json()["members"]] == ["anna"]


def test_wrong_tokens_have_to_wait(solo: Client) -> None:
    with Client(solo.served) as guest:
        answers = [guest.post("/api/invitations/look", json={"token": f"wrong {at}"}).status_code for at in range(30)]
    assert set(answers) == {404, 429}


def test_there_is_always_an_owner(anna: Client) -> None:
    me = anna.get("/api/session").json()["account"]["id"]
    assert anna.delete(f"/api/people/{me}").status_code == 409
    assert anna.put(f"/api/people/{me}", json={"role": "editor"}).status_code == 409
    assert anna.put("/api/people/999", json={"role": "editor"}).status_code == 404
    with anna.other("ben") as ben:
        ben.post("/api/invitations/accept", json={"token": invite(anna, "owner")}).raise_for_status()
        assert anna.delete(f"/api/people/{me}").status_code == 204
        assert anna.get("/api/activities").status_code == 404
        assert anna.get("/api/session").json()["athletes"] == []


def test_who_may_only_look_leaves_and_removes_no_one(anna: Client) -> None:
    me = anna.get("/api/session").json()["account"]["id"]
    with anna.other("ben") as ben:
        athlete = ben.post("/api/invitations/accept", json={"token": invite(anna)}).json()["athlete"]["id"]
        mine = ben.get("/api/session").json()["account"]["id"]
        assert ben.delete(f"/api/people/{me}", params={"athlete": athlete}).status_code == 403
        assert ben.delete(f"/api/people/{mine}", params={"athlete": athlete}).status_code == 204
        assert ben.get("/api/activities", params={"athlete": athlete}).status_code == 404
    assert members(anna) == {"anna": "owner"}


def test_an_invitation_to_the_server_brings_an_athlete(anna: Client, guest: Client) -> None:
    token = anna.post("/api/invitations", json={"name": "Ben"}).json()["path"].partition("#")[2]
    assert guest.post("/api/invitations/look", json={"token": token}).json()["athlete"] is None
    assert anna.post("/api/invitations/accept", json={"token": token}).status_code == 409
    (listed,) = anna.get("/api/invitations").json()["items"]
    joined = guest.post("/api/session/invitation", json={"token": token, **NEW}).json()
    assert [(one["name"], one["role"]) for one in joined["athletes"]] == [("ben", "owner")]
    assert anna.get("/api/invitations").json()["items"] == []
    assert anna.delete(f"/api/invitations/{listed['id']}").status_code == 204
    assert guest.post("/api/invitations", json={"name": "Eve"}).status_code == 403


def test_invitations_and_changes_of_roles_ask_who_it_is(anna: Client) -> None:
    later(anna, 0.5)
    for path, body in (
        ("people/invitations", {"name": "Ben", "role": "owner"}),
        ("invitations", {"name": "Ben"}),
        ("athlete/remove", {"name": "anna"}),
        ("account/delete", {"username": "anna"}),
        ("athlete/export", None),
        ("athlete/export/size", None),
    ):
        answer = anna.request("GET" if body is None else "POST", f"/api/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "confirm-identity"), path
    assert anna.put("/api/people/1", json={"role": "owner"}).json()["code"] == "confirm-identity"


def test_only_an_owner_takes_an_athlete_along(anna: Client, ids: dict[str, str], tmp_path: Path) -> None:
    athlete = anna.get("/api/session").json()["athletes"][0]["id"]
    answer = anna.get("/api/athlete/export")
    assert answer.headers["content-type"] == "application/x-tar"
    assert re.fullmatch(r'attachment; filename="homestretch-anna-[\d-]+\.tar"', answer.headers["content-disposition"])
    (tmp_path / "anna.tar").write_bytes(answer.content)
    manifest = read_backup(tmp_path / "anna.tar")
    size = anna.get("/api/athlete/export/size").json()
    assert (manifest.athlete, manifest.originals) == ("anna", size["originals"])
    assert 0 < size["bytes"] < len(answer.content) and size["missing"] == 0
    token = {
        "Authorization": f"Bearer {anna.post('/api/tokens', json={'name': 'x', 'scope': 'write'}).json()['token']}"
    }
    with Client(anna.served, headers=token) as machine:
        assert machine.get("/api/athlete/export").status_code == 403
    with anna.other("ben") as ben:
        for role in (None, "viewer", "coach", "editor"):
            if role is not None:
                give(anna.served.context, Scope(int(athlete)), "ben", role)
            for path in ("/api/athlete/export", "/api/athlete/export/size"):
                status = ben.get(path, params={"athlete": athlete}).status_code
                assert status == (404 if role is None else 403), role
        give(anna.served.context, Scope(int(athlete)), "ben", "owner")
        (tmp_path / "ben.tar").write_bytes(ben.get("/api/athlete/export", params={"athlete": athlete}).content)
    with tarfile.open(tmp_path / "ben.tar") as tar:
        rows = tar.extractfile("tables/accounts.jsonl")
        assert rows is not None and [json.loads(row)["username"] for row in rows] == ["ben"]


def test_a_removed_athlete_comes_back_whole_or_is_gone(anna: Client, ids: dict[str, str]) -> None:
    child = anna.post("/api/athletes", json={"name": "Mia"}).json()
    assert (child["name"], child["role"]) == ("Mia", "owner")
    assert anna.patch("/api/athlete", params={"athlete": child["id"]}, json={"name": "Mia B."}).status_code == 204
    before = anna.get("/api/activities").json()
    assert anna.post("/api/athlete/remove", json={"name": "ann"}).status_code == 400
    assert anna.post("/api/athlete/remove", json={"name": "anna"}).status_code == 204
    assert [one["name"] for one in anna.get("/api/session").json()["athletes"]] == ["Mia B."]
    assert anna.get(f"/api/activities/{ids['activity']}").status_code == 404
    (removed,) = anna.get("/api/athletes/removed").json()["items"]
    with anna.other("eve") as eve:
        assert eve.get("/api/athletes/removed").json()["items"] == []
        assert eve.post(f"/api/athletes/removed/{removed['id']}/restore").status_code == 404
    assert due_for_deletion(anna.served.context) == []
    assert anna.post(f"/api/athletes/removed/{removed['id']}/restore").status_code == 204
    assert anna.get("/api/activities").json() == before
    anna.post("/api/athlete/remove", params={"athlete": removed["id"]}, json={"name": "anna"}).raise_for_status()
    later(anna, 7.1)
    assert due_for_deletion(anna.served.context) == [int(removed["id"])]
    anna.post("/api/session", json={"username": "anna", "password": PASSWORD}).raise_for_status()
    assert anna.post(f"/api/athletes/removed/{removed['id']}/restore").status_code == 404
    take_away(anna.served.context, int(removed["id"]))
    assert due_for_deletion(anna.served.context) == []
    assert list(anna.served.context.archive.digests()) == []
    assert [one["name"] for one in anna.get("/api/session").json()["athletes"]] == ["Mia B."]


def test_an_account_that_goes_takes_what_no_one_else_owns(anna: Client) -> None:
    with anna.other("ben") as ben:
        shared = ben.post("/api/athletes", json={"name": "Mia"}).json()["id"]
        made = ben.post("/api/people/invitations", params={"athlete": shared}, json={"name": "Anna", "role": "owner"})
        token = made.json()["path"].partition("#")[2]
        anna.post("/api/invitations/accept", json={"token": token}).raise_for_status()
        assert anna.post("/api/account/delete", json={"username": "anna"}).status_code == 409
        assert ben.post("/api/account/delete", json={"username": "Ben"}).status_code == 400
        assert ben.post("/api/account/delete", json={"username": "ben"}).status_code == 204
        assert ben.get("/api/session").json()["state"] == "signed_out"
        assert ben.post("/api/session", json={"username": "ben", "password": PASSWORD}).status_code == 401
    assert [one["name"] for one in anna.get("/api/session").json()["athletes"]] == ["anna", "Mia"]
    later(anna, 8)
    (gone,) = due_for_deletion(anna.served.context)
    take_away(anna.served.context, gone)
    with anna.served.database.read() as reader:
        assert {row.athlete_id for row in reader.rows(select(grants.c.athlete_id))} == {1, int(shared)}


def test_there_are_so_many_invitations_and_athletes_and_no_more(solo: Client) -> None:
    for _ in range(20):
        invite(solo)
    more = solo.post("/api/people/invitations", json={"name": "x", "role": "viewer"})
    assert more.status_code == 409 and "20" in more.json()["detail"]
    found = [solo.post("/api/athletes", json={"name": f"a{at}"}).status_code for at in range(20)]
    assert found == [201] * 19 + [409]
    assert solo.post("/api/people/invitations", json={"name": "x", "role": "king"}).status_code == 422
    assert solo.post("/api/people/invitations", json={"name": "  ", "role": "viewer"}).status_code == 400
    create_account(solo.served.context, "carl", PASSWORD, is_admin=False)

"""Every operation of the API, asked by each who may ask, against the one table of rights."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import insert, select

from homestretch.api.context import AthleteRequest
from homestretch.api.rights import check_rights, needed
from homestretch.api.routers.events import _look, _sources
from homestretch.errors import Forbidden
from homestretch.flow.accounts.accounts import Caller
from homestretch.formats.fit.encode import encode
from homestretch.model.rights import ACCESS, RIGHTS, ROLES, Role
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import accounts, grants
from tests.api.asking import ask, everything
from tests.api.client import Client, routes
from tests.formats import golden

ROOT = Path(__file__).parents[2]
DOCUMENT = [route for route in routes() if route.include_in_schema]
#: These would end who asks, or fill the house: they are asked in a way that is refused once it was let in.
SPOILT: dict[str, dict[str, Any]] = {"load_demo": {"seed": "x"}, "remove_account": {}}


def grant(anna: Client, name: str, role: Role, athlete: str) -> Client:
    """Return a new account, signed in, with a role for an athlete."""
    client = anna.other(name)
    with anna.served.database.write() as session:
        who = session.scalar(select(accounts.c.id).where(accounts.c.username == name))
        session.run(insert(grants), {"account_id": who, "athlete_id": int(athlete), "role": role})
    return client


@pytest.fixture
def athlete(anna: Client) -> str:
    """Anna's athlete."""
    return str(anna.get("/api/session").json()["athletes"][0]["id"])


@pytest.fixture
def granted(anna: Client, athlete: str) -> Iterator[dict[Role, Client]]:
    """Accounts with each role for Anna's athlete; the server closes its streams at once."""
    anna.served.closing = True
    with ExitStack() as stack:
        yield {role: stack.enter_context(grant(anna, f"the {role}", role, athlete)) for role in ROLES}


def expected(route: APIRoute, role: Role) -> bool:
    """Return whether an account that is no administrator, with a role, may ask this."""
    right = needed()[route.name]
    return Scope(1, 2, role).may(right) if right in RIGHTS else ACCESS[right] != "administrator"


#: What begins or ends a session, or asks for a password; and where nobody but a proxy signs anybody in.
NOT_ASKED = {"sign_in", "sign_out", "set_up", "change_password", "confirm_identity", "sign_in_by_proxy"}


def test_every_role_may_ask_what_the_table_says(
    anna: Client, ids: dict[str, str], athlete: str, granted: dict[Role, Client]
) -> None:
    """A wrong password and a wrong scope answer 403 too: those two are asked as whoever has the right.

    The operator lets everyone send days into the server's network, which would be a 403 of its own.
    """
    assert anna.patch("/api/settings", json={"private_sinks": "everyone"}).status_code == 200
    before = everything(anna, ids)
    for role in ROLES:
        for route in DOCUMENT:
            if route.name in NOT_ASKED:
                continue
            query = {**SPOILT.get(route.name, {}), **({"athlete": athlete} if needed()[route.name] in RIGHTS else {})}
            status = ask(granted[role], route, ids, **query).status_code
            assert (status not in (401, 403)) == expected(route, role), f"{role} {route.name} {status}"
        if role == "viewer":
            assert everything(anna, ids) == before, "who may only look has changed nothing"


def test_strangers_and_nobody_may_ask_nothing_of_an_athlete(anna: Client, ids: dict[str, str], athlete: str) -> None:
    with anna.other("eve") as stranger, Client(anna.served) as nobody:
        for route in DOCUMENT:
            if needed()[route.name] in RIGHTS:
                assert ask(stranger, route, ids, athlete=athlete).status_code == 404, route.name
            elif ACCESS[needed()[route.name]] == "administrator":
                assert ask(stranger, route, ids).status_code == 403, route.name
            if ACCESS.get(needed()[route.name]) != "anyone":
                assert ask(nobody, route, ids).status_code == 401, route.name


def test_no_token_has_a_right_that_needs_a_person(anna: Client, ids: dict[str, str]) -> None:
    token = anna.post("/api/tokens", json={"name": "all", "scope": "write"}).json()["token"]
    in_person = [r for r in DOCUMENT if RIGHTS.get(needed()[r.name], RIGHTS["gear: read"]).in_person]
    in_person += [r for r in DOCUMENT if ACCESS.get(needed()[r.name]) in ("person", "administrator")]
    assert {"connect", "disconnect", "create_token", "create_account", "change_settings"} <= {r.name for r in in_person}
    with Client(anna.served, headers={"Authorization": f"Bearer {token}"}) as program:
        for route in in_person:
            assert ask(program, route, ids).status_code == 403, route.name


def test_an_editor_has_no_right_over_people_sign_ins_and_what_is_for_good() -> None:
    editor = Scope(1, 2, "editor")
    refused = {right for right in RIGHTS if not editor.may(right)}
    others = {"activities: purge", "shares: edit", "sources: set", "sources: sign in", "proposals: approve"}
    others |= {"people: read", "people: edit", "athlete: edit"}
    assert refused == others | {"sinks: read", "sinks: set", "coach: approve", "model: read", "model: agree"}
    with pytest.raises(Forbidden, match="for good"):
        editor.must("activities: purge")


def test_a_coach_changes_what_is_planned_and_no_data() -> None:
    coach, viewer = Scope(1, 2, "coach"), Scope(1, 2, "viewer")
    more = {right for right in RIGHTS if coach.may(right) and not viewer.may(right)}
    reads = {"health: read", "privacy: read", "plans: read", "coach: read"}
    plans = {"coach: edit", "coach: approve"}
    assert more == reads | plans | {"thresholds: set", "goals: edit"}


def test_no_operation_is_without_a_right() -> None:
    assert needed().keys() == {route.name for route in DOCUMENT}
    assert set(needed().values()) | {"activities: purge", "activities: see removed", "corrections: read"} == {
        *RIGHTS, *ACCESS
    }  # fmt: skip
    for route in DOCUMENT:
        of_athlete = "athlete" in {p.name for d in route.dependant.dependencies for p in d.query_params}
        assert of_athlete == (needed()[route.name] in RIGHTS), route.name
    (listed,) = (route for route in DOCUMENT if route.name == "list_metrics")
    unlisted = copy(listed)
    unlisted.name = "something_new"
    with pytest.raises(TypeError, match="needs an entry"):
        check_rights([unlisted])


def test_the_page_about_roles_says_what_the_table_says() -> None:
    page = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z]+: [a-z ]+) \| (.+) \|$", page, re.MULTILINE)
    told = {right: cells.split(" | ") for right, cells in rows if right in RIGHTS}
    assert told == {right: [_cell(right, role) for role in ROLES[::-1]] for right in RIGHTS}
    assert {right for right, _ in rows} == {*RIGHTS, *ACCESS}


def _cell(right: str, role: Role) -> str:
    """Return what the page says of a right and a role."""
    if role not in RIGHTS[right].roles:
        return "–"
    return "chosen" if role == "viewer" and RIGHTS[right].seen else "yes"


def test_what_is_deleted_or_hidden_is_not_there_for_who_may_only_look(
    anna: Client, ids: dict[str, str], athlete: str, granted: dict[Role, Client]
) -> None:
    path, here = f"/api/activities/{ids['activity']}", {"athlete": athlete}
    viewer, editor = granted["viewer"], granted["editor"]
    for method, body in (("PATCH", {"hidden": True}), ("DELETE", None)):
        assert viewer.get(path, params=here).status_code == 200
        assert anna.request(method, path, json=body).status_code in (200, 204)
        assert editor.get(path, params=here).status_code == 200
        for part in ("", "/streams", "/analysis", "/gpx"):
            assert viewer.get(path + part, params=here).status_code == 404
        anna.post(f"{path}/undo")
    anna.delete(path)
    for what in ({"deleted": "true"}, {"hidden": "all"}, {"hidden": "true"}):
        for where in ("/api/activities", "/api/activities/summary"):
            assert viewer.get(where, params={**here, **what}).status_code == 403
            assert editor.get(where, params={**here, **what}).status_code == 200


def test_origins_and_corrections_are_not_for_who_may_only_look(
    anna: Client, ids: dict[str, str], athlete: str, granted: dict[Role, Client]
) -> None:
    path, here = f"/api/activities/{ids['activity']}", {"athlete": athlete}
    own, shown = anna.get(path).json(), granted["viewer"].get(path, params=here).json()
    told = ("recordings", "sources", "edits")
    assert all(own[key] for key in told) and not any(shown[key] for key in told)
    assert [device["serial"] for device in own["devices"]] != [device["serial"] for device in shown["devices"]]
    assert "run.fit" in str(own) and "run.fit" not in str(shown)
    assert encode(golden.run(400)) == granted["editor"].get(f"{path}/original", params=here).content


def test_who_may_only_look_hears_of_no_import_and_no_source(
    anna: Client, ids: dict[str, str], athlete: str, granted: dict[Role, Client]
) -> None:
    """What the event stream looks at, for an owner and for a viewer of the same athlete."""
    found = {}
    for role in ROLES:
        asking = AthleteRequest(anna.served, Caller(1, "somebody", is_admin=False), Scope(int(athlete), 1, role))
        batches, _, _ = _look(asking, [ids["batch"]], 0)
        found[role] = (len(batches), len(_sources(asking, "")[1]), _sources(asking, "")[2])
    assert found["viewer"] == (0, 0, 0)
    assert found["coach"] == (0, 0, 0)
    assert found["editor"] == found["owner"] == (1, 1, 1)


def test_no_word_that_is_not_shown_is_found(
    anna: Client, ids: dict[str, str], athlete: str, granted: dict[Role, Client]
) -> None:
    anna.post("/api/privacy", json={"name": "Hideaway", "latitude": 10, "longitude": 20, "radius_m": 50})
    for word in ("hideaway", "run.fit", "3300000001", "garmin", ids["batch"]):
        where = {"athlete": athlete, "text": word}
        assert granted["viewer"].get("/api/activities", params=where).json()["total"] == 0, word
    assert granted["viewer"].get("/api/activities", params={"athlete": athlete, "text": "run"}).json()["total"] == 1


def test_two_routers_may_not_share_the_name_of_an_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    from homestretch.api import rights
    from homestretch.api.routers import gear, sinks

    needed.cache_clear()
    monkeypatch.setitem(gear.RIGHTS, "list_sinks", "activities: read")
    try:
        with pytest.raises(TypeError, match="list_sinks"):
            rights.needed()
    finally:
        monkeypatch.undo()
        needed.cache_clear()
    assert needed() == {**needed(), **sinks.RIGHTS}

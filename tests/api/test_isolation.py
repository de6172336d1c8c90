"""What is another's is not there: every route of the API, asked with another's ids, and about another's athlete."""

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import update

from homestretch.flow.connections import add_connection, source_of
from homestretch.flow.decoders import Decoders
from homestretch.flow.notices import notify
from homestretch.flow.routes import find_routes
from homestretch.formats.fit.encode import encode
from homestretch.store.connections import find
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import standings
from tests.api.client import Client, routes
from tests.formats import golden

#: A body that each route that wants one takes.
BODIES: dict[str, Any] = {
    "open_batch": {}, "declare_files": {"files": []}, "change_activity": {"name": "Mine now"},
    "enter_activity": {"sport": "yoga", "start_local": "2026-03-01T07:30", "elapsed_s": 60},
    "change_account": {"preferences": {}}, "change_password": {"current": "wrong", "new": "long enough"},
    "create_token": {"name": "x"}, "create_account": {"username": "x", "password": "long enough"},
    "change_settings": {}, "sign_in": {"username": "eve", "password": "wrong"},
    "set_up": {"username": "eve", "password": "long enough"},
    "state_threshold": {"value": 250, "valid_from": "2026-01-01"}, "rename_segment": {"name": "Mine now"},
    "draw_segment": {"name": "x", "activity": "x", "start_s": 0, "end_s": 9}, "name_route": {"name": "Mine now"},
    "connect": {"source": "garmin", "way": "tokens", "answers": {"tokens": "{}"}}, "answer_question": {"answers": {}},
    "sign_in_again": {"way": "tokens", "answers": {"tokens": "{}"}}, "change_connection": {"paused": True},
    "sync_now": {}, "preview_sheet": {"settings": {}}, "fetch_again": {"since": "2026-01-01", "until": "2026-01-02"},
    "add_privacy_zone": {"latitude": 60, "longitude": 25, "radius_m": 500}, "change_privacy_zone": {"radius_m": 90},
    "answer_review": {"answer": "one"}, "merge": {"other": "x"}, "unmerge": {"recording": "x"},
    "prefer": {"name": "*", "recording": None}, "set_order": {"order": []}, "propose": {"month": "2026-01"},
    "approve": {"ids": ["1"]}, "reject": {"ids": ["1"]}, "pull_month": {}, "reset_month": {},
    "add_gear": {"name": "x"}, "change_gear": {"name": "Mine now"}, "merge_gear": {"into": "x"},
    "add_alias": {"source": "garmin", "key": "x"}, "fit_component": {"name": "x", "since": "2026-01-01"},
    "change_component": {"name": "Mine now"}, "service_component": {"day": "2026-01-02"},
}  # fmt: skip
QUERIES: dict[str, dict[str, Any]] = {
    "get_frames": {"ask": ["volume?by=year", "fitness"]},
    "upload": {"path": "x.fit", "size": 1},
    "import_segment": {"family": "run"},
    "get_gaps": {"from": "2026-01-01", "to": "2026-01-02"},
    "preview": {"text": "every 6h"},
    "remove_alias": {"source": "garmin", "key": "mine"},
    "get_calendar": {"from": "2026-01", "to": "2026-02"},
}
#: A tile of the map, which is nobody's: what is on it is whoever's that asks.
SPOT = {"zoom": "14", "x": "9326", "y": "4742"}
OF_WHOEVER_ASKS = {"get_heat_tile", "compare_month", "get_month", "pull_month", "reset_month"}
#: Without a grant to ask for: about the server, or about whoever asks.
OF_NOBODY = {
    "get_session", "set_up", "sign_in", "sign_out", "get_health", "get_metrics", "answer_challenge", "hear_message",
}  # fmt: skip
OF_ONESELF = {
    "change_account", "change_password", "list_tokens", "create_token", "revoke_token", "list_settings", "list_metrics",
    "list_charts",
}  # fmt: skip
OF_ADMINS = {"list_accounts", "create_account", "remove_account", "change_settings"}
OF_AN_ATHLETE = [r for r in routes() if r.name not in OF_NOBODY | OF_ONESELF | OF_ADMINS]


@pytest.fixture
def ids(anna: Client, decoders: Decoders) -> dict[str, str]:
    """The ids of what is Anna's, by the name of the parameter that takes them."""
    batch = anna.upload(decoders, run_fit=encode(golden.run(400)))
    (activity,) = anna.get("/api/activities").json()["items"]
    edit = anna.patch(f"/api/activities/{activity['id']}", json={"name": "Anna's"}).json()["edits"][0]["id"]
    token = anna.post("/api/tokens", json={"name": "mine"}).json()["id"]
    account = anna.get("/api/session").json()["account"]["id"]
    drawn = {"name": "Hill", "activity": activity["id"], "start_s": 5, "end_s": 50}
    segment = anna.post("/api/segments", json=drawn).json()["id"]
    place = {"latitude": 10, "longitude": 20, "radius_m": 50}
    zone = anna.post("/api/privacy", json=place).json()["items"][0]["id"]
    find_routes(anna.served.world, int(anna.get("/api/session").json()["athletes"][0]["id"]))
    gear, component, service = _gear(anna)
    return {
        "gear": gear, "component": component, "service": service,
        "batch": batch, "activity": activity["id"], "edit": edit, "token": token, "account": account,
        "segment": segment, "route": activity["id"], "key": "nothing", "zone": zone,
        "one": activity["id"], "other": activity["id"], "source": "nowhere", "month": "2026-01",
        "proposal": "1", **SPOT, **_connected(anna),
    }  # fmt: skip


def _gear(anna: Client) -> tuple[str, str, str]:
    """Return the ids of an item of hers, of its component, and of its service."""
    alias = {"source": "garmin", "key": "mine"}
    item = anna.post("/api/gear", json={"name": "Anna's", "families": ["run"], "alias": alias}).json()["id"]
    where = f"/api/gear/{item}/components"
    chain = anna.post(where, json={"name": "Chain", "since": "2026-01-01"}).json()["components"][0]["id"]
    done = anna.post(f"{where}/{chain}/services", json={"day": "2026-01-02"}).json()
    return item, chain, done["components"][0]["services"][0]["id"]


def _connected(anna: Client) -> dict[str, str]:
    """Return the ids of a connection of hers, that nobody is signed in to, and of a notice."""
    world, scope = anna.served.world, Scope(int(anna.get("/api/session").json()["athletes"][0]["id"]))
    with world.database.write() as session:
        name, number = add_connection(world, session, scope, source_of("garmin"))
        session.run(update(standings).where(standings.c.connection_id == number).values(state="sign_in"))
        notify(session, find(session, scope, name), world.clock(), "sign_in_needed", {"text": "Sign in."})
    (notice,) = anna.get("/api/notices").json()["items"]
    return {"connection": name, "notice": notice["id"]}


def ask(client: Client, route: APIRoute, ids: dict[str, str], **query: Any) -> Any:
    path = re.sub(r"{(\w+)}", lambda found: ids[found[1]], route.path)
    body = BODIES.get(route.name)
    params = {**QUERIES.get(route.name, {}), **query}
    (method,) = route.methods or {"GET"}
    if route.name in ("upload", "import_segment"):
        return client.request(method, path, params=params, content=b"x")
    return client.request(method, path, params=params, json=body)


def everything(client: Client, ids: dict[str, str]) -> list[Any]:
    """Return what the owner sees, to compare with later."""
    paths = ("/api/activities", f"/api/activities/{ids['activity']}", f"/api/batches/{ids['batch']}", "/api/tokens")
    return [
        client.get(path).json()
        for path in (*paths, f"/api/batches/{ids['batch']}/items", "/api/session", "/api/segments", "/api/gear")
    ]


def test_another_s_ids_lead_nowhere(anna: Client, ids: dict[str, str]) -> None:
    """Ben asks every route with Anna's ids, as himself: 404, never 403, which would say that it exists."""
    before = everything(anna, ids)
    with anna.other("ben") as ben:
        for route in routes():
            if "{" not in route.path or route.name in OF_WHOEVER_ASKS:
                continue
            status = ask(ben, route, ids).status_code
            assert status == (403 if route.name in OF_ADMINS else 404), f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_another_s_athlete_is_not_there(anna: Client, ids: dict[str, str]) -> None:
    before = everything(anna, ids)
    athlete = anna.get("/api/session").json()["athletes"][0]
    with anna.other("ben") as ben:
        for route in OF_AN_ATHLETE:
            for named in (athlete["id"], athlete["name"], "0", "99", "-1", "9" * 30, "x'--"):
                assert ask(ben, route, ids, athlete=named).status_code == 404, f"{route.methods} {route.path} {named}"
    assert everything(anna, ids) == before


def test_lists_hold_one_s_own_only(anna: Client, ids: dict[str, str]) -> None:
    with anna.other("ben") as ben:
        for path in ("/api/activities", "/api/batches"):
            assert ben.get(path).json() == {"items": [], "next": None, "total": 0}
        assert ben.get("/api/tokens").json() == {"items": []}
        assert ben.get("/api/activities/summary").json()["total"] == 0


def test_whoever_is_not_signed_in_gets_nothing(anna: Client, ids: dict[str, str]) -> None:
    before = everything(anna, ids)
    with Client(anna.served) as nobody:
        for route in routes():
            if route.name not in OF_NOBODY:
                assert ask(nobody, route, ids).status_code == 401, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_a_reading_token_changes_nothing(anna: Client, ids: dict[str, str]) -> None:
    token = anna.post("/api/tokens", json={"name": "read"}).json()["token"]
    before = everything(anna, ids)
    with Client(anna.served, headers={"Authorization": f"Bearer {token}"}) as reader:
        for route in routes():
            if not {"GET"} & set(route.methods or ()) and route.name not in OF_NOBODY:
                assert ask(reader, route, ids).status_code == 403, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


def test_a_viewer_sees_and_changes_nothing(anna: Client, ids: dict[str, str]) -> None:
    from sqlalchemy import insert, select

    from homestretch.store.tables.kept import accounts, grants

    athlete = anna.get("/api/session").json()["athletes"][0]["id"]
    before = everything(anna, ids)
    with anna.other("ben") as ben:
        with anna.served.database.write() as session:
            who = session.scalar(select(accounts.c.id).where(accounts.c.username == "ben"))
            session.run(insert(grants), {"account_id": who, "athlete_id": int(athlete), "role": "viewer"})
        assert ben.get("/api/activities", params={"athlete": athlete}).json() == before[0]
        for route in OF_AN_ATHLETE:
            if "GET" not in (route.methods or ()):
                assert ask(ben, route, ids, athlete=athlete).status_code == 403, f"{route.methods} {route.path}"
    assert everything(anna, ids) == before


@pytest.mark.parametrize("day", ["2026-99-99", "2026-02-30", "yesterday", "0000-01-01"])
def test_a_day_that_is_none_is_refused(anna: Client, ids: dict[str, str], day: str) -> None:
    """It must not become a run, which would fail for ever."""
    where = f"/api/sources/{ids['connection']}"
    assert anna.post(f"{where}/sync", json={"since": day}).status_code == 422
    assert anna.post(f"{where}/again", json={"since": day, "until": "2026-01-02"}).status_code == 422


def test_every_route_is_asked_here() -> None:
    """A new route has to say whose data it is about; what it takes has to be known here."""
    named = {r.name for r in routes()}
    assert named >= (OF_NOBODY | OF_ONESELF | OF_ADMINS)
    for route in OF_AN_ATHLETE:
        assert "asking" in {d.name for d in route.dependant.dependencies}, route.path
        assert "athlete" in {p.name for d in route.dependant.dependencies for p in d.query_params}, route.path
    wanting = {r.name for r in routes() if r.dependant.body_params}
    assert wanting == set(BODIES)

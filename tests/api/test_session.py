"""Who may come in: set-up, sign-in, throttle, cookies, tokens, and requests from elsewhere."""

from dataclasses import replace

import pytest

from homestretch.api.middleware import content_policy
from homestretch.app import App
from tests.api.client import ADDRESS, PASSWORD, Client

COOKIE = "homestretch_session"


def test_from_set_up_to_sign_out(app: App) -> None:
    with Client(app) as client:
        assert client.get("/api/session").json()["state"] == "setup"
        state = client.set_up("anna")
        assert state["state"] == "signed_in" and state["account"]["is_admin"]
        assert [athlete["role"] for athlete in state["athletes"]] == ["owner"]
        assert client.post("/api/setup", json={"username": "eve", "password": PASSWORD}).status_code == 409
        assert client.delete("/api/session").json()["state"] == "signed_out"
        assert client.get("/api/activities").status_code == 401
        wrong = client.post("/api/session", json={"username": "anna", "password": "wrong"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong-password")
        assert client.post("/api/session", json={"username": " ANNA ", "password": PASSWORD}).status_code == 200
        assert client.get("/api/session").json()["account"]["username"] == "anna"


def test_failed_sign_ins_have_to_wait(app: App) -> None:
    now = [1_800_000_000_000]
    app = App(replace(app.context, clock=lambda: now[0]))
    with Client(app) as client:
        client.set_up("anna")
        for _ in range(5):
            assert client.post("/api/session", json={"username": "anna", "password": "no"}).status_code == 401
        barred = client.post("/api/session", json={"username": "anna", "password": PASSWORD})
        assert barred.status_code == 429
        wait = int(barred.headers["retry-after"])
        assert wait == barred.json()["retry_after_s"] == 2
        now[0] += 1000 * wait
        assert client.post("/api/session", json={"username": "anna", "password": "no"}).status_code == 401
        longer = client.post("/api/session", json={"username": "anna", "password": PASSWORD})
        assert int(longer.headers["retry-after"]) == 4
        now[0] += 4000
        assert client.post("/api/session", json={"username": "anna", "password": PASSWORD}).status_code == 200


def test_many_names_from_one_address_have_to_wait(solo: Client) -> None:
    for number in range(20):
        tried = solo.post("/api/session", json={"username": f"guess{number}", "password": "no"})
        assert tried.status_code == 401
    assert solo.post("/api/session", json={"username": "anna", "password": PASSWORD}).status_code == 429


def test_a_session_ends(sqlite_app: App) -> None:
    now = [1_800_000_000_000]
    app = App(replace(sqlite_app.context, clock=lambda: now[0]))
    with Client(app) as client:
        client.set_up("anna")
        for _ in range(2):
            now[0] += 13 * 86_400_000
            assert client.get("/api/session").json()["state"] == "signed_in"
        now[0] += 5 * 86_400_000  # thirty days from its begin, though it was used
        assert client.get("/api/session").json()["state"] == "signed_out"


def test_a_session_that_is_not_used_ends(sqlite_app: App) -> None:
    now = [1_800_000_000_000]
    app = App(replace(sqlite_app.context, clock=lambda: now[0]))
    with Client(app) as client:
        client.set_up("anna")
        now[0] += 15 * 86_400_000
        assert client.get("/api/session").json()["state"] == "signed_out"


def test_a_new_password_ends_every_session(solo: Client) -> None:
    with Client(solo.served) as elsewhere:
        elsewhere.post("/api/session", json={"username": "anna", "password": PASSWORD}).raise_for_status()
        change = {"current": "wrong", "new": "even longer"}
        assert solo.post("/api/account/password", json=change).status_code == 401
        change["current"] = PASSWORD
        assert solo.post("/api/account/password", json=change | {"new": "short"}).status_code == 400
        assert solo.post("/api/account/password", json=change).status_code == 204
        assert elsewhere.get("/api/activities").status_code == 401
        assert solo.get("/api/activities").status_code == 401
        assert solo.post("/api/session", json={"username": "anna", "password": "even longer"}).status_code == 200


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_out_of_reach(sqlite_app: App, scheme: str) -> None:
    with Client(sqlite_app, base_url=f"{scheme}://127.0.0.1") as client:
        answer = client.post("/api/setup", json={"username": "anna", "password": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie
        assert ("secure" in cookie) is (scheme == "https")
        assert ("strict-transport-security" in answer.headers) is (scheme == "https")
        token = client.cookies[COOKIE]
    with sqlite_app.database.read() as reader:
        stored = reader.connection.exec_driver_sql("SELECT token_hash FROM sessions").scalar()
    assert token not in str(stored)


def test_every_answer_is_marked(solo: Client) -> None:
    for path in ("/api/session", "/api/activities/nothing", "/health", "/", "/api/nowhere"):
        headers = solo.get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert len(headers["x-request-id"]) == 12
        assert "server" not in headers
    assert solo.get("/api/session").headers["cache-control"] == "no-store"
    assert "connect-src 'self' https://tiles.example" in content_policy(["https://tiles.example"])


def test_the_policy_lets_the_chosen_map_in_at_once_and_a_known_one_only_where_it_is_looked_at(solo: Client) -> None:
    def policy(path: str) -> str:
        return str(solo.get(path).headers["content-security-policy"])

    assert "http" not in policy("/map") + policy("/settings/map") + policy("/settings/map?try=nobody")
    assert "img-src 'self' data: blob: https://tile.openstreetmap.org;" in policy("/settings/map?try=osm")
    assert "http" not in policy("/map?try=osm") + policy("/settings/map?try=https://evil.example")
    style = {"map_kind": "style", "map_url": "https://maps.example/s.json?key=1", "map_hosts": "fonts.example:81"}
    assert solo.patch("/api/settings", json=style).status_code == 200
    assert "connect-src 'self' https://fonts.example:81 https://maps.example;" in policy("/map")
    with Client(solo.served) as stranger:
        assert stranger.get("/api/session").json()["map"]["url"] is None
    assert solo.patch("/api/settings", json=dict.fromkeys(style)).status_code == 200
    assert "http" not in policy("/map")


def test_known_maps_name_who_learns_of_it(solo: Client) -> None:
    items = {one["key"]: one for one in solo.get("/api/settings/maps").json()["items"]}
    assert items["osm"]["hosts"] == ["tile.openstreetmap.org"]
    assert items["protomaps"]["hosts"] == ["api.protomaps.com", "protomaps.github.io"]
    assert all(("{key}" in one["url"]) == bool(one["sign_up"]) for one in items.values())


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-Homestretch": ""}, None),
        ({"Origin": "https://evil.example"}, "cross-site"),
        ({"Origin": "null"}, "cross-site"),
        ({"Origin": ADDRESS}, None),
        ({"Host": "rebound.example"}, "unknown-host"),
        ({"Host": "127.0.0.1.evil.example:8080"}, "unknown-host"),
        ({"Host": "localhost:8080"}, None),
        ({"Host": ""}, "unknown-host"),
        ({"Host": "["}, "unknown-host"),
        ({"Origin": "http://["}, "cross-site"),
    ],
)
def test_requests_from_elsewhere_are_refused(solo: Client, headers: dict[str, str], code: str | None) -> None:
    answer = solo.post("/api/tokens", json={"name": "mine"}, headers=headers)
    assert answer.status_code == (201 if code is None else 400 if code == "unknown-host" else 403)
    assert code is None or answer.json()["code"] == code


def test_a_form_of_another_site_can_do_nothing(solo: Client) -> None:
    del solo.headers["X-Homestretch"]
    for method, path in (("POST", "/api/tokens"), ("DELETE", "/api/session"), ("PATCH", "/api/account")):
        assert solo.request(method, path).json()["code"] == "cross-site"
    # A token beside a cookie could be smuggled in; then the cookie's rules hold.
    smuggled = solo.post("/api/tokens", json={"name": "x"}, headers={"Authorization": "Bearer hs_x"})
    assert smuggled.json()["code"] == "cross-site"
    assert solo.get("/api/session").json()["state"] == "signed_in"


def test_a_token_does_what_its_scope_says(anna: Client) -> None:
    made = {scope: anna.post("/api/tokens", json={"name": scope, "scope": scope}).json() for scope in ("read", "write")}
    assert [token["token"] for token in anna.get("/api/tokens").json()["items"]] == [None, None]
    with Client(anna.served, headers={"Authorization": f"Bearer {made['read']['token']}"}) as reading:
        assert reading.get("/api/activities").status_code == 200
        assert reading.post("/api/imports", json={}).status_code == 403
        assert reading.delete("/api/activities/x").status_code == 403
    with Client(anna.served, headers={"Authorization": f"Bearer {made['write']['token']}"}) as writing:
        assert writing.post("/api/imports", json={}).status_code == 201
        assert writing.get("/api/accounts").status_code == 403, "a token never acts as an administrator"
        assert anna.delete(f"/api/tokens/{made['write']['id']}").status_code == 204
        assert writing.get("/api/activities").status_code == 401
    assert anna.delete(f"/api/tokens/{made['write']['id']}").status_code == 404
    with Client(anna.served, headers={"Authorization": "Bearer nonsense"}) as stranger:
        assert stranger.get("/api/activities").status_code == 401


def test_a_token_cannot_make_more_of_itself(anna: Client) -> None:
    """Whoever finds a token must not be able to make another that outlives it, or to lock its owner out."""
    token = anna.post("/api/tokens", json={"name": "found", "scope": "write"}).json()["token"]
    with Client(anna.served, headers={"Authorization": f"Bearer {token}"}) as finder:
        assert finder.post("/api/tokens", json={"name": "more", "scope": "write"}).status_code == 403
        assert finder.get("/api/tokens").status_code == 403
        change = {"current": PASSWORD, "new": "even longer"}
        assert finder.post("/api/account/password", json=change).status_code == 403


def test_the_setup_code_is_asked_for(sqlite_app: App) -> None:
    sqlite_app.setup_code = "1234abcd"
    with Client(sqlite_app) as client:
        assert client.get("/api/session").json()["code_required"]
        for code in (None, "", "wrong", "ünïcode", "1234abc"):
            body = {"username": "eve", "password": PASSWORD, "code": code}
            assert client.post("/api/setup", json=body).json()["code"] == "wrong-code"
        assert client.set_up("anna", code="1234abcd")["state"] == "signed_in"


def test_the_setup_code_is_not_guessed(sqlite_app: App) -> None:
    sqlite_app.setup_code = "1234abcd"
    with Client(sqlite_app) as client:
        said = [client.post("/api/setup", json=guess(number)).json()["code"] for number in range(12)]
    assert said == ["wrong-code"] * 5 + ["too-many-tries"] * 7


def guess(number: int) -> dict[str, str]:
    """Return one try at the first account."""
    return {"username": "eve", "password": PASSWORD, "code": f"{number:08x}"}


def test_administrators_look_after_accounts(anna: Client) -> None:
    with anna.other("ben") as ben:
        assert ben.get("/api/accounts").status_code == 403
        accounts = {account["username"]: account["id"] for account in anna.get("/api/accounts").json()["items"]}
        assert anna.post("/api/accounts", json={"username": "BEN", "password": PASSWORD}).status_code == 409
        assert anna.delete(f"/api/accounts/{accounts['anna']}").status_code == 409
        assert anna.delete(f"/api/accounts/{accounts['ben']}").status_code == 204
        assert ben.get("/api/activities").status_code == 401
        assert anna.delete(f"/api/accounts/{accounts['ben']}").status_code == 404


def test_settings_are_for_administrators_and_the_environment_wins(solo: Client) -> None:
    with solo.other("ben") as ben:
        assert ben.get("/api/settings").status_code == 200
        assert ben.patch("/api/settings", json={"map_kind": "raster"}).status_code == 403
    change = {"map_kind": "raster", "map_url": "https://tiles.example/{z}/{x}/{y}.png"}
    assert solo.patch("/api/settings", json=change).status_code == 200
    assert solo.get("/api/session").json()["map"]["url"] == change["map_url"]
    for bad in ({"map_kind": "none of them"}, {"map_url": "javascript:x"}, {"nothing": "x"}, {"home_zone": "Nowhere"}):
        assert solo.patch("/api/settings", json=bad).status_code == 400
    settings = solo.served.settings.model_copy(update={"map_kind": "none"})
    with Client(App(replace(solo.served.context, settings=settings)), cookies=solo.cookies) as locked:
        assert locked.patch("/api/settings", json=change).status_code == 409


def test_preferences_are_merged(anna: Client) -> None:
    chosen = {"units": "metric", "zone": "Asia/Tokyo"}
    assert anna.patch("/api/account", json={"preferences": chosen}).json()["preferences"] == chosen
    changed = anna.patch("/api/account", json={"preferences": {"units": None, "theme": "dark"}})
    assert changed.json()["preferences"] == {"zone": "Asia/Tokyo", "theme": "dark"}
    for bad in ({"unknown": "x"}, {"theme": "pink"}, {"zone": "y" * 20_000}, {"zone": {"a": 1}}):
        assert anna.patch("/api/account", json={"preferences": bad}).status_code == 422

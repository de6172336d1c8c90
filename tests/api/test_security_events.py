"""The security log: each operation that changes who may do what leaves an event, and no one reads another's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from homestretch.api.context import SAFE
from homestretch.app import App
from homestretch.flow.accounts import totp
from homestretch.flow.jobs.retention import JOB as RETENTION
from homestretch.flow.people.deletion import take_away
from homestretch.flow.security import log
from homestretch.model.moment import DAY_MS
from homestretch.model.security.events import KINDS
from homestretch.store.queries.security_events import KEEP_MS, Which, events_before
from tests.api.authenticator import Authenticator
from tests.api.client import PASSWORD, Client, routes
from tests.api.security import Seen, logged

#: The routers in which each operation that changes something leaves an event, or is named below with its reason.
ROUTERS = {
    "accounts", "athletes", "groups", "invitations", "oidc", "passkeys", "password_resets", "people",
    "second_factor", "session", "settings", "sharing", "sign_in", "tokens", "backups",
}  # fmt: skip
#: What changes nothing about who may do what: looking, asking for a challenge, names, preferences, confirming who one
#: is (a wrong password is an event), asking for a link by e-mail (the link is one), and what links show by default.
NO_EVENT = {
    "begin_passkey", "begin_passkey_sign_in", "begin_passkey_confirmation", "confirm_with_passkey", "confirm_identity",
    "rename_passkey", "begin_oidc", "check_oidc_provider", "look_at_invitation", "look_at_reset_link",
    "ask_for_reset_link", "offer_second_factor", "offer_factor_at_sign_in", "change_account", "rename_athlete",
    "rename_group", "set_share_defaults", "open_shared", "get_shared_route_file", "set_backup_plan", "back_up_now",
    "test_restoring",
}  # fmt: skip
#: Operations that need a provider, half a session or a proxy; test_oidc, test_second_factor and test_proxy_sign_in look
#: for their events.
ELSEWHERE = {"sign_in_by_proxy", "finish_oidc", "end_oidc_sessions", "unlink_login", "switch_on_factor_at_sign_in"}
HERE = "http://localhost:8080"
START_MS = 1_800_000_000_000
LONG = "quite long enough"


@dataclass
class Clock:
    now_ms: int = START_MS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ann(app: App, clock: Clock) -> Iterator[Client]:
    """The administrator at a host with a name, on each of the two databases."""
    with Client(App(replace(app.context, clock=lambda: clock.now_ms)), base_url=HERE) as client:
        client.set_up("ann")
        yield client


@pytest.fixture
def plain(sqlite_app: App, clock: Clock) -> Iterator[Client]:
    """The same where the database makes no difference."""
    with Client(App(replace(sqlite_app.context, clock=lambda: clock.now_ms)), base_url=HERE) as client:
        client.set_up("ann")
        yield client


def guest_of(client: Client) -> Client:
    """Return another browser at the same server."""
    return Client(client.served, base_url=HERE)


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/api/session", json={"username": name, "password": password})


class Walk:
    """Does one operation after the other, and says which events each left."""

    def __init__(self, ann: Client) -> None:
        self.ann = ann
        self.done: dict[str, list[str]] = {}

    def __call__(self, operation: str, act: Callable[[], Any], *, status: int = 204) -> Any:
        """Do an operation, and keep which kinds of events it left."""
        before = len(logged(self.ann.served))
        answer = act()
        assert answer.status_code == status, (operation, answer.text)
        self.done[operation] = [one.kind for one in logged(self.ann.served)[before:]]
        return answer


def test_every_operation_leaves_its_event(ann: Client, clock: Clock) -> None:
    """Everything that the web app does to accounts and people is done once, on each of the two databases."""
    walk = Walk(ann)
    _accounts(walk)
    _second_factor_and_passkeys(walk, clock)
    _people(walk)
    _server(walk)
    assert walk.done == {
        "sign_in": ["signed_in"],
        "sign_out": ["signed_out"],
        "create_token": ["token_made"],
        "revoke_token": ["token_revoked"],
        "create_account": ["account_made"],
        "change_password": ["password_changed"],
        "make_reset_link": ["reset_link_made"],
        "reset_password": ["password_reset"],
        "end_session": ["sessions_ended"],
        "end_other_sessions": ["sessions_ended"],
        "end_account_sessions": ["sessions_ended"],
        "remove_account": ["account_deleted"],
        "switch_on_second_factor": ["second_factor_on"],
        "renew_recovery_codes": ["recovery_codes_renewed"],
        "give_code": ["recovery_code_used", "signed_in"],
        "switch_off_second_factor": ["second_factor_off"],
        "add_passkey": ["passkey_added"],
        "sign_in_with_passkey": ["signed_in"],
        "remove_passkey": ["passkey_removed"],
        "invite_person": ["invitation_made"],
        "join": ["account_made", "invitation_accepted", "signed_in"],
        "set_member_role": ["role_given"],
        "accept_invitation": ["invitation_accepted"],
        "remove_member": ["role_taken"],
        "end_temporary_role": ["role_taken"],
        "make_group": ["group_made"],
        "bring_athlete": ["group_joined"],
        "invite_to_group": ["invitation_made"],
        "revoke_group_invitation": ["invitation_revoked"],
        "set_group_role": ["group_role_given"],
        "take_athlete_out": ["group_left"],
        "remove_group_member": ["group_role_taken"],
        "delete_group": ["group_deleted"],
        "revoke_invitation": ["invitation_revoked"],
        "add_athlete": ["athlete_added"],
        "export_athlete_data": ["athlete_exported"],
        "remove_athlete": ["athlete_removed"],
        "restore_athlete": ["athlete_restored"],
        "delete_account": ["athlete_removed", "account_deleted"],
        "invite_to_server": ["invitation_made"],
        "revoke_server_invitation": ["invitation_revoked"],
        "change_settings": ["settings_changed"],
        "add_oidc_provider": ["provider_set"],
        "change_oidc_provider": ["provider_set"],
        "remove_oidc_provider": ["provider_removed"],
        "encrypt_backups": ["backup_key_made"],
        "stop_encrypting_backups": ["backup_key_removed"],
    }
    changing = {r.name for r in routes() if _room(r) in ROUTERS and not set(r.methods or ()) <= SAFE}
    links = {"make_share", "change_share", "revoke_share", "restore_share"}
    # An export and the way back from a provider are read, and leave events all the same.
    named = walk.done.keys() | NO_EVENT | ELSEWHERE | links | {"set_up"}
    assert changing == named - {"export_athlete_data", "finish_oidc"}
    assert logged(ann.served)[:2] == [
        Seen("account_made", "session", None, "ann"), Seen("signed_in", "password", "ann", "ann")
    ]  # fmt: skip


def _room(route: Any) -> str:
    return str(route.endpoint.__module__).rpartition(".")[2]


def _accounts(walk: Walk) -> None:
    ann = walk.ann
    made = walk(
        "create_account",
        lambda: ann.post("/api/accounts", json={"username": "ben", "password": PASSWORD}),
        status=201,
    ).json()["id"]
    with guest_of(ann) as ben, guest_of(ann) as phone:
        walk("sign_in", lambda: sign_in(ben, "ben"), status=200)
        token = walk("create_token", lambda: ben.post("/api/tokens", json={"name": "watch"}), status=201).json()["id"]
        walk("revoke_token", lambda: ben.delete(f"/api/tokens/{token}"))
        sign_in(phone, "ben").raise_for_status()
        other = next(one["id"] for one in ben.get("/api/account/sessions").json()["items"] if not one["current"])
        walk("end_session", lambda: ben.delete(f"/api/account/sessions/{other}"))
        sign_in(phone, "ben").raise_for_status()
        walk("end_other_sessions", lambda: ben.delete("/api/account/sessions"))
        walk("end_account_sessions", lambda: ann.delete(f"/api/accounts/{made}/sessions"))
        sign_in(ben, "ben").raise_for_status()
        change = {"current": PASSWORD, "new": LONG}
        walk("change_password", lambda: ben.post("/api/account/password", json=change))
        path = walk("make_reset_link", lambda: ann.post(f"/api/accounts/{made}/reset-link"), status=201).json()["path"]
        body = {"token": path.partition("#")[2], "password": PASSWORD}
        walk("reset_password", lambda: phone.post("/api/password-reset", json=body))
        sign_in(ben, "ben").raise_for_status()
        walk("sign_out", lambda: ben.delete("/api/session"), status=200)
    walk("remove_account", lambda: ann.delete(f"/api/accounts/{made}"))


def _second_factor_and_passkeys(walk: Walk, clock: Clock) -> None:
    ann, mine = walk.ann, "/api/account/second-factor"
    secret = ann.post(mine).json()["secret"]
    code = totp.code_at(secret, clock.now_ms // totp.STEP_MS)
    walk("switch_on_second_factor", lambda: ann.put(mine, json={"code": code}), status=200)
    codes = walk("renew_recovery_codes", lambda: ann.post(f"{mine}/recovery-codes"), status=200).json()["codes"]
    with guest_of(ann) as browser:
        sign_in(browser, "ann").raise_for_status()
        walk("give_code", lambda: browser.post("/api/session/code", json={"code": codes[0]}), status=200)
    walk("switch_off_second_factor", lambda: ann.delete(mine))
    key, keys = Authenticator(), "/api/account/passkeys"
    asked = ann.post(f"{keys}/options").json()
    body = {"name": "Phone", "state": asked["state"], **key.make(asked["options"])}
    added = walk("add_passkey", lambda: ann.post(keys, json=body), status=201).json()["items"][0]["id"]
    with guest_of(ann) as browser:
        offered = browser.post("/api/session/passkey/options").json()
        use = {"state": offered["state"], **key.use(offered["options"])}
        walk("sign_in_with_passkey", lambda: browser.post("/api/session/passkey", json=use), status=200)
    walk("remove_passkey", lambda: ann.delete(f"{keys}/{added}"))


def _people(walk: Walk) -> None:
    ann, people = walk.ann, "/api/people/invitations"
    asked = {"name": "Cleo", "role": "viewer"}
    sent = walk("invite_person", lambda: ann.post(people, json=asked), status=201).json()
    new = {"token": sent["path"].partition("#")[2], "username": "cleo", "password": PASSWORD}
    with guest_of(ann) as cleo:
        joined = walk("join", lambda: cleo.post("/api/session/invitation", json=new), status=200).json()
        member, athlete = joined["account"]["id"], {"athlete": joined["athletes"][0]["id"]}
        walk("set_member_role", lambda: ann.put(f"/api/people/{member}", json={"role": "coach"}))
        token = ann.post(people, json={"name": "Cleo", "role": "editor"}).json()["path"].partition("#")[2]
        walk("accept_invitation", lambda: cleo.post("/api/invitations/accept", json={"token": token}), status=200)
        hour = ann.post(people, json={"name": "Cleo", "role": "editor", "hours": 1}).json()["path"].partition("#")[2]
        ann.put(f"/api/people/{member}", json={"role": "viewer"}).raise_for_status()
        cleo.post("/api/invitations/accept", json={"token": hour}).raise_for_status()
        walk("end_temporary_role", lambda: ann.delete(f"/api/people/{member}/temporary"))
        walk("remove_member", lambda: cleo.delete(f"/api/people/{member}", params=athlete))
        _groups(walk, cleo, member, ann.get("/api/session").json()["athletes"][0]["id"])
        child = walk("add_athlete", lambda: cleo.post("/api/athletes", json={"name": "Kid"}), status=201).json()["id"]
        of = {"athlete": child}
        walk("export_athlete_data", lambda: cleo.get("/api/athlete/export", params=of), status=200)
        walk("remove_athlete", lambda: cleo.post("/api/athlete/remove", params=of, json={"name": "Kid"}))
        walk("restore_athlete", lambda: cleo.post(f"/api/athletes/removed/{child}/restore"))
        walk("delete_account", lambda: cleo.post("/api/account/delete", json={"username": "cleo"}))
    shown = ann.post(people, json=asked).json()["id"]
    walk("revoke_invitation", lambda: ann.delete(f"{people}/{shown}"))


def _groups(walk: Walk, other: Client, member: str, athlete: str) -> None:
    ann = walk.ann
    group = walk("make_group", lambda: ann.post("/api/groups", json={"name": "Club"}), status=201).json()["id"]
    at = f"/api/groups/{group}"
    walk("bring_athlete", lambda: ann.put(f"{at}/athletes/{athlete}", json={}))
    sent = walk("invite_to_group", lambda: ann.post(f"{at}/invitations", json={"name": "x"}), status=201).json()
    other.post("/api/invitations/accept", json={"token": sent["path"].partition("#")[2]}).raise_for_status()
    unused = ann.post(f"{at}/invitations", json={"name": "x"}).json()["id"]
    walk("revoke_group_invitation", lambda: ann.delete(f"{at}/invitations/{unused}"))
    walk("set_group_role", lambda: ann.put(f"{at}/people/{member}", json={"role": "member"}))
    ann.put(f"{at}/people/{member}", json={"role": "coach"}).raise_for_status()
    assert logged(ann.served)[-1].kind == "group_role_given", "also for whose athlete it is"
    walk("take_athlete_out", lambda: ann.delete(f"{at}/athletes/{athlete}"))
    walk("remove_group_member", lambda: other.delete(f"{at}/people/{member}"))
    walk("delete_group", lambda: ann.post(f"{at}/delete", json={"name": "Club"}))


def _server(walk: Walk) -> None:
    ann = walk.ann
    sent = walk("invite_to_server", lambda: ann.post("/api/invitations", json={"name": "x"}), status=201).json()["id"]
    walk("revoke_server_invitation", lambda: ann.delete(f"/api/invitations/{sent}"))
    walk("change_settings", lambda: ann.patch("/api/settings", json={"links": "on"}), status=200)
    values = {"name": "x", "issuer": "https://id.example", "client_id": "x"}
    ann.served.context = replace(
        ann.served.context, settings=ann.served.settings.model_copy(update={"public_url": HERE})
    )
    walk("add_oidc_provider", lambda: ann.post("/api/oidc-providers", json={"key": "x", **values}), status=201)
    walk("change_oidc_provider", lambda: ann.put("/api/oidc-providers/x", json=values), status=200)
    walk("remove_oidc_provider", lambda: ann.delete("/api/oidc-providers/x"))
    walk("encrypt_backups", lambda: ann.post("/api/backups/key"), status=201)
    walk("stop_encrypting_backups", lambda: ann.delete("/api/backups/key"), status=200)


def test_links_leave_events(anna: Client, ids: dict[str, str]) -> None:
    share = f"/api/shares/{ids['share']}"
    anna.patch(share, json={"days": 3}).raise_for_status()
    anna.delete(share).raise_for_status()
    anna.post(f"{share}/restore").raise_for_status()
    kinds = [one.kind for one in logged(anna.served) if one.kind.startswith("link_")]
    assert kinds == ["link_made", "link_changed", "link_revoked", "link_restored"]
    assert {one.by for one in logged(anna.served) if one.kind.startswith("link_")} == {"anna"}


def test_refused_sign_ins_of_an_hour_are_one_row(ann: Client, clock: Clock) -> None:
    with guest_of(ann) as stranger:
        for _ in range(3):
            assert sign_in(stranger, "Ann", "wrong password").status_code == 401
        assert sign_in(stranger, "hunter2-typed-as-a-name", "x").status_code == 401
        clock.now_ms += 3_600_000
        assert sign_in(stranger, "ann", "wrong password").status_code == 401
    refused = [one for one in logged(ann.served) if one.kind == "sign_in_refused"]
    assert refused == [
        Seen("sign_in_refused", "password", None, "ann", 3),
        Seen("sign_in_refused", "password", None, None, 1),
        Seen("sign_in_refused", "password", None, "ann", 1),
    ]
    assert ann.post("/api/session/confirm", json={"password": "wrong"}).status_code == 401
    assert logged(ann.served)[-1] == Seen("sign_in_refused", "session", None, "ann", 1)
    with ann.served.database.read() as reader:
        rows = events_before(reader, Which(), None, 100)
    assert "hunter2" not in repr(rows)


def test_a_flood_from_everywhere_fills_nothing(plain: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_REFUSALS", 5)
    for number in range(50):
        log.record_refusal(plain.served.context, "password", None, f"10.0.{number}.7")
    with plain.served.database.read() as reader:
        refused = events_before(reader, Which(kinds=["sign_in_refused"]), None, 100)
    assert [one.address for one in reversed(refused)] == [*(f"10.0.{number}.0/24" for number in range(5)), ""]
    assert sum(one.count for one in refused) == 50


def test_what_is_deleted_has_no_name_and_no_address(ann: Client) -> None:
    with Client(ann.served, base_url=HERE, client=("203.0.113.77", 1)) as ben:
        made = ann.post("/api/accounts", json={"username": "ben", "password": PASSWORD}).json()["id"]
        assert sign_in(ben, "ben", "wrong password").status_code == 401
        sign_in(ben, "ben").raise_for_status()
        athlete = ben.get("/api/session").json()["athletes"][0]["id"]
        which = Which(account=int(made))
        with ann.served.database.read() as reader:
            before = events_before(reader, which, None, 100)
        assert {one.address for one in before if one.kind in ("signed_in", "sign_in_refused")} == {"203.0.113.0/24"}
        ben.post("/api/account/delete", json={"username": "ben"}).raise_for_status()
    take_away(ann.served.context, int(athlete))
    with ann.served.database.read() as reader:
        after = events_before(reader, which, None, 100)
        (deleted,) = events_before(reader, Which(kinds=["athlete_deleted"]), None, 100)
    assert len(after) == len(before) + 2, "the account and the removal of its athlete, done by it"
    gone = [one for one in after if one.kind != "account_deleted"]
    assert {one.about_name for one in gone} == {None} and {one.athlete_name for one in gone} == {None}
    assert "ben" not in repr(after) and deleted.about_athlete == int(athlete) and deleted.method == "server"
    assert "203.0.113" not in repr(gone)


def test_events_are_kept_so_long(plain: Client, clock: Clock) -> None:
    assert RETENTION.due(plain.served.context) == []
    clock.now_ms += KEEP_MS + 1
    RETENTION.run(plain.served.context, {})
    assert [one.kind for one in logged(plain.served)] == []
    assert KEEP_MS == 400 * DAY_MS


def test_kinds_are_named_once() -> None:
    assert len(set(KINDS)) == len(KINDS)


def kinds_of(client: Client, path: str, **query: Any) -> list[str]:
    """Return the kinds of the events at an address, the newest first."""
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return [one["kind"] for one in answer.json()["items"]]


def test_everybody_reads_what_is_theirs(ann: Client) -> None:
    with Client(ann.served, base_url=HERE, client=("203.0.113.77", 1)) as ben:
        made = ann.post("/api/accounts", json={"username": "ben", "password": PASSWORD}).json()["id"]
        sign_in(ben, "ben").raise_for_status()
        sent = ben.post("/api/people/invitations", json={"name": "Ann", "role": "coach"}).json()["path"]
        ann.post("/api/invitations/accept", json={"token": sent.partition("#")[2]}).raise_for_status()
        assert ben.get("/api/security-events").status_code == 403
        assert ben.get("/api/security-events/table.csv").status_code == 403
        own = ben.get("/api/account/security-events").json()
        assert [one["kind"] for one in own["items"]] == ["invitation_made", "signed_in", "account_made"]
        assert (own["total"], own["next"]) == (3, None)
        assert [one["address"] for one in own["items"]] == 2 * ["203.0.113.0/24"] + [""], "another's is hidden"
        assert own["items"][2]["by"] == {"name": "ann"} and own["items"][0]["role"] == "coach"
        about = ben.get("/api/people/security-events").json()["items"]
        assert [one["kind"] for one in about] == ["invitation_accepted", "invitation_made"]
        assert [one["by"]["name"] for one in about] == ["ann", "ben"] and about[0]["address"] == ""
        athlete = ben.get("/api/session").json()["athletes"][0]["id"]
        assert ann.get("/api/people/security-events", params={"athlete": athlete}).status_code == 403, "a coach"
        assert kinds_of(ann, "/api/people/security-events") == [], "nothing has happened to her own"
        named = next(
            one
            for one in ann.get("/api/account/security-events").json()["items"]
            if one["kind"] == "invitation_accepted"
        )
        assert named["athlete"] == {"name": "ben"}
        mine = ann.get("/api/session").json()["account"]["id"]
        ben.delete(f"/api/people/{mine}").raise_for_status()
        left = ann.get("/api/account/security-events").json()["items"]
        assert {one["kind"]: one["athlete"] for one in left}["role_taken"] == {"name": None}, "she sees it no more"
        assert kinds_of(ann, "/api/security-events", account=made, kind=["signed_in"]) == ["signed_in"]
        assert kinds_of(ann, "/api/security-events", kind=["account_made"]) == ["account_made", "account_made"]
        assert ann.get("/api/security-events", params={"kind": "nonsense"}).status_code == 422
        token = ben.post("/api/tokens", json={"name": "x", "scope": "write"}).json()["token"]
    with Client(ann.served, base_url=HERE, headers={"Authorization": f"Bearer {token}"}) as script:
        assert script.get("/api/account/security-events").status_code == 403, "a token is no person"


def test_pages_and_the_table_hold_all(plain: Client) -> None:
    for number in range(7):
        plain.post("/api/athletes", json={"name": f"Kid {number}"}).raise_for_status()
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = plain.get("/api/security-events", params={"limit": 4, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"] == 9 and seen == sorted(seen, key=int, reverse=True)
    assert plain.get("/api/security-events", params={"cursor": "x"}).status_code == 400
    table = plain.get("/api/security-events/table.csv")
    lines = table.text.split("\r\n")
    assert table.headers["content-type"].startswith("text/csv") and len(lines) == 11
    assert lines[0].startswith("at,kind,count,by,method,address,account,athlete")
    assert "athlete_added" in lines[1] and "Kid 6" in lines[1] and ",ann," in lines[1]

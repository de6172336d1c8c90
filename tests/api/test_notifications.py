"""Notifications over the API: each account its own channels, and the server's e-mail an administrator's."""

from starlette.testclient import TestClient

from homestretch.store.queries.notices import channels_of
from tests.api.asking import PUSH
from tests.api.client import ADDRESS, Client
from tests.fakes.mail import code_in, mail_sink


def test_channels_are_an_account_s_own(solo: Client) -> None:
    body = {"way": "webhook", "settings": {"url": "http://127.0.0.1:9/in"}, "secret": "s3cret"}
    (channel,) = solo.post("/api/notifications/channels", json=body).json()["channels"]
    assert (channel["place"], channel["has_secret"], channel["state"]) == ("http://127.0.0.1:9/in", True, "ready")
    assert "service_due" in channel["kinds"] and "share_opened" not in channel["kinds"]
    path = f"/api/notifications/channels/{channel['id']}"
    switched = {"kinds": {"service_due": False, "share_opened": True}}
    (channel,) = solo.patch(path, json=switched).json()["channels"]
    assert "service_due" not in channel["kinds"] and "share_opened" in channel["kinds"]
    assert solo.patch(path, json={"kinds": {"weather": True}}).status_code == 400
    assert solo.post(f"{path}/test").status_code == 502
    (channel,) = solo.patch(path, json={"settings": {"url": "http://127.0.0.1:9/other"}}).json()["channels"]
    assert not channel["has_secret"], "a secret goes to no other address than the one it was entered for"
    with solo.other("ben") as ben:
        assert ben.get("/api/notifications/settings").json()["channels"] == []
        for answer in (ben.patch(path, json={"paused": True}), ben.delete(path), ben.post(f"{path}/test")):
            assert answer.status_code == 404
        assert ben.post("/api/notifications/channels", json=body).status_code == 403
    assert solo.delete(path).status_code == 204
    assert solo.get("/api/notifications/settings").json()["channels"] == []


def test_quiet_hours_and_digests(solo: Client) -> None:
    path = "/api/notifications/settings"
    assert solo.get(path).json()["wishes"]["digest"] == "off"
    wishes = solo.patch(path, json={"quiet_from": 1320, "quiet_until": 420}).json()["wishes"]
    assert (wishes["quiet_from"], wishes["quiet_until"], wishes["health_values"]) == (1320, 420, False)
    wishes = solo.patch(path, json={"digest": "weekly"}).json()["wishes"]
    assert (wishes["quiet_from"], wishes["digest"]) == (1320, "weekly")
    assert solo.patch(path, json={"quiet_from": 60, "quiet_until": None}).status_code == 400
    assert solo.patch(path, json={"quiet_from": 60, "quiet_until": 60}).status_code == 400
    assert solo.patch(path, json={"quiet_from": None, "quiet_until": None}).json()["wishes"]["quiet_from"] is None


def test_email_is_set_up_tried_and_stopped(solo: Client) -> None:
    ways = solo.get("/api/notifications/settings").json()["ways"]
    assert [way["key"] for way in ways if not way["ready"]] == ["email"]
    with mail_sink() as mail:
        server = {"host": "127.0.0.1", "port": mail.port, "security": "none", "sender": "hs@example.com"}
        assert solo.put("/api/mail", json={**server, "host": "mail.example.com"}).status_code == 400
        assert solo.put("/api/mail", json={**server, "sender": "nowhere"}).status_code == 400
        kept = solo.put("/api/mail", json={**server, "username": "ann", "password": "secret one"}).json()
        assert (kept["server"]["has_password"], "secret one" in str(kept)) == (True, False)
        assert solo.put("/api/mail", json=server).json()["server"]["has_password"] is False
        assert solo.post("/api/mail/test", json={"to": "ann@example.com"}).status_code == 204
        (letter,) = mail.taken
        assert letter["To"] == "ann@example.com"
        body = {"way": "email", "settings": {"to": "ann@example.com"}}
        (channel,) = solo.post("/api/notifications/channels", json=body).json()["channels"]
        assert (channel["paused"], channel["address_state"]) == (False, "unconfirmed")
        path = f"/api/notifications/channels/{channel['id']}"
        assert solo.post(f"{path}/test").json()["code"] == "address-not-confirmed"
        wrong = solo.post(f"{path}/confirm", json={"proof": "no code"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-address-code")
        solo.post(f"{path}/code").raise_for_status()
        (channel,) = solo.post(f"{path}/confirm", json={"proof": code_in(mail)}).json()["channels"]
        assert channel["address_state"] == "confirmed"
        assert solo.post(f"{path}/code").status_code == 409
    with solo.served.database.read() as reader:
        token = channels_of(reader)[0].stop_token
    with TestClient(solo.api, base_url=ADDRESS) as nobody:  # an e-mail program, which knows neither us nor cookies
        form = {"List-Unsubscribe": "One-Click"}
        assert nobody.post("/api/notifications/stop/wrong", data=form).status_code == 404
        assert nobody.post(f"/api/notifications/stop/{token}", data=form).status_code == 200
    assert solo.get("/api/notifications/settings").json()["channels"][0]["paused"]
    with solo.other("ben") as ben:
        assert ben.get("/api/mail").status_code == 403


def test_a_browser_turns_on_push_and_signing_out_ends_it(solo: Client) -> None:
    key = solo.post("/api/notifications/push-key").json()["public_key"]
    assert key == solo.post("/api/notifications/push-key").json()["public_key"] and len(key) == 87
    agent = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2) Version/17.2 Mobile Safari/604.1"}
    made = solo.post("/api/notifications/devices", json=PUSH, headers=agent)
    assert made.status_code == 201
    (channel,) = solo.get("/api/notifications/settings").json()["channels"]
    assert (channel["id"], channel["way"], channel["place"]) == (made.json()["channel"], "push", "Safari on iPhone")
    assert not channel["has_secret"] and PUSH["endpoint"] not in str(channel)
    assert solo.put(f"/api/notifications/devices/{channel['id']}", json=PUSH).status_code == 204
    bad = {**PUSH, "endpoint": "http://127.0.0.1:9/push"}
    assert solo.put(f"/api/notifications/devices/{channel['id']}", json=bad).status_code == 400
    with solo.other("ben") as ben:
        assert ben.post("/api/notifications/devices", json=PUSH).status_code == 403  # into the server's network
    assert solo.delete("/api/session").status_code == 200
    with solo.served.database.read() as reader:
        assert channels_of(reader) == []


def test_tests_of_channels_have_to_wait(solo: Client) -> None:
    """An address may be anybody's: no one is sent mail after mail by pressing a button."""
    noted = {"way": "webhook", "settings": {"url": "http://127.0.0.1:9"}}
    channel = solo.post("/api/notifications/channels", json=noted).json()["channels"][0]["id"]
    answers = [solo.post(f"/api/notifications/channels/{channel}/test") for _ in range(7)]
    assert answers[-1].status_code == 429 and answers[-1].json()["code"] == "too-many-tests"
    assert answers[0].status_code != 429

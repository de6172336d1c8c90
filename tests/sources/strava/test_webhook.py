"""Strava's calls: a challenge that only we can answer, and hints."""

import json

from homestretch.sources.strava.webhook import answer, owner, verify_token

SECRET = {"client_secret": "hush"}
EVENT = {
    "object_type": "activity", "object_id": 1360128428, "aspect_type": "update", "updates": {"title": "Messy"},
    "owner_id": 134815, "subscription_id": 120475, "event_time": 1516126040,
}  # fmt: skip


def test_a_challenge_is_answered_to_who_knows_the_word() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "15f7", "hub.verify_token": verify_token(SECRET)}
    assert answer(query, SECRET) == {"hub.challenge": "15f7"}
    assert answer(query, {"client_secret": "other"}) is None and answer(query, {}) is None
    for name in query:
        assert answer({**query, name: "x" if name != "hub.challenge" else ""}, SECRET) is None
    assert "hush" not in verify_token(SECRET) and len(verify_token(SECRET)) == 40


def test_an_event_names_its_owner() -> None:
    assert owner({}, json.dumps(EVENT).encode(), SECRET) == "134815"
    for body in (b"", b"[]", b"{}", b'{"object_type": "club", "owner_id": 3}', b'{"object_type": "athlete"}'):
        assert owner({}, body, SECRET) is None
    assert owner({}, json.dumps({**EVENT, "owner_id": True}).encode(), SECRET) is None

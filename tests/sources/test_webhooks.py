"""Messages from providers: only authentic ones are heard; they wake whom they are about, and not too often."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.app import App
from homestretch.errors import Forbidden, NotFound
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.webhooks import APART_MS, challenge, receive
from homestretch.registry import load
from homestretch.sources.intervals import webhook as intervals
from homestretch.sources.registry import sources
from homestretch.sources.ridewithgps import webhook as ridewithgps
from homestretch.store.scope import Scope
from tests.api.client import Client
from tests.fakes.intervals import FakeIntervals
from tests.fakes.intervals import server as of_intervals
from tests.fakes.ridewithgps import FakeRideWithGPS
from tests.fakes.ridewithgps import server as of_ridewithgps
from tests.sources.connected import Connected
from tests.sources.joined import joined

BACK = "http://127.0.0.1:8080/sources/callback"
APP = {"client_id": "me", "client_secret": "hush", "redirect_uri": BACK}
HEARING = sorted(key for key, source in sources().items() if source.webhooks)


@pytest.fixture
def fakes() -> Iterator[tuple[FakeRideWithGPS, FakeIntervals]]:
    with ExitStack() as stack:
        yield stack.enter_context(FakeRideWithGPS()), stack.enter_context(FakeIntervals())


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fakes: tuple[FakeRideWithGPS, FakeIntervals]) -> Connected:
    """Ride with GPS by OAuth, synced once, with nothing due."""
    found = joined(sqlite_context, scope, fakes[0], "ridewithgps", "oauth", APP)
    found.run()
    found.clock.ahead(minutes=30)
    assert not found.due
    return found


@pytest.mark.parametrize("key", HEARING)
def test_every_source_that_sends_messages_knows_them(key: str) -> None:
    webhook = load("homestretch.sources", f"{key}.webhook")
    assert webhook.owner({}, b"{}", {}) is None and webhook.owner({}, b"{", {"client_secret": "hush"}) is None


def test_a_signed_message_is_told_from_others() -> None:
    headers, body = FakeRideWithGPS().message(7)
    secret = {"client_secret": of_ridewithgps.CLIENT_SECRET}
    assert ridewithgps.owner(headers, body, secret) == "7"
    assert (
        ridewithgps.owner({**headers, "x-rwgps-signature": headers["x-rwgps-signature"].upper()}, body, secret) == "7"
    )
    both, about_two = FakeRideWithGPS().message(7, 8)
    assert ridewithgps.owner(both, about_two, secret) == "*"
    for other in ({}, {"client_secret": ""}, {"client_secret": "else"}, {"client_secret": None}):
        assert ridewithgps.owner(headers, body, other) is None
    assert ridewithgps.owner(headers, body + b" ", secret) is None and ridewithgps.owner({}, body, secret) is None


def test_a_message_with_the_right_word_is_told_from_others() -> None:
    body, secret = FakeIntervals().message("i7"), {"webhook_secret": of_intervals.WEBHOOK_SECRET}
    assert intervals.owner({}, body, secret) == "i7"
    assert intervals.owner({}, FakeIntervals().message("i7", "i8"), secret) == "*"
    assert intervals.owner({}, FakeIntervals().message("i7", secret="wrong"), secret) is None
    assert intervals.owner({}, body, {}) is None and intervals.owner({}, body, {"webhook_secret": ""}) is None
    for strange in (b"[]", b"{", b'{"secret": 7}', b'{"secret": null, "events": 3}'):
        assert intervals.owner({}, strange, secret) is None


@pytest.mark.parametrize("webhook", [ridewithgps, intervals])
@given(body=st.binary() | st.text(alphabet='[]{}",:0123456789secrtvn ').map(str.encode), said=st.text(max_size=5))
def test_nobody_guesses(webhook: ModuleType, body: bytes, said: str) -> None:
    secret = {"client_secret": "a long word", "webhook_secret": "a long word"}
    assert webhook.owner({"x-rwgps-signature": said}, body, secret) is None


def test_a_message_wakes_whom_it_is_about(connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals]) -> None:
    assert receive(connected.context, "ridewithgps", *fakes[0].message(8)) == 0 and not connected.due, "it is another's"
    fakes[0].add(name="Home")
    assert receive(connected.context, "ridewithgps", *fakes[0].message(7)) == 1 and connected.due
    connected.run()
    assert connected.entry("activity", 1).details["name"] == "Home"
    assert connected.runs()[-1] == ("schedule", "done") and not connected.due


def test_messages_about_several_wake_all_who_know_the_word(
    connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals]
) -> None:
    assert receive(connected.context, "ridewithgps", *fakes[0].message(8, 9)) == 1 and connected.due


def test_many_messages_are_one_sync(connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals]) -> None:
    assert [receive(connected.context, "ridewithgps", *fakes[0].message(7)) for _ in range(5)] == [1, 0, 0, 0, 0]
    connected.run()
    count = len(connected.runs())
    assert receive(connected.context, "ridewithgps", *fakes[0].message(7)) == 1 and not connected.due, (
        "not at once again"
    )
    connected.clock.ahead(seconds=APART_MS / 1000)
    assert connected.due
    connected.run()
    assert len(connected.runs()) == count + 1


@pytest.mark.parametrize("how", [{"paused": True}, {"by_hand": True}])
def test_who_is_paused_or_by_hand_is_left_alone(
    connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals], how: dict[str, Any]
) -> None:
    flow.change(connected.context, connected.scope, connected.id, **how)
    assert receive(connected.context, "ridewithgps", *fakes[0].message(7)) == 0 and not connected.due


def test_what_is_not_authentic_is_refused(connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals]) -> None:
    headers, body = fakes[0].message(7)
    for wrong in ({}, {**headers, "x-rwgps-signature": "00"}):
        with pytest.raises(Forbidden):
            receive(connected.context, "ridewithgps", wrong, body)
    for nobody in ("intervals", "garmin", "nowhere"):
        with pytest.raises(NotFound):
            receive(connected.context, nobody, headers, body)
    with pytest.raises(NotFound):
        challenge(connected.context, "ridewithgps", {"hub.challenge": "x"})
    flow.disconnect(connected.context, connected.scope, connected.id)
    with pytest.raises(NotFound):
        receive(connected.context, "ridewithgps", headers, body)


def test_a_secret_whose_key_is_gone_hears_nothing(
    connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals]
) -> None:
    from homestretch.flow.runtime.secret_store import KEY_FILE

    (connected.context.settings.data_dir / KEY_FILE).unlink()
    with pytest.raises(NotFound):
        receive(connected.context, "ridewithgps", *fakes[0].message(7))


@pytest.fixture
def send(connected: Connected) -> Iterator[Callable[..., int]]:
    """Return what sends a message to the door, as nobody in particular, and returns the answer's status."""
    with Client(App(connected.context), headers={}) as client:  # a provider has no header of our pages

        def sent(source: str, headers: Mapping[str, str], body: bytes) -> int:
            answer = client.post(f"/api/webhooks/{source}", content=body, headers=dict(headers))
            assert answer.status_code != 200 or answer.json() == {}, "it tells nothing"
            return int(answer.status_code)

        yield sent


def test_the_door_takes_messages_from_nobody_in_particular(
    connected: Connected, fakes: tuple[FakeRideWithGPS, FakeIntervals], send: Callable[..., int]
) -> None:
    headers, body = fakes[0].message(7)
    assert send("ridewithgps", {}, body) == 403 and send("nowhere", headers, body) == 404
    assert send("ridewithgps", headers, body + b" ") == 403 and not connected.due
    assert send("ridewithgps", headers, body) == 200 and connected.due


def test_a_challenge_is_answered_by_the_source_that_has_one(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(query: Mapping[str, str], secret: Mapping[str, Any]) -> dict[str, str] | None:
        mine = query.get("word") == secret["client_secret"]
        return {"challenge": query["challenge"]} if mine else None

    monkeypatch.setattr(ridewithgps, "answer", answer, raising=False)
    with Client(App(connected.context)) as client:
        right = client.get("/api/webhooks/ridewithgps?word=hush&challenge=abc")
        assert right.status_code == 200 and json.loads(right.content) == {"challenge": "abc"}
        assert client.get("/api/webhooks/ridewithgps?word=guess&challenge=abc").status_code == 403
        assert client.get("/api/webhooks/intervals").status_code == 404

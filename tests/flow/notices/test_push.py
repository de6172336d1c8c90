"""Push reaches the device that turned it on, and no other, for as long as its session lasts."""

import dataclasses
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.accounts import sessions
from homestretch.flow.accounts.accounts import Caller, create_account
from homestretch.flow.accounts.sessions import caller_of_session, open_by_password
from homestretch.flow.notices import channels as flow
from homestretch.flow.notices.devices import Session, Subscription, renew, turn_on
from homestretch.flow.notices.push_key import public_push_key, push_key_of
from homestretch.flow.notices.sending import due_channels, send_due
from homestretch.flow.notices.times import GATHER_MS, REST_MS
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import remind, warn
from homestretch.flow.runtime.secret_store import KEY_FILE, rotate
from homestretch.net.reach import PrivateAddress
from homestretch.net.ways.base import DeviceGone, NotSent
from homestretch.store.queries import notices as stored
from homestretch.store.queries.notices import Channel
from tests.fakes.push import Browser, PushService, push_service

BEGAN_MS = 1_790_000_000_000
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(tmp_path) as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
        yield made


@dataclass
class Home:
    """An account with an athlete, signed in, and a clock that tests move."""

    context: Context
    service: PushService
    caller: Caller
    token: str
    athlete: int
    now: list[int] = field(default_factory=lambda: [BEGAN_MS])

    def browser(self) -> Browser:
        return self.service.subscribe(public_push_key(self.context))

    def given(self, browser: Browser) -> Subscription:
        return Subscription(**self.service.subscription(browser))

    def turned_on(self) -> tuple[Browser, str]:
        browser = self.browser()
        return browser, turn_on(self.context, of(self.caller), self.given(browser), AGENT)

    def later(self, ms: int = GATHER_MS) -> None:
        self.now[0] += ms
        self.service.now_s = self.now[0] / 1000

    def gear(self, name: str = "Chain") -> None:
        with self.context.database.write() as session:
            remind(session, self.athlete, self.now[0], "service_due", {"component": name, "gear": "Bike"})
        self.later()

    def send(self) -> int:
        return sum(send_due(self.context, channel) for channel in due_channels(self.context))

    def channels(self) -> list[Channel]:
        with self.context.database.read() as reader:
            return stored.channels_of(reader)


def of(caller: Caller) -> Session:
    return Session(caller.account_id, caller.session_hash)


def at_home(context: Context, service: PushService) -> Home:
    now = [BEGAN_MS]
    context = replace(context, clock=lambda: now[0])
    account = create_account(context, "ann", "correct horse battery", is_admin=True)
    caller, token = signed_in(context, account)
    with context.database.read() as reader:
        athlete = stored.first_athlete(reader, account)
    assert athlete is not None
    made = Home(context, service, caller, token, athlete, now)
    made.later(0)
    return made


def signed_in(context: Context, account: int) -> tuple[Caller, str]:
    token = open_by_password(context, account)
    caller = caller_of_session(context, token)
    assert caller is not None
    return caller, token


@pytest.fixture
def home(sqlite_context: Context, service: PushService) -> Home:
    return at_home(sqlite_context, service)


def test_a_push_is_encrypted_for_its_device(context: Context, service: PushService) -> None:
    home = at_home(context, service)
    browser, name = home.turned_on()
    home.gear("Kettenblätter")
    assert home.send() == 1 and home.send() == 0
    (said,) = browser.taken
    assert said["title"] == "Gear is due for service"
    assert (said["text"], said["page"]) == ("Kettenblätter of Bike is due for service.", "/gear")
    (asked,) = service.requests
    assert (asked["urgency"], asked["ttl"], len(asked["topic"])) == ("normal", str(3 * 86_400), 32)
    (channel,) = home.channels()
    assert (channel.public_id, channel.settings) == (name, {"device": "Firefox on Linux"})
    assert browser.path not in str(channel.secret) and browser.path not in str(channel.settings)
    service.forget(browser)
    home.gear("Tyre")
    home.later(REST_MS)
    assert home.send() == 0
    assert home.channels() == []  # and nobody is bothered with that
    with context.database.read() as reader:
        assert stored.abouts(reader, home.caller.account_id, "channel_stopped") == {}


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_asks_for_time_gets_it(home: Home, status: int) -> None:
    browser, _ = home.turned_on()
    home.service.status, home.service.headers = status, {"Retry-After": "1800"}
    home.gear()
    assert home.send() == 0
    (channel,) = home.channels()
    assert (channel.state, channel.retry_at_ms) == ("backed_off", home.now[0] + 1_800_000)
    assert channel.reason is not None and browser.path not in channel.reason
    home.service.status, home.service.headers = 201, {}
    home.later(1_799_000)
    assert home.send() == 0
    home.later(1_000)
    assert home.send() == 1
    assert len(browser.taken) == 1


def test_a_refusal_stops_the_device_and_says_so(home: Home) -> None:
    _, name = home.turned_on()
    home.service.status = 403
    home.gear()
    home.send()
    assert [one.state for one in home.channels()] == ["stopped"]
    with pytest.raises(NotSent, match="403"):
        flow.send_test(home.context, name, home.caller.account_id)


def test_no_redirect_is_followed(home: Home) -> None:
    browser, name = home.turned_on()
    home.service.status, home.service.headers = 307, {"Location": f"{home.service.origin}{browser.path}"}
    with pytest.raises(NotSent, match="307"):
        flow.send_test(home.context, name, home.caller.account_id)
    assert len(home.service.requests) == 1


def test_a_test_of_a_device_that_is_gone_says_so(home: Home) -> None:
    browser, name = home.turned_on()
    flow.send_test(home.context, name, home.caller.account_id)
    assert [one["title"] for one in browser.taken] == ["Test from Homestretch"]
    home.service.forget(browser)
    with pytest.raises(DeviceGone, match="Firefox on Linux"):
        flow.send_test(home.context, name, home.caller.account_id)
    assert home.channels() == []


def test_quiet_hours_hold_back_what_is_not_urgent(home: Home) -> None:
    browser, _ = home.turned_on()
    quiet = flow.WishesChange(quiet=((home.now[0] // 60_000 - 60) % 1440, (home.now[0] // 60_000 + 120) % 1440))
    flow.set_wishes(home.context, home.caller.account_id, quiet)
    home.gear()
    assert home.send() == 0
    with home.context.database.write() as session:
        warn(session, home.caller.account_id, home.now[0], "recovery_code_used", {})
    assert home.send() == 1
    assert [one["urgency"] for one in home.service.requests] == ["high"]
    home.later(3 * 3_600_000)
    assert home.send() == 1
    assert [one["page"] for one in browser.taken] == ["/settings/account", "/gear"]


def test_a_browser_is_one_account_s(home: Home) -> None:
    """Whoever turns push on in a browser ends it for whoever used it before."""
    browser, name = home.turned_on()
    assert turn_on(home.context, of(home.caller), home.given(browser), AGENT) == name
    ben, _ = signed_in(home.context, create_account(home.context, "ben", "correct horse battery", is_admin=True))
    with pytest.raises(NotFound):
        renew(home.context, of(ben), name, home.given(browser))
    with pytest.raises(NotFound):
        flow.send_test(home.context, name, ben.account_id)
    with pytest.raises(NotFound):
        flow.remove(home.context, ben.account_id, name)
    turn_on(home.context, of(ben), home.given(browser), AGENT)
    assert [one.account_id for one in home.channels()] == [ben.account_id]
    home.gear()
    assert home.send() == 0 and browser.taken == []


def test_push_ends_with_its_session(home: Home) -> None:
    _, kept = home.turned_on()
    other, token = signed_in(home.context, home.caller.account_id)
    third, _ = signed_in(home.context, home.caller.account_id)
    fourth, _ = signed_in(home.context, home.caller.account_id)
    for caller in (other, third, fourth):
        turn_on(home.context, of(caller), home.given(home.browser()), AGENT)
    sessions.sign_out(home.context, token)
    assert len(home.channels()) == 3
    sessions.end_named(home.context, third.account_id, str(third.session_hash)[: sessions.NAME_LENGTH])
    assert len(home.channels()) == 2
    renewed = sessions.confirmed(home.context, home.caller)  # the same session, by another token
    here = caller_of_session(home.context, renewed)
    assert here is not None
    sessions.end_others(home.context, here.account_id, here)
    assert [one.public_id for one in home.channels()] == [kept]
    sessions.end_all(home.context, here.account_id)
    assert home.channels() == []


def test_push_goes_on_where_a_session_only_expired(home: Home) -> None:
    browser, name = home.turned_on()
    home.later(40 * 86_400_000)
    caller, token = signed_in(home.context, home.caller.account_id)
    home.gear()
    assert home.send() == 1
    renew(home.context, of(caller), name, home.given(browser))
    sessions.sign_out(home.context, token)
    assert home.channels() == []


def test_a_browser_s_new_address_takes_the_place_of_the_old_one(home: Home) -> None:
    old, name = home.turned_on()
    new = home.browser()
    renew(home.context, of(home.caller), name, home.given(new))
    home.gear()
    assert home.send() == 1
    assert (len(old.taken), len(new.taken), len(home.channels())) == (0, 1, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://user@push.example/x"},
        {"endpoint": "https://"},
        {"endpoint": "https://[::1"},
        {"endpoint": "https://push.example/\n"},
        {"p256dh": "AAAA"},
        {"p256dh": "no letters!"},
        {"auth": "AAAA"},
    ],
)
def test_what_no_browser_says_is_refused(home: Home, changed: dict[str, Any]) -> None:
    given = dataclasses.replace(home.given(home.browser()), **changed)
    with pytest.raises(BadRequest):
        turn_on(home.context, of(home.caller), given, AGENT)
    assert home.channels() == []


def test_a_name_that_leads_into_the_network_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A push address is given by a browser: it is the way of a stranger into the server's own network."""
    ben, _ = signed_in(home.context, create_account(home.context, "ben", "correct horse battery", is_admin=False))
    with pytest.raises(PrivateAddress):
        turn_on(home.context, of(ben), home.given(home.browser()), AGENT)
    public = dataclasses.replace(home.given(home.browser()), endpoint="https://push.example/1")
    row = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(*row, ("93.184.216.34", 443))])
    name = turn_on(home.context, of(ben), public, AGENT)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(*row, ("127.0.0.1", 443))])
    with pytest.raises(PrivateAddress):
        flow.send_test(home.context, name, ben.account_id)


def test_push_is_turned_on_by_a_device_only(home: Home) -> None:
    with pytest.raises(BadRequest, match="browser"):
        flow.add(home.context, home.caller.account_id, "push", {"device": "Mine"}, None)
    _, name = home.turned_on()
    with pytest.raises(BadRequest, match="secret"):
        flow.change(home.context, home.caller.account_id, name, flow.ChannelChange(secret="{}"))
    flow.change(home.context, home.caller.account_id, name, flow.ChannelChange(settings={"device": "My phone"}))
    flow.send_test(home.context, name, home.caller.account_id)


def test_the_key_is_made_once_and_kept_encrypted(home: Home) -> None:
    browser, name = home.turned_on()
    first = public_push_key(home.context)
    assert public_push_key(home.context) == first
    rotate(home.context)
    assert public_push_key(home.context) == first
    flow.send_test(home.context, name, home.caller.account_id)
    assert len(browser.taken) == 1
    key = push_key_of(home.context)
    assert key is not None
    for file in home.context.settings.data_dir.glob("homestretch.db*"):
        assert key.private not in file.read_bytes()
    (home.context.settings.data_dir / KEY_FILE).unlink()
    assert public_push_key(home.context) != first  # nobody can send with the old one any more

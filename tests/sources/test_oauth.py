"""OAuth as sources with an interface of their own use it: there and back, refused, renewed, counted."""

import json
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest

from homestretch.cli._runtime import callback as _callback
from homestretch.errors import BadRequest, Conflict
from homestretch.flow.sync.answers import given
from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net.budget import Limits, Question, QuotaExhausted, RateLimitedClient, SignInAgain
from homestretch.net.oauth import REDIRECT, NotAllowed, OAuth, WrongAddress
from homestretch.net.secret import Secret
from homestretch.net.session import Http
from homestretch.settings import Settings
from homestretch.views.sources.sources import available
from tests.fakes.oauth import FakeOAuth
from tests.waiting import wait_until

OAUTH = OAuth("Somewhere", "https://somewhere.test/authorize", "https://somewhere.test/token", "read")
ANSWERS = {"client_id": "me", "client_secret": "hush", "redirect_uri": "http://127.0.0.1:8080/sources/callback"}


@pytest.mark.parametrize(
    ("settings", "home"),
    [
        (Settings(port=81), "http://127.0.0.1:81"),
        (Settings(host="0.0.0.0", port=90), "http://127.0.0.1:90"),
        (Settings(host="::1"), "http://[::1]:8080"),
        (Settings(public_url="https://home.example/"), "https://home.example"),
    ],
)
def test_the_way_back_is_where_we_are(settings: Settings, home: str) -> None:
    assert given([REDIRECT], {}, settings.address) == {"redirect_uri": f"{home}/sources/callback"}
    said = {"redirect_uri": "http://pi.lan/sources/callback"}
    assert given([REDIRECT], said, settings.address) == said


def test_the_form_has_the_public_address_where_there_is_one_and_else_leaves_it_to_the_browser() -> None:
    def defaults(public_url: str | None) -> set[str | float | bool | None]:
        ways = [way for source in available(public_url) for way in source["auth_methods"]]
        return {field["default"] for way in ways for field in way["fields"] if field["key"] == "redirect_uri"}

    assert defaults(None) == {"/sources/callback"}
    assert defaults("https://home.example/") == {"https://home.example/sources/callback"}


def usage(headers: Mapping[str, str]) -> dict[int, tuple[int, int]]:
    """What the fake tells in its headers, of a year, so that no test meets the end of a window."""
    return {31_536_000: (int(headers["x-limit"]), int(headers["x-usage"]))} if "x-limit" in headers else {}


@pytest.fixture
def fake() -> Iterator[FakeOAuth]:
    with FakeOAuth() as running:
        yield running


def calls_of(fake: FakeOAuth) -> RateLimitedClient:
    return RateLimitedClient("Somewhere", Limits(pause_s=0.0, read_quota=usage), pause_s=0.0, base=fake.url)


def went(fake: FakeOAuth, **answers: str) -> tuple[dict[str, str], str]:
    """Return the state of a question, and where the browser comes back to."""
    with pytest.raises(Question) as asked:
        OAUTH.begin({**ANSWERS, **answers})
    found = re.search(r"https://\S+", asked.value.text)
    assert found is not None and "hush" not in asked.value.text
    return dict(asked.value.state), fake.allow(found[0])


def signed_in(fake: FakeOAuth) -> Secret:
    state, back = went(fake)
    return OAUTH.resume(calls_of(fake), json.loads(json.dumps(state)), {"redirect": f"  {back} "})


def test_there_and_back(fake: FakeOAuth) -> None:
    secret = signed_in(fake)
    http = Http(calls_of(fake), UnsavedSecret(secret), OAUTH)
    assert json.loads(http.get("https://somewhere.test/api/me", {"page": "2"}).body) == {"path": "/api/me?page=2"}


def test_an_address_of_another_try_is_refused_and_the_question_stays_good(fake: FakeOAuth) -> None:
    (state, back), (_, other) = went(fake), went(fake)
    for wrong in ("", "nonsense", other, back.split("?")[0], "http://[", back.replace("state=", "state=x")):
        with pytest.raises(WrongAddress):
            OAUTH.resume(calls_of(fake), state, {"redirect": wrong})
    assert OAUTH.resume(calls_of(fake), state, {"redirect": back})["access_token"]


def test_refusals_say_what_they_are(fake: FakeOAuth) -> None:
    fake.refuses = True
    state, back = went(fake)
    with pytest.raises(NotAllowed, match="access_denied"):
        OAUTH.resume(calls_of(fake), state, {"redirect": back})
    fake.refuses = False
    state, back = went(fake, client_secret="wrong")
    with pytest.raises(NotAllowed, match="invalid_client"):
        OAUTH.resume(calls_of(fake), state, {"redirect": back})
    state, back = went(fake)
    OAUTH.resume(calls_of(fake), state, {"redirect": back})
    with pytest.raises(NotAllowed, match="invalid_grant"):  # a code is good once
        OAUTH.resume(calls_of(fake), state, {"redirect": back})


def test_a_token_is_renewed_before_it_is_over_and_when_it_was_taken_back(fake: FakeOAuth) -> None:
    fake.lasts_s = 60.0  # which is over soon enough to be renewed at once
    held = UnsavedSecret(signed_in(fake))
    fake.lasts_s = 3600.0
    http = Http(calls_of(fake), held, OAUTH)
    first = held.read()["access_token"]
    http.get("https://somewhere.test/a")
    assert held.read()["access_token"] != first and fake.asked == ["/a"]
    fake.access.clear()
    http.get("https://somewhere.test/b")
    assert fake.asked == ["/a", "/b", "/b"] and fake.reused == 0


def test_a_sign_in_that_is_over_for_good_says_so(fake: FakeOAuth) -> None:
    http = Http(calls_of(fake), UnsavedSecret(signed_in(fake)), OAUTH)
    fake.access.clear()
    fake.refresh = None
    with pytest.raises(SignInAgain, match="invalid_grant"):
        http.get("https://somewhere.test/a")


def test_of_two_that_renew_one_does(fake: FakeOAuth) -> None:
    held = UnsavedSecret(signed_in(fake))
    both = [Http(calls_of(fake), held, OAUTH) for _ in range(2)]
    fake.access.clear()
    for http in both:
        http.get("https://somewhere.test/a")
    assert fake.reused == 0 and both[0].secret == both[1].secret == held.read()


def test_the_providers_own_count_is_the_truth(fake: FakeOAuth) -> None:
    calls = calls_of(fake)
    http = Http(calls, UnsavedSecret(signed_in(fake)), OAUTH)
    for _ in range(59):
        http.get("https://somewhere.test/a")  # it counts 41 to 99 by now
    assert calls.quota_used["31536000"][1] == 99
    http.get("https://somewhere.test/a")
    with pytest.raises(QuotaExhausted):
        http.get("https://somewhere.test/a")
    assert len(fake.asked) == 60


def test_a_browser_comes_back_to_a_machine_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    port = _free()
    told: list[str] = []
    waiting = threading.Thread(target=lambda: told.append(_callback.wait_for_callback(f"0.0.0.0:{port}", "xyz")))
    waiting.start()
    back = f"http://127.0.0.1:{port}/sources/callback?{urlencode({'code': 'abc', 'state': 'xyz'})}"
    _ask(f"http://127.0.0.1:{port}/favicon.ico")
    strays = ("", "sources/callback?code=abc", "?code=evil&state=xy", "?state=xyz", "?code=a&state=http://[")
    with socket.create_connection(("127.0.0.1", port)):  # who says nothing
        for stray in strays:
            assert b"close this page" not in _ask(f"http://127.0.0.1:{port}/{stray}")
        assert told == [] and b"close this page" in _ask(back)
    waiting.join(timeout=20)
    assert told == [back]
    monkeypatch.setattr(_callback, "PATIENCE_S", 0.0)
    with pytest.raises(Conflict, match="did not return"):
        _callback.wait_for_callback(f"127.0.0.1:{_free()}", "xyz")
    with pytest.raises(BadRequest):
        _callback.wait_for_callback("anywhere", "xyz")


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _ask(url: str) -> bytes:
    answers: list[bytes] = []

    def answered() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                answers.append(answer.read())
        except urllib.error.HTTPError as error:
            answers.append(error.read())
        except OSError:
            return False  # nobody listens yet
        return True

    wait_until(answered)
    return answers[0]

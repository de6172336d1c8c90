"""The one way out: what a caller may read itself, what a refusal means, what needs a permit, how a key is shown."""

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net import budget as _calls
from homestretch.net.budget import (
    Limits,
    NotApproved,
    Permit,
    RateLimited,
    RateLimitedClient,
    SignInAgain,
    UnexpectedResponse,
)
from homestretch.net.session import Http, bearer
from homestretch.sources.intervals.client import API, ME, OAUTH, _marks
from tests.fakes.intervals import FakeIntervals
from tests.fakes.intervals.server import KEY


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIntervals]:
    monkeypatch.setattr(_calls, "FIRST_WAIT_S", 0.0)
    with FakeIntervals() as made:
        yield made


@pytest.fixture
def http(fake: FakeIntervals) -> Http:
    calls = RateLimitedClient("intervals.icu", Limits(pause_s=0.0), pause_s=0.0, base=fake.url)
    return Http(calls, UnsavedSecret({"api_key": KEY}), OAUTH, _marks)


def test_a_status_may_be_the_callers_to_read(fake: FakeIntervals, http: Http) -> None:
    fake.fault("*", 422)
    assert http.get(ME, reads=(422,)).status == 422
    with pytest.raises(UnexpectedResponse, match="422"):
        http.get(ME)


def test_a_refusal_in_json_is_the_providers_own_word_and_a_page_is_a_gate_keepers(
    fake: FakeIntervals, http: Http
) -> None:
    fake.tells_self = False
    with pytest.raises(UnexpectedResponse, match="403"):  # behind Cloudflare, as its headers say
        http.get(ME)
    assert json.loads(http.get(ME, reads=(403,)).body)["error"] == "SETTINGS:READ is missing"
    fake.fault("*", "cloudflare", times=1)
    with pytest.raises(RateLimited):
        http.get(ME)


def test_a_fault_of_the_moment_is_tried_again_even_where_it_is_read(fake: FakeIntervals, http: Http) -> None:
    fake.fault("*", "503", times=2)
    assert http.get(ME, reads=(503,)).status == 200 and fake.counts.total == 3


def test_a_key_that_is_not_taken_asks_for_a_sign_in(fake: FakeIntervals, http: Http) -> None:
    fake.key = "another"
    with pytest.raises(SignInAgain):
        http.get(ME)
    fake.key = KEY
    assert http.get(ME).status == 200


def test_what_somebody_signed_in_with_meanwhile_is_used(fake: FakeIntervals, http: Http) -> None:
    fake.key = "another"
    cast(UnsavedSecret, http.secret_store).secret = {"api_key": "another"}
    assert http.get(ME).status == 200


def test_what_is_no_question_needs_a_permit(fake: FakeIntervals, http: Http) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        with pytest.raises(NotApproved, match=f"{method} .* would change data"):
            http.write(method, f"{API}/activity/i1", cast(Any, None), json={"name": "New"})
    assert fake.counts.total == 0
    assert http.write("PUT", f"{API}/activity/i1", Permit(1), json={"name": "New"}).status == 404
    assert [hit.url for hit in fake.counts.hits] == ["PUT /api/v1/activity/i1"]


def test_a_token_is_a_bearers() -> None:
    assert bearer({"access_token": "abc"}) == {"Authorization": "Bearer abc"}

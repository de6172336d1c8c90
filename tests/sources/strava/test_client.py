"""Strava's interface as we ask it: signed in to, listed, limited, refused, and in plain words."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net.budget import QuotaExhausted, RateLimited, SignInAgain, UnexpectedResponse
from homestretch.net.oauth import NotAllowed
from homestretch.sources.base import RemoteAccount, RemoteItem
from homestretch.sources.strava.client import Inactive, NothingAllowed, ScopeMissing, Strava, StravaSignIn
from homestretch.sources.strava.source import API, APIS, quota_in
from tests.fakes.strava import Account, FakeStrava
from tests.fakes.strava.account import BIKE, FIRST, GEAR_NAMES, LAST
from tests.sources.strava.linked import calls_of, came_back, client_of, signed_in


def listed(client: Strava, page: int = 200, since: str | None = None) -> list[RemoteItem]:
    """Return everything that the list has, page by page."""
    start: int | None = 0
    found: list[RemoteItem] = []
    for _ in range(50):
        if start is None:
            return found
        answer = client.activities(start, page, since)
        found += answer.items
        start = answer.next
    raise AssertionError("it never ends")


def test_there_and_back(fake: FakeStrava) -> None:
    secret = signed_in(fake)
    assert secret["scope"] == "activity:read,activity:read_all,activity:write,profile:read_all,read"
    assert secret["refresh_token"] and secret["expires_ms"] > time.time() * 1000
    remote_account = client_of(fake).remote_account()
    assert (remote_account.key, remote_account.zone) == (str(fake.account.id), None)
    assert FIRST not in repr(remote_account) and LAST not in repr(remote_account), "a name is not ours to keep"


def test_what_was_not_ticked_is_said_in_plain_words(fake: FakeStrava) -> None:
    fake.scopes = ("read", "profile:read_all")
    state, back = came_back(fake)
    with pytest.raises(NothingAllowed, match=r"leave .* ticked"):
        StravaSignIn(calls_of(fake)).resume(state, {"redirect": back})
    fake.scopes = ("read", "activity:read")
    client = client_of(fake)
    assert len(listed(client)) == 5 and "gear_name" not in listed(client)[0].details
    assert not client.may("activity:write") and client.may("activity:read")
    fake.scopes = ("read", "profile:read_all")  # taken back since then
    with pytest.raises(ScopeMissing, match=r"activity:read_permission.*Sign in again"):
        client.activities(0, 200, None)


def test_who_refuses_is_not_signed_in(fake: FakeStrava) -> None:
    fake.refuses = True
    state, back = came_back(fake)
    with pytest.raises(NotAllowed, match="access_denied"):
        StravaSignIn(calls_of(fake)).resume(state, {"redirect": back})


def test_an_application_without_a_subscription_is_told_of_the_archive(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.inactive = True
    with pytest.raises(Inactive, match=r"paid subscription.*archive") as caught:
        client.remote_account()
    assert caught.value.after_s == 86_400 and len(str(caught.value).split(". ")) <= 2


def test_a_token_is_renewed_and_its_scope_remembered(fake: FakeStrava) -> None:
    held = UnsavedSecret(signed_in(fake))
    client = Strava(held, RemoteAccount(""), calls_of(fake))
    fake.access.clear()
    assert len(listed(client)) == 5
    assert held.read()["scope"] and held.read()["access_token"] in fake.access
    fake.revoked = True
    with pytest.raises(SignInAgain):
        client.activities(0, 200, None)


@pytest.mark.parametrize("address", APIS)
def test_the_interface_may_move(fake: FakeStrava, address: str) -> None:
    client = client_of(fake, api=address)
    assert len(listed(client)) == 5
    path = "/api/v3/athlete/activities" if address == API else "/athlete/activities"
    assert f"GET {path}?per_page=200" in [hit.url for hit in fake.counts.hits]


@pytest.mark.parametrize("page", [1, 2, 3, 5, 200])
def test_the_list_is_whole_whatever_the_page(fake: FakeStrava, page: int) -> None:
    twin = fake.account.add(fake.account.last, "A twin of the same second")
    keys = [item.key for item in listed(client_of(fake), page)] if page > 1 else []
    assert page == 1 or set(keys) == {str(number) for number in fake.account.activities}
    assert page == 1 or str(twin.id) in keys
    assert "after=" not in "".join(hit.url for hit in fake.counts.hits), "with `after` the oldest would come first"


def test_a_list_goes_back_to_a_day(fake: FakeStrava) -> None:
    since = (fake.account.last - timedelta(days=2)).date().isoformat()
    client = client_of(fake)
    keys = {item.key for item in listed(client, 1 << 20, since)}
    assert {
        str(number) for number, one in fake.account.activities.items() if one.start.date().isoformat() >= since
    } <= keys
    assert fake.counts.of("GET /athlete/activities") == 1


def test_nothing_is_missed_when_something_is_deleted_meanwhile(fake: FakeStrava) -> None:
    client = client_of(fake)
    first = client.activities(0, 2, None)
    del fake.account.activities[int(first.items[0].key)]
    assert first.next is not None
    start: int | None = first.next
    rest: list[RemoteItem] = []
    while start is not None:
        page = client.activities(start, 2, None)
        rest += page.items
        start = page.next
    assert {item.key for item in rest} >= {str(number) for number in fake.account.activities} - {first.items[1].key}


def test_facts_have_our_names(fake: FakeStrava) -> None:
    made = fake.account.add(
        datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "Late", sport_type="GravelRide", external="garmin_ping_77",
        commute=True, trainer=True,
    )  # fmt: skip
    item = next(one for one in listed(client_of(fake)) if one.key == str(made.id))
    assert (item.since, item.until) == ("2026-11-21", "2026-11-21"), "the day on the athlete's clock"
    assert item.details == {
        "name": "Late", "distance_m": 24931.4, "elapsed_s": 4500, "moving_s": 4440, "gear": BIKE,
        "gear_name": GEAR_NAMES[BIKE], "file": "garmin_ping_77", "device": "Garmin Edge 1030", "sport": "cycling",
        "sub_sport": "gravel_cycling", "start": "2026-11-21T00:30:00", "start_utc": "2026-11-20T22:30:00Z",
        "url": f"https://www.strava.com/activities/{made.id}", "trainer": True, "commute": True, "manual": False,
    }  # fmt: skip


def test_the_gear_is_asked_for_once(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.counts.reset()
    listed(client, 2)
    assert fake.counts.of("GET /athlete") == 1


def test_both_pairs_of_limits_are_read() -> None:
    headers = {
        "x-ratelimit-limit": "200,2000", "x-ratelimit-usage": "3,1990", "x-readratelimit-limit": "100, 1000",
        "x-readratelimit-usage": "40,300",
    }  # fmt: skip
    assert quota_in(headers) == {900: (100, 40), 86_400: (2000, 1990)}, "of each window the pair that leaves less"
    assert quota_in({}) == {} == quota_in({"x-ratelimit-limit": "200,2000", "x-ratelimit-usage": "soon"})


def test_what_strava_counts_is_the_truth(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.read = [99, 99]
    client.athlete()
    asked = fake.counts.total
    with pytest.raises(QuotaExhausted) as caught:
        client.athlete()
    assert fake.counts.total == asked and 0 < caught.value.details["after_s"] <= 900


def test_a_refusal_without_a_time_rests_until_the_window_ends(fake: FakeStrava) -> None:
    fake.with_limits = False
    client = client_of(fake)
    fake.read = [100, 100]
    before = 900 - time.time() % 900
    with pytest.raises(QuotaExhausted) as caught:
        client.athlete()
    assert abs(caught.value.details["after_s"] - before) < 5 or caught.value.details["after_s"] > 890
    fake.with_limits = True
    fake.read = [3, 1000]
    fake.reads = [2, 1000]
    with pytest.raises(QuotaExhausted) as day:
        client.athlete()
    assert day.value.details["after_s"] == pytest.approx(86_400 - time.time() % 86_400, abs=5)


def test_a_refusal_with_a_time_says_it(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.fault("*/athlete", "429json", times=1, retry_after="77")
    with pytest.raises(RateLimited) as caught:
        client.athlete()
    assert caught.value.after_s == 77
    fake.fault("*/athlete", "cloudflare", times=1)
    with pytest.raises(RateLimited):
        client.athlete()


@pytest.mark.parametrize("kind", ["empty", "garbage", "null", "html", "404"])
def test_what_is_no_list_is_said(fake: FakeStrava, kind: str) -> None:
    client = client_of(fake)
    client.athlete()
    fake.fault("*/athlete/activities", kind, times=1)
    with pytest.raises(UnexpectedResponse):
        client.activities(0, 200, None)
    assert len(listed(client)) == 5


def test_faults_of_the_moment_are_tried_again(fake: FakeStrava) -> None:
    client = client_of(fake)
    for kind in ("500", "503", "lost", "cut"):
        fake.fault("*/athlete/activities", kind, times=1)
        assert len(listed(client)) == 5


def test_an_empty_account_has_nothing(fake: FakeStrava) -> None:
    fake.account = Account(number=0)
    assert listed(client_of(fake)) == []


def test_nothing_is_fetched(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.counts.reset()
    assert client.fetch(RemoteItem("activity", "9000000000", "", "")) == () and fake.counts.total == 0

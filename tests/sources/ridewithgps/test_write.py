"""Changes at Ride with GPS: by its newer interface or the older one, uploads by task, refusals in its words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net import budget as _calls
from homestretch.net.budget import ChangeRejected, NotApproved, Permit, RateLimitedClient
from homestretch.sources.base import Change, RemoteAccount, Source, Written
from homestretch.sources.registry import sources
from homestretch.sources.ridewithgps.client import API, RideWithGPS
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.fakes.ridewithgps.server import API_KEY, EMAIL, PASSWORD

PERMIT = Permit(1)
START = datetime(2026, 11, 19, 15, tzinfo=UTC)
SOURCE: Source = sources()["ridewithgps"]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(_calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(trip(5, START)) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def client(fake: FakeRideWithGPS) -> RideWithGPS:
    calls = RateLimitedClient(SOURCE.name, SOURCE.limits, pause_s=0.0, base=fake.url)
    secret = SOURCE.sign_in(calls).begin("key", {"api_key": API_KEY, "email": EMAIL, "password": PASSWORD})
    fake.counts.reset()
    return cast(RideWithGPS, SOURCE.client(UnsavedSecret(secret), RemoteAccount("Anna", "7"), calls))


def write(client: RideWithGPS, what: Any, value: str, key: str = "5", **more: Any) -> Written:
    return SOURCE.write(client, Change(what, key, value, **more), PERMIT)


@pytest.mark.parametrize("renames", [True, False])
def test_fields_are_changed(fake: FakeRideWithGPS, client: RideWithGPS, renames: bool) -> None:
    fake.renames = renames
    for what, value in (("name", "To the sea"), ("description", "Wet"), ("gear", "3")):
        assert write(client, what, value).key == "5"
    found = fake.trips[5]
    assert (found["name"], found["description"], found["gear"]["id"]) == ("To the sea", "Wet", 3)
    assert fake.counts.of("PUT /trips/{id}.json") == (0 if renames else 3)
    write(client, "gear", "")
    assert fake.trips[5]["gear"] is None


def test_refusals_are_in_its_words(fake: FakeRideWithGPS, client: RideWithGPS) -> None:
    with pytest.raises(ChangeRejected, match="Gear is not yours"):
        write(client, "gear", "99")
    with pytest.raises(ChangeRejected, match="Not Found"):
        write(client, "name", "New", key="6")
    with pytest.raises(ChangeRejected, match="sport"):
        write(client, "sport", "running")


def test_an_upload_is_a_task_and_then_a_trip(fake: FakeRideWithGPS, client: RideWithGPS) -> None:
    begun = write(client, "upload", "ride.fit", key="", data=b"bytes", details={"name": "Uploaded"})
    assert begun.task == "1" and begun.key is None
    assert SOURCE.follow(client, "1").task == "1", "it is still at it"
    done = SOURCE.follow(client, "1")
    assert done.task is None and done.key == "6" and fake.trips[6]["name"] == "Uploaded"


@pytest.mark.parametrize("told", [True, False])
def test_what_is_there_already_is_not_uploaded_twice(fake: FakeRideWithGPS, client: RideWithGPS, told: bool) -> None:
    fake.looks, fake.tells_duplicate = 0, told
    keys = []
    for _ in range(2):
        begun = write(client, "upload", "ride.fit", key="", data=b"bytes")
        keys.append(SOURCE.follow(client, str(begun.task)).key)
    assert keys == ["6", "6" if told else None] and len(fake.trips) == 2


def test_an_upload_whose_answer_was_lost_is_made_once(fake: FakeRideWithGPS, client: RideWithGPS) -> None:
    fake.looks = 0
    fake.fault("POST */trips.json", "lost", times=1)
    begun = write(client, "upload", "ride.fit", key="", data=b"bytes")
    assert SOURCE.follow(client, str(begun.task)).key == "6" and len(fake.trips) == 2


def test_an_upload_that_comes_to_nothing_says_why(fake: FakeRideWithGPS, client: RideWithGPS) -> None:
    fake.looks = 0
    begun = write(client, "upload", "ride.fit", key="", data=b"")
    with pytest.raises(ChangeRejected, match="the file is empty"):
        SOURCE.follow(client, str(begun.task))
    with pytest.raises(ChangeRejected, match="upload was not found"):
        SOURCE.follow(client, "77")


def test_nothing_leaves_without_a_permit(fake: FakeRideWithGPS, client: RideWithGPS) -> None:
    for change in (Change("name", "5", "New"), Change("gear", "5", "3"), Change("upload", "", "a.fit", b"bytes")):
        with pytest.raises(NotApproved):
            SOURCE.write(client, change, cast(Any, None))
    with pytest.raises(NotApproved):
        client.http.write("DELETE", f"{API}/trips/5.json", cast(Any, None))
    assert fake.counts.total == 0

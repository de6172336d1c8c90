"""Changes at intervals.icu, refusals in its words, and uploads that are known by their bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net import budget as _calls
from homestretch.net.budget import ChangeRejected, NotApproved, Permit, RateLimitedClient
from homestretch.sources.base import Change, RemoteAccount, Source, Written
from homestretch.sources.intervals.client import Intervals
from homestretch.sources.registry import sources
from tests.fakes.intervals import FakeIntervals, activity, fit_of
from tests.fakes.intervals.server import KEY

START = datetime(2026, 11, 19, 15, tzinfo=UTC)
SOURCE: Source = sources()["intervals"]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIntervals]:
    monkeypatch.setattr(_calls, "FIRST_WAIT_S", 0.0)
    with FakeIntervals(activity("i1", START)) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def client(fake: FakeIntervals) -> Intervals:
    calls = RateLimitedClient(SOURCE.name, SOURCE.limits, pause_s=0.0, base=fake.url)
    return cast(Intervals, SOURCE.client(UnsavedSecret({"api_key": KEY}), RemoteAccount("Anna", "i7"), calls))


def write(client: Intervals, what: Any, value: str, key: str = "i1", **more: Any) -> Written:
    return SOURCE.write(client, Change(what, key, value, **more), Permit(1))


def test_fields_are_changed(fake: FakeIntervals, client: Intervals) -> None:
    said = (("name", "Dawn"), ("description", "Wet"), ("gear", "g1"), ("sport", "running/trail"))
    for what, value in said:
        assert write(client, what, value).key == "i1"
    found = fake.activities["i1"]
    assert (found["name"], found["description"], found["gear"], found["type"]) == (
        "Dawn",
        "Wet",
        {"id": "g1"},
        "TrailRun",
    )
    write(client, "gear", "")
    assert fake.activities["i1"]["gear"] is None


def test_refusals_are_in_its_words(client: Intervals) -> None:
    with pytest.raises(ChangeRejected, match="Gear not found"):
        write(client, "gear", "g9")
    with pytest.raises(ChangeRejected, match="Not found"):
        write(client, "name", "New", key="i9")
    with pytest.raises(ChangeRejected, match="no sport for parachuting"):
        write(client, "sport", "parachuting")
    with pytest.raises(ChangeRejected, match=r"Unable to read a\.fit"):
        write(client, "upload", "a.fit", key="", data=b"nonsense")
    with pytest.raises(ChangeRejected, match="upload was not found"):
        SOURCE.follow(client, "1")


def test_an_upload_is_an_activity_once(fake: FakeIntervals, client: Intervals) -> None:
    fake.fault("POST */activities", "lost", times=1)
    keys = {write(client, "upload", "a.fit", key="", data=fit_of(START), details={"name": "Up"}).key for _ in range(2)}
    [key] = keys
    assert key is not None and len(fake.activities) == 2
    assert (fake.activities[key]["name"], fake.activities[key]["external_id"]) == ("Up", "a.fit")


def test_nothing_leaves_without_a_permit(fake: FakeIntervals, client: Intervals) -> None:
    for change in (Change("name", "i1", "New"), Change("gear", "i1", "g1"), Change("upload", "", "a.fit", b"bytes")):
        with pytest.raises(NotApproved):
            SOURCE.write(client, change, cast(Any, None))
    assert fake.counts.total == 0

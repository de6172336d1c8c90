"""Changes at Garmin by the real library's transport: fields, type, gear, and uploads that it may have already."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net import budget as _calls
from homestretch.net.budget import ChangeRejected, NotApproved, Permit, RateLimitedClient
from homestretch.sources.base import Change, RemoteAccount, Source, Written
from homestretch.sources.garmin.client import Garmin
from homestretch.sources.registry import sources
from tests.fakes.garmin import FakeGarmin
from tests.fakes.garmin.profile import gear_uuid
from tests.sources.connected import small

SOURCE: Source = sources()["garmin"]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGarmin]:
    monkeypatch.setattr(_calls, "FIRST_WAIT_S", 0.0)
    with FakeGarmin(small(3, 2)) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def client(fake: FakeGarmin) -> Garmin:
    calls = RateLimitedClient(SOURCE.name, SOURCE.limits, pause_s=0.0, base=fake.url)
    secret = SOURCE.sign_in(calls).begin("ticket", {"ticket": fake.browser_ticket()})
    fake.counts.reset()
    return cast(Garmin, SOURCE.client(UnsavedSecret(secret), RemoteAccount("Anna", "anna"), calls))


def newest(fake: FakeGarmin) -> int:
    return fake.account.newest()[0][2]


def write(client: Garmin, what: Any, value: str, key: int | str, **more: Any) -> Written:
    return SOURCE.write(client, Change(what, str(key), value, **more), Permit(1))


def test_fields_are_changed(fake: FakeGarmin, client: Garmin) -> None:
    key = newest(fake)
    for what, value in (("name", "Dawn"), ("description", "Wet"), ("sport", "running/trail")):
        assert write(client, what, value, key).key == str(key)
    found = fake.account.facts(key)
    assert (found.name, found.description, found.sport) == ("Dawn", "Wet", "trail_running")
    write(client, "sport", "cycling/bmx", key)
    assert fake.account.facts(key).sport == "cycling", "the nearest that it has"


def test_refusals_are_in_its_words(client: Garmin, fake: FakeGarmin) -> None:
    with pytest.raises(ChangeRejected, match="no activity type for parachuting"):
        write(client, "sport", "parachuting", newest(fake))
    with pytest.raises(ChangeRejected, match="no longer exists"):
        write(client, "name", "New", 404)
    with pytest.raises(ChangeRejected, match="no longer exists"):
        write(client, "gear", "00000000000000000000000000000000", newest(fake))
    with pytest.raises(ChangeRejected, match="not a FIT, TCX or GPX file"):
        write(client, "upload", "notes.txt", "", data=b"text")


def test_gear_is_linked_in_place_of_other_gear(fake: FakeGarmin, client: Garmin) -> None:
    key, (first, second) = newest(fake), (gear_uuid(fake.account, place) for place in (0, 1))
    write(client, "gear", first, key)
    assert fake.account.facts(key).gear == 0
    fake.counts.reset()
    write(client, "gear", first, key)
    assert not fake.counts.of("PUT *"), "it is so already"
    write(client, "gear", second, key)
    assert fake.account.facts(key).gear == 1
    assert fake.counts.of("PUT */link/*") == 1 and fake.counts.of("PUT */unlink/*") == 1
    write(client, "gear", "", key)
    assert fake.account.facts(key).gear == -1


def test_an_upload_is_asked_after_and_is_made_once(fake: FakeGarmin, client: Garmin) -> None:
    before = {number for _, _, number in fake.account.newest()}
    begun = write(client, "upload", "ride.fit", "", data=b"bytes of a ride")
    assert begun.key is None and begun.task is not None
    fake.fault("*/activity/status/*", 202, times=1)
    assert SOURCE.follow(client, begun.task).task == begun.task, "it is still at it"
    done = SOURCE.follow(client, begun.task)
    assert done.key is not None and int(done.key) not in before and done.task is None
    assert write(client, "upload", "ride.fit", "", data=b"bytes of a ride").key == done.key, (
        "a duplicate is what is there"
    )
    assert len(fake.account.newest()) == len(before) + 1
    with pytest.raises(ChangeRejected, match="upload was not found"):
        SOURCE.follow(client, "1767225600000/00ff")


def test_an_upload_whose_answer_was_lost_is_made_once(fake: FakeGarmin, client: Garmin) -> None:
    count = len(fake.account.newest())
    fake.fault("POST */upload/*", "lost", times=1)
    assert write(client, "upload", "ride.fit", "", data=b"more bytes").key is not None
    assert len(fake.account.newest()) == count + 1


def test_nothing_leaves_without_a_permit(fake: FakeGarmin, client: Garmin) -> None:
    uuid = gear_uuid(fake.account, 0 if fake.account.facts(newest(fake)).gear == 1 else 1)
    for change in (Change("name", str(newest(fake)), "New"), Change("upload", "", "a.fit", b"bytes"),
                   Change("gear", str(newest(fake)), uuid), Change("sport", str(newest(fake)), "running")):  # fmt: skip
        with pytest.raises(NotApproved):
            SOURCE.write(client, change, cast(Any, None))
    assert not [hit for hit in fake.counts.hits if not hit.route.startswith("GET")]

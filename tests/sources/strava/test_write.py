"""Changes at Strava: only as approved, in JSON, once, and refusals in its own words."""

import json
from dataclasses import replace

import pytest

from homestretch.net.budget import ChangeRejected, Permit
from homestretch.sources.base import Change
from homestretch.sources.strava.source import SOURCE
from homestretch.sources.strava.write import follow, write
from tests.fakes.strava import FakeStrava
from tests.fakes.strava.account import SHOES
from tests.sources.strava.linked import client_of

PERMIT = Permit(1)


def upload(data: bytes = b"a ride", name: str = "ride.fit", **details: str) -> Change:
    """Return the change that brings a file there."""
    return Change("upload", "", name, data, details)


def test_fields_are_changed(fake: FakeStrava) -> None:
    client, key = client_of(fake), str(max(fake.account.activities))
    for what, value in (
        ("name", "Neu & schön"),
        ("description", ""),
        ("gear", SHOES),
        ("sport", "cycling/gravel_cycling"),
    ):
        done = write(client, Change(what, key, value), PERMIT)  # type: ignore[arg-type]
        assert done.key == key and done.task is None
    now = fake.account.activities[int(key)]
    assert (now.name, now.description, now.gear, now.sport_type) == ("Neu & schön", "", SHOES, "GravelRide")


def test_an_answer_keeps_nothing_of_what_is_lent(fake: FakeStrava) -> None:
    client, key = client_of(fake), max(fake.account.activities)
    done = write(client, Change("gear", str(key), SHOES), PERMIT)
    assert json.loads(done.answer.data) == {"id": key, "changed": "gear_id"}


def test_every_sport_word_is_one_of_stravas(fake: FakeStrava) -> None:
    from homestretch.sources.strava.write import _SPORTS
    from homestretch.vendors.sport_names import sport_named

    other = {word for (key, _), word in _SPORTS.items() if sport_named(word).key != key}
    assert other <= {"Hike", "Canoeing", "Workout"}, "which stand for several of ours"
    with pytest.raises(ChangeRejected, match="no sport for sky diving"):
        write(client_of(fake), Change("sport", "1", "sky_diving"), PERMIT)


def test_refusals_are_told(fake: FakeStrava) -> None:
    client = client_of(fake)
    with pytest.raises(ChangeRejected, match="no longer exists"):
        write(client, Change("name", "404", "x"), PERMIT)
    fake.scopes = ("read", "activity:read_all")
    with pytest.raises(ChangeRejected, match="was not allowed"):
        write(client_of(fake), Change("name", str(max(fake.account.activities)), "x"), PERMIT)


def test_strava_says_why(fake: FakeStrava, monkeypatch: pytest.MonkeyPatch) -> None:
    from homestretch.sources.strava import write as module

    monkeypatch.setitem(module._SPORTS, ("generic", None), "Nonsense")
    with pytest.raises(ChangeRejected, match="sport_type invalid"):
        write(client_of(fake), Change("sport", str(max(fake.account.activities)), "generic"), PERMIT)


def test_a_file_is_brought_there(fake: FakeStrava) -> None:
    client = client_of(fake)
    begun = write(client, upload(name="ride.fit.gz", description="long"), PERMIT)
    assert begun.key is None and begun.task
    assert follow(client, begun.task).task == begun.task, "it is still at it"
    done = follow(client, begun.task)
    assert done.key is not None and fake.account.activities[int(done.key)].external == "ride.fit.gz"


@pytest.mark.parametrize("old_words", [False, True])
def test_what_is_there_already_is_that(fake: FakeStrava, old_words: bool) -> None:
    client = client_of(fake)
    fake.uploads.looks, fake.uploads.old_words = 0, old_words
    first = follow(client, str(write(client, upload(), PERMIT).task))
    second = follow(client, str(write(client, upload(), PERMIT).task))
    assert first.key == second.key is not None
    assert len(fake.account.activities) == 6


def test_what_is_no_activity_is_refused(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.uploads.looks = 0
    with pytest.raises(ChangeRejected, match="malformed"):
        follow(client, str(write(client, upload(b"broken"), PERMIT).task))
    with pytest.raises(ChangeRejected, match="not a FIT"):
        write(client, upload(name="plan.zwo"), PERMIT)
    with pytest.raises(ChangeRejected, match="upload was not found"):
        follow(client, "77")


def test_a_lost_answer_changes_once(fake: FakeStrava) -> None:
    client = client_of(fake)
    fake.uploads.looks = 0
    fake.fault("POST */uploads", "lost", times=1)
    done = follow(client, str(write(client, upload(), PERMIT).task))
    assert done.key and len(fake.account.activities) == 6


def test_what_is_described_can_be_changed(fake: FakeStrava) -> None:
    client, key = client_of(fake), str(max(fake.account.activities))
    values = {"name": "New", "description": "New", "gear": SHOES, "sport": "running"}
    assert set(SOURCE.writes) == values.keys() | {"upload", "messages"}, "those two have tests of their own"
    for field, value in values.items():
        before = replace(fake.account.activities[int(key)])
        write(client, Change(field, key, value), PERMIT)  # type: ignore[arg-type]
        assert fake.account.activities[int(key)] != before, field

"""Quirks of Strava's list: a Z that means nothing, hidden starts, ids without bounds, what is missing."""

import json
from typing import Any

import pytest

from homestretch.net.budget import UnexpectedResponse
from homestretch.sources.base import RemoteItem
from homestretch.sources.strava.decode import decode, items_of
from tests.fakes.strava.account import Account

PAGE = "https://www.strava.com/activities/{key}"


def one(**item: Any) -> RemoteItem:
    """Return the entry of an activity that the list tells like this."""
    whole = {"id": 1, "start_date": "2018-05-02T12:15:09Z", "start_date_local": "2018-05-02T05:15:09Z"} | item
    items, _ = items_of(json.dumps([whole]).encode(), "Strava", PAGE)
    return items[0]


def test_the_local_start_is_no_time_in_utc() -> None:
    details = one().details
    assert (details["start"], details["start_utc"]) == ("2018-05-02T05:15:09", "2018-05-02T12:15:09Z")


def test_a_hidden_start_is_only_a_day() -> None:
    found = one(start_date_local="2018-05-02T00:00:01Z", start_date="2018-05-02T07:00:01Z")
    assert found.details["start"] == "2018-05-02" and found.details["start_hidden"] is True
    assert "start_utc" not in found.details and found.since == "2018-05-02"


def test_ids_may_be_larger_than_any_number() -> None:
    found = one(id=154504250376823, upload_id=987654321234567891234)
    assert found.key == "154504250376823" and found.details["url"].endswith("/154504250376823")


def test_a_manual_activity_lacks_most() -> None:
    found = one(manual=True, external_id=None, gear_id=None, device_name=None, type="Hike", sport_type=None)
    assert found.details["manual"] is True and found.details["sport"] == "hiking"
    assert not {"file", "gear", "device"} & found.details.keys()


@pytest.mark.parametrize(
    ("word", "sport"),
    [("EMountainBikeRide", "e_biking/e_bike_mountain"), ("VirtualRide", "cycling/virtual_activity"),
     ("HighIntensityIntervalTraining", "hiit/hiit"), ("Padel", "racket/padel"), ("TrailRun", "running/trail"),
     ("Velomobile", "cycling/recumbent"), ("SomethingNew", "generic/None")],
)  # fmt: skip
def test_sports_have_our_words(word: str, sport: str) -> None:
    details = one(sport_type=word, type="Ride").details
    assert f"{details['sport']}/{details.get('sub_sport')}" == sport


def test_what_a_person_changes_makes_another_version() -> None:
    plain = one(name="a", kudos_count=1)
    assert one(name="a", kudos_count=9).version == plain.version
    for changed in ({"name": "b"}, {"gear_id": "b1"}, {"sport_type": "Run"}, {"private": True}, {"distance": 2.0}):
        assert one(**{"name": "a", "kudos_count": 1} | changed).version != plain.version


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[{", b'[{"id": 1}]', b'["x"]', b'[{"start_date": 3}]'])
def test_what_is_no_list_of_activities_is_strange(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        items_of(body, "Strava", PAGE)


def test_nothing_is_told_on() -> None:
    body = json.dumps(Account().listed(None, None, 1, 200)).encode()
    told = decode("activities", body)
    assert not (told.titles or told.measurements or told.series or told.nights)

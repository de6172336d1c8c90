"""Activities entered manually: details to bytes and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.formats import decode, manual, sniff
from homestretch.model.moment import Moment
from homestretch.model.sport import Sport


def test_facts_come_back() -> None:
    data = manual.encode(
        sport="running", sub_sport="trail", start="2026-05-03T09:00:00+03:00", elapsed_s=3600, moving_s=3500.5,
        distance_m=10_000, ascent_m=120, calories_kcal=700, avg_heart_rate_bpm=150, name="Metsä",
        description="Mud", nonce="7",
    )  # fmt: skip
    found = sniff(data)
    assert found is not None
    assert found.key == "manual"
    (r,) = decode(data).recordings
    assert r.sport == Sport("running", "trail")
    assert r.start == Moment(1_777_788_000_000, 10_800, None, "file")
    assert r.end_ms - r.start.utc_ms == 3_600_000
    assert (r.name, r.description, len(r.time_ms)) == ("Metsä", "Mud", 0)
    assert r.totals == {
        "total_elapsed_time_s": 3600, "total_moving_time_s": 3500.5, "total_distance_m": 10_000, "total_ascent_m": 120,
        "total_calories_kcal": 700, "avg_heart_rate_bpm": 150,
    }  # fmt: skip


def test_a_wall_clock_needs_its_zone_and_without_one_is_utc() -> None:
    def start(text: str, zone: str | None) -> Moment:
        return decode(manual.encode(sport="yoga", start=text, zone=zone, elapsed_s=60, nonce="")).recordings[0].start

    assert start("2026-05-03T09:00:00", "Europe/Helsinki") == Moment(
        1_777_788_000_000, 10_800, "Europe/Helsinki", "file"
    )
    assert start("2026-12-03T09:00:00", "Europe/Helsinki").offset_s == 7200
    assert start("2026-05-03T06:00:00", None).utc_ms == 1_777_788_000_000


def test_the_same_facts_are_the_same_bytes_and_the_nonce_tells_twins_apart() -> None:
    one = manual.encode(sport="yoga", start="2026-05-03T06:00:00Z", elapsed_s=60, nonce="a")
    assert one == manual.encode(nonce="a", elapsed_s=60, start="2026-05-03T06:00:00Z", sport="yoga")
    assert one != manual.encode(sport="yoga", start="2026-05-03T06:00:00Z", elapsed_s=60, nonce="b")


@pytest.mark.parametrize(
    ("start", "elapsed"), [("soon", 60), ("2026-05-03T06:00:00Z", -1), ("2026-05-03T06:00:00Z", 1e12)]
)
def test_without_a_start_or_a_length_it_is_refused(start: str, elapsed: float) -> None:
    with pytest.raises(ValueError, match="start"):
        manual.encode(sport="yoga", start=start, elapsed_s=elapsed, nonce="")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('{"homestretch":"manual activity"', "json_damaged"), ("[" * 100_000, "json_damaged"),
        ("[]", "not_a_recording"),
        ('{"homestretch":"manual activity"}', "no_time"),
        ('{"homestretch":"manual activity","start":5,"elapsed_s":true}', "no_time"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_noted(text: str, note: str) -> None:
    decoded = manual.decode(text.encode())
    assert (decoded.recordings, decoded.notes) == ((), (note,))


FIELDS = st.sampled_from(["start", "elapsed_s", "zone", "sport", "name", "distance_m"])
ANYTHING = st.none() | st.text(max_size=30) | st.floats() | st.integers() | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(FIELDS, ANYTHING))
def test_any_facts_survive(details: dict[str, object]) -> None:
    manual.decode(
        json.dumps(
            {"homestretch": "manual activity", "start": "2026-05-03T06:00:00Z", "elapsed_s": 1} | details
        ).encode()
    )

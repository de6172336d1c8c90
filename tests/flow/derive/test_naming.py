"""Names that nobody gave are known in every language, and those that somebody gave win."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.naming import best_name, default_name, own_name
from homestretch.flow.edit.edits import change
from homestretch.flow.runtime.context import Context
from homestretch.model.sport import FAMILIES, Sport
from homestretch.net import budget as calls
from homestretch.sources.garmin.listing import titles
from homestretch.store.scope import Scope
from homestretch.vendors.given_names import Given, given
from homestretch.views.page.compare import changes_of, compare_month
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.flow.sync.test_many_sources import START, come, ridden, sheet, with_sheet
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY
from tests.taking import listed, row_id

MADE_UP = (
    "Morning Run", "Lunch Ride", "Afternoon Swim", "Night Trail Run", "Running", "Indoor Cycling", "E-Bike Ride",
    "lap_swimming", "T1", "Strength Training", "Morgenlauf", "Nachmittagsfahrt", "Radfahrt am Nachmittag", "Radfahren",
    "Course à pied le matin", "Sortie vélo dans l’après-midi", "Vuelta ciclista por la tarde", "Carrera de mañana",
    "Corsa mattutina", "Corrida matinal", "Ochtendloop", "Middagrit", "Eftermiddagslöpning", "Ettermiddagstur",
    "Morgenløp", "Aamujuoksu", "Iltapäivälenkki", "Wieczorna jazda na rowerze", "Утренняя пробежка", "Sabah Koşusu",
    "朝のランニング", "아침 달리기", "午后骑行", "", " ", "_",
)  # fmt: skip
MADE_UP_WITH_DAY = (
    "Morning Run", "朝のランニング", "Radfahrt am Nachmittag", "Morgenlauf", "Eftermiddagslöpning", "아침 달리기",
    "午后骑行",
)  # fmt: skip
PERHAPS = ("Helsinki Running", "Bacalar Stand Up Paddleboarding", "Berlin Radfahren", "Rio de Janeiro Corrida")
GIVEN = (
    "Over the hill", "Run 3", "Long Run", "Club Ride", "Park Run", "parkrun", "Tempo run with Ann", "Ride 12", "Lunch",
    "Round the lake", "Vätternrundan", "5k", "First ride on the new bike", "Trainspotting", "Commute", "日曜の河川敷",
)  # fmt: skip


@pytest.mark.parametrize(
    ("level", "names"), [(Given.NOT, MADE_UP), (Given.PERHAPS, PERHAPS), (Given.SURELY, GIVEN)], ids=["0", "1", "2"]
)
def test_who_gave_a_name_is_known(level: Given, names: tuple[str, ...]) -> None:
    assert {name: given(name) for name in names} == dict.fromkeys(names, level)
    assert given(None) is Given.NOT


def test_garmins_place_and_sport_is_no_name() -> None:
    for name, place, own in (
        ("Hill Running", "Hill", None), ("Hill Running", None, "Hill Running"), ("Bacalar", "Bacalar", None),
        ("Bacalar Loop", "Bacalar", "Bacalar Loop"), ("Lake Running", "Bacalar", "Lake Running"),
    ):  # fmt: skip
        [title] = titles([{"activityId": 1, "activityName": name, "locationName": place}])
        assert title.name == own, (name, place)


def test_our_own_made_up_names_are_known_as_such() -> None:
    known = [Sport(key) for keys in FAMILIES.values() for key in keys if key not in ("mountaineering",)]
    for sport in (*known, Sport("cycling", "gravel_cycling"), Sport("running", "trail"), Sport("training", "yoga")):
        for hour in range(24):
            assert own_name(default_name(sport, hour * 3_600_000)) is None, default_name(sport, hour * 3_600_000)


@drawn(st.lists(st.none() | st.sampled_from(MADE_UP + PERHAPS + GIVEN) | st.text(max_size=200), max_size=6))
def test_the_best_name_is_the_first_that_a_person_gave(names: list[str | None]) -> None:
    best = best_name([(name, "fit") for name in names])
    assert (best is None) == (max(map(given, names), default=Given.NOT) is Given.NOT)
    if best is not None:
        assert best == next(name for name in names if given(name) is max(map(given, names)))


@pytest.mark.parametrize("name", ["MTB", "Yoga", "Ski", "Run", "Running", "Radfahren", "ランニング"])
def test_a_sport_is_a_persons_word_where_made_up_names_tell_the_part_of_the_day(name: str) -> None:
    assert own_name(name, "strava_archive") == own_name(name, "strava") == name
    assert own_name(name, "fit") is None
    assert best_name([("Morning Ride", "strava"), (name, "strava_archive"), ("Over the hill", "fit")]) == name


@pytest.mark.parametrize("name", [*MADE_UP_WITH_DAY, "", None])
def test_what_strava_makes_up_is_still_nobodys(name: str | None) -> None:
    assert own_name(name, "strava_archive") is None


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    others = (trip(2, START + timedelta(days=1), points=900, name="Helsinki Cycling"),
              trip(3, datetime(2026, 11, 20, 7, tzinfo=UTC), points=700, name="Lunch Ride"))  # fmt: skip
    with FakeRideWithGPS({**ridden(), "name": "Radfahrt am Morgen"}, *others) as made:
        yield made


def test_a_name_made_up_is_proposed_to_nobody_and_hides_none(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, tmp_path: Path
) -> None:
    """The service's own name gives way to the list's; what nobody named differs nowhere, until somebody does."""
    service = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    come(service, decoders)
    rows = with_sheet(service, sheet(tmp_path))
    come(rows, decoders)
    names = [item["name"] for item in listed(service.context, scope)]
    assert names == ["With Ben", "Helsinki Cycling", "Sea", "Morning Gravel Ride"]

    def proposed() -> list[tuple[str, str, object]]:
        with service.context.database.read() as reader:
            found = compare_month(reader, scope, date(2026, 11, 1), service.clock())
        return [(one.connection, one.field, one.after) for one in changes_of(found) if one.field == "name"]

    assert proposed() == [(service.id, "name", "With Ben")]
    last = listed(service.context, scope)[-1]["id"]
    change(service.context, scope, row_id(service.context, scope, last), {"name": "Morning Ride"})
    assert (service.id, "name", "Morning Ride") in proposed(), "a person's own word is one, whatever it is"

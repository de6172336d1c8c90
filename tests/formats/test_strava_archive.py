"""Strava's list of what its archive holds: in any language, with its doubled columns, its dates and its numbers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats._local_dates import Dates
from homestretch.formats.strava_archive import FORMAT, decode, member
from homestretch.model.health.measurement import RemoteGear, Title
from tests.formats.strava_csv import AT, ENGLISH, GERMAN, hike, listing

RIDE = {
    "id": "154504250376823", "date": "May 6, 2018, 5:38:31 PM", "name": "Evening Ride", "type": "Ride",
    "elapsed": "3600.0", "distance": "24931.4", "file": "activities/1679862077.fit.gz", "gear": "LOOK 986",
}  # fmt: skip
WHEN = int(datetime(2018, 5, 6, 17, 38, 31, tzinfo=UTC).timestamp() * 1000)


def test_every_row_is_a_recording_and_has_a_title() -> None:
    told = decode(listing([RIDE, hike()]))
    assert (told.format, told.kind, told.notes) == ("strava_archive", "list", ())
    beside, made = told.recordings
    assert (beside.links, beside.totals["total_distance_m"], beside.start.utc_ms) == (
        {"strava": "154504250376823"}, 24931.4, WHEN,
    )  # fmt: skip
    assert (made.name, made.sport.key, made.session, made.links) == (
        "Summit Sunday", "hiking", 96089609, {"strava": "96089609"},
    )  # fmt: skip
    assert made.description == "Two lines\nand “quotes”, a comma"
    assert made.start.utc_ms == int(datetime(2013, 11, 17, 16, tzinfo=UTC).timestamp() * 1000)
    assert made.start.offset_s is None and made.end_ms - made.start.utc_ms == 38_700_000 and len(made.time_ms) == 0
    assert made.totals == {
        "total_elapsed_time_s": 38700.0, "total_moving_time_s": 30000.0, "total_distance_m": 22530.80078125,
        "total_ascent_m": 1100.5, "avg_heart_rate_bpm": 121.5, "total_calories_kcal": 2084.43,
    }  # fmt: skip
    assert told.titles[0] == Title("154504250376823", "Evening Ride", None, "LOOK 986", "cycling")
    assert told.files == {"154504250376823": "activities/1679862077.fit.gz"}
    assert told.contents == {"listed": 2, "files": 1}


@pytest.mark.parametrize("header", [ENGLISH, GERMAN, tuple(f"列 {ENGLISH.index(name)}" for name in ENGLISH)])
def test_no_name_of_a_column_matters(header: tuple[str, ...]) -> None:
    data = listing([RIDE, hike()], header)
    assert formats.sniff(data, "activities.csv") is FORMAT
    told = decode(data)
    assert told.files and told.recordings[1].totals["total_distance_m"] == 22530.80078125


def test_older_archives_lack_the_private_note() -> None:
    told = decode(listing([RIDE, hike()], without=[10]))
    assert told.files == {"154504250376823": "activities/1679862077.fit.gz"} and told.titles[0].gear == "LOOK 986"
    assert told.recordings[1].totals["total_distance_m"] == 22530.80078125


def test_the_exact_column_counts_and_not_the_one_for_the_eye() -> None:
    """The first is in kilometres or miles, with commas between thousands."""
    [made] = decode(listing([hike(shown_distance="14.00", shown_elapsed="1,234")])).recordings
    assert made.totals["total_distance_m"] == 22530.80078125
    [bare] = decode(listing([hike(distance="")])).recordings
    assert "total_distance_m" not in bare.totals, "what is not told exactly is not guessed"


def test_decimals_may_be_parted_by_a_comma() -> None:
    row = hike(date="17.11.2013, 16:00:00", distance="22530,8", heart="121,5", type="Wanderung")
    [made] = decode(listing([row], GERMAN)).recordings
    assert made.totals["total_distance_m"] == 22530.8 and made.totals["avg_heart_rate_bpm"] == 121.5
    assert made.sport.key == "hiking"


@pytest.mark.parametrize(
    "text",
    ["May 6, 2018, 5:38:31 PM", "May 6, 2018, 5:38:31\u202fPM", "06.05.2018, 17:38:31", "6 mai 2018 à 17:38:31",
     "6 may 2018, 17:38:31", "6 mag 2018, 17:38:31", "6 de mai. de 2018, 17:38:31", "2018/05/06 17:38:31",
     "2018年5月6日 17:38:31", "6 May 2018, 17:38:31", "6 мая 2018 г., 17:38:31", "6 mei 2018 17:38:31",
     "2018. 5. 6. 오후 5:38:31", "2018年5月6日 下午5:38:31", "6 may 2018, 5:38:31 p. m.", "06/05/2018 17:38:31",
     "2018-05-06 17:38:31", "6. Mai 2018 um 17:38:31"],
)  # fmt: skip
def test_dates_of_many_languages(text: str) -> None:
    assert Dates.of([text, "27/05/2018 10:00:00"]).read(text) == WHEN


def test_a_file_tells_how_its_numbers_are_ordered() -> None:
    assert Dates.of(["05/06/2018 17:38:31", "05/27/2018 10:00:00"]).read("05/06/2018 17:38:31") == WHEN
    assert Dates.of(["5/6/2018, 5:38:31 PM"]).read("5/6/2018, 5:38:31 PM") == WHEN
    assert Dates.of(["06/05/2018 17:38:31"]).read("06/05/2018 17:38:31") == WHEN


@pytest.mark.parametrize(("clock", "hour"), [("12:05:00 AM", 0), ("12:05:00 PM", 12), ("1:05:00 AM", 1)])
def test_midnight_and_noon(clock: str, hour: int) -> None:
    found = Dates(True).read(f"Dec 25, 2018, {clock}")
    assert found == int(datetime(2018, 12, 25, hour, 5, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize("text", ["", "soon", "2018", "31.02.2018, 10:00:00", "May 6, 2018", "6 smarch 2018 10:00"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert Dates(False).read(text) is None


def test_rows_that_say_nothing_are_counted() -> None:
    rows = [hike(), hike("1", date="someday"), hike("2", elapsed=""), {"id": "x"}, {**RIDE, "elapsed": ""}]
    told = decode(listing(rows))
    assert len(told.recordings) == 1 and told.notes == ("no_time:2", "row_unreadable:1")


def test_a_list_of_an_old_windows_says_so() -> None:
    row = hike(type="Wanderung")
    row["name"] = "Über Ärger €"
    data = listing([row]).decode().encode("cp1252")
    told = decode(data)
    assert told.recordings[0].name == "Über Ärger €" and told.notes == ("not_utf8",)


def test_a_list_that_was_cut_off_gives_what_is_there() -> None:
    data = listing([hike(str(number)) for number in range(10, 30)])
    told = decode(data[: len(data) // 2])
    assert 5 <= len(told.recordings) < 20 and {one.session for one in told.recordings} <= set(range(10, 30))


def test_only_this_list_is_claimed() -> None:
    assert formats.sniff(listing([], GERMAN), "x.csv") is FORMAT
    for other in (b"", b"a,b,c\n1,2,3\n", b",".join([b"x"] * 40), b"\0" * 300, ",".join(map(str, range(60))).encode()):
        assert FORMAT.claims(other, "activities.csv") == 0.0
    assert decode(b"a,b\n").notes == ("not_a_recording",)
    assert FORMAT.claims("\ufeff".encode() + listing([]), "") == 1.0


@pytest.mark.parametrize(
    ("path", "found"),
    [("export.zip/activities/12.fit.gz/12.fit", "activities/12.fit.gz"), ("activities/12.gpx", "activities/12.gpx"),
     ("a/b/activities/12.tcx.gz/12.tcx", "activities/12.tcx.gz"), ("my activities/12.gpx", None),
     ("activities.csv", None), ("activities/readme.txt", None)],
)  # fmt: skip
def test_members_are_known_by_their_paths(path: str, found: str | None) -> None:
    assert member(path) == found


@given(st.binary(max_size=300))
def test_nothing_is_raised(data: bytes) -> None:
    header = listing([hike()])
    assert decode(data).format == decode(header + data).format == "strava_archive"
    assert 0.0 <= FORMAT.claims(data, "activities.csv") <= 1.0


@given(st.dictionaries(st.sampled_from(sorted(AT)), st.text(max_size=30)))
def test_whatever_cells_hold(cells: dict[str, str]) -> None:
    told = decode(listing([hike(), {"id": "7", **cells}]))
    assert any(one.session == 96089609 for one in told.recordings) or cells.get("id", "").strip() == "96089609"


BIKES = "Bike Name,Bike Brand,Bike Model,Bike Default Sport Types\n"


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [("bikes.csv", BIKES, "bike"), ("shoes.csv", BIKES.replace("Bike", "Shoe"), "shoes"),
     ("export/bikes.csv", "Fahrradname,Fahrradmarke,Fahrradmodell,Sportarten\n", "bike"),
     ("shoes.csv", "Nom de la chaussure,Marque,Modèle,Sports\n", "shoes"), ("shoes.csv", "名称,b,c,d\n", "other")],
)  # fmt: skip
def test_gear_is_read_by_place(name: str, header: str, kind: str) -> None:
    data = (header + '"Red, the fast one",LOOK,986,Ride\n,Trek,"Domane\nSL",\n,,,\n\n Lone \n').encode()
    found = formats.decode(data, name)
    assert (found.format, found.kind, found.contents) == ("strava_archive", "gear", {"gear": 3})
    names = ["Red, the fast one", "Trek Domane\nSL", "Lone"]
    assert found.wellness.gear == tuple(RemoteGear(one, one, kind) for one in names)


def test_lists_of_other_things_are_no_gear() -> None:
    for name, data in (("routes.csv", BIKES), ("bikes.csv", "one column\n"), ("bikes.csv", "")):
        assert formats.sniff(data.encode(), name) is None


OLD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename\n"
)
OLD_ROWS = (
    '9001,"Mar 20, 2019, 8:00:00 AM","Hills, then home",Run,"Two lines\nof text",120,0.36,false,Shoe A,'
    "activities/9001.gpx\n"
    '9002,"Mar 21, 2019, 8:00:00 AM",Typed in,Ride,,1800,10.5,false,,\n'
)


@pytest.mark.parametrize("header", [OLD, "a,b,c,d,e,f,g,h,i,j\n"])
def test_a_list_of_ten_columns_as_before_2019(header: str) -> None:
    data = (header + OLD_ROWS).encode()
    assert formats.sniff(data, "activities.csv") is FORMAT
    told = decode(data)
    assert told.files == {"9001": "activities/9001.gpx"}
    assert told.titles[0] == Title("9001", "Hills, then home", "Two lines\nof text", "Shoe A", "running")
    beside, typed = told.recordings
    assert beside.links == {"strava": "9001"}
    assert (typed.name, typed.sport.key, typed.links) == ("Typed in", "cycling", {"strava": "9002"})
    assert typed.totals == {"total_elapsed_time_s": 1800.0}, "10.5 may be kilometres or miles"


def test_ten_columns_with_distances_in_metres_keep_them() -> None:
    """As the archives of 2018 had them; a row without a distance does not matter."""
    rows = (
        "11,2018-11-27 19:11:32,Evening Ride,Ride,,1468,6075.0,true,Bike,activities/11.fit.gz\n"
        "12,2018-11-29 10:02:58,Morning Walk,Walk,,3600,4000.5,true,,\n"
        "13,2018-11-30 10:02:58,Weights,Workout,,3600,0.0,true,,\n"
    )
    told = decode((OLD + rows).encode())
    assert [one.totals.get("total_distance_m") for one in told.recordings] == [6075.0, 4000.5, None]
    short = rows.replace("6075.0", "6.08").replace("4000.5", "4.00")
    assert all("total_distance_m" not in one.totals for one in decode((OLD + short).encode()).recordings)


@pytest.mark.parametrize("row", ["", "9001,x,y,z,,120,1,false,,activities/readme.txt\n",
                                 "9001,x,y,z,,long,1,false,,activities/1.gpx\n", "1,2,3,4,5,6,7,8,9,10\n"])  # fmt: skip
def test_other_tables_of_ten_columns_are_none(row: str) -> None:
    assert FORMAT.claims((OLD + row).encode(), "activities.csv") == 0.0
    assert decode((OLD + row).encode()).titles == ()


@pytest.mark.parametrize(
    ("words", "sport"),
    [("ランニング|달리기|跑步|Забег|Lari|Løbetur|Löpning|Bieg|Koşu|Lauf|Course à pied|Corsa|Corrida", "running"),
     ("ライド|라이딩|骑行|騎乘|Заезд|Bersepeda|Cykeltur|Sykkeltur|Przejazd|Bisiklet|Radfahrt|Fietsrit", "cycling"),
     ("スイム|수영|游泳|Заплыв|Renang|Svømning|Simning|Pływanie|Yüzme|Schwimmen|Natation|Nuoto", "swimming"),
     ("ウォーキング|걷기|步行|Ходьба|Jalan Kaki|Gåtur|Promenad|Spacer|Yürüyüş|Spaziergang|Marche", "walking"),
     ("ハイキング|하이킹|徒步|健行|Поход|Mendaki|Vandretur|Wędrówka|Doğa Yürüyüşü|Wanderung|Randonnée", "hiking")],
)  # fmt: skip
def test_sports_in_the_languages_that_strava_speaks(words: str, sport: str) -> None:
    for word in words.split("|"):
        assert decode(listing([hike(type=word)])).titles[0].sport == sport, word


@pytest.mark.parametrize("text", ["6 Agu 2018 17.38.31", "6 Agt 2018 17:38:31", "6 Ağu 2018 17:38:31",
                                  "6 août 2018 à 17:38:31", "6 авг. 2018 г., 17:38:31"])  # fmt: skip
def test_august_in_many_languages(text: str) -> None:
    assert Dates.of([text]).read(text) == WHEN + 92 * 86_400_000

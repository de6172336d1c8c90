"""Sheets as people keep them are read: delimiters, decimal signs, orders of dates, durations, units, odd cells."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.sources.registry import sources
from homestretch.sources.spreadsheet._rows import Reading, Row, packed
from homestretch.sources.spreadsheet.preview import preview
from homestretch.sources.spreadsheet.reading import csv_file
from homestretch.sources.spreadsheet.reading.cells import clock, seconds, when
from homestretch.sources.spreadsheet.reading.conventions import Cell, Conventions, duration_factor, number
from homestretch.sources.spreadsheet.reading.fields import FIELDS, guessed, plain, unit_in
from homestretch.sources.spreadsheet.reading.table import NoSheet, letter, table
from tests.sources.spreadsheet.sheets import ROWS, TRACEKIT, csv_text, workbook


def rows(data: bytes | str, **said: Any) -> list[Row]:
    """Return the rows of a sheet."""
    sheet = table(data.encode() if isinstance(data, str) else data, said)
    return Reading.of(sheet, said).rows()


def documents(data: bytes | str, **said: Any) -> list[Mapping[str, Any]]:
    """Return what is kept of the rows of a sheet."""
    return [row.document for row in rows(data, **said)]


def test_tracekits_columns_need_no_setting() -> None:
    """Of text and workbook the same comes: miles, dates alone, the ids of other sources, what was noted as the name."""
    for data in (csv_text().encode(), workbook()):
        first, second, third = documents(data)
        assert first["start"] == "2026-05-03" and first["date_only"] is True
        assert (first["sport"], second["sport"]) == ("cycling", "running")
        assert first["name"] == "Round the lake" and second["name"] == 'Easy, "slow"'
        assert first["distance_m"] == pytest.approx(20.5 * 1609.344)
        assert (first["elapsed_s"], second["elapsed_s"], third["elapsed_s"]) == (5400, 1800, 3600)
        assert first["gear"] == "Old Steel" and first["links"] == {"strava": "9001", "ridewithgps": "77"}
        assert second["links"] == {"garmin": "55"} and "links" not in third
        totals = first["totals"]
        assert totals["avg_temperature_c"] == pytest.approx((61 - 32) / 1.8, abs=1e-3)
        assert totals["max_speed_mps"] == pytest.approx(31.2 * 0.44704)
        assert {key: totals[key] for key in ("avg_heart_rate_bpm", "total_ascent_m", "max_altitude_m")} == {
            "avg_heart_rate_bpm": 141, "total_ascent_m": 410, "max_altitude_m": 190,
        }  # fmt: skip
        assert first["places"] == {"location_name": "Lake", "city": "Tampere", "state": "FI", "with_names": "Ann"}


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_of_every_kind(sign: str, end: str, encoding: str) -> None:
    data = csv_text(sign=sign, end=end).encode(encoding)
    found = [{**one, "cells": 0} for one in documents(data)]
    assert found == [{**one, "cells": 0} for one in documents(csv_text())]


def test_a_text_of_an_old_windows_is_read() -> None:
    for encoding in ("latin-1", "cp1252"):
        assert documents("date;title\n2026-05-03;Kär\n".encode(encoding))[0]["name"] == "Kär"
    euro = "date;title\n2026-05-03;Kär für 5 €\n".encode("cp1252")
    assert documents(euro)[0]["name"] == "Kär für 5 €" and csv_file.read(euro).packed("€") == b"\x80"


def test_decimal_commas_are_seen_over_all_columns() -> None:
    text = "Datum;Distanz (km);Dauer;Temperatur\n03.05.2026;1.234,5;1:02:03;12,5\n04.05.2026;40;0:30;8\n"
    one, two = documents(text)
    assert one["distance_m"] == 1_234_500 and two["distance_m"] == 40_000
    assert one["totals"]["avg_temperature_c"] == 12.5 and one["start"] == "2026-05-03"
    [said] = documents('date,km\n2026-05-03,"1.234"\n', decimal="comma")
    assert said["distance_m"] == 1_234_000
    assert documents('date,km\n2026-05-03,"1,234"\n')[0]["distance_m"] == 1_234_000  # a thousand, not one and a bit
    assert documents('date,km\n2026-05-03,"1,23"\n')[0]["distance_m"] == 1_230


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("03/04/2026", "13/04/2026"), "2026-04-03"), (("03/04/2026", "04/13/2026"), "2026-03-04"),
        (("3.4.2026",), "2026-04-03"), (("2026-04-03",), "2026-04-03"), (("2026/4/3",), "2026-04-03"),
        (("3.4.26",), "2026-04-03"), (("Apr 3, 2026",), "2026-04-03"), (("3 April 2026",), "2026-04-03"),
        (("3rd Apr 2026",), "2026-04-03"), (("46115",), "2026-04-03"), (("2026-04-03T00:00:00",), "2026-04-03"),
        (("2026-04-03 17:38:31",), "2026-04-03T17:38:31"), (("Apr 3, 2026, 5:38:31 PM",), "2026-04-03T17:38:31"),
        (("03.04.2026, 17:38:31",), "2026-04-03T17:38:31"), (("04/13/2026 12:05 AM",), "2026-04-13T00:05:00"),
        (("2026-04-03T17:38:31Z",), "2026-04-03T17:38:31+00:00"),
        (("2026-04-03T17:38:31.250+0200",), "2026-04-03T17:38:31+02:00"),
    ],
)  # fmt: skip
def test_dates_by_their_whole_column(cells: tuple[str, ...], expected: str) -> None:
    found = documents("start;name\n" + "".join(f"{cell};x\n" for cell in cells))
    assert found[0]["start"] == expected
    assert found[0].get("date_only", False) is (len(expected) == 10)


GERMAN = """Datum;Uhrzeit;Sportart;Titel;Dauer;Strecke;Puls;Bemerkung
07.06.2026;08:15;Laufen;Runde am Fluss;0:45:12;8,40;142;"locker; dann"
08.06.2026;18:00;Radfahren;Feierabend;1:30:00;32,5;128;
13.06.2026;09:30;Schwimmen;See;0:40:00;1,6;;
"""


def test_a_german_sheet_is_in_kilometres_and_names_its_sports() -> None:
    found = documents(GERMAN)
    assert [row["distance_m"] for row in found] == [8400, 32_500, pytest.approx(1600)]
    assert [row["sport"] for row in found] == ["running", "cycling", "swimming"]
    assert preview(GERMAN.encode(), {})["found"]["unsure"] == [], "decimal commas are written where kilometres are"


@pytest.mark.parametrize("text", ["7. März 2026", "7 mars 2026", "7 de marzo de 2026", "7 Maret 2026",
                                  "7 марта 2026", "7 Mrt 2026", "March 7th, 2026"])  # fmt: skip
def test_months_have_names_in_many_languages(text: str) -> None:
    assert when(text, Conventions()) == date(2026, 3, 7)


def test_an_order_that_nothing_tells_is_said_to_be_unsure() -> None:
    text = b"date,name\n03/04/2026,a\n"
    assert preview(text, {})["found"]["unsure"] == ["date_order"]
    assert preview(text, {"order": "dmy"})["found"]["unsure"] == []
    assert documents(text.decode(), order="dmy")[0]["start"] == "2026-04-03"
    assert documents(text.decode())[0]["start"] == "2026-03-04"


UNIT, ORDER, SIGN = "distance_unit", "date_order", "decimal_sign"


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("date,distance\n2026-05-03,20\n", [UNIT]), ("date,distance\n2026-05-03,20.5\n", [UNIT]),
        ("date;distance\n2026-05-03;20\n", [UNIT]), ("date;distance\n2026-05-03;20,5\n", []),
        ("date,distance (km)\n2026-05-03,20\n", []), ("date,miles\n2026-05-03,20\n", []),
        ("date,distance,avg_speed (km/h)\n2026-05-03,20,31\n", []),
        ("date,distance,max_speed (mph)\n2026-05-03,20,31\n", []),
        ("date,distance,max_speed (mph),avg_speed [km/h]\n2026-05-03,20,31,31\n", [UNIT]),
        ("date,sport,distance,time\n2026-05-03,Swim,1500,0:30:00\n2026-05-04,Swim,2000,0:45:00\n", []),
        ("date,sport,distance,time\n2026-05-03,Ride,40,1:00:00\n2026-05-04,Ride,78,2:00:00\n", []),
        ("date,sport,distance,time\n2026-05-03,Ride,20,1:00:00\n2026-05-04,Ride,500,2:00:00\n2026-05-05,Ride,9,0:30:00\n",
         [UNIT]),
        ("date,sport,distance,time\n2026-05-03,Run,10,0:50:00\n", [UNIT]),
        ("date,distance\n2026-05-03,20 mi\n2026-05-04,5 km\n", []),
        ("date,distance\n2026-05-03,20 mi\n2026-05-04,5\n", [UNIT]), ("date,distance\n2026-05-03,\n", []),
        ("date,name\n03/04/2026,a\n", [ORDER]), ("date,name\n04/04/2026,a\n", []), ("date,name\n3.4.2026,a\n", []),
        ("date,name\n03/04/2026,a\n13/04/2026,b\n", []), ("date,name\n13/04/2026,a\n04/13/2026,b\n", [ORDER]),
        ("date;km\n03/04/2026;12,5\n", []), ("date,km\n03/04/2026,12.5\n", [ORDER]),
        ('date,km\n2026-05-03,"1,234"\n', [SIGN]), ("date;km\n2026-05-03;1.234\n", [SIGN]),
        ("date,km\n2026-05-03,1.234\n", []), ("date;km\n2026-05-03;1,234\n", []),
        ('date,km\n2026-05-03,"0,234"\n', []), ('date,km\n2026-05-03,"1,234"\n2026-05-04,"12,5"\n', []),
        ('date,km,calories\n2026-05-03,12.5,"1,234"\n', []),
        ('date,km,calories\n2026-05-03,12.5,"123,4"\n', [SIGN]),
    ],
)  # fmt: skip
def test_what_nothing_in_a_sheet_tells_is_open_until_it_is_said(text: str, open_: list[str]) -> None:
    """Headings, units in cells, days beyond 12 and decimal commas decide; what is said is asked no more."""
    found = preview(text.encode(), {})["found"]
    assert (found["open"], found["unsure"]) == (open_, open_)
    said = {UNIT: {"distance": "km"}, ORDER: {"order": "dmy"}, SIGN: {"decimal": "comma"}}
    found = preview(text.encode(), {key: value for what in open_ for key, value in said[what].items()})["found"]
    assert found["unsure"] == [] and set(found["open"]) <= set(open_)


def test_a_unit_in_which_nobody_is_that_fast_is_not_meant() -> None:
    """Swims of 1500 are in metres, whatever signs they are written with; rides of 40 in an hour are no miles."""
    swims = (
        "date{0}sport{0}distance{0}time\n2026-05-03{0}Swim{0}1500{1}{0}0:30:00\n2026-05-04{0}Swim{0}2000{1}{0}0:45:00\n"
    )
    for text in (swims.format(",", ""), swims.format(";", ",0")):
        assert [one["distance_m"] for one in documents(text)] == [1500, 2000]
    [ride] = documents("date,sport,distance,time\n2026-05-03,Ride,40,1:00:00\n")
    assert ride["distance_m"] == 40_000


@given(st.lists(st.sampled_from(["20", "5 km", "7,5", "7.5", "1,234", "1.234", "0,5", ""]), min_size=1, max_size=4),
       st.lists(st.sampled_from(["03/04/2026", "13/04/2026", "04/13/2026", "3.4.2026", "2026-04-03"]), min_size=1),
       st.sampled_from([";", "\t"]), st.sampled_from(["distance", "distance (km)", "miles"]))  # fmt: skip
def test_what_is_not_open_reads_alike_whatever_else_could_be_said(
    far: list[str], days: list[str], sign: str, heading: str
) -> None:
    """Where the unit is sure no setting is needed, and settings that say what was seen change nothing."""
    lines = [f"{days[at % len(days)]}{sign}{cell}\n" for at, cell in enumerate(far)]
    text = f"date{sign}{heading}\n{''.join(lines)}"
    found = preview(text.encode(), {})["found"]
    seen = {"decimal": "comma" if found["decimal"] == "," else "point", "order": found["order"],
            "distance": "km" if found["distance_m"] == 1000 else "miles"}  # fmt: skip
    assert documents(text, **seen) == documents(text)
    assert preview(text.encode(), seen)["found"]["unsure"] == []


@pytest.mark.parametrize(
    "cell", ["tomorrow", "31/31/2026", "2026-02-30", "12", "1850-01-01", "2026-04-03 25:00", "0", "2026-04-03 noon"]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert when(cell, Conventions()) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1:02:03", 3723), ("1:02:03.5", 3723.5), ("0:30", 1800), ("1h 20m", 4800), ("90 min", 5400), ("45s", 45),
        ("1.5 h", 5400), ("2 hours 5 minutes", 7500), (timedelta(hours=30), 108_000), (time(1, 30), 5400), ("90", 5400),
        (90, 5400), (datetime(1900, 1, 1, 6), 108_000), ("", None), ("long", None), ("-5", None), (None, None),
        (True, None), ("100:00:00", 360_000),
    ],
)  # fmt: skip
def test_durations(cell: Cell, expected: float | None) -> None:
    assert seconds(cell, Conventions(), 60.0) == expected


def test_a_duration_of_more_than_a_day_by_the_other_epoch() -> None:
    assert seconds(datetime(1904, 1, 2, 6), Conventions(epoch=datetime(1904, 1, 1)), 60.0) == 108_000


def test_two_numbers_with_a_colon_are_what_their_column_says() -> None:
    assert documents("date,duration\n2026-05-03,45:12\n")[0]["elapsed_s"] == 45 * 60 + 12
    assert documents("date,duration\n2026-05-03,1:30\n")[0]["elapsed_s"] == 5400
    found = documents("date,duration\n2026-05-03,10:30\n2026-05-04,1:02:03\n")
    assert [one["elapsed_s"] for one in found] == [630, 3723]


def test_plain_durations_are_seen_by_heading_and_by_distance() -> None:
    def of(heading: str, *cells: object, km: float | None = None) -> float:
        far = "" if km is None else f"{km}"
        text = f"date;{heading};km\n" + "".join(f"2026-05-0{at};{cell};{far}\n" for at, cell in enumerate(cells, 1))
        return float(documents(text)[0]["elapsed_s"])

    assert of("Duration (min)", 90) == 5400 and of("duration_seconds", 90) == 90 and of("Time [h]", "1.5") == 5400
    assert of("duration", 90, km=30) == 5400 and of("duration", 5400, km=30) == 5400
    assert of("duration", "1.5", km=30) == 5400 and of("duration", "0.0625", km=30) == 5400
    assert of("duration", 5400, 4000) == 5400 and of("duration", 60) == 3600
    assert duration_factor("hours", "", [2.0], []) == 3600


def test_cells_of_a_workbook_in_their_own_types() -> None:
    head = ("Date", "Time", "Sport", "Duration", "Distance (km)", "Title")
    made = [
        (datetime(2026, 5, 3), time(7, 30), "Trail Run", time(1, 30), 12.0, 17),
        (datetime(2026, 5, 4, 18, 5), None, "Ride", timedelta(hours=25), "40 mi", "Long"),
        (date(2026, 5, 5), None, "Swim", 0.0208333333333333, 1.5, "Pool"),
    ]
    book = workbook(made, head, {"Duration": "[h]:mm:ss"})
    one, two, three = documents(book)
    assert one["start"] == "2026-05-03T07:30:00" and one["elapsed_s"] == 5400 and one["name"] == "17"
    assert (one["sport"], one["sub_sport"]) == ("running", "trail")
    assert two["start"] == "2026-05-04T18:05:00" and two["elapsed_s"] == 90_000
    assert two["distance_m"] == pytest.approx(40 * 1609.344), "the cell's own unit is believed"
    assert three["date_only"] is True and three["elapsed_s"] == pytest.approx(1800, abs=0.01)


@pytest.mark.parametrize("mac", [False, True])
def test_both_epochs(mac: bool) -> None:
    """Serial numbers without a date's format count from the workbook's own first day."""
    first = datetime(1904, 1, 1) if mac else datetime(1899, 12, 30)
    serial = (datetime(2026, 5, 3, 6) - first) / timedelta(days=1)
    one, two = documents(workbook([(datetime(2026, 5, 3, 6), "a"), (serial, "b")], ("start", "name"), mac=mac))
    assert one["start"] == two["start"] == "2026-05-03T06:00:00"


def test_formulas_that_nobody_calculated_are_noted() -> None:
    data = workbook([("2026-05-03", "=B3*2", "=1/0", "a")], ("date", "miles", "calories", "name"))
    [row] = rows(data)
    assert ("distance", "not_calculated") in row.notes and "distance_m" not in row.document
    assert row.document["name"] == "a"
    told = preview(data, {})["notes"]
    assert {"number": 2, "column": 1, "field": "distance", "code": "not_calculated"} in told


def test_the_heading_is_found_below_other_lines() -> None:
    text = "My training,,\n,,\nDate,Title,Distance (km)\n2026-05-03,Lake,20\n,,\n2026-05-04,Park,5\n"
    sheet = table(text.encode(), {})
    assert (sheet.heading, [line.number for line in sheet.lines]) == (3, [4, 6])
    assert [one["distance_m"] for one in documents(text)] == [20_000, 5_000]


def test_without_headings_columns_are_called_by_their_letters() -> None:
    text = "2026-05-03,Lake,20\n2026-05-04,Park,5\n"
    columns = '{"start": "Column A", "name": "Column B", "distance": "Column C"}'
    found = documents(text, header=0, columns=columns, distance="km")
    assert [(one["start"], one["name"], one["distance_m"]) for one in found] == [
        ("2026-05-03", "Lake", 20_000), ("2026-05-04", "Park", 5_000),
    ]  # fmt: skip
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_mapping_is_believed_over_headings() -> None:
    text = "date,notes,title\n2026-05-03,wet,Lake\n"
    one = documents(text)[0]
    assert (one["name"], one["description"]) == ("Lake", "wet")
    one = documents(text, columns='{"name": "notes", "description": "title"}')[0]
    assert (one["name"], one["description"]) == ("wet", "Lake")
    assert "name" not in documents(text, columns='{"name": null}')[0]
    assert documents(text, columns="no json")[0]["name"] == "Lake"
    assert documents(text, columns='{"name": "gone"}')[0].get("name") is None


def test_rows_keep_their_keys() -> None:
    """A row put in, or taken out, renames none of another day; a column of ids names all for ever."""
    before = {row.document["name"]: row.key for row in rows(csv_text())}
    more = [ROWS[0], ("2026-05-01", *ROWS[1][1:-1], "Earlier"), *ROWS[1:]]
    after = {row.document["name"]: row.key for row in rows(csv_text(more))}
    assert {name: after[name] for name in before} == before and len(set(after.values())) == 4
    text = "id,date,name\nb7,2026-05-03,x\na1,2026-05-03,y\na1,2026-05-04,z\n"
    assert [row.key for row in rows(text)] == ["b7", "a1", "a1~2"]


def test_a_version_tells_of_a_change_of_its_own_row_alone() -> None:
    before = {row.key: row.version for row in rows(csv_text())}
    changed = [ROWS[0], ROWS[1], (*ROWS[2][:-1], "Renamed")]
    after = {row.key: row.version for row in rows(csv_text(changed))}
    assert [before[key] == after[key] for key in before] == [True, True, False]


def test_rows_without_a_date_are_no_activities() -> None:
    found = rows("date,name\n,Total\n2026-05-03,Lake\nlast week,Hm\n")
    assert [row.day for row in found] == [None, "2026-05-03", None]
    assert [row.notes for row in found] == [(("start", "no_date"),), (), (("start", "no_such_date"),)]


def test_what_is_no_sheet_is_told() -> None:
    damaged = workbook()[:900]
    for data, reason in {
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".xls",
        damaged: "damaged",
        b"<html><body>": "not a workbook",
        b"\x00\x01": "not a workbook",
        b"PK\x03\x04": "damaged",
    }.items():
        with pytest.raises(NoSheet, match=reason):
            table(data, {})
        assert reason in (preview(data, {})["trouble"] or "")
    with pytest.raises(NoSheet, match="no sheet Summer; choose one of Training"):
        table(workbook(), {"sheet": "Summer"})


def test_a_workbook_that_unpacks_without_bounds_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number_of in range(5):
            archive.writestr(f"xl/{number_of}.xml", b"0" * 90_000_000)
    with pytest.raises(NoSheet, match="too large"):
        table(made.getvalue(), {})


def test_the_first_sheet_that_is_not_empty() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Second").append(["date", "name"])
    book["Second"].append([datetime(2026, 5, 3), "Lake"])
    made = io.BytesIO()
    book.save(made)
    sheet = table(made.getvalue(), {})
    assert (sheet.sheet, sheet.sheets) == ("Second", ("Sheet", "Second"))


def test_headings_in_other_words() -> None:
    columns = ["Datum", "Sportart", "Titel", "Strecke (km)", "Dauer [min]", "Ø Puls", "Höhenmeter", "Schuhe"]
    assert guessed(columns) == {
        "start": "Datum", "sport": "Sportart", "name": "Titel", "distance": "Strecke (km)", "duration": "Dauer [min]",
        "total_elevation_gain": "Höhenmeter", "equipment": "Schuhe", "avg_heart_rate": "Ø Puls",
    }  # fmt: skip
    assert (plain("Total Time (min)"), unit_in("Total Time (min)"), unit_in("speed_kmh")) == (
        "total_time",
        "min",
        "kmh",
    )
    assert {field.key for field in FIELDS} >= {"start", "name", "distance"}
    assert guessed(list(TRACEKIT))["name"] == "notes" and len(guessed(list(TRACEKIT))) == len(TRACEKIT)


def test_preview_tells_what_a_person_checks() -> None:
    told = preview(csv_text().encode(), {})
    assert told["columns"] == list(TRACEKIT) and told["heading"] == 1 and told["trouble"] is None
    assert {one["key"]: one["column"] for one in told["fields"]}["name"] == TRACEKIT.index("notes")
    assert (told["count"], told["activities"], told["note_count"]) == (3, 3, 0)
    assert told["rows"][0]["number"] == 2 and told["rows"][0]["read"]["distance_m"] == pytest.approx(32_991.552)
    bad = preview(b"date,km,name\n2026-05-03,far,Lake\n", {})
    assert bad["notes"] == [{"number": 2, "column": 1, "field": "distance", "code": "no_such_number"}]


@given(
    st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t|")
)
def test_a_written_text_is_read_as_it_was(grid: list[list[str]], sign: str) -> None:
    """What is quoted as needed comes back, cell by cell."""
    text = "\r\n".join(sign.join(csv_file.quoted(cell, sign) for cell in row) for row in grid)
    found = [[span.value for span in record] for record in csv_file.read(text.encode("utf-8", "ignore"), sign).records]
    clean = [[cell.encode("utf-8", "ignore").decode() for cell in row] for row in grid]
    assert found == clean or any("\ufeff" in cell for row in clean for cell in row)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_nothing_that_comes_is_worse_than_no_sheet(data: bytes) -> None:
    told = preview(data, {})
    assert told["trouble"] or told["count"] >= 0


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=120),
    st.sampled_from(["", "dmy", "mdy"]),
)
def test_any_text_is_read_somehow(text: str, order: str) -> None:
    for row in rows(f"date,name,km,duration\n{text}", order=order, header=1):
        decoded = sources()["spreadsheet"].recording(packed(row.document))
        assert decoded.format == "spreadsheet" and (decoded.recordings != ()) == (row.day is not None)


@given(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)))
def test_numbers_by_either_sign(value: float) -> None:
    assert number(f"{value:,.3f}", ".") == pytest.approx(value)
    text = f"{value:,.3f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert number(text, ",") == pytest.approx(value)


def test_the_time_of_day_in_a_column_of_its_own() -> None:
    assert [clock(one) for one in ("7:30", "7:30 pm", time(7, 30), 0.3125, timedelta(hours=7.5), "late", 3)] == [
        time(7, 30), time(19, 30), time(7, 30), time(7, 30), time(7, 30), None, None,
    ]  # fmt: skip
    [row] = rows("date,time,clock\n2026-05-03,0:45:00,7:30\n")
    assert row.document["start"] == "2026-05-03T07:30:00" and row.document["elapsed_s"] == 2700

"""Sheets are written back cell by cell: nothing else changes, a copy stays, and nobody's work is overwritten."""

import io
import json
import os
import re
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net.budget import ChangeRejected, Limits, Permit, RateLimitedClient
from homestretch.sources import _disk as disk
from homestretch.sources.base import Change, RemoteAccount, Written
from homestretch.sources.registry import sources
from homestretch.sources.spreadsheet import client as sheets
from homestretch.sources.spreadsheet import write
from homestretch.sources.spreadsheet._edit import CannotEdit, csv_edited, xlsx_edited
from homestretch.sources.spreadsheet.reading import csv_file
from homestretch.sources.spreadsheet.reading.table import table, text_of
from tests.sources.spreadsheet.sheets import ROWS, TRACEKIT, csv_text, put, workbook

PERMIT = Permit(1)
DETAILS = {
    "start": "2026-05-09T07:30:00", "name": "New; one", "sport": "cycling", "distance_m": 40_000.0, "elapsed_s": 5400.0,
    "gear_name": "Old Steel", "links": {"garmin": "123"},
}  # fmt: skip


def opened(place: Path, **settings: Any) -> sheets.Sheet:
    """Return a sheet of a file."""
    return sheets.Sheet(
        UnsavedSecret({"path": str(place)}), RemoteAccount(""), RateLimitedClient("x", Limits(), settings=settings)
    )


def key_of(sheet: sheets.Sheet, name: str) -> str:
    """Return the key of the row of a name."""
    [found] = [sheet.key(row) for row in sheet.rows() if row.document.get("name") == name]
    return found


def renamed(place: Path, name: str, to: str, **details: Any) -> Written:
    """Rename a row."""
    sheet = opened(place)
    return sources()["spreadsheet"].write(sheet, Change("name", key_of(sheet, name), to, details=details), PERMIT)


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_cell_of_a_text(tmp_path: Path, sign: str, end: str, encoding: str) -> None:
    """Nothing but the cell differs, to the byte."""
    before = csv_text(sign=sign, end=end)
    place = put(tmp_path / "a.csv", before.encode(encoding))
    done = renamed(place, "Round the lake", "Kärsä & more")
    assert place.read_bytes() == before.replace("Round the lake", "Kärsä & more").encode(encoding)
    told = json.loads(done.answer.data)
    assert (told["before"], told["after"], told["row"]) == ("Round the lake", "Kärsä & more", 2)
    assert (tmp_path / told["backup"]).read_bytes() == before.encode(encoding)


def test_what_needs_quotes_gets_them_and_what_has_them_keeps_them(tmp_path: Path) -> None:
    text = 'date,notes\n"2026-05-03","Lake"\n2026-05-04,Park\n'
    place = put(tmp_path / "a.csv", text)
    renamed(place, "Lake", "Sea")
    renamed(place, "Park", 'A "b", c')
    assert place.read_text() == 'date,notes\n"2026-05-03","Sea"\n2026-05-04,"A ""b"", c"\n'


def test_a_short_row_grows(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", "id,date,km,name\n1,2026-05-03,20\n2,2026-05-04,5,Park\n")
    sheet = opened(place)
    write.write(sheet, Change("name", sheet.key(sheet.rows()[0]), "Lake"), PERMIT)
    assert place.read_text() == "id,date,km,name\n1,2026-05-03,20,Lake\n2,2026-05-04,5,Park\n"


def test_letters_that_an_encoding_has_not(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", "date,name\n2026-05-03,Kär\n".encode("latin-1"))
    with pytest.raises(ChangeRejected, match="UTF-8"):
        renamed(place, "Kär", "日本")
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_a_cell_of_a_workbook(tmp_path: Path) -> None:
    """Every part but the one sheet is as it was, and of that sheet every cell but the one."""
    before = workbook()
    place = put(tmp_path / "a.xlsx", before)
    renamed(place, "Round the lake", '<Round> & "round"')
    old, new = parts(before), parts(place.read_bytes())
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet1.xml"] and old.keys() == new.keys()
    one, two = (openpyxl.load_workbook(io.BytesIO(data)) for data in (before, place.read_bytes()))
    differ = [
        (cell.coordinate, other.value)
        for row, others in zip(one["Training"].rows, two["Training"].rows, strict=True)
        for cell, other in zip(row, others, strict=True)
        if cell.value != other.value
    ]
    assert differ == [("V2", '<Round> & "round"')]
    assert two["Training"].column_dimensions["A"].width == 23.5 and two["Training"]["A1"].font.bold
    assert two["Plans & dreams"]["B2"].value == "=1+1"
    renamed(place, '<Round> & "round"', "Again")
    assert table(place.read_bytes(), {}).lines[0].cells[-1] == "Again"


def test_a_cell_that_was_empty(tmp_path: Path) -> None:
    place = put(tmp_path / "a.xlsx", workbook())
    sheet = opened(place)
    row = sheet.rows()[2]
    done = write.write(sheet, Change("gear", sheet.key(row), "New Bike"), PERMIT)
    assert json.loads(done.answer.data)["before"] == "Old Steel"
    assert opened(place).rows()[2].document["gear"] == "New Bike"


def test_a_formula_stays(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([("2026-05-03", "Lake")], ("date", "name"))))
    book["Training"]["B2"] = '="La"&"ke"'
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(CannotEdit, match="B2 contains a formula"):
        xlsx_edited(made.getvalue(), "Training", {(2, 1): "Sea"})


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_new_row(tmp_path: Path, name: str) -> None:
    """It looks like the one above it, and is read as what it was made of; asked for twice it is there once."""
    timed = [(f"{row[0]} 0{at}:15:00", *row[1:]) for at, row in enumerate(ROWS, 6)]
    data = (
        workbook(timed, formats={"start_time": "yyyy-mm-dd hh:mm"}) if name.endswith("x") else csv_text(timed).encode()
    )
    place = put(tmp_path / name, data)
    done = write.write(opened(place), Change("upload", "", "x.fit", details=DETAILS), PERMIT)
    *others, new = opened(place).rows()
    assert [row.version for row in others] == [row.version for row in _rows(data)]
    assert done.key == opened(place).key(new) and new.number == 5
    document = new.document
    assert document["start"] == "2026-05-09T07:30:00" and document["name"] == "New; one"
    assert document["distance_m"] == pytest.approx(40_000, abs=1) and document["elapsed_s"] == pytest.approx(5400)
    assert document["gear"] == "Old Steel" and document["links"] == {"garmin": "123"}
    after = place.read_bytes()
    again = write.write(opened(place), Change("upload", "", "x.fit", details=DETAILS), PERMIT)
    assert again.key == done.key and place.read_bytes() == after
    if name.endswith("x"):
        line = openpyxl.load_workbook(place)["Training"][5]
        assert line[0].number_format == "yyyy-mm-dd hh:mm" and isinstance(line[0].value, datetime)
    else:
        assert after.startswith(data) and after.endswith(b"\n")


def _rows(data: bytes) -> list[Any]:
    sheet = sheets.Sheet(UnsavedSecret({"path": "/x"}), RemoteAccount(""), RateLimitedClient("x", Limits()))
    sheet._data = data
    return sheet.rows()


def test_a_new_row_by_the_habits_of_its_columns(tmp_path: Path) -> None:
    text = "Datum;Dauer;km;Titel\r\n03.05.2026;1:30:00;20,5;Lake\r\n14.05.2026;0:30:00;5;Park"
    place = put(tmp_path / "a.csv", text)
    write.write(opened(place), Change("upload", "", "x.fit", details=DETAILS), PERMIT)
    assert place.read_bytes() == (text + '\r\n09.05.2026;1:30:00;40;"New; one"').encode()
    head = ("Date", "Duration", "Distance (km)", "Name")
    book = put(tmp_path / "a.xlsx", workbook([(datetime(2026, 5, 3), time(1, 30), 20.5, "Lake")], head))
    write.write(opened(book), Change("upload", "", "x.fit", details=DETAILS), PERMIT)
    new = openpyxl.load_workbook(book)["Training"][3]
    assert new[0].value == datetime(2026, 5, 9) and new[1].value == time(1, 30) and new[2].value == 40


@pytest.mark.parametrize(
    ("column", "sport", "word"),
    [("Ride;Run;Ride", "cycling/gravel_cycling", "Ride"), ("Ride;GravelRide", "cycling/gravel_cycling", "GravelRide"),
     ("biking;Ride;Ride", "cycling", "Ride"), ("Ride;Run", "running/trail", "Run"), ("Run;Run", "cycling", "Cycling"),
     ("Run;Run", "swimming/open_water", "Open Water Swimming"), ("Run;Run", "training/yoga", "Yoga")],
)  # fmt: skip
def test_a_sport_is_written_in_the_sheets_own_words(tmp_path: Path, column: str, sport: str, word: str) -> None:
    rows = [(f"2026-05-0{at}", said, 5, "Old") for at, said in enumerate(column.split(";"), 1)]
    place = put(tmp_path / "a.csv", csv_text(rows, ("date", "sport", "km", "name")))
    write.write(opened(place), Change("upload", "", "x.fit", details={**DETAILS, "sport": sport}), PERMIT)
    assert table(place.read_bytes(), {}).lines[-1].cells[1] == word


FORMULAS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=",
    "'=1",
    "'",
    "-5",
    "+0:30",
    "- easy",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_ours_is_a_formula_and_each_is_read_as_it_was(tmp_path: Path, text: str) -> None:
    place = put(tmp_path / "a.csv", csv_text())
    renamed(place, "Round the lake", text)
    write.write(opened(place), Change("upload", "", "x.fit", details={**DETAILS, "name": text}), PERMIT)
    for record in csv_file.read(place.read_bytes()).records[1:]:
        for cell in record:
            number = re.fullmatch(r"[-+]?[\d.,:/-]+", cell.value)
            assert number or not cell.value.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    names = [row.document.get("name") for row in opened(place).rows()]
    assert names[0] == names[-1] == text.strip()


def test_what_is_so_already_stays_untouched(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", csv_text())
    before = place.stat().st_mtime_ns
    done = renamed(place, "Round the lake", "Round the lake ")
    assert done.key and place.stat().st_mtime_ns == before and len(list(tmp_path.iterdir())) == 1


def test_nobodys_work_is_overwritten(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", csv_text())
    sheet = opened(place)
    key = key_of(sheet, "Round the lake")
    put(place, csv_text(ROWS[:2]))
    with pytest.raises(ChangeRejected, match="changed since it was read"):
        write.write(sheet, Change("name", key, "Mine"), PERMIT)
    assert place.read_text() == csv_text(ROWS[:2])
    with pytest.raises(ChangeRejected, match="no longer exists"):
        write.write(opened(place), Change("name", "gone", "Mine"), PERMIT)
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_that_is_open_is_left_alone(tmp_path: Path, lock: str) -> None:
    place = put(tmp_path / "a.xlsx", workbook())
    put(tmp_path / lock, b"somebody")
    with pytest.raises(ChangeRejected, match="open in another program"):
        renamed(place, "Round the lake", "Mine")
    assert key_of(opened(place), "Round the lake") and len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cant_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = put(tmp_path / "a.csv", csv_text())

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ChangeRejected, match="can't be written"):
        renamed(place, "Round the lake", "Mine")
    assert place.read_text() == csv_text() and not [one for one in tmp_path.iterdir() if one.name.endswith("part")]


def test_the_newest_few_copies_stay(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", csv_text())
    put(tmp_path / "a.backup-mine.csv", b"not ours")
    place.chmod(0o640)
    name = "Round the lake"
    for number in range(disk.BACKUPS + 3):
        renamed(place, name, f"Name {number}")
        name = f"Name {number}"
    copies = sorted(one for one in tmp_path.iterdir() if ".backup-2" in one.name)
    assert len(copies) == disk.BACKUPS and (tmp_path / "a.backup-mine.csv").exists()
    assert place.stat().st_mode & 0o777 == 0o640


def test_a_google_sheet_cant_be_written() -> None:
    link = {"link": "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJk/edit"}
    sheet = sheets.Sheet(UnsavedSecret(link), RemoteAccount(""), RateLimitedClient("x", Limits()))
    with pytest.raises(ChangeRejected, match="read-only"):
        write.write(sheet, Change("name", "x", "y"), PERMIT)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", "date,name\n2026-05-03,Lake\n")
    sheet = opened(place)
    with pytest.raises(ChangeRejected, match="no column for gear"):
        write.write(sheet, Change("gear", key_of(sheet, "Lake"), "Bike"), PERMIT)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=8)


@settings(deadline=None)
@given(CELLS, st.integers(0, 2), st.integers(0, len(TRACEKIT) - 1))
def test_any_text_in_any_cell_of_a_workbook(value: str, row: int, column: int) -> None:
    """What was written is read again, and nothing else differs (oracle: openpyxl reads both)."""
    before = table(BOOK, {})
    after = table(xlsx_edited(BOOK, "Training", {(row + 2, column): value}), {})
    for at, (old, new) in enumerate(zip(before.lines, after.lines, strict=True)):
        for of, (one, other) in enumerate(zip(old.cells, new.cells, strict=True)):
            expected = value.strip() if (at, of) == (row, column) else text_of(one)
            assert text_of(other) == expected


BOOK = workbook()


@given(CELLS, st.integers(0, 2), st.integers(0, len(TRACEKIT) - 1))
def test_any_text_in_any_cell_of_a_text(value: str, row: int, column: int) -> None:
    before = table(csv_text().encode(), {"header": 1})
    after = table(csv_edited(csv_text().encode(), {(row + 2, column): value}), {"header": 1})
    for at, (old, new) in enumerate(zip(before.lines, after.lines, strict=True)):
        for of, (one, other) in enumerate(zip(old.cells, new.cells, strict=True)):
            assert text_of(other) == (value.strip() if (at, of) == (row, column) else text_of(one))


def test_workbooks_of_other_writers() -> None:
    """Prefixed tags, rows and cells without names, rows that close themselves: all are found."""
    data = io.BytesIO()
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1:B2"/>'
        '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>date</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>name'
        '</x:t></x:is></x:c></x:row><x:row r="2" spans="1:1"><x:c r="A2" s="1"><x:v>46145</x:v></x:c></x:row>'
        '<x:row r="4"/></x:sheetData></x:worksheet>'
    )
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts(workbook()).items():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    once = xlsx_edited(data.getvalue(), "Training", {(2, 1): "Lake"})
    whole = xlsx_edited(once, "Training", {(3, 0): 46146.5, (3, 1): "Park", (4, 1): "Sea", (7, 2): "Far"}, {3: 2})
    xml = parts(whole)["xl/worksheets/sheet1.xml"].decode()
    assert '<x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">Lake</x:t></x:is></x:c></x:row>' in xml
    assert '<x:row r="3"><x:c r="A3" s="1"><x:v>46146.5</x:v></x:c>' in xml and 'ref="A1:C7"' in xml
    rows = [[text_of(cell) for cell in line.cells] for line in table(whole, {"header": 1}).lines]
    assert [row[1] for row in rows] == ["Lake", "Park", "Sea", ""] and rows[3][2] == "Far"

"""Writes to a sheet what a person approved: a cell of a row, or a row at its end; the file is copied beside itself."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from homestretch.model.sport import Sport
from homestretch.net.budget import ChangeRejected, Permit
from homestretch.sources.base import Answer, Change, Client, Written
from homestretch.sources.spreadsheet._edit import CannotEdit, Value, csv_edited, xlsx_edited
from homestretch.sources.spreadsheet._rows import Reading, Row, packed
from homestretch.sources.spreadsheet.client import NAME, Sheet
from homestretch.sources.spreadsheet.reading.conventions import Cell
from homestretch.sources.spreadsheet.reading.csv_file import marked
from homestretch.sources.spreadsheet.reading.fields import BY_KEY
from homestretch.sources.spreadsheet.reading.table import Table, is_workbook, table, text_of
from homestretch.vendors.sport_names import sport_named
from homestretch.vendors.sport_words import sport_in_words

_FIELDS = {"name": "name", "description": "description", "gear": "equipment", "sport": "sport"}
#: Two workouts of a day whose distances differ by less are one.
_SAME = 0.01


def write(client: Client, change: Change, permit: Permit) -> Written:
    """Change a cell of a row, or add a row; what is so already stays untouched. Raises ChangeRejected, NotThere."""
    if not isinstance(client, Sheet) or client.path is None:
        raise ChangeRejected(
            name=NAME, reason="a Google sheet shared by link is read-only. Change it in Google Sheets."
        )
    data, rows = client.data(), client.rows()
    sheet = table(data, client.calls.settings)
    reading = Reading.of(sheet, client.calls.settings)
    if change.what == "upload":
        return _added(client, sheet, reading, rows, change)
    return _changed(client, sheet, reading, change)


def now(client: Client, change: Change) -> str:
    """Return what a cell says now. Raises ChangeRejected, NotThere."""
    if not isinstance(client, Sheet):
        raise ChangeRejected(name=NAME, reason="the connection is not a spreadsheet.")
    sheet = table(client.data(), client.calls.settings)
    row, at = _place(client, Reading.of(sheet, client.calls.settings), change)
    if change.what != "sport":
        return _said(sheet, row, at)
    sport, kind = (str(row.document.get(name) or "") for name in ("sport", "sub_sport"))
    return f"{sport}/{kind}" if kind else sport


def follow(client: Client, task: str) -> Written:
    """Nothing goes on after a sheet was written."""
    raise ChangeRejected(name=NAME, reason="the upload was not found.")


def _place(client: Sheet, reading: Reading, change: Change) -> tuple[Row, int]:
    """Return the row and the column that a change is about. Raises ChangeRejected."""
    row = next((row for row in client.rows() if client.key(row) == change.key), None)
    if row is None:
        raise ChangeRejected(name=NAME, reason="the row no longer exists. Sync and review the change again.")
    field = str(change.details["source"]) if change.what == "link" else _FIELDS[change.what]
    at = reading.places.get(field)
    if at is None:
        held = BY_KEY[field].title.lower()
        raise ChangeRejected(name=NAME, reason=f"no column for {held} was found. Choose it under Columns.")
    return row, at


def _said(sheet: Table, row: Row, at: int) -> str:
    return text_of(next(line for line in sheet.lines if line.number == row.number).cells[at])


def _changed(client: Sheet, sheet: Table, reading: Reading, change: Change) -> Written:
    row, at = _place(client, reading, change)
    value = _word(reading, change.value) if change.what == "sport" else change.value
    before, after = _said(sheet, row, at), value.strip()
    done: dict[str, Any] = {"row": row.number, "column": sheet.columns[at], "before": before, "after": after}
    if before != after:
        done["backup"] = _written(client, sheet, {(row.number, at): after})
    return Written(Answer(f"row-{row.number}.json", "json", packed(done)), change.key)


def _added(client: Sheet, sheet: Table, reading: Reading, rows: Sequence[Row], change: Change) -> Written:
    """Add a row of an activity's details, unless the sheet has one."""
    there = next((row for row in rows if _is_same(row, change.details)), None)
    if there is not None:
        done: dict[str, Any] = {"row": there.number, "there": True}
        return Written(Answer(f"row-{there.number}.json", "json", packed(done)), client.key(there))
    if not change.details.get("start"):
        raise ChangeRejected(name=NAME, reason="the activity has no date.")
    last = sheet.lines[-1] if sheet.lines else None
    number = last.number + 1 if last else sheet.heading + 1
    values = _values(reading, change.details)
    cells = {(number, reading.places[key]): value for key, value in values.items() if key in reading.places}
    backup = _written(client, sheet, cells, last.number if last else None)
    made = next((row for row in client.rows() if row.number == number), None)
    done = {"row": number, "backup": backup}
    return Written(Answer(f"row-{number}.json", "json", packed(done)), None if made is None else client.key(made))


def _written(client: Sheet, sheet: Table, cells: Mapping[tuple[int, int], Value], like: int | None = None) -> str:
    """Write cells and return the name of the copy; a new row has the number behind the last one.

    Raises ChangeRejected where anything else in it would become another.
    """
    data = client.data()
    numbers = {line.number for line in sheet.lines}
    try:
        if is_workbook(data):
            styled = {row: like for row, _ in cells if like is not None and row not in numbers}
            made = xlsx_edited(data, sheet.sheet, cells, styled)
        else:
            new = {at: marked(str(value)) for (row, at), value in cells.items() if row not in numbers}
            old = {place: marked(str(value)) for place, value in cells.items() if place[0] in numbers}
            made = csv_edited(data, old, new or None)
    except CannotEdit as error:
        raise ChangeRejected(name=NAME, reason=str(error)) from error
    after = table(made, client.calls.settings)
    if after.columns != sheet.columns or not _only(sheet, after, cells):
        raise ChangeRejected(name=NAME, reason="other parts of the file would change too.")
    return client.write(made)


def _only(before: Table, after: Table, cells: Mapping[tuple[int, int], Value]) -> bool:
    """Return whether two tables differ in these cells alone."""
    old = {(line.number, at): text_of(cell) for line in before.lines for at, cell in enumerate(line.cells)}
    new = {(line.number, at): text_of(cell) for line in after.lines for at, cell in enumerate(line.cells)}
    differ = {place for place in old.keys() | new.keys() if old.get(place, "") != new.get(place, "")}
    return differ <= cells.keys()


def _is_same(row: Row, details: Mapping[str, Any]) -> bool:
    """Return whether a row is about the activity: by another source's id, else by day and distance or start."""
    own, given = row.document.get("links") or {}, details.get("links") or {}
    if any(own.get(key) == value for key, value in given.items()):
        return True
    start, other = str(row.document.get("start") or ""), str(details.get("start") or "")
    if not start or start[:10] != other[:10]:
        return False
    far, wide = row.document.get("distance_m"), details.get("distance_m")
    if far and wide:
        return bool(abs(far - wide) <= _SAME * max(far, wide))
    return start[:16].replace(" ", "T") == other[:16].replace(" ", "T")


def _values(reading: Reading, details: Mapping[str, Any]) -> dict[str, Value]:
    """Return the cells of a new row by field, written as the column's last one is."""
    found: dict[str, Value] = {}
    start = datetime.fromisoformat(str(details["start"]))
    found["start"] = _moment(reading, start)
    if "time" in reading.places:
        found["time"] = start.time().isoformat("minutes")
    if details.get("sport"):
        found["sport"] = _word(reading, str(details["sport"]))
    for key, name in (("name", "name"), ("description", "description"), ("equipment", "gear_name")):
        if details.get(name):
            found[key] = str(details[name])
    if details.get("distance_m"):
        found["distance"] = _number(reading, details["distance_m"] / reading.how.distance)
    for key, name in (("duration", "elapsed_s"), ("duration_hms", "elapsed_s"), ("moving", "moving_s")):
        if details.get(name):
            found[key] = _duration(reading, key, float(details[name]))
    return found | {key: str(value) for key, value in (details.get("links") or {}).items() if key in BY_KEY}


def _last(reading: Reading, key: str) -> Cell:
    at = reading.places.get(key)
    if at is None:
        return None
    return next((line.cells[at] for line in reversed(reading.table.lines) if text_of(line.cells[at])), None)


def _word(reading: Reading, said: str) -> str:
    """Return the sheet's own word for a sport of ours, `cycling` or `cycling/mountain`, else one that it is read as."""
    key, _, sub = said.partition("/")
    at = reading.places.get("sport")
    words = Counter(text_of(line.cells[at]) for line in reading.table.lines) if at is not None else Counter()
    for kind in dict.fromkeys((sub or None, None)):
        own = [word for word, _ in words.most_common() if sport_in_words(word) == Sport(key, kind)]
        if own:
            return own[0]
    known = [word for word in (f"{sub} {key}", sub) if sub and sport_named(word) == Sport(key, sub)]
    return (known[0] if known else key).replace("_", " ").title()


def _moment(reading: Reading, start: datetime) -> Value:
    """Return when it was: a serial number where dates are such, else the text of the column's kind."""
    last, how = _last(reading, "start"), reading.how
    local = start.replace(tzinfo=None)
    if isinstance(last, date):
        whole = isinstance(last, datetime) and last.time() != time()
        at = local if whole else datetime.combine(local.date(), time())
        return (at - how.epoch) / timedelta(days=1)
    text = last if isinstance(last, str) else ""
    mark = next((sign for sign in "./" if sign in text[:5]), "-")
    pattern = {"dmy": "%d{0}%m{0}%Y", "mdy": "%m{0}%d{0}%Y"}.get(how.order if mark != "-" else "ymd", "%Y-%m-%d")
    day = local.strftime(pattern.format(mark))
    clock = re.search(r"\d(T| )\d{1,2}:\d\d(:\d\d)?", text)
    return day + (clock[1] + local.time().isoformat("seconds" if clock[2] else "minutes") if clock else "")


def _number(reading: Reading, value: float) -> Value:
    rounded = round(value, 3)
    if reading.table.delimiter:
        return f"{rounded:g}".replace(".", reading.how.decimal) if rounded < 1e6 else str(rounded)
    return float(rounded)


def _duration(reading: Reading, key: str, seconds: float) -> Value:
    last = _last(reading, key)
    if isinstance(last, time | timedelta | datetime):
        return seconds / 86_400
    if key == "duration_hms" or (isinstance(last, str) and ":" in last):
        whole = round(seconds)
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return _number(reading, seconds / reading.factors.get(key, 60.0))

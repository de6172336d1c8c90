"""Strava's archive: `activities.csv`, which lists everything in it, in whatever language the athlete reads.

Names of columns and dates are translated, so columns are found by how they lie to each other: five names occur twice,
first in units for the eye and then exactly (seconds, metres), and Strava's own values stand at fixed places beside
them. So it is with `bikes.csv` and `shoes.csv`, whose items activities name.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import isfinite
from statistics import median

import numpy as np

from homestretch.formats import Format
from homestretch.formats._local_dates import Dates
from homestretch.model.health.measurement import RemoteGear, Title, Wellness
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.model.texts import encoding_of
from homestretch.vendors.sport_words import sport_in_words

#: The first five columns are always these; the elapsed time follows.
_ID, _DATE, _NAME, _TYPE, _DESCRIPTION, _ELAPSED = range(6)
_LEAST = 20
_LONGEST_S = 366 * 86_400.0
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_MEMBER = re.compile(r"(?:^|/)(activities/[^/]+\.(?:fit|gpx|tcx)(?:\.gz)?)(?:/|$)", re.IGNORECASE)
_MEDIA = re.compile(r"(?:^|/)(media/[^/|]+\.[a-z0-9]{2,5})$", re.IGNORECASE)
#: Until 2019 a list had ten columns: after the elapsed time one distance, the gear and the file.
_OLD, _OLD_DISTANCE, _OLD_GEAR, _OLD_FILE = 10, 6, 8, 9
#: Distances that give at least this speed in m/s are metres: in kilometres or miles nobody gets to a tenth of it.
_METRES_MPS = 0.2
#: So many rows show whether a list is one of those.
_SAMPLE = 5
#: What lists of gear begin with: the name, the brand and the model of each item; and words for what kind that is.
_GEAR_LIST = re.compile(r"(?:^|/)(?:bikes|shoes)\.csv$")
_ITEM, _BRAND, _MODEL = range(3)
_KINDS = {
    "bike": ("bike", "fahrrad", "vélo", "bici", "fiets", "cykel", "sykkel", "rower", "велосипед", "自転車", "自行车"),
    "shoes": ("shoe", "schuh", "chaussure", "zapat", "scarp", "schoen", "tênis", "calçado", "sko", "but", "обув",
              "кроссов", "シューズ", "鞋"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what is; -1 for what this archive does not have."""

    gear: int
    file: int
    elapsed: int
    moving: int
    distance: int
    totals: tuple[tuple[str, int], ...]


def _columns(header: Sequence[str]) -> _Columns | None:
    """Return the columns, or None where the header is not that of the list: names are never looked at."""
    if len(header) == _OLD:
        return _Columns(_OLD_GEAR, _OLD_FILE, _ELAPSED, -1, _OLD_DISTANCE, ())
    if len(header) < _LEAST:
        return None
    elapsed, distance, beat = (_again(header, _ELAPSED + at) for at in range(3))
    if elapsed < 0 or distance != elapsed + 2 or beat < distance or not 12 <= elapsed <= 16:
        return None
    after = ("max_speed_mps", "avg_speed_mps", "total_ascent_m", "total_descent_m")
    totals = [(key, distance + 1 + at) for at, key in enumerate(after)]
    beside = ("max_heart_rate_bpm", "avg_heart_rate_bpm", "max_power_w", "avg_power_w", "total_calories_kcal")
    totals += [(key, beat + at) for at, key in enumerate(beside)]
    return _Columns(elapsed - 4, elapsed - 3, elapsed, elapsed + 1, distance, tuple(totals))


def _again(header: Sequence[str], at: int) -> int:
    name = header[at]
    return next((n for n in range(at + 1, len(header)) if header[n] == name), -1)


def decode(data: bytes) -> Decoded:
    """Return what the list calls each activity, where its file lies, and its figures as a recording.

    A file may be missing or empty; one that is there finds its row by the key that both have.
    """
    rows = _rows(data)
    header = next(rows, [])
    columns = _columns(header) if len(header) != _OLD or _is_old(data) else None
    if columns is None:
        return _gear(header, rows) or Decoded(format=KEY, kind="unknown", notes=("not_a_recording",))
    notes: dict[str, int] = {}
    flags = ("not_utf8",) if encoding_of(data) != "utf-8" else ()
    titles: dict[str, Title] = {}
    files: dict[str, str] = {}
    kept: dict[str, list[str]] = {}
    said: list[str] = []
    for row in rows:
        if not row:
            continue
        key = row[_ID].strip()
        if not key.isdigit() or len(row) <= columns.distance:
            notes["row_unreadable"] = notes.get("row_unreadable", 0) + 1
            continue
        titles[key] = _title(key, row, columns)
        said.append(row[_DATE])
        path = row[columns.file].strip().replace("\\", "/")
        kept[key] = row
        if path:
            files[key] = path
    if columns.distance == _OLD_DISTANCE and not _in_metres(kept.values()):
        columns = replace(columns, distance=-1)  # in kilometres or miles: nothing says which
    dates = Dates.of(said)
    found = {key: _recording(key, row, columns, dates) for key, row in kept.items()}
    lost = sum(one is None and key not in files for key, one in found.items())
    notes |= {"no_time": lost} if lost else {}
    return Decoded(
        format=KEY,
        kind="list",
        recordings=tuple(one for one in found.values() if one is not None),
        notes=(*flags, *(f"{note}:{count}" for note, count in sorted(notes.items()))),
        contents={"listed": len(titles), "files": len(files)},
        titles=tuple(titles.values()),
        files=files,
    )


def _is_old(data: bytes) -> bool:
    """Return whether a list of ten columns is Strava's: by what its first rows hold, whatever its language."""
    rows = [row for row in islice(_rows(data), 1, 1 + _SAMPLE) if len(row) == _OLD]
    paths = [path for row in rows if (path := row[_OLD_FILE].strip().replace("\\", "/"))]
    return (
        bool(paths)
        and all(_MEMBER.fullmatch(path) for path in paths)
        and all(row[_ID].strip().isdigit() and _NUMBER.fullmatch(row[_ELAPSED].strip()) for row in rows)
    )


def _in_metres(rows: Iterable[Sequence[str]]) -> bool:
    """Return whether the distances of a list of ten columns are metres, by the speeds that they give."""
    stated = [(_number(row, _OLD_DISTANCE), _number(row, _ELAPSED)) for row in rows]
    speeds = [metres / seconds for metres, seconds in stated if metres and seconds]
    return bool(speeds) and median(speeds) >= _METRES_MPS


def _gear(header: Sequence[str], rows: Iterator[list[str]]) -> Decoded | None:
    """Return the items of a list of gear, or None for another list; activities call an item by its name."""
    first = header[_ITEM].casefold() if len(header) > _BRAND else ""
    kind = next((kind for kind, words in _KINDS.items() if any(word in first for word in words)), "other")
    if not first or len(header) >= _LEAST or (kind == "other" and len(header) <= _MODEL):
        return None
    found: dict[str, RemoteGear] = {}
    for row in rows:
        cells = [cell.strip() for cell in row[: _MODEL + 1]]
        if name := (cells[_ITEM] if cells else "") or " ".join(cell for cell in cells[_BRAND:] if cell):
            found[name] = RemoteGear(name, name, kind)
    return Decoded(
        format=KEY, kind="gear", contents={"gear": len(found)}, wellness=Wellness(gear=tuple(found.values()))
    )


def _rows(data: bytes) -> Iterator[list[str]]:
    """Yield rows of cells; a cell may hold line breaks, and what is damaged ends where it is."""
    text = io.StringIO(data.decode(encoding_of(data), "replace").removeprefix("\ufeff").replace("\0", ""), newline="")
    try:
        yield from csv.reader(text)
    except csv.Error:
        return


def _title(key: str, row: Sequence[str], columns: _Columns) -> Title:
    gear, sport = row[columns.gear].strip() or None, sport_in_words(row[_TYPE])
    return Title(key, row[_NAME].strip() or None, row[_DESCRIPTION].strip() or None, gear, sport.key, sport.sub)


def _recording(key: str, row: Sequence[str], columns: _Columns, dates: Dates) -> Recording | None:
    """Return an activity by its row alone, or None without a start or a duration; the time is UTC."""
    at, elapsed = dates.read(row[_DATE]), _number(row, columns.elapsed)
    if at is None or elapsed is None or elapsed > _LONGEST_S:
        return None
    amounts = {"total_elapsed_time_s": elapsed, "total_moving_time_s": _number(row, columns.moving)}
    amounts["total_distance_m"] = _number(row, columns.distance)
    amounts |= {name: _number(row, where) for name, where in columns.totals}
    number = int(key)
    return Recording(
        session=number,
        part=number,
        sport=sport_in_words(row[_TYPE]),
        start=Moment(at),
        end_ms=at + round(elapsed * 1000),
        time_ms=np.zeros(0, dtype=np.int64),
        totals={name: value for name, value in amounts.items() if value},
        name=row[_NAME].strip() or None,
        description=row[_DESCRIPTION].strip() or None,
        links={"strava": key},
        gear=row[columns.gear].strip() or None,
        gear_name=row[columns.gear].strip() or None,
    )


def _number(row: Sequence[str], at: int) -> float | None:
    """Return an exact figure, whose decimals some languages part by a comma; thousands are never parted."""
    text = row[at].strip() if 0 <= at < len(row) else ""
    if _NUMBER.fullmatch(text) is None:
        return None
    value = float(text.replace(",", "."))
    return value if isfinite(value) and 0 <= value < 1e9 else None


def member(path: str) -> str | None:
    """Return under which name the list of an archive knows a file of this path, or None."""
    found = _MEMBER.search(path)
    return found[1] if found else None


def media_of(data: bytes) -> dict[str, list[str]]:
    """Return the photos of each activity of the list, by its key, as files of the archive.

    One cell of a row holds them, wherever it stands: no other one looks like that.
    """
    found: dict[str, list[str]] = {}
    for row in _rows(data):
        for cell in row[_LEAST:]:
            paths = [path for part in cell.split("|") if (path := media_member(part.strip())) is not None]
            if paths and row[_ID].strip().isdigit():
                found[row[_ID].strip()] = paths
    return found


def captions_of(data: bytes) -> dict[str, str]:
    """Return what `media.csv` says of photos: behind the file of one stands its caption."""
    found: dict[str, str] = {}
    for row in _rows(data):
        for path, text in pairwise(cell.strip() for cell in row):
            if (name := media_member(path)) is not None and text:
                found[name] = text
    return found


def media_member(path: str) -> str | None:
    """Return under which name the lists of an archive know a photo of this path, or None."""
    found = _MEDIA.search(path.replace("\\", "/"))
    return found[1] if found else None


def _claims(head: bytes, name: str) -> float:
    line = head.split(b"\n", 1)[0]
    if _GEAR_LIST.search(name) and 0 < line.count(b",") < _LEAST - 1:
        return 1.0
    if line.count(b",") == _OLD - 1 and b"\0" not in line:
        return 1.0 if _is_old(head) else 0.0
    if line.count(b",") < _LEAST - 1 or b"\0" in line or line[:1] in (b"<", b"{"):
        return 0.0
    return 1.0 if _columns(next(_rows(line), [])) is not None else 0.0


KEY = "strava_archive"
FORMAT = Format(key=KEY, name="Strava archive", suffixes=(".csv",), version=6, claims=_claims, decode=decode)

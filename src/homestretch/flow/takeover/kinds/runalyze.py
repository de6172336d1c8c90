"""Runalyze, hosted by yourself: the JSON backup that it makes of an account, `…runalyze-backup…json.gz`.

As Runalyze/Runalyze writes it at 5669237 (2019-11-08), src/CoreBundle/Component/Tool/Backup/JsonBackup.php, with the
columns of src/CoreBundle/Entity. It keeps no files: what it knows of an activity second by second stays behind.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import orjson

from homestretch import files
from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import store_in
from homestretch.flow.takeover.reading.items import (
    Found,
    FoundActivity,
    FoundGear,
    FoundValue,
    NotItsStore,
    Said,
    StoreUnreadable,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.tables import Cell, Cells, Tables, chosen_user, number, text
from homestretch.formats import manual
from homestretch.model.editable import EDITABLE, TAGS, WORKOUT_TYPE
from homestretch.model.sport import Sport
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.vendors.sport_names import sport_named

NAME = "Runalyze"
_NAMES = ("*runalyze-backup*.json.gz", "*runalyze-backup*.json")
_GZIP, _HEAD, _PREFIX = b"\x1f\x8b", b"version=", "runalyze_"
#: No row of an activity's samples is so long.
_LONGEST = 64 * 1024 * 1024
#: What a sport there is, whatever a person calls it.
_SPORTS = {1: "running", 2: "cycling", 3: "swimming", 4: "rowing", 5: "hiking"}
_GEAR_KINDS = {"running": "shoes", "hiking": "shoes", "cycling": "bike"}
#: Of equipment of such a type an activity has one item: shoes and bikes, but not clothes.
_SINGLE = 0
_TRAINING = (
    "id", "time", "timezone_offset", "sportid", "distance", "s", "elapsed_time", "elevation", "kcal", "pulse_avg",
    "title", "partner", "notes", "rpe",
)  # fmt: skip
_VALUES = (
    ("weight", "weight_kg", 1.0), ("pulse_rest", "resting_heart_rate_bpm", 1.0), ("fat", "body_fat_pct", 1.0),
    ("water", "body_water_pct", 1.0), ("sleep_duration", "sleep_s", 60.0),
)  # fmt: skip
_BODY = ("time", *(name for name, _, _ in _VALUES), "pulse_max", "muscles", "notes")
_KNOWN: Mapping[str, set[str]] = {
    "training": {
        *_TRAINING, "typeid", "created", "edited", "is_public", "is_track", "climb_score", "percentage_hilly",
        "pulse_max", "vo2max", "vo2max_by_time", "vo2max_with_elevation", "use_vo2max", "fit_vo2max_estimate",
        "fit_recovery_time", "fit_hrv_analysis", "fit_training_effect", "fit_performance_condition",
        "fit_performance_condition_end", "trimp", "cadence", "power", "is_power_calculated", "total_strokes", "swolf",
        "stride_length", "groundcontact", "groundcontact_balance", "vertical_oscillation", "vertical_ratio",
        "avg_impact_gs_left", "avg_impact_gs_right", "avg_braking_gs_left", "avg_braking_gs_right",
        "avg_footstrike_type_left", "avg_footstrike_type_right", "avg_pronation_excursion_left",
        "avg_pronation_excursion_right", "temperature", "wind_speed", "wind_deg", "humidity", "pressure", "is_night",
        "weatherid", "weather_source", "route", "routeid", "splits", "creator", "creator_details", "activity_id",
        "lock",
    },
    "user": {"id", *_BODY},
    "sport": {
        "id", "name", "internal_sport_id", "img", "short", "kcal", "HFavg", "distances", "speed", "power", "outside",
        "default_privacy", "main_equipmenttypeid", "default_typeid", "is_main",
    },
    "equipment": {"id", "name", "typeid", "notes", "distance", "time", "additional_km", "date_start", "date_end"},
    "equipment_type": {"id", "name", "input", "max_km", "max_time"},
    "activity_equipment": {"id", "activityid", "equipmentid"},
    "tag": {"id", "tag"},
    "activity_tag": {"id", "activityid", "tagid"},
    "raceresult": {
        "id", "activity_id", "name", "official_distance", "official_time", "officially_measured", "place_total",
        "place_gender", "place_ageclass", "participants_total", "participants_gender", "participants_ageclass",
    },
}  # fmt: skip
_MOST_TAGS, _LONGEST_TAG = int(EDITABLE[TAGS].most), EDITABLE[TAGS].longest
_SAMPLES = ("trackdata", "swimdata", "hrv")
#: Tables that are made of its activities, or are of that server alone.
_MADE = {"account", "conf", "dataset", "plugin", "plugin_conf", "route", "type", "equipment_sport", *_SAMPLES}


class _Backup(Tables):
    """The tables of a backup by the ends of their names; of those that stay behind only how many rows they have."""

    def __init__(self, path: Path) -> None:
        self._rows: dict[str, list[dict[str, Cell]]] = {}
        self.lengths: dict[str, int] = {}
        table = ""
        for line in _lines(path):
            row: object = _json(line, path)
            if not isinstance(row, dict) or len(row) != 1:
                raise StoreUnreadable(path=path, system=NAME, reason="a line holds no row")
            [(key, cells)] = row.items()
            if key == "TABLE" and isinstance(cells, str):
                table = cells.removeprefix(_PREFIX)
                self._rows[table], self.lengths[table] = [], 0
                continue
            self.lengths[table] = self.lengths.get(table, 0) + 1
            if table in _KNOWN and isinstance(cells, dict):
                self._rows[table].append({"id": key, **{name: _cell(value) for name, value in cells.items()}})
        columns = {name: dict.fromkeys(column for row in rows for column in row) for name, rows in self._rows.items()}
        super().__init__(path, NAME, {name: list(found) for name, found in columns.items()})

    def read(self, table: str, columns: Sequence[str], order: str) -> Iterator[Sequence[Cell]]:
        """Yield columns of the rows of a table."""
        rows = sorted(self._rows[table], key=lambda row: (number(row.get(order)) or 0.0, text(row.get(order))))
        yield from ([row.get(name) for name in columns] for row in rows)


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a backup that hold anything, without the first. Raises NotItsStore, StoreUnreadable."""
    try:
        with files.opened(path) as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            lines = gzip.GzipFile(fileobj=file) if packed else file
            if not lines.readline(_LONGEST).startswith(_HEAD):
                raise NotItsStore(path=path, system=NAME, reason="it does not begin as its JSON backups do")
            while line := lines.readline(_LONGEST):
                if len(line) == _LONGEST:
                    raise StoreUnreadable(path=path, system=NAME, reason="a line is far too long")
                if line.strip():
                    yield line
    except (OSError, EOFError, zlib.error) as error:
        raise StoreUnreadable(path=path, system=NAME, reason=str(error)) from error


def _json(line: bytes, path: Path) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise StoreUnreadable(path=path, system=NAME, reason="it ends in the middle, or is damaged") from error


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def read(path: Path, user: str | None, _scratch: Path) -> Found:
    """Return activities with what was set of them, gear and values of the body."""
    chosen_user(NAME, {}, user)
    backup = _Backup(store_in(path, _NAMES, NAME))
    if "training" not in backup.columns:
        raise NotItsStore(path=backup.path, system=NAME, reason="no table runalyze_training")
    found = Found()
    rows = {text(row["id"]): row for row in backup.rows("training", _TRAINING)}
    sports = _sports(backup)
    used = _used(backup)
    gear = _gear(backup, {key: sports.get(text(row["sportid"])) for key, row in rows.items()}, used, found)
    tags, races = _tags(backup), {text(row["activity_id"]): row for row in backup.rows("raceresult", ("activity_id",))}
    endless = 0
    for key, row in rows.items():
        fields = _said(row)
        if key in tags:
            fields[TAGS] = tags[key]
        if key in races:
            fields[WORKOUT_TYPE] = "race"
        item = next((gear[one] for one in used.get(key, ()) if one in gear), None)
        endless += not _add(key, row, sports.get(text(row["sportid"])), Wording(fields, item), found)
    found.leave("activities without a start or a duration", endless, "An activity needs both.")
    _values(backup, found)
    _leave(backup, rows.values(), found)
    return found


def _sports(backup: _Backup) -> dict[str, Sport]:
    """Return the sports by id: as what each is, else by its name."""
    rows = backup.rows("sport", ("id", "name", "internal_sport_id"))
    return {
        text(row["id"]): sport_named(_SPORTS.get(round(number(row["internal_sport_id"]) or 0)) or text(row["name"]))
        for row in rows
    }


def _used(backup: _Backup) -> dict[str, list[str]]:
    """Return the equipment of each activity."""
    used: dict[str, list[str]] = {}
    for row in backup.rows("activity_equipment", ("equipmentid", "activityid")):
        used.setdefault(text(row["activityid"]), []).append(text(row["equipmentid"]))
    return used


def _gear(
    backup: _Backup, sports: Mapping[str, Sport | None], used: Mapping[str, Sequence[str]], found: Found
) -> dict[str, str]:
    """Add equipment of which an activity has one item; return the names by id."""
    single = {
        text(row["id"]) for row in backup.rows("equipment_type", ("id", "input")) if number(row["input"]) == _SINGLE
    }
    worn = {item: sport.key for key, items in used.items() for item in items if (sport := sports.get(key)) is not None}
    names: dict[str, str] = {}
    others = 0
    for row in backup.rows("equipment", ("id", "name", "typeid", "notes", "additional_km", "date_end")):
        key, name = text(row["id"]), " ".join(text(row["name"]).split())[:LONGEST_NAME]
        if text(row["typeid"]) not in single or not name:
            others += 1
            continue
        names[key] = name
        kind, before = _GEAR_KINDS.get(worn.get(key, ""), "other"), (number(row["additional_km"]) or 0.0) * 1000
        found.gear.append(
            FoundGear(name, kind, text(row["notes"])[:LONGEST_TEXT] or None, before, _day(row["date_end"]))
        )
    found.leave("clothes and the like", others, "Only what an activity has one item of, such as shoes, is gear here.")
    return names


def _day(cell: Cell) -> date | None:
    try:
        return date.fromisoformat(text(cell))
    except ValueError:
        return None


def _tags(backup: _Backup) -> dict[str, list[str]]:
    """Return the tags of each activity."""
    words = {text(row["id"]): text(row["tag"]) for row in backup.rows("tag", ("id", "tag"))}
    tags: dict[str, list[str]] = {}
    for row in backup.rows("activity_tag", ("tagid", "activityid")):
        if name := words.get(text(row["tagid"])):
            tags.setdefault(text(row["activityid"]), []).append(name[:_LONGEST_TAG])
    return {key: names[:_MOST_TAGS] for key, names in tags.items()}


def _said(row: Cells) -> dict[str, Said]:
    fields: dict[str, Said] = {}
    if (name := own_name(text(row["title"]))) is not None:
        fields["name"] = name[:LONGEST_NAME]
    partner = text(row["partner"])
    if notes := "\n\n".join(filter(None, (text(row["notes"]), f"With {partner}" if partner else ""))):
        fields["description"] = notes[:LONGEST_TEXT]
    return fields


def _add(key: str, row: Cells, sport: Sport | None, wording: Wording, found: Found) -> bool:
    """Add an activity; return whether that could be. Its start is on the wall clock, as seconds since 1970.

    Its file may be here, or come later: what a person called it is shown then too.
    """
    start, moving = _start(row), number(row["s"])
    elapsed = number(row["elapsed_time"]) or moving
    if start is None or elapsed is None or not 0 < elapsed <= manual.LONGEST_S:
        return False
    kilometres = number(row["distance"])
    data = manual.encode(
        sport=(sport or sport_named(None)).key, sub_sport=sport.sub if sport else None, start=start, elapsed_s=elapsed,
        moving_s=moving, distance_m=round(kilometres * 1000, 1) if kilometres else None,
        ascent_m=number(row["elevation"]), calories_kcal=number(row["kcal"]) or None,
        avg_heart_rate_bpm=number(row["pulse_avg"]) or None, nonce=f"runalyze:{key}",
    )  # fmt: skip
    found.activities.append(FoundActivity(f"runalyze/activity-{key}", data, (), wording, named=False))
    return True


def _start(row: Cells) -> str | None:
    """Return the start as ISO 8601; where how far the clock was ahead is not known there, as if it were UTC."""
    seconds = number(row["time"])
    try:
        ahead = timezone(timedelta(minutes=number(row["timezone_offset"]) or 0.0))
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=ahead).isoformat() if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def _values(backup: _Backup, found: Found) -> None:
    """Add values of the body by the day that they were entered for; 0 is none."""
    lost = muscles = 0
    for row in backup.rows("user", _BODY):
        start = _start({**row, "timezone_offset": None})
        muscles += bool(number(row["muscles"]))
        if start is None:
            lost += 1
            continue
        day = date.fromisoformat(start[:10])
        values = [(kind, (number(row[name]) or 0.0) * factor) for name, kind, factor in _VALUES]
        found.values += [FoundValue(kind, value, day) for kind, value in values if value > 0]
    found.leave("entries of the body", lost, "They have no day.")
    found.leave("shares of muscle", muscles, "They are in percent there, and a mass here.")


def _leave(backup: _Backup, rows: Iterable[Cells], found: Found) -> None:
    samples = sum(backup.lengths.get(name, 0) for name in _SAMPLES)
    why = "Runalyze keeps no files. Import those of your watch or of its service: each finds its activity."
    found.leave("rows of samples", samples, why)
    found.leave(
        "efforts", sum(bool(number(row["rpe"])) for row in rows), "They are from 6 to 20 there, and to 10 here."
    )
    backup.leave_unknown(found, {**_KNOWN, **{name: backup.columns.get(name, ()) for name in _MADE}})


SYSTEM = System("runalyze", NAME, "The JSON backup of an account, if you host Runalyze yourself.", read)

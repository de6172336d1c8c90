"""GarminDB: its HealthData folder, with the files and the answers that it downloaded from Garmin Connect.

Its folders and names as tcgoetz/GarminDB has them at bbcd102 (2026-03-11), garmindb/download.py and
garmin_connect_config_manager.py; how people rate activities: garmin_json_data.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

import orjson

from homestretch import files
from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundActivity,
    FoundFile,
    Link,
    NotItsStore,
    Said,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.tables import chosen_user
from homestretch.formats import garmin_export, manual
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.sources.garmin.listing import items_of, titles

NAME = "GarminDB"
PROVIDER = "garmin"
_FOLDERS = ("FitFiles", "Sleep", "RHR", "Weight", "HRV")
_ACTIVITIES = "Activities"
_FILES = (".fit", ".tcx", ".gpx")
_ACTIVITY_FILE = re.compile(r"([0-9]+)(?:_ACTIVITY(?:_[0-9]+)?)?\.(?:fit|tcx|gpx)", re.IGNORECASE)
_ACTIVITY = re.compile(r"activity_(details_)?([0-9]+)\.json")
_DAY = re.compile(r"(?:sleep|rhr|weight|hrv|daily_summary|hydration)_[0-9]{4}-[0-9]{2}-[0-9]{2}\.json")
_DATABASES = (".db", ".db-wal", ".db-shm", ".db-journal")
_MOST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _About:
    """What its answers say of an activity: the item of the list, and the details."""

    item: dict[str, object]
    details: dict[str, object]


def read(path: Path, user: str | None, _scratch: Path) -> Found:
    """Return its files, its answers about days, and what its answers say of activities."""
    chosen_user(NAME, {}, user)
    there = Files(_home(path), NAME)
    found = Found()
    about = _about(there, found)
    filed = _add_files(there, about, found)
    _add_days(there, found)
    bare = {key: one for key, one in about.items() if key not in filed and one.item}
    unread = sum(not _add_activity(key, one, found) for key, one in bare.items())
    found.leave("activities without a start or a duration", unread, "Without a file, an activity needs both.")
    _leave(there, found)
    return found


def _home(path: Path) -> Path:
    """Return the folder that holds its folders: this one, or HealthData in it. Raises NotItsStore."""
    for home in (path, path / "HealthData"):
        if any((home / name).is_dir() for name in _FOLDERS):
            return home
    raise NotItsStore(path=path, system=NAME, reason=f"it holds no folder {_FOLDERS[0]}")


def _about(there: Files, found: Found) -> dict[str, _About]:
    """Return what is said of activities, by their ids at Garmin."""
    answers: dict[tuple[str, bool], dict[str, object]] = {}
    for inside, place in there.ending(".json").items():
        match = _ACTIVITY.fullmatch(place.name)
        data = _bytes(inside, place, found) if match else None
        if match is None or data is None:
            continue
        try:
            answer: object = orjson.loads(data)
        except orjson.JSONDecodeError:
            found.broken.append(Broken("file", inside, "its JSON is damaged"))
            continue
        if isinstance(answer, dict):
            answers[match[2], bool(match[1])] = answer
    keys = {key for key, _ in answers}
    return {key: _About(answers.get((key, False), {}), answers.get((key, True), {})) for key in sorted(keys)}


def _add_files(there: Files, about: Mapping[str, _About], found: Found) -> set[str]:
    """Add files; return the activities that have one."""
    filed: set[str] = set()
    for inside, place in there.ending(*_FILES).items():
        match = _ACTIVITY_FILE.fullmatch(place.name) if PurePosixPath(inside).parent.name == _ACTIVITIES else None
        if match is None:
            found.files.append(FoundFile(f"garmindb/{inside}", place))
            continue
        filed.add(match[1])
        wording = Wording(_said(about[match[1]])) if match[1] in about else Wording()
        found.files.append(FoundFile(f"garmindb/{inside}", place, Link(PROVIDER, match[1]), wording))
    return filed


def _add_days(there: Files, found: Found) -> None:
    """Add the answers about days that say something."""
    empty = 0
    for inside, place in there.ending(".json").items():
        data = _bytes(inside, place, found) if _DAY.fullmatch(place.name) else None
        if data is None:
            continue
        decoded = garmin_export.decode(data)
        if decoded.contents:
            found.files.append(FoundFile(f"garmindb/{inside}", place))
        elif decoded.notes:
            found.broken.append(Broken("file", inside, "its JSON is damaged, or is none of Garmin's answers"))
        else:
            empty += 1
    found.leave("answers about days", empty, "They hold no value.")


def _said(about: _About) -> dict[str, Said]:
    """Return what a person said of an activity. Effort and feeling go from 0 to 100 there."""
    fields: dict[str, Said] = {}
    title = next(titles([about.item]), None)
    if title is not None and (name := own_name(title.name, PROVIDER)) is not None:
        fields["name"] = name[:LONGEST_NAME]
    if title is not None and title.description:
        fields["description"] = title.description[:LONGEST_TEXT]
    summary = about.details.get("summaryDTO")
    rated = summary if isinstance(summary, dict) else {}
    effort, feeling = _number(rated, "directWorkoutRpe"), _number(rated, "directWorkoutFeel")
    if effort is not None and effort <= 100:
        fields["rpe"] = effort / 10
    if feeling is not None and feeling <= 100:
        fields["feel"] = 1 + round(feeling / 25)
    return fields


def _add_activity(key: str, about: _About, found: Found) -> bool:
    """Add an activity without a file, such as one that was typed in at Garmin; return whether that could be."""
    [item], _ = items_of(orjson.dumps([about.item | {"activityId": key}]), NAME)
    start, elapsed = _start(item.details), _number(item.details, "elapsed_s")
    if start is None or not elapsed or elapsed > manual.LONGEST_S:
        return False
    fields = _said(about)
    name = fields.get("name")
    data = manual.encode(
        sport=str(item.details["sport"]), sub_sport=str(item.details["sub_sport"] or "") or None, start=start,
        elapsed_s=elapsed, moving_s=_number(item.details, "moving_s"), distance_m=_number(item.details, "distance_m"),
        ascent_m=_number(about.item, "elevationGain"), calories_kcal=_number(about.item, "calories"),
        avg_heart_rate_bpm=_number(about.item, "averageHR"), name=name if isinstance(name, str) else None,
        nonce=f"garmindb:{key}",
    )  # fmt: skip
    found.activities.append(FoundActivity(f"garmindb/activity-{key}", data, (Link(PROVIDER, key),), Wording(fields)))
    return True


def _start(details: Mapping[str, object]) -> str | None:
    """Return the start as ISO 8601 with an offset, which is how far the local time is from that of UTC."""
    try:
        at, local = (datetime.fromisoformat(str(details[name])).replace(tzinfo=UTC) for name in ("start_utc", "start"))
        ahead = timedelta(minutes=round((local - at).total_seconds() / 60))
        return at.astimezone(timezone(ahead)).isoformat()
    except (ValueError, OverflowError):
        return None


def _number(answer: Mapping[str, object], name: str) -> float | None:
    """Return a number that is not below 0, or None."""
    value = answer.get(name)
    number = None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)
    return number if number is not None and 0 <= number <= 1e9 else None


def _bytes(inside: str, place: Path, found: Found) -> bytes | None:
    try:
        return files.read(place, _MOST)
    except OSError as error:
        found.broken.append(Broken("file", inside, error.strerror or str(error)))
        return None


def _leave(there: Files, found: Found) -> None:
    rest = 0
    databases = there.ending(*_DATABASES)
    found.leave("databases", len(databases), "They are made of these files, and everything in them is computed here.")
    for inside, place in there.places.items():
        json = _ACTIVITY.fullmatch(place.name) or _DAY.fullmatch(place.name)
        rest += not (json or inside in databases or inside.lower().endswith(_FILES))
    found.leave("other files", rest, "Profiles, settings, backups, and tables of Fitbit, which you import by hand.")


SYSTEM = System("garmindb", NAME, "Its folder HealthData.", read)

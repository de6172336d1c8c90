"""FitTrackee: uploaded files and a plain dump of its database.

Its tables as SamR1/FitTrackee has them at 80c1981 (2026-04-22): fittrackee/workouts/models.py, equipments/models.py,
users/models.py; `gpx` is where versions before 0.10 named the file.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundActivity,
    FoundFile,
    FoundGear,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.store import opened
from homestretch.flow.takeover.reading.tables import Cells, Tables, chosen_user, instant_ms, number, text
from homestretch.formats import manual
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.vendors.sport_names import sport_named

NAME = "FitTrackee"
#: The title that it makes up: the sport, and when it began.
_MADE_UP = re.compile(r".+ - [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_INTERVAL = re.compile(r"(?:([0-9]+) days? ?)?(?:([0-9]+):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?")
#: Labels of its sports that other words are meant by; what the others add in brackets is left out.
_SPORTS = {
    "Skiing (Alpine)": "alpine skiing", "Skiing (Cross Country)": "cross country skiing", "Trail": "trail running",
    "Mountain Biking (Electric)": "e mountain bike ride", "Cycling (Virtual)": "virtual ride",
    "Cycling (Transport)": "commuting", "Snowshoes": "snowshoeing", "Standup Paddleboarding": "stand up paddling",
}  # fmt: skip
_ADDED = re.compile(r"\s*\(.*\)")
_WORKOUT = (
    "id", "user_id", "sport_id", "title", "workout_date", "duration", "moving", "distance", "ascent", "ave_hr",
    "calories", "notes", "description", "original_file", "gpx",
)  # fmt: skip
_EQUIPMENT = ("id", "user_id", "label", "description", "equipment_type_id")
_KNOWN: Mapping[str, set[str]] = {
    "workouts": {
        *_WORKOUT, "uuid", "creation_date", "modification_date", "pauses", "min_alt", "max_alt", "descent", "max_speed",
        "ave_speed", "bounds", "map", "map_id", "weather_start", "weather_end", "workout_visibility",
        "map_visibility", "suspended_at", "analysis_visibility", "max_hr", "max_cadence", "ave_cadence", "source",
        "max_power", "ave_power", "start_point_geom", "ave_pace", "best_pace", "elevation_data_source",
    },
    "equipments": {
        *_EQUIPMENT, "uuid", "creation_date", "is_active", "total_distance", "total_duration", "total_moving",
        "total_workouts", "visibility",
    },
}  # fmt: skip
#: Tables that follow from files, or are of that server alone.
_ELSEWHERE = (
    "sports", "equipment_types", "workout_equipments", "workout_segments", "records", "users", "workout_likes",
    "users_sports_preferences", "follow_requests", "blocked_users", "blacklisted_tokens", "user_tasks",
    "notifications", "alembic_version", "comments", "comment_likes", "mentions", "reports", "report_comments",
    "report_actions", "report_action_appeals", "app_config", "oauth2_client", "oauth2_token", "oauth2_code",
    "users_sports_preferences_equipments", "users_data_export", "spatial_ref_sys",
)  # fmt: skip


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return the files of a user with what was set of them, workouts without a file, and equipment."""
    store = store_in(path, ("*.sql",), NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as tables:
        tables.must_have("workouts", ("id", "user_id", "workout_date", "duration"))
        whose = chosen_user(NAME, _users(tables), user)
        gear = _gear(tables, whose, found)
        sports = {text(row["id"]): text(row["label"]) for row in tables.rows("sports", ("id", "label"))}
        endless = 0
        for row in tables.rows("workouts", _WORKOUT):
            if text(row["user_id"]) == whose:
                endless += not _add(row, there, sports, gear.get(text(row["id"])), found)
        found.leave("workouts without a start or a duration", endless, "Without a file, an activity needs both.")
        tables.leave_unknown(found, {**_KNOWN, **{name: tables.columns.get(name, ()) for name in _ELSEWHERE}})
    return found


def _users(tables: Tables) -> dict[str, str]:
    """Return the users who have workouts, with their names where the dump has them."""
    names = {text(row["id"]): text(row["username"]) for row in tables.rows("users", ("id", "username"))}
    keys = {text(row["user_id"]) for row in tables.rows("workouts", ("user_id",))}
    return {key: names.get(key) or key for key in sorted(keys)}


def _gear(tables: Tables, user: str | None, found: Found) -> dict[str, str]:
    """Add the equipment of a user; return which was used first for each workout. An activity has one item here."""
    types = {text(row["id"]): text(row["label"]).lower() for row in tables.rows("equipment_types", ("id", "label"))}
    names: dict[str, str] = {}
    for row in tables.rows("equipments", _EQUIPMENT):
        if text(row["user_id"]) == user and text(row["label"]):
            kind = types.get(text(row["equipment_type_id"]), "")
            kind = "bike" if "bike" in kind and "trainer" not in kind else "shoes" if "shoe" in kind else "other"
            names[text(row["id"])] = text(row["label"])[:LONGEST_NAME]
            found.gear.append(FoundGear(names[text(row["id"])], kind, text(row["description"]) or None))
    used: dict[str, str] = {}
    more = 0
    for row in tables.rows("workout_equipments", ("equipment_id", "workout_id")):
        name = names.get(text(row["equipment_id"]))
        if name is not None:
            more += text(row["workout_id"]) in used
            used.setdefault(text(row["workout_id"]), name)
    found.leave("second pieces of equipment", more, "An activity has one piece of gear here.")
    return used


def _add(row: Cells, there: Files, sports: Mapping[str, str], gear: str | None, found: Found) -> bool:
    """Add a workout: its file, or an activity by its totals; return whether it could."""
    wording = _wording(row, gear)
    stored = text(row["original_file"]) or text(row["gpx"])
    inside = there.find(stored) if stored else None
    if inside is not None:
        found.files.append(FoundFile(f"fittrackee/{inside}", there.places[inside], wording=wording))
        return True
    if stored:
        found.broken.append(Broken("file", stored, f"workout {text(row['id'])} has it, but it is not here"))
    start, elapsed = instant_ms(row["workout_date"]), _seconds(text(row["duration"]))
    if start is None or elapsed is None or not 0 < elapsed <= manual.LONGEST_S:
        return False
    label = sports.get(text(row["sport_id"]), "")
    sport = sport_named(_SPORTS.get(label) or _ADDED.sub("", label))
    kilometres = number(row["distance"])
    data = manual.encode(
        sport=sport.key, sub_sport=sport.sub, elapsed_s=elapsed, nonce=f"fittrackee:{text(row['id'])}",
        start=datetime.fromtimestamp(start / 1000, UTC).isoformat(), moving_s=_seconds(text(row["moving"])),
        distance_m=None if kilometres is None else round(kilometres * 1000, 1), ascent_m=number(row["ascent"]),
        avg_heart_rate_bpm=number(row["ave_hr"]), calories_kcal=number(row["calories"]),
        name=str(wording.fields.get("name") or "") or None,
    )  # fmt: skip
    found.activities.append(FoundActivity(f"fittrackee/workout-{text(row['id'])}", data, (), wording))
    return True


def _wording(row: Cells, gear: str | None) -> Wording:
    fields: dict[str, str | float] = {}
    title = text(row["title"])
    if not _MADE_UP.fullmatch(title) and (name := own_name(title)) is not None:
        fields["name"] = name[:LONGEST_NAME]
    notes = "\n\n".join(filter(None, (text(row["description"]), text(row["notes"]))))
    if notes:
        fields["description"] = notes[:LONGEST_TEXT]
    return Wording(fields, gear)


def _seconds(interval: str) -> float | None:
    """Return an interval as PostgreSQL writes it (`1 day 02:03:04.5`) in s; None for nothing at all."""
    match = _INTERVAL.fullmatch(interval)
    if match is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds or None


SYSTEM = System("fittrackee", NAME, "Its uploads folder beside a plain dump (pg_dump -Fp) of its database.", read)

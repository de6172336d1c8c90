"""Endurain: the files that it processed and a plain dump of its database.

Its tables as joaovitoriasilva/endurain has them at b0bc916 (2025-12-12): backend/app/activities/activity/models.py and
utils.py, gears/gear/models.py, health_weight/models.py, users/user/models.py.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import (
    Found,
    FoundActivity,
    FoundFile,
    FoundGear,
    FoundValue,
    Link,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.store import opened
from homestretch.flow.takeover.reading.tables import Cells, Tables, chosen_user, instant_ms, number, text, yes
from homestretch.formats import manual
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.vendors.sport_names import sport_named

NAME = "Endurain"
#: A processed file is called by the ids of the activities in it.
_FILE = re.compile(r"([0-9]+(?:_[0-9]+)*)\.(?:fit|gpx|tcx)(?:\.gz)?", re.IGNORECASE)
_SUFFIXES = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
#: What its numbers of activity types mean, where a word of ours is known.
_SPORTS = {
    1: "run", 2: "trail run", 3: "virtual run", 4: "ride", 5: "gravel ride", 6: "mtb", 7: "virtual ride",
    8: "lap swimming", 9: "open water swimming", 10: "workout", 11: "walk", 12: "hike", 13: "rowing", 14: "yoga",
    15: "alpine ski", 16: "nordic ski", 17: "snowboard", 18: "transition", 19: "strength training", 20: "crossfit",
    21: "tennis", 22: "table tennis", 23: "badminton", 24: "squash", 25: "racquetball", 26: "pickleball",
    27: "commuting", 28: "indoor cycling", 29: "ride", 30: "windsurf", 31: "indoor walking",
    32: "stand up paddling", 33: "surfing", 34: "track running", 35: "e bike ride", 36: "e mountain bike ride",
    37: "ice skate", 38: "soccer", 39: "padel", 40: "treadmill", 42: "kayaking", 43: "sailing", 44: "snow shoeing",
    45: "inline skating",
}  # fmt: skip
_GEAR_KINDS = {1: "bike", 2: "shoes"}
_ACTIVITY = (
    "id", "user_id", "name", "description", "private_notes", "distance", "activity_type", "start_time", "timezone",
    "total_elapsed_time", "total_timer_time", "elevation_gain", "average_hr", "calories", "workout_feeling",
    "workout_rpe", "gear_id", "strava_activity_id", "garminconnect_activity_id", "is_hidden",
)  # fmt: skip
_GEAR = ("id", "user_id", "brand", "model", "nickname", "gear_type", "active", "initial_kms")
_WEIGHT = ("id", "user_id", "date", "weight", "body_fat")
_KNOWN: Mapping[str, set[str]] = {
    "activities": {
        *_ACTIVITY, "end_time", "city", "town", "country", "created_at", "elevation_loss", "pace", "average_speed",
        "max_speed", "average_power", "max_power", "normalized_power", "max_hr", "average_cad", "max_cad",
        "visibility", "strava_gear_id", "garminconnect_gear_id", "import_info", "hide_start_time", "hide_location",
        "hide_map", "hide_hr", "hide_power", "hide_cadence", "hide_elevation", "hide_speed", "hide_pace", "hide_laps",
        "hide_workout_sets_steps", "hide_gear", "tracker_manufacturer", "tracker_model",
    },
    "gear": {*_GEAR, "created_at", "purchase_value", "strava_gear_id", "garminconnect_gear_id"},
    "health_weight": {
        *_WEIGHT, "bmi", "body_water", "bone_mass", "muscle_mass", "physique_rating", "visceral_fat", "metabolic_age",
        "source",
    },
}  # fmt: skip
#: Tables that hold what files hold, or what is of that server alone.
_OF_FILES = {
    "activity_laps",
    "activity_sets",
    "activities_streams",
    "activity_workout_steps",
    "activity_exercise_titles",
}
_OF_SERVER = {
    "users", "identity_providers", "followers", "migrations", "notifications", "password_reset_tokens",
    "server_settings", "users_sessions", "sign_up_tokens", "users_default_gear", "users_identity_providers",
    "users_integrations", "users_privacy_settings", "alembic_version",
}  # fmt: skip
_OTHERS = {
    "activity_media": "Add photos on the page of their activity.",
    "gear_components": "Add components on the page of their gear.",
    "health_sleep": "Nights come from the service that measured them.",
    "health_steps": "Steps come from the service that measured them.",
    "health_targets": "Set goals here.",
    "users_goals": "Set goals here.",
}


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return the files of a user with what was set of them, activities without a file, gear and weights."""
    store = store_in(path, ("*.sql",), NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as tables:
        tables.must_have("activities", ("id", "user_id", "start_time", "activity_type"))
        whose = chosen_user(NAME, _users(tables), user)
        gear = _gear(tables, whose, found)
        rows = {text(row["id"]): row for row in tables.rows("activities", _ACTIVITY) if text(row["user_id"]) == whose}
        _values(tables, whose, found)
        _leave(tables, found)
    filed = _files(there, rows, gear, found)
    _activities({key: row for key, row in rows.items() if key not in filed}, gear, found)
    return found


def _users(tables: Tables) -> dict[str, str]:
    """Return the users who have activities, with their names where the dump has them."""
    names = {text(row["id"]): text(row["username"]) for row in tables.rows("users", ("id", "username"))}
    keys = {text(row["user_id"]) for row in tables.rows("activities", ("user_id",))}
    return {key: names.get(key) or key for key in sorted(keys)}


def _gear(tables: Tables, user: str | None, found: Found) -> dict[str, str]:
    """Add the gear of a user; return its names by id."""
    names: dict[str, str] = {}
    retired = 0
    for row in tables.rows("gear", _GEAR):
        if text(row["user_id"]) != user:
            continue
        name = " ".join((text(row["nickname"]) or f"{text(row['brand'])} {text(row['model'])}").split())
        if name:
            names[text(row["id"])] = name[:LONGEST_NAME]
            kind = _GEAR_KINDS.get(round(number(row["gear_type"]) or 0), "other")
            before = max(number(row["initial_kms"]) or 0.0, 0.0) * 1000
            note = " ".join(f"{text(row['brand'])} {text(row['model'])}".split()) or None
            note = note if note != name else None
            found.gear.append(FoundGear(name[:LONGEST_NAME], kind, note, before))
            retired += not yes(row["active"])
    found.leave("days on which gear retired", retired, "They are not known there. Set them here, on the gear's page.")
    return names


def _files(there: Files, rows: Mapping[str, Cells], gear: Mapping[str, str], found: Found) -> set[str]:
    """Add the files of activities; return the activities that have one."""
    filed: set[str] = set()
    others = 0
    for inside, place in there.ending(*_SUFFIXES).items():
        match = _FILE.fullmatch(place.name)
        keys = match[1].split("_") if match else []
        if not keys or not all(key in rows for key in keys):
            others += 1
            continue
        filed.update(keys)
        row = rows[keys[0]]
        garmin = text(row["garminconnect_activity_id"])
        link = Link("garmin", garmin) if garmin and len(keys) == 1 else None
        wording = _wording(row, gear) if len(keys) == 1 else Wording()
        found.files.append(FoundFile(f"endurain/{inside}", place, link, wording))
    found.leave("files that no activity of this user is in", others, "Import those that are yours by hand.")
    return filed


def _activities(rows: Mapping[str, Cells], gear: Mapping[str, str], found: Found) -> None:
    """Enter activities without a file; those from Strava have terms of their own."""
    strava = endless = 0
    for key, row in rows.items():
        garmin = text(row["garminconnect_activity_id"])
        if text(row["strava_activity_id"]) and not garmin:
            strava += 1
            continue
        start, elapsed = (
            instant_ms(row["start_time"]),
            number(row["total_elapsed_time"]) or number(row["total_timer_time"]),
        )
        if start is None or elapsed is None or not 0 < elapsed <= manual.LONGEST_S:
            endless += 1
            continue
        wording = _wording(row, gear)
        data = _typed(key, row, start, elapsed, str(wording.fields.get("name") or "") or None)
        links = (Link("garmin", garmin),) if garmin else ()
        found.activities.append(FoundActivity(f"endurain/activity-{key}", data, links, wording))
    terms = "Strava's terms let its data be kept for seven days. Connect Strava, or import your archive from there."
    found.leave("activities from Strava", strava, terms)
    found.leave("activities without a start or a duration", endless, "Without a file, an activity needs both.")


def _typed(key: str, row: Cells, start_ms: int, elapsed_s: float, name: str | None) -> bytes:
    sport = sport_named(_SPORTS.get(round(number(row["activity_type"]) or 0)))
    try:
        zone = ZoneInfo(text(row["timezone"]) or "UTC")
    except (ValueError, OSError):
        zone = ZoneInfo("UTC")
    return manual.encode(
        sport=sport.key, sub_sport=sport.sub, elapsed_s=elapsed_s, name=name, nonce=f"endurain:{key}",
        start=datetime.fromtimestamp(start_ms / 1000, UTC).astimezone(zone).isoformat(),
        moving_s=number(row["total_timer_time"]), distance_m=number(row["distance"]),
        ascent_m=number(row["elevation_gain"]), calories_kcal=number(row["calories"]),
        avg_heart_rate_bpm=number(row["average_hr"]),
    )  # fmt: skip


def _wording(row: Cells, gear: Mapping[str, str]) -> Wording:
    """Return what a person set of an activity. Effort is in tens there, feeling from 0 to 100."""
    fields: dict[str, str | float] = {}
    if (name := own_name(text(row["name"]))) is not None:
        fields["name"] = name[:LONGEST_NAME]
    notes = "\n\n".join(filter(None, (text(row["description"]), text(row["private_notes"]))))
    if notes:
        fields["description"] = notes[:LONGEST_TEXT]
    if (rpe := number(row["workout_rpe"])) is not None and 0 <= rpe <= 100:
        fields["rpe"] = rpe / 10
    if (feeling := number(row["workout_feeling"])) is not None and 0 <= feeling <= 100:
        fields["feel"] = 1 + round(feeling / 25)
    return Wording(fields, gear.get(text(row["gear_id"])))


def _values(tables: Tables, user: str | None, found: Found) -> None:
    unread = 0
    for row in tables.rows("health_weight", _WEIGHT):
        if text(row["user_id"]) != user:
            continue
        try:
            day = date.fromisoformat(text(row["date"])[:10])
        except ValueError:
            unread += 1
            continue
        values = (("weight_kg", number(row["weight"])), ("body_fat_pct", number(row["body_fat"])))
        found.values += [FoundValue(kind, value, day) for kind, value in values if value]
    found.leave("weights", unread, "They have no day.")


def _leave(tables: Tables, found: Found) -> None:
    for table, why in _OTHERS.items():
        found.leave(f"rows of {table}", tables.count(table), why)
    elsewhere = _OF_FILES | _OF_SERVER | _OTHERS.keys()
    tables.leave_unknown(found, {**_KNOWN, **{table: tables.columns.get(table, ()) for table in elsewhere}})


SYSTEM = System("endurain", NAME, "Its processed files beside a plain dump (pg_dump -Fp) of its database.", read)

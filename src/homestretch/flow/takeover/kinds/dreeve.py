"""Dreeve, which was Statistics for Strava: its SQLite database, with the files that were imported inside it.

Its tables as dreeveapp/dreeve has them at 65cc974 (2026-08-21), migrations/, src/Domain/Import/FileImport.php and
src/Domain/Activity/Activity.php.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PureWindowsPath

from homestretch.archive.zstd import unpack_zstd
from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import store_in
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundActivity,
    FoundFile,
    FoundGear,
    Said,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.sqlite import SqliteTables, opened
from homestretch.flow.takeover.reading.tables import Cells, chosen_user, number, text, yes
from homestretch.formats import manual
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.vendors.sport_names import sport_named

NAME = "Dreeve"
_STORES = ("dreeve.db", "strava.db")
_FILES, _TYPED = {"fitFile", "tcxFile", "gpxFile"}, "manual"
#: No file that a watch makes is so large.
_MOST = 200 * 1024 * 1024
_ACTIVITY = (
    "activityId", "startDateTime", "sportType", "activityType", "importSource", "name", "description", "distance",
    "elevation", "calories", "averageHeartRate", "movingTimeInSeconds", "elapsedTimeInSeconds", "gearId", "isCommute",
    "workoutType",
)  # fmt: skip
_FILE = ("fileImportId", "originalFilename", "activityId", "status")
_GEAR = ("gearId", "name", "isRetired", "type")
_GEAR_KINDS = {"Ride": "bike", "Run": "shoes", "Walk": "shoes"}
_WORKOUT_TYPES = {"race": "race", "longRun": "long"}
_KNOWN: Mapping[str, set[str]] = {
    "Activity": {
        *_ACTIVITY, "data", "streamsAreImported", "markedForDeletion", "worldType", "averagePower", "maxPower",
        "averageSpeed", "maxSpeed", "maxHeartRate", "averageCadence", "kudoCount", "deviceName", "totalImageCount",
        "localImagePaths", "polyline", "routeGeography", "weather", "startingCoordinateLatitude",
        "startingCoordinateLongitude", "kilojoules", "externalReferenceId", "connectedSensors",
    },
    "FileImport": {*_FILE, "fileHash", "fileContents", "source", "errorMessage", "importedOn"},
    "Gear": {
        *_GEAR, "createdOn", "distanceInMeter", "purchasePriceAmount", "purchasePriceCurrency", "localImagePath",
    },
}  # fmt: skip
#: Tables that are made of its activities, or are of that server alone.
_MADE = {
    "ActivityBestEffort", "ActivityLap", "ActivityRouteSignature", "ActivitySplit", "ActivityStream",
    "ActivityStreamMetric", "CombinedActivityStream", "KeyValue", "WebhookEvent", "doctrine_migration_versions",
}  # fmt: skip
_OTHERS = {
    "Challenge": "Challenges are Strava's.",
    "Segment": "Segments there are Strava's. Draw or import your own.",
    "SegmentEffort": "Efforts are computed here, on segments of your own.",
    "GearMaintenanceLog": "Add components and services on the page of their gear.",
    "RecordingDevice": "Devices are known from the files.",
    "AutomationRule": "There are no such rules here.",
    "ChatMessage": "Talks with a model stay there.",
}


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return the files inside its database with what was set of them, typed-in activities and gear of both."""
    chosen_user(NAME, {}, user)
    found = Found()
    with opened(store_in(path, _STORES, NAME), NAME, scratch) as database:
        database.must_have("Activity", ("activityId", "startDateTime", "sportType"))
        every = {text(row["activityId"]): row for row in database.rows("Activity", _ACTIVITY)}
        rows = {key: row for key, row in every.items() if text(row["importSource"]) in _FILES | {_TYPED}}
        terms = "Strava's terms let its data be kept for seven days. Connect Strava, or import your archive from there."
        found.leave("activities from Strava", len(every) - len(rows), terms)
        gear = _gear(database, rows, found)
        filed = _files(database, rows, gear, scratch, found)
        _leave(database, found)
    bare = {key: row for key, row in rows.items() if key not in filed}
    unread = sum(not _typed(key, row, gear, found) for key, row in bare.items())
    found.leave("activities without a start or a duration", unread, "Without a file, an activity needs both.")
    return found


def _gear(database: SqliteTables, rows: Mapping[str, Cells], found: Found) -> dict[str, str]:
    """Add the gear that people entered there, or that these activities used; return its names by id."""
    used = {text(row["gearId"]): text(row["activityType"]) for row in rows.values()}
    names: dict[str, str] = {}
    retired = strava = 0
    for row in database.rows("Gear", _GEAR):
        key, name = text(row["gearId"]), " ".join(text(row["name"]).split())[:LONGEST_NAME]
        if key not in used and text(row["type"]) != "custom":
            strava += 1
        elif name:
            names[key] = name
            found.gear.append(FoundGear(name, _GEAR_KINDS.get(used.get(key, ""), "other")))
            retired += yes(row["isRetired"])
    found.leave("gear from Strava", strava, "Connect Strava, or enter it here.")
    found.leave("days on which gear retired", retired, "They are not known there. Set them here, on the gear's page.")
    return names


def _files(
    database: SqliteTables, rows: Mapping[str, Cells], gear: Mapping[str, str], scratch: Path, found: Found
) -> set[str]:
    """Unpack the files in the database; return the activities that have one."""
    about = {text(row["fileImportId"]): row for row in database.rows("FileImport", _FILE)}
    filed: set[str] = set()
    for at, (key, packed) in enumerate(database.blobs("FileImport", "fileImportId", "fileContents")):
        row = about[key]
        called = PureWindowsPath(text(row["originalFilename"])).name or key
        name, data = f"dreeve/{key}/{called}", unpack_zstd(packed, _MOST)
        if data is None:
            found.broken.append(Broken("file", name, "it is damaged in the database, or far too large"))
            continue
        place = scratch / f"{at}.part"
        place.write_bytes(data)
        activity = rows.get(text(row["activityId"]))
        filed |= {text(row["activityId"])} if activity is not None else set()
        found.files.append(FoundFile(name, place, None, Wording() if activity is None else _wording(activity, gear)))
    return filed


def _wording(row: Cells, gear: Mapping[str, str]) -> Wording:
    fields: dict[str, Said] = {}
    if (name := own_name(text(row["name"]))) is not None:
        fields["name"] = name[:LONGEST_NAME]
    if description := text(row["description"]):
        fields["description"] = description[:LONGEST_TEXT]
    kind = "commute" if yes(row["isCommute"]) else _WORKOUT_TYPES.get(text(row["workoutType"]))
    if kind is not None:
        fields["workout_type"] = kind
    return Wording(fields, gear.get(text(row["gearId"])))


def _typed(key: str, row: Cells, gear: Mapping[str, str], found: Found) -> bool:
    """Add an activity without a file, at its local time as if that were UTC: its zone is not kept there."""
    try:
        start = datetime.fromisoformat(text(row["startDateTime"])).replace(tzinfo=None).isoformat()
    except ValueError:
        return False
    moving = number(row["movingTimeInSeconds"])
    elapsed = number(row["elapsedTimeInSeconds"]) or moving
    if elapsed is None or not 0 < elapsed <= manual.LONGEST_S:
        return False
    wording, sport = _wording(row, gear), sport_named(text(row["sportType"]))
    name = wording.fields.get("name")
    data = manual.encode(
        sport=sport.key, sub_sport=sport.sub, start=start, elapsed_s=elapsed, moving_s=moving,
        distance_m=number(row["distance"]) or None, ascent_m=number(row["elevation"]) or None,
        calories_kcal=number(row["calories"]), avg_heart_rate_bpm=number(row["averageHeartRate"]),
        name=name if isinstance(name, str) else None, nonce=f"dreeve:{key}",
    )  # fmt: skip
    found.activities.append(FoundActivity(f"dreeve/{key}", data, (), wording))
    return True


def _leave(database: SqliteTables, found: Found) -> None:
    for table, why in _OTHERS.items():
        found.leave(f"rows of {table}", database.count(table), why)
    elsewhere = _MADE | _OTHERS.keys()
    database.leave_unknown(found, {**_KNOWN, **{table: database.columns.get(table, ()) for table in elsewhere}})


SYSTEM = System("dreeve", NAME, "Its folder storage/database, or the database itself: dreeve.db or strava.db.", read)

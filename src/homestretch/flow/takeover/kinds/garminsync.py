"""GarminSync: every .fit of Garmin Connect, and a database that knows which activity each one is.

Its tables as sstent/GarminSync has them at 23c65e0 (2025-08-24), garminsync/database.py and its migrations.
"""

import re
from pathlib import Path

from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import Broken, Found, FoundFile, Link, System
from homestretch.flow.takeover.reading.sqlite import opened
from homestretch.flow.takeover.reading.tables import Tables, chosen_user

NAME = "GarminSync"
PROVIDER = "garmin"
_ACTIVITIES = ("activity_id", "filename", "downloaded")
_KNOWN = {
    "activities": {
        *_ACTIVITIES, "start_time", "activity_type", "duration", "distance", "max_heart_rate", "avg_heart_rate",
        "avg_power", "calories", "reprocessed", "created_at", "last_sync",
    },
    "daemon_config": {"id", "enabled", "schedule_cron", "last_run", "next_run", "status"},
    "sync_logs": {
        "id", "timestamp", "operation", "status", "message", "activities_processed", "activities_downloaded",
    },
    "power_analysis": {
        "id", "activity_id", "peak_power_1s", "peak_power_5s", "peak_power_20s", "peak_power_300s",
        "normalized_power", "intensity_factor", "training_stress_score",
    },
    "gearing_analysis": {
        "id", "activity_id", "estimated_chainring_teeth", "estimated_cassette_teeth", "gear_ratio", "gear_inches",
        "development_meters", "confidence_score", "analysis_method",
    },
    "alembic_version": {"version_num"},
}  # fmt: skip
#: How it names what it downloads.
_FILE = re.compile(r"activity_([0-9]+)(?:_[^/]*)?\.fit")


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return the files that its database names, and those beside it that are named as it names them."""
    chosen_user(NAME, {}, user)
    store = store_in(path, ("garmin.db",), NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as database:
        database.must_have("activities", _ACTIVITIES)
        keys = _named_files(database, there, found)
        _leave(database, found)
    for inside, place in there.ending(".fit", ".fit.gz").items():
        match = _FILE.fullmatch(place.name)
        key = keys.get(inside, match and match[1])
        found.files.append(FoundFile(f"garminsync/{inside}", place, Link(PROVIDER, key) if key else None))
    return found


def _named_files(database: Tables, there: Files, found: Found) -> dict[str, str]:
    """Return the ids at Garmin of files, by their paths."""
    keys: dict[str, str] = {}
    waiting = 0
    for row in database.rows("activities", _ACTIVITIES):
        key, name = str(row["activity_id"]), str(row["filename"] or "")
        inside = there.find(name) if name else None
        if inside is not None:
            keys[inside] = key
        elif row["downloaded"]:
            why = f"the database says that {name or 'its file'} was downloaded, but it is not here"
            found.broken.append(Broken("file", f"Garmin activity {key}", why))
        else:
            waiting += 1
    found.leave(
        "activities without a file",
        waiting,
        "GarminSync never downloaded them. Connect Garmin, and a sync fetches them.",
    )
    return keys


def _leave(database: Tables, found: Found) -> None:
    for row in database.rows("daemon_config", ("enabled", "schedule_cron")):
        if row["enabled"]:
            why = f"It synced by “{row['schedule_cron']}”. Connect Garmin: its syncs have a schedule of their own."
            found.leave("schedule", 1, why)
    found.leave(
        "lines of the sync log", database.count("sync_logs"), "A log of syncs made elsewhere says nothing here."
    )
    analyses = database.count("power_analysis") + database.count("gearing_analysis")
    found.leave("analyses", analyses, "They are computed here from the files.")
    database.leave_unknown(found, _KNOWN)


SYSTEM = System("garminsync", NAME, "Its data folder with garmin.db and the .fit files.", read)

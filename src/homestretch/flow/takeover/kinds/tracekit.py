"""Tracekit: activities as each of its providers has them, the files beside them, names and gear.

Its tables as ckdake/tracekit has them at 43f5d18 (2026-03-23): tracekit/activity.py, appconfig.py, provider_sync.py,
provider_status.py, notification.py, tracekit/providers/*/*_activity.py and app/models/user.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import isclose
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundActivity,
    FoundFile,
    FoundGear,
    Link,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.store import opened
from homestretch.flow.takeover.reading.tables import Cells, Tables, chosen_user, number, text
from homestretch.formats import manual
from homestretch.model.channel import MILE_M
from homestretch.vendors.sport_names import sport_named

NAME = "Tracekit"
STORES = ("metadata.sqlite3", "tracekit.sqlite3", "tracekit.db", "*.sqlite3", "*.sql")
_SUFFIXES = (".gpx", ".gpx.gz", ".fit", ".fit.gz", ".tcx", ".tcx.gz")
#: The table of each provider, the name of its id there, and the source that it is here.
_PROVIDERS = {
    "garmin": ("garmin_activities", "garmin_id", "garmin"),
    "ridewithgps": ("ridewithgps_activities", "ridewithgps_id", "ridewithgps"),
    "intervalsicu": ("intervalsicu_activities", "intervalsicu_id", "intervals"),
    "spreadsheet": ("spreadsheet_activities", "spreadsheet_id", ""),
    "file": ("file_activities", "file_path", ""),
}
#: Who has the word where nothing is set (the first one), and whose times and distances are the best.
_PRIORITY = {"spreadsheet": 1, "ridewithgps": 2, "intervalsicu": 4, "garmin": 5, "file": 6}
_MEASURED = ("file", "garmin", "ridewithgps", "intervalsicu", "spreadsheet")
#: Two providers' rows of a day are one workout where they begin within this time and are about as long; those of a
#: spreadsheet and of a file may have their times from another clock.
_NEAR_S, _NEAR_M, _NEAR = 900, 200.0, 0.02
_LOOSE = {"spreadsheet", "file"}
_COLUMNS = (
    "id", "name", "notes", "distance", "start_time", "activity_type", "duration_hms", "equipment", "calories",
    "avg_heart_rate", "raw_data", "user_id",
)  # fmt: skip
_BASE = {
    *_COLUMNS, "provider_id", "device_name", "location_name", "city", "state", "max_speed", "max_heart_rate",
    "avg_cadence", "max_elevation", "total_elevation_gain", "temperature", "created_at", "updated_at",
}  # fmt: skip
_KNOWN = {
    "activity": _BASE | {
        "date", "spreadsheet_id", "strava_id", "garmin_id", "ridewithgps_id", "strava_data", "ridewithgps_data",
        "garmin_data", "spreadsheet_data", "correlation_key", "last_updated", "original_filename", "source",
    },
    "strava_activities": _BASE | {"strava_id"}, "garmin_activities": _BASE | {"garmin_id"},
    "ridewithgps_activities": _BASE | {"ridewithgps_id"},
    "intervalsicu_activities": _BASE | {"intervalsicu_id", "source"},
    "spreadsheet_activities": _BASE | {"spreadsheet_id", "garmin_id", "strava_id", "ridewithgps_id"},
    "file_activities": _BASE | {"file_path", "file_checksum", "file_size", "file_format"},
    "appconfig": {"id", "key", "value", "user_id"},
    "providersync": {"id", "year_month", "provider", "user_id", "status"},
    "provider_status": {
        "id", "provider", "last_operation", "last_operation_at", "last_success", "last_message", "rate_limit_type",
        "rate_limit_reset_at", "user_id",
    },
    "provider_pull_status": {"id", "year_month", "provider", "status", "job_id", "message", "updated_at", "user_id"},
    "month_sync_status": {"id", "year_month", "status", "updated_at", "user_id"},
    "notification": {"id", "message", "category", "created", "read", "expires", "user_id"},
    "user": {
        "id", "email", "password_hash", "status", "stripe_customer_id", "stripe_subscription_status",
        "stripe_subscription_end", "allow_impersonation",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """What a provider has of an activity: when it began (UTC s), its local day, its length in m."""

    provider: str
    key: str
    start_s: float
    day: str
    distance_m: float | None
    cells: Cells


@dataclass(slots=True)
class _Workout:
    """Rows of different providers that are one workout."""

    rows: dict[str, _Row] = field(default_factory=dict)


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return what providers have of each workout of a user: as edits of its file, else as an activity."""
    store = store_in(path, STORES, NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as tables:
        tables.must_have("appconfig", ("key", "value"))
        tables.must_have("garmin_activities", ("garmin_id", "start_time"))
        whose = chosen_user(NAME, _users(tables), user)
        config = _config(tables, whose)
        workouts = _workouts(tables, whose, _zone(config), found)
        _leave(tables, found)
    order = _order(config)
    files = _files(there, whose)
    endless = sum(not _add(found, workout, order, files, _zone(config)) for workout in workouts)
    found.leave("activities without a duration", endless, "Without a file, an activity needs to have lasted some time.")
    found.files += [FoundFile(f"tracekit/{inside}", place) for inside, place in files.items()]
    used = [one.wording.gear for one in found.files] + [one.wording.gear for one in found.activities]
    found.gear = [FoundGear(name) for name in {name.casefold(): name for name in reversed(used) if name}.values()]
    return found


def _users(tables: Tables) -> dict[str, str]:
    """Return the users who have activities, with their addresses; 0 is who used the command line."""
    emails = {text(row["id"]): text(row["email"]) for row in tables.rows("user", ("id", "email"))}
    keys = {
        text(row["user_id"]) or "0" for table, _, _ in _PROVIDERS.values() for row in tables.rows(table, ("user_id",))
    }
    return {key: emails.get(key) or key for key in sorted(keys)}


def _config(tables: Tables, user: str | None) -> Mapping[str, object]:
    """Return the settings of a user, by key."""
    found: dict[str, object] = {}
    for row in tables.rows("appconfig", ("key", "value", "user_id")):
        if (text(row["user_id"]) or "0") == (user or "0"):
            try:
                found[text(row["key"])] = orjson.loads(text(row["value"]))
            except orjson.JSONDecodeError:
                continue  # a setting that its own program could not read either
    return found


def _zone(config: Mapping[str, object]) -> ZoneInfo:
    try:
        return ZoneInfo(str(config.get("home_timezone") or "UTC"))
    except (ValueError, OSError):
        return ZoneInfo("UTC")


def _order(config: Mapping[str, object]) -> list[str]:
    """Return the providers, those first whose word holds."""
    providers = config.get("providers")
    found = dict(_PRIORITY)
    for name, settings in providers.items() if isinstance(providers, dict) else ():
        if name in found and isinstance(settings, dict) and number(settings.get("priority")) is not None:
            found[name] = settings["priority"]
    return sorted(found, key=lambda name: (found[name], name))


def _workouts(tables: Tables, user: str | None, zone: ZoneInfo, found: Found) -> list[_Workout]:
    """Return the workouts, each with a row of each provider that has it."""
    days: dict[str, list[_Workout]] = {}
    known: dict[tuple[str, str], _Workout] = {}
    undated = 0
    for provider in _MEASURED:
        for row in _rows(tables, provider, user, zone):
            if row is None:
                undated += 1
                continue
            named = [known[one] for one in (_named(row) if provider == "spreadsheet" else ()) if one in known]
            same = [one for one in named or days.get(row.day, []) if provider not in one.rows]
            fitting = next((one for one in same if named or _fits(one, row)), None)
            if fitting is None:
                fitting = _Workout()
                days.setdefault(row.day, []).append(fitting)
            fitting.rows[provider] = row
            known[provider, row.key] = fitting
    found.leave("rows without a start", undated, "An activity needs to have begun at some time.")
    return [one for day in sorted(days) for one in days[day]]


def _rows(tables: Tables, provider: str, user: str | None, zone: ZoneInfo) -> Iterator[_Row | None]:
    table, key, _ = _PROVIDERS[provider]
    for cells in tables.rows(table, (*_COLUMNS, "garmin_id", "ridewithgps_id", key)):
        if (text(cells["user_id"]) or "0") != (user or "0"):
            continue
        raw = _raw(cells)
        start = _garmin_start(raw) if provider == "garmin" else None
        start = start or number(cells["start_time"])
        if not start or not text(cells[key]):
            yield None
            continue
        miles = number(cells["distance"])
        metres = number(text(raw.get("distance"))) if provider == "garmin" else None
        local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
        day = local.astimezone(zone).date().isoformat()
        distance = metres if metres is not None else None if miles is None else miles * MILE_M
        yield _Row(provider, text(cells[key]), start, day, distance or None, cells)


def _raw(cells: Cells) -> Mapping[str, object]:
    """Return what a provider answered, where it is kept and can be read."""
    try:
        value: object = orjson.loads(text(cells["raw_data"]) or "{}")
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _garmin_start(raw: Mapping[str, object]) -> float | None:
    """Return the start in UTC s: Tracekit itself takes Garmin's local time to be that of the home."""
    try:
        return datetime.fromisoformat(str(raw.get("startTimeGMT"))).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _fits(workout: _Workout, row: _Row) -> bool:
    for one in workout.rows.values():
        if one.distance_m is None or row.distance_m is None:
            continue
        near = isclose(one.distance_m, row.distance_m, rel_tol=_NEAR, abs_tol=_NEAR_M)
        loose = {one.provider, row.provider} & _LOOSE
        if near and (loose or abs(one.start_s - row.start_s) <= _NEAR_S):
            return True
    return False


def _files(there: Files, user: str | None) -> dict[str, Path]:
    """Return the activity files of a user: a web server keeps them in a folder of each user's number."""
    every = dict(there.ending(*_SUFFIXES))
    own = {inside: place for inside, place in every.items() if f"activities/{user}/" in f"/{inside}"}
    return own or every


def _add(found: Found, workout: _Workout, order: list[str], files: dict[str, Path], zone: ZoneInfo) -> bool:
    """Add a workout: its file, which leaves `files`, else an activity by what its rows say; return whether it could."""
    wording = _wording(workout, order)
    row = workout.rows.get("file")
    if row is not None:
        inside = next((one for one in files if one == row.key or one.endswith(f"/{row.key}")), None)
        if inside is not None:
            found.files.append(FoundFile(f"tracekit/{inside}", files.pop(inside), wording=wording))
            return True
        found.broken.append(Broken("file", row.key, "the database has it, but it is not here"))
    best = next((workout.rows[one] for one in _MEASURED if one in workout.rows), None)
    data = None if best is None else _typed(best, workout, wording, zone)
    if best is None or data is None:
        return False
    links = {Link(_PROVIDERS[one][2], each.key): None for one, each in workout.rows.items() if _PROVIDERS[one][2]}
    links |= {Link(_PROVIDERS[name][2], key): None for name, key in _named(workout.rows.get("spreadsheet"))}
    found.activities.append(FoundActivity(f"tracekit/{best.provider}-{best.key}", data, tuple(links), wording))
    return True


def _named(row: _Row | None) -> list[tuple[str, str]]:
    """Return which activities of providers a row of a spreadsheet names: (provider, its id)."""
    if row is None:
        return []
    cells = {name: row.cells.get(f"{name}_id") for name in ("garmin", "ridewithgps")}
    return [(name, text(cell).removesuffix(".0")) for name, cell in cells.items() if text(cell)]


def _wording(workout: _Workout, order: list[str]) -> Wording:
    """Return the name and the gear that the first of the providers has, as long as a person gave that name."""
    rows = [workout.rows[one] for one in order if one in workout.rows]
    names = [own_name(text(row.cells["name"]) or text(row.cells["notes"]), _PROVIDERS[row.provider][2]) for row in rows]
    gear = [text(row.cells["equipment"]) for row in rows]
    name = next(filter(None, names), None)
    return Wording({"name": name} if name else {}, next(filter(None, gear), None))


def _typed(best: _Row, workout: _Workout, wording: Wording, zone: ZoneInfo) -> bytes | None:
    """Return the values of an activity; None without a duration."""
    rows = [workout.rows[one] for one in _MEASURED if one in workout.rows]
    elapsed = next(filter(None, (_seconds(text(row.cells["duration_hms"])) for row in rows)), None)
    if elapsed is None:
        return None
    sport = sport_named(next(filter(None, (text(row.cells["activity_type"]) for row in rows)), None))
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=best.start_s)
    return manual.encode(
        sport=sport.key,
        sub_sport=sport.sub,
        start=start.astimezone(zone).isoformat(),
        elapsed_s=elapsed,
        distance_m=None if best.distance_m is None else round(best.distance_m, 1),
        calories_kcal=number(best.cells["calories"]),
        avg_heart_rate_bpm=number(best.cells["avg_heart_rate"]),
        name=str(wording.fields["name"]) if "name" in wording.fields else None,
        nonce=f"tracekit:{best.provider}:{best.key}",
    )


def _seconds(hms: str) -> float | None:
    """Return `1:02:03`, or `62:03`, in s; None for anything else and for nothing at all."""
    parts = [number(part) for part in hms.split(":")]
    if len(parts) not in (2, 3) or any(part is None or part < 0 for part in parts):
        return None
    total = 0.0
    for part in parts:
        total = total * 60 + (part or 0.0)
    return total or None


def _leave(tables: Tables, found: Found) -> None:
    strava = "Strava's terms let its data be kept for seven days. Connect Strava, or import your archive from there."
    found.leave("activities at Strava", tables.count("strava_activities"), strava)
    sign_in = "Tokens of another program don't work here. Connect each service with `homestretch connect`."
    found.leave("sign-ins at services", 1 if tables.count("appconfig") else 0, sign_in)
    repeated = "They repeat what the providers have."
    found.leave("rows of the table activity", tables.count("activity"), repeated)
    found.leave("notifications", tables.count("notification"), "They are about what Tracekit did.")
    tables.leave_unknown(found, _KNOWN)


SYSTEM = System("tracekit", NAME, "Its data folder with metadata.sqlite3 and the activity files.", read)

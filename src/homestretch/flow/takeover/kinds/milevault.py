"""MileVault: the files that it keeps and a plain dump of its PostgreSQL.

Its source is not public and only its guide was read: the tables are known by name, their columns are looked for under
the names that such columns usually have, and what is not found is left behind with a reason.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from homestretch.flow.derive.naming import own_name
from homestretch.flow.takeover.reading.folder import Files, store_in
from homestretch.flow.takeover.reading.items import (
    Broken,
    Found,
    FoundFile,
    FoundSegment,
    FoundValue,
    FoundWording,
    Link,
    NotItsStore,
    System,
    Wording,
)
from homestretch.flow.takeover.reading.lines import gpx_of, points_of
from homestretch.flow.takeover.reading.store import opened
from homestretch.flow.takeover.reading.tables import Cells, Tables, chosen_user, instant_ms, number, text
from homestretch.model.sport import GENERIC, MULTISPORT, Sport
from homestretch.model.texts import LONGEST_NAME, LONGEST_TEXT
from homestretch.vendors.sport_names import sport_named

NAME = "MileVault"
_SUFFIXES = (".fit", ".fit.gz", ".gpx", ".gpx.gz", ".tcx", ".tcx.gz", ".zip")
#: What is wanted of each table, and the names that its column may have, the likeliest first.
_ACTIVITY = {
    "id": ("id",), "user": ("user_id", "owner_id"), "name": ("name", "title"),
    "start": ("start_time", "started_at", "start_date", "start"),
    "sport": ("sport", "sport_type", "activity_type", "type"),
    "file": ("file_path", "source_file", "stored_file", "original_file", "fit_file", "filename", "file_name"),
    "rpe": ("rpe", "perceived_exertion"), "description": ("description", "notes", "comment"),
    "garmin": ("garmin_activity_id", "garmin_id"), "route": ("named_route_id", "route_id"),
}  # fmt: skip
_ROUTE = {"id": ("id",), "user": ("user_id", "owner_id"), "name": ("name", "title")}
_SEGMENT = {
    "id": ("id",), "user": ("user_id", "owner_id", "created_by"), "name": ("name", "title"),
    "sport": ("sport", "sport_type", "activity_type", "type"),
    "line": ("polyline", "encoded_polyline", "points", "coordinates", "geometry", "geojson", "path", "track"),
}  # fmt: skip
_WEIGHT = {
    "id": ("id",), "user": ("user_id", "owner_id"),
    "at": ("measured_at", "logged_at", "recorded_at", "timestamp", "date", "log_date", "day", "created_at"),
    "weight": ("weight_kg", "weight"), "fat": ("body_fat_pct", "body_fat_percent", "body_fat", "fat_pct"),
}  # fmt: skip
_USER = {"id": ("id",), "name": ("username", "email", "name", "display_name")}
_WANTED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "activities": _ACTIVITY, "named_routes": _ROUTE, "segments": _SEGMENT, "weight_logs": _WEIGHT, "users": _USER,
}  # fmt: skip
type Got = dict[str, str]


def read(path: Path, user: str | None, scratch: Path) -> Found:
    """Return the files of a user with what was set of them, weights and segments."""
    store = store_in(path, ("*.sql", "*.dump"), NAME)
    there = Files(store.parent if path.is_file() else path, NAME)
    found = Found()
    with opened(store, NAME, scratch) as tables:
        users = {row["id"]: row["name"] or row["id"] for row in _rows(tables, "users", None)}
        tables.must_have("activities", ("id",))
        whose = chosen_user(NAME, users, user)
        if _column(tables, "activities", "start") is None and _column(tables, "activities", "file") is None:
            reason = "its table activities names neither files nor starts"
            raise NotItsStore(path=store, system=NAME, reason=reason)
        named = _activities(tables, whose, there, found)
        _values(tables, whose, found)
        _segments(tables, whose, found)
        _leave(tables, found)
    rest = {inside: place for inside, place in there.ending(*_SUFFIXES).items() if inside not in named}
    if len(users) > 1:
        found.leave("files that no activity names", len(rest), "Whose they are can't be known. Import them by hand.")
    else:
        found.files += [FoundFile(f"milevault/{inside}", place) for inside, place in rest.items()]
    return found


def _column(tables: Tables, table: str, wanted: str) -> str | None:
    """Return the name of the column that holds what is wanted, or None."""
    there = tables.columns.get(table, ())
    return next((name for name in _WANTED[table][wanted] if name in there), None)


def _rows(tables: Tables, table: str, user: str | None) -> list[Got]:
    """Return what is wanted of the rows of a table, by our names; with a user only theirs, where rows have one."""
    columns = {wanted: name for wanted in _WANTED[table] if (name := _column(tables, table, wanted)) is not None}

    def got(row: Cells) -> Got:
        return {wanted: text(row[columns[wanted]]) if wanted in columns else "" for wanted in _WANTED[table]}

    rows = [got(row) for row in tables.rows(table, list(columns.values()))]
    return [row for row in rows if user is None or "user" not in columns or row["user"] in ("", user)]


def _activities(tables: Tables, user: str | None, there: Files, found: Found) -> set[str]:
    """Add the files of activities, and what was set of them; return the files that activities of anyone name."""
    routes = {row["id"]: row["name"] for row in _rows(tables, "named_routes", user)}
    used: set[str] = set()
    for row in _rows(tables, "activities", None):
        inside = there.find(row["file"]) if row["file"] else None
        if inside is not None and user is not None and row["user"] not in ("", user):
            used.add(inside)
    nameless = 0
    for row in _rows(tables, "activities", user):
        wording = Wording(_fields(row, routes))
        inside = there.find(row["file"]) if row["file"] else None
        start = instant_ms(row["start"])
        if inside is not None and inside not in used:
            used.add(inside)
            link = Link("garmin", row["garmin"]) if row["garmin"] else None
            found.files.append(FoundFile(f"milevault/{inside}", there.places[inside], link, wording))
        elif row["file"] and inside is None:
            found.broken.append(Broken("file", row["file"], f"activity {row['id']} has it, but it is not here"))
        elif start is not None and wording.fields:
            found.wordings.append(FoundWording(f"activity {row['id']}", start, wording))
        else:
            nameless += 1
    found.leave("activities without a file or a name", nameless, "Their data points are those of files.")
    return used


def _fields(row: Got, routes: Mapping[str, str]) -> dict[str, str | float]:
    fields: dict[str, str | float] = {}
    if (name := own_name(row["name"])) is not None:
        fields["name"] = name[:LONGEST_NAME]
    if row["description"]:
        fields["description"] = row["description"][:LONGEST_TEXT]
    if (sport := sport_named(row["sport"]).key) not in (GENERIC, MULTISPORT):
        fields["sport"] = sport
    if (rpe := number(row["rpe"])) is not None and 0 <= rpe <= 10:
        fields["rpe"] = rpe
    if routes.get(row["route"]):
        fields["route_name"] = routes[row["route"]][:LONGEST_NAME]
    return fields


def _values(tables: Tables, user: str | None, found: Found) -> None:
    unread = 0
    for row in _rows(tables, "weight_logs", user):
        at_ms = instant_ms(row["at"])
        weight, fat = number(row["weight"]), number(row["fat"])
        if at_ms is None or (weight is None and fat is None):
            unread += 1
            continue
        day = datetime.fromtimestamp(at_ms / 1000, UTC).date()
        at = at_ms if ":" in row["at"] else None
        values = (("weight_kg", weight), ("body_fat_pct", fat))
        found.values += [FoundValue(kind, value, day, at) for kind, value in values if value is not None]
    found.leave("weights", unread, "They have no day, or no value.")


def _segments(tables: Tables, user: str | None, found: Found) -> None:
    without = 0
    for row in _rows(tables, "segments", user):
        points = points_of(row["line"])
        if not points or not row["name"]:
            without += 1
            continue
        sport = sport_named(row["sport"])
        family = Sport(sport.key, sport.sub).family
        chosen = family if family in ("ride", "run", "walk", "swim", "row", "ski") else "ride"
        found.segments.append(FoundSegment(row["name"], chosen, gpx_of(row["name"], points)))
    found.leave("segments", without, "Their line is not in the dump, or in a form that is not known. Draw them here.")


def _leave(tables: Tables, found: Found) -> None:
    count = tables.count("users")
    found.leave("users", count, "People get accounts of their own here: docs/people.md.")
    known = {table: {name for names in wanted.values() for name in names} for table, wanted in _WANTED.items()}
    tables.leave_unknown(found, known)


SYSTEM = System("milevault", NAME, "Its files folder beside a plain dump (pg_dump -Fp) of its database.", read)

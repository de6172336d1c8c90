"""The list of activities as CSV, a portion at a time."""

from collections.abc import Iterator

from homestretch.model import figures
from homestretch.model.documents.activity import ListedActivity
from homestretch.store.database import Database
from homestretch.store.queries.listed import descriptions
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.exports.csv_lines import csv_line
from homestretch.views.kit.paging import MOST
from homestretch.views.lists.filters import Filter

TEXTS = ("id", "name", "sport", "sub_sport", "workout_type", "start", "start_local", "zone")
COLUMNS = (*TEXTS, *figures.KEYS, "load", "rpe", "tags", "gear", "indoor", "hidden", "legs", "formats", "description")


def table_of(database: Database, scope: Scope, what: Filter, sort: str) -> Iterator[bytes]:
    """Return the lines of the filtered list as CSV in UTF-8, SI units; what is not known is empty.

    Raises BadRequest, Forbidden at once.
    """
    first, cursor = _portion(database, scope, what, sort, None)
    return _on(database, scope, what, sort, csv_line(COLUMNS) + first, cursor)


def _on(database: Database, scope: Scope, what: Filter, sort: str, lines: bytes, cursor: str | None) -> Iterator[bytes]:
    yield lines
    while cursor is not None:
        lines, cursor = _portion(database, scope, what, sort, cursor)
        yield lines


def _portion(database: Database, scope: Scope, what: Filter, sort: str, cursor: str | None) -> tuple[bytes, str | None]:
    with database.read() as reader:
        found = activity_list(reader, scope, what, sort, MOST, cursor)
        notes = descriptions(reader, scope.athlete_id, [item["id"] for item in found["items"]])
    return b"".join(csv_line(_cells(item, notes)) for item in found["items"]), found["next"]


def _cells(item: ListedActivity, notes: dict[str, str | None]) -> list[object]:
    shown = {
        **item,
        "tags": ", ".join(item["tags"]),
        "gear": None if item["gear"] is None else item["gear"]["name"],
        "legs": len(item["legs"]),
        "formats": " ".join(item["formats"]),
        "description": notes.get(item["id"]),
    }
    return [shown[column] for column in COLUMNS]

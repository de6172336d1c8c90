"""What each source says of the activities of a month, or of one: the same as here, something else, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from homestretch.merge.features import Features, dated, matching_family
from homestretch.merge.rules import ONE, Verdict, compare
from homestretch.model.documents.compare import (
    Compared,
    ComparedCell,
    ComparedField,
    ComparedItem,
    ComparedSource,
    OnlyThere,
    Value,
)
from homestretch.model.sport import Sport
from homestretch.sources._seen import plain
from homestretch.sources.registry import allows, sources, terms_of
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.cached import EXPIRED, items_under
from homestretch.store.queries.corrected import activity_and_primary
from homestretch.store.queries.edits import edit_rows, fold
from homestretch.store.queries.gear import gear_names
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, athletes, identities
from homestretch.vendors.given_names import Given, given
from homestretch.views.activities.activities import activity_item
from homestretch.views.gear.remote_gear import CalledThere
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.provenance import Provenance, owner_of, page_of, provenance_of
from homestretch.views.kit.statistics_scope import midnight_ms

DAY_MS = 86_400_000
#: What was listed longer ago may be otherwise by now.
STALE_MS = 7 * DAY_MS
#: What can be had of a source, where its recording of an activity is not here; and its key at another source.
FILE, LINK = "file", "link"
#: The state of what a source listed once and lists no more; and those of a cell of which the source has nothing now:
#: what it never had, what was deleted there, and what is not known, for its list is not whole or no longer kept.
GONE, ABSENT = "gone", ("missing", "deleted", "unknown")
#: The fields that are compared, and which of the change's `what` they are; distance is shown and can't be changed.
FIELDS = ("name", "description", "sport", "gear", "distance_m")
SAME_DISTANCE, SAME_DISTANCE_M = 0.02, 100.0


class Difference(NamedTuple):
    """A change at a connection for an activity here (both by public id): its key at the provider, old and new value."""

    connection: str
    activity: str
    field: str
    provider_key: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Ours:
    """An activity as it is here, its recordings, and its keys at the sources that they came from.

    `named` is whether a person gave it its name, here or at a source; generated names are not proposed.
    """

    row: Row[Any]
    members: Sequence[Row[Any]]
    keys: Mapping[str, str]
    named: bool


class _Grid(TypedDict):
    """Sources, activities with their cells, and what only sources have."""

    sources: list[ComparedSource]
    items: list[ComparedItem]
    others: list[OnlyThere]


def compare_month(reader: Reader, scope: Scope, first: date, now: int) -> Compared:
    """Return the grid of a month: every activity with each source's values, and what only sources have."""
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    table = activities.c
    inside = table.local_ms.between(midnight_ms(first), midnight_ms(after) - 1)
    mine = (table.athlete_id == scope.athlete_id) & table.deleted.is_(False) & table.parent_id.is_(None)
    mine &= table.split_from_id.is_(None)  # a provider has the whole, which is compared with the first part
    rows = reader.rows(select(activities).where(mine, inside).order_by(table.local_ms.desc(), table.id.desc()))
    span = ((first - timedelta(days=1)).isoformat(), after.isoformat())
    found = _grid(reader, scope, rows, span, now)
    last = (after - timedelta(days=1)).isoformat()
    others = [one for one in found["others"] if first.isoformat() <= one["day"] <= last]
    return {**found, "month": first.isoformat()[:7], "others": others}


def compare_activity(reader: Reader, scope: Scope, row: Row[Any], now: int) -> Compared:
    """Return the same of one activity; of a part that was split off, of the first part, which a provider's is."""
    if row.split_from_id is not None:
        row = activity_and_primary(reader, row.split_from_id)[0] or row
    day = datetime.fromtimestamp(row.local_ms / 1000, UTC).date()
    span = ((day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat())
    found = _grid(reader, scope, [row], span, now)
    return {**found, "month": day.isoformat()[:7], "others": []}


def _grid(reader: Reader, scope: Scope, rows: Sequence[Row[Any]], span: tuple[str, str], now: int) -> _Grid:
    ours = _ours(reader, scope, rows)
    home = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == scope.athlete_id))
    hidden = privacy_mask(reader, scope)
    cells: dict[int, dict[str, ComparedCell]] = {one.row.id: {} for one in ours}
    columns: list[ComparedSource] = []
    others: list[OnlyThere] = []
    for connection in stored.of_athlete(reader, scope.athlete_id):
        if not allows(connection.source, "compare", scope.role):
            continue
        listed = _listed(reader, connection, span)
        linked, left = _linked(reader, scope, connection, ours, listed, home)
        columns.append(_column(connection, now))
        called = CalledThere.of(reader, scope.athlete_id, connection)
        for one in ours:
            entry = linked.get(one.row.id)
            cells[one.row.id][connection.public_id] = _cell(one, entry, connection, now, called)
        others += [_other(entry, connection) for entry in left if entry.state != GONE]
    shown = gear_names(reader, scope.athlete_id)
    items: list[ComparedItem] = [
        {"activity": activity_item(one.row, [], hidden, shown, {}), "cells": cells[one.row.id]} for one in ours
    ]
    return {"sources": columns, "items": items, "others": sorted(others, key=lambda one: one["day"], reverse=True)}


def changes_of(
    found: Compared, connections: Sequence[str] = (), fields: Sequence[str] = (), *, again: bool = False
) -> list[Difference]:
    """Return the changes that would give the sources of a grid our values: for these connections, or all of them.

    What was deleted there is sent again only on request (`again`), for one activity.
    """
    columns = {column["connection"]: column for column in found["sources"]}
    wanted = []
    for item in found["items"]:
        for name, cell in item["cells"].items():
            if connections and name not in connections:
                continue
            every = _changes(item, cell, columns[name], again=again and "upload" in fields)
            wanted += [
                Difference(name, item["activity"]["id"], *one) for one in every if not fields or one[0] in fields
            ]
    return wanted


def _changes(
    item: ComparedItem, cell: ComparedCell, column: ComparedSource, *, again: bool
) -> Iterator[tuple[str, str, Value, Value]]:
    """Yield field, provider's key, before and after of what can be changed of an activity at a source."""
    writes, named = column["writes"], item["activity"]["name"]
    if cell["state"] in ABSENT:
        if cell["state"] != "missing" and not again:
            return
        sent = {"fit", "tcx", "gpx"} & set(item["activity"]["formats"]) or not column["takes_files"]
        if "upload" in writes and sent:
            yield "upload", "", None, named
        return
    key = cell["key"] or ""
    if cell["fetchable"]:
        yield FILE, key, None, named
    for field, states in cell["fields"].items():
        link = field.startswith(f"{LINK}_")
        if (LINK if link else field) in writes and not states["same"] and states["here"] is not None:
            yield field, key, states["there"] or "" if link else states["there"], states["here"]


def _ours(reader: Reader, scope: Scope, rows: Sequence[Row[Any]]) -> list[Ours]:
    ids = [row.id for row in rows]
    legs = {
        leg.id: leg.parent_id
        for leg in reader.rows(select(activities.c.id, activities.c.parent_id).where(activities.c.parent_id.in_(ids)))
    }
    members: dict[int, list[Row[Any]]] = {}
    columns = (
        recordings.c.activity_id,
        recordings.c.digest,
        recordings.c.key,
        recordings.c.features,
        recordings.c.start_ms,
        recordings.c.date_only,
    )
    for row in reader.rows(select(*columns).where(recordings.c.activity_id.in_([*ids, *legs]))):
        members.setdefault(legs.get(row.activity_id, row.activity_id), []).append(row)
    came = provenance_of(reader, scope, [member.digest for found in members.values() for member in found])
    renamed = _renamed(reader, scope, ids, members)
    return [
        Ours(
            row,
            found := members.get(row.id, []),
            _keys(found, came),
            row.id in renamed or given(row.name) is Given.SURELY,
        )
        for row in rows
    ]


def _renamed(reader: Reader, scope: Scope, ids: Sequence[int], members: Mapping[int, Sequence[Row[Any]]]) -> set[int]:
    """Return the activities whose name a person set here."""
    own = reader.rows(select(identities.c.id, identities.c.key).where(identities.c.id.in_(ids)))
    keys = {row.id: {row.key} | {member.key for member in members.get(row.id, ())} for row in own}
    said = edit_rows(reader, scope.athlete_id, sorted(set().union(*keys.values())), "name")
    return {number for number, mine in keys.items() if fold([e for e in said if e.subject in mine]).fields.get("name")}


def _keys(members: Sequence[Row[Any]], came: Mapping[str, Sequence[Provenance]]) -> dict[str, str]:
    """Return the key at each source that one of the recordings came from; of several the first."""
    every = [(owner_of(one.source), one.key) for member in members for one in came.get(member.digest, [])]
    return {owner.key: key for owner, key in reversed(every) if owner is not None and key}


def _listed(reader: Reader, connection: Row[Any], span: tuple[str, str]) -> Sequence[Row[Any]]:
    table = items_under(terms_of(connection.source))
    of = (table.c.connection_id == connection.id) & (table.c.kind == "activity")
    inside = table.c.since.between(*span) & (table.c.state != EXPIRED["state"])
    live_first = table.c.state == GONE
    return reader.rows(select(table).where(of, inside).order_by(live_first, table.c.since, table.c.key))


def _linked(
    reader: Reader,
    scope: Scope,
    connection: Row[Any],
    ours: Sequence[Ours],
    listed: Sequence[Row[Any]],
    home: str | None,
) -> tuple[dict[int, Row[Any]], list[Row[Any]]]:
    """Return the item of each activity, by its import or else by the list, and the items left.

    All are left where the source's terms forbid linking them.
    """
    if not allows(connection.source, "link"):
        return {}, list(listed)
    owner = {member.digest: one.row.id for one in ours for member in one.members}
    mine = (arrivals.c.athlete_id == scope.athlete_id) & arrivals.c.purged_ms.is_(None)
    taken_over = arrivals.c.connection_id.is_(None) & (arrivals.c.provider == connection.source)
    by_import = (arrivals.c.connection_id == connection.id) | (taken_over & arrivals.c.provider_key.is_not(None))
    query = select(arrivals.c.digest, arrivals.c.provider_key).where(mine, by_import)
    by_key = {
        row.provider_key: owner[row.digest] for row in reader.rows(query.where(arrivals.c.digest.in_(list(owner))))
    }
    linked: dict[int, Row[Any]] = {}
    left = []
    for entry in listed:
        found = by_key.get(entry.key)
        if found is None and not entry.digest:
            found = _alike(connection.source, entry, ours, home)
        if found is None or found in linked:
            left.append(entry)
        else:
            linked[found] = entry
    return linked, left


def _alike(source: str, entry: Row[Any], ours: Sequence[Ours], home: str | None) -> int | None:
    features = features_listed(source, entry.key, entry.details, home)
    if features is None:
        return None
    best: tuple[float, int] | None = None
    for one in ours:
        for member in one.members:
            match = compare(dated(Features(**member.features), member.start_ms, member.date_only), features)
            if match.verdict in ONE | {Verdict.PART_OF} and (best is None or match.score > best[0]):
                best = (match.score, one.row.id)
    return best and best[1]


def features_listed(source: str, key: str, details: Mapping[str, Any], home: str | None) -> Features | None:
    """Return what a source's list says of an activity as matching has it, or None where it does not say when."""
    start, date_only = _start_ms(details, home)
    if start is None:
        return None
    long = details.get("elapsed_s") or details.get("moving_s") or 0.0
    return Features(
        key=f"{source}/{key}",
        digest=f"{source}/{key}",
        session=0,
        file_key=None,
        start_ms=start,
        end_ms=start + round(float(long) * 1000),
        distance_m=details.get("distance_m") or None,
        start_point=None,
        family=matching_family(Sport(details.get("sport") or "generic", details.get("sub_sport"))),
        timer_s=details.get("moving_s"),
        date_only=date_only,
        offset_s=0 if date_only else None,
    )


def _start_ms(details: Mapping[str, Any], home: str | None) -> tuple[int | None, bool]:
    """Return when an activity began by what a list says (UTC ms), and whether only the day is known, which is noon."""
    for name, zone in (("start_utc", UTC), ("start", ZoneInfo(home) if home else UTC)):
        text = str(details.get(name) or "")
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            continue
        if len(text) == len("2026-01-01"):
            return int(at.replace(hour=12, tzinfo=UTC).timestamp() * 1000), True
        return int((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp() * 1000), False
    return None, False


def _column(connection: Row[Any], now: int) -> ComparedSource:
    source = sources()[connection.source]
    return {
        "connection": connection.public_id,
        "source": source.key,
        "name": source.name,
        "label": connection.label,
        "writes": list(source.writes),
        "takes_files": source.takes_files,
        "keeps": source.terms.allows("keep"),
        "stale": connection.good_ms is None or now - connection.good_ms > STALE_MS,
    }


def _cell(one: Ours, entry: Row[Any] | None, connection: Row[Any], now: int, called: CalledThere) -> ComparedCell:
    if entry is None:
        return _absent("missing" if connection.whole_ms is not None else "unknown")
    if entry.state == GONE:
        return _absent("deleted", entry.key)
    fields: dict[str, ComparedField] = {
        field: {
            "here": None if field == "name" and not one.named else _said(field, one.row._asdict()),
            "there": _said(field, entry.details),
            "same": _same(field, one, entry.details),
        }
        for field in FIELDS
        if entry.details.get(field) is not None and hasattr(one.row, field)
    }
    if (gear := called.compare(one.row.gear_id, entry.details)) is not None:
        fields["gear"] = gear
    fields |= {
        f"{LINK}_{source}": {"here": one.keys[source], "there": there, "same": there == one.keys[source]}
        for source, there in (entry.details.get("links") or {}).items()
        if source in one.keys
    }
    same = all(field["same"] for field in fields.values())
    fetchable = not entry.digest and entry.state in ("wanted", "failed") and allows(connection.source, "keep")
    stale = now - entry.at_ms > STALE_MS
    url = entry.details.get("url") or page_of(connection.source, entry.key)
    return {
        "state": "ok" if same else "differs",
        "key": entry.key,
        "url": url,
        "stale": stale,
        "fetchable": fetchable,
        "fields": fields,
    }


def _absent(state: Literal["missing", "deleted", "unknown"], key: str | None = None) -> ComparedCell:
    """Return the cell of an activity of which a source has nothing now."""
    return {"state": state, "key": key, "url": None, "stale": False, "fetchable": False, "fields": {}}


def _said(field: str, details: Mapping[str, Any]) -> Value:
    """Return what a field says; of a sport its kind too, as in `cycling/gravel_cycling`."""
    if field == "sport" and details.get("sub_sport"):
        return f"{details['sport']}/{details['sub_sport']}"
    value: Value = details.get(field)
    return value


def _same(field: str, one: Ours, details: Mapping[str, Any]) -> bool:
    here, there = getattr(one.row, field), details[field]
    if field == "name" and not one.named and given(there) is not Given.SURELY:
        return True  # no one named it, neither here nor there
    if field == "distance_m":
        return here is None or abs(here - there) <= max(SAME_DISTANCE * here, SAME_DISTANCE_M)
    if field == "sport":
        return here == there or Sport(here).family == Sport(there).family
    return plain(here) == plain(there)


def _other(entry: Row[Any], connection: Row[Any]) -> OnlyThere:
    details = entry.details
    return {
        "connection": connection.public_id,
        "source": connection.source,
        "key": entry.key,
        "day": entry.since,
        "name": details.get("name"),
        "sport": details.get("sport"),
        "distance_m": details.get("distance_m"),
        "elapsed_s": details.get("elapsed_s"),
        "state": entry.state,
        "url": details.get("url") or page_of(connection.source, entry.key),
    }

"""What we have of a provider, day by day and kind by kind, and its items as lists."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from homestretch.errors import BadRequest
from homestretch.model.documents.coverage import GapRow, Gaps, SourceEntry
from homestretch.sources.registry import allows, sources, terms_of
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.cached import items_under
from homestretch.store.scope import Scope

#: The letter of each state, the one that says most first: of several items of a day the first of these is shown.
LETTERS = {"failed": "f", "wanted": "w", "gone": "g", "have": "h", "none": "n"}
_ORDER = "fwghn"
MOST_DAYS = 20_000
#: What lists ask for.
LISTS = {"all": tuple(LETTERS), "missing": ("wanted", "failed"), "downloaded": ("have",)}


def gaps(reader: Reader, scope: Scope, public_id: str, since: date, until: date) -> Gaps:
    """Return a row per kind with a letter per day: h have, n nothing there, w wanted, f failed, g gone, . unknown.

    Raises NotFound, BadRequest.
    """
    row = stored.find(reader, scope, public_id)
    length = (until - since).days + 1
    if not 0 < length <= MOST_DAYS:
        raise BadRequest(reason=f"{since} to {until} is not a valid range of days.")
    days = {kind.key: ["."] * length for kind in sources()[row.source].kinds}
    table = items_under(terms_of(row.source))
    within = (table.c.since <= until.isoformat()) & (table.c.until >= since.isoformat())
    query = select(table.c.kind, table.c.since, table.c.until, table.c.state)
    for one in reader.rows(query.where(table.c.connection_id == row.id, within)):
        if one.kind in days:
            _mark(days[one.kind], one, since)
    kinds = sources()[row.source].kinds
    rows: list[GapRow] = [{"kind": kind.key, "title": kind.title, "states": "".join(days[kind.key])} for kind in kinds]
    return {"from": since.isoformat(), "to": until.isoformat(), "rows": rows}


def _mark(days: list[str], one: Row[Any], since: date) -> None:
    letter = LETTERS[one.state]
    first = (date.fromisoformat(one.since) - since).days
    last = (date.fromisoformat(one.until) - since).days
    for at in range(max(0, first), min(len(days) - 1, last) + 1):
        if days[at] == "." or _ORDER.index(letter) < _ORDER.index(days[at]):
            days[at] = letter


def entry_list(
    reader: Reader, scope: Scope, public_id: str, which: str, kind: str, limit: int | None = None
) -> list[SourceEntry]:
    """Return items of a kind (`which`: all, missing, downloaded), the newest first. Raises NotFound.

    Their values are left out where the source's terms do not allow the viewer to see them.
    """
    row = stored.find(reader, scope, public_id)
    table = items_under(terms_of(row.source))
    mine = (table.c.connection_id == row.id) & (table.c.kind == kind) & table.c.state.in_(LISTS[which])
    query = select(table).where(mine).order_by(table.c.until.desc(), table.c.key.desc())
    shown = allows(row.source, "show", scope.role)
    return [_entry(one, shown) for one in reader.rows(query if limit is None else query.limit(limit))]


def _entry(one: Row[Any], shown: bool) -> SourceEntry:
    return {
        "kind": one.kind,
        "key": one.key,
        "since": one.since,
        "until": one.until,
        "state": one.state,
        "form": one.form,
        "note": one.note,
        "details": one.details if shown else {},
    }

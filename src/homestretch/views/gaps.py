"""What we have of a provider, day by day and kind by kind, and its entries as lists."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from homestretch.errors import BadRequest
from homestretch.sources import sources
from homestretch.store import connections as stored
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import entries

#: The letter of each state, the one that says most first: of several entries of a day the first of these is shown.
LETTERS = {"failed": "f", "wanted": "w", "gone": "g", "have": "h", "none": "n"}
_ORDER = "fwghn"
MOST_DAYS = 20_000
#: What lists ask for.
LISTS = {"all": tuple(LETTERS), "missing": ("wanted", "failed"), "downloaded": ("have",)}


def gaps(reader: Reader, scope: Scope, public_id: str, since: date, until: date) -> dict[str, Any]:
    """Return a row per kind with a letter per day: h have, n nothing there, w wanted, f failed, g gone, . unknown.

    Raises NotFound, BadRequest.
    """
    row = stored.find(reader, scope, public_id)
    length = (until - since).days + 1
    if not 0 < length <= MOST_DAYS:
        raise BadRequest(reason=f"From {since} to {until} is no stretch of days.")
    days = {kind.key: ["."] * length for kind in sources()[row.source].kinds}
    within = (entries.c.since <= until.isoformat()) & (entries.c.until >= since.isoformat())
    query = select(entries.c.kind, entries.c.since, entries.c.until, entries.c.state)
    for one in reader.rows(query.where(entries.c.connection_id == row.id, within)):
        if one.kind in days:
            _mark(days[one.kind], one, since)
    kinds = sources()[row.source].kinds
    rows = [{"kind": kind.key, "title": kind.title, "states": "".join(days[kind.key])} for kind in kinds]
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
) -> list[dict[str, Any]]:
    """Return entries of a kind (`which`: all, missing, downloaded), the newest first. Raises NotFound.

    What they say is left out where a source's terms let nobody but the athlete see it.
    """
    row = stored.find(reader, scope, public_id)
    mine = (entries.c.connection_id == row.id) & (entries.c.kind == kind) & entries.c.state.in_(LISTS[which])
    query = select(entries).where(mine).order_by(entries.c.until.desc(), entries.c.key.desc())
    shown = sources()[row.source].terms.shown_to(scope.role)
    found = [_entry(one) for one in reader.rows(query if limit is None else query.limit(limit))]
    return [one if shown else {**one, "facts": {}} for one in found]


def _entry(one: Row[Any]) -> dict[str, Any]:
    shown = ("kind", "key", "since", "until", "state", "form", "note", "facts")
    return {name: getattr(one, name) for name in shown}

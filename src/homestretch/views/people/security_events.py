"""The security log: everybody's for an administrator, an athlete's for its owners, and one's own for everybody."""

from collections.abc import Collection, Iterator

from homestretch.model.documents.collections import Page
from homestretch.model.documents.security import EventSubject, SecurityEvent
from homestretch.model.moment import iso
from homestretch.model.security.events import Kind
from homestretch.store.database import Database, Reader
from homestretch.store.queries.security_events import StoredEvent, Which, count_events, events_before
from homestretch.store.scope import Scope
from homestretch.views.exports.csv_lines import csv_line
from homestretch.views.kit.paging import MOST, decode_cursor, page

COLUMNS = ("at", "kind", "count", "by", "method", "address", "account", "athlete", "role", "scope", "provider",
           "settings", "sessions")  # fmt: skip
#: What a table says in the place of a name that is gone.
DELETED = "(deleted)"


def all_events(
    reader: Reader, kinds: Collection[Kind], account: int | None, limit: int, cursor: str | None
) -> Page[SecurityEvent]:
    """Return the server's events, of some kinds and by or about one account where that is asked for, newest first.

    Raises BadRequest for a bad cursor.
    """
    return _page(reader, Which(kinds=kinds, account=account), limit, cursor)


def athlete_events(reader: Reader, scope: Scope, limit: int, cursor: str | None) -> Page[SecurityEvent]:
    """Return what happened about an athlete, newest first; only of whoever asks with the network.

    Raises BadRequest for a bad cursor.
    """
    scope.must("people: read")
    return _page(reader, Which(of_athlete=scope.athlete_id), limit, cursor, viewer=scope.account_id or 0)


def own_events(reader: Reader, account_id: int, limit: int, cursor: str | None) -> Page[SecurityEvent]:
    """Return what an account did and what was done to it, newest first; of others without the network.

    Raises BadRequest for a bad cursor.
    """
    return _page(reader, Which(of_account=account_id), limit, cursor, viewer=account_id)


def events_table(database: Database, kinds: Collection[Kind], account: int | None) -> Iterator[bytes]:
    """Yield the server's events as lines of CSV in UTF-8, newest first."""
    yield csv_line(COLUMNS)
    before: int | None = None
    while True:
        with database.read() as reader:
            found = events_before(reader, Which(kinds=kinds, account=account), before, MOST)
        yield b"".join(_line(_event(one)) for one in found)
        if len(found) < MOST:
            return
        before = found[-1].id


def _page(
    reader: Reader, which: Which, limit: int, cursor: str | None, viewer: int | None = None
) -> Page[SecurityEvent]:
    (before,) = (None,) if cursor is None else decode_cursor(cursor, int)
    found = events_before(reader, which, before, limit + 1)
    position = [found[limit - 1].id] if len(found) > limit else None
    return page([_event(one, viewer) for one in found], limit, count_events(reader, which), position)


def _event(one: StoredEvent, viewer: int | None = None) -> SecurityEvent:
    """Return an event; a `viewer` sees the network of itself, and of whoever was not signed in."""
    hidden = viewer is not None and one.by_account not in (None, viewer)
    details = one.details
    return {
        "id": str(one.id),
        "at": iso(one.at_ms) or "",
        "kind": one.kind,
        "method": one.method,
        "by": _subject(one.by_account, one.by_name),
        "account": _subject(one.about_account, one.about_name),
        "athlete": _subject(one.about_athlete, one.athlete_name),
        "address": "" if hidden else one.address,
        "count": one.count,
        "role": details.get("role"),
        "scope": details.get("scope"),
        "provider": details.get("provider"),
        "settings": details.get("settings"),
        "sessions": details.get("sessions"),
    }


def _subject(number: int | None, name: str | None) -> EventSubject | None:
    return None if number is None else {"name": name}


def _line(event: SecurityEvent) -> bytes:
    named = (event["by"], event["account"], event["athlete"])
    by, account, athlete = (None if one is None else one["name"] or DELETED for one in named)
    shown = {**event, "by": by, "account": account, "athlete": athlete, "settings": " ".join(event["settings"] or [])}
    return csv_line(shown[name] for name in COLUMNS)

"""An athlete's links, with their addresses and how often each was opened; and what a link says of itself elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

from homestretch.errors import NotFound
from homestretch.model.documents.sharing import Share, Shared, Shares
from homestretch.model.moment import iso, local_iso
from homestretch.model.sharing import Subject, days_of, range_of
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.planned_routes import find_route
from homestretch.store.queries.shares import StoredShare, hidden_by_default, links_are_on, opens_of, shares_of
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import resolve
from homestretch.views.sharing.sheet import sport_words

#: Returns a link's address on this server, if it is known.
type PathOf = Callable[[StoredShare], str | None]


@dataclass(frozen=True, slots=True)
class Card:
    """What other programs show of a link that somebody sends: a title and a line below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to, as it is now; `name` is None where it has none."""

    subject: Subject
    name: str | None = None
    day: str | None = None


def share_list(
    reader: Reader, scope: Scope, settings: Settings, path_of: PathOf, subject: Subject | None = None
) -> Shares:
    """Return an athlete's links, or those to one subject. Raises NotFound, BadRequest, Forbidden."""
    scope.must("shares: edit")
    wanted = None if subject is None else _target(reader, scope, subject).subject
    opens = opens_of(reader, scope.athlete_id)
    items = []
    for share in shares_of(reader, scope.athlete_id):
        target = _target_or_none(reader, scope, share.subject)
        if wanted is not None and (target is None or target.subject != wanted):
            continue
        counted = opens.get(share.id)
        leads_to = share.subject if target is None else target.subject
        found: Share = {
            "id": share.public_id,
            "kind": leads_to.kind,
            "subject": leads_to.id,
            "name": None if target is None else target.name,
            "day": None if target is None else target.day,
            "gone": target is None,
            "path": path_of(share),
            "hidden": list(share.hidden),
            "until": iso(share.until_ms),
            "password": share.password_hash is not None,
            "made": iso(share.created_ms),
            "revoked": iso(share.revoked_ms),
            "opens": 0 if counted is None else counted.count,
            "last_opened": None if counted is None else counted.last_day,
        }
        items.append(found)
    hidden = hidden_by_default(reader, scope.athlete_id)
    return {"items": items, "hidden": list(hidden), "on": links_are_on(reader, settings)}


def share_shown(reader: Reader, scope: Scope, settings: Settings, path_of: PathOf, share: str) -> Share:
    """Return one of an athlete's links. Raises NotFound, Forbidden."""
    found = share_list(reader, scope, settings, path_of)
    one = next((item for item in found["items"] if item["id"] == share), None)
    if one is None:
        raise NotFound(what="link", id=share)
    return one


def card_of(found: Shared) -> Card:
    """Return what other programs show of a link: nothing that the link itself does not show."""
    if found["kind"] == "activity":
        sport = sport_words(found)
        return _card(found["name"] or sport, sport, found["distance_m"], found["moving_s"], found["day"])
    if found["kind"] == "route":
        return _card(found["name"] or "Route", found["sport"].capitalize(), found["length_m"])
    count, metres = len(found["items"]), [one["distance_m"] or 0.0 for one in found["items"]]
    return _card(f"{found['first']} – {found['last']}", f"{count} activities", sum(metres) or None)


def _card(title: str, what: str, metres: float | None, seconds: float | None = None, day: str | None = None) -> Card:
    distance = None if metres is None else f"{metres / 1000:.1f} km"
    parts = (what, distance, None if seconds is None else _clock(seconds), day)
    return Card(title, " · ".join(part for part in parts if part is not None))


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d} h"


def _target(reader: Reader, scope: Scope, subject: Subject) -> Target:
    """Return what a link to a subject leads to. Raises NotFound, BadRequest."""
    if subject.kind == "activity":
        row = resolve(reader, scope, subject.id)
        return Target(Subject("activity", row.public_id), row.name, local_iso(row.start_ms, row.offset_s)[:10])
    if subject.kind == "route":
        stored = find_route(reader, scope, subject.id)
        if stored.removed_ms is not None:
            raise NotFound(what="planned route", id=subject.id)
        return Target(Subject("route", stored.public_id), stored.name)
    return Target(range_of(*days_of(subject)))


def _target_or_none(reader: Reader, scope: Scope, subject: Subject) -> Target | None:
    try:
        return _target(reader, scope, subject)
    except NotFound:
        return None

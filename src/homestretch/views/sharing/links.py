"""An athlete's links, with their addresses and how often each was opened; and what a link says of itself elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

from homestretch.errors import NotFound
from homestretch.model.documents.sharing import Share, SharedActivity, Shares
from homestretch.model.moment import iso, local_iso
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.samples import Stored
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


def share_list(
    reader: Reader, scope: Scope, settings: Settings, path_of: PathOf, activity: str | None = None
) -> Shares:
    """Return an athlete's links, or those to one activity (by an id). Raises NotFound, Forbidden."""
    scope.must("shares: edit")
    wanted = None if activity is None else resolve(reader, scope, activity).public_id
    opens = opens_of(reader, scope.athlete_id)
    items = []
    for share in shares_of(reader, scope.athlete_id):
        row = _row(reader, scope, share)
        if wanted is not None and (row is None or row.public_id != wanted):
            continue
        counted = opens.get(share.id)
        found: Share = {
            "id": share.public_id,
            "activity": share.subject if row is None else row.public_id,
            "name": None if row is None else row.name,
            "day": None if row is None else local_iso(row.start_ms, row.offset_s)[:10],
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


def card_of(found: SharedActivity) -> Card:
    """Return what other programs show of a link to an activity: nothing that the link itself does not show."""
    sport = sport_words(found)
    metres, seconds = found["distance_m"], found["moving_s"]
    parts = [
        sport,
        None if metres is None else f"{metres / 1000:.1f} km",
        None if seconds is None else _clock(seconds),
        found["day"],
    ]
    return Card(found["name"] or sport, " · ".join(part for part in parts if part is not None))


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d} h"


def _row(reader: Reader, scope: Scope, share: StoredShare) -> Stored | None:
    """Return the activity that a link leads to, None where it is gone."""
    try:
        return resolve(reader, scope, share.subject)
    except NotFound:
        return None

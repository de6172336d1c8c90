"""Planned sessions at intervals.icu: events of its calendar, known again by our id in them.

Only events with our id are written or deleted, each by that id, never those of some days.
"""

import json

from homestretch.net.budget import ChangeRejected, Permit, Reply, UnexpectedResponse, status_of
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.intervals.client import ME, NAME, Intervals

_REFUSED = (400, 403, 404, 409, 422)
#: Its words for the coach's sports.
_WORDS = {
    "ride": "Ride", "run": "Run", "swim": "Swim", "strength": "WeightTraining", "walk": "Walk", "hike": "Hike",
    "row": "Rowing", "ski": "NordicSki", "mobility": "Yoga",
}  # fmt: skip


def send(client: Intervals, change: Change, permit: Permit) -> Written:
    """Make an event there what a session says, or take it away where it has no data; made twice it is made once.

    Raises what calls do, and ChangeRejected.
    """
    name = change.details["external_id"]
    if not change.data:
        reply = client.http.write("PUT", f"{ME}/events/bulk-delete", permit, _REFUSED, json=[{"external_id": name}])
        return Written(Answer("answer.json", "json", _taken(reply).body), change.key)
    # An app of OAuth knows its events by the external id; with a key nobody is an app, and the uid says which it is.
    known_by = "upsert" if "access_token" in client.http.secret else "upsertOnUid"
    asked = {known_by: "true"}
    reply = client.http.write("POST", f"{ME}/events/bulk", permit, _REFUSED, params=asked, json=[_event(change)])
    found = _document(_taken(reply))
    first = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
    if not first.get("id"):
        raise UnexpectedResponse(name=NAME, reason="no event", what="a planned workout")
    return Written(Answer("answer.json", "json", reply.body), str(first["id"]))


def _event(change: Change) -> dict[str, object]:
    details = change.details
    return {
        "category": "WORKOUT",
        "start_date_local": f"{details['date']}T{details['start'] or '00:00'}:00",
        "type": _WORDS.get(details["sport"], "Workout"),
        "name": details["name"],
        "description": change.data.decode(),
        "moving_time": 60 * int(details["minutes"]),
        "indoor": bool(details["indoor"]),
        "external_id": details["external_id"],
        "uid": details["external_id"],
    }


def _taken(reply: Reply) -> Reply:
    """Return a reply that is no refusal. Raises ChangeRejected with what it says is wrong."""
    if reply.status < 400:
        return reply
    if reply.status == 403:
        raise ChangeRejected(name=NAME, reason="it may not change your calendar. Sign in again and allow that.")
    found = _document(reply)
    text = found.get("error") if isinstance(found, dict) else None
    raise ChangeRejected(name=NAME, reason=f"“{text}”." if text else f"error {status_of(reply)}.")


def _document(reply: Reply) -> object:
    try:
        found: object = json.loads(reply.body)
    except ValueError:
        return None
    return found

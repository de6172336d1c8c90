"""What can be changed at intervals.icu: an activity's name, description, sport, gear; new files; planned workouts."""

import json
from typing import Any

from homestretch.net.budget import ChangeRejected, Permit, Reply, UnexpectedResponse, status_of
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.intervals._sports import sport_of, word_for
from homestretch.sources.intervals.client import API, ME, NAME, Intervals
from homestretch.sources.intervals.events import send
from homestretch.sources.intervals.listing import gear_of

_REFUSED = (400, 403, 409, 422)


def write(client: Intervals, change: Change, permit: Permit) -> Written:
    """Make a change; made twice it is made once. Raises what calls do, and ChangeRejected with its reason."""
    if change.what == "upload":
        return _upload(client, change, permit)
    if change.what == "session":
        return send(client, change, permit)
    url = f"{API}/activity/{change.key}"
    reply = _taken(client.http.write("PUT", url, permit, _REFUSED, json=_field(change)))
    return Written(_answer(reply), change.key)


def now(client: Intervals, change: Change) -> str:
    """Return what a field says there now. Raises ChangeRejected."""
    reply = client.http.get(f"{API}/activity/{change.key}", reads=(403, 422))
    found = _document(_taken(reply))
    if change.what == "gear":
        return gear_of(found)[0] or ""
    if change.what != "sport":
        return str(found.get(change.what) or "")
    sport = sport_of(found)
    return f"{sport.key}/{sport.sub}" if sport.sub else sport.key


def follow(client: Intervals, task: str) -> Written:
    """Say that there is nothing to ask after: what it takes it has at once. Raises ChangeRejected."""
    raise ChangeRejected(name=NAME, reason="the upload was not found.")


def _field(change: Change) -> dict[str, Any]:
    """Return what is to be put. Raises ChangeRejected for a sport that it has no word for."""
    if change.what == "gear":
        return {"gear": {"id": change.value} if change.value else None}
    if change.what == "sport":
        word = word_for(change.value)
        if word is None:
            raise ChangeRejected(name=NAME, reason=f"it has no sport for {change.value.replace('_', ' ')}.")
        return {"type": word}
    return {change.what: change.value}


def _upload(client: Intervals, change: Change, permit: Permit) -> Written:
    """Upload a file; it knows one by its bytes, and answers with the activity that is there."""
    texts = {name: str(change.details[name]) for name in ("name", "description") if change.details.get(name)}
    files = {"file": (change.value, change.data, "application/octet-stream")}
    asked = {**texts, "external_id": change.value}
    reply = _taken(client.http.write("POST", f"{ME}/activities", permit, _REFUSED, params=asked, files=files))
    found = _document(reply)
    listed = found.get("activities")
    first = next((one for one in listed if isinstance(one, dict)), {}) if isinstance(listed, list) else {}
    key = found.get("id") or first.get("id")
    if not key:
        raise UnexpectedResponse(name=NAME, reason="no activity", what="an upload")
    return Written(_answer(reply), str(key))


def _taken(reply: Reply) -> Reply:
    """Return a reply that is no refusal. Raises ChangeRejected with what it says is wrong."""
    if reply.status < 400:
        return reply
    said = _document(reply).get("error")
    if reply.status == 404 and not said:
        raise ChangeRejected(name=NAME, reason="the activity no longer exists there.")
    raise ChangeRejected(name=NAME, reason=f"“{said}”." if said else f"error {status_of(reply)}.")


def _document(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _answer(reply: Reply) -> Answer:
    return Answer("answer.json", "json", reply.body)

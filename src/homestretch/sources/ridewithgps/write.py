"""What can be changed at Ride with GPS: a trip's name, description and gear; files become trips after a while."""

import json
from typing import Any

from homestretch.net.budget import ChangeRejected, Permit, Reply, UnexpectedResponse, status_of
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.ridewithgps.client import API, NAME, SITE, RideWithGPS
from homestretch.sources.ridewithgps.decode import gear_of

_FIELDS = {"name": "name", "description": "description", "gear": "gear_id"}
#: Its newer interface may not change trips yet; the older one, at another address, may.
_UNKNOWN = (404, 405)
#: It says what is wrong with the change.
_REFUSED = (400, 403, 405, 422)
_REASONS = {
    "time_data_missing": "the file has no times",
    "no_tracks": "the file has no track",
    "empty_file": "the file is empty",
    "parse_failed": "it could not read the file",
    "failed_to_process": "it could not create a trip from the file",
}


def write(client: RideWithGPS, change: Change, permit: Permit) -> Written:
    """Make a change; made twice it is made once. Raises what calls do, and ChangeRejected with its reason."""
    if change.what == "upload":
        return _upload(client, change, permit)
    if change.what not in _FIELDS:
        raise ChangeRejected(name=NAME, reason=f"the {change.what} of a trip can't be changed there.")
    body = {"trip": {_FIELDS[change.what]: _value(change)}}
    for place in (API, SITE):
        reply = client.http.write("PUT", f"{place}/trips/{change.key}.json", permit, _REFUSED, json=body)
        if reply.status not in _UNKNOWN:
            break
    if reply.status >= 400:
        raise ChangeRejected(name=NAME, reason=_said(reply))
    return Written(_answer(reply), change.key)


def now(client: RideWithGPS, change: Change) -> str:
    """Return what a field says there now. Raises ChangeRejected."""
    reply = client.http.get(f"{API}/trips/{change.key}.json", reads=(403,))
    found = _document(reply).get("trip")
    if reply.status >= 400:
        raise ChangeRejected(name=NAME, reason=_said(reply))
    if not isinstance(found, dict):
        raise UnexpectedResponse(name=NAME, reason="no trip", what=f"the request for trip {change.key}")
    return gear_of(found) or "" if change.what == "gear" else str(found.get(change.what) or "")


def follow(client: RideWithGPS, task: str) -> Written:
    """Ask once for the outcome of an upload; one that was there already is the trip that is there.

    Raises ChangeRejected.
    """
    reply = client.http.get(f"{API}/tasks/{task}.json")
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason="the upload was not found.")
    found = _document(reply).get("task")
    if not isinstance(found, dict):
        raise UnexpectedResponse(name=NAME, reason="no task", what="the request for an upload")
    return _became(found, reply, task)


def _became(found: dict[str, Any], reply: Reply, task: str) -> Written:
    """Return the outcome of a task. A duplicate without a trip in the answer is written under an unknown key."""
    errors = [one for one in _list(found.get("errors")) if isinstance(one, dict)]
    items = [one for one in _list(found.get("items")) if isinstance(one, dict) and one.get("item_id") is not None]
    if items:
        return Written(_answer(reply), str(items[0]["item_id"]))
    twice = next((one for one in errors if one.get("code") == "duplicate"), None)
    if twice is not None:
        there = next((twice[name] for name in ("item_id", "trip_id", "duplicate_id") if twice.get(name)), None)
        return Written(_answer(reply), None if there is None else str(there))
    if errors or str(found.get("status")) == "failed":
        code = str(errors[0].get("code")) if errors else "failed_to_process"
        said = _REASONS.get(code) or str(errors[0].get("message") or code)
        raise ChangeRejected(name=NAME, reason=f"{said}.")
    if found.get("status") == "completed":
        raise UnexpectedResponse(name=NAME, reason="nothing", what="an upload that is done")
    return Written(_answer(reply), task=task)


def _upload(client: RideWithGPS, change: Change, permit: Permit) -> Written:
    there = {"name": "name", "description": "description", "gear": "gear_id"}
    fields = {field: str(change.details[name]) for name, field in there.items() if change.details.get(name)}
    files = {"file": (change.value, change.data, "application/octet-stream")}
    reply = client.http.write("POST", f"{API}/trips.json", permit, _REFUSED, data=fields, files=files)
    if reply.status >= 400:
        raise ChangeRejected(name=NAME, reason=_said(reply))
    task, trip = (_document(reply).get(name) for name in ("task", "trip"))
    if isinstance(trip, dict) and trip.get("id") is not None:
        return Written(_answer(reply), str(trip["id"]))
    if not isinstance(task, dict) or task.get("id") is None:
        raise UnexpectedResponse(name=NAME, reason="no task", what="an upload")
    return _became(task, reply, str(task["id"]))


def _value(change: Change) -> str | int | None:
    if change.what != "gear":
        return change.value
    return int(change.value) if change.value.isdecimal() else change.value or None


def _said(reply: Reply) -> str:
    """Return the reason that a refusal gives, in its words."""
    found = _document(reply)
    said = found.get("error") or ", ".join(str(one) for one in _list(found.get("errors")))
    if reply.status in _UNKNOWN and not said:
        said = "Not Found"
    return f"“{said}”." if said else f"error {status_of(reply)}."


def _document(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _answer(reply: Reply) -> Answer:
    return Answer("answer.json", "json", reply.body)

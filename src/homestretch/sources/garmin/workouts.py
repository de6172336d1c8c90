"""Planned sessions at Garmin: a workout of its library, scheduled on a day, with our mark in its description.

Each step looks at what is there first, so that after a lost answer or a kill the next try goes on from it: a session is
there once or not at all. A workout without our mark is never touched.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from homestretch.net.budget import ChangeRejected, Permit, Reply, UnexpectedResponse, status_of
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.garmin.client import NAME, Garmin

type _Object = Mapping[str, object]

_SERVICE = "/workout-service"
_WORKOUT, _SCHEDULE = f"{_SERVICE}/workout", f"{_SERVICE}/schedule"
_REFUSED = (400, 403, 406, 409, 412, 415, 422)
#: Workouts of a page of the library, and the longest description that Garmin takes.
_PAGE, _LONGEST = 200, 1000


def send(client: Garmin, change: Change, permit: Permit) -> Written:
    """Make a workout and its day there what a session says, or take both away where it has no data.

    Raises what calls do, and ChangeRejected.
    """
    there = _ours(client, change)
    if not change.data:
        return _take_away(client, change, there, permit)
    if there is None:
        reply = _taken(client.session.write("POST", _WORKOUT, permit, _REFUSED, once=True, json=_body(change)))
        key = _key(_document(reply))
        if key is None:
            raise UnexpectedResponse(name=NAME, reason="no workout", what="a new workout")
        answer = Answer("answer.json", "json", reply.body)
    else:
        key, answer = _key(there) or "", Answer("answer.json", "json", b"{}")
        if not _is_newest(there, change):
            path, body = f"{_WORKOUT}/{key}", {**_body(change), "workoutId": int(key)}
            reply = _taken(client.session.write("PUT", path, permit, _REFUSED, json=body))
            answer = Answer("answer.json", "json", reply.body)
    _schedule(client, change, key, permit)
    return Written(answer, key)


def _take_away(client: Garmin, change: Change, there: _Object | None, permit: Permit) -> Written:
    key = None if there is None else _key(there)
    if key is not None:
        for entry in _scheduled(client, change, key):
            if entry["date"] == change.details["was"]:
                _delete(client, f"{_SCHEDULE}/{entry['id']}", permit)
        _delete(client, f"{_WORKOUT}/{key}", permit)
    return Written(Answer("answer.json", "json", b"{}"), change.key)


def _schedule(client: Garmin, change: Change, key: str, permit: Permit) -> None:
    """Put a workout on its day, then take it off the day that we had put it on."""
    there, day = list(_scheduled(client, change, key)), change.details["date"]
    if all(entry["date"] != day for entry in there):
        path = f"{_SCHEDULE}/{key}"
        _taken(client.session.write("POST", path, permit, _REFUSED, once=True, json={"date": day}))
    for entry in there:
        if entry["date"] == change.details["was"] != day:
            _delete(client, f"{_SCHEDULE}/{entry['id']}", permit)


def _scheduled(client: Garmin, change: Change, key: str) -> Iterator[_Object]:
    """Yield the days of a workout in the calendar, in the months of a session's days."""
    days = {date.fromisoformat(day) for day in (change.details["date"], change.details["was"]) if day}
    for year, month in sorted({(day.year, day.month) for day in days}):
        found = _document(client.session.get(f"/calendar-service/year/{year}/month/{month - 1}"))
        listed = found.get("calendarItems") if isinstance(found, dict) else None
        if not isinstance(listed, list):
            raise UnexpectedResponse(name=NAME, reason="no list", what="the request for the calendar")
        for entry in listed:
            workout = isinstance(entry, dict) and entry.get("itemType") == "workout" and entry.get("id")
            if workout and str(entry.get("workoutId")) == key:
                yield entry


def _ours(client: Garmin, change: Change) -> _Object | None:
    """Return the session's workout that is there, by its key or else by our mark, or None."""
    if change.key and (found := _whole(client, change.key)) is not None and _marked(found, change):
        return found
    for listed in _library(client):
        if _marked(listed, change):
            return listed
        unsaid = listed.get("description") is None and listed.get("workoutName") == change.details["name"]
        if unsaid and (key := _key(listed)) is not None:  # a list may leave descriptions out
            found = _whole(client, key)
            if found is not None and _marked(found, change):
                return found
    return None


def _library(client: Garmin) -> Iterator[_Object]:
    """Yield the athlete's workouts, the latest first."""
    start = 0
    while True:
        asked = {"start": str(start), "limit": str(_PAGE), "orderBy": "UPDATE_DATE", "orderSeq": "DESC"}
        found = _document(client.session.get(f"{_SERVICE}/workouts", asked))
        if not isinstance(found, list):
            raise UnexpectedResponse(name=NAME, reason="no list", what="the request for workouts")
        yield from (entry for entry in found if isinstance(entry, dict))
        if len(found) < _PAGE:
            return
        start += _PAGE


def _whole(client: Garmin, key: str) -> _Object | None:
    reply = client.session.get(f"{_WORKOUT}/{key}")
    found = _document(reply)
    return found if reply.status == 200 and isinstance(found, dict) else None


def _body(change: Change) -> dict[str, object]:
    body: dict[str, object] = {"estimatedDurationInSecs": 60 * change.details["minutes"], **json.loads(change.data)}
    note = str(change.details.get("note") or "")[:_LONGEST]
    mark = f"{change.details['external_id']}#{change.details['digest']}"
    return {**body, "description": f"{note}\n\n{mark}" if note else mark}


def _marked(workout: _Object, change: Change) -> bool:
    return f"{change.details['external_id']}#" in str(workout.get("description") or "")


def _is_newest(workout: _Object, change: Change) -> bool:
    mark = f"{change.details['external_id']}#{change.details['digest']}"
    return mark in str(workout.get("description") or "")


def _delete(client: Garmin, path: str, permit: Permit) -> None:
    """Delete what lies at a path; what is not there any more is deleted."""
    reply = client.session.write("DELETE", path, permit, _REFUSED)
    if reply.status != 404:
        _taken(reply)


def _taken(reply: Reply) -> Reply:
    """Return a reply that is no refusal. Raises ChangeRejected with what Garmin says is wrong."""
    if reply.status < 400:
        return reply
    found = _document(reply)
    text = found.get("message") if isinstance(found, dict) else None
    raise ChangeRejected(name=NAME, reason=f"“{text}”." if text else f"error {status_of(reply)}.")


def _key(workout: object) -> str | None:
    key = workout.get("workoutId") if isinstance(workout, dict) else None
    return str(key) if key else None


def _document(reply: Reply) -> object:
    try:
        found: object = json.loads(reply.body)
    except ValueError:
        return None
    return found

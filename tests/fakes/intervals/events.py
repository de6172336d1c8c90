"""The calendar: events in bulk, known again by external id (of one app) or by uid, and deleted by external id."""

import json
import re
from typing import TYPE_CHECKING, Any

from tests.fakes._site import Asked
from tests.fakes.garmin.asked import Reply, told

if TYPE_CHECKING:
    from tests.fakes.intervals.server import FakeIntervals

_FIRST = 7_000_001
#: What of an event may be written, and what has to be.
_FIELDS = {
    "id", "category", "start_date_local", "type", "name", "description", "moving_time", "indoor", "external_id", "uid",
}  # fmt: skip
_NEEDED = {"category", "start_date_local", "type", "name"}
_CATEGORIES = ("WORKOUT", "NOTE", "RACE_A", "RACE_B", "RACE_C", "HOLIDAY", "SICK", "INJURED", "TARGET", "PLAN")


def put(fake: "FakeIntervals", ask: Asked) -> Reply:
    """Make events, or change those with the same external id and app (`upsert`), or the same uid (`upsertOnUid`)."""
    app = _app(ask)
    given = json.loads(ask.body)
    if not isinstance(given, list):
        return told({"status": 422, "error": "A list is wanted"}, 422)
    for event in given:
        if (problem := _problem(event)) is not None:
            fake.problems.append(problem)
            return told({"status": 422, "error": problem}, 422)
    return told([_put(fake, ask, app, event) for event in given])


def _put(fake: "FakeIntervals", ask: Asked, app: str | None, event: dict[str, Any]) -> dict[str, Any]:
    fake.written += 1
    known = None
    if ask.query.get("upsert") == "true" and app is not None:
        known = _found(fake, lambda one: (one["oauth_client_id"], one["external_id"]) == (app, event["external_id"]))
    elif ask.query.get("upsertOnUid") == "true" and ask.query.get("upsert") != "true":
        known = _found(fake, lambda one: one["uid"] == event["uid"])
    number = _FIRST + fake.written if known is None else known
    fake.events[number] = {**event, "id": number, "oauth_client_id": app, "athlete_id": "i7"}
    return fake.events[number]


def _found(fake: "FakeIntervals", same: Any) -> int | None:
    return next((number for number, event in fake.events.items() if same(event)), None)


def _problem(event: dict[str, Any]) -> str | None:
    if not _NEEDED <= event.keys() <= _FIELDS:
        return f"an event of {sorted(event)}"
    if event["category"] not in _CATEGORIES:
        return f"no category {event['category']}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00", event["start_date_local"]):
        return f"no local date {event['start_date_local']}"
    return None


def delete(fake: "FakeIntervals", ask: Asked) -> Reply:
    """Delete events by id or external id; what is not there is no problem."""
    wanted = json.loads(ask.body)
    ids = {one["id"] for one in wanted if "id" in one}
    names = {one["external_id"] for one in wanted if "external_id" in one}
    gone = [number for number, one in fake.events.items() if number in ids or one.get("external_id") in names]
    for number in gone:
        del fake.events[number]
    return told({"eventsDeleted": len(gone)})


def delete_range(fake: "FakeIntervals", ask: Asked) -> Reply:
    """Delete whatever is on some days: nobody is to ask for that, for it deletes others' events too."""
    fake.problems.append(f"a range delete of {ask.raw_query}")
    return told({"status": 403, "error": "no"}, 403)


def _app(ask: Asked) -> str | None:
    return "214" if ask.headers.get("authorization", "").startswith("Bearer ") else None

"""What can be changed at Garmin: an activity's name, description, type and gear; new files; and planned workouts."""

import json
from collections.abc import Mapping
from typing import Any

from homestretch.net.budget import ChangeRejected, Permit, Reply, UnexpectedResponse, status_of
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.garmin.client import NAME, Garmin
from homestretch.sources.garmin.workouts import send
from homestretch.vendors.sport_names import sport_named

_ACTIVITY = "/activity-service/activity"
_GEAR = "/gear-service/gear"
_FIELDS = {"name": "activityName", "description": "description"}
_REFUSED = (400, 403, 406, 409, 412, 415, 422)
#: What Garmin calls an upload that it has.
_DUPLICATE = 202
_FORMS = ("fit", "tcx", "gpx")
#: Garmin's names of a sport of ours, by its kind first; the first that it has of them is meant.
_TYPES: Mapping[tuple[str, str | None], tuple[str, ...]] = {
    ("cycling", None): ("cycling",), ("cycling", "road"): ("road_biking",),
    ("cycling", "mountain"): ("mountain_biking",), ("cycling", "downhill"): ("downhill_biking", "mountain_biking"),
    ("cycling", "gravel_cycling"): ("gravel_cycling",), ("cycling", "cyclocross"): ("cyclocross",),
    ("cycling", "indoor_cycling"): ("indoor_cycling",), ("cycling", "virtual_activity"): ("virtual_ride",),
    ("cycling", "track_cycling"): ("track_cycling",), ("cycling", "recumbent"): ("recumbent_cycling",),
    ("cycling", "hand_cycling"): ("hand_cycling",), ("e_biking", None): ("e_bike_fitness",),
    ("e_biking", "e_bike_mountain"): ("e_bike_mountain",), ("running", None): ("running",),
    ("running", "street"): ("street_running",), ("running", "trail"): ("trail_running",),
    ("running", "track"): ("track_running",), ("running", "treadmill"): ("treadmill_running",),
    ("running", "indoor_running"): ("indoor_running", "treadmill_running"),
    ("running", "virtual_activity"): ("virtual_run",), ("walking", None): ("walking",),
    ("walking", "casual_walking"): ("casual_walking",), ("walking", "speed_walking"): ("speed_walking",),
    ("walking", "indoor_walking"): ("indoor_walking",), ("hiking", None): ("hiking",),
    ("mountaineering", None): ("mountaineering",), ("snowshoeing", None): ("snow_shoe_ws", "snow_shoe"),
    ("swimming", None): ("swimming",), ("swimming", "lap_swimming"): ("lap_swimming",),
    ("swimming", "open_water"): ("open_water_swimming",), ("rowing", None): ("rowing_v2", "rowing"),
    ("rowing", "indoor_rowing"): ("indoor_rowing",), ("kayaking", None): ("kayaking_v2", "kayaking"),
    ("paddling", None): ("paddling_v2", "paddling"),
    ("stand_up_paddleboarding", None): ("stand_up_paddleboarding_v2", "stand_up_paddleboarding"),
    ("sailing", None): ("sailing_v2", "sailing"), ("surfing", None): ("surfing_v2", "surfing"),
    ("cross_country_skiing", None): ("cross_country_skiing_ws", "cross_country_skiing"),
    ("cross_country_skiing", "skate_skiing"): ("skate_skiing_ws", "skate_skiing"),
    ("alpine_skiing", None): ("resort_skiing", "resort_skiing_snowboarding_ws", "resort_skiing_snowboarding"),
    ("alpine_skiing", "backcountry"): ("backcountry_skiing", "backcountry_skiing_snowboarding_ws"),
    ("snowboarding", None): ("resort_snowboarding", "resort_skiing_snowboarding_ws"),
    ("ice_skating", None): ("skating_ws", "skating"), ("inline_skating", None): ("inline_skating",),
    ("training", "strength_training"): ("strength_training",), ("training", "yoga"): ("yoga",),
    ("training", "pilates"): ("pilates",), ("training", "cardio_training"): ("indoor_cardio",),
    ("training", "hiit"): ("hiit",), ("training", None): ("fitness_equipment",),
    ("fitness_equipment", None): ("fitness_equipment",), ("fitness_equipment", "elliptical"): ("elliptical",),
    ("fitness_equipment", "stair_climbing"): ("stair_climbing",), ("rock_climbing", None): ("rock_climbing",),
    ("horseback_riding", None): ("horseback_riding",), ("golf", None): ("golf",),
    ("tennis", None): ("tennis_v2", "tennis"),
    ("multisport", None): ("multi_sport",), ("generic", None): ("other",),
}  # fmt: skip


def write(client: Garmin, change: Change, permit: Permit) -> Written:
    """Make a change; made twice it is made once. Raises what calls do, and ChangeRejected with Garmin's reason."""
    if change.what == "upload":
        return _upload(client, change, permit)
    if change.what == "gear":
        return _gear(client, change, permit)
    if change.what == "session":
        return send(client, change, permit)
    if change.what == "sport":
        return _put(client, change, permit, {"activityTypeDTO": _type(client, change.value)})
    return _put(client, change, permit, {_FIELDS[change.what]: change.value})


def now(client: Garmin, change: Change) -> str:
    """Return what a field says there now; of several pieces of gear the keys of all. Raises ChangeRejected."""
    if change.what == "gear":
        return " ".join(_gear_keys(client, change.key))
    reply = _taken(client.session.get(f"{_ACTIVITY}/{change.key}"))
    found = _document(reply)
    if not isinstance(found, dict):
        raise UnexpectedResponse(name=NAME, reason="no activity", what=f"the request for activity {change.key}")
    if change.what != "sport":
        return str(found.get(_FIELDS[change.what]) or "")
    kind = found.get("activityTypeDTO")
    sport = sport_named(kind.get("typeKey") if isinstance(kind, dict) else None)
    return f"{sport.key}/{sport.sub}" if sport.sub else sport.key


def follow(client: Garmin, task: str) -> Written:
    """Ask once for the outcome of an upload. Raises ChangeRejected."""
    reply = client.session.get(f"{_ACTIVITY}/status/{task}")
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason="the upload was not found.")
    return _became(reply, task)


def _put(client: Garmin, change: Change, permit: Permit, fields: Mapping[str, Any]) -> Written:
    body = {"activityId": int(change.key), **fields}
    reply = client.session.write("PUT", f"{_ACTIVITY}/{change.key}", permit, _REFUSED, json=body)
    return Written(_answer(_taken(reply)), change.key)


def _type(client: Garmin, said: str) -> dict[str, Any]:
    """Return Garmin's type of a sport of ours, `cycling` or `cycling/mountain`. Raises ChangeRejected."""
    key, _, sub = said.partition("/")
    names = _TYPES.get((key, sub or None)) or _TYPES.get((key, None)) or ()
    listed = _document(client.session.get(f"{_ACTIVITY}/activityTypes"))
    known = {
        str(one.get("typeKey")): one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)
    }
    found = next((known[name] for name in names if name in known), None)
    if found is None:
        raise ChangeRejected(name=NAME, reason=f"it has no activity type for {said.replace('_', ' ')}.")
    return {name: found.get(name) for name in ("typeId", "typeKey", "parentTypeId")}


def _gear(client: Garmin, change: Change, permit: Permit) -> Written:
    """Link the new gear, then unlink any other; an empty value unlinks all."""
    there = _gear_keys(client, change.key)
    missing = [("link", change.value)] if change.value and change.value not in there else []
    answer = Answer("answer.json", "json", b"[]")
    for word, key in (*missing, *(("unlink", other) for other in there if other != change.value)):
        path = f"{_GEAR}/{word}/{key}/activity/{change.key}"
        answer = _answer(_taken(client.session.write("PUT", path, permit, _REFUSED)))
    return Written(answer, change.key)


def _gear_keys(client: Garmin, key: str) -> list[str]:
    """Return the keys of the gear of an activity. Raises UnexpectedResponse, ChangeRejected."""
    reply = _taken(client.session.get(f"{_GEAR}/filterGear", {"activityId": key}))
    listed = _document(reply)
    if not isinstance(listed, list):
        raise UnexpectedResponse(name=NAME, reason="no list", what="the request for an activity's gear")
    return [str(one["uuid"]) for one in listed if isinstance(one, dict) and one.get("uuid")]


def _upload(client: Garmin, change: Change, permit: Permit) -> Written:
    form = change.value.rpartition(".")[2].lower()
    if form not in _FORMS:
        raise ChangeRejected(name=NAME, reason=f"{change.value} is not a FIT, TCX or GPX file.")
    files = {"file": (change.value, change.data, "application/octet-stream")}
    reply = client.session.write("POST", f"/upload-service/upload/{form}", permit, _REFUSED, files=files)
    where = reply.headers.get("location", "").rpartition("/status/")[2]
    return _became(reply, where or None)


def _became(reply: Reply, task: str | None) -> Written:
    """Return the outcome of an upload: one that Garmin has already is the activity that is there.

    Raises ChangeRejected.
    """
    found = _document(reply)
    result = found.get("detailedImportResult") if isinstance(found, dict) else None
    result = result if isinstance(result, dict) else {}
    for one in _rows(result.get("successes")):
        if one.get("internalId"):
            return Written(_answer(reply), str(one["internalId"]))
    for one in _rows(result.get("failures")):
        said = _rows(one.get("messages"))
        if any(message.get("code") == _DUPLICATE for message in said):
            return Written(_answer(reply), str(one["internalId"]) if one.get("internalId") else None)
        words = ", ".join(str(message.get("content")) for message in said if message.get("content"))
        raise ChangeRejected(name=NAME, reason=f"“{words}”." if words else "the file could not be imported.")
    _taken(reply)
    if task is None:
        raise UnexpectedResponse(name=NAME, reason="nothing", what="an upload")
    return Written(_answer(reply), task=task)


def _taken(reply: Reply) -> Reply:
    """Return a reply that is no refusal. Raises ChangeRejected with what Garmin says is wrong."""
    if reply.status < 400:
        return reply
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason="the activity or gear no longer exists there.")
    found = _document(reply)
    said = found.get("message") if isinstance(found, dict) else None
    raise ChangeRejected(name=NAME, reason=f"“{said}”." if said else f"error {status_of(reply)}.")


def _document(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except ValueError:
        return None


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _answer(reply: Reply) -> Answer:
    return Answer("answer.json", "json", reply.body)

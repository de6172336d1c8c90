"""The changes possible at Strava: name, description, gear and sport of an activity, new files, and webhooks."""

import json
import re
from typing import Any

from homestretch.net.budget import ChangeRejected, Permit, Reply
from homestretch.sources.base import Answer, Change, Written
from homestretch.sources.strava.client import NAME, WRITE, Strava, document, errors, subscriptions
from homestretch.sources.strava.webhook import verify_token
from homestretch.vendors.sport_names import sport_named

#: Strava's fields by ours.
FIELDS = {"name": "name", "description": "description", "gear": "gear_id", "sport": "sport_type"}
TYPES = ("fit.gz", "tcx.gz", "gpx.gz", "fit", "tcx", "gpx")
_GONE = "the activity no longer exists there."
_DUPLICATE = re.compile(r"duplicate of.*?(?:/activities/|activity )(\d+)", re.DOTALL)
#: Strava's word for each sport of ours, by its kind first.
_SPORTS = {
    ("cycling", None): "Ride", ("cycling", "mountain"): "MountainBikeRide",
    ("cycling", "gravel_cycling"): "GravelRide", ("cycling", "virtual_activity"): "VirtualRide",
    ("cycling", "hand_cycling"): "Handcycle", ("cycling", "recumbent"): "Velomobile", ("e_biking", None): "EBikeRide",
    ("e_biking", "e_bike_mountain"): "EMountainBikeRide", ("running", None): "Run", ("running", "trail"): "TrailRun",
    ("running", "virtual_activity"): "VirtualRun", ("walking", None): "Walk", ("hiking", None): "Hike",
    ("mountaineering", None): "Hike", ("snowshoeing", None): "Snowshoe", ("swimming", None): "Swim",
    ("rowing", None): "Rowing", ("rowing", "virtual_activity"): "VirtualRow", ("kayaking", None): "Kayaking",
    ("paddling", None): "Canoeing", ("canoeing", None): "Canoeing",
    ("stand_up_paddleboarding", None): "StandUpPaddling", ("sailing", None): "Sail", ("surfing", None): "Surfing",
    ("windsurfing", None): "Windsurf", ("kitesurfing", None): "Kitesurf", ("cross_country_skiing", None): "NordicSki",
    ("alpine_skiing", None): "AlpineSki", ("alpine_skiing", "backcountry"): "BackcountrySki",
    ("snowboarding", None): "Snowboard", ("ice_skating", None): "IceSkate", ("inline_skating", None): "InlineSkate",
    ("training", "strength_training"): "WeightTraining", ("training", "yoga"): "Yoga",
    ("training", "pilates"): "Pilates", ("training", None): "Workout",
    ("fitness_equipment", "elliptical"): "Elliptical", ("fitness_equipment", "stair_climbing"): "StairStepper",
    ("hiit", None): "HighIntensityIntervalTraining", ("rock_climbing", None): "RockClimbing", ("golf", None): "Golf",
    ("tennis", None): "Tennis", ("soccer", None): "Soccer", ("racket", "badminton"): "Badminton",
    ("racket", "pickleball"): "Pickleball", ("racket", "squash"): "Squash", ("racket", "racquetball"): "Racquetball",
    ("racket", "table_tennis"): "TableTennis", ("generic", None): "Workout",
}  # fmt: skip


def write(client: Strava, change: Change, permit: Permit) -> Written:
    """Make a change; made twice it is made once. Raises what calls do, and ChangeRejected with Strava's reason.

    What is handed back as its answer is no more than the terms let us keep: that it was taken, and of what.
    """
    if change.what == "messages":
        return _subscribed(client, change.value, permit)
    if not client.may(WRITE):
        reason = "changing activities was not allowed. Sign in again and leave “Upload your activities” ticked."
        raise ChangeRejected(name=NAME, reason=reason)
    return _upload(client, change, permit) if change.what == "upload" else _corrected(client, change, permit)


def now(client: Strava, change: Change) -> str:
    """Return what a field says there now. Raises ChangeRejected."""
    reply = client.get(f"/activities/{change.key}")
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason=_GONE)
    said = str(document(reply, "the request for an activity").get(FIELDS[change.what]) or "")
    if change.what != "sport":
        return said
    sport = sport_named(said)
    return f"{sport.key}/{sport.sub}" if sport.sub else sport.key


def follow(client: Strava, task: str) -> Written:
    """Ask once for the outcome of an upload. Raises ChangeRejected."""
    reply = client.get(f"/uploads/{task}")
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason="the upload was not found.")
    return _uploaded(document(reply, "the request for an upload"))


def _corrected(client: Strava, change: Change, permit: Permit) -> Written:
    value = _sport(change.value) if change.what == "sport" else change.value
    body = {FIELDS[change.what]: value}
    reply = client.write("PUT", f"/activities/{change.key}", permit, (400, 422), json=body)
    if reply.status == 404:
        raise ChangeRejected(name=NAME, reason=_GONE)
    found = document(_taken(reply), "a change")
    return Written(_kept({"id": found.get("id"), "changed": FIELDS[change.what]}), change.key)


def _subscribed(client: Strava, address: str, permit: Permit) -> Written:
    """Subscribe Strava's messages to an address; an application has one subscription. Raises ChangeRejected."""
    secret = client.http.secret
    who = {"client_id": str(secret.get("client_id")), "client_secret": str(secret.get("client_secret"))}
    known = subscriptions(client.get("/push_subscriptions", who))
    if any(one.get("callback_url") == address for one in known):
        return Written(_kept({"subscribed": True}))
    for one in known:
        client.write("DELETE", f"/push_subscriptions/{one.get('id')}", permit, (404,), params=who)
    asked = {**who, "callback_url": address, "verify_token": verify_token(secret)}
    reply = client.write("POST", "/push_subscriptions", permit, (400, 409, 422), data=asked)
    return Written(_kept({"subscribed": bool(document(_taken(reply), "a subscription"))}))


def _sport(said: str) -> str:
    """Return Strava's word for a sport, ours as `cycling` or `cycling/mountain`. Raises ChangeRejected."""
    key, _, sub = said.partition("/")
    found = _SPORTS.get((key, sub or None)) or _SPORTS.get((key, None))
    if found is None:
        raise ChangeRejected(name=NAME, reason=f"it has no sport for {said.replace('_', ' ')}.")
    return found


def _upload(client: Strava, change: Change, permit: Permit) -> Written:
    form = next((one for one in TYPES if change.value.lower().endswith(f".{one}")), None)
    if form is None:
        raise ChangeRejected(name=NAME, reason=f"{change.value} is not a FIT, TCX or GPX file.")
    fields = {"data_type": form, "external_id": change.value}
    fields |= {name: str(change.details[name]) for name in ("name", "description") if change.details.get(name)}
    files = {"file": (change.value, change.data, "application/octet-stream")}
    reply = client.write("POST", "/uploads", permit, (400, 409, 422), data=fields, files=files)
    return _uploaded(document(_taken(reply), "an upload"))


def _uploaded(found: dict[str, Any]) -> Written:
    """Return the outcome of an upload: a duplicate is the activity that is there. Raises ChangeRejected."""
    error, key = found.get("error"), found.get("activity_id")
    if error:
        same = _DUPLICATE.search(str(error))
        if same is None:
            raise ChangeRejected(name=NAME, reason=str(error))
        key = same[1]
    number = str(found.get("id_str") or found.get("id") or "")
    answer = _kept({"upload": number, "activity": key and str(key), "duplicate": bool(error)})
    return Written(answer, str(key)) if key else Written(answer, task=number)


def _taken(reply: Reply) -> Reply:
    """Return a reply that is no refusal. Raises ChangeRejected with what Strava says is wrong."""
    if reply.status < 400:
        return reply
    said = [" ".join(str(error[name]) for name in ("field", "code") if error.get(name)) for error in errors(reply)]
    raise ChangeRejected(name=NAME, reason=f"{', '.join(said) or f'error {reply.status}'}.")


def _kept(said: dict[str, Any]) -> Answer:
    return Answer("answer.json", "json", json.dumps(said).encode())

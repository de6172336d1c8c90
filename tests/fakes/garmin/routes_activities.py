"""What answers for activities, gear and the athlete."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from tests.fakes.garmin import activity, charts, files, profile
from tests.fakes.garmin.asked import BYTES, Ask, Refusal, Reply, forbidden, missing, told, wrong
from tests.fakes.garmin.facts import SPORTS, Facts
from tests.fakes.garmin.fitness import POWER_FLOORS, ZONE_FLOORS

_MOST = 1000
_UPLOADED_MS = "1767225600000"


def own_name(ask: Ask) -> None:
    """Refuse a path that names someone else."""
    if unquote(ask.parts["name"]) != ask.account.display_name:
        raise forbidden()


def facts_of(ask: Ask) -> Facts:
    """Return the activity that the path names; 404 if there is none."""
    try:
        return ask.account.facts(int(ask.parts["id"]))
    except (KeyError, ValueError) as gone:
        raise missing() from gone


def _search(ask: Ask) -> Reply:
    start, limit = int(ask.one("start", "0")), int(ask.one("limit", "20"))
    if start < 0 or not 0 < limit <= _MOST:
        raise wrong(f"limit must be between 1 and {_MOST}")
    account, kind = ask.account, ask.one("activityType", "")
    first, last, words = ask.one("startDate", ""), ask.one("endDate", "9999"), ask.one("search", "").lower()
    found = [number for _, day, number in account.newest() if first <= day <= last]
    if account.children_in_list or ask.one("excludeChildren", "") == "false":
        found = [n for number in found for n in (number, *reversed(account.facts(number).children))]
    if kind or words:
        found = [n for n in found if _is_of(account.facts(n), kind) and words in account.facts(n).name.lower()]
    if ask.one("sortOrder", "desc") == "asc":
        found.reverse()
    return told([activity.list_item(account, account.facts(n)) for n in found[start : start + limit]])


def _is_of(facts: Facts, kind: str) -> bool:
    parent = next((key for key, sport in SPORTS.items() if sport.id == facts.kind.parent), "")
    return kind in ("", facts.sport, parent)


def _count(ask: Ask) -> Reply:
    return told({"totalCount": len(ask.account.newest())})


def _detail(ask: Ask) -> Reply:
    return told(activity.detail(ask.account, facts_of(ask)))


def _details(ask: Ask) -> Reply:
    most, points = int(ask.one("maxChartSize", "2000")), int(ask.one("maxPolylineSize", "4000"))
    return told(charts.details(ask.account, facts_of(ask), most, points))


def _part(answer: Callable[[Facts], Any]) -> Callable[[Ask], Reply]:
    return lambda ask: told(answer(facts_of(ask)))


def _change(ask: Ask) -> Reply:
    """Change name, description, type or privacy, as the web editor does."""
    facts, given = facts_of(ask), ask.json()
    changes: dict[str, Any] = {"updates": facts.updates + 1}
    for field, key in (("name", "activityName"), ("description", "description")):
        changes |= {field: given[key]} if key in given else {}
    sport = given.get("activityTypeDTO", {}).get("typeKey", facts.sport)
    privacy = given.get("accessControlRuleDTO", {}).get("typeKey", facts.privacy)
    if sport not in SPORTS:
        raise wrong(f"unknown activity type {sport}")
    favorite = given.get("metadataDTO", {}).get("favorite", facts.favorite)
    ask.account.edit_activity(facts.id, sport=sport, privacy=privacy, favorite=favorite, **changes)
    return Reply(204)


def _delete(ask: Ask) -> Reply:
    ask.account.delete_activity(facts_of(ask).id)
    return Reply(204)


def _original(ask: Ask) -> Reply:
    content = files.original(ask.account, facts := facts_of(ask))
    if content is None:
        raise missing()
    named = ("Content-Disposition", f'attachment; filename="{facts.id}.zip"')
    return Reply(200, content, "application/x-zip-compressed", (named,))


def _export(ask: Ask) -> Reply:
    facts, account = facts_of(ask), ask.account
    makers: dict[str, Callable[[], bytes]] = {
        "gpx": lambda: files.gpx(account, facts), "tcx": lambda: files.tcx(account, facts),
        "kml": lambda: b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>',
        "csv": f'"Split","Time","Distance"\n"1","{facts.seconds}","{facts.distance}"\n'.encode,
    }  # fmt: skip
    if ask.parts["format"] not in makers:
        raise missing()
    return Reply(200, makers[ask.parts["format"]](), BYTES)


def _upload(ask: Ask) -> Reply:
    """Take a file in as Garmin does: 202 with nothing told yet, or 409 if it was there."""
    name, content = _posted(ask)
    account, key = ask.account, sha256(content).digest()
    head: dict[str, Any] = {
        "uploadId": "", "uploadUuid": None, "owner": account.profile_id, "fileSize": len(content), "processingTime": 15,
        "creationDate": "2026-01-01 00:00:00.0 GMT", "ipAddress": None, "fileName": name, "report": None,
        "successes": [],
    }  # fmt: skip
    if key in account.uploads:
        said = [{"code": 202, "content": "Duplicate Activity."}]
        failure = {"internalId": account.uploads[key], "externalId": "1", "messages": said}
        return told({"detailedImportResult": head | {"failures": [failure]}}, 409)
    original = name.rpartition(".")[2].lower()
    account.uploads[key] = account.add_activity(name=f"Uploaded {name}", content=content, original=original)
    uuid = {"uuid": key.hex()[:32]}
    where = f"http://{ask.headers['host']}/activity-service/activity/status/{_UPLOADED_MS}/{key.hex()[:32]}"
    result = head | {"uploadId": 1, "uploadUuid": uuid, "failures": []}
    return told({"detailedImportResult": result}, 202, ("location", where))


def _status(ask: Ask) -> Reply:
    """Tell what became of an upload; it is always done by now, unless a fault says otherwise."""
    found = [one for key, one in ask.account.uploads.items() if key.hex().startswith(ask.parts["uuid"])]
    if not found or ask.parts["ms"] != _UPLOADED_MS:
        raise missing()
    successes = [{"internalId": found[0], "externalId": "1", "messages": None}]
    return told({"detailedImportResult": {"successes": successes, "failures": []}}, 201)


def _posted(ask: Ask) -> tuple[str, bytes]:
    """Return name and bytes of the file in a multipart form."""
    marker = ask.headers.get("content-type", "").partition("boundary=")[2].encode()
    for part in ask.body.split(b"--" + marker) if marker else ():
        head, _, content = part.partition(b"\r\n\r\n")
        if b"filename=" in head:
            return head.split(b'filename="')[1].split(b'"')[0].decode(), content.removesuffix(b"\r\n")
    raise Refusal(400, "BadRequestException", "no file")


def _gear(ask: Ask) -> Reply:
    if "activityId" in ask.query:
        ask.parts["id"] = ask.one("activityId")
        return told(profile.gear(ask.account, facts_of(ask).gear))
    if ask.one("userProfilePk") != str(ask.account.profile_id):
        raise forbidden()
    return told(profile.gear(ask.account))


def _piece(ask: Ask) -> int:
    known = [profile.gear_uuid(ask.account, place) for place in range(len(profile.gear(ask.account)))]
    wanted = ask.parts["uuid"]
    if wanted not in known:
        raise missing()
    return known.index(wanted)


def _used(ask: Ask) -> Reply:
    """Return the activities that a piece of gear was used in, the newest first, as the list tells them."""
    place, account = _piece(ask), ask.account
    of = [facts for _, _, number in account.newest() if (facts := account.facts(number)).gear == place]
    start, limit = int(ask.one("start", "0")), int(ask.one("limit", "20"))
    return told([activity.list_item(account, facts) for facts in of[start : start + limit]])


def _gear_link(ask: Ask) -> Reply:
    place, facts = _piece(ask), facts_of(ask)
    now = place if "/link/" in ask.path else -1 if facts.gear == place else facts.gear
    ask.account.edit_activity(facts.id, gear=now)
    return told(profile.gear(ask.account, now))


def _personal(ask: Ask) -> Reply:
    own_name(ask)
    return told(profile.personal_information(ask.account))


_ONE = "/activity-service/activity/{id}"
ACTIVITIES: tuple[tuple[str, str, Callable[[Ask], Reply]], ...] = (
    ("GET", "/activitylist-service/activities/search/activities", _search),
    ("GET", "/activitylist-service/activities/count", _count),
    ("GET", "/activity-service/activity/activityTypes", lambda ask: told([activity.type_of(key) for key in SPORTS])),
    ("GET", _ONE, _detail),
    ("PUT", _ONE, _change),
    ("DELETE", _ONE, _delete),
    ("GET", f"{_ONE}/details", _details),
    ("GET", f"{_ONE}/laps", _part(charts.laps)),
    ("GET", f"{_ONE}/splits", _part(charts.laps)),
    ("GET", f"{_ONE}/typedsplits", _part(charts.typed_splits)),
    ("GET", f"{_ONE}/split_summaries", _part(charts.split_summaries)),
    ("GET", f"{_ONE}/hrTimeInZones", _part(lambda facts: charts.zones(facts, ZONE_FLOORS))),
    ("GET", f"{_ONE}/powerTimeInZones", _part(lambda facts: charts.zones(facts, POWER_FLOORS))),
    ("GET", f"{_ONE}/weather", _part(charts.weather)),
    ("GET", f"{_ONE}/exerciseSets", _part(charts.sets)),
    ("GET", "/download-service/files/activity/{id}", _original),
    ("GET", "/download-service/export/{format}/activity/{id}", _export),
    ("GET", "/activity-service/activity/status/{ms}/{uuid}", _status),
    ("POST", "/upload-service/upload", _upload),
    ("POST", "/upload-service/upload/{format}", _upload),
    ("GET", "/gear-service/gear/filterGear", _gear),
    ("GET", "/gear-service/gear/stats/{uuid}", lambda ask: told(profile.gear_stats(ask.account, _piece(ask)))),
    ("GET", "/activitylist-service/activities/{uuid}/gear", _used),
    ("PUT", "/gear-service/gear/link/{uuid}/activity/{id}", _gear_link),
    ("PUT", "/gear-service/gear/unlink/{uuid}/activity/{id}", _gear_link),
    ("GET", "/device-service/deviceregistration/devices", lambda ask: told(profile.devices(ask.account))),
    ("GET", "/userprofile-service/socialProfile", lambda ask: told(profile.social_profile(ask.account))),
    ("GET", "/userprofile-service/userprofile/user-settings", lambda ask: told(profile.settings(ask.account))),
    ("GET", "/userprofile-service/userprofile/personal-information/{name}", _personal),
)

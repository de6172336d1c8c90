"""Garmin's answers about an athlete's gear: the list, and each item's distance and activities."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from homestretch.model.health.measurement import RemoteGear, Title
from homestretch.net.budget import Reply
from homestretch.sources.base import Answer

_LIST = "/gear-service/gear/filterGear"
_STATS = "/gear-service/gear/stats/{uuid}"
_USED = "/activitylist-service/activities/{uuid}/gear"
#: So many activities of an item are asked for at a time, and no more than so often.
PAGE, MOST_PAGES = 1000, 20

type Get = Callable[[str, Mapping[str, str]], Reply]


def equipment(get: Get, pk: str) -> Iterator[Answer]:
    """Yield all answers about gear: one list, then two requests for each item; what is no JSON is left out.

    An answer about one item has a kind of its own, which ends with the item's id, for it does not name it itself.
    """
    listed = _asked(get, _LIST, {"userProfilePk": pk}, "gear")
    if listed is None:
        return
    yield listed
    for item in items(json.loads(listed.data)):
        uuid = item.key
        if stats := _asked(get, _STATS.format(uuid=uuid), {}, f"gear:stats:{uuid}"):
            yield stats
        for start in range(0, MOST_PAGES * PAGE, PAGE):
            page = {"start": str(start), "limit": str(PAGE)}
            used = _asked(get, _USED.format(uuid=uuid), page, f"gear:used:{uuid}:{start}")
            if used is not None:
                yield used
            found = None if used is None else json.loads(used.data)
            if not isinstance(found, list) or len(found) < PAGE:
                break


def _asked(get: Get, path: str, parameters: Mapping[str, str], kind: str) -> Answer | None:
    """Return an answer, also an empty one: that gear was removed is worth knowing."""
    reply = get(path, parameters)
    try:
        json.loads(reply.body)
    except ValueError:
        return None
    return Answer(f"{kind}.json", "json", reply.body, kind=kind) if reply.status == 200 else None


def items(body: Any) -> Iterator[RemoteGear]:
    """Yield the items of the list of gear; it does not say how far they went."""
    for item in body if isinstance(body, list) else []:
        if isinstance(item, dict) and item.get("uuid"):
            made = " ".join(part for name in ("gearMakeName", "gearModelName") if (part := _text(item.get(name))))
            name = _text(item.get("displayName")) or _text(item.get("customMakeModel")) or made or None
            kind = {"bike": "bike", "shoes": "shoes"}.get(str(item.get("gearTypeName")).lower(), "other")
            yield RemoteGear(str(item["uuid"]), name, kind, retired=item.get("gearStatusName") == "retired")


def stats(uuid: str, body: Any) -> Iterator[RemoteGear]:
    """Yield how far an item went, in m."""
    metres = body.get("totalDistance") if isinstance(body, dict) else None
    if isinstance(metres, int | float) and not isinstance(metres, bool) and 0 <= metres < 1e12:
        yield RemoteGear(uuid, None, distance_m=float(metres))


def used(uuid: str, body: Any) -> Iterator[Title]:
    """Yield the activities that an item was used in."""
    for item in body if isinstance(body, list) else []:
        if isinstance(item, dict) and item.get("activityId"):
            yield Title(str(item["activityId"]), None, gear=uuid)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None

"""What Google's list says of each workout: read leniently, each point by itself."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from homestretch.model.health.measurement import Title
from homestretch.sources import _recorded as read
from homestretch.sources.base import RemoteItem
from homestretch.sources.google_health.data_types import WORKOUTS
from homestretch.sources.google_health.reading.document import Document, civil_time, member, number, points_in, seconds
from homestretch.sources.google_health.reading.sports import sport_of

_EPOCH = datetime(1970, 1, 1)


def items_of(page: Document) -> tuple[RemoteItem, ...]:
    """Return the workouts of a page, those without a name or a time left out."""
    found = (_item(key, workout) for key, workout in _workouts(page))
    return tuple(item for item in found if item is not None)


def titles_of(pages: Sequence[Document]) -> tuple[Title, ...]:
    """Return what Google calls each workout of a list."""
    return tuple(_title(key, workout) for page in pages for key, workout in _workouts(page))


def oldest_s(page: Document) -> int | None:
    """Return when the oldest workout of a page began, s on the local clock since 1970, or None without any."""
    begun = [civil_time(member(workout, "interval", "civilStartTime")) for _, workout in _workouts(page)]
    return min((int((at - _EPOCH).total_seconds()) for at in begun if at is not None), default=None)


def civil_text(local_s: int) -> str:
    """Return seconds on the local clock as filters write them."""
    return (_EPOCH + timedelta(seconds=local_s)).isoformat()


def _workouts(page: Document) -> list[tuple[str, Document]]:
    """Return key and workout of each point."""
    found: list[tuple[str, Document]] = []
    for point in points_in(page):
        name, workout = read.text(point.get("dataPointName") or point.get("name")), point.get("exercise")
        if name is not None and isinstance(workout, dict):
            found.append((name.rpartition("/")[2], workout))
    return found


def _item(key: str, workout: Document) -> RemoteItem | None:
    local = civil_time(member(workout, "interval", "civilStartTime"))
    begun = read.instant_ms(member(workout, "interval", "startTime"))
    ended = read.instant_ms(member(workout, "interval", "endTime"))
    if local is None or begun is None:
        return None
    sport, day = sport_of(workout.get("exerciseType")), local.date().isoformat()
    distance = number(member(workout, "metricsSummary", "distanceMillimeters"))
    details: Mapping[str, object] = {
        "name": read.text(workout.get("displayName")),
        "description": read.text(workout.get("notes")),
        "sport": sport.key,
        "sub_sport": sport.sub,
        "start": local.isoformat(timespec="seconds"),
        "start_utc": datetime.fromtimestamp(begun[0] / 1000, UTC).isoformat(timespec="seconds"),
        "elapsed_s": None if ended is None else (ended[0] - begun[0]) / 1000,
        "moving_s": seconds(workout.get("activeDuration")),
        "distance_m": None if distance is None else distance / 1000,
    }
    known = {name: value for name, value in details.items() if value is not None}
    return RemoteItem(WORKOUTS, key, day, day, read.text(workout.get("updateTime")), known)


def _title(key: str, workout: Document) -> Title:
    sport = sport_of(workout.get("exerciseType"))
    name, notes = read.text(workout.get("displayName")), read.text(workout.get("notes"))
    return Title(key, name, notes, sport=sport.key, sub_sport=sport.sub)

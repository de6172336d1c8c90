"""Keeps and reads the weather of activities, and which athletes want to see it."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import activities, tracks
from homestretch.store.tables.saved import weather_choices, weather_days


class WeatherChoice(NamedTuple):
    """That an athlete wants to see the weather, and how asking for it goes; see the table."""

    athlete_id: int
    since_ms: int
    quota_used: dict[str, list[int]]
    failures: int
    retry_at_ms: int | None
    reason: str | None
    seen: str | None


class Spot(NamedTuple):
    """A place in tenths of a degree: about 11 km from north to south, and less from west to east."""

    latitude: int
    longitude: int


class Outing(NamedTuple):
    """When and about where an activity was."""

    spot: Spot
    start_ms: int
    end_ms: int


class WeatherDay(NamedTuple):
    """The weather of a day of UTC (ISO) at a place: 24 rows of values, as the provider said at `asked_ms`."""

    spot: Spot
    day: str
    hours: list[list[float | None]]
    asked_ms: int


_CHOICE = [weather_choices.c[name] for name in WeatherChoice._fields]


def choice_of(reader: Reader, athlete_id: int) -> WeatherChoice | None:
    """Return an athlete's choice; None where the weather is off."""
    row = reader.row(select(*_CHOICE).where(weather_choices.c.athlete_id == athlete_id))
    return None if row is None else WeatherChoice._make(row)


def all_choices(reader: Reader) -> list[WeatherChoice]:
    """Return the choice of every athlete who wants to see the weather."""
    return [WeatherChoice._make(row) for row in reader.rows(select(*_CHOICE).order_by(weather_choices.c.athlete_id))]


def choose(session: Writer, athlete_id: int, account_id: int | None, now: int) -> None:
    """Keep that an athlete wants to see the weather; a choice that is there stays as it is."""
    choice: dict[str, object] = {"athlete_id": athlete_id, "account_id": account_id, "since_ms": now}
    session.insert_new(weather_choices, [{**choice, "quota_used": {}, "failures": 0}])


def leave(session: Writer, athlete_id: int) -> None:
    """Keep that an athlete does not want it any more; what was asked stays."""
    session.run(delete(weather_choices).where(weather_choices.c.athlete_id == athlete_id))


def set_state(session: Writer, athlete_id: int, values: Mapping[str, object]) -> None:
    """Set columns of an athlete's choice, if it is still there."""
    session.run(update(weather_choices).where(weather_choices.c.athlete_id == athlete_id).values(**values))


def outings(reader: Reader, athlete_id: int) -> list[Outing]:
    """Return when and where an athlete's activities outdoors were, the newest first."""
    query = _OUTING.where(tracks.c.athlete_id == athlete_id, activities.c.deleted.is_(False))
    return [_outing(*tuple(row)) for row in reader.rows(query.order_by(activities.c.start_ms.desc()))]


def outing_of(reader: Reader, activity_id: int) -> Outing | None:
    """Return when and where an activity was; None indoors, and without a track that was measured."""
    row = reader.row(_OUTING.where(tracks.c.activity_id == activity_id))
    return None if row is None else _outing(*tuple(row))


_BOX = [tracks.c[name] for name in ("south", "west", "north", "east")]
_OUTING = (
    select(activities.c.start_ms, activities.c.elapsed_s, *_BOX)
    .join_from(tracks, activities, activities.c.id == tracks.c.activity_id)
    .where(activities.c.indoor.is_(False))
)


def _outing(start_ms: int, elapsed_s: float | None, south: float, west: float, north: float, east: float) -> Outing:
    return Outing(_spot(south, west, north, east), start_ms, start_ms + round(1000 * (elapsed_s or 0.0)))


def _spot(south: float, west: float, north: float, east: float) -> Spot:
    """Return the middle of a box; one that is wider than half the world lies over the date line."""
    across = (east - west) % 360.0
    longitude = (west + across / 2.0 + 180.0) % 360.0 - 180.0
    return Spot(round(10.0 * (south + north) / 2.0), round(10.0 * longitude))


def asked_days(reader: Reader, athlete_id: int) -> dict[tuple[Spot, str], int]:
    """Return when the weather of each place and day was asked, ms UTC."""
    table = weather_days.c
    query = select(table.latitude, table.longitude, table.day, table.asked_ms).where(table.athlete_id == athlete_id)
    return {(Spot(row.latitude, row.longitude), row.day): row.asked_ms for row in reader.rows(query)}


def count_days(reader: Reader, athlete_id: int) -> int:
    """Return of how many days, place by place, the weather was asked."""
    query = select(func.count()).select_from(weather_days).where(weather_days.c.athlete_id == athlete_id)
    return int(reader.scalar(query) or 0)


def days_of(reader: Reader, athlete_id: int, spot: Spot, days: Collection[str]) -> list[WeatherDay]:
    """Return the weather of a place on some days, as far as it was asked."""
    table = weather_days.c
    here = [table.athlete_id == athlete_id, table.latitude == spot.latitude, table.longitude == spot.longitude]
    rows = reader.rows(select(table.day, table.hours, table.asked_ms).where(*here, table.day.in_(days)))
    return [WeatherDay(spot, row.day, row.hours, row.asked_ms) for row in rows]


def put_days(session: Writer, athlete_id: int, days: Collection[WeatherDay]) -> None:
    """Keep the weather of places and days, in the place of what was known before they were over."""
    rows = [
        {"athlete_id": athlete_id, **one.spot._asdict(), "day": one.day, "hours": one.hours, "asked_ms": one.asked_ms}
        for one in days
    ]
    session.put(weather_days, rows)

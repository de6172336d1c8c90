"""Endurain: files by the ids of their activities, what was set of them, gear and weights; Strava's stays."""

from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.kinds.endurain import _SPORTS
from homestretch.flow.takeover.reading.items import SeveralUsers
from homestretch.model.sport import GENERIC
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import arrivals, gear, health_entries
from homestretch.vendors.sport_names import sport_named
from tests.browser.rides import DAY_MS, rides
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.flow.takeover.test_milevault import copy, stamp
from tests.formats.golden import START_MS

#: As joaovitoriasilva/endurain has it at b0bc916: what a person set, and what ties an activity to others.
COLUMNS = (
    "id, user_id, name, description, private_notes, distance, activity_type, start_time, end_time, timezone, "
    "total_elapsed_time, total_timer_time, average_hr, workout_feeling, workout_rpe, gear_id, strava_activity_id, "
    "garminconnect_activity_id, is_hidden"
)


def row(key: int, day: int, name: str, **more: object) -> tuple[object, ...]:
    values: dict[str, object] = {
        "user_id": 1, "description": None, "private_notes": None, "distance": 10_000, "activity_type": 4,
        "timezone": "Europe/Helsinki", "total_elapsed_time": "3600", "total_timer_time": "3500", "average_hr": None,
        "workout_feeling": None, "workout_rpe": None, "gear_id": None, "strava_activity_id": None,
        "garminconnect_activity_id": None, "is_hidden": "f",
        "start_time": stamp(START_MS + day * DAY_MS)[:19], "end_time": stamp(START_MS + day * DAY_MS)[:19],
    }  # fmt: skip
    values |= {"id": key, "name": name, **more}
    return tuple(values[one] for one in COLUMNS.split(", "))


def dump(*more: tuple[object, ...]) -> str:
    return "".join((
        copy("users", "id, username", (1, "ada"), (2, "ben")),
        copy("activities", COLUMNS,
             row(41, 1, "Bay with Ada", description="Windy", private_notes="Knee", workout_rpe=70, workout_feeling=75,
                 gear_id=3, garminconnect_activity_id=9001),
             row(42, 2, "Morning Ride", gear_id=3),
             row(43, 3, "Club run", activity_type=2, average_hr=150, gear_id=4),
             row(44, 4, "From Strava", strava_activity_id=77), row(45, 5, "Endless", total_elapsed_time="1e12"), *more),
        copy("gear", "id, user_id, brand, model, nickname, gear_type, active, initial_kms",
             (3, 1, "Canyon", "Endurace", "Blue bike", 1, "t", "120.50"), (4, 1, "Hoka", "Rincon", None, 2, "f", 0)),
        copy("health_weight", "id, user_id, date, weight, body_fat", (1, 1, "2026-04-01", "70.40", None)),
        copy("activity_laps", "id, activity_id", (1, 41)),
        copy("health_sleep", "id, user_id, date", (1, 1, "2026-04-01")),
    ))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "endurain"
    (made / "processed").mkdir(parents=True)
    for key, data in zip(("41.fit", "42.fit"), rides(2).values(), strict=True):
        (made / "processed" / key).write_bytes(data)
    (made / "processed" / "99.fit").write_bytes(rides(3)["ride-2.fit"])
    (made / "endurain.sql").write_text(dump())
    return made


def test_what_a_user_has_comes_once(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken, before = Taken(context, scope, decoders, "endurain"), digests(folder)
    tried = taken.run(folder, tried=True)
    report = taken.run(folder)
    assert {**report, "tried": True, "batch": None} == tried and failures(report) == []
    counts = {"files": (2, 0, 0), "activities without a file": (1, 0, 0), "gear": (2, 0, 0),
              "edits of activities": (3, 0, 0), "measurements": (1, 0, 0)}  # fmt: skip
    assert taken.counts(report) == counts
    assert left(report) == {
        "days on which gear retired": 1, "files that no activity of this user is in": 1, "activities from Strava": 1,
        "rows of health_sleep": 1, "activities without a start or a duration": 1,
    }  # fmt: skip
    with context.database.read() as reader:
        joined = activities.outerjoin(gear, gear.c.id == activities.c.gear_id)
        query = select(activities, gear.c.name.label("item")).select_from(joined)
        rows = reader.rows(query.order_by(activities.c.start_ms))
        links = [(one.provider, one.provider_key) for one in reader.rows(select(arrivals)) if one.provider_key]
        [weight] = reader.rows(select(health_entries))
        [bike] = reader.rows(select(gear).where(gear.c.kind == "bike"))
    assert [(one.name, one.sport, one.item) for one in rows] == [
        ("Bay with Ada", "cycling", "Blue bike"), ("Ride 1", "cycling", "Blue bike"),
        ("Club run", "running", "Hoka Rincon"),
    ]  # fmt: skip
    assert (rows[0].rpe, rows[0].feel, rows[0].description) == (7, 4, "Windy\n\nKnee")
    assert (rows[2].distance_m, rows[2].moving_s, rows[2].sub_sport) == (10_000, 3500, "trail")
    assert links == [("garmin", "9001")] and weight.value == 70.4 and bike.distance_m == 120_500
    after = taken.kept()
    again = taken.run(folder)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(folder) == before


def test_one_of_several_users_is_chosen(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    (folder / "endurain.sql").write_text(dump(row(99, 5, "Ben's", user_id=2)))
    taken = Taken(sqlite_context, scope, decoders, "endurain")
    with pytest.raises(SeveralUsers, match=r"1 \(ada\), 2 \(ben\)"):
        taken.run(folder)
    taken.run(folder, user="ben")
    assert taken.names() == ["Ben's"]


def test_every_sport_is_one_of_ours() -> None:
    assert [word for word in _SPORTS.values() if sport_named(word).key == GENERIC] == []

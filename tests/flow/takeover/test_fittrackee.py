"""FitTrackee: uploaded files, titles that a person gave, equipment; workouts without a file by their totals."""

from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.kinds.fittrackee import _seconds
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import gear
from tests.browser.rides import DAY_MS, rides
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.flow.takeover.test_milevault import copy, stamp
from tests.formats.golden import START_MS


def dump() -> str:
    def row(key: int, day: int, title: str, file: str | None, **more: object) -> tuple[object, ...]:
        began = stamp(START_MS + day * DAY_MS)[:19]
        took = more.get("duration", "01:00:00")
        return (key, 1, more.get("sport", 1), title, began, took, "00:58:20", 10.5, more.get("notes"), file)

    return "".join((
        copy("sports", "id, label", (1, "Cycling (Sport)"), (2, "Skiing (Cross Country)")),
        copy("users", "id, username", (1, "ada")),
        copy("equipment_types", "id, label", (1, "Shoe"), (2, "Bike")),
        copy("equipments", "id, user_id, label, description, equipment_type_id", (5, 1, "Blue bike", "Steel", 2),
             (6, 1, "Cleats", None, 1)),
        copy("workout_equipments", "workout_id, equipment_id", (1, 5), (1, 6)),
        copy("workouts", "id, user_id, sport_id, title, workout_date, duration, moving, distance, notes, original_file",
             row(1, 1, "Bay with Ada", "workouts/1/2026_a.fit", notes="Windy"),
             row(2, 3, "Skiing - 2026-05-06 06:00:00", None, sport=2),
             row(3, 4, "Lost loop", "workouts/1/lost.gpx"),
             row(4, 5, "Endless", None, duration="4000 days")),
        copy("records", "id, user_id", (1, 1)),
    ))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "fittrackee"
    (made / "uploads" / "workouts" / "1").mkdir(parents=True)
    (made / "uploads" / "workouts" / "1" / "2026_a.fit").write_bytes(rides(1)["ride-0.fit"])
    (made / "fittrackee.sql").write_text(dump())
    return made


def test_what_a_user_has_comes_once(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken, before = Taken(context, scope, decoders, "fittrackee"), digests(folder)
    tried = taken.run(folder, tried=True)
    report = taken.run(folder)
    assert {**report, "tried": True, "batch": None} == tried
    assert failures(report) == [("file", "workouts/1/lost.gpx")] and left(report) == {
        "second pieces of equipment": 1, "workouts without a start or a duration": 1,
    }  # fmt: skip
    with context.database.read() as reader:
        joined = activities.outerjoin(gear, gear.c.id == activities.c.gear_id)
        query = select(activities, gear.c.name.label("item")).select_from(joined).order_by(activities.c.start_ms)
        first, second, third = reader.rows(query)
    assert (first.name, first.description, first.item) == ("Bay with Ada", "Windy", "Blue bike")
    assert (second.sport, second.distance_m, second.moving_s) == ("cross_country_skiing", 10_500, 3500)
    assert "2026" not in second.name and third.name == "Lost loop"
    after = taken.kept()
    assert all(one["new"] == 0 for one in taken.run(folder)["counts"])
    assert taken.kept() == after and digests(folder) == before


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("01:02:03", 3723), ("00:00:10.5", 10.5), ("1 day 01:00:00", 90_000), ("2 days", 172_800), ("", None),
     ("00:00:00", None), ("soon", None)],
)  # fmt: skip
def test_intervals_are_read_as_postgres_writes_them(written: str, seconds: float | None) -> None:
    assert _seconds(written) == seconds

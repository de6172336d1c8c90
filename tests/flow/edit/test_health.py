"""What is entered by hand: refused where it is a slip of the finger, changed, removed, and brought back."""

from datetime import date

import pytest

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.derive.days.stale_days import athletes_with_stale_days, derive_stale_days
from homestretch.flow.derive.rederive import clear
from homestretch.flow.edit import health
from homestretch.flow.edit.health import Entry, Note
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.measurements import read_values
from homestretch.store.scope import Scope
from homestretch.views.health.entries import health_entries_of, health_notes_of
from homestretch.views.health.read import Stretch
from tests.taking import digest

DAY, NEXT = date(2026, 5, 3), date(2026, 5, 4)
MAY = Stretch(date(2026, 5, 1), date(2026, 5, 31))


def weights(context: Context, scope: Scope) -> list[tuple[str, float]]:
    with context.database.read() as reader:
        rows = read_values(reader, scope.athlete_id, ["weight_kg"], "2026-05-01", "2026-05-31")["weight_kg"]
    return [(row.day, row.value) for row in rows]


def entered(context: Context, scope: Scope) -> list[tuple[str, str, float]]:
    with context.database.read() as reader:
        items = health_entries_of(reader, scope, None, MAY)["items"]
    return [(item["id"], item["day"], item["value"]) for item in items]


def notes(context: Context, scope: Scope) -> list[tuple[str, str, str, str | None]]:
    with context.database.read() as reader:
        items = health_notes_of(reader, scope, MAY)["items"]
    return [(item["kind"], item["day"], item["until"], item["text"]) for item in items]


def test_an_entry_is_changed_removed_and_brought_back(context: Context, scope: Scope) -> None:
    first = health.add_entry(context, scope, Entry("weight_kg", 70.0, DAY))
    assert weights(context, scope) == [("2026-05-03", 70.0)]
    second = health.change_entry(context, scope, first, {"value": 71.5, "day": NEXT})
    assert weights(context, scope) == [("2026-05-04", 71.5)]
    assert entered(context, scope) == [(second, "2026-05-04", 71.5)]
    health.restore_entry(context, scope, first)
    assert entered(context, scope) == [(first, "2026-05-03", 70.0)], "undoing a change brings back what was there"
    health.remove_entry(context, scope, first)
    assert weights(context, scope) == [] and entered(context, scope) == []
    health.restore_entry(context, scope, first)
    assert weights(context, scope) == [("2026-05-03", 70.0)]


def test_a_rebuild_derives_entries_again(context: Context, scope: Scope) -> None:
    health.add_entry(context, scope, Entry("weight_kg", 70.0, DAY, 1_777_800_000_000))
    health.add_entry(context, scope, Entry("steps", 900.0, NEXT))
    before = digest(context)
    assert derive_stale_days(context, scope.athlete_id) == 0, "an edit derives its days at once"
    assert athletes_with_stale_days(context) == []
    clear(context)
    assert weights(context, scope) == [] and athletes_with_stale_days(context) == [scope.athlete_id]
    assert derive_stale_days(context, scope.athlete_id) == 2
    assert digest(context) == before and athletes_with_stale_days(context) == []


@pytest.mark.parametrize(("kind", "value"), [
    ("weight_kg", 700.0), ("weight_kg", 0.0), ("weight_kg", float("nan")), ("heart_rate_bpm", 300.0),
    ("body_fat_pct", 101.0), ("training_status", 99.0), ("nonsense", 1.0),
])  # fmt: skip
def test_slips_of_the_finger_are_refused(sqlite_context: Context, scope: Scope, kind: str, value: float) -> None:
    with pytest.raises(BadRequest):
        health.add_entry(sqlite_context, scope, Entry(kind, value, DAY))
    assert entered(sqlite_context, scope) == []


def test_a_day_to_come_is_refused(sqlite_context: Context, scope: Scope) -> None:
    for day in (date(2099, 1, 1), date(1850, 1, 1)):
        with pytest.raises(BadRequest, match="from 1900 to today"):
            health.add_entry(sqlite_context, scope, Entry("weight_kg", 70.0, day))


def test_a_note_covers_days_and_is_changed(context: Context, scope: Scope) -> None:
    first = health.add_note(context, scope, Note("ill", DAY, NEXT, text="  Flu "))
    assert notes(context, scope) == [("ill", "2026-05-03", "2026-05-04", "Flu")]
    health.change_note(context, scope, first, {"until": date(2026, 5, 6), "text": None})
    assert notes(context, scope) == [("ill", "2026-05-03", "2026-05-06", None)]
    health.restore_note(context, scope, first)
    assert notes(context, scope) == [("ill", "2026-05-03", "2026-05-04", "Flu")]
    health.remove_note(context, scope, first)
    assert notes(context, scope) == []


@pytest.mark.parametrize("note", [
    Note("nonsense", DAY, DAY), Note("ill", NEXT, DAY), Note("ill", DAY, date(2028, 1, 1)), Note("note", DAY, DAY),
    Note("note", DAY, DAY, text="   "), Note("ill", DAY, DAY, level=3), Note("mood", DAY, DAY, level=6),
    Note("note", DAY, DAY, text="x" * 20_001),
])  # fmt: skip
def test_notes_that_say_nothing_are_refused(sqlite_context: Context, scope: Scope, note: Note) -> None:
    with pytest.raises(BadRequest):
        health.add_note(sqlite_context, scope, note)


def test_another_s_entries_are_not_there(sqlite_context: Context, scope: Scope) -> None:
    entry = health.add_entry(sqlite_context, scope, Entry("weight_kg", 70.0, DAY))
    other = Scope(scope.athlete_id + 1)
    for deed in (health.remove_entry, health.restore_entry, health.remove_note):
        with pytest.raises(NotFound):
            deed(sqlite_context, other, entry)
    with pytest.raises(Forbidden):
        health.add_entry(sqlite_context, Scope(scope.athlete_id, 3, "viewer"), Entry("weight_kg", 70.0, DAY))


def test_an_order_names_each_source_once(sqlite_context: Context, scope: Scope) -> None:
    with pytest.raises(BadRequest, match="only once"):
        health.set_priority(sqlite_context, scope, "", ["fit", "fit"])
    with pytest.raises(BadRequest):
        health.set_priority(sqlite_context, scope, "nonsense", ["fit"])

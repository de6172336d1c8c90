"""Days follow the code and the zone that they are derived by: what is stale is derived again, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from homestretch.flow.derive.days.derive_days import derive_again
from homestretch.flow.derive.days.stale_days import athletes_with_stale_days, derive_stale_days
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all
from homestretch.flow.derive.rederive import rederive, stale_athletes
from homestretch.flow.edit import health
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.merge import days
from homestretch.store.database import Writer
from homestretch.store.queries.measurements import days_since_revision, read_values
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_days import measurements
from homestretch.store.tables.kept import athletes
from tests.archive.test_members import zipped
from tests.flow.derive.test_any_order import at
from tests.flow.edit.test_health import DAY
from tests.formats import golden
from tests.formats.apple import made as apple
from tests.formats.fit.wellness import made as fit
from tests.taking import digest, listed, take_in

#: 21:30 UTC is the next day in Helsinki.
DAYS = "homestretch.flow.derive.days"
LATE = apple.quantity("StepCount", 40, "count", "23:30:00", "23:31:00")
EXPORT = zipped({"apple_health_export/export.xml": apple.export(LATE)})


def moves(context: Context, zone: str | None) -> None:
    with context.database.write() as session:
        session.run(athletes.update().values(home_zone=zone))


def steps(context: Context, scope: Scope) -> Mapping[str, float]:
    with context.database.read() as reader:
        rows = read_values(reader, scope.athlete_id, ["steps"], "2000-01-01", "2100-01-01")["steps"]
    return {row.day: row.value for row in rows}


def revision(context: Context, scope: Scope) -> int:
    with context.database.read() as reader:
        return max((number for _, number in days_since_revision(reader, scope.athlete_id, 0)), default=0)


def enter(context: Context, scope: Scope, count: int) -> None:
    for number in range(count):
        day = DAY.replace(day=1 + number)
        health.add_entry(context, scope, health.Entry("weight_kg", 70.0 + number, day))


def test_a_zone_moves_the_days_of_files_without_a_clock(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    watch = fit.file(fit.info(), fit.total(fit.MIDNIGHT + 3600, 3000))
    take_in(context, scope, decoders, {"export.zip": EXPORT, "watch.fit": watch})
    assert steps(context, scope) == {"2026-06-10": 40, fit.DAY: 3000}
    derive_all(context, decoders)
    moves(context, "Europe/Helsinki")
    assert stale_athletes(context) == [scope.athlete_id]
    assert rederive(context, scope.athlete_id, decoders) == 1, "the watch states its own clock"
    assert steps(context, scope) == {"2026-06-11": 40, fit.DAY: 3000}
    moves(context, None)
    derive_all(context, decoders)
    assert steps(context, scope) == {"2026-06-10": 40, fit.DAY: 3000}


def test_an_activity_without_a_clock_is_at_home(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    late = at(golden.pool_swim(), 16 * 3_600_000)
    swim = replace(late, start=replace(late.start, offset_s=None, zone_source="none"))
    take_in(sqlite_context, scope, decoders, {"swim.fit": encode(swim)})
    derive_all(sqlite_context, decoders)
    starts = []
    for zone in ("Europe/Helsinki", "America/Lima", None):
        moves(sqlite_context, zone)
        derive_all(sqlite_context, decoders)
        (one,) = listed(sqlite_context, scope)
        starts.append((one["zone"], one["start_local"][:10]))
        assert athletes_with_stale_days(sqlite_context) == []
    assert starts == [("Europe/Helsinki", "2026-05-04"), ("America/Lima", "2026-05-03"), (None, "2026-05-03")]


def test_another_version_derives_every_day_again_and_an_equal_zone_none(
    context: Context, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(context, scope, 5)
    assert derive_stale_days(context, scope.athlete_id) == 0
    before, count = digest(context), revision(context, scope)
    moves(context, "Europe/Berlin")
    assert derive_stale_days(context, scope.athlete_id) == 5
    moves(context, "Europe/Vienna")
    assert athletes_with_stale_days(context) == [scope.athlete_id]
    assert derive_stale_days(context, scope.athlete_id) == 0, "days there are as long, and begin at the same time"
    moves(context, None)
    monkeypatch.setattr(f"{DAYS}.derive_days.VERSION", days.VERSION + 1)
    assert derive_stale_days(context, scope.athlete_id) == 5
    assert derive_stale_days(context, scope.athlete_id) == 0
    monkeypatch.undo()
    assert derive_stale_days(context, scope.athlete_id) == 5
    assert (digest(context), revision(context, scope)) == (before, count), "no day says anything else"


def test_what_was_cut_short_goes_on(sqlite_context: Context, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    context = sqlite_context
    done: list[str] = []
    enter(context, scope, 5)
    before = digest(context)
    with context.database.write() as session:
        session.run(measurements.delete())

    def cut(session: Writer, athlete_id: int, days: Sequence[str]) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        derive_again(session, athlete_id, days)
        done.extend(days)

    monkeypatch.setattr(f"{DAYS}.stale_days.PORTION", 1)
    monkeypatch.setattr(f"{DAYS}.stale_days.derive_again", cut)
    monkeypatch.setattr(f"{DAYS}.derive_days.VERSION", days.VERSION + 1)
    with pytest.raises(KeyboardInterrupt):
        derive_stale_days(context, scope.athlete_id)
    monkeypatch.setattr(f"{DAYS}.stale_days.derive_again", derive_again)
    assert athletes_with_stale_days(context) == [scope.athlete_id]
    assert derive_stale_days(context, scope.athlete_id) == 2, "three were done"
    monkeypatch.undo()
    derive_stale_days(context, scope.athlete_id)
    assert digest(context) == before

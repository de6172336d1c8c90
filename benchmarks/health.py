"""Ten years of health: what the pages take, and what a year with a heart rate each minute takes on the disk."""

import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.importing import new_context
from benchmarks.report import Row
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.runtime.context import Context
from homestretch.model.health.day_report import day_reports
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Series, Wellness
from homestretch.model.health.night import Night, Stage, StageName
from homestretch.model.moment import DAY_MS, day_number, days_from
from homestretch.store.database import Reader
from homestretch.store.queries.day_reports import put_reports
from homestretch.store.scope import Scope
from homestretch.views.health.day import health_day
from homestretch.views.health.overview import health_overview
from homestretch.views.health.read import Stretch
from homestretch.views.health.trend import health_trend

YEARS, LAST = 10, "2026-11-30"
#: Values are kept for so many kinds, a second source's for the first few on every other day.
_KINDS, _SHARED = 30, 10
_ASKED = 20
_MINUTE = 60_000


def rows() -> list[Row]:
    """Return the processor time of answers over ten years of 30 kinds, of deriving them, and the size of a year."""
    last = day_number(LAST)
    days = days_from(last - 365 * YEARS + 1, 365 * YEARS)
    with tempfile.TemporaryDirectory() as folder:
        context = new_context(Path(folder) / "ten")
        scope = Scope(athlete_named(context, None))
        began = time.process_time()
        _put(context, scope, "garmin", _values(days, 7))
        per_day = 1000 * (time.process_time() - began) / len(days)
        _put(context, scope, "fit", _shared(days[::2]))
        until = date.fromisoformat(LAST)
        whole = Stretch(date.fromisoformat(days[0]), until)
        answers: list[tuple[str, Callable[[Reader], object], float]] = [
            ("overview", lambda reader: health_overview(reader, scope, until, until), 50),
            ("a measure with baseline, ten years",
             lambda reader: health_trend(reader, scope, "resting_heart_rate_bpm", whole, until), 50),
            ("a day", lambda reader: health_day(reader, scope, until, until), 50),
        ]  # fmt: skip
        found = [Row(f"{name}, processor time", _p95(context, ask), "ms", most) for name, ask, most in answers]
        context.database.close()
        found.append(Row("keeping and deriving a day of 30 kinds", per_day, "ms"))
        found.append(Row("a year with a heart rate each minute", _size(Path(folder) / "year", days[-365:]), "MB", 12))
    return found


def put_years(context: Context, scope: Scope, last: date) -> None:
    """Put in ten years of 30 kinds and nights of a source until a day, and some kinds of a second one."""
    days = days_from(day_number(last.isoformat()) - 365 * YEARS + 1, 365 * YEARS)
    _put(context, scope, "garmin", _values(days, 7))
    _put(context, scope, "fit", _shared(days[::2]))


def _p95(context: Context, ask: Callable[[Reader], object]) -> float:
    taken = []
    for _ in range(_ASKED):
        with context.database.read() as reader:
            began = time.process_time()
            ask(reader)
            taken.append(1000 * (time.process_time() - began))
    return float(np.percentile(taken[1:], 95))


def _put(context: Context, scope: Scope, source: str, word: Wellness) -> None:
    with context.database.write() as session:
        put_reports(session, scope.athlete_id, list(day_reports(word, source, source, 0)))
        derive_days(session, scope.athlete_id, word.days)


def _values(days: Sequence[str], seed: int) -> Wellness:
    """Return a value of each of 30 kinds and a night for each day."""
    chance = np.random.default_rng(seed)
    keys = [kind.key for kind in KINDS.values() if kind.combine != "spot" and not kind.choices][:_KINDS]
    table = np.round(50 + chance.normal(0, 3, (len(keys), len(days))), 1)
    values = tuple(
        Measurement(key, day, value)
        for key, row in zip(keys, table.tolist(), strict=True)
        for day, value in zip(days, row, strict=True)
    )
    return Wellness(measurements=values, nights=tuple(_night(day) for day in days))


def _shared(days: Sequence[str]) -> Wellness:
    keys = [kind.key for kind in KINDS.values() if kind.combine != "spot" and not kind.choices][:_SHARED]
    return Wellness(measurements=tuple(Measurement(key, day, 51.0, device="9") for key in keys for day in days))


def _night(day: str) -> Night:
    """Return a night with thirty stretches of sleep."""
    start = day_number(day) * DAY_MS - 60 * _MINUTE
    names: tuple[StageName, ...] = ("light", "deep", "light", "rem", "awake")
    stages = tuple(
        Stage(start + 16 * _MINUTE * number, start + 16 * _MINUTE * (number + 1), names[number % len(names)])
        for number in range(30)
    )
    lengths = {"asleep_s": 23_040.0, "deep_s": 5760.0, "light_s": 11_520.0, "rem_s": 5760.0, "awake_s": 5760.0}
    end = start + 480 * _MINUTE
    return Night(day=day, start_ms=start, end_ms=end, offset_s=0, nap=False, device="", stages=stages, **lengths)


def _size(folder: Path, days: Sequence[str]) -> float:
    """Return the MB of a year of 30 kinds, nights, and heart rate and stress each minute."""
    context = new_context(folder)
    scope = Scope(athlete_named(context, None))
    chance = np.random.default_rng(3)
    before = _bytes(folder)
    _put(context, scope, "garmin", _values(days, 3))
    series = []
    for day in days:
        times = day_number(day) * DAY_MS + _MINUTE * np.arange(1440, dtype=np.int64)
        heart = np.round(60 + 20 * np.sin(np.arange(1440) / 200) + np.cumsum(chance.normal(0, 0.8, 1440)) % 15)
        series += [Series("heart_rate_bpm", day, times, heart), Series("stress", day, times, np.round(heart / 3))]
    _put(context, scope, "fit", Wellness(series=tuple(series)))
    context.database.close()
    return (_bytes(folder) - before) / 1e6


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

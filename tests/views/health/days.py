"""Days as devices report them, put into a store without a file."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.runtime.context import Context
from homestretch.model.health.day_report import day_reports
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.model.moment import DAY_MS, day_number
from homestretch.store.queries.day_reports import put_reports
from homestretch.store.scope import Scope

MIN = 60_000
HOUR = 60 * MIN


def start_ms(day: str) -> int:
    """Return UTC midnight of a day."""
    return day_number(day) * DAY_MS


def days_from(first: str, count: int) -> list[str]:
    """Return so many days in a row."""
    begin = date.fromisoformat(first)
    return [(begin + timedelta(days=number)).isoformat() for number in range(count)]


def put(context: Context, scope: Scope, source: str, *words: Wellness, original: str = "", said_ms: int = 0) -> None:
    """Keep what a source says, each word as an original of its own, said at the end of its last day."""
    days: set[str] = set()
    with context.database.write() as session:
        for number, word in enumerate(words):
            said = said_ms or (max(day_number(day) for day in word.days) + 1) * DAY_MS
            name = f"{source}{original}{number}{min(word.days)}"
            put_reports(session, scope.athlete_id, list(day_reports(word, name, source, said)))
            days |= word.days
        derive_days(session, scope.athlete_id, days)


def values(kind: str, by_day: dict[str, float], device: str = "") -> Wellness:
    """Return the values of a kind by day."""
    return Wellness(measurements=tuple(Measurement(kind, day, value, device=device) for day, value in by_day.items()))


def readings(kind: str, day: str, at: Sequence[tuple[int, float]], device: str = "") -> Wellness:
    """Return readings of a day, each at minutes after UTC midnight."""
    return Wellness(
        measurements=tuple(Measurement(kind, day, value, start_ms(day) + minute * MIN, device) for minute, value in at)
    )


def steps(day: str, rows: Sequence[tuple[int, int, float]], device: str = "") -> Wellness:
    """Return steps counted over spans, in minutes after UTC midnight."""
    table = np.array(rows, np.float64)
    starts, ends = (start_ms(day) + MIN * table[:, column].astype(np.int64) for column in (0, 1))
    return Wellness(spans=(Spans("steps", day, starts, ends, table[:, 2], device),))


def heart_rates(day: str, rates: Sequence[float], every_min: int = 2, device: str = "") -> Wellness:
    """Return heart rates from midnight on."""
    times = start_ms(day) + every_min * MIN * np.arange(len(rates), dtype=np.int64)
    return Wellness(series=(Series("heart_rate_bpm", day, times, np.array(rates, np.float64), device),))


def night(day: str, hours: float = 7.5, device: str = "", **of: float) -> Wellness:
    """Return a night that ends at 06:30 UTC, with deep, light and REM sleep and 10 minutes awake."""
    end = start_ms(day) + 6 * HOUR + 30 * MIN
    begin = end - round(hours * HOUR) - 10 * MIN
    asleep = hours * 3600
    cuts = [begin, begin + round(0.2 * hours * HOUR), begin + round(0.75 * hours * HOUR)]
    stages = (
        Stage(cuts[0], cuts[1], "deep"),
        Stage(cuts[1], cuts[2], "light"),
        Stage(cuts[2], cuts[2] + 10 * MIN, "awake"),
        Stage(cuts[2] + 10 * MIN, end, "rem"),
    )
    lengths = {"asleep_s": asleep, "deep_s": 0.2 * asleep, "light_s": 0.55 * asleep, "rem_s": 0.25 * asleep}
    made = Night(
        day=day, start_ms=begin, end_ms=end, offset_s=0, nap=False, device=device, stages=stages,
        awake_s=600.0, **lengths, **of,
    )  # fmt: skip
    return Wellness(nights=(made,))

"""Days of an athlete for what sends them on, put straight into the derived tables with their revisions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from homestretch.flow.runtime.context import Context
from homestretch.model.health.night import Night
from homestretch.store.queries.measurements import DayValue, SourceNight, replace_days, revise
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes

TODAY = date(2026, 11, 28)
NOON_MS = round(datetime(2026, 11, 28, 12, tzinfo=UTC).timestamp() * 1000)
ZONE = "Europe/Berlin"

type Values = Mapping[str, float]


def at_noon(context: Context, days_later: int = 0) -> Context:
    """Return the context on a day at noon."""
    return replace(context, clock=lambda: NOON_MS + days_later * 86_400_000)


def at_home(context: Context, scope: Scope, zone: str | None = ZONE) -> None:
    """Let the athlete live in a zone."""
    with context.database.write() as session:
        session.run(update(athletes).where(athletes.c.id == scope.athlete_id).values(home_zone=zone))


def before(days: int) -> str:
    """Return the day so many days before today."""
    return (TODAY - timedelta(days=days)).isoformat()


def put(
    context: Context, scope: Scope, days: Mapping[str, Values], source: str = "fit", nights: Sequence[Night] = ()
) -> None:
    """Let a source say values of days, and nothing else; each day that changed gets a revision."""
    device = "4711" if source == "fit" else ""
    rows = [
        DayValue(kind, day, source, device, 0, value)
        for day, values in sorted(days.items())
        for kind, value in sorted(values.items())
    ]
    digests = {
        day: hashlib.sha256(repr((source, sorted(values.items()))).encode()).hexdigest() if values else ""
        for day, values in days.items()
    }
    with context.database.write() as session:
        sleeps = [SourceNight(source, device, night) for night in nights]
        replace_days(session, scope.athlete_id, list(days), rows, [], sleeps)
        revise(session, scope.athlete_id, digests)


def years(count: int) -> dict[str, dict[str, float]]:
    """Return values of so many years up to yesterday."""
    return {
        before(n): {"steps": 5000.0 + n, "resting_heart_rate_bpm": 48.0 + n % 7, "distance_m": 1234.5 + n / 7}
        for n in range(1, round(count * 365.25))
    }

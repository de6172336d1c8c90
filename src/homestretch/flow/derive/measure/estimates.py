"""Keeps what best efforts show of thresholds that the athlete has not set."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import delete

from homestretch.analysis.athlete.estimates import VERSION, Best, Estimate, Rule, all_estimates
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import set_watermark
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries.estimates import best_efforts
from homestretch.store.queries.imports import waiting_athletes
from homestretch.store.queries.watermarks import ESTIMATES, MEASURED, marks_of_all, watermark
from homestretch.store.tables.derived import estimates as table

#: The mark of what was last looked at.
LOOKED_AT = "estimated"


def athletes_to_estimate(reader: Reader) -> set[int]:
    """Return the athletes whose best efforts may show something new since the last look.

    During an import it is not asked: each file would show something new, and much would be measured again.
    """
    looked_at = marks_of_all(reader, LOOKED_AT)
    measured = marks_of_all(reader, MEASURED).items()
    return {one for one, now in measured if looked_at.get(one) != _seen(now)} - set(waiting_athletes(reader))


def estimate(context: Context, athlete_id: int) -> bool:
    """Bring an athlete's estimates up to date; return whether they are others now."""
    with context.database.read() as reader:
        if athlete_id not in athletes_to_estimate(reader):
            return False
        seen = _seen(watermark(reader, athlete_id, MEASURED) or "")
        found = all_estimates(lambda rule: _bests(reader, athlete_id, rule))
        digest = _digest(found)
        changed = (watermark(reader, athlete_id, ESTIMATES) or _digest([])) != digest
    with context.database.write() as session:
        lock_athlete(session, athlete_id)
        set_watermark(session, athlete_id, LOOKED_AT, seen)
        if changed:
            session.run(delete(table).where(table.c.athlete_id == athlete_id))
            session.put(table, [{"athlete_id": athlete_id, **asdict(one)} for one in found])
            set_watermark(session, athlete_id, ESTIMATES, digest)
    return changed


def _digest(found: list[Estimate]) -> str:
    return hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()


def _seen(changed: str) -> str:
    return f"{VERSION} {changed}"


def _bests(reader: Reader, athlete_id: int, rule: Rule) -> Iterator[Best]:
    for row in best_efforts(reader, athlete_id, rule.classes, rule.kind, rule.sizes):
        value = -row.goodness if rule.less_is_better else row.goodness
        day = instant(row.local_ms).toordinal()
        yield Best(row.size, value, day, row.start_ms)

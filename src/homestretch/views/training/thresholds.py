"""What was stated of an athlete by date, what holds today, and what their activities show."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.athlete.estimates import RULES, Rule
from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import THRESHOLDS, Profile, estimated
from homestretch.model.documents.training import Suggestion, ThresholdInfo, ThresholdStated
from homestretch.model.sport import FAMILIES
from homestretch.store.database import Reader
from homestretch.store.queries.refusals import not_refused
from homestretch.store.queries.thresholds import dated, threshold_rows
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests, estimates
from homestretch.views.kit.statistics_scope import counting, day

#: Activities suggest another value than the one that was stated once they show so much more (a share).
MARGIN = 0.01


def thresholds(reader: Reader, scope: Scope, today: date) -> list[ThresholdInfo]:
    """Return every threshold: what it is, its history, what holds today by sport family, and what activities show."""
    rows = threshold_rows(reader, scope.athlete_id)
    history = History.of(*dated(reader, scope.athlete_id))
    shown = list(_shown(reader, scope, history, today))
    return [
        {
            "key": one.key,
            "name": one.name,
            "also_known_as": list(one.also_known_as),
            "unit": one.unit,
            "low": one.low,
            "high": one.high,
            "by_sport": one.by_sport,
            "note": one.note,
            "now": _now(rows, history, one.key, today),
            "estimated": _estimated(history, one.key, today),
            "history": _history([row for row in rows if row.key == one.key]),
            "suggestions": [s for s in shown if s["key"] == one.key],
        }
        for one in THRESHOLDS.values()
    ]


def _now(rows: Sequence[Row[Any]], history: History, key: str, today: date) -> dict[str, float]:
    families = sorted({row.family for row in rows if row.key == key})
    found = {family: history.values(family, today.isoformat()).get(key) for family in families}
    return {family: value for family, value in found.items() if value is not None}


def _history(rows: Sequence[Row[Any]]) -> list[ThresholdStated]:
    """Return the values set, the newest day first, without removed ones."""
    last = {(row.family, row.valid_from): row for row in rows}
    held = [row for row in last.values() if row.value is not None]
    return [
        {"family": row.family, "valid_from": row.valid_from, "value": row.value}
        for row in sorted(held, key=lambda row: (row.valid_from, row.family), reverse=True)
    ]


def _estimated(history: History, key: str, today: date) -> dict[str, float]:
    """Return the estimates for a threshold that is not set: for all sports, else by sport family."""
    found: dict[str, float] = {}
    for family in ("", *FAMILIES):
        profile = estimated(
            Profile(history.values(family, today.isoformat()), today), history.estimates(family, today.isoformat())
        )
        if key in profile.estimates and found.get("") != profile.values[key]:
            found[family] = profile.values[key]
    return found


def _shown(reader: Reader, scope: Scope, history: History, today: date) -> Iterator[Suggestion]:
    """Yield what best efforts show today where nothing was stated, or less."""
    for rule in RULES:
        held = select(estimates).where(
            estimates.c.athlete_id == scope.athlete_id, estimates.c.key == rule.key, estimates.c.family == rule.family
        )
        rows = reader.rows(held.order_by(estimates.c.valid_from))
        now = next((row for row in reversed(rows) if row.valid_from <= today.isoformat()), None)
        stated = history.values(rule.family, today.isoformat()).get(rule.key)
        if now is None or (stated is not None and now.value <= stated * (1.0 + MARGIN)):
            continue
        if (activity := _shown_by(reader, scope, rule, now)) is not None:
            yield {
                "key": rule.key,
                "family": rule.family,
                "value": now.value,
                "stated": stated,
                "activity": activity.public_id,
                "name": activity.name,
                "day": day(activity.local_ms).isoformat(),
                "days": rule.days,
                "kind": rule.kind,
                "size": now.size,
            }


def _shown_by(reader: Reader, scope: Scope, rule: Rule, estimate: Row[Any]) -> Row[Any] | None:
    """Return the activity whose best effort shows an estimate."""
    query = (
        select(activities.c.public_id, activities.c.name, activities.c.local_ms)
        .join(bests, bests.c.activity_id == activities.c.id)
        .where(*counting(reader, scope), activities.c.start_ms == estimate.start_ms)
        .where(bests.c.kind == rule.kind, bests.c.size == estimate.size, not_refused(rule.kind))
    )
    return reader.row(query.order_by(activities.c.id).limit(1))

"""Health as models are given it: measures by day, and readiness; never the kinds that stay private."""

from collections.abc import Collection, Sequence
from datetime import date

from homestretch.analysis.health.day_metric import day_metrics
from homestretch.coach.writing.words import NOTE, plain_words
from homestretch.errors import BadRequest, unknown
from homestretch.model.documents.health import HealthNight, HealthNote, HealthOverview, HealthTrend
from homestretch.model.documents.tools import (
    ToolHealth,
    ToolHealthKind,
    ToolHealthNote,
    ToolHealthValue,
    ToolReadiness,
    ToolValue,
)
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.notes import NOTE_KINDS
from homestretch.model.moment import days_from
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.health.overview import health_overview
from homestretch.views.health.read import Stretch, notes_of
from homestretch.views.health.trend import health_kinds, health_trend
from homestretch.views.tools.portions import fitting, portion
from homestretch.views.tools.values import NO_DATA, value

#: What is given where no kinds are asked for, as far as there is any.
USUAL = ("sleep_s", "hrv_night_ms", "resting_heart_rate_bpm", "weight_kg", "steps", "stress_avg")
#: The most kinds of one answer, and days.
MOST_KINDS, MOST_DAYS = 12, 366
NOTES_BYTES, KINDS_BYTES, VALUES_BYTES = 1_500, 3_000, 6_000


def tool_health(
    reader: Reader,
    scope: Scope,
    stretch: Stretch,
    kinds: Collection[str],
    today: date,
    limit: int,
    cursor: str | None,
    *,
    names: bool = True,
) -> ToolHealth:
    """Return measures by day, the newest day first; days without a value are null. Raises BadRequest."""
    scope.must("health: read")
    if stretch.count > MOST_DAYS:
        raise BadRequest(reason=f"Ask for at most {MOST_DAYS} days at once.")
    there = [one for one in _kinds(reader, scope) if one["first"] is not None]
    wanted = _wanted(kinds, {one["kind"] for one in there})
    rows = [row for kind in wanted for row in _values(health_trend(reader, scope, kind, stretch, today), stretch)]
    rows.sort(key=lambda row: row["day"], reverse=True)
    items, following = portion(rows, limit, cursor, VALUES_BYTES)
    return {
        "items": items,
        "next": following,
        "total": len(rows),
        "kinds": {} if cursor else _names(there),
        "notes": [] if cursor else notes(notes_of(reader, scope, stretch), names=names),
    }


def _wanted(kinds: Collection[str], there: Collection[str]) -> list[str]:
    """Return the kinds to give; raises BadRequest for unknown ones and too many."""
    known = {key for key in (*KINDS, *day_metrics()) if not _is_private(key)}
    for kind in kinds:
        if kind not in known:
            raise unknown("kind of measure", kind, known)
    if len(kinds) > MOST_KINDS:
        raise BadRequest(reason=f"Ask for at most {MOST_KINDS} kinds at once.")
    return list(dict.fromkeys(kinds)) or [key for key in USUAL if key in there]


def _is_private(key: str) -> bool:
    return key in KINDS and KINDS[key].private


def _kinds(reader: Reader, scope: Scope) -> list[ToolHealthKind]:
    return [
        {"kind": one["key"], "name": one["name"], "unit": one["unit"], "first": one["first"], "last": one["last"]}
        for one in health_kinds(reader, scope)["items"]
        if not _is_private(one["key"])
    ]


def _names(there: Sequence[ToolHealthKind]) -> dict[str, str]:
    """Return the names of kinds by key, as many as fit."""
    return {one["kind"]: one["name"] for one in there[: fitting(there, 3 * KINDS_BYTES)]} if there else {}


def _values(found: HealthTrend, stretch: Stretch) -> list[ToolHealthValue]:
    """Return a row for each day, newest last; what is missing is a row that says so."""
    days = {one["day"]: one for one in found["days"]}
    usual = {one["day"]: one for one in found["baseline"]}
    rows: list[ToolHealthValue] = []
    for day in days_from(stretch.first, stretch.count):
        said, band = days.get(day), usual.get(day)
        row: ToolHealthValue = {
            "ref": f"day:{day}:{found['key']}",
            "kind": found["key"],
            "day": day,
            "value": None if said is None else round(said["value"], 3),
            "unit": found["unit"],
            "source": None if said is None else said["source"],
            "usual_low": None if band is None else round(band["low"], 3),
            "usual_high": None if band is None else round(band["high"], 3),
        }
        if said is None:
            row["why"] = NO_DATA
        rows.append(row)
    return rows


def tool_readiness(reader: Reader, scope: Scope, day: date, today: date, *, names: bool = True) -> ToolReadiness:
    """Return readiness on a day with its parts, the night before, and its signals that are off."""
    scope.must("health: read")
    found = health_overview(reader, scope, day, today)
    ref = f"day:{day.isoformat()}"
    return {
        "ref": f"{ref}:readiness",
        "day": found["day"],
        "readiness": value(found["readiness"], "points", source="homestretch"),
        "parts": [_part(ref, found, one["key"], one["points"], "points") for one in found["readiness_parts"]],
        "unusual": found["unusual"],
        "signals": [_part(ref, found, one["key"], one["change"], one["unit"]) for one in found["signals"]],
        "night": {} if found["night"] is None else _night(found["night"]),
        # What may explain a night are kinds of notes of the athlete's, and hard training.
        "causes": [cause for cause in found["causes"] if cause in NOTE_KINDS or cause == "hard_day"],
        "notes": notes(found["notes"], names=names),
    }


def _part(ref: str, found: HealthOverview, key: str, given: float | None, unit: str) -> ToolHealthValue:
    row: ToolHealthValue = {
        "ref": f"{ref}:{key}",
        "kind": key,
        "day": found["day"],
        "value": None if given is None else round(given, 3),
        "unit": unit,
        "source": "homestretch",
        "usual_low": None,
        "usual_high": None,
    }
    if given is None:
        row["why"] = NO_DATA
    return row


def _night(night: HealthNight) -> dict[str, ToolValue]:
    stages, source = night["stages"], night["source"]
    return {
        "start": value(night["start"], "local time", source=source),
        "end": value(night["end"], "local time", source=source),
        "asleep_s": value(night["asleep_s"], "s", source=source),
        "deep_s": value(stages["deep_s"], "s", source=source),
        "light_s": value(stages["light_s"], "s", source=source),
        "rem_s": value(stages["rem_s"], "s", source=source),
        "awake_s": value(stages["awake_s"], "s", source=source),
        "score": value(night["score"], "points", source=source),
    }


def notes(found: Collection[HealthNote], *, names: bool) -> list[ToolHealthNote]:
    """Return notes of days, such as ill, the last ones that fit; their texts only with `names`."""
    rows: list[ToolHealthNote] = [
        {
            "ref": f"note:{one['id']}",
            "kind": one["kind"],
            "day": one["day"],
            "until": one["until"],
            "level": one["level"],
            "text": plain_words(one["text"], NOTE) if names else None,
        }
        for one in sorted(found, key=lambda one: one["until"], reverse=True)
    ]
    return rows[: fitting(rows, NOTES_BYTES)] if rows else []

"""One activity as models are given it, its intervals, and two side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from homestretch.analysis.athlete.thresholds import THRESHOLDS
from homestretch.coach.writing.words import NOTE, plain_words
from homestretch.model import figures
from homestretch.model.documents.activity import Activity, Lap
from homestretch.model.documents.analysis import Computed, Interval
from homestretch.model.documents.tools import (
    ToolActivity,
    ToolActivityDetail,
    ToolComparison,
    ToolDifference,
    ToolInterval,
    ToolIntervals,
    ToolValue,
    ToolZones,
)
from homestretch.store.database import Reader
from homestretch.store.queries.withheld import figures_withheld
from homestretch.store.scope import Scope
from homestretch.views.activities.activity import activity, resolve
from homestretch.views.activities.metrics import metrics_of
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.redacted import redacted
from homestretch.views.tools.activities import tool_items
from homestretch.views.tools.portions import cut_lists, portion
from homestretch.views.tools.values import BY_TERMS, unit_of, value

EMPTY: Computed = {"metrics": {}, "thresholds": {}, "measuring": False, "zones": {}, "climbs": [], "intervals": []}
LAP_FIGURES = ("moving_s", "distance_m", "ascent_m", "avg_hr_bpm", "max_hr_bpm", "avg_power_w", "avg_speed_mps")


def tool_detail(reader: Reader, scope: Scope, public_id: str, *, names: bool = True) -> ToolActivityDetail:
    """Return an activity with what was computed. Raises NotFound."""
    scope.must("activities: read")
    found, computed, withheld = _read(reader, scope, public_id)
    (shown,) = tool_items(reader, scope, [found], names=names)
    words = names and not withheld
    return {
        **shown,
        "values": shown["values"] | _figures(found, withheld=withheld),
        "description": plain_words(found["description"], NOTE) if words else None,
        "rpe": found["rpe"],
        "feel": found["feel"],
        "metrics": _metrics(computed),
        "thresholds": _thresholds(computed),
        "zones": _zones(shown["ref"], computed),
        "legs": found["legs"],
        "truncated": [],
    }


def tool_intervals(reader: Reader, scope: Scope, public_id: str, limit: int, cursor: str | None) -> ToolIntervals:
    """Return the detected hard parts and the laps of an activity. Raises NotFound, BadRequest."""
    scope.must("activities: read")
    found, computed, withheld = _read(reader, scope, public_id)
    (shown,) = tool_items(reader, scope, [found])
    parts = [] if withheld else [*_intervals(shown["ref"], computed["intervals"]), *_laps(shown["ref"], found["laps"])]
    items, following = portion(parts, limit, cursor)
    answer: ToolIntervals = {
        "ref": shown["ref"],
        "id": shown["id"],
        "source": shown["source"],
        "intervals": [one for one in items if one["kind"] != "lap"],
        "laps": [one for one in items if one["kind"] == "lap"],
        "next": following,
    }
    if not parts:
        answer["why"] = BY_TERMS if withheld else "no_data"
    return answer


def tool_comparison(reader: Reader, scope: Scope, one: str, other: str, *, names: bool = True) -> ToolComparison:
    """Return two activities side by side, and the second less the first. Raises NotFound."""
    first, second = (tool_detail(reader, scope, public_id, names=names) for public_id in (one, other))
    ours, theirs = ({**found["values"], **found["metrics"]} for found in (first, second))
    absent = value(None, "")
    rows = [_difference(key, ours.get(key, absent), theirs.get(key, absent)) for key in ours | theirs]
    # What neither has is not compared.
    items: list[object] = [row for row in rows if row["one"] is not None or row["other"] is not None]
    lists = {"items": items}
    truncated = cut_lists(lists, 8_000)
    return {
        "one": _short(first),
        "other": _short(second),
        "items": cast(list[ToolDifference], lists["items"]),
        "truncated": truncated,
    }


def _short(detail: ToolActivityDetail) -> ToolActivity:
    return {
        "ref": detail["ref"],
        "id": detail["id"],
        "day": detail["day"],
        "start_local": detail["start_local"],
        "name": detail["name"],
        "sport": detail["sport"],
        "sub_sport": detail["sub_sport"],
        "indoor": detail["indoor"],
        "source": detail["source"],
        "values": {},
    }


class _Read(NamedTuple):
    """An activity, what was computed of it, and whether terms withhold its figures."""

    found: Activity
    computed: Computed
    withheld: bool


def _read(reader: Reader, scope: Scope, public_id: str) -> _Read:
    row = resolve(reader, scope, public_id)
    found = activity(reader, scope, public_id)
    if figures_withheld(reader, scope, [row.id]):
        return _Read(found, EMPTY, withheld=True)
    hidden = redacted(reader, row, privacy_mask(reader, scope))
    return _Read(found, metrics_of(reader, row, hidden), withheld=False)


def _figures(found: Activity, *, withheld: bool) -> dict[str, ToolValue]:
    """Return all figures, each with the source of the recording that it is of."""
    sources = {one["id"]: one["source"] for one in found["recordings"]}
    given = cast(Mapping[str, float | None], found)
    return {
        key: value(
            None if withheld else given[key],
            unit_of(key),
            BY_TERMS if withheld else None,
            sources.get(found["sources"].get(key, "")),
        )
        for key in figures.KEYS
    }


def _metrics(computed: Computed) -> dict[str, ToolValue]:
    return {key: value(one["value"], one["unit"], one["reason"]) for key, one in computed["metrics"].items()}


def _thresholds(computed: Computed) -> dict[str, ToolValue]:
    return {
        key: value(one["value"], THRESHOLDS[key].unit, None, "estimated" if one["estimated"] else "set")
        for key, one in computed["thresholds"].items()
        if key in THRESHOLDS
    }


def _zones(ref: str, computed: Computed) -> list[ToolZones]:
    zones = computed["zones"]
    found = {"power": zones.get("power"), "heart_rate": zones.get("heart_rate"), "pace": zones.get("pace")}
    return [
        {
            "ref": f"{ref}:zones.{kind}",
            "kind": kind,
            "unit": one["unit"],
            "bounds": one["bounds"],
            "seconds": [one["below"], *one["seconds"]],
            "estimated": one["estimated"],
        }
        for kind, one in found.items()
        if one is not None
    ]


def _intervals(ref: str, found: Sequence[Interval]) -> list[ToolInterval]:
    return [
        {
            "ref": f"{ref}:interval.{number}",
            "kind": one["kind"],
            "start_s": one["start_s"],
            "elapsed_s": one["end_s"] - one["start_s"],
            "values": {
                "mean": value(one["mean"], "W" if one["kind"] == "power" else "m/s"),
                "distance_m": value(one["distance_m"], "m"),
                "avg_hr_bpm": value(one["avg_hr_bpm"], "bpm"),
            },
        }
        for number, one in enumerate(found, 1)
    ]


def _laps(ref: str, laps: Sequence[Lap]) -> list[ToolInterval]:
    return [
        {
            "ref": f"{ref}:lap.{lap['index'] + 1}",
            "kind": "lap",
            "start_s": lap["start_s"],
            "elapsed_s": lap["elapsed_s"],
            "values": {key: value(cast(Mapping[str, float | None], lap)[key], unit_of(key)) for key in LAP_FIGURES},
        }
        for lap in laps
    ]


def _difference(key: str, one: ToolValue, other: ToolValue) -> ToolDifference:
    ours, theirs = one["value"], other["value"]
    numbers = isinstance(ours, int | float) and isinstance(theirs, int | float)
    row: ToolDifference = {
        "ref": f"change:{key}",
        "key": key,
        "unit": one["unit"] or other["unit"],
        "one": ours,
        "other": theirs,
        "change": round(float(theirs) - float(ours), 4) if numbers else None,  # type: ignore[arg-type]
    }
    missing = one.get("why") or other.get("why")
    if missing is not None:
        row["why"] = missing
    return row

"""What was computed of one activity, for its page: numbers, zones, climbs, splits, medals, segments, route."""

from typing import Any

from sqlalchemy import Row

from homestretch.analysis.activity import splits as splits_of
from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.splits import splits
from homestretch.model.channel import MILE_M
from homestretch.model.documents.analysis import Analysis, Split
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.measured import effort_of
from homestretch.views.activities.metrics import metrics_of
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.redacted import redacted
from homestretch.views.places.routes import route_of
from homestretch.views.places.segments import efforts_of
from homestretch.views.training.records import medals

#: Length in m of a split, by family of sports; others have those of `ride`.
SPLIT_M = {"run": 1000.0, "walk": 1000.0, "ride": 5000.0, "row": 500.0, "swim": 100.0, "ski": 1000.0}


def analysis_of(reader: Reader, scope: Scope, activity: Row[Any], imperial: bool = False) -> Analysis:
    """Return everything that was computed of an activity; splits, and routes' names, are in miles if `imperial`."""
    hidden = redacted(reader, activity, privacy_mask(reader, scope))
    effort = effort_of(reader, activity) if hidden is None else hidden.effort
    efforts = efforts_of(reader, scope, activity.id)
    return {
        **metrics_of(reader, activity, hidden),
        "splits": _splits(effort, imperial),
        # A rank among all efforts would be one of a stretch that may be hidden.
        "medals": medals(reader, scope, activity.id) if hidden is None else [],
        "segments": efforts if hidden is None else hidden.parts(efforts, activity),
        "route": route_of(reader, scope, activity.id, imperial=imperial),
    }


def _splits(effort: Effort | None, imperial: bool) -> list[Split]:
    if effort is None or effort.lengths:
        return []
    metres = SPLIT_M.get(effort.sport.family, SPLIT_M["ride"])
    if imperial:
        metres = MILE_M * max(1.0, round(metres / 1000.0))
    return [_split(split, effort.samples.lead_s) for split in splits(effort, metres)]


def _split(split: splits_of.Split, lead_s: float) -> Split:
    """Return a split with its start since that of the activity instead of since the first sample."""
    return {
        "start_s": split.start_s + lead_s,
        "elapsed_s": split.elapsed_s,
        "moving_s": split.moving_s,
        "distance_m": split.distance_m,
        "speed_mps": split.speed_mps,
        "gap_speed_mps": split.gap_speed_mps,
        "avg_hr_bpm": split.avg_hr_bpm,
        "avg_power_w": split.avg_power_w,
        "ascent_m": split.ascent_m,
        "descent_m": split.descent_m,
    }

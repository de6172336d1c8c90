"""The newest activity in a few figures: its load, time in zones, medals and times on segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from homestretch.analysis.measure.metric import metrics as described
from homestretch.model.documents.activity import ActivityItem
from homestretch.model.documents.today import LastActivity, LastMedal, ZoneStrip
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.queries.activities import metrics_of
from homestretch.store.queries.today import PlacedEffort, Stored, ZoneTimes, zones_of
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.redacted import Redacted, redacted
from homestretch.views.kit.samples import legs_of
from homestretch.views.lists.filters import Filter
from homestretch.views.places.segments import MEDALS, efforts_of

#: So many medals and times on segments are shown.
MOST = 4
#: Which zones are shown, by family of sports: the first that there are.
ZONES: Mapping[str, Sequence[Literal["power", "heart_rate", "pace"]]] = {
    "ride": ("power", "heart_rate"),
    "run": ("heart_rate", "pace", "power"),
}
OTHER_ZONES: Sequence[Literal["power", "heart_rate", "pace"]] = ("heart_rate", "power", "pace")


type Zones = Mapping[str, ZoneTimes]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest activity as lists show it, its row, and the part that is shown where some is hidden."""

    item: ActivityItem
    row: Stored
    hidden: Redacted | None


def newest(reader: Reader, scope: Scope) -> tuple[Newest | None, int]:
    """Return the newest activity, as the viewer may see it, and how many there are."""
    page = activity_list(reader, scope, Filter(), "-start", 1, None)
    if not page["items"]:
        return None, 0
    row = resolve(reader, scope, page["items"][0]["id"])
    hidden = redacted(reader, row, privacy_mask(reader, scope))
    return Newest(page["items"][0], row, hidden), page["total"] or 1


def last_activity(reader: Reader, scope: Scope, of: Newest, placed: Sequence[PlacedEffort]) -> LastActivity:
    """Return the newest activity in a few figures, with its best efforts as they are `placed`."""
    item, row, hidden = of.item, of.row, of.hidden
    load, zones = _computed(reader, row, hidden)
    return {
        "id": item["id"],
        "name": item["name"],
        "sport": item["sport"],
        "start_local": item["start_local"],
        "indoor": item["indoor"],
        "distance_m": item["distance_m"],
        "moving_s": item["moving_s"],
        "elapsed_s": item["elapsed_s"],
        "ascent_m": item["ascent_m"],
        "avg_speed_mps": item["avg_speed_mps"],
        "avg_hr_bpm": item["avg_hr_bpm"],
        "avg_power_w": item["avg_power_w"],
        "load": load,
        "zones": _strip(row, zones),
        "medals": _medals(reader, scope, of, placed),
        "thumb": item["thumb"],
        "rpe": row.rpe,
        "feel": row.feel,
    }


def _computed(reader: Reader, row: Stored, hidden: Redacted | None) -> tuple[float | None, Zones]:
    """Return load and time in zones of what is shown; of a multisport activity its legs' together."""
    if hidden is not None:
        measured = hidden.measured()
        return measured.values.get("load"), cast(Zones, measured.found.get("zones", {}))
    number = described()["load"].number
    if row.primary_id is None:
        legs = legs_of(reader, row)
        loads = [metrics_of(reader, row.athlete_id, leg.id).get(number) for leg in legs]
        known = [load for load in loads if load is not None]
        return (sum(known) if known else None), {}
    return metrics_of(reader, row.athlete_id, row.id).get(number), zones_of(reader, row.id)


def _strip(row: Stored, zones: Zones) -> ZoneStrip | None:
    """Return the seconds by zone; what lies below the first zone counts to it."""
    wanted = ZONES.get(Sport(row.sport).family, OTHER_ZONES)
    kind = next((kind for kind in wanted if kind in zones), None)
    if kind is None:
        return None
    first, *others = zones[kind]["seconds"]
    return {"kind": kind, "seconds": [first + zones[kind].get("below", 0.0), *others]}


def _medals(reader: Reader, scope: Scope, of: Newest, placed: Sequence[PlacedEffort]) -> list[LastMedal]:
    """Return the best ranks of an activity's efforts and times on segments; of equal ranks the longest effort."""
    # A rank among all efforts would be one of a stretch that may be hidden.
    efforts = [_effort(one) for one in placed if one.activity_id == of.row.id and of.hidden is None]
    times = efforts_of(reader, scope, of.row.id)
    shown = times if of.hidden is None else of.hidden.parts(times, of.row)
    found: list[LastMedal] = efforts + [
        {
            "what": "segment",
            "kind": "segment",
            "size": 0.0,
            "name": one["name"],
            "segment": one["segment"],
            "value": one["elapsed_s"],
            "rank": one["rank"],
        }
        for one in shown
        # A rank of one is a medal only among others.
        if one["rank"] is not None and one["rank"] <= MEDALS and one["of"] > 1
    ]
    return sorted(found, key=lambda one: (one["rank"], one["what"] == "effort", -one["size"]))[:MOST]


def _effort(row: PlacedEffort) -> LastMedal:
    return {
        "what": "effort",
        "kind": row.kind,
        "size": row.size,
        "name": None,
        "segment": None,
        "value": abs(row.goodness),
        "rank": row.rank,
    }

"""Gear: each item's use, sources' values for it, its components that are due, and sources' unmatched gear."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from homestretch.analysis.athlete.wear import Day, Used, Wear, part_of, total, wear
from homestretch.formats import formats
from homestretch.model.documents.gear import GearAlias, GearComponent, GearItem, GearList, UnknownGear, Use
from homestretch.sources.registry import allows, sources
from homestretch.store.database import Reader
from homestretch.store.queries.gear import OURS, Gears, components_of, find_gear, known_there, services_of, used_days
from homestretch.store.queries.today import Stored
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import athletes, gear, gear_aliases
from homestretch.views.kit.lru_cache import LruCache
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask, untouched
from homestretch.views.kit.today import today

#: A source's distance of an item is a mismatch beyond both of these: a share of ours, and m.
MISMATCH, MISMATCH_M = 0.02, 20_000.0
_EPOCH = date(1970, 1, 1)
_used: LruCache[list[Wear]] = LruCache(32)


class PartDue(NamedTuple):
    """A part that is due: its item, and what is left of its intervals (negative: overdue by as much)."""

    item: str
    item_name: str
    name: str
    left_m: float | None
    left_s: float | None
    left_days: int | None


def gear_list(reader: Reader, scope: Scope, now: int) -> GearList:
    """Return the athlete's gear, what is used most recently first and what is retired last, and what is unknown."""
    known = known_there(reader, scope.athlete_id) if scope.may("sources: read") else []
    gears = Gears.of(reader, scope.athlete_id)
    whole = _Whole.of(reader, scope, gears, known, today(reader, scope, now))
    items = [whole.item(row) for row in gears.items.values()]
    items.sort(key=lambda one: (one["retired"] is not None, _reverse(one["last_day"]), one["name"]))
    unknown = [_unknown(one, gears) for one in known if (one["source"], one["key"]) not in gears.aliases]
    removed = select(gear).where(gear.c.athlete_id == scope.athlete_id, gear.c.removed_ms.is_not(None))
    return {
        "items": items,
        "unknown": unknown,
        "removed": [
            {"id": row.public_id, "name": row.name}
            for row in reader.rows(removed.order_by(gear.c.removed_ms.desc()))
            if (OURS, row.public_id) not in gears.aliases
        ],
    }


def gear_whole(reader: Reader, scope: Scope, item: str, now: int) -> GearItem:
    """Return an item of gear. Raises NotFound."""
    row = find_gear(reader, scope, item)
    known = known_there(reader, scope.athlete_id) if scope.may("sources: read") else []
    gears = Gears.of(reader, scope.athlete_id)
    return _Whole.of(reader, scope, gears, known, today(reader, scope, now)).item(row)


def parts_due(reader: Reader, scope: Scope, now: int) -> list[PartDue]:
    """Return the parts in use that are due for service, the most overdue first."""
    parts = [one for one in components_of(reader, scope.athlete_id) if _ends(one)]
    gears = Gears.of(reader, scope.athlete_id).items if parts else {}
    parts = [one for one in parts if one.gear_id in gears and gears[one.gear_id].retired_ms is None]
    if not parts:
        return []
    done = services_of(reader, scope.athlete_id)
    services = tuple((one.id, one.day) for of in done.values() for one in of)
    today_, changed = today(reader, scope, now), watermark(reader, scope.athlete_id, CHANGED)
    hidden = privacy_mask(reader, scope)
    question = (scope.athlete_id, changed, today_, hidden, tuple(parts), services)
    # What a part has had is a sum over all activities with its item, of which there may be thousands.
    used = _used.of(question, lambda: _worn(reader, scope.athlete_id, hidden, parts, done, today_))
    due = [(of, one) for of, one in zip(used, parts, strict=True) if of.due]
    return [
        PartDue(gears[one.gear_id].public_id, gears[one.gear_id].name, one.name, of.left_m, of.left_s, of.left_days)
        for of, one in sorted(due, key=lambda pair: -(pair[0].share or 0.0))
    ]


def _ends(part: Stored) -> bool:
    return part.until is None and any((part.every_m, part.every_s, part.every_days))


def _worn(
    reader: Reader,
    athlete_id: int,
    hidden: PrivacyMask,
    parts: Sequence[Stored],
    services: Mapping[int, list[Stored]],
    now: date,
) -> list[Wear]:
    """Return the wear of parts, in their order."""
    used = used_days(reader, athlete_id, activities.c.gear_id.in_({one.gear_id for one in parts}), *untouched(hidden))
    days = {item: [Day(one.day, one.distance_m, one.time_s, one.activities) for one in of] for item, of in used.items()}
    return [
        wear(part_of(one, services.get(one.id, [])), days.get(one.gear_id, []), (now - _EPOCH).days) for one in parts
    ]


class _Whole:
    """The store's data for showing items, read once for all of them."""

    def __init__(self, today_: int, zone: ZoneInfo, gears: Gears, known: Sequence[Mapping[str, Any]]) -> None:
        self.today, self.zone, self.items = today_, zone, gears.items
        self.known = {(one["source"], one["key"]): one for one in known}
        self.days: Mapping[int, list[Row[Any]]] = {}
        self.services: Mapping[int, list[Row[Any]]] = {}
        self.parts: dict[int, list[Row[Any]]] = {}
        self.aliases: dict[int, list[Row[Any]]] = {}

    @classmethod
    def of(cls, reader: Reader, scope: Scope, gears: Gears, known: Sequence[Mapping[str, Any]], now: date) -> "_Whole":
        zone = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == scope.athlete_id))
        made = cls((now - _EPOCH).days, ZoneInfo(zone or "UTC"), gears, known)
        among = untouched(privacy_mask(reader, scope))
        made.days = used_days(reader, scope.athlete_id, *among)
        made.services = services_of(reader, scope.athlete_id)
        for row in components_of(reader, scope.athlete_id):
            made.parts.setdefault(row.gear_id, []).append(row)
        mine = (gear_aliases.c.athlete_id == scope.athlete_id) & (gear_aliases.c.source != OURS)
        called = select(gear_aliases).where(mine).order_by(gear_aliases.c.source, gear_aliases.c.key)
        for row in reader.rows(called) if scope.may("sources: read") else ():
            made.aliases.setdefault(row.gear_id, []).append(row)
        return made

    def item(self, row: Row[Any]) -> GearItem:
        days = [Day(one.day, one.distance_m, one.time_s, one.activities) for one in self.days.get(row.id, [])]
        done = total(days, Used(row.distance_m, row.time_s))
        retired = None if row.retired_ms is None else datetime.fromtimestamp(row.retired_ms / 1000 - 1, UTC)
        return {
            "id": row.public_id,
            "kind": row.kind,
            "name": row.name,
            "note": row.note,
            "families": row.families,
            "usual_since": row.usual_since,
            "usual_until": self._until(row),
            "before_m": row.distance_m,
            "before_s": row.time_s,
            "retired": None if retired is None else retired.astimezone(self.zone).date().isoformat(),
            **_use(done),
            "first_day": _iso(days[0].day) if days else None,
            "last_day": _iso(days[-1].day) if days else None,
            "aliases": [self._alias(one, done.distance_m, row) for one in self.aliases.get(row.id, [])],
            "components": [self._component(one, days) for one in self.parts.get(row.id, [])],
        }

    def _until(self, row: Row[Any]) -> dict[str, str]:
        """Return from which day on another item in use is the usual one, by family, where one is."""
        if row.retired_ms is not None:
            return {}
        later = sorted(
            (other.usual_since, family)
            for other in self.items.values()
            if other.retired_ms is None and (other.usual_since or "") > (row.usual_since or "")
            for family in {*row.families} & {*other.families}
        )
        return {family: day for day, family in reversed(later)}

    def _alias(self, alias: Row[Any], ours_m: float, row: Row[Any]) -> GearAlias:
        """Return a source's distance of an item: its own total, else the sum of its activities with the item."""
        known = self.known.get((alias.source, alias.key), {})
        there, summed = known.get("distance_m"), False
        if there is None and _lasts(alias.source):
            there, summed, ours_m = known.get("listed_m"), True, ours_m - row.distance_m
        apart = None if there is None else there - ours_m
        return {
            "source": alias.source,
            "source_name": name_of(alias.source),
            "key": alias.key,
            "name": known.get("name"),
            "distance_m": there,
            "basis": None if there is None else "activities" if summed else "total",
            "apart_m": apart,
            "mismatch": apart is not None and abs(apart) > MISMATCH_M and abs(apart) > MISMATCH * max(ours_m, 1.0),
        }

    def _component(self, row: Row[Any], days: Sequence[Day]) -> GearComponent:
        done = self.services.get(row.id, [])
        worn = wear(part_of(row, done), days, self.today)
        return {
            "id": row.public_id,
            "name": row.name,
            "since": row.since,
            "until": row.until,
            "before_m": row.distance_m,
            "before_s": row.time_s,
            "every_m": row.every_m,
            "every_s": row.every_s,
            "every_days": row.every_days,
            "whole": _use(worn.whole),
            "since_service": _use(worn.since),
            "left_m": worn.left_m,
            "left_s": worn.left_s,
            "left_days": worn.left_days,
            "share": worn.share,
            "due": worn.due and row.until is None,
            "services": [{"id": str(one.id), "day": one.day, "note": one.note} for one in reversed(done)],
        }


def name_of(source: str) -> str:
    """Return what a source is called."""
    known = sources().get(source) or formats().get(source)
    return known.name if known else source


def _unknown(one: Mapping[str, Any], gears: Gears) -> UnknownGear:
    """Return gear that only a source knows, and suggest our item of the same name."""
    same = [row.public_id for row in gears.items.values() if _plain(row.name) == _plain(one["name"] or one["key"])]
    lasts = _lasts(one["source"])
    distance = one["distance_m"] if one["distance_m"] is not None or not lasts else one["listed_m"]
    return {
        "source": one["source"],
        "source_name": name_of(one["source"]),
        "key": one["key"],
        "name": one["name"] or one["key"],
        "kind": one["kind"],
        "distance_m": distance,
        "retired": one["retired"],
        "activities": one["activities"] if lasts else None,
        "suggestion": same[0] if len(same) == 1 else None,
    }


def _lasts(source: str) -> bool:
    """Return whether what a source lists stays here: of what is cached there is only the newest."""
    return allows(source, "keep")


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _use(used: Used) -> Use:
    return {"distance_m": used.distance_m, "time_s": used.time_s, "activities": used.activities}


def _iso(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()


def _reverse(day: str | None) -> int:
    return 0 if day is None else -date.fromisoformat(day).toordinal()

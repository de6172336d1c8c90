"""The activities of a range of days as the reader of a link is shown them: each in short, and sums by sport.

Those are listed that a viewer sees and whose figures the terms of sources let be shared. The figures are of three kinds
that nothing else goes into; near a private place they are those of what lies outside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import select

from homestretch.model.documents.sharing import SharedRange, SharedSum, SharedSummary
from homestretch.model.moment import local_iso
from homestretch.model.sharing import RANGE_FIELDS, Aspect, Subject, days_of, hidden_with
from homestretch.store.database import Reader
from homestretch.store.queries.samples import Stored
from homestretch.store.queries.withheld import figures_allowed
from homestretch.store.tables.derived import activities
from homestretch.views.kit.privacy import PrivacyMask, privacy_mask
from homestretch.views.kit.redacted import shown_of
from homestretch.views.lists.filters import Filter, conditions
from homestretch.views.sharing.shared import SECONDS, name_of, reader_scope, without


def shared_range(reader: Reader, athlete_id: int, subject: Subject, aspects: Iterable[Aspect]) -> SharedRange:
    """Return the activities of a range without these aspects, and what goes with them. Raises BadRequest."""
    first, last = days_of(subject)
    items = _summaries(reader, athlete_id, Filter(since=first, until=last), hidden_with(aspects))
    # Of one day by what is shown of them, so that the order says nothing of the hour where that is hidden.
    items.sort(key=_place, reverse=True)
    return {"kind": "range", "first": first.isoformat(), "last": last.isoformat(), "sums": _sums(items), "items": items}


def _summaries(reader: Reader, athlete_id: int, what: Filter, hidden: Set[Aspect]) -> list[SharedSummary]:
    scope = reader_scope(athlete_id)
    mask = privacy_mask(reader, scope)
    wanted = [*conditions(reader, scope, what), *figures_allowed(scope)]
    rows = reader.rows(select(activities).where(*wanted))
    instead = shown_of(reader, athlete_id, rows, mask)
    return [_summary(row, mask, instead.get(row.id), hidden) for row in rows]


def _summary(row: Stored, mask: PrivacyMask, instead: Mapping[str, Any] | None, hidden: Set[Aspect]) -> SharedSummary:
    figures = row._asdict() if instead is None else instead
    start_ms = figures["start_ms"] or row.start_ms
    start = local_iso(start_ms, row.offset_s)[:SECONDS]
    found: SharedSummary = {
        "name": name_of(row, hidden),
        "sport": row.sport,
        "sub_sport": row.sub_sport,
        "indoor": row.indoor,
        "day": start[:10],
        "start_local": start,
        "distance_m": _whole(figures["distance_m"]),
        "moving_s": _whole(figures["moving_s"]),
        "ascent_m": _whole(figures["ascent_m"]),
        "track": mask.of(row.public_id).line(row.thumb),
    }
    return without(found, RANGE_FIELDS, hidden)


def _whole(value: float | None) -> float | None:
    return None if value is None else float(round(value))


def _place(item: SharedSummary) -> tuple[str, str, str, float, str]:
    return item["day"], item["start_local"] or "", item["sport"], item["distance_m"] or 0.0, item["name"] or ""


def _sums(items: Sequence[SharedSummary]) -> list[SharedSum]:
    by_sport: dict[str, list[SharedSummary]] = defaultdict(list)
    for item in items:
        by_sport[item["sport"]].append(item)
    found = [_sum(sport, some) for sport, some in by_sport.items()]
    return sorted(found, key=lambda one: (-one["count"], one["sport"]))


def _sum(sport: str, items: Sequence[SharedSummary]) -> SharedSum:
    return {
        "sport": sport,
        "count": len(items),
        "distance_m": _added([item["distance_m"] for item in items]),
        "moving_s": _added([item["moving_s"] for item in items]),
        "ascent_m": _added([item["ascent_m"] for item in items]),
    }


def _added(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None

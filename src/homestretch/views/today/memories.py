"""What was done on the same day of earlier years."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from homestretch.model.documents.today import Memory
from homestretch.store.database import Reader
from homestretch.store.queries.today import DayActivity, Stored, longest_from
from homestretch.store.scope import Scope
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.redacted import shown_of
from homestretch.views.kit.statistics_scope import DAY_MS, day, everywhere, midnight_ms

MOST = 5


def memories(reader: Reader, scope: Scope, today: date, first: int) -> list[Memory]:
    """Return what was done on this day of earlier years, the latest first, from the `first`-th day of the calendar on.

    Of several of a day the longest is shown.
    """
    days = [when for years in range(1, today.year) if (when := _ago(today, years)) and when.toordinal() >= first]
    begins = [midnight_ms(one) for one in days]
    found = longest_from(reader, everywhere(scope, legs=False), begins, DAY_MS, MOST)
    shown = shown_of(reader, scope.athlete_id, cast("Sequence[Stored]", found), privacy_mask(reader, scope))
    return [_memory(row, shown.get(row.id, {}), today.year) for row in found]


def _memory(row: DayActivity, instead: Mapping[str, float | None], year: int) -> Memory:
    """Return an activity as a memory; `instead` are the figures of one that is shown in part."""
    when = day(row.local_ms)
    return {
        "years": year - when.year,
        "id": row.public_id,
        "name": row.name,
        "sport": row.sport,
        "day": when.isoformat(),
        "distance_m": instead["distance_m"] if instead else row.distance_m,
        "moving_s": instead["moving_s"] if instead else row.moving_s,
    }


def _ago(today: date, years: int) -> date | None:
    """Return the same day so many years ago; None for 29 February in a year without one."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return None

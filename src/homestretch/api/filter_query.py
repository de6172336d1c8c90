"""The filter of activities as a query of an address has it."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from homestretch.views.lists.filters import Filter, Has, YesNoAll

type Least = Annotated[float | None, Query(ge=0, le=1e9)]
type Word = Annotated[str | None, Query(max_length=60)]


def _filter(
    sport: str | None = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
    text: Annotated[str | None, Query(max_length=200)] = None,
    hidden: YesNoAll = "false",
    deleted: bool = False,
    gear: Annotated[str | None, Query(max_length=20)] = None,
    distance_from: Least = None,
    distance_to: Least = None,
    time_from: Least = None,
    time_to: Least = None,
    tag: Annotated[tuple[Annotated[str, Query(max_length=60)], ...], Query(max_length=20)] = (),
    workout_type: Word = None,
    source: Word = None,
    has: Annotated[tuple[Has, ...], Query(max_length=3)] = (),
    near: Word = None,
    within: Annotated[float, Query(gt=0, le=100_000)] = 1000.0,
    route: Word = None,
    ids: Annotated[str | None, Query(max_length=20_000)] = None,
) -> Filter:
    """Return the filter; `ids` are separated by commas, distances are m, times s."""
    named = None if ids is None else tuple(ids.split(","))
    what = Filter(sport, since, until, text, hidden, deleted, gear)
    return replace(
        what, distance_from=distance_from, distance_to=distance_to, time_from=time_from, time_to=time_to, tags=tag,
        workout_type=workout_type, source=source, has=has, near=near, within_m=within, route=route, ids=named,
    )  # fmt: skip


type Wanted = Annotated[Filter, Depends(_filter)]

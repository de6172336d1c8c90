"""Milestones with the activity that reached each, and what is ahead."""

from collections.abc import Collection
from datetime import date

from homestretch.analysis.milestones.milestone import Course, Done, courses, kinds
from homestretch.model.documents.history import Milestone, MilestoneAhead, Milestones
from homestretch.store.database import Reader
from homestretch.store.queries.trained import Trained, trained
from homestretch.store.scope import Scope
from homestretch.views.kit.statistics_scope import counting, day, family_of, ordinal

#: So much of the next milestone must be there for it to be shown as ahead, and so many of them are.
NEAR, MOST_AHEAD = 0.5, 12


def milestones(reader: Reader, scope: Scope, today: date) -> Milestones:
    """Return what was reached up to a day, the newest first, and the milestones ahead, the nearest first.

    What counts is what counts in other sums: legs instead of their whole.
    """
    rows = trained(reader, counting(reader, scope, until=today))
    pairs = sorted(((_done(row), row) for row in rows), key=lambda pair: pair[0].order)
    done = [one for one, _ in pairs]
    items: list[Milestone] = []
    ahead: list[MilestoneAhead] = []
    for key, course in courses(done, today.year).items():
        shown = _of_sports(course, {one.family for one in done})
        for one in shown.reached:
            row = pairs[one.at][1]
            items.append(
                {
                    "kind": key,
                    "value": one.value,
                    "unit": kinds()[key].unit,
                    "sport": one.sport,
                    "year": one.year,
                    "day": day(row.local_ms).isoformat(),
                    "activity": row.public_id,
                    "name": row.name,
                }
            )
        ahead += [
            {"kind": key, "value": one.value, "unit": kinds()[key].unit, "sport": one.sport, "year": one.year,
             "done": one.done}
            for one in shown.ahead
            if one.done >= NEAR * one.value
        ]  # fmt: skip
    items.sort(key=lambda one: (one["day"], one["kind"], one["value"]), reverse=True)
    ahead.sort(key=lambda one: -one["done"] / one["value"])
    return {"items": items, "ahead": ahead[:MOST_AHEAD]}


def _done(row: Trained) -> Done:
    refused = row.refused.split()
    distance_m, ascent_m = row.distance_m or 0.0, row.ascent_m or 0.0
    return Done(
        start_ms=row.local_ms,
        day=ordinal(row.local_ms),
        year=day(row.local_ms).year,
        family=family_of(row.sport),
        distance_m=distance_m,
        moving_s=row.moving_s or 0.0,
        ascent_m=ascent_m,
        longest_m=0.0 if "distance_m" in refused else distance_m,
        climbed_m=0.0 if "ascent_m" in refused else ascent_m,
    )


def _of_sports(course: Course, families: Collection[str]) -> Course:
    """Return a course without what it has of the only sport there is, where all sports together say the same."""
    if len(families) > 1 or all(one.sport is not None for one in course.reached):
        return course
    return Course(
        tuple(one for one in course.reached if one.sport is None),
        tuple(one for one in course.ahead if one.sport is None),
    )

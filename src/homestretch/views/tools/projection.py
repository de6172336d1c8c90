"""Where the plan in force leads, as models are given it: fitness and form by day, and on the morning of the event."""

from datetime import date

from homestretch.coach.projection import days_of
from homestretch.coach.writing.words import plain_words
from homestretch.model.documents.tool_plans import ToolProjection, ToolProjectionDay
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.coach.forecast import Forecast, forecast
from homestretch.views.kit.statistics_scope import must_be_in_order
from homestretch.views.tools.portions import portion
from homestretch.views.tools.training import left_out
from homestretch.views.tools.values import value

EMPTY: ToolProjection = {
    "ref": None, "plan": None, "version": None, "event": None, "event_date": None, "morning": {}, "items": [],
    "next": None, "total": 0, "partial": False, "why": "no_plan",
}  # fmt: skip


def tool_projection(
    reader: Reader, scope: Scope, until: date | None, today: date, limit: int, cursor: str | None, *, names: bool
) -> ToolProjection:
    """Return planned load, and fitness and form as planned, from today to a day or the plan's end.

    Without a plan in force it says so. Raises BadRequest for a day before today.
    """
    scope.must("coach: read")
    must_be_in_order(today, until)
    found = forecast(reader, scope, today, until)
    if found is None:
        return EMPTY
    rows = _days(found)
    items, following = portion(rows, limit, cursor)
    morning = found.morning
    return {
        "ref": f"plan:{found.plan}:{found.version}",
        "plan": found.plan,
        "version": found.version,
        "event": plain_words(found.event["name"]) if names and found.event is not None else None,
        "event_date": None if found.event is None else found.event["date"],
        "morning": {} if morning is None else {"fitness": value(morning[0], ""), "form": value(morning[1], "")},
        "items": items,
        "next": following,
        "total": len(rows),
        "partial": left_out(reader, scope, None, today) > 0,
    }


def _days(found: Forecast) -> list[ToolProjectionDay]:
    course = found.course
    columns = (course.loads, course.fitness, course.form, course.low, course.high)
    values = zip(*(column.round(1).tolist() for column in columns), strict=True)
    return [
        {
            "ref": f"day:{day}:planned",
            "day": day,
            "load": load,
            "fitness": fitness,
            "form": form,
            "fitness_low": low,
            "fitness_high": high,
        }
        for day, (load, fitness, form, low, high) in zip(days_of(course), values, strict=True)
    ]

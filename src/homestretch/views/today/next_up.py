"""What comes next: the next open session of the plan in force, or room for load; and the next race."""

from datetime import date

from homestretch.analysis.athlete.fitness import FORM_ZONES, Fitness, load_for_form
from homestretch.model.channel import Floats
from homestretch.model.coach.session import session_document
from homestretch.model.documents.today import LoadRoom, NextUp, RaceAhead
from homestretch.store.queries.plans import StoredVersion
from homestretch.views.coach.forecast import Forecast

#: Below this, form is at high risk.
LEAST_FORM = FORM_ZONES[0][0]


def next_up(
    plan: StoredVersion | None, forecast: Forecast | None, loads: Floats, found: Fitness, today: date
) -> NextUp:
    """Return what comes next of a plan and its forecast; without a session for today what today has room for."""
    ahead = [] if forecast is None else sorted(forecast.ahead, key=lambda one: (one.date, one.start or ""))
    return {
        "session": session_document(ahead[0]) if ahead else None,
        "room": None if ahead and ahead[0].date == today.isoformat() else load_room(loads, found),
        "race": None if plan is None else _race(plan, today),
    }


def load_room(loads: Floats, found: Fitness) -> LoadRoom | None:
    """Return which load of today holds fitness, and which is the most before form is at high risk tomorrow.

    Fitness stays where the day's load is as high. None before the second day.
    """
    if len(loads) < 2:
        return None
    fitness, fatigue = float(found.fitness[-2]), float(found.fatigue[-2])
    most = load_for_form((fitness, fatigue), LEAST_FORM)
    return {"hold": fitness, "most": max(most, 0.0), "done": float(loads[-1])}


def _race(plan: StoredVersion, today: date) -> RaceAhead | None:
    ahead = [one for one in plan.document["events"] if one["date"] >= today.isoformat()]
    event = min(ahead, key=lambda one: one["date"], default=None)
    if event is None:
        return None
    return {
        "name": event["name"],
        "day": event["date"],
        "days": (date.fromisoformat(event["date"]) - today).days,
        "sport": event["sport"],
        "priority": event["priority"],
    }

"""Puts today together: one document from one read, which is all that the page asks for."""

from datetime import date, timedelta

import numpy as np

import homestretch
from homestretch.analysis.athlete.fitness import Fitness
from homestretch.coach.projection import Projection, project
from homestretch.model.coach.session import Session
from homestretch.model.documents.charts import FrameBody
from homestretch.model.documents.health import HealthCard
from homestretch.model.documents.today import FormGlance, LastBackup, NextUp, Today, TodayFooter, YearLoads
from homestretch.model.moment import instant, iso
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries.plans import approved_version
from homestretch.store.queries.today import placed_efforts
from homestretch.store.scope import Scope
from homestretch.views.charts.fitness import fitness_frame
from homestretch.views.coach.forecast import Forecast, forecast
from homestretch.views.kit.statistics_scope import counting
from homestretch.views.kit.today import local_now
from homestretch.views.sources.sources import connection_states
from homestretch.views.today.body import form_glance, night_cards, signs_of
from homestretch.views.today.headline import Facts, headline
from homestretch.views.today.last_activity import last_activity, newest
from homestretch.views.today.memories import memories
from homestretch.views.today.needs import needs
from homestretch.views.today.news import news
from homestretch.views.today.next_up import next_up
from homestretch.views.today.week import last_days, week_glance
from homestretch.views.training.fitness import Days, daily_loads, fitness_of
from homestretch.views.training.goals import goals_now
from homestretch.views.training.records import MEDALS

PAST_DAYS, AHEAD_DAYS = 90, 14
#: So many days before today are looked at for the headline.
BEHIND_DAYS = 60
YEAR_DAYS = 364
#: How high a heart rate or a cadence was is no achievement.
UNPRAISED = ("heart_rate", "cadence")
#: The shares of days with load below which each shade of a year begins.
SHADES = (0.0, 0.25, 0.5, 0.75)


def today_document(reader: Reader, scope: Scope, now: int, backup: LastBackup | None = None) -> Today:
    """Return today at a glance, as of an instant (UTC ms)."""
    scope.must("activities: read")
    local_ms = local_now(reader, scope, now)
    today = instant(local_ms).date()
    loads = daily_loads(reader, scope, today)
    found = fitness_of(loads)
    plan = approved_version(reader, scope) if scope.may("plans: read") else None
    ahead = None if plan is None else forecast(reader, scope, today, today + timedelta(days=AHEAD_DAYS))
    latest, count = newest(reader, scope)
    rows = last_days(reader, scope, today)
    ids = {row.id for row in rows} | ({latest.row.id} if latest else set())
    placed = placed_efforts(reader, counting(reader, scope), ids, MEDALS, UNPRAISED)
    night, form = night_cards(reader, scope, today), form_glance(found)
    up = next_up(plan, ahead, loads.loads, found, today)
    return {
        "day": today.isoformat(),
        "at": iso(now) or "",
        "activities": count,
        "headline": headline(facts_of(loads, form, night, up)),
        "form": form,
        "health": night,
        "last": None if latest is None else last_activity(reader, scope, latest, placed),
        "week": week_glance(rows, local_ms, plan),
        "goals": goals_now(reader, scope, today),
        "next": up,
        "fitness": _strip(loads, found, ahead, today),
        "needs": needs(reader, scope, today, now),
        "year": _year(loads, today),
        "new": news(reader, scope, rows, placed),
        "on_this_day": memories(reader, scope, today, loads.first),
        "footer": _footer(reader, scope, now, backup),
    }


def facts_of(loads: Days, form: FormGlance | None, night: list[HealthCard] | None, up: NextUp) -> Facts:
    """Return what the headline is made of."""
    race = up["race"]
    return Facts(
        form=None if form is None else form["form"],
        fitness=None if form is None else form["fitness"],
        ramp=None if form is None else form["ramp"],
        loads=loads.loads[-1 - BEHIND_DAYS : -1].tolist(),
        done_today=float(loads.loads[-1]) if len(loads.loads) else 0.0,
        signs=signs_of(night or []),
        race=None if race is None else (race["days"], race["name"]),
    )


def _strip(loads: Days, found: Fitness, ahead: Forecast | None, today: date) -> FrameBody | None:
    """Return the last days of fitness and form, and the next: as planned, or else as they go without any load."""
    if len(loads.loads) == 0:
        return None
    since = today - timedelta(days=PAST_DAYS - 1)
    if ahead is not None:
        return _rounded(fitness_frame(loads, found, since, today, ahead.course))
    return _rounded(fitness_frame(loads, found, since, today, _rest(loads, found, today), "rest"))


def _rest(loads: Days, found: Fitness, today: date) -> Projection:
    """Return the course of fitness and form from today on with no load but what was done today."""
    before = (float(found.fitness[-2]), float(found.fatigue[-2])) if len(found.fitness) > 1 else (0.0, 0.0)
    done = Session("", today.isoformat(), "", 0, float(loads.loads[-1]))
    return project(before, today.isoformat(), AHEAD_DAYS + 1, [done])


def _rounded(frame: FrameBody) -> FrameBody:
    """Return a frame with the digits that are shown."""
    for one in frame["lines"]:
        one["values"] = [None if value is None else round(value, one["decimals"]) for value in one["values"]]
    return frame


def _year(loads: Days, today: date) -> YearLoads | None:
    """Return the load of each day of a year of whole weeks, and from which load on a day is shaded darker."""
    if len(loads.loads) == 0:
        return None
    first = today - timedelta(days=YEAR_DAYS + today.weekday())
    values = np.zeros((today - first).days + 1)
    known = loads.loads[-len(values) :]
    values[len(values) - len(known) :] = known
    trained = values[values > 0.0]
    levels = np.quantile(trained, SHADES) if len(trained) else np.zeros(len(SHADES))
    return {
        "first": first.isoformat(),
        "loads": np.ceil(values).astype(int).tolist(),
        "levels": np.floor(levels).astype(int).tolist(),
    }


def _footer(reader: Reader, scope: Scope, now: int, backup: LastBackup | None) -> TodayFooter:
    known = [row for row, _ in connection_states(reader, scope, now)]
    return {
        "sources": [{"id": row.public_id, "name": sources()[row.source].name, "good_ms": row.good_ms} for row in known],
        "version": homestretch.__version__,
        "backup": backup,
    }

"""Every athlete that an account sees, each in a row: for a coach, and for a family."""

from datetime import timedelta

from homestretch.model.documents.people import Athlete
from homestretch.model.documents.today import AthleteGlance, LastDone
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries.plans import approved_version
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.coach.forecast import forecast
from homestretch.views.kit.today import local_now
from homestretch.views.lists.filters import Filter
from homestretch.views.people.people import athletes_of, scope_over
from homestretch.views.today.body import form_glance, night_cards
from homestretch.views.today.headline import headline
from homestretch.views.today.next_up import next_up
from homestretch.views.today.today import AHEAD_DAYS, facts_of
from homestretch.views.today.week import last_days, week_glance
from homestretch.views.training.fitness import daily_loads, fitness_of


def athletes_glance(reader: Reader, account_id: int, now: int) -> list[AthleteGlance]:
    """Return the athletes that an account sees, as of an instant (UTC ms), in the order they were made."""
    return [_glance(reader, scope_over(one, account_id), one, now) for one in athletes_of(reader, account_id, now)]


def _glance(reader: Reader, scope: Scope, athlete: Athlete, now: int) -> AthleteGlance:
    local_ms = local_now(reader, scope, now)
    today = instant(local_ms).date()
    loads = daily_loads(reader, scope, today)
    found = fitness_of(loads)
    plan = approved_version(reader, scope) if scope.may("plans: read") else None
    ahead = None if plan is None else forecast(reader, scope, today, today + timedelta(days=AHEAD_DAYS))
    form, up = form_glance(found), next_up(plan, ahead, loads.loads, found, today)
    line = headline(facts_of(loads, form, night_cards(reader, scope, today), up))
    week = week_glance(last_days(reader, scope, today), local_ms, plan)
    return {
        "athlete": athlete,
        "headline": line["text"],
        "tone": line["tone"],
        "form": None if form is None else form["form"],
        "zone": None if form is None else form["zone"],
        "fitness": None if form is None else form["fitness"],
        "week": week["done"],
        "planned": week["planned"],
        "session": up["session"],
        "race": up["race"],
        "last": _last(reader, scope),
    }


def _last(reader: Reader, scope: Scope) -> LastDone | None:
    items = activity_list(reader, scope, Filter(), "-start", 1, None)["items"]
    if not items:
        return None
    newest = items[0]
    return {
        "id": newest["id"],
        "name": newest["name"],
        "sport": newest["sport"],
        "start_local": newest["start_local"],
    }

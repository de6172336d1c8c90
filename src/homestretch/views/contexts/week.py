"""What a model is given about a week: sums against the plan and the usual, its sessions, its days, what comes next."""

import math
from datetime import date, timedelta

import numpy as np

from homestretch.coach.writing.context import Context
from homestretch.coach.writing.facts import Facts, fact
from homestretch.coach.writing.words import plain_words
from homestretch.model.channel import Floats
from homestretch.model.coach.plan import sessions_of
from homestretch.model.documents.coach_plans import PlannedSession
from homestretch.model.documents.coach_reviews import WeekReview
from homestretch.store.queries import plans as stored
from homestretch.store.queries.withheld import withheld_count
from homestretch.views.coach.check import check_version
from homestretch.views.coach.history import sessions_done
from homestretch.views.coach.reviews.week import week_review
from homestretch.views.contexts.kit import (
    Given,
    change,
    day_fact,
    minutes,
    more_minutes,
    number,
    percent,
    rule_facts,
    session_facts,
)
from homestretch.views.contexts.markers import marker_facts
from homestretch.views.contexts.workout import AHEAD, MOST_AHEAD, sessions_ahead
from homestretch.views.health.read import Stretch, chosen_kinds
from homestretch.views.kit.statistics_scope import counting

#: Signals of the body that days have, with their units and decimals; lower is better where it says so.
SIGNALS = {
    "sleep_s": ("h", 1, None), "hrv_night_ms": ("ms", 0, None), "resting_heart_rate_bpm": ("bpm", 0, True),
}  # fmt: skip
USUAL_DAYS = 28


def week_context(given: Given, monday: date) -> Context:
    """Return what a model is given about the week that has a day in it.

    The plan is matched with everything that was done, but what terms withhold is in no value: sums are without it and
    say that they are partial, and a session that it did is only said to be done.
    """
    monday -= timedelta(days=monday.weekday())
    sunday = monday + timedelta(days=6)
    hidden = hidden_between(given, monday, sunday)
    review = week_review(given.reader, given.scope, given.now_ms, monday)
    if hidden:
        review = _as_shown(given, review, monday)
    before = sessions_done(given.reader, given.scope, monday - timedelta(weeks=1), monday - timedelta(days=1))
    facts = {
        "d:monday": day_fact(monday.isoformat()),
        "d:over": fact("over" if sunday < given.today else "not over"),
        **_sums(review, partial=hidden > 0),
        "d:load.last_week": number(sum(one.load for one in before), partial=hidden > 0),
        "d:load.change_last_week": change(review["done_load"], sum(one.load for one in before)),
        **_sessions(review, given),
        **marker_facts(given, monday, sunday),
        **_ahead(given, sunday),
    }
    return Context(
        action="weekly_review",
        today=given.today,
        facts=facts,
        refs={
            "sessions": [one for one in facts if one.startswith("p:s.")],
            "next": [one for one in facts if one.startswith("p:next")],
            "rules": [one for one in facts if one.startswith("r:")],
        },
        days=_days(given, monday, min(sunday, given.today)),
        units=given.units,
        lang=given.lang,
        hidden=hidden,
    )


def hidden_between(given: Given, since: date, until: date) -> int:
    """Return how many activities of days the terms of their sources withhold, wholly or in their figures."""
    return withheld_count(given.reader, given.scope, counting(given.reader, given.shown, since, until), figures=True)


def _as_shown(given: Given, review: WeekReview, monday: date) -> WeekReview:
    """Return a review with the sessions as the athlete sees them, without the values of what models may not have.

    Without what is withheld a session would seem missed: that it was done is the plan's to say, and not the source's.
    """
    shown = week_review(given.reader, given.shown, given.now_ms, monday)
    around = timedelta(days=1)
    permitted = sessions_done(given.reader, given.scope, monday - around, monday + 7 * around)
    may = {None, *(one.id for one in permitted)}
    without: list[PlannedSession] = [
        one
        if one["activity"] in may
        else {**one, "activity": None, "activity_name": None, "done_minutes": None, "done_load": None, "score": None}
        for one in shown["sessions"]
    ]
    return {**review, "sessions": without}


def _sums(review: WeekReview, *, partial: bool) -> Facts:
    load, planned, usual = review["done_load"], review["planned_load"], review["usual_load"]
    facts: Facts = {
        "d:load": number(load, partial=partial),
        "d:minutes": minutes(review["done_minutes"], partial=partial),
        "d:hard": number(review["hard_done"], partial=partial),
        "d:load.usual": number(usual),
        "d:load.change_usual_pct": percent(load, usual),
    }
    if planned is not None and review["planned_minutes"] is not None:
        states = [one["state"] for one in review["sessions"]]
        facts |= {
            "p:load": number(planned),
            "p:minutes": minutes(review["planned_minutes"]),
            "p:load.change": change(load, planned),
            "p:load.change_pct": percent(load, planned),
            "p:minutes.change": more_minutes(review["done_minutes"], review["planned_minutes"]),
            "p:sessions": number(len(states), "sessions"),
            "p:sessions.done": number(states.count("done"), "sessions"),
            "p:sessions.missed": number(states.count("missed"), "sessions"),
            "p:sessions.open": number(states.count("open"), "sessions"),
        }
    return facts


def _sessions(review: WeekReview, given: Given) -> Facts:
    facts: Facts = {}
    for number_, one in enumerate(review["sessions"], 1):
        key = f"s.{number_}"
        facts |= session_facts(key, one, given)
        facts[f"p:{key}.state"] = fact(one["state"])
        if one["state"] == "done":
            facts[f"p:{key}.done_minutes"] = minutes(one["done_minutes"], "blocked_by_terms")
            facts[f"p:{key}.done_load"] = number(one["done_load"], why="blocked_by_terms")
            facts[f"p:{key}.load_change"] = change(one["done_load"], one["load"])
            facts[f"p:{key}.score"] = number(one["score"], "of 100", why="blocked_by_terms")
        elif one["reason"] and given.names:
            facts[f"n:{key}.reason"] = {"v": plain_words(one["reason"]), "text": f"“{plain_words(one['reason'])}”",
                                        "untrusted": True}  # fmt: skip
    return facts


def _ahead(given: Given, sunday: date) -> Facts:
    """Return the sessions of the next days and what breaks rules in them; nothing about a week long ago."""
    version = stored.approved_version(given.reader, given.scope)
    if version is None or given.today > sunday + AHEAD:
        return {}
    first, last = given.today.isoformat(), (given.today + AHEAD).isoformat()
    found = [one for one in sessions_of(version.document["weeks"]) if first <= one.date <= last]
    facts = sessions_ahead(found[:MOST_AHEAD], given)
    broken = check_version(given.reader, given.shown, given.now_ms, version.plan, version.version)["violations"]
    near = [one for one in broken if first <= one["day"] <= last and one["severity"] != "info"]
    return facts | rule_facts(given, [one["rule"] for one in near])


def _days(given: Given, first: date, last: date) -> dict[date, Facts]:
    """Return what was done on each day, and the signals of the body beside their usual values."""
    if last < first:
        return {}
    done = sessions_done(given.reader, given.scope, first, last)
    read = Stretch(first - timedelta(days=USUAL_DAYS), last)
    chosen = chosen_kinds(given.reader, given.scope, tuple(SIGNALS), read)
    made: dict[date, Facts] = {}
    for after in range((last - first).days + 1):
        day = first + timedelta(days=after)
        key = f"d:{day.isoformat()}"
        trained = [one for one in done if one.date == day.isoformat()]
        facts: Facts = {
            f"{key}.day": day_fact(day.isoformat()),
            f"{key}.load": number(sum(one.load for one in trained)),
        }
        for kind in SIGNALS:
            facts |= _signal(key, kind, chosen[kind].values, USUAL_DAYS + after)
        made[day] = facts
    return made


def _signal(key: str, kind: str, values: Floats, index: int) -> Facts:
    """Return a signal of the body on a day, and how it differs from the mean of the weeks before."""
    unit, decimals, lower = SIGNALS[kind]
    scaled = values / (3600.0 if kind == "sleep_s" else 1.0)
    name = f"{key}.{kind.removesuffix('_s').removesuffix('_ms').removesuffix('_bpm')}"
    value = float(scaled[index])
    if not math.isfinite(value):
        return {name: number(None, unit)}
    facts: Facts = {name: number(value, unit, decimals)}
    before = scaled[index - USUAL_DAYS : index]
    known = before[np.isfinite(before)]
    if len(known) >= USUAL_DAYS // 4:
        usual = float(known.mean())
        facts[f"{name}.change_usual"] = change(value, usual, unit, decimals, lower_is_better=lower)
    return facts

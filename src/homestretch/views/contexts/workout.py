"""What a model is given about a workout: what was done, what was planned, each work step, and the same done before."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from homestretch.coach.writing.context import Context
from homestretch.coach.writing.facts import Facts, fact, words_fact
from homestretch.coach.writing.words import NOTE
from homestretch.errors import HomestretchError
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session, SessionDocument, session_document
from homestretch.model.documents.coach_reviews import ReviewScore, WorkoutReview
from homestretch.model.documents.tools import ToolActivityDetail, ToolValue
from homestretch.model.moment import instant
from homestretch.store.queries import plans as stored
from homestretch.store.queries.withheld import figures_withheld, is_allowed
from homestretch.views.activities.activity import resolve
from homestretch.views.coach.progress import progress_around
from homestretch.views.coach.reviews.workout import workout_review
from homestretch.views.contexts.kit import (
    Given,
    change,
    day_fact,
    distance,
    given_value,
    height,
    minutes,
    more_minutes,
    number,
    percent,
    session_facts,
    speed,
)
from homestretch.views.contexts.markers import marker_facts
from homestretch.views.kit.today import local_now
from homestretch.views.tools.activity import tool_detail

#: Figures and metrics that a model is given where there are any, with the decimals they are shown with.
FIGURES = {"avg_hr_bpm": 0, "max_hr_bpm": 0, "avg_power_w": 0, "avg_cadence_rpm": 0}
METRICS = {
    "load": 0, "weighted_power": 0, "intensity": 2, "variability": 2, "decoupling": 1, "run_decoupling": 1,
    "efficiency": 2, "run_efficiency": 2, "threshold_time": 0, "session_rpe": 0,
}  # fmt: skip
#: These are given as missing where they are missing: a review must not speak as if they were known.
ALWAYS = ("avg_hr_bpm", "avg_power_w", "load")
#: The same session done before is looked for in so many days, and so many of them are given; sessions ahead likewise.
BEFORE, MOST_BEFORE = timedelta(days=56), 3
AHEAD, MOST_AHEAD = timedelta(days=7), 8


class WithheldFromModels(HomestretchError):
    """The terms of the source of this activity don't let a model have it. The review without a model has it all."""

    status = 409


def workout_context(given: Given, name: str) -> Context:
    """Return what a model is given about an activity, or about the session that it did, by either's id.

    Raises NotFound, and WithheldFromModels where the terms of its source forbid it.
    """
    review = workout_review(given.reader, given.shown, given.now_ms, name)
    row = resolve(given.reader, given.shown, review["activity"])
    if not is_allowed(given.reader, given.scope, row.id) or figures_withheld(given.reader, given.scope, [row.id]):
        raise WithheldFromModels
    detail = tool_detail(given.reader, given.scope, review["activity"], names=given.names)
    day = date.fromisoformat(review["day"])
    facts = {**_done(review, detail, given), **marker_facts(given, day, day), **_ahead(given, day)}
    session = review["session"]
    if session is not None:
        facts |= _planned(review, session, given)
        if review["score"] is not None:
            facts |= _scored(review["score"], review, session["sport"], given)
    return Context(
        action="workout_review",
        today=given.today,
        facts=facts,
        refs={
            "session": [one for one in facts if one.startswith("p:") and not one.startswith(("p:steps", "p:next"))],
            "steps": [one for one in facts if one.startswith("p:steps")],
            "next": [one for one in facts if one.startswith("p:next")],
        },
        comparables=[] if session is None else _comparables(given, session, review),
        units=given.units,
        lang=given.lang,
    )


def _done(review: WorkoutReview, detail: ToolActivityDetail, given: Given) -> Facts:
    values, metrics, sport = detail["values"], detail["metrics"], detail["sport"]
    facts: Facts = {"d:day": day_fact(review["day"]), "m:sport": fact(sport), "m:minutes": minutes(review["minutes"])}
    for key, decimals in FIGURES.items():
        if key in ALWAYS or _of(values, key) is not None:
            facts[f"m:{key}"] = given_value(values.get(key), decimals)
    for key, decimals in METRICS.items():
        if key in ALWAYS or _of(metrics, key) is not None:
            facts[f"m:{key}"] = given_value(metrics.get(key), decimals)
    facts["m:distance"] = distance(_of(values, "distance_m"), given.units)
    facts["m:ascent"] = height(_of(values, "ascent_m"), given.units)
    facts["m:speed"] = speed(_of(values, "avg_speed_mps"), sport, given.units)
    if detail["rpe"] is not None:
        facts["m:rpe"] = number(detail["rpe"], "of 10")
    if given.names:
        facts["n:title"] = words_fact(detail["name"])
        if detail["description"]:
            facts["n:note"] = words_fact(detail["description"], NOTE)
    return facts


def _of(values: Mapping[str, ToolValue], key: str) -> float | None:
    value = values[key]["value"] if key in values else None
    return float(value) if isinstance(value, int | float) else None


def _planned(review: WorkoutReview, session: SessionDocument, given: Given) -> Facts:
    return {
        "n:session": fact(session["title"] if given.names or not session["fixed"] else f"{session['sport']} session"),
        "p:minutes": minutes(session["minutes"]),
        "p:load": number(session["load"]),
        "p:purpose": fact(session["purpose"] or "none"),
        "p:hard": fact("hard" if session["hard"] else "easy"),
        "p:minutes.change": more_minutes(review["minutes"], session["minutes"]),
        "p:load.change": change(review["load"], session["load"]),
        "p:load.change_pct": percent(review["load"], session["load"]),
    }


def _scored(score: ReviewScore, review: WorkoutReview, sport: str, given: Given) -> Facts:
    basis = score["basis"]
    facts: Facts = {
        "p:score": number(score["total"], "of 100"),
        "p:score.label": fact(score["label"]),
        "p:basis": fact(", ".join(basis) or "nothing"),
    }
    for number_, note in enumerate(score["notes"], 1):
        facts[f"p:note.{number_}"] = fact(note)
    held: list[float] = []
    for step in score["steps"]:
        key = f"p:steps.{step['number']}"
        facts[key] = number(step["score"], "of 100", why="no_data")
        if step["unit"] == "W":
            facts[f"{key}.held"] = number(step["value"], "W")
            facts[f"{key}.low"], facts[f"{key}.high"] = number(step["low"], "W"), number(step["high"], "W")
        else:
            facts[f"{key}.held"] = speed(step["value"], sport, given.units)
            facts[f"{key}.low"] = speed(step["low"], sport, given.units)
            facts[f"{key}.high"] = speed(step["high"], sport, given.units)
        facts[f"{key}.side"] = fact(step["side"])
        held += [] if step["value"] is None else [step["value"]]
    if len(held) > 1:
        facts["p:steps.fade_pct"] = percent(held[-1], held[0])
    return facts


def _comparables(given: Given, session: SessionDocument, review: WorkoutReview) -> list[Facts]:
    """Return the last times that a session of the same template was done, the latest first."""
    version = stored.approved_version(given.reader, given.scope)
    if version is None or not session["template"]:
        return []
    day = date.fromisoformat(session["date"])
    since = day - BEFORE
    same = [
        one
        for one in sessions_of(version.document["weeks"])
        if one.template == session["template"] and since.isoformat() <= one.date < session["date"]
    ]
    if not same:
        return []
    now = instant(local_now(given.reader, given.scope, given.now_ms))
    progress = progress_around(given.reader, given.scope, same, since, day - timedelta(days=1), now)
    done = [found for one in reversed(same) if (found := progress.activity_of(one.id)) is not None]
    return [_comparable(number_, one, review) for number_, one in enumerate(done[:MOST_BEFORE], 1)]


def _comparable(number_: int, one: Session, review: WorkoutReview) -> Facts:
    key = f"m:before.{number_}"
    return {
        f"{key}.day": day_fact(one.date),
        f"{key}.minutes": minutes(one.minutes),
        f"{key}.load": number(one.load),
        f"{key}.load_change": change(review["load"], one.load),
    }


def _ahead(given: Given, day: date) -> Facts:
    """Return the sessions of the plan in force that a suggestion can be about: those of the next days from today."""
    version = stored.approved_version(given.reader, given.scope)
    if version is None or given.today > day + AHEAD:
        return {}
    first, last = given.today.isoformat(), (given.today + AHEAD).isoformat()
    found = [one for one in sessions_of(version.document["weeks"]) if first <= one.date <= last]
    return sessions_ahead(found[:MOST_AHEAD], given)


def sessions_ahead(sessions: Sequence[Session], given: Given) -> Facts:
    """Return sessions to come as facts `p:next.N`."""
    facts: Facts = {}
    for number_, one in enumerate(sessions, 1):
        facts |= session_facts(f"next.{number_}", session_document(one), given)
    return facts

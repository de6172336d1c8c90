"""What a model is given about a plan: to explain it, and to change it as the athlete asks."""

from collections.abc import Sequence
from datetime import date, timedelta

from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.coach.writing.context import Context
from homestretch.coach.writing.facts import Facts, fact, words_fact
from homestretch.coach.writing.words import NOTE
from homestretch.model.coach.plan import WeekDocument, sessions_of
from homestretch.model.coach.session import session_document
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.store.queries.plans import StoredVersion
from homestretch.views.coach.check import check_version
from homestretch.views.contexts.kit import Given, clock, day_fact, minutes, number, rule_facts, session_facts
from homestretch.views.contexts.markers import marker_facts
from homestretch.views.contexts.workout import sessions_ahead

#: A change may be of so many days ahead, and so many sessions.
CHANGEABLE, MOST_SESSIONS = timedelta(days=21), 24
#: A violation is named so many times at most.
MOST_VIOLATIONS = 6


def explanation_context(given: Given, version: StoredVersion) -> Context:
    """Return what a model is given to explain a version of a plan."""
    body: PlanBody = version.document
    week = _this_week(body["weeks"], given.today)
    facts: Facts = {
        "p:weeks": number(len(body["weeks"]), "weeks"),
        "p:start": day_fact(body["start"]),
        "p:end": day_fact(body["end"]),
        "p:hours": number(body["hours"], "h"),
        "p:fitness.start": number(body["fitness"]),
        **_phases(body["weeks"]),
        **_week(week, given),
        **_events(body, given),
        **_broken(given, version),
    }
    for number_, words in enumerate(body["dropped"][:MOST_VIOLATIONS], 1):
        facts[f"p:dropped.{number_}"] = fact(words)
    return Context(
        action="plan_explanation",
        today=given.today,
        facts=facts | rule_facts(given),
        refs={
            "week": [one for one in facts if one.startswith("p:week.")],
            "violations": [one for one in facts if one.startswith("r:broken")],
            "dropped": [one for one in facts if ".dropped" in one],
        },
        athlete_class=body["level"],
        units=given.units,
        lang=given.lang,
    )


def change_context(given: Given, version: StoredVersion, words: str) -> Context:
    """Return what a model is given to change a version of a plan as the athlete asks in words."""
    body: PlanBody = version.document
    first, last = given.today.isoformat(), (given.today + CHANGEABLE).isoformat()
    found = [one for one in sessions_of(body["weeks"]) if first <= one.date <= last]
    frozen = [one.id for one in found if one.locked or one.fixed]
    sports = set(body["shares"]) | {one.sport for one in found}
    facts: Facts = {
        "n:cause": words_fact(words, NOTE),
        "d:today": day_fact(first),
        **{f"d:{name}": day_fact((_monday(given.today) + timedelta(days=after)).isoformat())
           for name, after in (("this_monday", 0), ("next_monday", 7), ("next_sunday", 13))},
        **sessions_ahead(found[:MOST_SESSIONS], given),
        **marker_facts(given, given.today - timedelta(days=7), given.today),
        **_broken(given, version),
    }  # fmt: skip
    for one in TEMPLATES.values():
        if one.sport in sports:
            facts[f"p:template.{one.id.lower()}"] = fact(one.id, text=one.title.replace("{n}", "several"))
    return Context(
        action="plan_change",
        today=given.today,
        facts=facts | rule_facts(given),
        refs={
            "sessions": [one for one in facts if one.startswith("p:next")],
            "frozen": [one for one in facts if one.startswith("p:next") and facts[one]["v"] in frozen],
            "templates": [one for one in facts if one.startswith("p:template")],
        },
        athlete_class=body["level"],
        units=given.units,
        lang=given.lang,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _this_week(weeks: Sequence[WeekDocument], today: date) -> WeekDocument:
    """Return the week of today, else the first one."""
    monday = _monday(today).isoformat()
    return next((one for one in weeks if one["monday"] == monday), weeks[0])


def _phases(weeks: Sequence[WeekDocument]) -> Facts:
    facts: Facts = {}
    for phase in dict.fromkeys(one["phase"] for one in weeks):
        of = [one for one in weeks if one["phase"] == phase]
        facts |= {
            f"p:phase.{phase}": fact(phase),
            f"p:phase.{phase}.weeks": number(len(of), "weeks"),
            f"p:phase.{phase}.from": day_fact(of[0]["monday"]),
            f"p:phase.{phase}.load": number(sum(one["load"] for one in of) / len(of)),
            f"p:phase.{phase}.highest": number(max(one["load"] for one in of)),
            f"p:phase.{phase}.recovery": number(sum(one["kind"] == "recovery" for one in of), "weeks"),
        }
    return facts


def _week(week: WeekDocument, given: Given) -> Facts:
    facts: Facts = {
        "p:week.monday": day_fact(week["monday"]),
        "p:week.phase": fact(week["phase"]),
        "p:week.kind": fact(week["kind"]),
        "p:week.goal": number(week["goal"]),
        "p:week.why": fact(week["why"]),
        "p:week.load": number(week["load"]),
        "p:week.minutes": minutes(week["minutes"]),
        "p:week.fitness": number(week["fitness"]),
        "p:week.form": number(week["form"]),
    }
    for number_, words in enumerate(week["dropped"], 1):
        facts[f"p:week.dropped.{number_}"] = fact(words)
    for number_, one in enumerate(sessions_of([week]), 1):
        key = f"week.s.{number_}"
        facts |= session_facts(key, session_document(one), given)
        if one.why:
            facts[f"p:{key}.why"] = fact(one.why)
    return facts


def _events(body: PlanBody, given: Given) -> Facts:
    facts: Facts = {}
    for number_, event in enumerate(body["events"], 1):
        facts[f"p:event.{number_}"] = fact(event["priority"])
        facts[f"p:event.{number_}.day"] = day_fact(event["date"])
        if given.names:
            facts[f"n:event.{number_}"] = words_fact(event["name"])
        if "duration_h" in event:
            facts[f"p:event.{number_}.duration"] = fact(event["duration_h"], "h", clock(60 * event["duration_h"]))
    morning = body["race_morning"]
    if morning is not None:
        facts["p:race.form"] = number(morning["form"])
        facts["p:race.fitness"] = number(morning["fitness"])
    return facts


def _broken(given: Given, version: StoredVersion) -> Facts:
    """Return what breaks rules in a version from today on, as facts `r:broken.N`."""
    found = check_version(given.reader, given.scope, given.now_ms, version.plan, version.version)["violations"]
    ahead = [one for one in found if one["severity"] != "info" and one["day"] >= _monday(given.today).isoformat()]
    return {
        f"r:broken.{number_}": fact(one["kind"], text=one["text"])
        for number_, one in enumerate(ahead[:MOST_VIOLATIONS], 1)
    }

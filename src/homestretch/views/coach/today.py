"""The plan in force: what it has for this week, what became of the days before, and what is advised."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from homestretch.coach.adapt import Done, adapt
from homestretch.coach.checking.check import check
from homestretch.coach.operations import Advice, operation_document
from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session, session_document
from homestretch.model.documents.coach_plans import ExtraActivity, PlanAdvice, PlanDays, PlannedSession, PlanToday
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.athlete import WEEKS, AthleteToday, athlete_today
from homestretch.views.coach.check import state_with, violation_documents
from homestretch.views.coach.progress import Progress, planned, progress_around, progress_of
from homestretch.views.kit.today import local_now

#: Rules that are about today alone.
GATES = ("readiness_gate", "heat")
#: A day without training longer ago than this says nothing more.
LONGEST_OFF = 60


def plan_today(reader: Reader, scope: Scope, now_ms: int) -> PlanToday:
    """Return what the plan in force has for today's week."""
    now = instant(local_now(reader, scope, now_ms))
    version = stored.approved_version(reader, scope)
    if version is None:
        return _nothing(now.date())
    athlete = athlete_today(reader, scope, now.date())
    every = sessions_of(version.document["weeks"])
    progress = _progress(reader, scope, athlete, every, now)
    monday = (now.date() - timedelta(days=now.weekday())).isoformat()
    week = next((one for one in version.document["weeks"] if one["monday"] == monday), None)
    sunday = (date.fromisoformat(monday) + timedelta(days=6)).isoformat()
    _, rules = newest_rules(reader, scope.athlete_id)
    state = state_with(version.document, athlete.state)
    gates = [rule for rule in rules if rule.kind in GATES]
    return PlanToday(
        day=now.date().isoformat(),
        plan=version.plan,
        version=version.version,
        title=version.title,
        week=week,
        sessions=[planned(one, progress) for one in every if monday <= one.date <= sunday],
        extra=[_extra(progress.done[one]) for one in progress.matched.extra if progress.done[one].date >= monday],
        next=next((session_document(one) for one in every if one.date >= now.date().isoformat()), None),
        advice=[advice_document(one, every) for one in advice_of(version, athlete, progress, reader, scope)],
        gates=violation_documents(check(gates, every, state), rules),
    )


def plan_between(reader: Reader, scope: Scope, since: date, until: date, now_ms: int) -> PlanDays:
    """Return what the plan in force has for days (inclusive), and the outcome of its sessions."""
    version = stored.approved_version(reader, scope)
    if version is None:
        return PlanDays(plan=None, version=None, title=None, sessions=[], events=[])
    first, last = since.isoformat(), until.isoformat()
    every = sessions_of(version.document["weeks"])
    progress = progress_around(reader, scope, every, since, until, instant(local_now(reader, scope, now_ms)))
    return PlanDays(
        plan=version.plan,
        version=version.version,
        title=version.title,
        sessions=[_seen(scope, planned(one, progress)) for one in every if first <= one.date <= last],
        events=[one for one in version.document["events"] if first <= one["date"] <= last],
    )


def _seen(scope: Scope, session: PlannedSession) -> PlannedSession:
    """Return a session as who asks may see it: an illness is a reason to skip one."""
    return session if scope.may("coach: read") else {**session, "reason": None}


def advice_now(reader: Reader, scope: Scope, now_ms: int) -> tuple[StoredVersion | None, list[Advice]]:
    """Return the version in force, and what the last days advise to change in it."""
    version = stored.approved_version(reader, scope)
    if version is None:
        return None, []
    now = instant(local_now(reader, scope, now_ms))
    athlete = athlete_today(reader, scope, now.date())
    every = sessions_of(version.document["weeks"])
    progress = _progress(reader, scope, athlete, every, now)
    return version, advice_of(version, athlete, progress, reader, scope)


def _progress(
    reader: Reader, scope: Scope, athlete: AthleteToday, sessions: Sequence[Session], now: datetime
) -> Progress:
    """Return what became of the sessions of the last weeks."""
    since = (athlete.today - timedelta(weeks=WEEKS)).isoformat()
    recent = [one for one in sessions if since <= one.date]
    return progress_of(reader, scope, recent, athlete.state.history, athlete.state.markers, now)


def advice_of(
    version: StoredVersion, athlete: AthleteToday, progress: Progress, reader: Reader, scope: Scope
) -> list[Advice]:
    """Return what to change in a plan from today on, as the last days went."""
    _, rules = newest_rules(reader, scope.athlete_id)
    every = sessions_of(version.document["weeks"])
    today = athlete.today.isoformat()
    begun = [one for one in every if one.date < today]
    if not begun:
        return []
    yesterday = (athlete.today - timedelta(days=1)).isoformat()
    closed = {one.session for one in progress.matched.matches} | progress.matched.skipped.keys()
    signals = athlete.state.wellness.get(today, {})
    readiness = signals.get("readiness")
    done = Done(
        sessions=frozenset(closed),
        days_off=_days_off(athlete, begun[0].date),
        yesterday=_loads(every, athlete, yesterday),
        readiness=readiness if isinstance(readiness, float | int) else None,
    )
    return adapt(every, done, rules, state_with(version.document, athlete.state))


def _days_off(athlete: AthleteToday, first: str) -> int:
    """Return the days in a row before today without any activity, since the plan began."""
    trained = {one.date for one in athlete.state.history}
    off = 0
    while off < LONGEST_OFF:
        day = (athlete.today - timedelta(days=off + 1)).isoformat()
        if day < first or day in trained:
            break
        off += 1
    return off


def _loads(sessions: Sequence[Session], athlete: AthleteToday, day: str) -> tuple[float, float]:
    planned_load = sum(one.load for one in sessions if one.date == day)
    return planned_load, sum(one.load for one in athlete.state.history if one.date == day)


def advice_document(advice: Advice, sessions: Sequence[Session]) -> PlanAdvice:
    """Return an advised change as JSON has it."""
    titles = {one.id: one.title for one in sessions}
    made = operation_document(advice)
    name = made.get("id")
    return {
        "op": made["op"],
        "id": name,
        "title": None if name is None else titles.get(name),
        "from": made.get("from"),
        "to": made.get("to"),
        "with": made.get("with"),
        "minutes": made.get("minutes"),
        "factor": made.get("factor"),
        "why": made["why"],
    }


def _extra(done: Session) -> ExtraActivity:
    return ExtraActivity(
        id=done.id, date=done.date, name=done.title, sport=done.sport, minutes=done.minutes, load=done.load
    )


def _nothing(day: date) -> PlanToday:
    return PlanToday(
        day=day.isoformat(),
        plan=None,
        version=None,
        title=None,
        week=None,
        sessions=[],
        extra=[],
        next=None,
        advice=[],
        gates=[],
    )

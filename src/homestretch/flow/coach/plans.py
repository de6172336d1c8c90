"""Plans: made, changed, approved, rejected. A version never changes; every change makes the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal

import orjson

from homestretch.coach.planner.make import make_plan as plan_weeks
from homestretch.coach.planner.request import ROLLING_WEEKS, TRIATHLON, Level, PlannedWeeks, PlanRequest
from homestretch.coach.workouts.events import estimated_event
from homestretch.errors import BadRequest, Conflict, unknown
from homestretch.flow.coach.athlete_state import AthleteToday, checked, state_of
from homestretch.flow.coach.plan_notices import say_changed
from homestretch.flow.coach.sending import update_sent
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.plan import Event, WeekDocument, event_document, sessions_of, week_document
from homestretch.model.coach.rule import SPORTS
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope

#: Which code makes plans: goes up when the same request gives another plan.
ALGORITHM = "planner/1"
#: The names of shares of several sports.
TRIATHLETE = "triathlon"
#: Kinds of rules that are about today alone.
OF_TODAY = ("readiness_gate", "heat")
#: Of an athlete without a single activity: the part of the hours that they are taken to train until now, and the load
#: of an hour.
ASSUMED_SHARE, ASSUMED_LOAD_PER_HOUR = 0.65, 48.0
#: A plan is no longer than this.
LONGEST_WEEKS = 52
LEVELS: tuple[Level, ...] = ("novice", "normal", "advanced", "masters")
PRIORITIES: tuple[Literal["A", "B", "C"], ...] = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """What an athlete asks for: a sport or `triathlon`, weeks or an event, and at most so many hours a week."""

    sport: str
    weeks: int | None = None
    hours: float | None = None
    event: Event | None = None
    level: Level = "normal"
    strength: int = 0
    title: str | None = None


def make(context: Context, scope: Scope, wanted: PlanWanted) -> str:
    """Make a plan and keep it as its first version, proposed; return its public id. Raises BadRequest."""
    scope.must("coach: edit")
    made = public_id()
    with context.database.read() as reader:
        athlete = state_of(context, reader, scope)
        rules_version, rules = newest_rules(reader, scope.athlete_id)
    request = request_for(wanted, athlete, made)
    assumed = _assumed(wanted, athlete)
    if assumed is not None:
        request = replace(request, fitness=assumed, fatigue=assumed)
    try:
        planned = plan_weeks(request, rules, athlete.state)
    except ValueError as error:
        raise BadRequest(reason=str(error)) from error
    body = body_of(request, planned)
    why = f"Asked for {_asked(wanted)}." + ("" if assumed is None else _ASSUMED)
    new = new_version(body, athlete, rules_version, planned.feasible, why, {"asked": "new plan"})
    title = wanted.title or _title(wanted, request)
    now = context.clock()
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        plan_id = stored.put_plan(session, scope, made, title, now)
        stored.put_version(session, scope, plan_id, new, now)
    return made


_ASSUMED = " No training is recorded yet, so it begins as for someone who trains two thirds of these hours."


def _assumed(wanted: PlanWanted, athlete: AthleteToday) -> float | None:
    """Return the fitness of somebody who trains most of the wanted hours, where nothing at all is recorded."""
    if athlete.state.history or athlete.fitness > 0 or wanted.hours is None:
        return None
    return round(ASSUMED_SHARE * wanted.hours * ASSUMED_LOAD_PER_HOUR / 7, 1)


def event_of(
    day: date | None,
    name: str | None,
    sport: str,
    priority: str,
    distance_km: float | None = None,
    duration_h: float | None = None,
) -> Event | None:
    """Return the event that a plan is to lead to, None without a day. Raises BadRequest."""
    if day is None:
        if name is not None or distance_km is not None or duration_h is not None:
            raise BadRequest(reason="An event needs its day.")
        return None
    for chosen in PRIORITIES:
        if chosen == priority:
            return Event(day.isoformat(), name or "Event", sport, chosen, distance_km, duration_h)
    raise unknown("priority", priority, PRIORITIES)


def level_of(word: str) -> Level:
    """Return the level of a word. Raises BadRequest."""
    for level in LEVELS:
        if level == word:
            return level
    raise unknown("level", word, LEVELS)


def request_for(wanted: PlanWanted, athlete: AthleteToday, key: str) -> PlanRequest:
    """Return what the planner is asked for. Raises BadRequest where dates, weeks or sports can't be."""
    if wanted.sport != TRIATHLETE and wanted.sport not in SPORTS:
        raise unknown("sport", wanted.sport, (*SPORTS, TRIATHLETE))
    if wanted.hours is not None and not 1 <= wanted.hours <= 40:
        raise BadRequest(reason="The hours of a week must be from 1 to 40.")
    start = next_monday(athlete.today)
    event = None if wanted.event is None else estimated_event(_checked(wanted.event, start), athlete.speeds)
    return PlanRequest(
        start=start.isoformat(),
        shares=TRIATHLON if wanted.sport == TRIATHLETE else {wanted.sport: 1.0},
        level=wanted.level,
        fitness=athlete.fitness,
        fatigue=athlete.fatigue,
        events=() if event is None else (event,),
        weeks=_weeks(wanted, start),
        week_hours=wanted.hours,
        past_loads=athlete.past_loads,
        longest=athlete.longest,
        strength=wanted.strength,
        speeds=athlete.speeds,
        key=key,
    )


def next_monday(today: date) -> date:
    """Return the first Monday after a day."""
    return today + timedelta(days=7 - today.weekday())


def _checked(event: Event, start: date) -> Event:
    when = date.fromisoformat(event.date)
    if when < start:
        raise BadRequest(reason=f"The event must be on {start} or later: a plan begins next Monday.")
    if (when - start).days >= 7 * LONGEST_WEEKS:
        raise BadRequest(reason=f"A plan has at most {LONGEST_WEEKS} weeks. Plan this event later.")
    if event.sport not in (*SPORTS, TRIATHLETE):
        raise unknown("sport", event.sport, SPORTS)
    return event


def _weeks(wanted: PlanWanted, start: date) -> int:
    if wanted.weeks is not None and not 1 <= wanted.weeks <= LONGEST_WEEKS:
        raise BadRequest(reason=f"The weeks must be from 1 to {LONGEST_WEEKS}.")
    if wanted.event is None or wanted.event.priority != "A":
        return wanted.weeks or ROLLING_WEEKS
    weeks = (date.fromisoformat(wanted.event.date) - start).days // 7 + 1
    if wanted.weeks is not None and wanted.weeks != weeks:
        raise BadRequest(
            reason=f"The event is in week {weeks} of a plan that begins on {start}, not in week {wanted.weeks}. "
            "Leave the weeks out, or change the date."
        )
    return weeks


def _asked(wanted: PlanWanted) -> str:
    parts = [wanted.sport]
    if wanted.event is not None:
        parts.append(f"{wanted.event.name} on {wanted.event.date}")
    if wanted.hours is not None:
        parts.append(f"at most {wanted.hours:g} hours a week")
    return ", ".join(parts)


def _title(wanted: PlanWanted, request: PlanRequest) -> str:
    if wanted.event is not None:
        return wanted.event.name
    return f"{request.weeks} week{'' if request.weeks == 1 else 's'} of {_DOING.get(wanted.sport, wanted.sport)}"


#: A sport as what one does.
_DOING = {
    "run": "running", "ride": "riding", "swim": "swimming", "row": "rowing", "ski": "skiing", "walk": "walking",
    "hike": "hiking",
}  # fmt: skip


def body_of(request: PlanRequest, planned: PlannedWeeks, before: Sequence[WeekDocument] = ()) -> PlanBody:
    """Return what a version keeps of a plan that was made, after the weeks that were `before`."""
    events = {event.date: event for event in request.events}
    weeks = [*before, *(week_document(week, _days(week.monday), events) for week in planned.weeks)]
    morning = planned.race_morning
    return PlanBody(
        start=weeks[0]["monday"],
        end=weeks[-1]["days"][-1]["date"],
        shares=dict(request.shares),
        level=request.level,
        hours=request.week_hours,
        strength=request.strength,
        seed_day=request.start,
        fitness=request.fitness,
        fatigue=request.fatigue,
        events=[event_document(event) for event in request.events],
        dropped=[*planned.dropped],
        race_morning=None
        if morning is None
        else {"date": morning.date, "fitness": morning.fitness, "form": morning.form},
        weeks=weeks,
    )


def request_again(base: StoredVersion, athlete: AthleteToday) -> tuple[PlanRequest, list[WeekDocument]]:
    """Return what to ask for to plan the days from today on again, and the weeks before, which stay.

    Raises BadRequest where the plan is over.
    """
    body: PlanBody = base.document
    monday = (athlete.today - timedelta(days=athlete.today.weekday())).isoformat()
    ahead = [week for week in body["weeks"] if week["monday"] >= monday]
    if not ahead:
        raise BadRequest(reason="This plan is over. Make a new one.")
    request = PlanRequest(
        start=ahead[0]["monday"],
        shares=body["shares"],
        level=level_of(body["level"]),
        fitness=athlete.fitness,
        fatigue=athlete.fatigue,
        events=tuple(Event(**event) for event in body["events"] if event["date"] >= ahead[0]["monday"]),
        weeks=len(ahead),
        week_hours=body["hours"],
        past_loads=athlete.past_loads,
        longest=athlete.longest,
        strength=body["strength"],
        speeds=athlete.speeds,
        kept=tuple(sessions_of(ahead)),
        first_day=athlete.today.isoformat(),
        key=base.plan,
    )
    return request, [week for week in body["weeks"] if week["monday"] < monday]


def _days(monday: str) -> list[str]:
    first = date.fromisoformat(monday)
    return [(first + timedelta(days=after)).isoformat() for after in range(7)]


def new_version(
    body: PlanBody,
    athlete: AthleteToday,
    rules_version: int | None,
    feasible: bool,
    why: str,
    cause: Mapping[str, str],
    parent: int | None = None,
    author: str = "planner",
) -> stored.NewVersion:
    """Return a version to keep: proposed, or infeasible where a `must` is broken."""
    return stored.NewVersion(
        parent=parent,
        status="proposed" if feasible else "infeasible",
        rules_version=rules_version,
        thresholds=athlete.thresholds,
        algorithm=ALGORITHM,
        author=author,
        why=why,
        cause=cause,
        document=body,
        digest=digest_of(body),
    )


def digest_of(body: PlanBody) -> str:
    """Return the digest of a plan, which the ids of its sessions have no part in."""
    plain = orjson.loads(orjson.dumps(body))
    for week in plain["weeks"]:
        for day in week["days"]:
            for session in day["sessions"]:
                del session["id"]
    return sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def approve(context: Context, scope: Scope, plan: str, version: int | None = None, anyway: str = "") -> int:
    """Approve a version, by default the newest: it is in force from now on, and no other; return its number.

    Where a `must` is broken in it, a person has to say why they approve it `anyway`; what the planner itself could not
    make keep the rules is never approved. Where something else was sent to providers, changing that is proposed. Raises
    NotFound, Conflict.
    """
    scope.must("coach: approve")
    now = context.clock()
    with context.database.read() as reader:
        chosen = stored.find_version(reader, scope, plan, version)
        if chosen.status == "approved":
            return chosen.version
        if not anyway or chosen.status == "infeasible":
            _must_hold(context, reader, scope, chosen)
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        stored.set_status(session, scope, stored.approved_ids(session, scope), "superseded", now)
        stored.set_status(session, scope, [chosen.id], "approved", now, anyway or None)
        say_changed(session, scope, chosen, chosen.version, "approved", now)
    update_sent(context, scope)
    return chosen.version


def _must_hold(context: Context, reader: Reader, scope: Scope, version: StoredVersion) -> None:
    """Raise Conflict where a version breaks a rule that must hold; what only today's body says is for today."""
    _, rules = newest_rules(reader, scope.athlete_id)
    lasting = [rule for rule in rules if rule.kind not in OF_TODAY]
    broken = [one for one in checked(version.document, lasting, state_of(context, reader, scope).state)
              if one.severity == "must"]  # fmt: skip
    if broken:
        more = f" And {len(broken) - 1} more." if len(broken) > 1 else ""
        raise Conflict(
            reason=f"This version breaks a rule that must hold: {broken[0].text}{more} Change the plan or the rule, "
            "or say why you approve it anyway."
        )


def reject(context: Context, scope: Scope, plan: str, version: int, why: str = "") -> None:
    """Reject a version that is not in force; `approve` takes that back. Raises NotFound, Conflict."""
    scope.must("coach: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        chosen = stored.find_version(session, scope, plan, version)
        if chosen.status == "approved":
            raise Conflict(reason="This version is in force. Approve another one instead.")
        stored.set_status(session, scope, [chosen.id], "rejected", context.clock(), why or None)


def remove(context: Context, scope: Scope, plan: str) -> None:
    """Remove a plan with its versions; `restore` brings it back. Raises NotFound."""
    _set_removed(context, scope, plan, context.clock())


def restore(context: Context, scope: Scope, plan: str) -> None:
    """Bring a plan back that was removed. Raises NotFound."""
    _set_removed(context, scope, plan, None)


def _set_removed(context: Context, scope: Scope, plan: str, removed_ms: int | None) -> None:
    scope.must("coach: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        stored.remove_plan(session, scope, plan, removed_ms)
    update_sent(context, scope)

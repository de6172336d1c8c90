"""Changes of a plan: each makes the next version, which waits for approval; and what is said of a session."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from homestretch.coach.asked import operations_from
from homestretch.coach.operations import Operation, Rebuild
from homestretch.coach.planner.make import make_plan
from homestretch.errors import BadRequest, NotFound
from homestretch.flow.coach.athlete_state import (
    AthleteToday,
    advised,
    changed_body,
    checked,
    state_of,
    violation_documents,
)
from homestretch.flow.coach.plan_notices import say_changed
from homestretch.flow.coach.plans import ALGORITHM, body_of, digest_of, new_version, request_again
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.plan import sessions_of
from homestretch.model.documents.coach_plans import PlanMade
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import plans as stored
from homestretch.store.queries.identities import key_of
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope


def change(
    context: Context,
    scope: Scope,
    plan: str,
    version: int,
    asked: Sequence[AskedChange],
    why: str = "",
    author: str = "person",
    cause: Mapping[str, str] | None = None,
    also: Callable[[Writer, int], None] | None = None,
) -> PlanMade:
    """Make the next version of a plan by changes of one. Raises BadRequest, NotFound.

    `also` writes something with its number in the same transaction, or raises, and then there is no version.
    """
    scope.must("coach: edit")
    with context.database.read() as reader:
        base = stored.find_version(reader, scope, plan, version)
        athlete = state_of(context, reader, scope)
    try:
        every = sessions_of(base.document["weeks"])
        operations = operations_from(asked, every, athlete.today.isoformat(), public_id)
    except ValueError as error:
        raise BadRequest(reason=str(error)) from error
    return keep_change(context, scope, base, operations, athlete, why, author, cause or {"changed": "by hand"}, also)


def keep_change(
    context: Context,
    scope: Scope,
    base: StoredVersion,
    operations: Sequence[Operation],
    athlete: AthleteToday,
    why: str,
    author: str,
    cause: Mapping[str, str],
    also: Callable[[Writer, int], None] | None = None,
) -> PlanMade:
    """Keep the version that operations make of another one, proposed. Raises BadRequest."""
    try:
        body = changed_body(base.document, operations, athlete.speeds)
    except ValueError as error:
        raise BadRequest(reason=str(error)) from error
    now = context.clock()
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        number, rules = newest_rules(session, scope.athlete_id)
        new = stored.NewVersion(
            parent=base.version,
            status="proposed",
            rules_version=number,
            thresholds=athlete.thresholds,
            algorithm=ALGORITHM,
            author=author,
            why=why,
            cause=cause,
            document=body,
            digest=digest_of(body),
        )
        version = stored.put_version(session, scope, base.plan_id, new, now)
        say_changed(session, scope, base, version, new.status, now, author)
        if also is not None:
            also(session, version)
    violations = violation_documents(checked(body, rules, athlete.state), rules)
    return PlanMade(plan=base.plan, version=version, status="proposed", violations=violations)


def move(context: Context, scope: Scope, session: str, day: date, why: str = "") -> PlanMade:
    """Move a session of the newest version that has it. Raises BadRequest, NotFound."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        base = version_with(reader, scope, session)
    asked = AskedChange("move", session, day.isoformat())
    return change(context, scope, base.plan, base.version, [asked], why)


def version_with(reader: Reader, scope: Scope, session: str) -> StoredVersion:
    """Return the newest version of the newest plan that has a session. Raises NotFound."""
    for plan in stored.plan_ids(reader, scope):
        version = stored.find_version(reader, scope, plan)
        if any(one.id == session for one in sessions_of(version.document["weeks"])):
            return version
    raise NotFound(what="session", id=session)


def replan(context: Context, scope: Scope, plan: str) -> PlanMade:
    """Plan the days from today on again, by today's fitness and rules; the past stays. Raises BadRequest, NotFound."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        base = stored.find_version(reader, scope, plan)
        athlete = state_of(context, reader, scope)
        number, rules = newest_rules(reader, scope.athlete_id)
    request, before = request_again(base, athlete)
    try:
        planned = make_plan(request, rules, athlete.state)
    except ValueError as error:
        raise BadRequest(reason=str(error)) from error
    body = body_of(request, planned, before)
    why = "Planned again from today's fitness and rules."
    new = new_version(body, athlete, number, planned.feasible, why, {"asked": "plan again"}, base.version)
    now = context.clock()
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        version = stored.put_version(session, scope, base.plan_id, new, now)
        say_changed(session, scope, base, version, new.status, now)
    return PlanMade(
        plan=plan,
        version=version,
        status=new.status,
        violations=violation_documents(planned.violations, rules),
    )


def adapt_plan(context: Context, scope: Scope) -> PlanMade:
    """Make the version that the last days advise of the plan in force. Raises BadRequest where nothing is advised."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        base, advice = advised(context, reader, scope)
        athlete = state_of(context, reader, scope)
    if base is None or not advice:
        raise BadRequest(reason="Nothing is to be changed." if base else "No plan is in force.")
    operations = [one for one in advice if not isinstance(one, Rebuild)]
    if not operations:
        return replan(context, scope, base.plan)
    why = operations[0].why
    return keep_change(context, scope, base, operations, athlete, why, "planner", {"adapted": why})


def link(context: Context, scope: Scope, session: str, activity: str | None, skipped: str | None) -> None:
    """Say which activity did a session, or why it was skipped; neither takes back what was said. Raises NotFound."""
    scope.must("coach: edit")
    with context.database.write() as writer:
        lock_athlete(writer, scope.athlete_id)
        version_with(writer, scope, session)
        subject = None if activity is None else key_of(writer, scope.athlete_id, activity)
        stored.put_link(writer, scope, session, subject, skipped, context.clock())

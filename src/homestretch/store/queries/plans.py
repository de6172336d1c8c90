"""Keeps and reads plans: versions that never change but for their status, and links of sessions to activities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, func, insert, select, update

from homestretch.errors import NotFound
from homestretch.model.coach.plan import DayDocument, PlanStatus, WeekDocument
from homestretch.model.documents.coach_plans import PlanBody
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import plan_versions, plans, session_links
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import identities


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a plan as it is kept; `plan` is the plan's public id."""

    id: int
    plan_id: int
    plan: str
    title: str
    version: int
    parent: int | None
    status: PlanStatus
    rules_version: int | None
    thresholds: Mapping[str, float]
    algorithm: str
    author: str
    why: str
    cause: Mapping[str, str]
    document: PlanBody
    digest: str
    created_ms: int
    decided_ms: int | None
    decided_why: str | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to keep; `parent` is the version that it was made from."""

    parent: int | None
    status: PlanStatus
    rules_version: int | None
    thresholds: Mapping[str, float]
    algorithm: str
    author: str
    why: str
    cause: Mapping[str, str]
    document: object
    digest: str


@dataclass(frozen=True, slots=True)
class SessionLink:
    """What an athlete says of a session: the recording's key (`subject`) that did it, or why it was skipped."""

    id: int
    session: str
    subject: str | None
    skipped: str | None


_COLUMNS = (
    plan_versions.c.id,
    plan_versions.c.plan_id,
    plans.c.public_id.label("plan"),
    plans.c.title,
    plan_versions.c.version,
    plan_versions.c.parent,
    plan_versions.c.status,
    plan_versions.c.rules_version,
    plan_versions.c.thresholds,
    plan_versions.c.algorithm,
    plan_versions.c.author,
    plan_versions.c.why,
    plan_versions.c.cause,
    plan_versions.c.document,
    plan_versions.c.digest,
    plan_versions.c.created_ms,
    plan_versions.c.decided_ms,
    plan_versions.c.decided_why,
)


def put_plan(session: Writer, scope: Scope, public_id: str, title: str, now: int) -> int:
    """Keep a new plan without a version; return its row id."""
    values = {"public_id": public_id, "athlete_id": scope.athlete_id, "title": title, "created_ms": now}
    return session.add(insert(plans).values(values))


def put_version(session: Writer, scope: Scope, plan_id: int, new: NewVersion, now: int) -> int:
    """Keep a version as the plan's next; return its number."""
    newest = session.scalar(select(func.max(plan_versions.c.version)).where(plan_versions.c.plan_id == plan_id))
    version = int(newest or 0) + 1
    values = {name: getattr(new, name) for name in NewVersion.__slots__}
    stamps = {"account_id": scope.account_id, "created_ms": now}
    session.run(insert(plan_versions).values(plan_id=plan_id, version=version, **values, **stamps))
    return version


def set_status(
    session: Writer, scope: Scope, version_ids: Sequence[int], status: PlanStatus, now: int, why: str | None = None
) -> None:
    """Set what became of versions, and why."""
    decided = {"status": status, "decided_ms": now, "decided_by": scope.account_id, "decided_why": why}
    session.run(update(plan_versions).where(plan_versions.c.id.in_(version_ids)).values(decided))


def remove_plan(session: Writer, scope: Scope, public_id: str, removed_ms: int | None) -> None:
    """Remove a plan, or bring it back (None). Raises NotFound."""
    where = (plans.c.public_id == public_id) & (plans.c.athlete_id == scope.athlete_id)
    if session.scalar(select(plans.c.id).where(where)) is None:
        raise NotFound(what="plan", id=public_id)
    session.run(update(plans).where(where).values(removed_ms=removed_ms))


def newest_plan(reader: Reader, scope: Scope) -> str | None:
    """Return the public id of the newest plan, or None."""
    where = (plans.c.athlete_id == scope.athlete_id) & plans.c.removed_ms.is_(None)
    newest = reader.scalar(select(plans.c.public_id).where(where).order_by(plans.c.id.desc()).limit(1))
    return None if newest is None else str(newest)


def plan_ids(reader: Reader, scope: Scope) -> list[str]:
    """Return the public ids of the plans, the newest first."""
    where = (plans.c.athlete_id == scope.athlete_id) & plans.c.removed_ms.is_(None)
    return [
        str(row.public_id) for row in reader.rows(select(plans.c.public_id).where(where).order_by(plans.c.id.desc()))
    ]


def versions_of(reader: Reader, scope: Scope, plan: str) -> list[StoredVersion]:
    """Return the versions of a plan, the newest first. Raises NotFound."""
    rows = reader.rows(_there(scope, plan).order_by(plan_versions.c.version.desc()))
    if not rows:
        raise NotFound(what="plan", id=plan)
    return [StoredVersion(**row._mapping) for row in rows]


def find_version(reader: Reader, scope: Scope, plan: str, version: int | None = None) -> StoredVersion:
    """Return a version of a plan, by default the newest. Raises NotFound."""
    query = _there(scope, plan)
    if version is not None:
        query = query.where(plan_versions.c.version == version)
    row = reader.row(query.order_by(plan_versions.c.version.desc()).limit(1))
    if row is None:
        what = "plan" if version is None else f"version {version} of plan"
        raise NotFound(what=what, id=plan)
    return StoredVersion(**row._mapping)


def approved_version(reader: Reader, scope: Scope, plan: str | None = None) -> StoredVersion | None:
    """Return the version of a plan, by default of the one approved last, that is approved.

    Without reasons and notes for who may see the plan and not how it came about: they speak of illness and bad nights.
    """
    query = _selected(scope).where(plan_versions.c.status == "approved")
    if plan is not None:
        query = query.where(plans.c.public_id == plan)
    row = reader.row(query.order_by(plan_versions.c.decided_ms.desc(), plan_versions.c.id.desc()).limit(1))
    if row is None:
        return None
    found = StoredVersion(**row._mapping)
    return found if scope.may("coach: read") else _without_reasons(found)


def _without_reasons(version: StoredVersion) -> StoredVersion:
    """Return a version without why it is so and what is noted in it."""
    weeks = [_week_without_reasons(week) for week in version.document["weeks"]]
    return replace(version, why="", cause={}, decided_why=None, document={**version.document, "weeks": weeks})


def _week_without_reasons(week: WeekDocument) -> WeekDocument:
    days: list[DayDocument] = [
        {**day, "sessions": [{**one, "why": "", "note": ""} for one in day["sessions"]]} for day in week["days"]
    ]
    return {**week, "why": "", "note": "", "dropped": [], "days": days}


def plans_mark(reader: Reader, scope: Scope) -> str:
    """Return something that is another after every change of the athlete's plans and their versions."""
    of_plans = func.count(plans.c.id), func.count(plans.c.removed_ms), func.max(plans.c.removed_ms)
    of_versions = func.max(plan_versions.c.id), func.max(plan_versions.c.decided_ms)
    mine = plans.c.athlete_id == scope.athlete_id
    versions = select(*of_versions).join(plans, plans.c.id == plan_versions.c.plan_id).where(mine)
    return repr([*reader.rows(select(*of_plans).where(mine)), *reader.rows(versions)])


def versions_left(reader: Reader, scope: Scope, since_ms: int) -> list[tuple[StoredVersion, int]]:
    """Return the versions that were in force until an instant since then, or longer ago, with that instant (UTC ms).

    The last one comes first. A plan that is removed is in force no more.
    """
    ended = case((plans.c.removed_ms.is_not(None), plans.c.removed_ms), else_=plan_versions.c.decided_ms)
    was = (plan_versions.c.status == "superseded") | (
        (plan_versions.c.status == "approved") & plans.c.removed_ms.is_not(None)
    )
    query = (
        select(*_COLUMNS, ended.label("ended_ms"))
        .join(plans, plans.c.id == plan_versions.c.plan_id)
        .where(plans.c.athlete_id == scope.athlete_id, was, ended >= since_ms)
        .order_by(ended.desc(), plan_versions.c.id.desc())
    )
    found = []
    for row in reader.rows(query):
        values = dict(row._mapping)
        ended_ms = int(values.pop("ended_ms"))
        found.append((StoredVersion(**values), ended_ms))
    return found


def approved_ids(reader: Reader, scope: Scope) -> list[int]:
    """Return the row ids of the versions that are approved."""
    query = select(plan_versions.c.id).join(plans, plans.c.id == plan_versions.c.plan_id)
    where = (plans.c.athlete_id == scope.athlete_id) & (plan_versions.c.status == "approved")
    return [int(row.id) for row in reader.rows(query.where(where))]


def links_of(reader: Reader, scope: Scope, sessions: Sequence[str] | None = None) -> list[SessionLink]:
    """Return what the athlete says of sessions, or of all, in the order in which it was said."""
    table = session_links.c
    query = select(table.id, table.session, table.subject, table.skipped)
    where = [table.athlete_id == scope.athlete_id, table.removed_ms.is_(None)]
    if sessions is not None:
        where.append(table.session.in_(sessions))
    return [SessionLink(**row._mapping) for row in reader.rows(query.where(*where).order_by(table.id))]


def linked_activities(reader: Reader, scope: Scope, subjects: Sequence[str]) -> dict[str, str]:
    """Return the public ids of the activities that recordings are in today, by the recording's key.

    A recording that is gone is in the activity of its successor.
    """
    query = (
        select(identities.c.key, activities.c.public_id)
        .outerjoin(recordings, recordings.c.id == func.coalesce(identities.c.successor_id, identities.c.id))
        # What was split off has no recording of its own.
        .join(activities, activities.c.id == func.coalesce(recordings.c.activity_id, identities.c.id))
        .where(identities.c.athlete_id == scope.athlete_id, identities.c.key.in_(subjects))
    )
    return {str(row.key): str(row.public_id) for row in reader.rows(query)}


def put_link(session: Writer, scope: Scope, of: str, subject: str | None, skipped: str | None, now: int) -> None:
    """Keep what the athlete says of a session, in place of what they said before; neither takes it back."""
    table = session_links
    before = (table.c.athlete_id == scope.athlete_id) & (table.c.session == of) & table.c.removed_ms.is_(None)
    session.run(update(table).where(before).values(removed_ms=now))
    if subject is None and skipped is None:
        return
    values = {"athlete_id": scope.athlete_id, "session": of, "subject": subject, "skipped": skipped}
    session.run(insert(table).values(**values, account_id=scope.account_id, created_ms=now))


def _selected(scope: Scope) -> "Select[tuple[object, ...]]":
    return (
        select(*_COLUMNS)
        .join(plans, plans.c.id == plan_versions.c.plan_id)
        .where(plans.c.athlete_id == scope.athlete_id, plans.c.removed_ms.is_(None))
    )


def _there(scope: Scope, plan: str) -> "Select[tuple[object, ...]]":
    return _selected(scope).where(plans.c.public_id == plan)

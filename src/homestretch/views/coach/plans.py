"""Plans as pages and commands show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_plans import (
    PlanBody,
    PlanDocument,
    PlanItem,
    Plans,
    PlanVersionItem,
    PlanVersions,
)
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.scope import Scope


def plans_mark(reader: Reader, scope: Scope) -> str:
    """Return something that is another after every change of the athlete's plans; empty for who sees none."""
    return stored.plans_mark(reader, scope) if scope.may("plans: read") else ""


def plan_document(reader: Reader, scope: Scope, plan: str | None = None, version: int | None = None) -> PlanDocument:
    """Return a version of a plan, by default the newest version of the newest plan. Raises NotFound."""
    return document_of(found_version(reader, scope, plan, version))


def found_version(reader: Reader, scope: Scope, plan: str | None, version: int | None) -> StoredVersion:
    """Return a version as it is kept, by default the newest of the newest plan. Raises NotFound."""
    return stored.find_version(reader, scope, plan or stored.newest_plan(reader, scope) or "yet", version)


def document_of(row: StoredVersion) -> PlanDocument:
    """Return a version as it is shown."""
    body: PlanBody = row.document
    minutes, load = _sums(body)
    return PlanDocument(
        **body,
        plan=row.plan,
        version=row.version,
        parent=row.parent,
        title=row.title,
        status=row.status,
        rules_version=row.rules_version,
        thresholds=row.thresholds,
        algorithm=row.algorithm,
        author=row.author,
        why=row.why,
        cause=row.cause,
        digest=row.digest,
        created_at=iso(row.created_ms),
        decided_at=iso(row.decided_ms),
        minutes=minutes,
        load=load,
    )


def plan_versions(reader: Reader, scope: Scope, plan: str) -> PlanVersions:
    """Return the versions of a plan, the newest first. Raises NotFound."""
    rows = stored.versions_of(reader, scope, plan)
    return PlanVersions(plan=plan, title=rows[0].title, items=[_version_item(row) for row in rows])


def _version_item(row: StoredVersion) -> PlanVersionItem:
    minutes, load = _sums(row.document)
    return PlanVersionItem(
        version=row.version,
        parent=row.parent,
        status=row.status,
        author=row.author,
        why=row.why,
        cause=row.cause,
        created_at=iso(row.created_ms),
        decided_at=iso(row.decided_ms),
        minutes=minutes,
        load=load,
    )


def plans(reader: Reader, scope: Scope) -> Plans:
    """Return the plans, the newest first."""
    every = [stored.versions_of(reader, scope, plan) for plan in stored.plan_ids(reader, scope)]
    return Plans(items=[_item(rows) for rows in every])


def _item(rows: Sequence[StoredVersion]) -> PlanItem:
    newest = rows[0]
    body: PlanBody = newest.document
    return PlanItem(
        plan=newest.plan,
        title=newest.title,
        start=body["start"],
        end=body["end"],
        version=newest.version,
        status=newest.status,
        approved=next((row.version for row in rows if row.status == "approved"), None),
        events=body["events"],
    )


def planned_sessions(body: PlanBody) -> list[Session]:
    """Return the sessions of a version, in order of day."""
    return sessions_of(body["weeks"])


def _sums(body: PlanBody) -> tuple[int, float]:
    weeks = body["weeks"]
    return sum(week["minutes"] for week in weeks), round(sum(week["load"] for week in weeks), 1)


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session as a version of its plan has it, and when that version was decided, or made (UTC ms)."""

    session: Session
    plan: str
    version: int
    decided_ms: int


def find_session(reader: Reader, scope: Scope, session_id: str) -> FoundSession | None:
    """Return a planned session by its id: of the newest plan that has it, in the version in force, else the newest."""
    for plan in stored.plan_ids(reader, scope):
        every = stored.versions_of(reader, scope, plan)
        for version in sorted(every, key=lambda one: one.status != "approved"):
            for session in planned_sessions(version.document):
                if session.id == session_id:
                    return FoundSession(session, plan, version.version, version.decided_ms or version.created_ms)
    return None

"""Planned sessions by their id, wherever they are planned."""

from dataclasses import dataclass

from homestretch.model.coach.session import Session
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.scope import Scope
from homestretch.views.coach.plans import planned_sessions


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

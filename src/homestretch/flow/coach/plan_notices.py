"""Notifies of plans that somebody else, or a model, changed."""

from homestretch.flow.runtime.notifications import announce
from homestretch.store.database import Writer
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.scope import Scope

CODE = "plan_changed"


def say_changed(
    session: Writer, scope: Scope, base: StoredVersion, version: int, status: str, now: int, author: str = "person"
) -> None:
    """Leave a notice about a version of a plan, instead of the one about the version before.

    A person who changed it knows; what a model wrote is news for everybody.
    """
    details = {"plan": base.plan, "title": base.title, "version": version, "status": status}
    by = None if author.startswith("model") else scope.account_id
    announce(session, scope.athlete_id, now, CODE, base.plan, details, by=by)

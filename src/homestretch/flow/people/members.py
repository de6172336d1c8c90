"""Who may see an athlete and do what: roles that are changed, taken away, and left."""

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.runtime.context import Context
from homestretch.model.rights import ROLES, Role
from homestretch.store.database import Writer
from homestretch.store.queries import people as stored
from homestretch.store.scope import Scope


def set_role(context: Context, scope: Scope, account_id: int, role: Role) -> None:
    """Give a member another role. Raises NotFound, or Conflict for the last owner."""
    scope.must("people: edit")
    must_be_offered(role)
    with context.database.write() as session:
        _must_leave_an_owner(session, scope.athlete_id, account_id, role)
        _member(session, scope, account_id)
        stored.put_grant(session, account_id, scope.athlete_id, role)


def remove(context: Context, scope: Scope, account_id: int) -> None:
    """Take an athlete away from a member; anyone may leave. Raises NotFound, or Conflict for the last owner."""
    scope.must("people: leave")
    with context.database.write() as session:
        _member(session, scope, account_id)
        if account_id != scope.account_id:
            scope.must("people: edit")
        _must_leave_an_owner(session, scope.athlete_id, account_id)
        stored.delete_grant(session, account_id, scope.athlete_id)


def must_be_offered(role: str) -> None:
    """Raise BadRequest unless there is such a role."""
    if role not in ROLES:
        raise BadRequest(reason=f"A role is one of {', '.join(ROLES)}.")


def _member(session: Writer, scope: Scope, account_id: int) -> None:
    if stored.role_of(session, account_id, scope.athlete_id) is None:
        raise NotFound(what="member", id=account_id)


def _must_leave_an_owner(session: Writer, athlete_id: int, account_id: int, role: Role | None = None) -> None:
    if role != "owner" and stored.locked_owners(session, athlete_id) == [account_id]:
        raise Conflict(
            reason="This is the only owner. Make somebody else an owner first, or delete the athlete with all data."
        )

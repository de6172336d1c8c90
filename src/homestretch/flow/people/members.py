"""Who may see an athlete and do what: roles that are changed, taken away, and left."""

from collections.abc import Collection, Iterable

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.accounts.accounts import known_by_name
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record
from homestretch.model.rights import ROLES, SEEN, Role, Seen
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import people as stored
from homestretch.store.queries.grants import Held, seen_of, seen_words
from homestretch.store.scope import Scope

HOUR_MS = 3_600_000
#: For how many hours a role for a while lasts at most.
LONGEST_HOURS = 31 * 24


def set_role(context: Context, scope: Scope, account_id: int, role: Role, sees: Collection[Seen] | None = None) -> None:
    """Give a member another role; `sees` is what a viewer sees. Raises NotFound, or Conflict for the last owner."""
    scope.must("people: edit")
    with context.database.write() as session:
        _must_leave_an_owner(session, scope.athlete_id, account_id, role)
        _member(session, scope, account_id)
        stored.put_grant(session, account_id, scope.athlete_id, role, sees)
        record(session, context, "role_given", account=account_id, athlete=scope.athlete_id, details={"role": role})


def remove(context: Context, scope: Scope, account_id: int) -> None:
    """Take an athlete away from a member; anyone may leave. Raises NotFound, or Conflict for the last owner."""
    scope.must("people: leave")
    with context.database.write() as session:
        if not _has_temporary_role(session, context, scope, account_id):
            _member(session, scope, account_id)
        _must_be_oneself_or_owner(scope, account_id)
        _must_leave_an_owner(session, scope.athlete_id, account_id)
        stored.end_temporary_role(session, scope.athlete_id, account_id)
        stored.delete_grant(session, account_id, scope.athlete_id)
        record(session, context, "role_taken", account=account_id, athlete=scope.athlete_id)


def end_temporary_role(context: Context, scope: Scope, account_id: int) -> None:
    """Take a role for a while away from a member, who keeps the one for good; anyone may give it back.

    Raises NotFound.
    """
    scope.must("people: leave")
    with context.database.write() as session:
        if not _has_temporary_role(session, context, scope, account_id):
            raise NotFound(what="member", id=account_id)
        _must_be_oneself_or_owner(scope, account_id)
        stored.end_temporary_role(session, scope.athlete_id, account_id)
        record(session, context, "role_taken", account=account_id, athlete=scope.athlete_id)


def give(
    context: Context,
    scope: Scope,
    username: str,
    role: str,
    sees: Iterable[str] | None = None,
    *,
    hours: int | None = None,
) -> None:
    """Give an account, by its name, a role for an athlete, for so many hours or (None) for good.

    `sees` is what a viewer sees. Raises BadRequest, NotFound, Conflict for the last owner.
    """
    scope.must("people: edit")
    given, shown = role_named(role), None if sees is None else [_seen_named(one) for one in sees]
    if shown is not None and given != "viewer":
        raise BadRequest(reason="Only what a viewer sees can be chosen.")
    with context.database.write() as session:
        account_id = _named(session, username)
        if hours is None:
            _must_leave_an_owner(session, scope.athlete_id, account_id, given)
            stored.put_grant(session, account_id, scope.athlete_id, given, shown)
        else:
            seen = seen_of(given, seen_words(given, shown))
            give_for_hours(session, context, scope.athlete_id, account_id, Held(given, seen), hours)
        record(session, context, "role_given", account=account_id, athlete=scope.athlete_id, details={"role": given})


def give_for_hours(session: Writer, context: Context, athlete_id: int, account_id: int, held: Held, hours: int) -> None:
    """Give an account a role for so many hours from now, beside the one that it has for good. Raises BadRequest."""
    must_be_for_a_while(held.role, hours)
    now = context.clock()
    stored.put_temporary_role(session, athlete_id, account_id, held, now + hours * HOUR_MS, now)


def must_be_for_a_while(role: Role, hours: int | None) -> None:
    """Pass a role that may be given for so many hours, or (None) for good. Raises BadRequest."""
    if hours is None:
        return
    if role == "owner":
        raise BadRequest(reason="An owner is one for good. Choose another role for a while.")
    if not 1 <= hours <= LONGEST_HOURS:
        raise BadRequest(reason=f"A role for a while lasts 1 to {LONGEST_HOURS} hours.")


def take(context: Context, scope: Scope, username: str) -> None:
    """Take an athlete away from an account, by its name. Raises NotFound, or Conflict for the last owner."""
    with context.database.read() as reader:
        account_id = _named(reader, username)
    remove(context, scope, account_id)


def role_named(name: str) -> Role:
    """Return the role of that name. Raises BadRequest."""
    for role in ROLES:
        if role == name:
            return role
    raise BadRequest(reason=f"A role is one of {', '.join(ROLES)}.")


def _seen_named(name: str) -> Seen:
    for one in SEEN:
        if one == name:
            return one
    raise BadRequest(reason=f"What a viewer sees is one of {', '.join(SEEN)}.")


def _named(reader: Reader, username: str) -> int:
    found = known_by_name(reader, username)
    if found is None:
        raise NotFound(what="user", id=username)
    return int(found.id)


def _has_temporary_role(session: Writer, context: Context, scope: Scope, account_id: int) -> bool:
    found = stored.temporary_roles_of(session, scope.athlete_id, context.clock())
    return any(one.account_id == account_id for one in found)


def _must_be_oneself_or_owner(scope: Scope, account_id: int) -> None:
    if account_id != scope.account_id:
        scope.must("people: edit")


def _member(session: Writer, scope: Scope, account_id: int) -> None:
    if stored.grant_of(session, account_id, scope.athlete_id) is None:
        raise NotFound(what="member", id=account_id)


def _must_leave_an_owner(session: Writer, athlete_id: int, account_id: int, role: Role | None = None) -> None:
    if role != "owner" and stored.locked_owners(session, athlete_id) == [account_id]:
        raise Conflict(
            reason="This is the only owner. Make somebody else an owner first, or delete the athlete with all data."
        )

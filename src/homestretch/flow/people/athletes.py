"""Athletes that an account adds, renames and removes; a removed one can be restored for some days."""

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.people.groups import leave_all
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import forget_account, record
from homestretch.store.database import Writer
from homestretch.store.queries import people as stored
from homestretch.store.queries.accounts import is_admin, username_of
from homestretch.store.queries.sign_in import locked_admins
from homestretch.store.scope import Scope

#: How many athletes an account owns at most, and how long a name is.
MOST, LONGEST_NAME = 20, 200


def add(context: Context, account_id: int, name: str) -> int:
    """Make an athlete that an account owns; return it. Raises BadRequest, or Conflict where it owns too many."""
    named = _name(name)
    with context.database.write() as session:
        if len(stored.owned_by(session, account_id)) >= MOST:
            raise Conflict(reason=f"You have {MOST} athletes. Delete one first.")
        made = stored.add_athlete(session, named, context.clock())
        stored.put_grant(session, account_id, made, "owner")
        record(session, context, "athlete_added", athlete=made)
    return made


def rename(context: Context, scope: Scope, name: str) -> None:
    """Give an athlete another name. Raises BadRequest."""
    scope.must("athlete: edit")
    named = _name(name)
    with context.database.write() as session:
        stored.set_athlete(session, scope.athlete_id, {"name": named})


def remove(context: Context, scope: Scope, name: str) -> None:
    """Remove an athlete: no one sees it from now on, nothing is fetched or sent, and it is deleted after some days.

    `name` is typed by whoever means it. Raises BadRequest.
    """
    scope.must("athlete: edit")
    with context.database.write() as session:
        if name.strip() != stored.athlete_name(session, scope.athlete_id):
            raise BadRequest(reason="Type the athlete's name exactly as it is, to show that you mean it.")
        stored.set_athlete(session, scope.athlete_id, {"removed_ms": context.clock()})
        record(session, context, "athlete_removed", athlete=scope.athlete_id)


def restore(context: Context, athlete_id: int, *, account_id: int | None = None) -> None:
    """Restore a removed athlete, as one of its owners, or (no account) on the server. Raises NotFound."""
    with context.database.write() as session:
        _must_be_removed(session, athlete_id, account_id, context.clock())
        stored.set_athlete(session, athlete_id, {"removed_ms": None})
        record(session, context, "athlete_restored", athlete=athlete_id)


def delete_account(context: Context, account_id: int, username: str) -> None:
    """Delete one's own account, and remove the athletes that no one else owns. Raises BadRequest, Conflict.

    `username` is typed by whoever means it. On the server these athletes can be restored until they are deleted.
    """
    with context.database.write() as session:
        if username.strip() != username_of(session, account_id):
            raise BadRequest(reason="Type your user name exactly as it is, to show that you mean it.")
        if is_admin(session, account_id) and locked_admins(session) == [account_id]:
            raise Conflict(reason="You are the only administrator. Make another account an administrator first.")
        for athlete_id in stored.owned_by(session, account_id):
            if stored.locked_owners(session, athlete_id) == [account_id]:
                stored.set_athlete(session, athlete_id, {"removed_ms": context.clock()})
                record(session, context, "athlete_removed", athlete=athlete_id)
        leave_all(session, context, account_id)
        forget_account(session, context, account_id)
        stored.delete_account(session, account_id)


def due_for_deletion(context: Context) -> list[int]:
    """Return the removed athletes whose time is over; a demo athlete is deleted at once."""
    with context.database.read() as reader:
        gone = stored.removed_athletes(reader)
    return [one.id for one in gone if one.deleted_ms <= context.clock()]


def _must_be_removed(session: Writer, athlete_id: int, account_id: int | None, now: int) -> None:
    found = stored.removed_athletes(session, account_id)
    if not any(one.id == athlete_id and one.deleted_ms > now for one in found):
        raise NotFound(what="removed athlete", id=athlete_id)


def _name(name: str) -> str:
    named = name.strip()
    if not 1 <= len(named) <= LONGEST_NAME:
        raise BadRequest(reason=f"An athlete's name has 1 to {LONGEST_NAME} characters.")
    return named

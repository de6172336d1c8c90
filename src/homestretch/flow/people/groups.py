"""Groups, such as a club or a squad: who is in one, who coaches, and whose data it shows.

What a group gives is never written down as a role: it is read with the group, and so it ends with the group.
"""

from collections.abc import Collection

from homestretch.errors import BadRequest, Conflict, Forbidden, NotFound
from homestretch.flow.accounts.accounts import known_by_name
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.security.log import record
from homestretch.model.rights import GROUP_ROLES, GroupRole, Seen
from homestretch.model.security.events import Details, Kind
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import groups as stored
from homestretch.store.queries.grants import held_by
from homestretch.store.queries.groups import StoredGroup
from homestretch.store.queries.people import owned_by

#: How many groups an account leads, how many accounts and how many athletes are in one, and how long a name is.
MOST, MOST_IN_ONE, LONGEST_NAME = 20, 500, 100


def make(context: Context, account_id: int, name: str) -> str:
    """Make a group that an account leads and coaches; return its public id. Raises BadRequest, Conflict."""
    named, shown = _name(name), public_id()
    with context.database.write() as session:
        if len(stored.led_by(session, account_id)) >= MOST:
            raise Conflict(reason=f"You lead {MOST} groups. Delete one first.")
        made = stored.add_group(session, shown, named, context.clock())
        stored.put_account(session, made, account_id, "coach", leads=True, now=context.clock())
        record(session, context, "group_made", account=account_id)
    return shown


def rename(context: Context, account_id: int, shown: str, name: str) -> None:
    """Give a group another name. Raises NotFound, Forbidden, BadRequest."""
    named = _name(name)
    with context.database.write() as session:
        stored.rename_group(session, led(session, account_id, shown).id, named)


def delete(context: Context, account_id: int, shown: str, name: str) -> None:
    """Delete a group: what it gave ends. `name` is typed by whoever means it.

    Raises NotFound, Forbidden, BadRequest.
    """
    with context.database.write() as session:
        group = led(session, account_id, shown)
        if name.strip() != group.name:
            raise BadRequest(reason="Type the group's name exactly as it is, to show that you mean it.")
        _tell(session, context, "group_left", group.id)
        record(session, context, "group_deleted", account=account_id)
        stored.delete_group(session, group.id)


def set_account(context: Context, account_id: int, shown: str, other: int, role: GroupRole, *, leads: bool) -> None:
    """Change as what somebody is in a group, and whether they lead it. Raises NotFound, Forbidden, or Conflict for the
    last one who leads.
    """
    with context.database.write() as session:
        group = led(session, account_id, shown)
        _must_be_in(session, group, other)
        _must_leave_a_lead(session, group, other, leads=leads)
        stored.put_account(session, group.id, other, role, leads=leads, now=context.clock())
        record(session, context, "group_role_given", account=other, details={"role": role})
        if role == "coach":
            _tell(session, context, "group_role_given", group.id, other, role)


def remove_account(context: Context, account_id: int, shown: str, other: int) -> None:
    """Take somebody out of a group, and their athletes; anyone may leave.

    Raises NotFound, Forbidden, or Conflict for the last one who leads.
    """
    with context.database.write() as session:
        group = _of(session, account_id, shown) if other == account_id else led(session, account_id, shown)
        _must_be_in(session, group, other)
        _must_leave_a_lead(session, group, other)
        before = {one.athlete_id for one in stored.athletes_in(session, group.id)}
        stored.remove_account(session, group.id, other)
        record(session, context, "group_role_taken", account=other)
        for athlete_id in sorted(before - {one.athlete_id for one in stored.athletes_in(session, group.id)}):
            record(session, context, "group_left", athlete=athlete_id)


def bring(context: Context, account_id: int, shown: str, athlete_id: int, members_see: Collection[Seen] | None) -> None:
    """Let a group that an account is in show an athlete that it owns: to coaches, and to members what is chosen.

    Of None members see nothing. Raises NotFound, Forbidden, Conflict.
    """
    with context.database.write() as session:
        group = _of(session, account_id, shown)
        held = held_by(session, account_id, context.clock()).get(athlete_id)
        if held is None:
            raise NotFound(what="athlete", id=athlete_id)
        held.scope(athlete_id, account_id).must("people: edit")
        stored.lock_group(session, group.id)
        here = {one.athlete_id for one in stored.athletes_in(session, group.id)}
        if athlete_id not in here and len(here) >= MOST_IN_ONE:
            raise Conflict(reason=f"A group has at most {MOST_IN_ONE} athletes.")
        stored.put_athlete(session, group.id, athlete_id, members_see, context.clock())
        record(session, context, "group_joined", athlete=athlete_id)


def take_out(context: Context, account_id: int, shown: str, athlete_id: int) -> None:
    """Let a group show an athlete no more, as who owns the athlete or leads the group. Raises NotFound, Forbidden."""
    with context.database.write() as session:
        owns = athlete_id in owned_by(session, account_id)
        group = stored.group_named(session, shown) if owns else led(session, account_id, shown)
        if group is None or not stored.remove_athlete(session, group.id, athlete_id):
            raise NotFound(what="athlete", id=athlete_id)
        record(session, context, "group_left", athlete=athlete_id)


def join(session: Writer, context: Context, group_id: int, account_id: int, role: GroupRole) -> None:
    """Put an account into a group by an invitation; what it is there is never lowered. Raises Conflict."""
    stored.lock_group(session, group_id)
    people = stored.accounts_in(session, group_id)
    here = next((one for one in people if one.account_id == account_id), None)
    if here is not None and GROUP_ROLES.index(here.role) >= GROUP_ROLES.index(role):
        raise Conflict(reason="You are in this group already.")
    if here is None and len(people) >= MOST_IN_ONE:
        raise Conflict(reason=f"A group has at most {MOST_IN_ONE} people.")
    leads = here is not None and here.leads
    stored.put_account(session, group_id, account_id, role, leads=leads, now=context.clock())
    if role == "coach":
        _tell(session, context, "group_role_given", group_id, account_id, role)


def let_lead(context: Context, shown: str, username: str) -> None:
    """Let an account lead a group, on the server; who is not in it becomes a member. Raises NotFound."""
    with context.database.write() as session:
        group, account = stored.group_named(session, shown), known_by_name(session, username)
        if group is None:
            raise NotFound(what="group", id=shown)
        if account is None:
            raise NotFound(what="user", id=username)
        stored.lock_group(session, group.id)
        here = {one.account_id: one.role for one in stored.accounts_in(session, group.id)}
        role = here.get(account.id, "member")
        stored.put_account(session, group.id, account.id, role, leads=True, now=context.clock())
        record(session, context, "group_role_given", account=account.id, details={"role": role})


def leave_all(session: Writer, context: Context, account_id: int) -> None:
    """Take an account that is being deleted out of its groups. One that it alone leads goes to the coach who has been
    there longest, who sees as much already; without a coach the group ends.
    """
    for group_id in stored.led_by(session, account_id):
        stored.lock_group(session, group_id)
        others = [one for one in stored.accounts_in(session, group_id) if one.account_id != account_id]
        if any(one.leads for one in others):
            continue
        coaches = sorted((one.joined_ms, one.account_id) for one in others if one.role == "coach")
        if not coaches:
            _tell(session, context, "group_left", group_id)
            stored.delete_group(session, group_id)
            continue
        stored.put_account(session, group_id, coaches[0][1], "coach", leads=True, now=context.clock())
        record(session, context, "group_role_given", account=coaches[0][1], details={"role": "coach"})
    for group in stored.groups_of(session, account_id):
        stored.remove_account(session, group.id, account_id)


def led(session: Reader, account_id: int, shown: str) -> StoredGroup:
    """Return a group that an account leads. Raises NotFound, or Forbidden where it is in the group alone."""
    group = _of(session, account_id, shown)
    if group.id not in stored.led_by(session, account_id):
        raise Forbidden(action="change this group")
    return group


def _of(session: Reader, account_id: int, shown: str) -> StoredGroup:
    for group in stored.groups_of(session, account_id):
        if group.public_id == shown:
            return group
    raise NotFound(what="group", id=shown)


def _must_be_in(session: Reader, group: StoredGroup, account_id: int) -> None:
    if all(one.account_id != account_id for one in stored.accounts_in(session, group.id)):
        raise NotFound(what="member", id=account_id)


def _must_leave_a_lead(session: Writer, group: StoredGroup, account_id: int, *, leads: bool = False) -> None:
    stored.lock_group(session, group.id)
    leading = [one.account_id for one in stored.accounts_in(session, group.id) if one.leads]
    if not leads and leading == [account_id]:
        raise Conflict(reason="You alone lead this group. Let somebody else lead it first, or delete the group.")


def _tell(
    session: Writer,
    context: Context,
    kind: Kind,
    group_id: int,
    account_id: int | None = None,
    role: GroupRole | None = None,
) -> None:
    """Keep for the owners of each athlete of a group what changes about who sees it."""
    for one in stored.athletes_in(session, group_id):
        details: Details = {} if role is None else {"role": role}
        record(session, context, kind, account=account_id, athlete=one.athlete_id, details=details)


def _name(name: str) -> str:
    named = name.strip()
    if not 1 <= len(named) <= LONGEST_NAME:
        raise BadRequest(reason=f"A group's name has 1 to {LONGEST_NAME} characters.")
    return named

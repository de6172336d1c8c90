"""Groups: who is in one, whose data it shows to them, and what a group that shows an athlete gives away."""

from collections.abc import Collection

from homestretch.errors import NotFound
from homestretch.model.documents.people import Group, GroupShowing, GroupSize
from homestretch.store.database import Reader
from homestretch.store.queries import groups as stored
from homestretch.store.queries.grants import in_order
from homestretch.store.queries.groups import GroupAthlete, StoredGroup
from homestretch.store.queries.invitations import InvitedTo
from homestretch.store.queries.people import owned_by
from homestretch.views.people.invitations import invitations


def groups_of(reader: Reader, account_id: int, now: int) -> list[Group]:
    """Return the groups that an account is in, by name."""
    own = owned_by(reader, account_id)
    return [_group(reader, one, account_id, own, now) for one in stored.groups_of(reader, account_id)]


def group_of(reader: Reader, account_id: int, shown: str, now: int) -> Group:
    """Return one of the groups that an account is in. Raises NotFound."""
    for one in stored.groups_of(reader, account_id):
        if one.public_id == shown:
            return _group(reader, one, account_id, owned_by(reader, account_id), now)
    raise NotFound(what="group", id=shown)


def groups_showing(reader: Reader, athlete_id: int) -> list[GroupShowing]:
    """Return the groups that show an athlete, and to how many."""
    found: list[GroupShowing] = []
    for group in stored.groups_showing(reader, athlete_id):
        people = stored.accounts_in(reader, group.id)
        see = next(one.members_see for one in stored.athletes_in(reader, group.id) if one.athlete_id == athlete_id)
        found.append(
            {
                "id": group.public_id,
                "name": group.name,
                "coaches": [one.username for one in people if one.role == "coach"],
                "members": sum(one.role == "member" for one in people),
                "members_see": None if see is None else in_order(see),
            }
        )
    return found


def all_groups(reader: Reader) -> list[GroupSize]:
    """Return the groups of this server, by name, for whoever looks after it."""
    found: list[GroupSize] = []
    for group in stored.groups_of(reader):
        people = stored.accounts_in(reader, group.id)
        found.append(
            {
                "id": group.public_id,
                "name": group.name,
                "led_by": [one.username for one in people if one.leads],
                "people": len(people),
                "athletes": len(stored.athletes_in(reader, group.id)),
            }
        )
    return found


def _group(reader: Reader, group: StoredGroup, account_id: int, own: Collection[int], now: int) -> Group:
    people = stored.accounts_in(reader, group.id)
    me = next(one for one in people if one.account_id == account_id)
    all_of_it = me.leads or me.role == "coach"

    def is_seen(one: GroupAthlete) -> bool:
        return all_of_it or one.members_see is not None or one.athlete_id in own

    return {
        "id": group.public_id,
        "name": group.name,
        "role": me.role,
        "leads": me.leads,
        "people": [
            {"id": str(one.account_id), "username": one.username, "role": one.role, "leads": one.leads,
             "you": one.account_id == account_id}
            for one in people
            if all_of_it or one.leads or one.role == "coach" or one.account_id == account_id
        ],
        "members": sum(one.role == "member" for one in people),
        "athletes": [
            {"id": str(one.athlete_id), "name": one.name, "own": one.athlete_id in own,
             "members_see": None if one.members_see is None else in_order(one.members_see)}
            for one in stored.athletes_in(reader, group.id)
            if is_seen(one)
        ],
        "invitations": invitations(reader, InvitedTo(group_id=group.id), now) if me.leads else [],
    }  # fmt: skip

"""Invitations that can be accepted, and what one says to whoever has it."""

from homestretch.errors import NotFound
from homestretch.model.documents.people import Invitation, InvitationShown
from homestretch.model.moment import iso
from homestretch.model.rights import Seen
from homestretch.store.database import Reader
from homestretch.store.queries.accounts import username_of
from homestretch.store.queries.grants import in_order, seen_of
from homestretch.store.queries.groups import group_name
from homestretch.store.queries.invitations import Invitation as StoredInvitation
from homestretch.store.queries.invitations import InvitedTo, invitation_named, invitations_of
from homestretch.store.queries.people import athlete_name


def invitations(reader: Reader, to: InvitedTo, now: int) -> list[Invitation]:
    """Return the open invitations to something, the newest first."""
    found = invitations_of(reader, to)
    unused = [one for one in found if one.accepted_ms is None and one.revoked_ms is None and one.until_ms > now]
    return [_invitation(reader, one) for one in unused]


def server_invitations(reader: Reader, now: int) -> list[Invitation]:
    """Return the open invitations to this server, the newest first."""
    return invitations(reader, InvitedTo(), now)


def invitation_made(reader: Reader, shown: str, path: str) -> Invitation:
    """Return an invitation that was just made, with its address. Raises NotFound."""
    found = invitation_named(reader, shown)
    if found is None:
        raise NotFound(what="invitation", id=shown)
    return {**_invitation(reader, found), "path": path}


def invitation_shown(reader: Reader, one: StoredInvitation, passwords: bool) -> InvitationShown:
    """Return what an invitation says to whoever has it."""
    return {
        "by": username_of(reader, one.account_id),
        "athlete": None if one.athlete_id is None else athlete_name(reader, one.athlete_id),
        "role": one.role,
        "sees": _sees(one),
        "hours": one.hours,
        "group": None if one.group_id is None else group_name(reader, one.group_id),
        "group_role": one.group_role,
        "until": iso(one.until_ms),
        "passwords": passwords,
    }


def _sees(one: StoredInvitation) -> list[Seen]:
    """Return what whoever accepts an invitation will see; nothing for one to the server."""
    return [] if one.role is None else in_order(seen_of(one.role, one.sees))


def _invitation(reader: Reader, one: StoredInvitation) -> Invitation:
    return {
        "id": one.public_id,
        "name": one.name,
        "role": one.role,
        "sees": _sees(one),
        "group_role": one.group_role,
        "many": one.many,
        "hours": one.hours,
        "by": username_of(reader, one.account_id),
        "created_at": iso(one.created_ms),
        "until": iso(one.until_ms),
        "path": None,
    }

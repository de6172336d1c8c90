"""Who may see an athlete, who is invited, and which athletes can be restored."""

from homestretch.errors import NotFound
from homestretch.model.documents.people import Invitation, InvitationShown, People, RemovedAthlete
from homestretch.model.moment import iso
from homestretch.model.rights import Seen
from homestretch.store.database import Reader
from homestretch.store.queries import people as stored
from homestretch.store.queries.accounts import username_of
from homestretch.store.queries.grants import in_order, seen_of
from homestretch.store.scope import Scope


def people(reader: Reader, scope: Scope, now: int) -> People:
    """Return who may see an athlete, and the invitations that can be accepted."""
    scope.must("people: read")
    return {
        "members": [
            {"id": str(one.account_id), "username": one.username, "role": one.role, "sees": in_order(one.sees),
             "you": one.account_id == scope.account_id}
            for one in stored.grants_of(reader, scope.athlete_id)
        ],
        "invitations": invitations(reader, scope.athlete_id, now),
    }  # fmt: skip


def invitations(reader: Reader, athlete_id: int | None, now: int) -> list[Invitation]:
    """Return the open invitations to an athlete (None: to the server), the newest first."""
    found = stored.invitations_of(reader, athlete_id)
    unused = [one for one in found if one.accepted_ms is None and one.revoked_ms is None and one.until_ms > now]
    return [_invitation(reader, one) for one in unused]


def invitation_made(reader: Reader, athlete_id: int | None, shown: str, path: str) -> Invitation:
    """Return an invitation that was just made, with its address. Raises NotFound."""
    for one in stored.invitations_of(reader, athlete_id, shown):
        return {**_invitation(reader, one), "path": path}
    raise NotFound(what="invitation", id=shown)


def invitation_shown(reader: Reader, one: stored.Invitation, passwords: bool) -> InvitationShown:
    """Return what an invitation says to whoever has it."""
    return {
        "by": username_of(reader, one.account_id),
        "athlete": None if one.athlete_id is None else stored.athlete_name(reader, one.athlete_id),
        "role": one.role,
        "sees": _sees(one),
        "until": iso(one.until_ms),
        "passwords": passwords,
    }


def removed_athletes(reader: Reader, account_id: int | None = None) -> list[RemovedAthlete]:
    """Return the athletes that an account can restore (None: all on the server), and until when."""
    return [
        {
            "id": str(one.id),
            "name": one.name,
            "removed_at": iso(one.removed_ms),
            "deleted_at": iso(one.deleted_ms),
        }
        for one in stored.removed_athletes(reader, account_id)
        if not one.is_demo
    ]


def _sees(one: stored.Invitation) -> list[Seen]:
    """Return what whoever accepts an invitation will see; nothing for one to the server."""
    return [] if one.role is None else in_order(seen_of(one.role, one.sees))


def _invitation(reader: Reader, one: stored.Invitation) -> Invitation:
    return {
        "id": one.public_id,
        "name": one.name,
        "role": one.role,
        "sees": _sees(one),
        "by": username_of(reader, one.account_id),
        "created_at": iso(one.created_ms),
        "until": iso(one.until_ms),
        "path": None,
    }

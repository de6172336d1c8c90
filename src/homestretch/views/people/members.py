"""Who may see an athlete, and which athletes can be restored."""

from homestretch.model.documents.people import People, RemovedAthlete
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import people as stored
from homestretch.store.queries.grants import in_order
from homestretch.store.queries.invitations import InvitedTo
from homestretch.store.scope import Scope
from homestretch.views.people.groups import groups_showing
from homestretch.views.people.invitations import invitations


def people(reader: Reader, scope: Scope, now: int) -> People:
    """Return who may see an athlete, and the invitations that can be accepted."""
    scope.must("people: read")
    return {
        "members": [
            {"id": str(one.account_id), "username": one.username, "role": one.role, "sees": in_order(one.sees),
             "until": iso(one.until_ms), "you": one.account_id == scope.account_id}
            for one in (
                *stored.grants_of(reader, scope.athlete_id),
                *stored.temporary_roles_of(reader, scope.athlete_id, now),
            )
        ],
        "invitations": invitations(reader, InvitedTo(athlete_id=scope.athlete_id), now),
        "groups": groups_showing(reader, scope.athlete_id),
    }  # fmt: skip


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

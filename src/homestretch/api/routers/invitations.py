"""Invitations to this server, by administrators, and what whoever has an invitation does with it."""

from fastapi import APIRouter, Request

from homestretch.api.context import ByAnyone, ByCaller, address_of
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import InvitationToken, NewInvitation
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.people import invitations
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.people import Invitation, InvitationShown, Joined
from homestretch.views.people import invitations as views
from homestretch.views.people import people

router = APIRouter(
    prefix="/api/invitations", tags=["people"], responses={404: {"model": Problem}, 409: {"model": Problem}}
)
#: The right that each operation needs.
RIGHTS = {
    "list_server_invitations": "server: manage",
    "invite_to_server": "server: manage",
    "revoke_server_invitation": "server: manage",
    "look_at_invitation": "server: reach",
    "accept_invitation": "account: secure",
}


@router.get("")
def list_server_invitations(asking: ByCaller) -> Listing[Invitation]:
    """Return the open invitations to this server, the newest first."""
    with asking.app.database.read() as reader:
        return {"items": views.server_invitations(reader, asking.context.clock())}


@router.post("", status_code=201)
def invite_to_server(body: NewInvitation, asking: ByCaller) -> Invitation:
    """Invite somebody to have an account here; the address is shown this once."""
    must_be_confirmed(asking.context, asking.caller)
    sent = invitations.invite_to_server(asking.context, asking.caller.account_id, body.name, days=body.days)
    with asking.app.database.read() as reader:
        return views.invitation_made(reader, sent.public_id, invitations.path_of(sent))


@router.delete("/{server_invitation}", status_code=204)
def revoke_server_invitation(server_invitation: str, asking: ByCaller) -> None:
    """Take an invitation to this server back."""
    invitations.revoke_to_server(asking.context, server_invitation)


@router.post("/look")
def look_at_invitation(body: InvitationToken, request: Request, app: ByAnyone) -> InvitationShown:
    """Return who invites to what; looking accepts nothing."""
    found = invitations.looked_at(app.context, body.token, address=address_of(request))
    with app.database.read() as reader:
        return views.invitation_shown(reader, found, app.settings.takes_passwords)


@router.post("/accept")
def accept_invitation(body: InvitationToken, request: Request, asking: ByCaller) -> Joined:
    """Accept an invitation to an athlete or a group with the account that you have; return what it gave."""
    found = invitations.accept(asking.context, asking.caller, body.token, address=address_of(request))
    with asking.app.database.read() as reader:
        return people.joined(reader, asking.caller.account_id, found.athlete_id, found.group_id, asking.context.clock())

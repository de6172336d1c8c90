"""Who may see an athlete: members and their roles, and invitations."""

from fastapi import APIRouter

from homestretch.api.context import AthleteContext
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import AthleteInvitation, RoleChange
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.people import invitations, members
from homestretch.model.documents.people import Invitation, People
from homestretch.views.people.invitations import invitation_made
from homestretch.views.people.members import people

router = APIRouter(prefix="/api/people", tags=["people"], responses={404: {"model": Problem}, 409: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_people": "people: read",
    "invite_person": "people: edit",
    "revoke_invitation": "people: edit",
    "set_member_role": "people: edit",
    "remove_member": "people: leave",
    "end_temporary_role": "people: leave",
}


@router.get("")
def list_people(asking: AthleteContext) -> People:
    """Return who may see the athlete, and who is invited."""
    with asking.app.database.read() as reader:
        return people(reader, asking.of, asking.context.clock())


@router.post("/invitations", status_code=201)
def invite_person(body: AthleteInvitation, asking: AthleteContext) -> Invitation:
    """Make an invitation to the athlete; its address is shown this once."""
    must_be_confirmed(asking.context, asking.caller)
    sent = invitations.invite(
        asking.context, asking.of, body.role, body.name, days=body.days, sees=body.sees, hours=body.hours
    )
    with asking.app.database.read() as reader:
        return invitation_made(reader, sent.public_id, invitations.path_of(sent))


@router.delete("/invitations/{invitation}", status_code=204)
def revoke_invitation(invitation: str, asking: AthleteContext) -> None:
    """Take an invitation back: it leads nowhere from now on."""
    invitations.revoke(asking.context, asking.of, invitation)


@router.put("/{member}", status_code=204)
def set_member_role(member: Number, body: RoleChange, asking: AthleteContext) -> None:
    """Give a member another role."""
    must_be_confirmed(asking.context, asking.caller)
    members.set_role(asking.context, asking.of, member, body.role, body.sees)


@router.delete("/{member}", status_code=204)
def remove_member(member: Number, asking: AthleteContext) -> None:
    """Take the athlete away from a member; yourself included, for whoever you are."""
    members.remove(asking.context, asking.of, member)


@router.delete("/{member}/temporary", status_code=204)
def end_temporary_role(member: Number, asking: AthleteContext) -> None:
    """End a role for a while before its time; one for good stays."""
    members.end_temporary_role(asking.context, asking.of, member)

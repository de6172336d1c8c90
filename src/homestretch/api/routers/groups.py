"""Groups, such as a club or a squad: who is in one, who coaches, and whose data it shows."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import GroupInvitation, GroupName, GroupRoleChange, MembersSee
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.people import groups, invitations
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.people import Group, Invitation
from homestretch.views.people import groups as views
from homestretch.views.people.invitations import invitation_made

router = APIRouter(prefix="/api/groups", tags=["people"], responses={404: {"model": Problem}, 409: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_groups": "server: read",
    "make_group": "account: secure",
    "rename_group": "account: secure",
    "delete_group": "account: secure",
    "invite_to_group": "account: secure",
    "revoke_group_invitation": "account: secure",
    "set_group_role": "account: secure",
    "remove_group_member": "account: secure",
    "bring_athlete": "account: secure",
    "take_athlete_out": "account: secure",
}


@router.get("")
def list_groups(asking: ByCaller) -> Listing[Group]:
    """Return the groups that you are in, by name."""
    with asking.app.database.read() as reader:
        return {"items": views.groups_of(reader, asking.caller.account_id, asking.context.clock())}


@router.post("", status_code=201)
def make_group(body: GroupName, asking: ByCaller) -> Group:
    """Make a group, which you lead and coach."""
    made = groups.make(asking.context, asking.caller.account_id, body.name)
    with asking.app.database.read() as reader:
        return views.group_of(reader, asking.caller.account_id, made, asking.context.clock())


@router.patch("/{group}", status_code=204)
def rename_group(group: str, body: GroupName, asking: ByCaller) -> None:
    """Give a group that you lead another name."""
    groups.rename(asking.context, asking.caller.account_id, group, body.name)


@router.post("/{group}/delete", status_code=204)
def delete_group(group: str, body: GroupName, asking: ByCaller) -> None:
    """Delete a group that you lead: what it gave ends."""
    groups.delete(asking.context, asking.caller.account_id, group, body.name)


@router.post("/{group}/invitations", status_code=201)
def invite_to_group(group: str, body: GroupInvitation, asking: ByCaller) -> Invitation:
    """Make an invitation to a group that you lead; its address is shown this once."""
    must_be_confirmed(asking.context, asking.caller)
    sent = invitations.invite_to_group(
        asking.context, asking.caller.account_id, group, body.role, body.name, days=body.days, many=body.many
    )
    with asking.app.database.read() as reader:
        return invitation_made(reader, sent.public_id, invitations.path_of(sent))


@router.delete("/{group}/invitations/{group_invitation}", status_code=204)
def revoke_group_invitation(group: str, group_invitation: str, asking: ByCaller) -> None:
    """Take an invitation to a group back: it leads nowhere from now on."""
    invitations.revoke_to_group(asking.context, asking.caller.account_id, group, group_invitation)


@router.put("/{group}/people/{group_member}", status_code=204)
def set_group_role(group: str, group_member: Number, body: GroupRoleChange, asking: ByCaller) -> None:
    """Make somebody a coach or a member of a group that you lead, and let them lead it or not."""
    must_be_confirmed(asking.context, asking.caller)
    groups.set_account(asking.context, asking.caller.account_id, group, group_member, body.role, leads=body.leads)


@router.delete("/{group}/people/{group_member}", status_code=204)
def remove_group_member(group: str, group_member: Number, asking: ByCaller) -> None:
    """Take somebody out of a group that you lead, with their athletes; or leave it yourself."""
    groups.remove_account(asking.context, asking.caller.account_id, group, group_member)


@router.put("/{group}/athletes/{group_athlete}", status_code=204)
def bring_athlete(group: str, group_athlete: Number, body: MembersSee, asking: ByCaller) -> None:
    """Let a group that you are in show an athlete of yours: to its coaches, and to its members what you choose."""
    must_be_confirmed(asking.context, asking.caller)
    groups.bring(asking.context, asking.caller.account_id, group, group_athlete, body.members_see)


@router.delete("/{group}/athletes/{group_athlete}", status_code=204)
def take_athlete_out(group: str, group_athlete: Number, asking: ByCaller) -> None:
    """Let a group show an athlete no more, as who owns the athlete or leads the group."""
    groups.take_out(asking.context, asking.caller.account_id, group, group_athlete)

"""Whatever people do with each other's roles, in whatever order: there is an owner, and roles are as last said."""

import random

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import Caller, create_account
from homestretch.flow.people import athletes, invitations, members
from homestretch.flow.runtime.context import Context
from homestretch.model.rights import ROLES, Role
from homestretch.store.queries.invitations import InvitedTo, invitations_of
from homestretch.store.queries.people import grants_of
from homestretch.store.scope import Scope
from homestretch.views.people.people import athletes_of

STEPS = 300
ACTS = ("invite", "invite", "role", "role", "remove", "gone", "back", "back")


def do(context: Context, scope: Scope, act: str, other: int, role: Role) -> bool:
    """Let somebody do something to another; return whether it was let."""
    try:
        if act == "invite":
            token = invitations.invite(context, scope, role, "somebody").token
            invitations.accept(context, Caller(other, "", False), token, address="here")
        elif act == "role":
            members.set_role(context, scope, other, role)
        elif act == "remove":
            members.remove(context, scope, other)
        elif act == "gone":
            athletes.remove(context, scope, "Mia")
        else:
            athletes.restore(context, scope.athlete_id, account_id=scope.account_id)
    except HomestretchError:
        with context.database.read() as reader:
            left = invitations_of(reader, InvitedTo(athlete_id=scope.athlete_id))
        for one in left:  # what was not accepted is taken back
            invitations.revoke(context, Scope(scope.athlete_id), one.public_id)
        return False
    return True


def test_whatever_people_do_there_is_an_owner_and_no_one_sees_more(sqlite_context: Context) -> None:
    context, chance = sqlite_context, random.Random(19)
    everybody = [create_account(context, f"person {at}", "long enough", is_admin=at == 0) for at in range(4)]
    athlete = athletes.add(context, everybody[0], "Mia")
    roles: dict[int, Role] = {everybody[0]: "owner"}
    removed, done = False, dict.fromkeys(ACTS, 0)
    for _ in range(STEPS):
        actor, other, role = (
            chance.choice([*roles]),
            chance.choice(everybody),
            chance.choice((*ROLES, "viewer", "viewer")),
        )
        act = chance.choice(ACTS)
        held, has = roles[actor], roles.get(other)
        if removed and act != "back":
            continue  # no door leads there
        owner, only = held == "owner", [one for one, which in roles.items() if which == "owner"] == [other]
        may = {
            "invite": owner and (has is None or ROLES.index(role) > ROLES.index(has)),
            "role": owner and has is not None and (role == "owner" or not only),
            "remove": has is not None and (owner or actor == other) and not only,
            "gone": owner,
            "back": owner and removed,
        }[act]
        assert do(context, Scope(athlete, actor, held), act, other, role) == may, (act, held, has, role)
        if may:
            done[act] += 1
            if act in ("invite", "role"):
                roles[other] = role
            elif act == "remove":
                del roles[other]
            else:
                removed = act == "gone"
        with context.database.read() as reader:
            assert {one.account_id: one.role for one in grants_of(reader, athlete)} == roles
            assert "owner" in roles.values()
            for one in everybody:
                seen = any(found["id"] == str(athlete) for found in athletes_of(reader, one, 0))
                assert seen == (one in roles and not removed)
    assert min(done.values()) >= 5, done

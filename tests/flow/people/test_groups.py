"""Groups: whatever people do in whatever order, a group gives what is said of it, and no one sees more."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import Caller, create_without_password
from homestretch.flow.people import athletes, groups, invitations, members
from homestretch.flow.runtime.context import Context
from homestretch.model.rights import ROLES, SEEN, GroupRole, Role, Seen
from homestretch.store.queries import groups as stored
from homestretch.store.queries.accounts import username_of
from homestretch.store.queries.grants import Held, held_by, in_order
from homestretch.store.queries.people import athlete_name, owned_by
from homestretch.store.scope import Scope
from homestretch.views.people.groups import groups_of

STEPS = 220
ACTS = (
    "make", "join", "join", "join", "join many", "bring", "bring", "bring", "bring", "role", "role", "leave",
    "take out", "take out", "delete", "give", "give", "take", "gone", "back", "back", "account", "rename",
)  # fmt: skip
SEES: tuple[tuple[Seen, ...] | None, ...] = (None, (), ("photos",), ("health", "plan"))


@dataclass
class Group:
    """What a group should be: who is in it, as what, who leads; and its athletes, with what members see."""

    people: dict[int, GroupRole] = field(default_factory=dict)
    leads: set[int] = field(default_factory=set)
    athletes: dict[int, tuple[Seen, ...] | None] = field(default_factory=dict)


class Club:
    """What should be so, by the plain reading of what was said, step by step."""

    def __init__(self, context: Context, chance: random.Random) -> None:
        self.context, self.chance, self.made = context, chance, 0
        self.people: list[int] = []
        self.roles: dict[tuple[int, int], Role] = {}
        self.gone: set[int] = set()
        self.groups: dict[str, Group] = {}

    def add(self) -> None:
        """Make an account with an athlete of its own."""
        self.made += 1
        with self.context.database.write() as session:
            account = create_without_password(session, self.context, f"person {self.made}")
            (athlete,) = owned_by(session, account)
        self.people.append(account)
        self.roles[account, athlete] = "owner"

    def owners(self, athlete: int) -> set[int]:
        """Return who owns an athlete."""
        return {account for (account, of), role in self.roles.items() if of == athlete and role == "owner"}

    def step(self, act: str) -> bool:
        """Let somebody do something, or be refused where the plain lists say so; return whether it was done."""
        chance, context = self.chance, self.context
        shown = chance.choice([*4 * [*self.groups], "none"])
        group = self.groups.get(shown, Group())
        actor, other = (
            chance.choice([*self.people, *3 * sorted(group.leads)]),
            chance.choice([*self.people, *group.people]),
        )
        own = [of for whose, of in self.roles if whose == actor]
        athlete = chance.choice(sorted({of for _, of in self.roles} | self.gone) + 3 * own)
        role: GroupRole = chance.choice(("member", "member", "coach"))
        leads, see, given = chance.random() < 0.3, chance.choice(SEES), chance.choice(ROLES)
        scope = Scope(athlete, actor, self.roles.get((actor, athlete), "viewer"))
        leading, only = actor in group.leads, self.owners(athlete) == {other}
        owns = scope.role == "owner" and athlete not in self.gone
        if act in ("give", "take", "gone") and not owns:
            return False  # no door leads there; tests/api/test_rights.py asks as each role
        if act == "make":
            if may := len(self.groups) < 3:
                self.groups[groups.make(context, actor, "Club")] = Group({actor: "coach"}, {actor})
        elif act in ("join", "join many"):
            many = act == "join many"
            if may := leading and not (many and role == "coach"):
                self.join(actor, shown, other, role, many=many)
            else:
                refused(lambda: invitations.invite_to_group(context, actor, shown, role, "x", many=many))
        elif act == "bring":
            room = athlete in group.athletes or len(group.athletes) < groups.MOST_IN_ONE
            may = owns and actor in group.people and room
            if tried(may, lambda: groups.bring(context, actor, shown, athlete, see)):
                group.athletes[athlete] = see
        elif act == "take out":
            may = athlete in group.athletes and (leading or scope.role == "owner")
            if tried(may, lambda: groups.take_out(context, actor, shown, athlete)):
                del group.athletes[athlete]
        elif act == "role":
            may = leading and other in group.people and (leads or group.leads != {other})
            if tried(may, lambda: groups.set_account(context, actor, shown, other, role, leads=leads)):
                group.people[other] = role
                (group.leads.add if leads else group.leads.discard)(other)
        elif act == "leave":
            may = other in group.people and (leading or actor == other) and group.leads != {other}
            if tried(may, lambda: groups.remove_account(context, actor, shown, other)):
                del group.people[other]
                group.leads.discard(other)
                self.tidy()
        elif act == "rename":
            may = tried(leading, lambda: groups.rename(context, actor, shown, "Club"))
        elif act == "delete":
            typed = chance.choice((" Club ", "Another", "Another"))
            may = leading and typed != "Another"
            if tried(may, lambda: groups.delete(context, actor, shown, typed)):
                del self.groups[shown]
        elif act == "give":
            if may := not only:
                self.give(scope, other, given)
        elif act == "take":
            may = (other, athlete) in self.roles and not only
            if tried(may, lambda: members.remove(context, scope, other)):
                del self.roles[other, athlete]
        elif act == "gone":
            with context.database.read() as reader:
                name = athlete_name(reader, athlete)
            if may := len(self.gone) < 3:
                athletes.remove(context, scope, name)
                self.gone.add(athlete)
        elif act == "back":
            if may := tried(athlete in self.gone, lambda: athletes.restore(context, athlete)):
                self.gone.discard(athlete)
        elif may := actor != self.people[0] and chance.random() < 0.4:
            self.delete_account(actor)
        return may

    def join(self, actor: int, shown: str, other: int, role: GroupRole, *, many: bool) -> None:
        """Let one join a group by a link, which then leads nowhere; two where it is for many."""
        context, group = self.context, self.groups[shown]
        sent = invitations.invite_to_group(context, actor, shown, role, "x", many=many)
        for account in [other, self.chance.choice(self.people)] if many else [other]:
            caller = Caller(account, "", False)
            room = account in group.people or len(group.people) < groups.MOST_IN_ONE
            gains = group.people.get(account) is None or (role == "coach" and group.people[account] == "member")
            if tried(gains and room, partial(invitations.accept, context, caller, sent.token, address="here")):
                group.people[account] = role
        invitations.revoke_to_group(context, actor, shown, sent.public_id)
        with pytest.raises(invitations.NoInvitation):
            invitations.looked_at(context, sent.token, address="here")

    def give(self, scope: Scope, other: int, role: Role) -> None:
        """Give somebody a role for an athlete, by an invitation where they have none."""
        if (other, scope.athlete_id) in self.roles:
            members.set_role(self.context, scope, other, role)
        else:
            token = invitations.invite(self.context, scope, role, "x").token
            invitations.accept(self.context, Caller(other, "", False), token, address="here")
        self.roles[other, scope.athlete_id] = role

    def delete_account(self, account: int) -> None:
        """Delete an account; a group that it alone led goes to the coach who came first, or ends."""
        with self.context.database.read() as reader:
            name = username_of(reader, account)
        athletes.delete_account(self.context, account, name)
        self.gone |= {of for who, of in self.roles if who == account and self.owners(of) == {account}}
        for shown, group in list(self.groups.items()):
            group.people.pop(account, None)
            group.leads.discard(account)
            if not group.leads:
                group.leads.update([one for one, role in group.people.items() if role == "coach"][:1])
            if not group.leads:
                del self.groups[shown]
        self.people.remove(account)
        self.roles = {(who, of): role for (who, of), role in self.roles.items() if who != account}
        self.tidy()
        self.add()

    def tidy(self) -> None:
        """What somebody brought leaves with them, unless another owner stays."""
        for group in self.groups.values():
            for athlete in [one for one in group.athletes if not self.owners(one) & group.people.keys()]:
                del group.athletes[athlete]

    def expected(self, account: int) -> dict[int, Held]:
        """Return what an account may, read off the plain lists."""
        held: dict[int, list[Held]] = {}
        for (whose, athlete), role in self.roles.items():
            if whose == account:
                sees = frozenset(("photos",) if role == "viewer" else SEEN)
                held.setdefault(athlete, []).append(Held(role, sees))
        for group in self.groups.values():
            for athlete, see in group.athletes.items():
                if account not in group.people or not self.owners(athlete) & group.people.keys():
                    continue
                if group.people[account] == "coach":
                    held.setdefault(athlete, []).append(Held("coach", frozenset(SEEN)))
                elif see is not None:
                    held.setdefault(athlete, []).append(Held("viewer", frozenset(see)))
        return {
            athlete: Held(max((one.role for one in each), key=ROLES.index), frozenset().union(*(s.sees for s in each)))
            for athlete, each in held.items()
            if athlete not in self.gone
        }

    def holds(self) -> None:
        """Fail unless every account may exactly what was said, is shown no more, and every group is led."""
        with self.context.database.read() as reader:
            for account in self.people:
                assert held_by(reader, account, self.context.clock()) == self.expected(account), account
                for one in groups_of(reader, account, self.context.clock()):
                    group = self.groups[one["id"]]
                    assert (one["role"], one["leads"]) == (group.people[account], account in group.leads)
                    for of in one["athletes"]:
                        see = None if of["members_see"] is None else tuple(in_order(of["members_see"]))
                        assert group.athletes[int(of["id"])] == see
                        assert one["leads"] or one["role"] == "coach" or see is not None or of["own"]
            for each in stored.groups_of(reader):
                group, people = self.groups[each.public_id], stored.accounts_in(reader, each.id)
                assert {one.account_id: one.role for one in people} == group.people
                assert {one.account_id for one in people if one.leads} == group.leads != set()
            assert len(stored.groups_of(reader)) == len(self.groups)


def tried(may: bool, act: Callable[[], object]) -> bool:
    """Do something that may be done, or see it refused; return whether it may be done."""
    if may:
        act()
    else:
        refused(act)
    return may


def refused(act: Callable[[], object]) -> None:
    """Fail unless something is refused in words."""
    with pytest.raises(HomestretchError) as found:
        act()
    assert found.value.status in (400, 403, 404, 409), found.value


def walk(context: Context, steps: int) -> dict[str, int]:
    """Take so many steps, the one done least more often; return how often each act was done."""
    ticks = iter(range(1_760_000_000_000, 1_770_000_000_000))
    club = Club(replace(context, clock=lambda: next(ticks)), random.Random(26))
    for _ in range(5):
        club.add()
    done = dict.fromkeys(ACTS, 0)
    for step in range(steps):
        rarest = min(done, key=lambda act: done[act])
        act = club.chance.choice((*ACTS, *10 * (rarest,)))
        done[act] += club.step(act)
        if step % 3 == 0:
            club.holds()
    return done


@pytest.mark.parametrize("most", [3, 500], ids=["full", "wide"])
def test_whatever_people_do_a_group_gives_what_is_said(
    sqlite_context: Context, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """A full group takes in no more, and lets those in it change as before."""
    monkeypatch.setattr(groups, "MOST_IN_ONE", most)
    done = walk(sqlite_context, STEPS)
    assert min(done.values()) > 0, done


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_postgres_reads_groups_as_sqlite_does(context: Context) -> None:
    done = walk(context, STEPS // 4)
    assert done["bring"] > 0 < done["join"], done

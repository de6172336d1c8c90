"""Who may do what: the one table of rights. Every route names the right that it needs, and every door asks here.

An athlete's data are open by grants: each gives an account a role. What is about the server, or about the one who
asks, needs no grant.
"""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple, get_args

type Role = Literal["owner", "editor", "coach", "viewer"]
#: What somebody is in a group: a coach of its athletes, or a member, who sees those that let members see them.
type GroupRole = Literal["member", "coach"]
#: Who has a right that needs no grant: everybody, who is signed in, who is so in person (not by a token), and an
#: administrator.
type Access = Literal["anyone", "account", "person", "administrator"]
#: What a viewer sees or not, as an owner chooses. Every other role sees all of them that it has a right to.
type Seen = Literal["health", "plan", "photos"]
SEEN: tuple[Seen, ...] = get_args(Seen.__value__)
GROUP_ROLES: tuple[GroupRole, ...] = get_args(GroupRole.__value__)
#: What a viewer sees where nothing was chosen.
USUALLY_SEEN: frozenset[Seen] = frozenset({"photos"})

OWNER: frozenset[Role] = frozenset({"owner"})
EDITORS: frozenset[Role] = OWNER | {"editor"}
#: Who is shown everything about training and health; a coach changes plans, rules, thresholds and goals, and no data.
TRUSTED: frozenset[Role] = EDITORS | {"coach"}
COACHES: frozenset[Role] = OWNER | {"coach"}
ALL: frozenset[Role] = TRUSTED | {"viewer"}
#: From the one who may least to the one who may most.
ROLES: tuple[Role, ...] = ("viewer", "coach", "editor", "owner")


class Right(NamedTuple):
    """A right over one athlete's data: the roles that have it, and how an error names what was refused.

    One that is `in_person` is not had by a token. A viewer has one with `seen` where that is chosen for them.
    """

    roles: frozenset[Role]
    action: str
    in_person: bool = False
    seen: Seen | None = None

    def is_had(self, role: Role, sees: Collection[Seen]) -> bool:
        """Return whether a role has this right, of which a viewer sees what was chosen."""
        return role in self.roles and (role != "viewer" or self.seen is None or self.seen in sees)


#: What needs a role, by `noun: verb`.
RIGHTS: Mapping[str, Right] = {
    "activities: read": Right(ALL, "see this athlete's activities"),
    "activities: see removed": Right(EDITORS, "see what this athlete has deleted or hidden"),
    "activities: edit": Right(EDITORS, "change this athlete's data"),
    "activities: purge": Right(OWNER, "delete this athlete's data for good"),
    "photos: read": Right(ALL, "see this athlete's photos", seen="photos"),
    "photos: edit": Right(EDITORS, "add, change or remove this athlete's photos"),
    "shares: edit": Right(OWNER, "share this athlete's activities by a link", in_person=True),
    "corrections: read": Right(EDITORS, "see the edits of this athlete's activities"),
    "originals: read": Right(EDITORS, "see this athlete's originals and where they came from"),
    "imports: read": Right(EDITORS, "see what was imported for this athlete"),
    "imports: write": Right(EDITORS, "import anything for this athlete"),
    "matches: read": Right(EDITORS, "see how this athlete's recordings are compared"),
    "matches: answer": Right(EDITORS, "merge or separate this athlete's recordings"),
    "segments: read": Right(ALL, "see this athlete's segments and routes"),
    "segments: edit": Right(EDITORS, "change this athlete's segments and routes"),
    "gear: read": Right(ALL, "see this athlete's gear"),
    "gear: edit": Right(EDITORS, "change this athlete's gear"),
    "thresholds: read": Right(ALL, "see this athlete's thresholds"),
    "thresholds: set": Right(TRUSTED, "set this athlete's thresholds"),
    "goals: read": Right(ALL, "see this athlete's goals and charts"),
    "goals: edit": Right(TRUSTED, "change this athlete's goals and charts"),
    "health: read": Right(ALL, "see this athlete's health", seen="health"),
    "health: edit": Right(EDITORS, "change this athlete's health entries"),
    "health: send": Right(EDITORS, "send this athlete's health data"),
    "privacy: read": Right(TRUSTED, "see this athlete's private places"),
    "privacy: edit": Right(EDITORS, "change this athlete's private places"),
    "progress: read": Right(ALL, "see this athlete's progress"),
    # Pages ask for these three lists wherever they are; those who may only look get empty ones.
    "sources: list": Right(ALL, "see this athlete's sources"),
    "proposals: list": Right(ALL, "see this athlete's proposals"),
    "notifications: list": Right(ALL, "see this athlete's notifications"),
    "notifications: edit": Right(EDITORS, "change this athlete's notifications"),
    "sources: read": Right(EDITORS, "see the status of this athlete's sources"),
    "sources: sync": Right(EDITORS, "sync this athlete's sources"),
    "sources: set": Right(OWNER, "connect or change sources of this athlete"),
    "sources: sign in": Right(OWNER, "connect or change sources of this athlete", in_person=True),
    "plans: read": Right(ALL, "see what this athlete plans", seen="plan"),
    "coach: read": Right(TRUSTED, "see this athlete's plans and rules"),
    "coach: edit": Right(TRUSTED, "change this athlete's rules, or propose changes of a plan"),
    "coach: approve": Right(COACHES, "approve this athlete's plans"),
    "model: read": Right(OWNER, "see what was sent to a model for this athlete"),
    "model: ask": Right(EDITORS, "ask a model for this athlete"),
    "model: agree": Right(OWNER, "agree that this athlete's data is sent to a model"),
    "sinks: read": Right(OWNER, "see where this athlete's health is sent"),
    "sinks: set": Right(OWNER, "send this athlete's health anywhere"),
    "proposals: make": Right(EDITORS, "propose or reject changes for this athlete"),
    "proposals: approve": Right(OWNER, "approve changes at this athlete's sources"),
    "people: read": Right(OWNER, "see who else sees this athlete's data"),
    "people: edit": Right(OWNER, "decide who sees this athlete's data", in_person=True),
    "people: leave": Right(ALL, "leave this athlete", in_person=True),
    "athlete: edit": Right(OWNER, "rename, export or delete this athlete", in_person=True),
}
#: What needs no role.
ACCESS: Mapping[str, Access] = {
    "server: reach": "anyone",
    "server: read": "account",
    "server: manage": "administrator",
    "account: change": "account",
    "account: secure": "person",
}

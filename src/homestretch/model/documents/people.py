"""Documents about people and sign-in."""

from typing import Literal, TypedDict, get_args

from homestretch.model.documents.settings import MapSetting
from homestretch.model.documents.sign_in import ProviderButton
from homestretch.model.rights import GroupRole, Role, Seen

Theme = Literal["system", "light", "dark"]
Units = Literal["metric", "imperial"]
WeekStart = Literal["monday", "sunday"]
TimeFormat = Literal["24", "12"]
DateFormat = Literal["auto", "iso"]
Sidebar = Literal["open", "closed"]
#: What a token is for: reading or changing through the API, sending health data, or the MCP server.
TokenScope = Literal["read", "write", "health", "mcp"]
#: What a token for MCP may do besides reading about training: see sleep, HRV, weight and the like, and propose changes.
TokenRight = Literal["health", "propose"]
TOKEN_SCOPES: tuple[TokenScope, ...] = get_args(TokenScope)
TOKEN_RIGHTS: tuple[TokenRight, ...] = get_args(TokenRight)
#: The two in the middle: the password was right, and a code is awaited, or a second factor has to be set up.
SignInState = Literal["setup", "signed_out", "second_factor", "second_factor_setup", "passkey", "signed_in"]


class Preferences(TypedDict, total=False):
    """How an account wants things shown, where it has chosen; without a `zone` or a `language` the browser's holds.

    `health_cards` is the order of the cards of health by their keys, which others follow. `health_hidden` are not
    shown. So it is with the cards of today. `activity_columns` are the columns of the list of activities, in order.
    """

    theme: Theme
    units: Units
    week_start: WeekStart
    time_format: TimeFormat
    date_format: DateFormat
    zone: str
    language: str
    sidebar: Sidebar
    health_cards: list[str]
    health_hidden: list[str]
    activity_columns: list[str]
    today_cards: list[str]
    today_hidden: list[str]


class Account(TypedDict):
    """Someone who signs in; `second_factor`: with an authenticator app after the password."""

    id: str
    username: str
    is_admin: bool
    second_factor: bool
    preferences: Preferences
    created_at: str


class Athlete(TypedDict):
    """Someone whose data it is, what the account may do and see, and whether it is made up."""

    id: str
    name: str
    role: Role
    sees: list[Seen]
    demo: bool


class Member(TypedDict):
    """An account that may see an athlete, with its role and what it sees; `you`: the one that asks.

    With `until` the role is for a while. An account may have one for good and one for a while.
    """

    id: str
    username: str
    role: Role
    sees: list[Seen]
    until: str | None
    you: bool


class Invitation(TypedDict):
    """An open invitation, to an athlete with a role, to a group, or (both null) to have an account here.

    `name` is what the invited one is called; `path` is its address on this server, shown once, when it is made. One for
    `many` works for everybody who has it. The role lasts for `hours` once it is accepted, or (null) for good.
    """

    id: str
    name: str
    role: Role | None
    sees: list[Seen]
    group_role: GroupRole | None
    many: bool
    hours: int | None
    by: str
    created_at: str
    until: str
    path: str | None


class GroupMember(TypedDict):
    """An account that is in a group, as what, and whether it leads the group; `you`: the one that asks."""

    id: str
    username: str
    role: GroupRole
    leads: bool
    you: bool


class GroupAthlete(TypedDict):
    """An athlete whose data a group shows, and what members see; null: nothing, coaches alone see it.

    `own`: the account that asks may change that.
    """

    id: str
    name: str
    members_see: list[Seen] | None
    own: bool


class Group(TypedDict):
    """A group that an account is in, as what it is there, and whose data it shows.

    Who leads the group or coaches sees all `people` and athletes; a member sees who leads and coaches, and the athletes
    that members see. `members` counts all who do not coach. Invitations are shown to who leads.
    """

    id: str
    name: str
    role: GroupRole
    leads: bool
    people: list[GroupMember]
    members: int
    athletes: list[GroupAthlete]
    invitations: list[Invitation]


class GroupSize(TypedDict):
    """A group of this server: who leads it, and how many people and athletes it has."""

    id: str
    name: str
    led_by: list[str]
    people: int
    athletes: int


class GroupShowing(TypedDict):
    """A group that shows an athlete: to the coaches named, and to so many members what they see; null: nothing."""

    id: str
    name: str
    coaches: list[str]
    members: int
    members_see: list[Seen] | None


class People(TypedDict):
    """Who may see an athlete, by name, who is invited, the newest first, and the groups that show it."""

    members: list[Member]
    invitations: list[Invitation]
    groups: list[GroupShowing]


class InvitationShown(TypedDict):
    """What whoever has an invitation sees: who invites, to which athlete or group as what, until when.

    With neither it is to this server. `passwords`: whether one may make an account with a password.
    """

    by: str
    athlete: str | None
    role: Role | None
    sees: list[Seen]
    hours: int | None
    group: str | None
    group_role: GroupRole | None
    until: str
    passwords: bool


class Joined(TypedDict):
    """What an invitation that was accepted gave: an athlete, or a group, by its id."""

    athlete: Athlete | None
    group: str | None


class RemovedAthlete(TypedDict):
    """An athlete that can be restored until `deleted_at`."""

    id: str
    name: str
    removed_at: str
    deleted_at: str


class ExportSize(TypedDict):
    """About how many bytes an export of an athlete has, how many originals, and how many are missing here."""

    bytes: int
    originals: int
    missing: int


class Demo(TypedDict):
    """A demo athlete, and the number of the import that makes its activities."""

    athlete: Athlete
    batch: str


class SessionState(TypedDict):
    """Who is signed in here, if anybody, and by what one may sign in.

    `proxy_user` is who a trusted proxy says a visitor is. `mails_links`: whoever has forgotten a password may have a
    link sent by e-mail. `passkeys`: somebody has one, and they work at this address. `sign_out_url` is where a browser
    that has just signed out here signs out at its provider too.
    """

    state: SignInState
    code_required: bool
    version: str
    account: Account | None
    athletes: list[Athlete]
    map: MapSetting
    providers: list[ProviderButton]
    proxy_user: str | None
    passwords: bool
    mails_links: bool
    passkeys: bool
    sign_out_url: str | None


class Token(TypedDict):
    """An API token; `token` is shown once, when it is created, and null after that.

    `may` is what one for MCP may do besides reading about training.
    """

    id: str
    name: str
    scope: TokenScope
    may: list[TokenRight]
    created_at: str
    token: str | None

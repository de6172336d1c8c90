"""What is sent about people and their server: sign-ins and providers, accounts, preferences, tokens, backups."""

from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.flow.accounts.credentials.answers import NewPasskey, PasskeyAnswer
from homestretch.flow.notices.channels import WishesChange
from homestretch.flow.notices.devices import Subscription
from homestretch.model.documents.backups import BackupPlan, Every
from homestretch.model.documents.notices import Digest, MailSecurity
from homestretch.model.documents.people import (
    DateFormat,
    Sidebar,
    Theme,
    TimeFormat,
    TokenRight,
    TokenScope,
    Units,
    WeekStart,
)
from homestretch.model.documents.sign_in import Policy
from homestretch.model.rights import SEEN, GroupRole, Role, Seen


class SignIn(Shape):
    """A user name and a password."""

    username: str = Field(max_length=200)
    password: str = Field(max_length=2000)


class SetUp(SignIn):
    """The first account; the one-time code is asked for off this machine."""

    code: str | None = Field(None, max_length=200)


class NewAccount(SignIn):
    """An account to create; its athlete is called like it unless a name is given."""

    is_admin: bool = False
    athlete_name: str | None = Field(None, max_length=200)


type Cards = Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]], Field(max_length=50)]


class PreferencesChange(Shape):
    """Preferences to set; null goes back to the default."""

    theme: Theme | None = None
    units: Units | None = None
    week_start: WeekStart | None = None
    time_format: TimeFormat | None = None
    date_format: DateFormat | None = None
    zone: Annotated[str, Field(max_length=100)] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    sidebar: Sidebar | None = None
    health_cards: Cards | None = None
    health_hidden: Cards | None = None
    activity_columns: Cards | None = None
    today_cards: Cards | None = None
    today_hidden: Cards | None = None


class AccountChange(Shape):
    """What changes about an account."""

    preferences: PreferencesChange


class PasswordChange(Shape):
    """The current and the new password; access tokens end with it unless they are kept."""

    current: str = Field(max_length=2000)
    new: str = Field(max_length=2000)
    keep_tokens: bool = False


class NewToken(Shape):
    """An API token to create; one for MCP may be given more rights."""

    name: str = Field(max_length=100)
    scope: TokenScope = "read"
    may: tuple[TokenRight, ...] = Field((), max_length=2)


type Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=200)]


class BeginOidc(Shape):
    """What a sign-in at a provider is for, and the page to go on to."""

    purpose: Literal["sign_in", "link", "confirm"] = "sign_in"
    back: str = Field("/", max_length=2000)


class Confirm(Shape):
    """The caller's own password, and a code where a second factor is on."""

    password: str = Field(max_length=2000)
    code: str = Field("", max_length=100)


class FactorCode(Shape):
    """A code of an authenticator app, or a recovery code where one will do."""

    code: str = Field(max_length=100)


class OidcProviderChange(Shape):
    """A provider of OpenID Connect; without a `client_secret` the one that is there stays, an empty one removes it."""

    name: str = Field(min_length=1, max_length=60)
    issuer: str = Field(min_length=1, max_length=500)
    client_id: str = Field(min_length=1, max_length=500)
    client_secret: str | None = Field(None, max_length=2000)
    scopes: str = Field("", max_length=300)
    groups_claim: str = Field("groups", max_length=200)
    allowed_groups: Words = Field(default_factory=list)
    allowed_domains: Words = Field(default_factory=list)
    admin_groups: Words = Field(default_factory=list)
    policy: Policy = "refuse"
    invited: Words = Field(default_factory=list)
    end_session: bool = False


class NewOidcProvider(OidcProviderChange):
    """A provider to set up; `key` is its name in addresses."""

    key: str = Field(min_length=1, max_length=31)


class OidcAddress(Shape):
    """The address of a provider."""

    issuer: str = Field(min_length=1, max_length=500)


class BackupPlanChange(Shape):
    """When backups are made, where they go, and how many of which age are kept; `again`: the folder is a new one."""

    on: bool
    folder: str | None = Field(None, max_length=1000)
    every: Every = "day"
    hour: int = Field(3, ge=0, le=23)
    daily: int = Field(7, ge=0, le=366)
    weekly: int = Field(4, ge=0, le=500)
    monthly: int = Field(12, ge=0, le=500)
    again: bool = False

    def plan(self) -> BackupPlan:
        """Return the plan that this asks for."""
        return {
            "on": self.on,
            "folder": self.folder,
            "locked": False,
            "every": self.every,
            "hour": self.hour,
            "daily": self.daily,
            "weekly": self.weekly,
            "monthly": self.monthly,
        }


class NewInvitation(Shape):
    """Who is invited, in your own words, and for how many days the invitation is open."""

    name: str = Field(max_length=100)
    days: int = Field(7, ge=1, le=30)


#: What a viewer sees; null for the usual. Other roles see all of it.
type Sees = Annotated[list[Seen], Field(max_length=len(SEEN))]


class AthleteInvitation(NewInvitation):
    """An invitation to an athlete, with a role, and what a viewer will see (null: what is usual).

    The role lasts for `hours` once it is accepted, or (null) for good.
    """

    role: Role
    sees: Sees | None = None
    hours: int | None = Field(None, ge=1, le=744)


class RoleChange(Shape):
    """A member's new role, and what a viewer sees (null: what is usual)."""

    role: Role
    sees: Sees | None = None


class GroupName(Shape):
    """What a group is called; to delete one, its name as it is."""

    name: str = Field(max_length=200)


class GroupInvitation(NewInvitation):
    """An invitation to a group, for one, or for everybody who has the link."""

    role: GroupRole = "member"
    many: bool = False


class GroupRoleChange(Shape):
    """As what somebody is in a group, and whether they lead it."""

    role: GroupRole
    leads: bool = False


class MembersSee(Shape):
    """What a group's members see of an athlete besides activities; null: nothing, coaches alone see it."""

    members_see: Sees | None = None


class InvitationToken(Shape):
    """The token of an invitation, which stands behind the # of its address."""

    token: str = Field(max_length=200)


class Registration(SignIn, InvitationToken):
    """A new account for somebody with an invitation."""


class UserName(Shape):
    """Your user name, typed to show that you mean it."""

    username: str = Field(max_length=200)


class AthleteName(Shape):
    """What an athlete is called; to remove one, its name as it is."""

    name: str = Field(max_length=200)


type ChannelSettings = Annotated[dict[str, Annotated[str, Field(max_length=2000)]], Field(max_length=10)]
type Minute = Annotated[int, Field(ge=0, lt=1440)]


class NewChannel(Shape):
    """A channel for an account's notices, by one of the ways; its secret is kept encrypted."""

    way: str = Field(max_length=60)
    settings: ChannelSettings = Field(default_factory=dict)
    secret: str | None = Field(None, max_length=2000)


class ChannelChange(Shape):
    """A channel to change: what is null stays as it is. `kinds` are switched on or off."""

    settings: ChannelSettings | None = None
    secret: str | None = Field(None, max_length=2000)
    kinds: Annotated[dict[str, bool], Field(max_length=100)] | None = None
    paused: bool | None = None


class AddressProof(Shape):
    """What was sent to an e-mail address: the code, or what stands behind the # of the link."""

    proof: str = Field(max_length=100)


class PushSubscription(Shape):
    """Where a browser takes messages, its public key and its secret (base64url)."""

    endpoint: str = Field(max_length=2000)
    p256dh: str = Field(max_length=200)
    auth: str = Field(max_length=100)

    def given(self) -> Subscription:
        """Return it as it is kept."""
        return Subscription(self.endpoint, self.p256dh, self.auth)


class NoticeWishesChange(Shape):
    """How notices are sent: what is missing stays as it is; quiet hours are minutes of the day, null for none."""

    quiet_from: Minute | None = None
    quiet_until: Minute | None = None
    digest: Digest | None = None
    health_values: bool | None = None

    def changed(self) -> WishesChange:
        """Return what is to change."""
        quiet = self.model_fields_set & {"quiet_from", "quiet_until"}
        hours = (self.quiet_from, self.quiet_until) if quiet else None
        return WishesChange(hours, self.digest, self.health_values)


class MailServerBody(Shape):
    """The server that sends e-mail; a password that is null stays as it is."""

    host: str = Field(min_length=1, max_length=255, pattern=r"^[A-Za-z0-9.:_\[\]-]+$")
    port: int = Field(ge=1, le=65535)
    security: MailSecurity = "tls"
    sender: str = Field(max_length=254)
    username: str | None = Field(None, max_length=254)
    password: str | None = Field(None, max_length=2000)


class MailTest(Shape):
    """Where a test is sent."""

    to: str = Field(max_length=254)


#: What browsers send of passkeys is bytes in base64url.
type Bytes = Annotated[str, Field(max_length=20_000)]


class PasskeyName(Shape):
    """What a passkey is called."""

    name: str = Field(max_length=100)


class PasskeyMade(PasskeyName):
    """A passkey that the browser made, its name, and the state that came with the options."""

    state: Bytes
    id: Bytes
    client_data: Bytes
    attestation: Bytes
    transports: list[Annotated[str, Field(max_length=20)]] = Field(default_factory=list, max_length=10)

    def answer(self) -> NewPasskey:
        """Return what the browser answered."""
        return NewPasskey(self.id, self.client_data, self.attestation, tuple(self.transports))


class PasskeySignIn(Shape):
    """What the browser answered with a passkey, and the state that came with the options."""

    state: Bytes
    id: Bytes
    client_data: Bytes
    authenticator_data: Bytes
    signature: Bytes
    user_handle: Bytes | None = None

    def answer(self) -> PasskeyAnswer:
        """Return what the browser answered."""
        return PasskeyAnswer(self.id, self.client_data, self.authenticator_data, self.signature, self.user_handle)


class ResetWanted(Shape):
    """Who has forgotten a password: a user name, or an e-mail address."""

    name: str = Field(min_length=1, max_length=320)


class ResetToken(Shape):
    """The token of a link for a new password, which stands behind the # of its address."""

    token: str = Field(max_length=200)


class NewPassword(ResetToken):
    """A new password by a link; access tokens end with the former one unless they are kept."""

    password: str = Field(max_length=2000)
    keep_tokens: bool = False

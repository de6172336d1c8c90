"""Documents about signing in: providers of OpenID Connect, logins there, sessions."""

from typing import Literal, TypedDict

#: What becomes of somebody whom a provider knows and who has no account here.
Policy = Literal["refuse", "invited", "create"]


class ProviderButton(TypedDict):
    """A provider to sign in with."""

    key: str
    name: str


class ProviderValues(TypedDict):
    """What an administrator sets of a provider, but for its secret (see `store.queries.sign_in.Provider`)."""

    name: str
    issuer: str
    client_id: str
    scopes: str
    groups_claim: str
    allowed_groups: list[str]
    allowed_domains: list[str]
    admin_groups: list[str]
    policy: Policy
    invited: list[str]
    end_session: bool


class OidcProvider(ProviderValues):
    """A provider as administrators see it, without its secret; one of the environment is locked."""

    key: str
    has_secret: bool
    locked: bool


class OidcProviders(TypedDict):
    """All providers, why none can be set up here (null: they can), and whether passwords are taken.

    `address` is our own, where providers send browsers back to.
    """

    items: list[OidcProvider]
    address: str | None
    problem: str | None
    passwords: bool


class OidcCheck(TypedDict):
    """What a provider says of itself: the issuer to use, and what it lacks, in sentences."""

    issuer: str
    warnings: list[str]


class SignInAddress(TypedDict):
    """Where the browser goes to sign in."""

    url: str


class LinkedLogin(TypedDict):
    """An identity at a provider by which one may sign in; `provider` is null where that is no longer set up."""

    id: str
    provider: str | None
    name: str
    issuer: str
    label: str
    created_at: str
    used_at: str | None


class Logins(TypedDict):
    """By what one may sign in: logins at providers, and whether there is a password, a second factor, a passkey.

    `passkey`: one that works at this address.
    """

    items: list[LinkedLogin]
    password: bool
    passkey: bool
    second_factor: bool


class SessionEntry(TypedDict):
    """A session: the device in words, its network, when it began and was last used, and how it began.

    `by` is "password", "passkey", "proxy" or the name of a provider.
    """

    id: str
    device: str
    address: str
    by: str
    created_at: str
    seen_at: str
    current: bool


class SecondFactor(TypedDict):
    """Whether an authenticator app is on, since when, how many recovery codes are left, and whether one has to be.

    `offered` false: one signs in with a provider alone, so that there is nothing to switch on.
    """

    on: bool
    since: str | None
    codes_left: int
    required: bool
    offered: bool


class FactorOffer(TypedDict):
    """A new secret for an authenticator app: in base32, and as the address that its picture holds."""

    secret: str
    address: str


class RecoveryCodes(TypedDict):
    """New recovery codes, which are shown this once."""

    codes: list[str]


class ResetLink(TypedDict):
    """A link that sets a new password, as an address on this server, and until when it is open. It is shown once."""

    path: str
    until: str


class ResetShown(TypedDict):
    """Whose password a link sets."""

    username: str


class SignedOut(TypedDict):
    """Where to sign out at the provider too; null: nowhere."""

    url: str | None

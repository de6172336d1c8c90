"""Documents about passkeys. What a browser takes is named as in WebAuthn, and bytes are in base64url."""

from typing import Literal, TypedDict

#: The one kind of credential that there is.
PublicKey = Literal["public-key"]


class PasskeyEntry(TypedDict):
    """A passkey of one's own; `synced`: it is on all devices of an account that the person has elsewhere."""

    id: str
    name: str
    synced: bool
    created_at: str
    used_at: str | None


class Passkeys(TypedDict):
    """One's passkeys, the oldest first, and why none works at this address (null: they do).

    `offered` false: one signs in with a provider alone, so that there is nothing to add.
    """

    items: list[PasskeyEntry]
    problem: str | None
    offered: bool


class PasskeySite(TypedDict):
    """The host that passkeys are for, and what it is called."""

    id: str
    name: str


class PasskeyUser(TypedDict):
    """Whose passkey it becomes: an id that says nothing else, and names."""

    id: str
    name: str
    displayName: str


class PasskeyAlgorithm(TypedDict):
    """A kind of key, by its number at IANA."""

    type: PublicKey
    alg: int


class CredentialName(TypedDict):
    """A passkey that is there, and how a browser reaches it."""

    type: PublicKey
    id: str
    transports: list[str]


class AuthenticatorSelection(TypedDict):
    """What a device has to do: keep the passkey, and see who uses it."""

    residentKey: Literal["required"]
    requireResidentKey: bool
    userVerification: Literal["required"]


class CreationOptions(TypedDict):
    """What a browser needs to make a passkey; `timeout` in milliseconds."""

    rp: PasskeySite
    user: PasskeyUser
    challenge: str
    pubKeyCredParams: list[PasskeyAlgorithm]
    timeout: int
    excludeCredentials: list[CredentialName]
    authenticatorSelection: AuthenticatorSelection
    attestation: Literal["none"]


class RequestOptions(TypedDict):
    """What a browser needs to use a passkey; no `allowCredentials`: any of this host."""

    challenge: str
    rpId: str
    timeout: int
    userVerification: Literal["required"]
    allowCredentials: list[CredentialName]


class PasskeyCreation(TypedDict):
    """A passkey to make, and what it may be called; `state` is sent back with it."""

    state: str
    name: str
    options: CreationOptions


class PasskeyRequest(TypedDict):
    """A passkey to use; `state` is sent back with the answer."""

    state: str
    options: RequestOptions

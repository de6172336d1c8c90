"""The security log: the one list of what it keeps, and how whoever did it had shown who it is."""

from typing import Literal, NotRequired, TypedDict, get_args

type Kind = Literal[
    "signed_in",
    "sign_in_refused",
    "signed_out",
    "sessions_ended",
    "password_changed",
    "reset_link_made",
    "reset_link_mailed",
    "password_reset",
    "passkey_added",
    "passkey_removed",
    "second_factor_on",
    "second_factor_off",
    "recovery_codes_renewed",
    "recovery_code_used",
    "login_linked",
    "login_unlinked",
    "token_made",
    "token_revoked",
    "account_made",
    "account_deleted",
    "administrator_given",
    "administrator_taken",
    "invitation_made",
    "invitation_accepted",
    "invitation_revoked",
    "role_given",
    "role_taken",
    "group_made",
    "group_deleted",
    "group_role_given",
    "group_role_taken",
    "group_joined",
    "group_left",
    "athlete_added",
    "athlete_removed",
    "athlete_restored",
    "athlete_deleted",
    "athlete_exported",
    "link_made",
    "link_changed",
    "link_revoked",
    "link_restored",
    "provider_set",
    "provider_removed",
    "settings_changed",
    "backup_restored",
    "backup_key_made",
    "backup_key_removed",
]
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
#: How whoever acts has shown who it is: by a way to sign in, by a link with a secret, as somebody who is signed in, by
#: a token, on the server's own command line; or it is the server itself, with a job.
type Method = Literal["password", "passkey", "oidc", "proxy", "link", "session", "token", "cli", "server"]


class Details(TypedDict):
    """What more is kept of an event: words of our own lists, keys and numbers, never a text that people write."""

    role: NotRequired[str]
    scope: NotRequired[str]
    provider: NotRequired[str]
    settings: NotRequired[list[str]]
    sessions: NotRequired[int]

"""Signs in to Google with a project of the athlete's own (OAuth 2 for web applications)."""

from collections.abc import Mapping
from dataclasses import replace

from homestretch.net.budget import RateLimitedClient, WrongCredentials
from homestretch.net.oauth import NotAllowed, OAuth
from homestretch.net.secret import Secret
from homestretch.sources.google_health.data_types import granted, kinds_without, scope_url
from homestretch.sources.google_health.source import MORE_SCOPES, SCOPES, SOURCE

NAME = SOURCE.name
OAUTH = OAuth(
    NAME,
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com/token",
    " ".join(scope_url(scope) for scope in SCOPES),
    # Without both of the first two Google sends no token that lasts longer than an hour.
    more={"access_type": "offline", "prompt": "consent", "include_granted_scopes": "true"},
    keeps=("redirect_uri", *MORE_SCOPES),
    revoke_at="https://oauth2.googleapis.com/revoke",
)


class NoLastingToken(WrongCredentials):
    """Google gave access for an hour only. Remove Homestretch at https://myaccount.google.com/connections, then sign in
    again.
    """


class NothingAllowed(WrongCredentials):
    """Access to your health data was not allowed at Google. Sign in again and tick every box."""


class ScopeUnknown(WrongCredentials):
    """Google does not offer one of the permissions to your project. Sign in again without food and cycle."""


class GoogleSignIn:
    """Signs in by OAuth, and looks at what was allowed."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Ask the person to go to Google. Raises Question."""
        said = {name: value.strip() for name, value in answers.items()}
        wanted = [scope_url(scope) for field, scope in MORE_SCOPES.items() if said.get(field, "").lower() == "true"]
        return replace(OAUTH, scope=" ".join((OAUTH.scope, *wanted))).begin(said)

    def resume(self, state: Mapping[str, object], answers: Mapping[str, str]) -> Secret:
        """Return the secret.

        Raises WrongAddress, NotAllowed, ScopeUnknown, NoLastingToken, NothingAllowed, Unreachable.
        """
        try:
            secret = OAUTH.resume(self.calls, state, answers)
        except NotAllowed as error:
            raise (ScopeUnknown if error.details.get("reason") == "invalid_scope" else error) from error
        if not secret.get("refresh_token"):
            raise NoLastingToken
        lacks = kinds_without(granted(secret.get("scope")))
        if all(kind.key in lacks for kind in SOURCE.kinds if kind.span in ("activity", "day", "block")):
            raise NothingAllowed
        return secret

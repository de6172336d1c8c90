"""Who asks over HTTP: the account of a bearer token, and one of its athletes."""

from anyio.to_thread import run_sync
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from pydantic import AnyHttpUrl
from starlette.requests import Request

from homestretch.app import App
from homestretch.errors import SignInNeeded
from homestretch.flow.accounts.accounts import Caller
from homestretch.flow.accounts.credentials.tokens import caller_of_token
from homestretch.mcp._runtime.visitor import Visitor, model_scope
from homestretch.views.people import people


def auth_settings(address: str, path: str) -> AuthSettings:
    """Return how the library checks tokens, for a server at an address."""
    return AuthSettings(
        issuer_url=AnyHttpUrl(address),
        resource_server_url=AnyHttpUrl(f"{address}{path}"),
        required_scopes=["read"],
        validate_token_resource=False,
    )


class Bearer:
    """Checks tokens, and says whose data a call is about: `?athlete=` in the address names one of several."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def verify_token(self, token: str) -> AccessToken | None:
        """Return what a token may do, or None for an unknown one."""
        caller = await run_sync(self._caller, token)
        if caller is None:
            return None
        return AccessToken(
            token=token,
            client_id=str(caller.token_id),
            scopes=list(caller.mcp_scopes),
            subject=str(caller.account_id),
        )

    def visitor(self, request: Request | None) -> Visitor:
        """Return who makes a call. Raises SignInNeeded, and NotFound where the account has no such athlete."""
        access = get_access_token()
        if access is None or access.subject is None:
            raise SignInNeeded
        athlete = None if request is None else request.query_params.get("athlete")
        with self.app.database.read() as reader:
            scope = people.scope(reader, int(access.subject), athlete, self.app.context.clock())
        return Visitor(self.app, model_scope(scope), frozenset(access.scopes), "http", int(access.client_id))

    def _caller(self, token: str) -> Caller | None:
        with self.app.database.read() as reader:
            return caller_of_token(reader, token)

"""The MCP server over standard input and output: for one client, which started it."""

from functools import partial

from homestretch.app import App
from homestretch.errors import SignInNeeded
from homestretch.flow.accounts.accounts import athlete_to_show
from homestretch.flow.accounts.credentials.tokens import caller_of_token
from homestretch.mcp._runtime.server import build
from homestretch.mcp._runtime.visitor import RIGHTS, Visitor, model_scope
from homestretch.store.scope import Scope
from homestretch.views.people import people


def run_stdio(app: App, athlete: str | None, token: str | None) -> None:
    """Answer one client until it closes standard input. Raises NotFound, BadRequest, SignInNeeded."""
    visitor = visitor_of(app, athlete, token)
    build(partial(_always, visitor)).run("stdio")


def visitor_of(app: App, athlete: str | None, token: str | None) -> Visitor:
    """Return who asks: whoever has the data folder, or the account of a token.

    Raises NotFound for an unknown athlete, BadRequest where there are several, SignInNeeded for an unknown token.
    """
    if token is None:
        scope = Scope(athlete_to_show(app.context, athlete))
        return Visitor(app, model_scope(scope), RIGHTS, "stdio")
    with app.database.read() as reader:
        caller = caller_of_token(reader, token)
        if caller is None or "read" not in caller.mcp_scopes:
            raise SignInNeeded
        scope = people.scope(reader, caller.account_id, athlete, app.context.clock())
    return Visitor(app, model_scope(scope), frozenset(caller.mcp_scopes), "stdio", caller.token_id)


def _always(visitor: Visitor, _request: object) -> Visitor:
    return visitor

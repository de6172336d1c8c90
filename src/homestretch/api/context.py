"""Who asks, and whose data about: what every route is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request

from homestretch.api.rights import needed
from homestretch.app import App
from homestretch.errors import Forbidden, SignInNeeded
from homestretch.flow.accounts.accounts import Caller
from homestretch.flow.accounts.credentials import proxy
from homestretch.flow.accounts.credentials.tokens import caller_of_token
from homestretch.flow.accounts.sessions import caller_of_session
from homestretch.flow.runtime.context import Actor, Context
from homestretch.model.rights import ACCESS, RIGHTS
from homestretch.model.security.events import Method
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.people import people

COOKIE = "homestretch_session"
#: The one right that a token for health data has.
SEND = "health: send"
#: Stands in the scope of a request: who is at the other end of the connection, whatever X-Forwarded-For says.
PEER = "homestretch.peer"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class RequestContext:
    """A caller with the right to make this request, the context, and a way to read."""

    app: App
    caller: Caller
    address: str = field(default="", kw_only=True)

    @property
    def context(self) -> Context:
        """Return the context that flows change, as this caller."""
        method: Method = "token" if self.caller.by_token else "session"
        return replace(self.app.context, actor=Actor(method, self.caller.account_id, self.address))

    def scope(self, reader: Reader, athlete: str | None) -> Scope:
        """Return the scope over the athlete named, or over the caller's first one."""
        return people.scope(reader, self.caller.account_id, athlete, self.app.context.clock())


@dataclass(frozen=True, slots=True)
class AthleteRequest(RequestContext):
    """The same, about one athlete's data."""

    of: Scope


def app_of(request: Request) -> App:
    """Return the App that the server was started with."""
    app: App = request.app.state.app
    return app


def address_of(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else ""


def context_of(request: Request) -> Context:
    """Return the context that flows change, as somebody in a browser who is not signed in yet, or no more."""
    return replace(app_of(request).context, actor=Actor("session", None, address_of(request)))


def caller_of(request: Request) -> Caller | None:
    """Return who asks, by bearer token or session cookie, or None."""
    app = app_of(request)
    bearer = request.headers.get("authorization", "")
    cookie = request.cookies.get(COOKIE)
    if not bearer and not cookie:
        return None
    if bearer.lower().startswith("bearer "):
        with app.database.read() as reader:
            return caller_of_token(reader, bearer[7:].strip())
    return caller_of_session(app.context, cookie, proxy_user_of(request)) if cookie else None


def proxy_user_of(request: Request) -> str | None:
    """Return who asks, as a trusted proxy says; None where none does, or the header is off."""
    settings = app_of(request).settings
    if settings.trusted_header is None:
        return None
    names, secrets = (request.headers.getlist(name) for name in (settings.trusted_header, proxy.SECRET_HEADER))
    return proxy.user_of(settings, request.scope.get(PEER, ""), names, secrets)


def _asking(request: Request) -> RequestContext:
    caller = caller_of(request)
    if caller is None:
        raise SignInNeeded
    if caller.scope == "read" and request.method not in SAFE:
        raise Forbidden(action="change anything with a read-only token")
    if caller.scope == "mcp":
        raise Forbidden(action="use the API with a token for MCP. Use it at the address of the MCP server")
    right = _right(request)
    if caller.scope == "health" and right != SEND:
        raise Forbidden(action="do anything but send health data with this token")
    if caller.by_token and (ACCESS.get(right) == "person" or (right in RIGHTS and RIGHTS[right].in_person)):
        raise Forbidden(action="do that with a token. Sign in")
    if ACCESS.get(right) == "administrator" and not caller.is_admin:
        raise Forbidden(action="do that. Ask an administrator")
    return RequestContext(app_of(request), caller, address=address_of(request))


def _asking_of(
    request: Request, asking: Annotated[RequestContext, Depends(_asking)], athlete: str | None = None
) -> AthleteRequest:
    with asking.app.database.read() as reader:
        of = asking.scope(reader, athlete)
    of.must(_right(request))
    return AthleteRequest(asking.app, asking.caller, of, address=asking.address)


def _right(request: Request) -> str:
    """Return the right that the operation asked for needs."""
    return needed()[request.scope["route"].name]


def _reader(request: Request) -> Iterator[Reader]:
    with app_of(request).database.read() as reader:
        yield reader


type ByAnyone = Annotated[App, Depends(app_of)]
type ByCaller = Annotated[RequestContext, Depends(_asking)]
type AthleteContext = Annotated[AthleteRequest, Depends(_asking_of)]

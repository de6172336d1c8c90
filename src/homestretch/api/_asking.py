"""Who asks, and whose data about: what every route is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from homestretch.app import App
from homestretch.errors import Forbidden, SignInNeeded
from homestretch.flow.accounts import Caller, caller_of_session, caller_of_token
from homestretch.flow.world import World
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views import people

COOKIE = "homestretch_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Asking:
    """A caller who may ask what is asked, the world, and a way to read."""

    app: App
    caller: Caller

    @property
    def world(self) -> World:
        """Return the world that flows change."""
        return self.app.world

    def scope(self, reader: Reader, athlete: str | None) -> Scope:
        """Return the scope over the athlete named, or over the caller's first one."""
        return people.scope(reader, self.caller.account_id, athlete)


@dataclass(frozen=True, slots=True)
class AskingOf(Asking):
    """The same, about one athlete's data."""

    of: Scope


def app_of(request: Request) -> App:
    """Return the App that the server was started with."""
    app: App = request.app.state.app
    return app


def caller_of(request: Request) -> Caller | None:
    """Return who asks, by bearer token or session cookie, or None."""
    app = app_of(request)
    bearer = request.headers.get("authorization", "")
    cookie = request.cookies.get(COOKIE)
    if not bearer and not cookie:
        return None
    with app.database.read() as reader:
        if bearer.lower().startswith("bearer "):
            return caller_of_token(reader, bearer[7:].strip())
        return caller_of_session(reader, cookie, app.world.clock()) if cookie else None


def _asking(request: Request) -> Asking:
    caller = caller_of(request)
    if caller is None:
        raise SignInNeeded
    if caller.scope == "read" and request.method not in SAFE:
        raise Forbidden(action="change anything with a token that can only read")
    return Asking(app_of(request), caller)


def _asking_person(asking: Annotated[Asking, Depends(_asking)]) -> Asking:
    if asking.caller.by_token:
        raise Forbidden(action="do that with a token; sign in")
    return asking


def _asking_admin(asking: Annotated[Asking, Depends(_asking)]) -> Asking:
    if not asking.caller.is_admin:
        raise Forbidden(action="do that; only an administrator may")
    return asking


def _asking_of(asking: Annotated[Asking, Depends(_asking)], athlete: str | None = None) -> AskingOf:
    with asking.app.database.read() as reader:
        return AskingOf(asking.app, asking.caller, asking.scope(reader, athlete))


def _reader(request: Request) -> Iterator[Reader]:
    with app_of(request).database.read() as reader:
        yield reader


type ByAnyone = Annotated[App, Depends(app_of)]
type ByCaller = Annotated[Asking, Depends(_asking)]
type ByPerson = Annotated[Asking, Depends(_asking_person)]
type ByAdmin = Annotated[Asking, Depends(_asking_admin)]
type OfAthlete = Annotated[AskingOf, Depends(_asking_of)]

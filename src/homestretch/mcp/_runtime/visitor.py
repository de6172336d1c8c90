"""Who asks the MCP server, about whose data, and what they may do; and what a tool, resource and prompt is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from starlette.requests import Request

from homestretch.app import App
from homestretch.errors import Forbidden
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.today import today
from homestretch.views.system.server_options import option_values

type Need = Literal["read", "health", "propose"]
RIGHTS: frozenset[str] = frozenset({"read", "health", "propose"})
ACTIONS = {
    "health": "see health with this token. Make one for MCP that may see health",
    "propose": "propose changes with this token. Make one for MCP that may propose",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A client of the MCP server, for the length of a call."""

    app: App
    scope: Scope
    may: frozenset[str]
    door: Literal["stdio", "http"]
    token_id: int | None = None

    @contextmanager
    def reading(self) -> Iterator["Reading"]:
        """Open a way to read, and what the answer depends on besides the data."""
        with self.app.database.read() as reader:
            names = option_values(reader, self.app.settings)["model_names"] == "on"
            yield Reading(reader, self.scope, names, today(reader, self.scope, self.app.context.clock()))

    def must(self, need: str) -> None:
        """Raise Forbidden unless the visitor may do what a tool needs."""
        if need not in self.may:
            raise Forbidden(action=ACTIONS.get(need, "read with this token"))


#: Says who makes a call, of the HTTP request that it came with (None on standard input).
type Asking = Callable[[Request | None], Visitor]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tool reads with: whether names and notes may be given, and which day it is for the athlete."""

    reader: Reader
    scope: Scope
    names: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool: its name, what it needs the right to, and the function that takes a Visitor and the arguments.

    Arguments that are words of Python end in an underscore and are published without it. The function's docstring tells
    a model when to call it, and its annotated answer is published.
    """

    key: str
    title: str
    call: Callable[..., Mapping[str, object]]
    needs: Need = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A document at an address, which may hold arguments in braces: the function takes a Visitor and those."""

    key: str
    title: str
    read: Callable[..., Mapping[str, object]]
    needs: Need = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A text for a person to start from: the function takes the arguments."""

    key: str
    title: str
    text: Callable[..., str]


#: The visitor whose call is being answered.
_current: ContextVar[Visitor] = ContextVar("visitor")


def current() -> Visitor:
    """Return who asks. Raises LookupError outside a call."""
    return _current.get()


@contextmanager
def visiting(visitor: Visitor) -> Iterator[None]:
    """Answer for this visitor during the block."""
    token = _current.set(visitor)
    try:
        yield
    finally:
        _current.reset(token)


def model_scope(scope: Scope) -> Scope:
    """Return the same scope for a language model: what terms withhold from models is not there."""
    return replace(scope, use="model")

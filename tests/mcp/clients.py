"""Clients of the MCP server in this process: the real library on both sides, over streams in memory."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from mcp import Client

from homestretch.app import App
from homestretch.flow.runtime.context import Context
from homestretch.mcp._runtime.server import Server, build
from homestretch.mcp._runtime.visitor import RIGHTS, Visitor, model_scope
from homestretch.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its document, or the sentence of an error, and the bytes of the whole."""

    document: Any
    text: str
    failed: bool
    size: int


def visitor(context: Context, scope: Scope, *may: str, token_id: int | None = None) -> Visitor:
    """Return who asks, with all rights unless some are named."""
    rights = frozenset(may) or RIGHTS
    return Visitor(App(context), model_scope(scope), rights, "stdio", token_id)


def talk[T](visitor: Visitor, what: Callable[[Client], Awaitable[T]]) -> T:
    """Open a client for a visitor, and do something with it."""

    async def opened() -> T:
        async with Client(_server()) as client:
            return await what(client)

    _asking.append(visitor)
    try:
        return asyncio.run(opened())
    finally:
        _asking.pop()


#: Who asks at the moment, last: the server is put together once for all tests.
_asking: list[Visitor] = []


@cache
def _server() -> Server:
    return build(lambda _request: _asking[-1])


async def call_with(client: Client, name: str, arguments: dict[str, Any]) -> Answer:
    """Call a tool."""
    found: Any = await client.call_tool(name, arguments)
    text = found.content[0].text
    if not found.is_error:
        assert json.loads(text) == found.structured_content
    return Answer(found.structured_content, text, bool(found.is_error), len(found.model_dump_json(by_alias=True)))


def call(visitor: Visitor, name: str, **arguments: Any) -> Answer:
    """Call a tool; an argument that is a word of Python ends in an underscore."""
    given = {key.rstrip("_"): value for key, value in arguments.items()}
    return talk(visitor, lambda client: call_with(client, name, given))

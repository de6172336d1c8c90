"""Around every call of the MCP server: who asks, how often, and what is kept about it."""

import time
from typing import Any

import anyio.to_thread
import orjson
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_REQUEST, CallToolResult, TextContent
from pydantic import BaseModel
from starlette.requests import Request

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.tool_calls import Call, Kind, begin_call, end_call
from homestretch.mcp._runtime.visitor import Asking, Visitor, visiting

#: The methods that give data, which kind of call each is, and the parameter that names what is asked.
KINDS: dict[str, tuple[Kind, str]] = {
    "tools/call": ("tool", "name"), "resources/read": ("resource", "uri"), "prompts/get": ("prompt", "name"),
}  # fmt: skip


type Message = ServerRequestContext[Any, Request]


class Audit:
    """Finds out who asks, refuses one who asks too often, and keeps each call and how it ended."""

    def __init__(self, visitor: Asking) -> None:
        self._visitor = visitor

    async def __call__(self, ctx: Message, call_next: CallNext) -> HandlerResult:
        """Answer a message; those that give no data pass."""
        if ctx.method not in KINDS:
            return await call_next(ctx)
        try:
            visitor = await anyio.to_thread.run_sync(self._visitor, ctx.request)
            number = await anyio.to_thread.run_sync(_begin, visitor, ctx)
        except HomestretchError as error:
            return _refusal(ctx.method, str(error))
        began, answer = time.perf_counter(), None
        try:
            with visiting(visitor):
                answer = await call_next(ctx)
            return answer
        finally:
            took = round((time.perf_counter() - began) * 1000)
            await anyio.to_thread.run_sync(_end, visitor, number, answer, took)


def _begin(visitor: Visitor, ctx: Message) -> int | None:
    kind, named = KINDS[ctx.method]
    params = ctx.params or {}
    arguments = params.get("arguments")
    call = Call(
        visitor.scope.athlete_id,
        visitor.scope.account_id,
        visitor.token_id,
        visitor.door,
        kind,
        str(params.get(named, "")).replace("\0", ""),
        arguments if isinstance(arguments, dict) else {},
    )
    return begin_call(visitor.app.context, call)


def _end(visitor: Visitor, number: int | None, answer: HandlerResult, took_ms: int) -> None:
    dumped = answer.model_dump(mode="json", by_alias=True) if isinstance(answer, BaseModel) else answer
    failed = answer is None or (dumped or {}).get("isError") is True
    end_call(visitor.app.context, number, done=not failed, size=len(orjson.dumps(dumped)), ms=took_ms)


def _refusal(method: str, sentence: str) -> HandlerResult:
    if method == "tools/call":
        return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
    raise MCPError(code=INVALID_REQUEST, message=sentence)

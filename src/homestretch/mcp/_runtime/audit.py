"""Around every call of the MCP server: who asks, how often, and what is kept about it."""

import time
from typing import Any, Literal

import orjson
from anyio.to_thread import run_sync
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_REQUEST, CallToolResult, TextContent
from pydantic import BaseModel
from starlette.requests import Request

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.tool_calls import Admission, Call, Kind, keep_ended
from homestretch.mcp._runtime.visitor import Asking, Visitor, visiting

#: The methods that give data, which kind of call each is, and the parameter that names what is asked.
KINDS: dict[str, tuple[Kind, str]] = {
    "tools/call": ("tool", "name"), "resources/read": ("resource", "uri"), "prompts/get": ("prompt", "name"),
}  # fmt: skip


type Message = ServerRequestContext[Any, Request]


class Audit:
    """Finds out who asks, refuses one who asks too often, and keeps each call before its answer leaves."""

    def __init__(self, visitor: Asking) -> None:
        self._visitor = visitor
        self._admission = Admission()

    async def __call__(self, ctx: Message, call_next: CallNext) -> HandlerResult:
        """Answer a message; those that give no data pass."""
        if ctx.method not in KINDS:
            return await call_next(ctx)
        try:
            visitor = await run_sync(self._visitor, ctx.request)
            call = _call(visitor, ctx)
            await run_sync(self._admission.enter, visitor.app.context, call)
        except HomestretchError as error:
            return _refusal(ctx.method, str(error))
        try:
            return await self._answer(ctx, call_next, visitor, call)
        finally:
            self._admission.leave(call)

    @staticmethod
    async def _answer(ctx: Message, call_next: CallNext, visitor: Visitor, call: Call) -> HandlerResult:
        context, began = visitor.app.context, time.perf_counter()
        at_ms = context.clock()

        def keep(answer: HandlerResult) -> None:
            took = round((time.perf_counter() - began) * 1000)
            outcome, size = _measured(answer)
            keep_ended(context, call, outcome, at_ms=at_ms, size=size, ms=took)

        try:
            with visiting(visitor):
                answer = await call_next(ctx)
        except Exception:
            await run_sync(keep, None)
            raise
        try:
            await run_sync(keep, answer)
        except HomestretchError as error:
            return _refusal(ctx.method, str(error))
        return answer


def _call(visitor: Visitor, ctx: Message) -> Call:
    kind, named = KINDS[ctx.method]
    params = ctx.params or {}
    arguments = params.get("arguments")
    return Call(
        visitor.scope.athlete_id,
        visitor.scope.account_id,
        visitor.token_id,
        visitor.door,
        kind,
        str(params.get(named, "")).replace("\0", ""),
        arguments if isinstance(arguments, dict) else {},
    )


def _measured(answer: HandlerResult) -> tuple[Literal["done", "failed"], int]:
    """Return how a call ended, and the bytes of its answer."""
    dumped = answer.model_dump(mode="json", by_alias=True) if isinstance(answer, BaseModel) else answer
    if dumped is None:
        return "failed", 0
    return "failed" if dumped.get("isError") is True else "done", len(orjson.dumps(dumped))


def _refusal(method: str, sentence: str) -> HandlerResult:
    if method == "tools/call":
        return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
    raise MCPError(code=INVALID_REQUEST, message=sentence)

"""Every call is kept, and a token makes so many a minute."""

from dataclasses import replace
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from sqlalchemy import insert

from homestretch.flow.accounts.tool_calls import MOST_A_MINUTE, Admission, Call, TooManyCalls, keep_ended
from homestretch.flow.jobs.retention import KEEP_CALLS_MS, _due, _run
from homestretch.flow.runtime.context import Context
from homestretch.mcp._runtime.visitor import Visitor
from homestretch.store.queries.tool_calls import KeptCall, last_calls
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import tool_calls
from tests.mcp.clients import call, call_with, talk, visitor


def kept(context: Context, scope: Scope) -> list[KeptCall]:
    with context.database.read() as reader:
        return last_calls(reader, scope.athlete_id, 100)


def test_every_call_is_kept(athlete: Visitor) -> None:
    async def ask(client: Client) -> None:
        await call_with(client, "activities", {"from": "2026-05-01", "limit": 3})
        await call_with(client, "activity", {"id": "nowhere"})
        await client.read_resource("homestretch://today")
        await client.get_prompt("week_review", {})
        await client.list_tools()
        with pytest.raises(MCPError):
            await client.read_resource("homestretch://activity/nowhere")

    talk(athlete, ask)
    found = kept(athlete.app.context, athlete.scope)
    assert [(one.kind, one.name, one.outcome) for one in reversed(found)] == [
        ("tool", "activities", "done"), ("tool", "activity", "failed"), ("resource", "homestretch://today", "done"),
        ("prompt", "week_review", "done"), ("resource", "homestretch://activity/nowhere", "failed"),
    ]  # fmt: skip
    assert found[-1].arguments == {"from": "2026-05-01", "limit": 3} and (found[-1].bytes or 0) > 1000


def test_long_and_odd_arguments_are_kept_short(athlete: Visitor) -> None:
    call(athlete, "activities", text="\0" * 150)
    call(athlete, "activities", text="x" * 5000)
    long, odd = kept(athlete.app.context, athlete.scope)
    assert long.arguments == {"text": "5000 characters"} and odd.arguments == {"text": ""}


def test_a_token_may_ask_so_often(athlete: Visitor) -> None:
    context, token = athlete.app.context, visitor(athlete.app.context, athlete.scope, token_id=7)
    for _ in range(MOST_A_MINUTE):
        keep_ended(context, asked(7), "done", at_ms=context.clock(), size=1, ms=1)
    answer = call(token, "today")
    assert answer.failed and "60 calls a minute" in answer.text
    assert kept(context, athlete.scope)[0].outcome == "refused"
    assert not call(visitor(context, athlete.scope, token_id=8), "today").failed
    assert not call(athlete, "today").failed
    later = replace(context, clock=lambda: context.clock() + 61_000)
    assert not call(visitor(later, athlete.scope, token_id=7), "today").failed


def asked(token: int | None) -> Call:
    return Call(1, None, token, "http", "tool", "today", {})


def test_calls_that_are_being_answered_count(context: Context, scope: Scope) -> None:
    admission = Admission()
    for _ in range(MOST_A_MINUTE):
        admission.enter(context, asked(7))
    with pytest.raises(TooManyCalls):
        admission.enter(context, asked(7))
    admission.enter(context, asked(8))
    admission.leave(asked(7))
    admission.enter(context, asked(7))


def test_old_calls_are_forgotten(sqlite_context: Context, scope: Scope) -> None:
    now = sqlite_context.clock()
    row: dict[str, Any] = {"athlete_id": scope.athlete_id, "door": "http", "kind": "tool", "name": "today"}
    row |= {"arguments": {}, "outcome": "done"}
    with sqlite_context.database.write() as session:
        for at_ms in (now - KEEP_CALLS_MS - 1, now - KEEP_CALLS_MS + 10_000):
            session.run(insert(tool_calls), {**row, "at_ms": at_ms})
    assert _due(sqlite_context) == [{}]
    _run(sqlite_context, {})
    assert [one.at_ms for one in kept(sqlite_context, scope)] == [now - KEEP_CALLS_MS + 10_000]

"""Keeps which calls of the MCP server were made, by which token, and limits how many it may make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import orjson

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.tool_calls import REFUSED, calls_since, keep_call, keep_outcome

MINUTE_MS = 60_000
#: Calls that a token may make in a minute.
MOST_A_MINUTE = 60
#: Longer arguments are kept by their names and lengths only.
MOST_ARGUMENTS = 2_000

type Kind = Literal["tool", "resource", "prompt"]


class TooManyCalls(HomestretchError):
    """A token may make {most} calls a minute. Try again in {retry_after_s} seconds."""

    status = 429
    exit_code = 4


@dataclass(frozen=True, slots=True)
class Call:
    """A call: about whose data, by which account and token, and what was asked."""

    athlete_id: int
    account_id: int | None
    token_id: int | None
    door: Literal["stdio", "http"]
    kind: Kind
    name: str
    arguments: Mapping[str, object]


def begin_call(context: Context, call: Call) -> int | None:
    """Keep a call before it is answered and return its number; None where nothing can be written.

    Raises TooManyCalls where its token has made as many as it may in the last minute: that is kept, too.
    """
    if context.database.frozen:
        return None
    now = context.clock()
    with context.database.write() as session:
        retry_ms = 0
        if call.token_id is not None:
            count, first = calls_since(session, call.token_id, now - MINUTE_MS)
            if count >= MOST_A_MINUTE and first is not None:
                retry_ms = max(first + MINUTE_MS - now, 1)
        number = keep_call(session, _row(call, now, REFUSED if retry_ms else "started"))
    if retry_ms:
        raise TooManyCalls(most=MOST_A_MINUTE, retry_after_s=-(-retry_ms // 1000))
    return number


def end_call(context: Context, number: int | None, *, done: bool, size: int, ms: int) -> None:
    """Keep how a call ended."""
    if number is None:
        return
    with context.database.write() as session:
        keep_outcome(session, number, "done" if done else "failed", size, ms)


def _row(call: Call, now: int, outcome: str) -> dict[str, object]:
    return {
        "athlete_id": call.athlete_id,
        "account_id": call.account_id,
        "token_id": call.token_id,
        "door": call.door,
        "kind": call.kind,
        "name": call.name[:200],
        "arguments": _kept(call.arguments),
        "outcome": outcome,
        "at_ms": now,
    }


def _kept(arguments: Mapping[str, object]) -> dict[str, object]:
    # PostgreSQL takes no NUL in a text.
    text = orjson.dumps(dict(arguments), default=str).replace(rb"\u0000", b"")
    if len(text) <= MOST_ARGUMENTS:
        found: dict[str, object] = orjson.loads(text)
        return found
    return {
        str(key)[:40].replace("\0", ""): f"{len(str(value))} characters" for key, value in list(arguments.items())[:20]
    }

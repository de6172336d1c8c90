"""Keeps which calls of the MCP server were made, by which token, and limits how many it may make."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Literal

import orjson

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.tool_calls import calls_since, keep_call

log = logging.getLogger("homestretch.mcp")
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


class Admission:
    """Lets a token make so many calls a minute: those kept, and those being answered in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answering: Counter[int] = Counter()

    def enter(self, context: Context, call: Call) -> None:
        """Let a call in. Raises TooManyCalls, and keeps that it was refused."""
        if call.token_id is None:
            return
        with self._lock:
            now = context.clock()
            with context.database.read() as reader:
                count, first = calls_since(reader, call.token_id, now - MINUTE_MS)
            full = count + self._answering[call.token_id] >= MOST_A_MINUTE
            if not full:
                self._answering[call.token_id] += 1
        if full:
            retry_ms = MINUTE_MS if first is None else max(first + MINUTE_MS - now, 1)
            keep_ended(context, call, "refused", at_ms=now, size=0, ms=0)
            raise TooManyCalls(most=MOST_A_MINUTE, retry_after_s=-(-retry_ms // 1000))

    def leave(self, call: Call) -> None:
        """Let a call out that was let in."""
        if call.token_id is not None:
            with self._lock:
                self._answering[call.token_id] -= 1


def keep_ended(
    context: Context, call: Call, outcome: Literal["done", "failed", "refused"], *, at_ms: int, size: int, ms: int
) -> None:
    """Keep a call that was made at an instant: how it ended, the bytes of its answer, and how long that took.

    Where nothing can be written, on a read-only disk, it is only logged.
    """
    if context.database.frozen:
        log.warning("call not kept", extra={"tool": call.name, "outcome": outcome})
        return
    with context.database.write() as session:
        keep_call(session, _row(call, at_ms, outcome) | {"bytes": size, "ms": ms})


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

"""A call of a model from what has to hold first to what is written down in the end."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from pydantic import TypeAdapter, ValidationError

from homestretch.coach.writing.context import BYTES_A_TOKEN, MOST_TOOL_CALLS, TOOL_TOKENS
from homestretch.coach.writing.prompts import digest_of, instructions
from homestretch.flow.coach.model.agreement import agreed
from homestretch.flow.coach.model.asked import Asked, Outcome
from homestretch.flow.coach.model.budget import ANSWER_TOKENS, Estimate, estimate, fits, micros_of
from homestretch.flow.coach.model.endpoints import endpoint_of
from homestretch.flow.coach.model.prompts import prompt_for
from homestretch.flow.coach.model.sending import REASONS, Attempts
from homestretch.flow.runtime.context import Context
from homestretch.llm.endpoint import Endpoint, Request
from homestretch.model.coach.model_reasons import Why
from homestretch.store.queries.model_calls import DAY_MS, DONE, RUNNING, begin_call, cached_answer, end_call
from homestretch.store.queries.model_settings import ModelSettings, Stopped, model_settings, put_stop, stopped
from homestretch.store.scope import Scope

#: So long an answer is used again for the same request.
CACHE_DAYS = 30
#: After this an endpoint is asked again, although the account there had no credits left.
CREDITS_MS = 3_600_000
#: Where a service that asks to wait does not say how long.
LATER_S = 60.0


@dataclass(frozen=True, slots=True)
class Ready[T]:
    """What is needed to send: for each model a request, the digest of its prompt, and the key of the cache."""

    settings: ModelSettings
    endpoint: Endpoint
    requests: Sequence[Request[T]]
    prompts: Sequence[str]
    keys: Sequence[str]
    wanted: Estimate


def prepare[T](context: Context, scope: Scope, asked: Asked[T]) -> Ready[T] | Outcome[T]:
    """Return what is needed to send, or why nothing may be sent."""
    with context.database.read() as reader:
        settings = model_settings(reader)
        if settings is None or not settings.models:
            return Outcome(why="off")
        stop = stopped(reader, context.clock())
        if stop is not None:
            return Outcome(why=stop.why, retry_at_ms=stop.until_ms)
        texts = [prompt_for(reader, asked.action, one.name) for one in settings.models]
        may = agreed(reader, scope, settings)
    ready = _ready(context, asked, settings, texts)
    if may:
        return ready
    from homestretch.llm.client import preview

    body = preview(ready.endpoint, ready.requests[0])
    return Outcome(why="not_agreed", would_send=body.decode(), endpoint=settings.url)


def _ready[T](context: Context, asked: Asked[T], settings: ModelSettings, texts: Sequence[str]) -> Ready[T]:
    head = orjson.loads(asked.sent.body)
    written = [instructions(asked.action, text, str(head["lang"]), str(head["units"])) for text in texts]
    earlier = "".join(f"{one.question}{one.answer}" for one in asked.history)
    longest = max(written, key=len) + earlier
    wanted = estimate(longest, asked.sent.body, with_tools=bool(asked.tools), models=settings.models)
    requests = [
        Request(
            model=model.name,
            instructions=words,
            data=asked.sent.body.decode(),
            output=asked.output,
            check=lambda value: [fault.sentence for fault in asked.check(value)],
            tools=asked.tools,
            history=asked.history,
            max_tokens=ANSWER_TOKENS,
            token_limit=wanted.tokens,
            most_tool_calls=MOST_TOOL_CALLS,
            tool_bytes=int(TOOL_TOKENS * BYTES_A_TOKEN),
        )
        for model, words in zip(settings.models, written, strict=True)
    ]
    prompts = [digest_of(asked.action, text) for text in texts]
    keys = [
        _digest(asked.action, prompt, model.name, settings.url, asked.sent.digest)
        for model, prompt in zip(settings.models, prompts, strict=True)
    ]
    return Ready(settings, endpoint_of(context, settings), requests, prompts, keys, wanted)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def may_cache[T](asked: Asked[T]) -> bool:
    """Return whether an answer rests on nothing but what is sent first."""
    return not asked.tools and not asked.history and asked.output is not str


def cached[T](context: Context, scope: Scope, asked: Asked[T], ready: Ready[T]) -> Outcome[T] | None:
    """Return the answer that was given to the same request within the last days, or None."""
    if not may_cache(asked):
        return None
    with context.database.read() as reader:
        found = cached_answer(reader, scope.athlete_id, ready.keys, context.clock() - CACHE_DAYS * DAY_MS)
    if found is None:
        return None
    try:
        value = TypeAdapter(asked.output).validate_json(found.answer)
    except ValidationError:
        return None  # the shape of answers has changed since
    return Outcome(value=value, call=found.call, cached=True, faults=tuple(asked.check(value)), model=found.model)


def begin[T](context: Context, scope: Scope, asked: Asked[T], ready: Ready[T]) -> int | Outcome[T]:
    """Keep a call with its reservation, before anything is sent, and return its id.

    Where the budget is used up the call is kept as refused, and that is the outcome.
    """
    now = context.clock()
    row = {
        "action": asked.action,
        "endpoint": ready.settings.url,
        "model": ready.requests[0].model,
        "prompt_sha256": ready.prompts[0],
        "context_digest": asked.sent.digest,
        "at_ms": now,
    }
    with context.database.write() as session:
        if not fits(session, scope, ready.settings, ready.wanted, now):
            return Outcome(why="budget", call=begin_call(session, scope, {**row, "outcome": "budget", "ended_ms": now}))
        reserved = {"reserved_tokens": ready.wanted.tokens, "reserved_micros": ready.wanted.micros}
        return begin_call(session, scope, {**row, **reserved, "sent": asked.sent.body.decode(), "outcome": RUNNING})


def end[T](
    context: Context, asked: Asked[T], ready: Ready[T], call: int, attempts: Attempts[T], why: Why | None, answer: str
) -> Outcome[T]:
    """Settle a call: what it took, the answer, or why it is missing; and whether the endpoint is asked for the moment.

    The outcome has the value of the last reply, and what is still wrong with it.
    """
    reply, now = attempts.last, context.clock()
    number = next((index for index, one in enumerate(ready.requests) if one.model == attempts.model), 0)
    stop = _stop(why, now, None if reply.failure is None else reply.failure.retry_after_s)
    values = {
        "model": attempts.model,
        "provider": _kept(reply.provider),
        "prompt_sha256": ready.prompts[number],
        "sent": _storable(reply.sent.decode("utf-8", "replace")) or asked.sent.body.decode(),
        "answer": _storable(answer) or None,
        "rejected": [_storable(one) for one in (*attempts.rejected, *reply.faults)],
        "attempts": [{name: _kept(said) for name, said in line.items()} for line in attempts.lines],
        "outcome": why or DONE,
        "cache_key": ready.keys[number] if why is None and may_cache(asked) else None,
        "tokens_in": attempts.tokens_in,
        "tokens_out": attempts.tokens_out,
        "cost_micros": micros_of(ready.settings.models, attempts.took),
        "ended_ms": now,
    }
    with context.database.write() as session:
        end_call(session, call, values)
        if stop is not None:
            put_stop(session, stop)
    return Outcome(
        value=reply.value,
        why=why,
        call=call,
        faults=() if reply.value is None else tuple(asked.check(reply.value)),
        model=attempts.model,
        retry_at_ms=None if stop is None else stop.until_ms,
    )


def reason[T](attempts: Attempts[T]) -> Why | None:
    """Return why the last reply has no value; None where it has one."""
    failure = attempts.last.failure
    return None if failure is None else REASONS[failure.trouble]


def _storable(text: str) -> str:
    """Return a text as a database takes it: without NUL and halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _kept(said: str | None) -> str | None:
    return None if said is None else _storable(said)


def _stop(why: Why | None, now: int, retry_after_s: float | None) -> Stopped | None:
    """Return for how long nothing is sent: with a key until it is changed, else for some time."""
    if why == "key":
        return Stopped("key", now, None)
    if why == "credits":
        return Stopped("credits", now, now + CREDITS_MS)
    return Stopped("later", now, now + int((retry_after_s or LATER_S) * 1000)) if why == "later" else None

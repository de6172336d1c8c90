"""The budget of a day: reserved before a call and settled after it, both in the row of the call.

A call that never ended, because its process died, goes on counting with what was reserved: it may have been charged.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from homestretch.coach.writing.context import MOST_TOOL_CALLS, TOOL_TOKENS, tokens_of
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.model_calls import DAY_MS, Spent, spent_since
from homestretch.store.queries.model_settings import ModelSettings, UsedModel
from homestretch.store.scope import Scope

MICROS = 1_000_000
#: Tokens of one answer.
ANSWER_TOKENS = 3_000
#: A request and the try that mends its faults.
REQUESTS = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a call takes at most: all tokens, those of them that the model writes, and millionths of a US dollar."""

    tokens: int
    tokens_out: int
    micros: int


def estimate(instructions: str, data: bytes, *, with_tools: bool, models: Sequence[UsedModel]) -> Estimate:
    """Return what a call takes at most, by the dearest model: each request sends again what was sent before."""
    base = tokens_of(instructions.encode()) + tokens_of(data)
    rounds = REQUESTS + (MOST_TOOL_CALLS if with_tools else 0)
    answers = ANSWER_TOKENS * REQUESTS
    tools = TOOL_TOKENS * MOST_TOOL_CALLS * (rounds // 2) if with_tools else 0
    written = ANSWER_TOKENS * (REQUESTS - 1)
    tokens_in = base * rounds + tools + written
    micros = max((cost_micros(one, tokens_in, answers) for one in models), default=0)
    return Estimate(tokens_in + answers, answers, micros)


def cost_micros(model: UsedModel, tokens_in: int, tokens_out: int) -> int:
    """Return what tokens cost by the prices that are set, in millionths of a US dollar, rounded up."""
    micros = tokens_in * (model.price_in or 0.0) + tokens_out * (model.price_out or 0.0)
    return math.ceil(micros)  # a price is in dollars for a million tokens


def micros_of(models: Sequence[UsedModel], took: Sequence[tuple[str, int, int, float | None]]) -> int:
    """Return what replies cost (model, tokens in and out, dollars): as the endpoint says, else by the prices set."""
    prices = {one.name: one for one in models}
    return sum(
        cost_micros(prices[name], tokens_in, tokens_out) if cost is None else math.ceil(cost * MICROS)
        for name, tokens_in, tokens_out, cost in took
    )


def day_began(now: int) -> int:
    """Return when the day began that an instant is in, UTC milliseconds."""
    return now - now % DAY_MS


def spent_today(reader: Reader, scope: Scope, now: int) -> Spent:
    """Return what was spent or is reserved for the athlete today."""
    return spent_since(reader, scope.athlete_id, day_began(now))


def fits(session: Writer, scope: Scope, settings: ModelSettings, wanted: Estimate, now: int) -> bool:
    """Return whether a call fits into what is left of the day, and keep others from reserving until the commit."""
    lock_athlete(session, scope.athlete_id)
    spent = spent_today(session, scope, now)
    if settings.tokens_a_day is not None and spent.tokens + wanted.tokens > settings.tokens_a_day:
        return False
    return settings.usd_a_day is None or spent.micros + wanted.micros <= round(settings.usd_a_day * MICROS)

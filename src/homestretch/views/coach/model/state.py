"""The language model as pages and commands show it: its state for an athlete, its settings, its calls."""

from collections.abc import Sequence
from typing import cast

from homestretch.model.coach.model_reasons import SENTENCES, WHYS, Why
from homestretch.model.documents.coach_model import (
    ModelAttempt,
    ModelCall,
    ModelCallRow,
    ModelCheck,
    ModelSettingsDocument,
    ModelSetup,
    ModelState,
    WhyNot,
)
from homestretch.model.documents.collections import Page
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.model_calls import (
    DAY_MS,
    StoredCall,
    agreement_of,
    find_call,
    list_calls,
    spent_since,
)
from homestretch.store.queries.model_settings import ModelSettings, model_settings, stopped
from homestretch.store.scope import Scope
from homestretch.views.kit.paging import decode_cursor, page

MICROS = 1_000_000
RUNNING = "The model has not answered yet, or the server was stopped in between."


def why_not(why: Why, until_ms: int | None = None) -> WhyNot:
    """Return why there is no answer, with its sentence."""
    found: WhyNot = {"why": why, "sentence": SENTENCES[why]}
    if until_ms is not None:
        found["until"] = iso(until_ms)
    return found


def model_state(reader: Reader, scope: Scope, now: int) -> ModelState:
    """Return whether a model can be asked for the athlete, what was agreed to, and today's spending."""
    scope.must("model: ask")
    settings = model_settings(reader)
    agreement = agreement_of(reader, scope.athlete_id)
    began = now - now % DAY_MS
    spent = spent_since(reader, scope.athlete_id, began)
    return {
        "endpoint": None if settings is None else settings.url,
        "models": [] if settings is None else [one.name for one in settings.models],
        "names": settings is not None and settings.names,
        "agreement": None
        if agreement is None
        else {"endpoint": agreement.endpoint, "names": agreement.names, "at": iso(agreement.agreed_ms)},
        "not_now": _not_now(reader, settings, now),
        "spending": {
            "day": iso(began)[:10],
            "calls": spent.calls,
            "tokens": spent.tokens,
            "usd": spent.micros / MICROS,
            "tokens_limit": None if settings is None else settings.tokens_a_day,
            "usd_limit": None if settings is None else settings.usd_a_day,
        },
    }


def _not_now(reader: Reader, settings: ModelSettings | None, now: int) -> WhyNot | None:
    if settings is None or not settings.models:
        return why_not("off")
    stop = stopped(reader, now)
    return None if stop is None else why_not(stop.why, stop.until_ms)


def model_setup(reader: Reader, now: int) -> ModelSetup:
    """Return how the model is set up, without its key."""
    settings = model_settings(reader)
    return {
        "settings": None if settings is None else _settings_document(settings),
        "stopped": _not_now(reader, settings, now),
    }


def _settings_document(settings: ModelSettings) -> ModelSettingsDocument:
    return cast(
        ModelSettingsDocument,
        {
            "url": settings.url,
            "kind": settings.kind,
            "output": settings.output,
            "models": [
                {"name": one.name, "price_in": one.price_in, "price_out": one.price_out} for one in settings.models
            ],
            "has_key": settings.key is not None,
            "tokens_a_day": settings.tokens_a_day,
            "usd_a_day": settings.usd_a_day,
            "keep_days": settings.keep_days,
            "names": settings.names,
            "timeout_s": settings.timeout_s,
        },
    )


def model_calls(reader: Reader, scope: Scope, limit: int, cursor: str | None) -> Page[ModelCallRow]:
    """Return the calls for the athlete, the newest first. Raises BadRequest for a bad cursor."""
    scope.must("model: read")
    before = None if cursor is None else _position(cursor)
    calls, total = list_calls(reader, scope, before, limit + 1)
    last = calls[limit - 1] if len(calls) > limit else None
    return page([_row(one) for one in calls], limit, total, None if last is None else [last.at_ms, last.id])


def _position(cursor: str) -> tuple[int, int]:
    """Return the instant and id that a page goes on after. Raises BadRequest."""
    at_ms, number = decode_cursor(cursor, int, int)
    return at_ms or 0, number or 0


def model_call(reader: Reader, scope: Scope, call: int) -> ModelCall:
    """Return a call for the athlete, with what was sent and answered. Raises NotFound."""
    scope.must("model: read")
    found = find_call(reader, scope, call)
    return {
        **_row(found),
        "sent": found.sent,
        "answer": found.answer,
        "rejected": list(found.rejected),
        "attempts": [_attempt(one) for one in found.attempts],
        "prompt_sha256": found.prompt_sha256,
        "context_digest": found.context_digest,
    }


def _attempt(line: object) -> ModelAttempt:
    found = cast("dict[str, str | None]", line)
    return {
        "model": str(found["model"]),
        "trouble": found.get("trouble"),
        "detail": found.get("detail") or "",
    }


def _row(call: StoredCall) -> ModelCallRow:
    return {
        "id": str(call.id),
        "at": iso(call.at_ms),
        "action": call.action,
        "endpoint": call.endpoint,
        "model": call.model,
        "provider": call.provider,
        "outcome": call.outcome,
        "sentence": _sentence(call.outcome),
        "tokens_in": call.tokens_in,
        "tokens_out": call.tokens_out,
        "usd": None if call.cost_micros is None else call.cost_micros / MICROS,
        "ms": None if call.ended_ms is None else call.ended_ms - call.at_ms,
        "kept": call.sent is not None,
    }


def _sentence(outcome: str) -> str:
    if outcome == "running":
        return RUNNING
    why = next((one for one in WHYS if one == outcome), None)
    return "" if why is None else SENTENCES[why]


def model_check(why: Why | None, detail: str, model: str | None, models: Sequence[str], ms: int | None) -> ModelCheck:
    """Return what a test of the connection found; a `why` of None: nothing is wrong."""
    problem = None if why is None else why_not(why)
    return {
        "ok": why is None,
        "problem": problem,
        "detail": detail,
        "model": model,
        "models": list(models),
        "ms": ms,
    }

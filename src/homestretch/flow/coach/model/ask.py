"""Asks a language model for an athlete. What an endpoint does wrong is an outcome, never an error."""

from pydantic import BaseModel

from homestretch.flow.coach.model.asked import Asked, Outcome
from homestretch.flow.coach.model.calls import begin, cached, end, prepare, reason
from homestretch.flow.coach.model.sending import PATIENT, Patience, Run, send
from homestretch.flow.coach.model.streaming import stream
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope

__all__ = ["PATIENT", "Asked", "Outcome", "Patience", "ask", "stream"]


def ask[T: BaseModel](context: Context, scope: Scope, asked: Asked[T], patience: Patience = PATIENT) -> Outcome[T]:
    """Ask a model and return the outcome: a value, or why there is not one."""
    scope.must("model: ask")
    ready = prepare(context, scope, asked)
    if isinstance(ready, Outcome):
        return ready
    known = cached(context, scope, asked, ready)
    if known is not None:
        return known
    call = begin(context, scope, asked, ready)
    if isinstance(call, Outcome):
        return call
    attempts = send(ready.endpoint, ready.requests, _run(), patience)
    value = attempts.last.value
    answer = "" if value is None else value.model_dump_json()
    return end(context, asked, ready, call, attempts, reason(attempts), answer)


def _run[T]() -> Run[T]:
    from homestretch.llm.client import run  # pydantic-ai takes two seconds and 70 MB

    return run

"""Tries a model with every scenario, at the endpoint that is set up; no athlete's data is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from homestretch.coach.writing.prompts import instructions
from homestretch.errors import Conflict, NotFound
from homestretch.flow.coach.evaluation.scenarios import SCENARIOS, Scenario
from homestretch.flow.coach.model.budget import ANSWER_TOKENS
from homestretch.flow.coach.model.endpoints import endpoint_of
from homestretch.flow.coach.model.prompts import prompt_for
from homestretch.flow.coach.model.sending import PATIENT, REASONS, Patience, send
from homestretch.flow.coach.texts.write import answer_faults
from homestretch.flow.runtime.context import Context
from homestretch.llm.endpoint import Request
from homestretch.model.coach.model_reasons import SENTENCES
from homestretch.store.queries.model_settings import model_settings


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a scenario: what is wrong with the answer (nothing: it passed), the answer as JSON, and its cost."""

    scenario: str
    title: str
    faults: tuple[str, ...]
    retried: bool
    answer: str
    tokens: int


def evaluate(
    context: Context, model: str | None = None, only: str | None = None, patience: Patience = PATIENT
) -> Iterator[Result]:
    """Yield what comes of each scenario with a model, by default the first of the settings.

    Raises Conflict where no endpoint is set up, and NotFound for an unknown scenario.
    """
    with context.database.read() as reader:
        settings = model_settings(reader)
        if settings is None or not (model or settings.models):
            raise Conflict(reason=SENTENCES["off"])
        name = model or settings.models[0].name
        wanted = [one for one in SCENARIOS if only in (None, one.id)]
        if not wanted:
            raise NotFound(what="scenario", id=only)
        prompts = {one.action: prompt_for(reader, one.action, name) for one in wanted}
    endpoint = endpoint_of(context, settings)
    from homestretch.llm.client import run

    for one in wanted:
        attempts = send(endpoint, [_request(one, name, prompts[one.action])], run, patience)
        reply = attempts.last
        tokens = attempts.tokens_in + attempts.tokens_out
        if reply.value is None:
            why = SENTENCES["no_answer" if reply.failure is None else REASONS[reply.failure.trouble]]
            yield Result(one.id, one.title, (why,), bool(attempts.rejected), "", tokens)
            continue
        answer = reply.value.model_dump_json()
        yield Result(one.id, one.title, tuple(one.faults(reply.value)), bool(attempts.rejected), answer, tokens)


def _request(one: Scenario, model: str, prompt: str) -> Request[BaseModel]:
    sent = one.sent()
    return Request(
        model=model,
        instructions=instructions(one.action, prompt, "en", "metric"),
        data=sent.body.decode(),
        output=one.output,
        check=lambda value: [fault.sentence for fault in answer_faults(value, sent.facts, one.parts)],
        max_tokens=ANSWER_TOKENS,
    )

"""Test runs of prompts: a text is tried with the facts of an example, and what came back is kept and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

from homestretch.coach.checking.kind import kinds
from homestretch.coach.writing.claims import Fault, Point, faults
from homestretch.coach.writing.context import Action, Sent, build
from homestretch.coach.writing.context import Context as Facts
from homestretch.coach.writing.facts import fact, words_fact
from homestretch.coach.writing.prompts import digest_of, instructions
from homestretch.errors import BadRequest, Conflict
from homestretch.flow.coach.model.budget import ANSWER_TOKENS, micros_of
from homestretch.flow.coach.model.endpoints import endpoint_of
from homestretch.flow.coach.model.prompts import text_of
from homestretch.flow.coach.model.sending import PATIENT, REASONS, Patience, send
from homestretch.flow.runtime.context import Context
from homestretch.llm.endpoint import Request
from homestretch.model.coach.model_reasons import SENTENCES
from homestretch.store.queries.model_settings import model_settings
from homestretch.store.queries.prompts import put_run


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")


class PointAnswer(_Answer):
    """A point of a text, with the references that it rests on."""

    text: str
    evidence: list[str] = Field(default_factory=list)


class TextAnswer(_Answer):
    """A text for a reader: a headline and points."""

    headline: str
    points: list[PointAnswer] = Field(max_length=5)
    question: str | None = None
    unknown: list[str] = Field(default_factory=list)


class RuleAnswer(_Answer):
    """A rule that sentences mean, with what is still to be asked."""

    kind: str
    severity: Literal["must", "should"] = "must"
    params: dict[str, str | float | bool | list[str] | dict[str, float] | None] = Field(default_factory=dict)
    text: str = ""
    questions: list[str] = Field(default_factory=list)


class RulesAnswer(_Answer):
    """The rules that sentences mean."""

    rules: list[RuleAnswer]
    questions: list[str] = Field(default_factory=list)


class OperationAnswer(_Answer):
    """An operation on a session of a plan."""

    op: Literal["move", "drop", "replace", "scale", "add"]
    id: str | None = None
    date: str | None = None
    template: str | None = None
    factor: float | None = None


class OperationsAnswer(_Answer):
    """Operations on a plan, and why."""

    operations: list[OperationAnswer]
    why: str


@dataclass(frozen=True, slots=True)
class RunOfPrompt:
    """A test run: the model, what was sent and answered (JSON), what is wrong with the answer, and what it took."""

    run: int
    model: str
    sent: str
    answer: str
    faults: Sequence[str]
    tokens_in: int
    tokens_out: int
    cost_micros: int
    ms: int


TODAY = date(2026, 12, 2)
_SESSIONS = ("n:s1", "n:s2")
_REVIEW = Facts(
    action="workout_review",
    today=TODAY,
    facts={
        "n:title": words_fact("Wednesday intervals"),
        "n:template": words_fact("3x8 threshold"),
        "m:weighted_power": fact(212.0, "W", "212 W", name="weighted power"),
        "m:avg_hr": fact(None, "bpm", name="average heart rate"),
        "p:steps.1": fact(96.0, "score", "96", name="first work step"),
        "p:steps.2": fact(91.0, "score", "91", name="second work step"),
        "p:steps.3": fact(58.0, "score", "58", name="third work step"),
        "m:fade": fact(-7.0, "%", "−7 %", name="power, last work step against the first", delta=True),
    },
)
_WEEK = {
    "d:load.week": fact(402.0, "", "402", name="load of the week"),
    "d:load.planned": fact(450.0, "", "450", name="planned load of the week"),
    "d:load.gap": fact(-48.0, "", "−48", name="load against the plan", delta=True),
    "d:sleep": fact(None, "h", name="sleep"),
    "r:r1": fact("rest_day", "", "Mondays are free", name="rule"),
    "n:s1": words_fact("Long ride"),
    "n:s2": words_fact("Easy run"),
}


def example(action: Action) -> Sent:
    """Return the facts of the example of an action; nothing in them is anybody's."""
    if action == "workout_review":
        return build(_REVIEW)
    facts = dict(_WEEK)
    if action == "rule_parsing":
        facts = {
            "n:part.1": words_fact("Preferably nothing hard the day after strength"),
            "n:part.2": words_fact("Not too much on Thursdays"),
        }
    elif action == "question":
        facts["n:question"] = words_fact("How was my week, and should I do more?")
    elif action == "plan_change":
        facts["n:cause"] = words_fact("I am ill today")
    return build(Facts(action=action, today=TODAY, facts=facts))


def _output(action: Action) -> type[_Answer]:
    if action == "rule_parsing":
        return RulesAnswer
    return OperationsAnswer if action == "plan_change" else TextAnswer


def _faults(value: _Answer, sent: Sent) -> list[Fault]:
    if isinstance(value, RulesAnswer):
        known = kinds()
        return [
            Fault("kind", f"There is no rule of the kind {one.kind}.") for one in value.rules if one.kind not in known
        ]
    if isinstance(value, OperationsAnswer):
        strangers = [one.id for one in value.operations if one.id is not None and one.id not in _SESSIONS]
        return [Fault("session", f"There is no session {one}.") for one in strangers]
    assert isinstance(value, TextAnswer)
    points = [Point(one.text, tuple(one.evidence)) for one in value.points]
    return [fault for point in points for fault in faults(point, sent.facts)]


def try_prompt(
    context: Context,
    account_id: int | None,
    action: Action,
    pattern: str,
    version: int,
    model: str | None = None,
    patience: Patience = PATIENT,
) -> RunOfPrompt:
    """Let a model (by default the first) answer an example by a version's text, and keep the run.

    It is an administrator's and counts for no athlete's budget. Raises NotFound, BadRequest for a model that is not
    set up, and Conflict with the reason where no answer came: nothing is kept then.
    """
    with context.database.read() as reader:
        settings = model_settings(reader)
        text = text_of(reader, action, pattern, version)
    if settings is None or not settings.models:
        raise Conflict(reason=SENTENCES["off"])
    name = settings.models[0].name if model is None else model
    if name not in {one.name for one in settings.models}:
        raise BadRequest(reason=f"{name[:100]} is not in the list of models. Add it in the settings of the model.")
    sent, began = example(action), context.clock()
    words = instructions(action, text, "en", "metric")
    request: Request[_Answer] = Request(
        name, words, sent.body.decode(), _output(action), lambda value: [one.sentence for one in _faults(value, sent)],
        max_tokens=ANSWER_TOKENS,
    )  # fmt: skip
    from homestretch.llm.client import run

    attempts = send(endpoint_of(context, settings), [request], run, patience)
    reply = attempts.last
    if reply.value is None:
        failure = reply.failure
        why = "no_answer" if failure is None else REASONS[failure.trouble]
        raise Conflict(reason=f"{SENTENCES[why]} ({'' if failure is None else failure.detail})")
    document = {
        "sent": reply.sent.decode("utf-8", "replace"),
        "answer": reply.value.model_dump_json(),
        "faults": [*attempts.rejected, *reply.faults],
        "tokens_in": attempts.tokens_in,
        "tokens_out": attempts.tokens_out,
        "cost_micros": micros_of(settings.models, attempts.took),
        "ms": context.clock() - began,
    }
    document = orjson.loads(orjson.dumps(document).replace(rb"\u0000", b""))
    values = {
        "action": action,
        "sha256": digest_of(action, text),
        "model": name,
        "document": document,
        "account_id": account_id,
        "at_ms": context.clock(),
    }
    with context.database.write() as session:
        made = put_run(session, values)
    return RunOfPrompt(made, name, **document)

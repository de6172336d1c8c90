"""Everything an endpoint can do wrong ends in a reason with a sentence: never an error, and nothing half saved."""

import dataclasses
import json
from typing import Any

import pytest

from homestretch.flow.coach.model.ask import Outcome, ask, stream
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.model_reasons import SENTENCES
from homestretch.store.queries.model_calls import find_call, list_calls
from homestretch.store.queries.model_settings import UsedModel
from homestretch.store.scope import Scope
from tests.fakes.language_model.server import (
    Breaks,
    Call,
    FakeModel,
    Finish,
    Inside,
    Json,
    Page,
    Slow,
    Status,
    Step,
    Text,
)
from tests.flow.coach.model.asking import NOON, Note, Waits, a_note, at, prose, sentences, set_up

GOOD = Json({"text": "You rode at {m:power}."})
WRONG = Json({"words": "no such field"})
INVENTED = Json({"text": "You rode at 300 W."})
BROKEN: Step = Call("final_result", '{"text": "You rode')  # type: ignore[arg-type]
THREE = [Status(503)] * 3


@pytest.mark.parametrize(
    ("script", "why", "waits"),
    [
        (
            [Status(429, headers={"Retry-After": "7"}), Status(429, headers={"Retry-After": "3"}), GOOD],
            None,
            [7.0, 3.0],
        ),
        ([Status(429, headers={"Retry-After": "7"})] * 3, "later", [7.0, 7.0]),
        ([Status(429, headers={"Retry-After": "61"})], "later", []),
        ([Status(429)] * 3, "later", [10.0, 10.0]),
        ([Status(402)], "credits", []),
        ([Status(401)], "key", []),
        ([Status(403)], "key", []),
        (THREE, "server", [2.0, 8.0]),
        ([Status(500), GOOD], None, [2.0]),
        ([Inside(), Inside(429), Inside()], "server", [2.0, 8.0]),
        ([Inside(), GOOD], None, [2.0]),
        ([Page(), Page(), Page()], "server", [2.0, 8.0]),
        ([Page(b"", "application/json"), GOOD], None, [2.0]),
        ([Page(b"[1, 2]", "application/json"), GOOD], None, [2.0]),
        ([Finish("error"), GOOD], None, []),
        ([WRONG, WRONG], "no_answer", []),
        ([WRONG, GOOD], None, []),
        ([BROKEN, GOOD], None, []),
        ([INVENTED, GOOD], None, []),
        ([Text(""), Text("")], "no_answer", []),
        ([dataclasses.replace(GOOD, as_text=True)], None, []),
        ([Text("I would rather talk.")] * 2, "no_answer", []),
        ([Finish("content_filter")], "filtered", []),
        ([Status(400, "this model does not support tools")], "rejected", []),
        ([Status(400, "maximum context length is 4096 tokens", code="context_length_exceeded")], "too_long", []),
        ([Status(307, headers={"Location": "http://169.254.169.254/"})] * 3, "server", [2.0, 8.0]),
    ],
    ids=str,
)
def test_a_fault_is_waited_out_or_becomes_a_reason(
    sqlite_context: Context, scope: Scope, fake: FakeModel, script: list[Step], why: str | None, waits: list[float]
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script, slept = list(script), Waits()
    outcome = ask(sqlite_context, scope, a_note(), slept.patience())
    assert (outcome.why, slept.seconds, fake.script) == (why, waits, [])
    assert (outcome.value is None) == (why is not None)
    assert outcome.sentence == ("" if outcome.why is None else SENTENCES[outcome.why])
    assert outcome.call is not None
    with sqlite_context.database.read() as reader:
        call = find_call(reader, scope, outcome.call)
    assert call.outcome == (why or "done") and (call.answer is None) == (why is not None)
    assert len(call.attempts) == len(waits) + 1


def test_what_is_slow_is_asked_again_and_then_the_next(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    models = (UsedModel("small"), UsedModel("vendor/large"))
    set_up(sqlite_context, scope, fake.url, models=models, timeout_s=0.3)
    fake.script, slept = [Slow(1.0), Slow(1.0), GOOD], Waits()
    outcome = ask(sqlite_context, scope, a_note(), slept.patience())
    assert outcome.value is not None and outcome.model == "vendor/large" and slept.seconds == [0.0]
    assert [one["model"] for one in fake.asked] == ["small", "small", "vendor/large"]


def test_the_next_model_of_the_list_answers(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    models = (UsedModel("gone"), UsedModel("small"), UsedModel("vendor/large"))
    set_up(sqlite_context, scope, fake.url, models=models)
    fake.script = [Text("never said"), *THREE, GOOD]
    outcome = ask(sqlite_context, scope, a_note(), Waits().patience())
    assert outcome.model == "vendor/large" and outcome.why is None
    assert outcome.call is not None
    with sqlite_context.database.read() as reader:
        call = find_call(reader, scope, outcome.call)
    assert [one["trouble"] for one in call.attempts] == ["unknown_model", "server", "server", "server", None]


def test_no_server_and_an_address_that_is_not_allowed(sqlite_context: Context, scope: Scope, unused_port: int) -> None:
    for url, why in ((f"http://127.0.0.1:{unused_port}/v1", "unreachable"), ("http://169.254.169.254/v1", "address")):
        set_up(sqlite_context, scope, url)
        assert ask(sqlite_context, scope, a_note(), Waits().patience()).why == why
    nowhere = dataclasses.replace(
        sqlite_context, settings=sqlite_context.settings.model_copy(update={"private_sinks": "nobody"})
    )
    set_up(nowhere, scope, f"http://127.0.0.1:{unused_port}/v1")
    assert ask(nowhere, scope, a_note(), Waits().patience()).why == "address", "the operator forbids the own network"


def test_a_refused_key_and_no_credits_stop_all_calls(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    now = at(sqlite_context)
    for status, why, later in ((401, "key", None), (402, "credits", NOON + 3_600_000)):
        set_up(now, scope, fake.url)
        fake.script = [Status(status)]
        assert ask(now, scope, a_note(), Waits().patience()).why == why
        before = len(fake.asked)
        again = ask(now, scope, a_note(), Waits().patience())
        assert (again.why, again.retry_at_ms, len(fake.asked)) == (why, later, before), "nothing was sent"
    fake.script = [GOOD]
    assert ask(at(now, NOON + 3_600_001), scope, a_note(), Waits().patience()).value is not None


def test_faults_that_stay_come_with_the_answer(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script = [INVENTED, INVENTED]
    outcome = ask(sqlite_context, scope, a_note(), Waits().patience())
    assert outcome.value == Note(text="You rode at 300 W.") and [one.code for one in outcome.faults] == ["digits"]
    retry = json.dumps(fake.asked[1])
    assert "Write no digits" in retry, "the model is shown its fault"


@pytest.mark.parametrize("quiet", [False, True])
def test_a_stream_that_breaks_keeps_what_was_checked(
    sqlite_context: Context, scope: Scope, fake: FakeModel, quiet: bool
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script = [Breaks("You rode well. Your pow", quiet=quiet)]
    pieces = list(stream(sqlite_context, scope, prose(), Waits().patience()))
    assert sentences(pieces) == ["You rode well. "]
    last = pieces[-1]
    assert isinstance(last, Outcome) and (last.why, last.value) == ("interrupted", "You rode well.")
    with sqlite_context.database.read() as reader:
        (call,), _ = list_calls(reader, scope, None, 9)
    assert call.outcome == "interrupted" and call.answer == "You rode well."


def test_a_stream_that_breaks_before_a_sentence_is_asked_again(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script, slept = [Breaks("You ro"), Text("You rode well.")], Waits()
    pieces = list(stream(sqlite_context, scope, prose(), slept.patience()))
    assert "".join(sentences(pieces)).strip() == "You rode well." and slept.seconds == [2.0]


def test_tools_are_called_six_times_at_most_and_give_short_answers(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    called = []

    def load_on(day: str) -> dict[str, Any]:
        """Return the load of a day."""
        called.append(day)
        return {"load": "x" * (9_000 if day == "all" else 5)}

    set_up(sqlite_context, scope, fake.url)
    fake.script = [
        *(Call("load_on", {"day": "all" if number == 0 else str(number)}) for number in range(8)),
        Text("So."),
    ]
    pieces = list(stream(sqlite_context, scope, prose(tools=[load_on]), Waits().patience()))
    assert "".join(sentences(pieces)).strip() == "So." and len(called) == 6
    results = [one["content"] for one in fake.asked[-1]["messages"] if one["role"] == "tool"]
    assert "too long" in results[0] and "No more tool calls" in results[-1]


def test_an_end_before_the_last_sentence_settles_the_call(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    import threading

    from tests.waiting import wait_until

    gate = threading.Event()
    set_up(sqlite_context, scope, fake.url)
    fake.script = [Text("You rode well. And more. And more of that.", pieces=16, gate=gate)]
    pieces = stream(sqlite_context, scope, prose(), Waits().patience())
    assert next(pieces) == "You rode well. "
    pieces.close()  # type: ignore[attr-defined]
    gate.set()

    def outcome() -> str:
        with sqlite_context.database.read() as reader:
            return list_calls(reader, scope, None, 1)[0][0].outcome

    wait_until(lambda: outcome() == "interrupted")


ANSWER = {
    "id": "g", "object": "chat.completion", "created": 1, "model": "small", "provider": "p",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "hi"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}  # fmt: skip
NONSENSE: list[object] = [
    None, [], "x", {}, {"error": "x"}, {**ANSWER, "choices": []}, {**ANSWER, "choices": [{"index": 0}]},
    {**ANSWER, "usage": "x"}, {**ANSWER, "created": "later"}, {**ANSWER, "created": 10**30},
    {**ANSWER, "usage": {"prompt_tokens": -5, "completion_tokens": 10**30, "total_tokens": 1, "cost": float("inf")}},
    {**ANSWER, "choices": [{"index": 0, "message": {"role": "assistant", "content": 5}, "finish_reason": "stop"}]},
]  # fmt: skip


@pytest.mark.parametrize("nonsense", [*NONSENSE, "[" * 100_000], ids=lambda one: str(one)[:40])
@pytest.mark.parametrize("kind", ["openai", "openrouter"])
def test_nonsense_of_an_endpoint_is_a_reason_too(
    sqlite_context: Context, scope: Scope, fake: FakeModel, kind: str, nonsense: object
) -> None:
    """Whatever the libraries raise for it; streamed or not, and what is kept fits into the database."""
    context = sqlite_context
    set_up(context, scope, fake.url, kind=kind, models=(UsedModel("vendor/large"),))
    body = nonsense if isinstance(nonsense, str) and len(nonsense) > 9 else json.dumps(nonsense)
    fake.usual = Page(body.encode(), "application/json")
    assert ask(context, scope, a_note(), Waits().patience()).value is None
    fake.usual = Page(f"data: {body}\n\ndata: [DONE]\n\n".encode(), "text/event-stream")
    *_, last = stream(context, scope, prose(), Waits().patience())
    assert isinstance(last, Outcome) and last.why is not None
    with context.database.read() as reader:
        assert all(one.ended_ms is not None for one in list_calls(reader, scope, None, 9)[0])


def test_a_bug_of_ours_is_not_blamed_on_the_endpoint(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    def broken(_note: Note) -> list[Any]:
        raise ZeroDivisionError

    set_up(sqlite_context, scope, fake.url)
    fake.script = [GOOD]
    with pytest.raises(ZeroDivisionError):
        ask(sqlite_context, scope, a_note(check=broken))

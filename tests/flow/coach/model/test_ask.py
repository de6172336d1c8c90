"""A question to a model: sent after an agreement, within a budget, once for the same facts, and written down."""

from dataclasses import replace

import orjson

from homestretch.flow.coach.model.ask import Outcome, ask, stream
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.model_calls import find_call, list_calls
from homestretch.store.scope import Scope
from tests.fakes.language_model.server import FakeModel, Json, Text
from tests.flow.coach.model.asking import Note, Waits, a_note, at, prose, sent, sentences, set_up

GOOD = Json({"text": "You rode at {m:power}."})


def test_without_a_model_nothing_is_asked(sqlite_context: Context, scope: Scope) -> None:
    outcome = ask(sqlite_context, scope, a_note())
    assert (outcome.why, outcome.value, outcome.call) == ("off", None, None)
    assert outcome.sentence.startswith("No language model is set up")


def test_an_answer_and_what_is_kept_of_the_call(context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(context, scope, fake.url)
    fake.script = [GOOD]
    outcome = ask(context, scope, a_note())
    assert outcome.value == Note(text="You rode at {m:power}.") and outcome.why is None and outcome.faults == ()
    assert outcome.call is not None
    with context.database.read() as reader:
        call = find_call(reader, scope, outcome.call)
    assert (call.outcome, call.model, call.tokens_in, call.tokens_out) == ("done", "small", 200, 50)
    assert call.sent is not None and orjson.loads(call.sent) == fake.asked[0], "what was sent, exactly"
    assert call.context_digest == sent().digest and call.ended_ms is not None


def test_the_same_facts_are_asked_once(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    context = at(sqlite_context)
    set_up(context, scope, fake.url)
    fake.usual = GOOD
    first, again = ask(context, scope, a_note()), ask(context, scope, a_note())
    assert again == replace(first, cached=True) and len(fake.asked) == 1
    ask(context, scope, a_note(sent=sent("2026-12-03")))
    assert len(fake.asked) == 2, "other facts are another question"


def test_nothing_is_sent_before_the_athlete_agreed(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url, agree=False)
    outcome = ask(sqlite_context, scope, a_note())
    assert outcome.why == "not_agreed" and fake.asked == [] and outcome.endpoint == fake.url
    set_up(sqlite_context, scope, fake.url)
    fake.script = [GOOD]
    ask(sqlite_context, scope, a_note())
    assert outcome.would_send is not None
    assert orjson.loads(outcome.would_send) == fake.asked[0], "what was shown is what is sent"


def test_prose_is_held_back_until_each_sentence_is_checked(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script = [Text("You rode at {m:power}. That is 300 W. Well done")]
    pieces = list(stream(sqlite_context, scope, prose(), Waits().patience()))
    assert sentences(pieces) == ["You rode at {m:power}. ", "Well done"]
    last = pieces[-1]
    assert isinstance(last, Outcome) and last.why is None and last.value == "You rode at {m:power}. Well done"
    with sqlite_context.database.read() as reader:
        (call,), _ = list_calls(reader, scope, None, 10)
    assert call.rejected and call.outcome == "done"

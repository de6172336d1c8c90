"""The budget of a day is a hard stop: for callers at once, and for a process that dies between sending and settling."""

import os
import signal
import subprocess
import sys
import threading

from homestretch.flow.coach.model.ask import ask, stream
from homestretch.flow.coach.model.budget import spent_today
from homestretch.flow.jobs.retention import JOB
from homestretch.flow.runtime.context import Context
from homestretch.store.queries.model_calls import StoredCall, cached_answer, find_call, list_calls
from homestretch.store.queries.model_settings import UsedModel
from homestretch.store.scope import Scope
from tests.fakes.language_model.server import FakeModel, Json, Status, Step, Text
from tests.flow.coach.model.asking import NOON, Waits, a_note, at, prose, sent, set_up

GOOD = Json({"text": "You rode at {m:power}."})
DAY_MS = 86_400_000
#: More than one call may take at most, and less than two may.
ONE_CALL = 15_000
ASKS = """
import sys
from homestretch.flow.coach.model.ask import ask
from homestretch.store.scope import Scope
from pathlib import Path
from tests.conftest import make_context
from tests.flow.coach.model.asking import a_note
context = make_context(Path(sys.argv[1]), sys.argv[2])
ask(context, Scope(int(sys.argv[3])), a_note())
"""


def calls(context: Context, scope: Scope) -> list[StoredCall]:
    with context.database.read() as reader:
        return list_calls(reader, scope, None, 100)[0]


def test_what_was_spent_counts_until_the_day_is_over(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    context = at(sqlite_context)
    set_up(context, scope, fake.url, tokens_a_day=ONE_CALL)
    fake.usual, fake.tokens = GOOD, (9_000, 300)
    assert ask(context, scope, a_note()).value is not None
    refused = ask(context, scope, a_note(sent=sent("2026-12-03")))
    assert refused.why == "budget" and len(fake.asked) == 1
    assert refused.call is not None
    with context.database.read() as reader:
        assert find_call(reader, scope, refused.call).sent is None, "nothing was sent, and that is written down"
        assert spent_today(reader, scope, NOON).tokens == 9_300
    assert ask(at(context, NOON + DAY_MS), scope, a_note(sent=sent("2026-12-03"))).value is not None


def test_money_is_estimated_by_prices_and_settled_by_what_the_endpoint_says(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    context, models = at(sqlite_context), (UsedModel("vendor/large", 3.0, 15.0),)
    fake.usual, fake.cost = GOOD, 0.0123
    set_up(context, scope, fake.url, kind="openrouter", models=models, usd_a_day=0.2)
    outcome = ask(context, scope, a_note())
    (call,) = calls(context, scope)
    assert outcome.value is not None and call.cost_micros == 12_300 and call.provider == "Somebody"
    assert call.reserved_micros > 6_000 * 15, "two answers at the price of what a model writes"
    assert fake.asked[0]["provider"]["data_collection"] == "deny" and fake.asked[0]["provider"]["zdr"] is True
    set_up(context, scope, fake.url, kind="openrouter", models=models, usd_a_day=0.1)
    assert ask(context, scope, a_note(sent=sent("2026-12-03"))).why == "budget"


def test_of_two_callers_at_once_one_is_refused(context: Context, scope: Scope, fake: FakeModel) -> None:
    """The second one reserves while the first waits for its answer."""
    set_up(context, scope, fake.url, tokens_a_day=ONE_CALL)
    reached, go = threading.Event(), threading.Event()

    def slowly(_body: object) -> Step:
        reached.set()
        go.wait(30)
        return GOOD

    fake.script = [slowly]
    first: list[object] = []
    thread = threading.Thread(target=lambda: first.append(ask(context, scope, a_note()).why))
    thread.start()
    assert reached.wait(60)
    assert ask(context, scope, a_note(sent=sent("2026-12-03"))).why == "budget"
    go.set()
    thread.join()
    assert first == [None] and len(fake.asked) == 1


def test_a_call_whose_process_died_counts_as_reserved(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url, tokens_a_day=ONE_CALL)
    sqlite = str(sqlite_context.settings.data_dir)
    started: list[subprocess.Popen[bytes]] = []

    def kill(_body: object) -> Step:
        os.kill(started[0].pid, signal.SIGKILL)
        return GOOD

    fake.script = [kill]
    command = [sys.executable, "-c", ASKS, sqlite, sqlite_context.database.url, str(scope.athlete_id)]
    started.append(subprocess.Popen(command))
    assert started[0].wait(120) == -signal.SIGKILL
    (call,) = calls(sqlite_context, scope)
    assert (call.outcome, call.answer, call.ended_ms) == ("running", None, None) and call.sent is not None
    with sqlite_context.database.read() as reader:
        assert spent_today(reader, scope, call.at_ms).tokens == call.reserved_tokens > 0
    assert ask(sqlite_context, scope, a_note()).why == "budget", "it may have been charged"
    later = at(sqlite_context, call.at_ms + 7 * 3_600_000)
    JOB.run(later, {})
    lost = calls(later, scope)[-1]
    assert (lost.outcome, lost.ended_ms) == ("interrupted", None), "it goes on counting"


def test_an_endpoint_that_counts_nothing_is_counted_by_length(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.tokens, fake.script = (0, 0), [Text("You rode well.")]
    list(stream(sqlite_context, scope, prose(), Waits().patience()))
    (call,) = calls(sqlite_context, scope)
    assert (call.tokens_in or 0) > 500 and call.tokens_out == 4


def test_what_was_refused_by_the_endpoint_costs_nothing(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url, tokens_a_day=ONE_CALL)
    fake.script = [Status(503)] * 3
    assert ask(sqlite_context, scope, a_note(), Waits().patience()).why == "server"
    fake.script = [GOOD]
    assert ask(sqlite_context, scope, a_note()).value is not None, "the reservation was given up"


def test_contexts_are_deleted_after_their_time_and_calls_stay(context: Context, scope: Scope, fake: FakeModel) -> None:
    now = at(context)
    set_up(now, scope, fake.url, keep_days=7)
    fake.usual = GOOD
    ask(now, scope, a_note())
    (call,) = calls(now, scope)
    for later, kept in ((NOON + 7 * DAY_MS, True), (NOON + 7 * DAY_MS + 1, False)):
        moment = at(context, later)
        for arguments in JOB.due(moment):
            JOB.run(moment, arguments)
        (row,) = calls(now, scope)
        assert (row.sent is not None, row.answer is not None) == (kept, kept)
    assert (row.tokens_in, row.context_digest) == (call.tokens_in, call.context_digest)
    assert JOB.due(moment) == []
    assert ask(moment, scope, a_note()).cached is False and len(fake.asked) == 2


def test_another_athlete_s_answer_is_not_found(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.usual = GOOD
    ask(sqlite_context, scope, a_note())
    with sqlite_context.database.read() as reader:
        keys = [str(key) for key in reader.connection.exec_driver_sql("SELECT cache_key FROM model_calls").scalars()]
        assert cached_answer(reader, scope.athlete_id, keys, 0) is not None
        assert cached_answer(reader, scope.athlete_id + 1, keys, 0) is None

"""Texts of a model: facts, checks, one retry, what is left out, and what approving makes."""

import subprocess
import sys
from typing import Any

import orjson
import pytest

from homestretch.coach.writing.claims import PLACEHOLDER
from homestretch.errors import Conflict
from homestretch.flow.coach.texts.make import TextWanted, ask_for, decide, due_texts
from homestretch.flow.coach.texts.write import write
from homestretch.model.documents.coach_texts import CoachText
from homestretch.store.queries.model_settings import put_stop
from homestretch.store.queries.plans import approved_version
from homestretch.views.coach.texts.texts import coach_text, coach_texts
from tests.conftest import ROOT
from tests.fakes.language_model.server import FakeModel, Json, Status
from tests.flow.coach.texts.conftest import Ridden

GOOD = {
    "headline": "The purpose was met, but the last work step faded.",
    "points": [
        {"text": "You held {p:steps.1.held} in the first step.", "tone": "good", "evidence": ["p:steps.1.held"]},
        {
            "text": "The last one was {p:steps.3.held}, a change of {p:steps.fade_pct}: lower.",
            "tone": "watch",
            "evidence": ["p:steps.3.held", "p:steps.fade_pct", "p:steps.3"],
        },
    ],
    "unknown": ["Heart rate was not measured."],
}


def written(ridden: Ridden, **wanted: Any) -> CoachText:
    """Ask for a text, write what waits, and return it."""
    made = ask_for(ridden.context, ridden.scope, TextWanted(**wanted))
    for athlete, text in due_texts(ridden.context):
        write(ridden.context, athlete, text)
    with ridden.context.database.read() as reader:
        return coach_text(reader, ridden.scope, ridden.context.clock(), made)


def facts_sent(fake: FakeModel) -> dict[str, Any]:
    """Return the body of facts of the last request."""
    user = next(one["content"] for one in fake.asked[-1]["messages"] if one["role"] == "user")
    found: dict[str, Any] = orjson.loads(user)
    return found


def test_a_review_by_a_model(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Json(GOOD)]
    text = written(ridden, kind="workout", activity=ridden.activity)
    assert (text["state"], text["by"], text["reason"], text["model"]) == ("done", "model", None, "small")
    assert text["subject"] == ridden.activity and text["call"] is not None
    assert text["points"][0]["text"] == "You held 245 W in the first step."
    assert "205 W" in text["points"][1]["text"] and "-16 %" in text["points"][1]["text"]
    assert set(PLACEHOLDER.findall(text["points"][1]["source"])) and text["facts"]["p:steps.3.held"]["v"] == 205
    facts = facts_sent(fake)["facts"]
    assert facts["m:avg_hr_bpm"] == {"v": None, "why": "no_data", "u": "bpm"}, "what is missing is said, never zero"
    assert not any(name.startswith("n:title") for name in facts), "names only where the setting allows"
    assert facts["n:session"]["v"] == "3 × 8 min at threshold" or facts["n:session"]["v"]
    # The same facts again: nothing is sent.
    again = written(ridden, kind="workout", activity=ridden.activity)
    assert again["points"] == text["points"] and again["id"] != text["id"] and len(fake.asked) == 1
    with ridden.context.database.read() as reader:
        kept = coach_texts(reader, ridden.scope, None, ridden.activity, 1, None)
        assert [one["id"] for one in kept["items"]] == [again["id"]] and kept["next"] is not None
        assert coach_texts(reader, ridden.scope, None, None, 5, kept["next"])["items"][0]["id"] == text["id"]


def test_a_fault_is_named_once_and_then_left_out(ridden: Ridden, fake: FakeModel) -> None:
    bad = {**GOOD, "points": [*GOOD["points"], {"text": "You held 300 W.", "tone": "good", "evidence": []}]}
    fake.script = [Json(bad), Json(GOOD)]
    text = written(ridden, kind="workout", activity=ridden.activity)
    assert len(fake.asked) == 2 and "Write no digits" in str(fake.asked[1]["messages"])
    assert len(text["points"]) == 2
    fake.script = [Json(bad), Json(bad)]
    second = written(ridden, kind="week")
    assert len(fake.asked) == 4 and second["by"] == "code" and second["reason"] == "claims", (
        "points of a workout name no facts of a week"
    )
    assert second["points"], "code's own text"


def test_without_a_model_code_writes(ridden: Ridden, fake: FakeModel) -> None:
    fake.usual = Status(401)
    text = written(ridden, kind="workout", activity=ridden.session)
    assert (text["by"], text["reason"], text["subject"]) == ("code", "key", ridden.activity)
    assert text["why"] and any("Work step 3" in one["text"] for one in text["points"])
    explained = written(ridden, kind="explanation")
    assert explained["by"] == "code" and any("Base" in one["text"] or "Build" in one["text"]
                                             for one in explained["points"])  # fmt: skip


def test_every_fault_ends_in_code_s_text(ridden: Ridden, fake: FakeModel) -> None:
    for fault, reason in ((Json({"other": 1}), "no_answer"), (Status(402), "credits")):
        fake.usual = fault
        text = written(ridden, kind="week")
        assert (text["state"], text["by"], text["reason"]) == ("done", "code", reason) and text["points"]
        with ridden.context.database.write() as session:
            put_stop(session, None)


def test_what_is_suggested_is_checked_and_approved_once(ridden: Ridden, fake: FakeModel) -> None:
    written(ridden, kind="week")
    ahead = facts_sent(fake)["facts"]
    (first, *_) = [one["v"] for name, one in ahead.items() if name.startswith("p:next.") and name.count(".") == 1
                   and one["v"] != ridden.session]  # fmt: skip
    fake.script = [Json({
        "headline": "Rest.", "points": [{"text": "Take it easy after {d:load}.", "evidence": ["d:load"]}],
        "operations": [{"op": "drop", "id": first, "why": "You did {d:load}."}],
    })]  # fmt: skip
    change = written(ridden, kind="change", words="I have a busy week, make it easier")
    assert change["by"] == "code", "its facts are those of a plan, not of a week"
    fake.script = [Json({"why": "One session less.", "operations": [
        {"op": "drop", "id": first, "why": "As you asked."},
        {"op": "drop", "id": "nowhere", "why": "As you asked."},
        {"op": "add", "template": "R99", "to": "2026-05-09", "why": "More."},
    ]})] * 2  # fmt: skip
    change = written(ridden, kind="change", words="Make the next days easier")
    assert [one["id"] for one in change["operations"]] == [first] and len(change["refused"]) == 2
    assert change["diff"] is not None and [one["op"] for one in change["diff"]["changes"]] == ["removed"]
    with ridden.context.database.read() as reader:
        before = approved_version(reader, ridden.scope)
    number = decide(ridden.context, ridden.scope, change["id"], "approve", None, "A test.")
    with ridden.context.database.read() as reader:
        now = approved_version(reader, ridden.scope)
        assert before is not None and now is not None and now.version == number and now.version > before.version
        assert now.author == "model:small" and now.parent == before.version and now.cause == {"text": change["id"]}
        assert coach_text(reader, ridden.scope, ridden.context.clock(), change["id"])["decision"] == "approve"
    with pytest.raises(Conflict):
        decide(ridden.context, ridden.scope, change["id"], "approve", None, "A test.")
    with ridden.context.database.read() as reader:
        again = approved_version(reader, ridden.scope)
        assert again is not None and again.version == number, "once"


def test_rules_from_words(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Json({"rules": [
        {"part": 1, "kind": "preference", "severity": "should", "params": {"match": {"template": "R8"}, "weight": -2}},
    ], "questions": [{"part": 2, "text": "How many minutes at most on a Thursday?"}]})]  # fmt: skip
    words = "No training on Mondays\nI hate over-unders\nNot too much on Thursdays\nMy knee hurts, what should I take?"
    text = written(ridden, kind="rules", words=words)
    assert [one["kind"] for one in text["rules"]] == ["rest_day", "preference", None, None]
    assert text["rules"][2]["questions"] == ["How many minutes at most on a Thursday?"]
    assert "doctor" in text["rules"][3]["questions"][0]
    body = facts_sent(fake)["facts"]
    assert [body[f"n:part.{n}"]["v"] for n in (1, 2)] == ["I hate over-unders", "Not too much on Thursdays"]
    assert "knee" not in str(fake.asked), "what is for a doctor is not sent"
    # What is understood needs no model.
    assert written(ridden, kind="rules", words="No training on Fridays")["by"] == "code" and len(fake.asked) == 1


def test_a_service_that_asks_to_wait_is_asked_later(ridden: Ridden, fake: FakeModel) -> None:
    fake.script = [Status(429, headers={"Retry-After": "900"})]
    text = written(ridden, kind="workout", activity=ridden.activity)
    assert text["state"] == "waiting" and text["reason"] == "later" and due_texts(ridden.context) == []
    from dataclasses import replace

    later = replace(ridden, context=replace(ridden.context, clock=lambda: ridden.context.clock() + 1_000_000))
    fake.script = [Json(GOOD)]
    assert [name for _, name in due_texts(later.context)] == [text["id"]]
    assert written(later, kind="workout", activity=ridden.activity)["by"] == "model", "the one that waits is that one"


def test_a_kill_in_the_middle_leaves_it_once(ridden: Ridden, fake: FakeModel) -> None:
    fake.usual = Json(GOOD)
    now = ridden.context.clock()
    made = ask_for(ridden.context, ridden.scope, TextWanted(kind="workout", activity=ridden.activity))
    folder = ridden.context.settings.data_dir
    command = [sys.executable, "-m", "tests.flow.coach.texts.dying", str(folder), str(now), "1", made]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -9, died.stderr
    assert [name for _, name in due_texts(ridden.context)] == [made] and len(fake.asked) == 1
    assert written(ridden, kind="workout", activity=ridden.activity)["by"] == "model"
    assert len(fake.asked) == 1, "the answer was kept with the call, and is used again"
    write(ridden.context, ridden.scope.athlete_id, made)
    with ridden.context.database.read() as reader:
        assert len(coach_texts(reader, ridden.scope, None, None, 9, None)["items"]) == 1

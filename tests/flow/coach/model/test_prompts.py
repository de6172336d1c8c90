"""Prompts: the closest version holds, one change touches one action and pattern, and nothing holds untested."""

import pytest

from homestretch.coach.writing.prompts import BUILT_IN, instructions, tail
from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.coach.model.ask import ask
from homestretch.flow.coach.model.prompt_runs import example, try_prompt
from homestretch.flow.coach.model.prompts import activate, add_prompt, prompt_for, restore
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.model_reasons import ACTIONS
from homestretch.store.scope import Scope
from homestretch.views.coach.model.prompts import list_prompts, prompt_diff, prompt_runs, prompt_text
from tests.fakes.language_model.server import FakeModel, Json, Status
from tests.flow.coach.model.asking import Waits, a_note, set_up

REVIEW = Json({"headline": "Good", "points": [{"text": "{m:weighted_power}", "evidence": ["m:weighted_power"]}]})
GOOD = Json({"text": "You rode at {m:power}."})


def test_the_closest_prompt_holds(context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(context, scope, fake.url)
    fake.usual = REVIEW
    for pattern in ("*", "vendor/*", "vendor/large"):
        made = add_prompt(context, None, "workout_review", pattern, f"For {pattern}.")
        try_prompt(context, None, "workout_review", pattern, made)
        activate(context, None, "workout_review", pattern, made)

    def holds(model: str) -> str:
        with context.database.read() as reader:
            return prompt_for(reader, "workout_review", model)

    assert [holds(one) for one in ("vendor/large", "vendor/small", "small", "other/x")] == [
        "For vendor/large.", "For vendor/*.", "For *.", "For *.",
    ]  # fmt: skip
    activate(context, None, "workout_review", "vendor/large", 0)
    activate(context, None, "workout_review", "*", 0)
    assert holds("vendor/large") == "For vendor/*." and holds("small") == BUILT_IN["workout_review"]
    with context.database.read() as reader:
        assert prompt_for(reader, "weekly_review", "vendor/large") == BUILT_IN["weekly_review"]


def test_a_version_holds_only_after_its_test_run(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url)
    made = add_prompt(sqlite_context, None, "workout_review", "*", "Say <<lang>> and {braces} %s.", "a try")
    with pytest.raises(Conflict, match="not been tested"):
        activate(sqlite_context, None, "workout_review", "*", made)
    fake.script = [Status(401)]
    with pytest.raises(Conflict, match="key"):
        try_prompt(sqlite_context, None, "workout_review", "*", made, patience=Waits().patience())
    with pytest.raises(Conflict, match="not been tested"):
        activate(sqlite_context, None, "workout_review", "*", made)
    fake.script = [REVIEW]
    run = try_prompt(sqlite_context, None, "workout_review", "*", made)
    assert run.faults == [] and run.tokens_in == 200
    with sqlite_context.database.read() as reader:
        (shown,) = prompt_runs(reader, "workout_review", "*", made)["items"]
        assert '"headline":"Good"' in shown["answer"] and "Say en and {braces} %s." in shown["sent"]
    activate(sqlite_context, None, "workout_review", "*", made)
    fake.script = [GOOD]
    ask(sqlite_context, scope, a_note())
    system = fake.asked[-1]["messages"][0]["content"]
    assert system.startswith("Say en and {braces} %s.") and system.endswith(
        instructions("workout_review", "", "en", "metric").strip()
    ), "the end is in every prompt"


def test_another_prompt_is_another_question(sqlite_context: Context, scope: Scope, fake: FakeModel) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.usual = GOOD
    ask(sqlite_context, scope, a_note())
    made = add_prompt(sqlite_context, None, "workout_review", "small", "Be short.")
    fake.script = [REVIEW]
    try_prompt(sqlite_context, None, "workout_review", "small", made)
    activate(sqlite_context, None, "workout_review", "small", made)
    assert not ask(sqlite_context, scope, a_note()).cached


def test_versions_have_a_parent_a_difference_and_can_be_restored(
    sqlite_context: Context, scope: Scope, fake: FakeModel
) -> None:
    set_up(sqlite_context, scope, fake.url)
    first = add_prompt(sqlite_context, None, "question", "*", "Answer. Be kind.")
    second = add_prompt(sqlite_context, None, "question", "*", "Answer. Be short.", "shorter")
    assert (first, second) == (1, 2)
    with sqlite_context.database.read() as reader:
        diff = prompt_diff(reader, "question", "*")
        assert (diff["before"], diff["after"]) == (1, 2)
        assert diff["lines"] == ["  Answer.", "- Be kind.", "+ Be short."]
    with pytest.raises(Conflict):
        restore(sqlite_context, None, "question", "*", first)
    fake.usual = Json({"headline": "Yes", "points": []})
    try_prompt(sqlite_context, None, "question", "*", first)
    third = restore(sqlite_context, None, "question", "*", first)
    with sqlite_context.database.read() as reader:
        text = prompt_text(reader, "question", "*", third)
        assert (text["text"], text["parent"], text["active"], text["note"]) == (
            "Answer. Be kind.",
            1,
            True,
            "Restored version 1.",
        )
        listed = [one for one in list_prompts(reader)["items"] if one["action"] == "question"]
    assert [(one["version"], one["active"]) for one in listed] == [(0, False), (3, True), (2, False), (1, False)]
    fourth = restore(sqlite_context, None, "question", "*", 0)
    with sqlite_context.database.read() as reader:
        assert prompt_for(reader, "question", "x") == BUILT_IN["question"] and fourth == 4


@pytest.mark.parametrize(
    ("pattern", "text", "error"),
    [
        ("*", " \n ", BadRequest), ("*", "x" * 8_001, BadRequest), ("*", "Use <<name>>.", BadRequest),
        ("*/*", "x", BadRequest), ("a b", "x", BadRequest), ("ven*", "x", BadRequest),
    ],
)  # fmt: skip
def test_what_is_no_prompt_is_refused(sqlite_context: Context, pattern: str, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        add_prompt(sqlite_context, None, "question", pattern, text)
    with pytest.raises(NotFound):
        add_prompt(sqlite_context, None, "question", "*", "x", parent=7)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_a_prompt_and_an_example(action: str) -> None:
    (named,) = [one for one in ACTIONS if one == action]
    assert example(named).tokens < 2_000
    written = instructions(named, BUILT_IN[named], "de", "imperial")
    assert "<<" not in written and "de" in written and tail(named).split("<<")[0] in written
    assert ("no digits" in written) == (named not in ("rule_parsing", "plan_change"))
    assert instructions(named, "<<lang>> <<secret>>", "<<units>>", "metric").startswith("<<units>> <<secret>>")


@pytest.mark.parametrize(
    ("action", "answer", "fault"),
    [
        ("rule_parsing", {"rules": [{"kind": "no_such"}]}, "no rule of the kind"),
        ("plan_change", {"operations": [{"op": "drop", "id": "s9"}], "why": "ill"}, "no session s9"),
        ("weekly_review", {"headline": "x", "points": [{"text": "402 in total"}]}, "no digits"),
    ],
)
def test_a_test_run_shows_what_is_wrong_with_the_answer(
    sqlite_context: Context, scope: Scope, fake: FakeModel, action: str, answer: object, fault: str
) -> None:
    set_up(sqlite_context, scope, fake.url)
    fake.script = [Json(answer), Json(answer)]
    (named,) = [one for one in ACTIONS if one == action]
    run = try_prompt(sqlite_context, None, named, "*", 0)
    assert fault in " ".join(run.faults)

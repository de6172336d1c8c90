"""Nothing that a model may not have reaches a context, a tool of a question, or a log, whatever it is about."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from homestretch.coach.parsing.parse import parse
from homestretch.coach.writing.context import build
from homestretch.errors import HomestretchError
from homestretch.flow.coach import plans
from homestretch.flow.coach.chat.tools import Desk
from homestretch.flow.coach.plans import PlanWanted
from homestretch.flow.coach.texts.make import TextWanted, ask_for
from homestretch.flow.coach.texts.write import write
from homestretch.flow.edit.edits import change
from homestretch.flow.edit.private_places import add
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.terms import Terms
from homestretch.store.queries.plans import approved_version
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes
from homestretch.views.coach.texts.texts import coach_text
from homestretch.views.contexts.kit import Given
from homestretch.views.contexts.plan import change_context, explanation_context
from homestretch.views.contexts.week import week_context
from homestretch.views.contexts.words import question_context, rules_context
from homestretch.views.contexts.workout import WithheldFromModels, workout_context
from tests.formats import golden
from tests.inline import Came, Worlds
from tests.taking import listed, row_id
from tests.views.coach.test_reviews import at

DAY_MS = 86_400_000
#: What the name, place and notes of the athlete have; no context may hold it without names.
MARK = "Zwetschge"
STRAVA = Terms(may_share=False, may_blend=False, may_llm=False, keep_days=7).forbidden
#: Where golden runs are: nobody's context holds a coordinate.
PLACES = ("60.1", "24.9", "60,1", "24,9")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def marked(worlds: Worlds) -> Iterator[tuple[Context, Scope, dict[str, str]]]:
    """An athlete with a run of their own and one that no model may have, a private place, and another athlete."""
    with worlds.fresh() as context:
        worlds.bring(context, [
            Came("own.fit", encode(golden.run(600))),
            Came("withheld.fit", encode(golden.run(900, golden.START_MS + DAY_MS)), "strava", "1", STRAVA),
        ])  # fmt: skip
        worlds.settled(context)
        scope = Scope(1)
        own, withheld = sorted(listed(context, scope), key=lambda item: item["start"])
        for one in (own, withheld):
            change(context, scope, row_id(context, scope, one["id"]), {"name": f"{MARK} run", "description": MARK})
        add(context, scope, name=MARK, latitude=60.17, longitude=24.94, radius_m=500)
        worlds.settled(context)
        plan = plans.make(at(context, -3), scope, PlanWanted("run", weeks=4, hours=5))
        plans.approve(at(context, -3), scope, plan, 1, "A test.")
        with context.database.write() as session:
            session.run(insert(athletes), {"name": MARK, "created_ms": 0})
        yield at(context, 2), scope, {"own": own["id"], "withheld": withheld["id"]}


def bodies(context: Context, scope: Scope, ids: dict[str, str], *, names: bool) -> list[str]:
    """Return what would be sent about everything."""
    with context.database.read() as reader:
        given = Given.for_model(reader, scope, context.clock(), "metric", "en", names=names)
        version = approved_version(reader, scope)
        assert version is not None
        found = [
            workout_context(given, ids["own"]),
            *(week_context(given, given.today - timedelta(days=back)) for back in (0, 7)),
            explanation_context(given, version),
            change_context(given, version, "easier"),
            rules_context(given, parse("Not too much on Thursdays", given.today)),
            question_context(given, "How am I?", [("athlete", "Hello")]),
        ]
        return [build(one).body.decode() for one in found]


def tools_said(context: Context, scope: Scope, ids: dict[str, str]) -> list[str]:
    """Return what every tool of a question answers, asked about everything."""
    with context.database.read() as reader:
        given = Given.for_model(reader, scope, context.clock(), "metric", "en", names=False)
        assert given.today >= date(2026, 1, 1)
    desk = Desk(context, scope, given, "model:x", lambda _: None)
    said: list[str] = []
    for tool in desk.tools():
        for arguments in _given(tool.__name__, ids):
            try:
                said.append(str(tool(**arguments)))
            except HomestretchError as error:
                said.append(str(error).replace(ids["withheld"], "…"))
    return [*said, str(desk.facts)]


def _given(name: str, ids: dict[str, str]) -> Sequence[dict[str, Any]]:
    wide = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    if name in ("activity", "intervals"):
        return [{"id": one} for one in ids.values()]
    if name == "compare":
        return [{"id": one, "other": other} for one in ids.values() for other in ids.values()]
    if name in ("activities", "load", "plan"):
        return [wide, {}]
    if name == "explain_metric":
        return [{"key": "load"}]
    return [] if name == "propose_changes" else [{}]


def test_nothing_withheld_reaches_a_context_or_a_tool(
    marked: tuple[Context, Scope, dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    context, scope, ids = marked
    caplog.set_level(logging.DEBUG, "homestretch")
    for body in (*bodies(context, scope, ids, names=False), *tools_said(context, scope, ids)):
        assert MARK not in body and ids["withheld"] not in body
        assert not any(place in body for place in PLACES), body
        assert "latitude" not in body and "serial" not in body and "birth" not in body
    assert MARK not in caplog.text and "60.17" not in caplog.text
    with_names = bodies(context, scope, ids, names=True)
    assert MARK in with_names[0] and '"untrusted":true' in with_names[0], "where the setting allows names, as data"


def test_sums_are_without_it_and_say_so(marked: tuple[Context, Scope, dict[str, str]]) -> None:
    context, scope, ids = marked
    with context.database.read() as reader:
        given = Given.for_model(reader, scope, context.clock(), "metric", "en", names=False)
        week = week_context(given, date(2026, 5, 3))
        both = week_context(given, date(2026, 5, 4))
        with pytest.raises(WithheldFromModels):
            workout_context(given, ids["withheld"])
    # The runs are of the Sunday and of the Monday after it.
    assert (week.hidden, both.hidden) == (0, 1)
    assert week.facts["d:minutes"]["v"] == 10 and "partial" not in week.facts["d:minutes"]
    assert both.facts["d:minutes"]["v"] == 0 and both.facts["d:minutes"]["partial"] is True


def test_code_writes_about_what_is_withheld(marked: tuple[Context, Scope, dict[str, str]]) -> None:
    context, scope, ids = marked
    text = ask_for(context, scope, TextWanted(kind="workout", activity=ids["withheld"]))
    write(context, scope.athlete_id, text)
    with context.database.read() as reader:
        found = coach_text(reader, scope, context.clock(), text)
    assert (found["by"], found["reason"], found["hidden"], found["call"]) == ("code", "terms", 1, None)
    assert found["points"], "the athlete sees their own review"

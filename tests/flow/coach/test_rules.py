"""Rules are saved in versions that never change; what can't hold is refused and loses nothing; on both databases."""

import json
from dataclasses import replace
from datetime import date

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homestretch.errors import BadRequest, Conflict, Forbidden, NotFound
from homestretch.flow.coach.rules import (
    add_rules,
    add_words,
    remove_rules,
    restore_rules,
    rules_in,
    save_rules,
    turn_rules,
)
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.plan import Week, week_document
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session
from homestretch.model.coach.system_rules import SYSTEM_RULES
from homestretch.store.queries.plans import NewVersion, put_plan, put_version
from homestretch.store.queries.rules import newest_rules, rules_at, versions_of_rules
from homestretch.store.scope import Scope
from homestretch.views.coach.rule_preview import preview_rules, preview_words
from homestretch.views.coach.rules import rules_diff, rules_of, rules_versions

TODAY = date(2026, 12, 1)
NOW = 1_796_126_400_000
MONDAYS = Rule("", "rest_day", "must", {"weekdays": ["mon"]}, "No training on Mondays")


def there(context: Context, scope: Scope) -> tuple[int, tuple[Rule, ...]]:
    with context.database.read() as reader:
        return newest_rules(reader, scope.athlete_id)


def test_everybody_begins_with_the_same_rules(context: Context, scope: Scope) -> None:
    assert there(context, scope) == (0, SYSTEM_RULES)


def test_each_change_is_a_version_with_a_parent(context: Context, scope: Scope) -> None:
    assert add_rules(context, scope, [MONDAYS], "busy").version == 1
    assert turn_rules(context, scope, ["s-ramp"], off=True).version == 2
    assert remove_rules(context, scope, ["r1"]).version == 3
    with context.database.read() as reader:
        versions = versions_of_rules(reader, scope.athlete_id)
        assert [(one.version, one.parent) for one in versions] == [(3, 2), (2, 1), (1, 0), (0, None)]
        assert rules_at(reader, scope.athlete_id, 1) == (*SYSTEM_RULES, replace(MONDAYS, id="r1"))
        assert rules_at(reader, scope.athlete_id, None) == SYSTEM_RULES
        listed = rules_versions(reader, scope)["items"]
        assert [(one["added"], one["removed"], one["changed"]) for one in listed] == [
            (0, 1, 0), (0, 0, 1), (1, 0, 0), (0, 0, 0),
        ]  # fmt: skip
        (change,) = rules_diff(reader, scope, 1, 2)["changes"]
        assert (change["rule"], change["change"], change["fields"]) == ("s-ramp", "changed", ["off"])


def test_no_id_is_used_twice(context: Context, scope: Scope) -> None:
    add_rules(context, scope, [MONDAYS])
    remove_rules(context, scope, ["r1"])
    add_rules(context, scope, [replace(MONDAYS, params={"weekdays": ["tue"]})])
    assert there(context, scope)[1][-1].id == "r2"


def test_what_changes_nothing_makes_no_version(context: Context, scope: Scope) -> None:
    assert add_rules(context, scope, [MONDAYS]).version == 1
    assert add_rules(context, scope, [MONDAYS]).version == 1
    assert save_rules(context, scope, there(context, scope)[1]).version == 1


def test_an_old_version_comes_back_as_the_newest(context: Context, scope: Scope) -> None:
    add_rules(context, scope, [MONDAYS])
    assert restore_rules(context, scope, 0).version == 2
    assert there(context, scope) == (2, SYSTEM_RULES)
    with pytest.raises(NotFound):
        restore_rules(context, scope, 9)


def test_whoever_looked_at_an_older_version_is_stopped(context: Context, scope: Scope) -> None:
    add_rules(context, scope, [MONDAYS])
    with pytest.raises(Conflict, match="version 1 is the newest"):
        save_rules(context, scope, [], parent=0)
    assert there(context, scope)[0] == 1


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([replace(MONDAYS, params={})], "One of weekdays, min_per_week is needed"),
        ([replace(MONDAYS, kind="moon")], "moon is no kind of rule"),
        ([replace(MONDAYS, scope={"from": "2026-02-30"})], "scope: from must be a day"),
        ([replace(MONDAYS, id="a"), replace(MONDAYS, id="a")], "Two rules have the id a"),
        (
            [Rule("", "event", "must", {"date": "2027-01-01", "name": "x", "sport": "run", "priority": None})],
            "main goal",
        ),
    ],
)
def test_what_is_no_rule_is_refused(context: Context, scope: Scope, rules: list[Rule], message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        save_rules(context, scope, rules)
    assert there(context, scope)[0] == 0


def test_rules_that_can_not_hold_together_are_refused_with_ways_out(context: Context, scope: Scope) -> None:
    add_words(context, scope, "At most 5 hours a week", TODAY)
    with pytest.raises(Conflict, match=r"5 h fit into a week, at least 6 h are asked for\. Change it to: At least 5 h"):
        add_words(context, scope, "At least 6 hours a week", TODAY)
    wish = add_words(context, scope, "Ideally at least 6 hours a week", TODAY)
    assert wish.saved is not None and wish.saved.version == 2


def test_words_are_saved_all_or_none(context: Context, scope: Scope) -> None:
    added = add_words(context, scope, "No training on Mondays; keep the group ride on Saturday", TODAY)
    assert added.saved is None and len(added.questions) == 2 and there(context, scope)[0] == 0
    added = add_words(context, scope, "No training on Mondays; train me like a pro", TODAY)
    rules = there(context, scope)[1][-2:]
    assert added.saved is not None and [one.kind for one in rules] == ["rest_day", "note"]
    assert rules[1].text == "train me like a pro"
    with pytest.raises(BadRequest):
        add_words(context, scope, " ;\n", TODAY)


def test_a_file_has_words_or_json(context: Context, scope: Scope) -> None:
    assert rules_in("No training on Mondays") is None
    with context.database.read() as reader:
        listed = rules_of(reader, scope)
    rules = rules_in(orjson.dumps(listed).decode())
    assert rules == list(SYSTEM_RULES)
    for wrong in (
        "[{]",
        '[{"kind": 1}]',
        "[1]",
        '{"rules": 3}',
        '[{"kind": "rest_day", "params": {"weekdays": "mon"}}]',
    ):
        with pytest.raises(BadRequest):
            rules_in(wrong)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    value=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(("kind", "params", "rules", "scope", "severity", "weight")), inner),
        ),
    )
)
def test_no_json_makes_reading_fail(value: object) -> None:
    try:
        rules_in(json.dumps([value]))
    except BadRequest as error:
        assert str(error)


def test_whoever_may_only_look_changes_nothing(context: Context, scope: Scope) -> None:
    with pytest.raises(Forbidden):
        add_rules(context, replace(scope, role="viewer"), [MONDAYS])


def _plan(context: Context, scope: Scope) -> None:
    """Keep a plan of one week that begins on the Monday of today."""
    days = [f"2026-{day}" for day in ("11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06")]
    sessions = (
        Session("a", days[1], "ride", 90, 70.0, template="R7", hard=True),
        Session("b", days[4], "run", 50, 60.0, template="N2"),
    )
    week = Week(days[0], "build", "load", 200, "", 130.0, 140, 50.0, 0.0, sessions)
    body = {"weeks": [week_document(week, days, {})], "events": []}
    new = NewVersion(None, "proposed", None, {}, "t", "planner", "", {}, body, "x")
    with context.database.write() as session:
        put_version(session, scope, put_plan(session, scope, "plan", "Plan", NOW), new, NOW)


def test_a_preview_says_what_the_week_loses(context: Context, scope: Scope) -> None:
    with context.database.read() as reader:
        (part,) = preview_words(reader, scope, "No training on Fridays", NOW)["parts"]
    assert part["sentence"] == "No training on Fridays." and part["effect"] is None
    _plan(context, scope)
    with context.database.read() as reader:
        text = "No training on Fridays; no training on Mondays; moon"
        first, second, third = preview_words(reader, scope, text, NOW)["parts"]
        event = Rule("", "event", "must", {"date": "2027-01-01", "name": "x", "sport": "run", "priority": None})
        (open_event,) = preview_rules(reader, scope, [event], NOW)["parts"]
        clash = preview_words(reader, scope, "Max 1 h per week; at least 2 h per week", NOW)
    assert first["effect"] is not None and second["effect"] is not None
    assert first["effect"]["text"] == "Stands against 1 of your 2 planned sessions of this week: Fri N2."
    assert second["effect"]["text"] == "Changes nothing in your 2 planned sessions of this week."
    assert (third["kind"], third["sentence"], third["effect"]) == (None, None, None)
    assert open_event["questions"] and open_event["faults"] and open_event["sentence"]
    assert [one["rules"] for one in clash["conflicts"]] == [["new0", "new1"]]

"""All kinds of rules against the vectors of the specification."""

from copy import deepcopy

from homestretch.coach.checking.check import check
from homestretch.coach.checking.kind import definitions, kinds
from homestretch.model.coach.rule import Rule
from tests.coach.checking.made import VECTORS, document, session, state


def test_two_weeks_have_these_violations_to_the_letter() -> None:
    given = deepcopy(VECTORS["check"]["in"])
    rules = [Rule(**one) for one in given["rules"]]
    sessions = [session(**one) for one in given["sessions"]]
    violations = check(rules, sessions, state(given["state"]))
    assert [document(one) for one in violations] == VECTORS["check"]["out"]


def _without_defaults(schema: object) -> object:
    if isinstance(schema, dict):
        return {key: _without_defaults(value) for key, value in schema.items() if key != "default"}
    return [_without_defaults(one) for one in schema] if isinstance(schema, list | tuple) else schema


def test_every_kind_has_the_schema_of_the_specification() -> None:
    assert len(kinds()) == 28
    assert _without_defaults(definitions()) == VECTORS["schema"]

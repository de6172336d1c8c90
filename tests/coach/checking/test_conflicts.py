"""Rules that can't hold together are found before anything is planned, with what would help."""

from dataclasses import replace

import pytest

from homestretch.coach.checking.together.conflicts import WayOut, conflicts
from homestretch.coach.checking.together.feasible import why_not
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.system_rules import SYSTEM_RULES
from tests.coach.checking.made import VECTORS, rule

CASES = list(zip(VECTORS["conflicts"]["in"], VECTORS["conflicts"]["out"], strict=True))


@pytest.mark.parametrize(("given", "least"), CASES)
def test_the_smallest_set_is_found(given: list[dict[str, object]], least: list[str]) -> None:
    rules = [Rule(**one) for one in given]  # type: ignore[arg-type]
    assert [list(one.rules) for one in conflicts(rules)] == ([least] if least else [])


@pytest.mark.parametrize(("given", "least"), CASES)
def test_every_way_out_is_one(given: list[dict[str, object]], least: list[str]) -> None:
    rules = [Rule(**one) for one in given]  # type: ignore[arg-type]
    for conflict in conflicts(rules):
        assert len(conflict.ways) == 3 and conflict.reason
        for way in conflict.ways:
            assert conflicts(taken(rules, way)) == []


def taken(rules: list[Rule], way: WayOut) -> list[Rule]:
    if way.action == "drop":
        return [one for one in rules if one.id != way.rule]
    return [
        one if one.id != way.rule
        else replace(one, severity="should") if way.action == "should"
        else replace(one, params=way.params or {})
        for one in rules
    ]  # fmt: skip


def test_the_arithmetic_is_said() -> None:
    two = {"mon": 0, "tue": 1, "wed": 0, "thu": 1, "fri": 0, "sat": 0, "sun": 0}
    rules = [rule("day_hours", {"hours": two}, id="a"), rule("week_volume", {"hours_min": 5}, id="b")]
    [conflict] = conflicts(rules)
    assert conflict.reason == "2 h fit into a week, at least 5 h are asked for."
    assert conflict.ways[0] == WayOut("b", "relax", "Change it to: At least 2 h a week.", {"hours_min": 2})


def test_what_every_athlete_begins_with_can_hold() -> None:
    assert conflicts(SYSTEM_RULES) == []


def test_wishes_and_what_is_off_are_in_no_conflict() -> None:
    rest = rule("rest_day", {"weekdays": ["sat"]}, id="a")
    ride = rule(
        "fixed_session", {"weekday": "sat", "sport": "ride", "name": "ride", "hours": None, "treat_as": None}, id="b"
    )
    assert len(conflicts([rest, ride])) == 1
    assert conflicts([replace(rest, off=True), ride]) == conflicts([replace(rest, severity="should"), ride]) == []


def test_rules_of_different_weeks_do_not_meet() -> None:
    early = rule("week_volume", {"hours_max": 3}, id="a", scope={"to": "2026-12-31"})
    late = rule("week_volume", {"hours_min": 6}, id="b", scope={"from": "2027-01-01"})
    assert conflicts([early, late]) == []
    assert len(conflicts([early, replace(late, scope=None)])) == 1


def test_a_hard_fixed_session_needs_its_day_and_its_distance() -> None:
    fixed = rule("fixed_session", {"weekday": "sat", "sport": "ride", "name": "ride", "hours": 3, "treat_as": "hard"})
    spacing = rule("hard_spacing", {"min_days": 3})
    assert why_not([fixed, spacing, rule("sessions", {"of": {"hard": True}, "min": 2})]) == ""
    assert why_not([fixed, rule("place", {"of": {"hard": True}, "mode": "only", "weekdays": ["tue"]})])
    assert why_not([fixed, spacing, rule("sessions", {"of": {"hard": True}, "min": 3})])

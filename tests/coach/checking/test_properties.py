"""What holds of checking, whatever rules, sessions and states there are."""

import random
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import plus, weekday
from homestretch.coach.checking.kind import RuleKind, kinds
from homestretch.coach.checking.state import State, WeekFacts
from homestretch.coach.checking.together.conflicts import conflicts
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session
from tests.coach.checking import drawn
from tests.coach.checking.made import rule, session


@settings(max_examples=25)
@given(rules=drawn.rule_sets(4), plan=drawn.plans(6), state=drawn.states)
def test_a_check_never_fails_and_says_each_violation_with_day_and_sentence(
    rules: list[Rule], plan: list[Session], state: State
) -> None:
    by_id = {one.id: one for one in rules}
    for violation in check(rules, plan, state):
        assert drawn.is_day(violation.day) and violation.text.endswith(".")
        assert violation.severity in ("info", by_id[violation.rule].severity)
        assert not by_id[violation.rule].off and kinds()[by_id[violation.rule].kind].is_checked
        assert set(violation.sessions) <= {one.id for one in (*plan, *state.history)}


@settings(max_examples=25)
@given(rules=drawn.rule_sets(4), plan=drawn.plans(6), state=drawn.states, seed=st.integers(0, 99))
def test_no_order_matters(rules: list[Rule], plan: list[Session], state: State, seed: int) -> None:
    shuffled, moved = list(rules), list(plan)
    random.Random(seed).shuffle(shuffled)
    random.Random(seed + 1).shuffle(moved)
    assert check(shuffled, moved, state) == check(rules, plan, state)


@settings(max_examples=25)
@given(rules=drawn.rule_sets(3), another=drawn.rules(9), plan=drawn.plans(6), state=drawn.states)
def test_another_rule_changes_no_violation_of_the_others(
    rules: list[Rule], another: Rule, plan: list[Session], state: State
) -> None:
    """Events, and days away, are for other rules what a session is: they do change them."""
    more = check([*rules, another], plan, state)
    if another.kind not in ("event", "unavailable"):
        assert [one for one in more if one.rule != "r9"] == check(rules, plan, state)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
@settings(max_examples=6)
@given(data=st.data())
def test_every_rule_has_a_sentence(kind: RuleKind, data: st.DataObject) -> None:
    given_rule = data.draw(drawn.rules(0, (kind,)))
    sentence = kind.sentence(given_rule)
    assert sentence.endswith(".") and "None" not in sentence
    assert sentence[0] == sentence[0].upper() or kind.key in ("event", "unavailable"), "these begin with a name"


@settings(max_examples=40)
@given(rules=drawn.rule_sets(6))
def test_conflicts_are_minimal_and_their_ways_out_work(rules: list[Rule]) -> None:
    found = conflicts(rules)
    named = [one for conflict in found for one in conflict.rules]
    assert len(named) == len(set(named))
    assert conflicts([one for one in rules if one.id not in named]) == []
    for conflict in found:
        together = [replace(one, scope=None) for one in rules if one.id in conflict.rules]
        assert conflict.reason and conflicts(together)
        for left_out in together:
            assert conflicts([one for one in together if one is not left_out]) == []


PARAMS: dict[str, dict[str, object]] = {
    "day_hours": {"hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), 1.5)}, "rest_day": {"min_per_week": 1},
    "unavailable": {"from": "2027-01-04", "to": "2027-01-08", "max_hours": 1}, "note": {},
    "time_window": {"weekdays": ["mon"], "from": "06:00"}, "sessions": {"of": {"hard": True}, "max": 2},
    "place": {"of": {"hard": True}, "mode": "never", "weekdays": ["mon"]}, "sessions_per_day": {"max": 1},
    "week_volume": {"hours_max": 10}, "ramp": {"max_pct": 10, "max_fitness_per_week": 5},
    "hard_spacing": {"min_days": 2}, "sequence": {"first": {"hard": True}, "then": {"long": True}, "within_days": 1},
    "long_session": {"sport": "ride", "max_growth_pct": 20, "max_share_pct": 50}, "recovery_week": {"every": 4},
    "intensity_mix": {"low_min_pct": 80},
    "after_illness": {"no_hard_days": 3}, "after_injury": {"sport": "run", "days": 14},
    "readiness_gate": {"signal": "sleep_hours", "op": "<", "value": 6, "days": 1, "action": "no_hard"},
    "event": {"date": "2027-04-04", "name": "Race", "sport": "ride", "priority": "A"},
    "taper": {"days": 14, "cut_pct": 40}, "around_event": {"priority": "C", "before_no_hard_days": 5},
    "phase": {"name": "base", "to": "2027-01-31"}, "test_every": {"test": "ftp", "weeks": 6},
    "fixed_session": {"weekday": "sat", "sport": "ride", "name": "group ride", "hours": 2, "treat_as": "hard"},
    "indoor": {"mode": "max", "sessions": 2}, "heat": {"above_c": 30, "action": "indoor"}, "fuel": {"min_hours": 2},
    "preference": {"match": {"hard": True}, "weight": 1},
}  # fmt: skip


def eighteen_weeks() -> tuple[list[Session], State]:
    first, work = (
        "2026-11-30",
        [("mon", 0), ("tue", 60), ("wed", 60), ("thu", 75), ("fri", 45), ("sat", 150), ("sun", 180)],
    )
    plan = [
        session(
            id=f"s{n}", date=day, minutes=minutes, load=minutes * 0.8, hard=name in ("tue", "sat"), long=name == "sun"
        )
        for n in range(18 * 7)
        for name, minutes in work
        if weekday(day := plus(first, n)) == name and minutes
    ]
    weeks = {plus(first, 7 * n): WeekFacts("build", "load") for n in range(18)}
    return plan, State(today=first, weeks=weeks, fitness=("2026-11-29", 50.0))


def test_eighteen_weeks_are_checked_against_every_kind_in_20_ms() -> None:
    plan, state = eighteen_weeks()
    rules = [rule(kind, params, id=kind) for kind, params in PARAMS.items()]
    assert {one.kind for one in rules} == set(kinds()) and not [
        one for one in rules if kinds()[one.kind].faults(one.params)
    ]
    check(rules, plan, state)
    took = []
    for _ in range(5):
        begun = process_time()
        check(rules, plan, state)
        took.append(process_time() - begun)
    assert min(took) < 0.020
    print(f"{1000 * min(took):.1f} ms")

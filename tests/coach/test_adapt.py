"""What is proposed after missed, overdone and ill days."""

import json
from pathlib import Path
from typing import Any

import pytest

from homestretch.coach.adapt import Done, adapt
from homestretch.coach.checking.state import Marker, State
from homestretch.coach.operations import Drop, Move, Replace, Scale, apply, operation_document
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Rule
from tests.coach.documents import rule_of, session_of

VECTOR = json.loads((Path(__file__).parent / "vectors" / "diff_and_adapt.json").read_text())
SESSIONS = [session_of(one) for one in VECTOR["in"]["adapt"]["sessions"]]
RULES = [rule_of(one) for one in VECTOR["in"]["adapt"]["rules"]]
CASES = [*zip(VECTOR["in"]["adapt"]["cases"], VECTOR["out"]["adapt"], strict=True)]


def as_vector(operation: Any) -> dict[str, Any]:
    """Return an operation as the vectors have it: what is not said is left out."""
    made: dict[str, Any] = {**operation_document(operation)}
    if made.get("factor") is not None and made["op"] == "replace":
        made.pop("with")
    return made


NAMES = [case["name"] for case, _ in CASES]


@pytest.mark.parametrize(("case", "expected"), CASES, ids=NAMES)
def test_cases_equal_the_vectors(case: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    given = case["state"]
    markers = tuple(Marker(one["kind"], one["from"], one["to"]) for one in given.get("markers", []))
    done = Done(frozenset(case["done"]), given.get("days_without_activity"), readiness=given.get("readiness"))
    made = adapt(SESSIONS, done, RULES, State(given["today"], markers))
    assert [as_vector(one) for one in made] == expected


ALL = frozenset(one.id for one in SESSIONS)


def test_nothing_happens_when_all_is_well() -> None:
    assert adapt(SESSIONS, Done(ALL), RULES, State("2026-12-04")) == []


def test_after_an_illness_training_comes_back_in_steps() -> None:
    state = State("2026-12-04", (Marker("ill", "2026-12-01", "2026-12-03"),))
    made = adapt(SESSIONS, Done(ALL), RULES, state)
    assert made == [
        Replace("m4", factor=0.5, why="day 1 after the illness: 50 %"),
        Scale("m5", 0.75, "day 2 after the illness: 75 %"),
    ]


def test_too_much_yesterday_makes_today_easy() -> None:
    state = State("2026-12-04")
    made = adapt(SESSIONS, Done(ALL, yesterday=(42.0, 130.0)), RULES, state)
    assert made == [Replace("m4", minutes=60, why="yesterday's load was 130, 42 was planned")]
    assert adapt(SESSIONS, Done(ALL, yesterday=(42.0, 75.0)), RULES, state) == []
    assert not any(one.hard for one in apply(made, SESSIONS) if one.date == "2026-12-04")  # type: ignore[arg-type]


def test_in_race_week_nothing_is_made_up() -> None:
    state = State("2026-12-02", events=(Event("2026-12-06", "race", "ride"),))
    made = adapt(SESSIONS, Done(), RULES, state)
    assert made == [Drop("m1", "missed in race week: not made up")]


def test_a_bad_night_is_no_reason_not_to_race() -> None:
    state = State("2026-12-04", events=(Event("2026-12-04", "race", "ride"),))
    assert adapt(SESSIONS, Done(ALL, readiness=20), RULES, state) == []


def test_a_gate_makes_today_easier_with_its_own_sentence() -> None:
    gate = Rule("g", "readiness_gate", "must",
                {"signal": "sleep_hours", "op": "<", "value": 6, "days": 1, "action": "no_hard"})  # fmt: skip
    state = State("2026-12-04", wellness={"2026-12-04": {"sleep_hours": 5.4}})
    [made] = adapt(SESSIONS, Done(ALL), [*RULES, gate], state)
    assert isinstance(made, Replace) and made.minutes == 40 and made.why.startswith("sleep_hours 5.4 < 6")


def test_locked_sessions_stay() -> None:
    from dataclasses import replace

    locked = [replace(one, locked=True) for one in SESSIONS]
    assert adapt(locked, Done(days_off=4), RULES, State("2026-12-04")) == []
    assert not any(isinstance(one, Move) for one in adapt(locked, Done(), RULES, State("2026-12-02")))

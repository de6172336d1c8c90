"""Phrases are understood whole or not at all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.checking.kind import kinds
from homestretch.coach.parsing.parse import Part, parse, part_document
from homestretch.coach.parsing.phrases import PHRASES
from tests.coach.checking.drawn import is_day

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "vectors" / "phrases.json").read_text())
TODAY = date(2026, 12, 1)
OURS = [row for row in ROWS if row["by"] == "parser"]


def one(text: str) -> Part:
    [part] = parse(text, TODAY)
    return part


@pytest.mark.parametrize("row", OURS, ids=lambda row: row["text"])
def test_phrases_of_the_specification_are_understood_exactly(row: dict[str, Any]) -> None:
    part = one(row["text"])
    [rule] = row["rules"]
    assert {"kind": part.kind, "severity": part.severity, "params": part.params} == rule
    assert [*part.questions] == row["questions"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["by"] != "parser"], ids=lambda row: row["text"])
def test_what_needs_more_than_phrases_is_not_understood_by_half(row: dict[str, Any]) -> None:
    assert [part.kind for part in parse(row["text"], TODAY)] == [None] * len(parse(row["text"], TODAY))


@pytest.mark.parametrize(
    "tail", [" except in March", " unless I feel good", ", but only when it rains", " evening", " or so"]
)
@pytest.mark.parametrize("row", OURS, ids=lambda row: row["text"])
def test_half_a_match_is_no_match(row: dict[str, Any], tail: str) -> None:
    assert one(row["text"] + tail).kind is None


@pytest.mark.parametrize(
    ("text", "kind", "params"),
    [
        ("Don't train on Mondays or Thursdays.", "rest_day", {"weekdays": ["mon", "thu"]}),
        ("Mondays off", "rest_day", {"weekdays": ["mon"]}),
        ("One rest day a week", "rest_day", {"min_per_week": 1}),
        ("On weekdays at most 1,5 hours", "day_hours",
         {"hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), 1.5)}),
        ("Max 45 min on Mon-Wed and 3 h on weekends", "day_hours",
         {"hours": {"mon": 0.75, "tue": 0.75, "wed": 0.75, "sat": 3.0, "sun": 3.0}}),
        ("At least 5 hours a week", "week_volume", {"hours_min": 5.0}),
        ("8 h per week max", "week_volume", {"hours_max": 8.0}),
        ("Don't increase mileage by more than 7.5 % per week", "ramp", {"max_pct": 7.5, "of": "distance"}),
        ("Long run max 2h30", "long_session", {"sport": "run", "max_hours": 2.5}),
        ("At least 2 days between hard sessions", "hard_spacing", {"min_days": 3}),
        ("72 hours between intervals", "hard_spacing", {"min_days": 3}),
        ("No back-to-back hard days", "hard_spacing", {"min_days": 2}),
        ("Long runs only on weekends", "place",
         {"of": {"sport": "run", "long": True}, "mode": "only", "weekdays": ["sat", "sun"]}),
        ("Gym 2x per week", "sessions", {"of": {"sport": "strength"}, "min": 2}),
        ("Two rides a week at most", "sessions", {"of": {"sport": "ride"}, "max": 2}),
        ("No training for 5 days after illness", "after_illness", {"no_hard_days": 5, "no_training_days": 5}),
        ("Rest if I sleep less than 5 hours", "readiness_gate",
         {"signal": "sleep_hours", "op": "<", "value": 5.0, "days": 1, "action": "rest"}),
        ("Easy when HRV is low", "readiness_gate",
         {"signal": "hrv_status", "op": "=", "value": "low", "days": 1, "action": "easy"}),
        ("Easy week every 4 weeks", "recovery_week", {"every": 4}),
        ("Max 2 sessions a day", "sessions_per_day", {"max": 2}),
        ("Done by 7:30 on weekdays", "time_window", {"weekdays": ["mon", "tue", "wed", "thu", "fri"], "to": "07:30"}),
        ("No intervals the day after a long run", "sequence",
         {"first": {"sport": "run", "long": True}, "then": {"hard": True}, "within_days": 1}),
        ("Keep the club run on Wed at 18:30, 1h15, easy", "fixed_session",
         {"weekday": "wed", "sport": "run", "name": "club run", "hours": 1.25, "treat_as": "easy", "start": "18:30"}),
    ],
)  # fmt: skip
def test_other_ways_to_say_it(text: str, kind: str, params: dict[str, Any]) -> None:
    part = one(text)
    assert (part.kind, part.params, part.questions) == (kind, params, ())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("No training 3-9 May", "2027-05-03", "2027-05-09"),
        ("No training from 24 December to 2 January", "2026-12-24", "2027-01-02"),
        ("No training from November 28 to December 5", "2026-11-28", "2026-12-05"),
        ("No training on 1 December", "2026-12-01", "2026-12-01"),
        ("No training on 30 November", "2027-11-30", "2027-11-30"),
        ("No training from 2028-02-29 to 2028-03-01", "2028-02-29", "2028-03-01"),
        ("No training on 29 February", "2028-02-29", "2028-02-29"),
    ],
)
def test_dates_without_a_year_are_the_next(text: str, first: str, last: str) -> None:
    assert (one(text).kind, one(text).params) == ("unavailable", {"from": first, "to": last})


def test_away_asks_how_long_there_is_time() -> None:
    part = one("On holiday from 10 to 17 August")
    assert part.params == {"from": "2027-08-10", "to": "2027-08-17", "label": "On holiday", "max_hours": None}
    assert part.questions == ("How long can you train a day there?",)


@pytest.mark.parametrize("text", ["No training on 31 February", "No training from 9 May 2027 to 3 May 2027"])
def test_days_that_do_not_exist_are_not_understood(text: str) -> None:
    assert one(text).kind is None


@pytest.mark.parametrize(
    "text", ["Ideally no training on Mondays", "No training on Mondays if possible", "I'd rather not train on Mondays",
             "I would like no training on Mondays", "Usually no training on Mondays"],
)  # fmt: skip
def test_wishes_are_heard(text: str) -> None:
    assert (one(text).kind, one(text).severity) == ("rest_day", "should")


def test_a_text_has_parts() -> None:
    parts = parse("1. No training on Mondays. Max 10.5 hours per week; walk the dog\n- 3 runs per week!\n\n", TODAY)
    assert [part.kind for part in parts] == ["rest_day", "week_volume", None, "sessions"]
    assert [part.text for part in parts][0::2] == ["No training on Mondays", "walk the dog"]


def test_parts_that_can_not_hold_together_ask_which_one_holds() -> None:
    parts = parse("Saturday is a rest day; 3 runs per week; keep the group ride on Saturday, 2 h, hard", TODAY)
    asked = "Group ride takes 2 h on Saturday, which has 0 h. Which of these holds?"
    assert [part.questions for part in parts] == [(asked,), (), (asked,)]


def test_a_number_that_can_not_be_is_said() -> None:
    part = one("Max 30 hours on Mondays")
    assert part.kind is None and part.questions == ("hours mon must be from 0 to 24.",)


WORDS = st.sampled_from(sorted({word for row in OURS for word in row["text"].lower().split()} | set(",:;.%-")))


@settings(max_examples=50)
@given(words=st.lists(WORDS, max_size=12), noise=st.text(max_size=12))
def test_no_words_make_it_fail_and_what_is_understood_is_right(words: list[str], noise: str) -> None:
    text = " ".join(words)
    for part in [*parse(text, TODAY), *parse(text + noise, TODAY), *parse(noise, TODAY)]:
        assert part.text and json.dumps(part_document(part))
        if part.kind is None:
            assert part.params == {}
            continue
        kind = kinds()[part.kind]
        assert kind.faults(part.params) == [] and kind.sentence(part.rule("r")).endswith(".")  # type: ignore[arg-type]
        assert all(
            is_day(str(part.params[key])) for key in ("from", "to") if key in part.params and part.kind != "time_window"
        )


def test_a_phrase_is_not_slow_however_long_the_words_are() -> None:
    text = "no training on " + "mon and " * 5000
    assert one(text).kind is None


def test_each_phrase_of_the_specification_is_one_of_ours_alone() -> None:
    """A phrase that another one also matches would mean two things."""
    for row in OURS:
        words = row["text"].lower().removeprefix("preferably ")
        kinds_of = {phrase.kind for phrase in PHRASES if phrase.pattern.fullmatch(words)}
        assert kinds_of == {row["rules"][0]["kind"]}, row["text"]

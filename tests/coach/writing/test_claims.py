"""Texts of a model: what facts hold is put in by code, and whatever is planted beside them is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.coach.writing.claims import Point, faults, kept, references, render
from homestretch.coach.writing.facts import Facts, fact, words_fact

FACTS: Facts = {
    "m:weighted_power": fact(212, "W", name="weighted power"),
    "m:avg_power": fact(198, "W"),
    "m:avg_hr": fact(None, "bpm", why="no_data"),
    "m:decoupling": fact(4.2, "%"),
    "d:power.delta": fact(-8, "W", "-8 W", delta=True),
    "d:pace.delta": fact(-6.0, "s/km", "-6 s/km", delta=True, lower_is_better=True),
    "d:same.delta": fact(0, "W", "0 W", delta=True),
    "d:load.7d": fact(402, "", "402", partial=True),
    "d:date": fact("2026-12-02", "", "Wed 2 Dec"),
    "p:steps.1": fact(92.6, "score", "93"),
    "r:r4": fact("hard_spacing", "", "2 days between hard sessions"),
    "n:title": words_fact("3x8 threshold {m:avg_power}"),
}  # fmt: skip
GOOD = (
    "You held {m:weighted_power} in {n:title}.",
    "Load was {d:load.7d} on {d:date}, and {r:r4} kept the rest easy.",
    "Weighted power, {m:weighted_power}, was higher than the average, {m:avg_power}.",
    "Power went down: {d:power.delta|abs} lower than last time.",
    "Pace improved by {d:pace.delta|abs}.",
    "It was not higher than before ({d:power.delta}).",
    "The purpose was met, though you may feel it tomorrow; march on.",
)


def made(text: str) -> Point:
    return Point(text, tuple(references(text)))


@pytest.mark.parametrize("text", GOOD)
def test_what_facts_hold_may_be_said(text: str) -> None:
    assert faults(made(text), FACTS) == []
    shown = render(text, FACTS)
    assert "{" not in shown and "}" not in shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You held 300 W", "digits"), ("You held ３００ W", "digits"), ("Step ② faded", "digits"),
        ("Ⅳ was fine", "digits"),
        ("½ of it was easy", "digits"), ("二十 watts", "digits"), ("² as hard", "digits"),
        ("about twenty watts up", "number_word"), ("Half an hour easy", "number_word"),
        ("twenty-five minutes", "number_word"), ("a couple of hours", "number_word"),
        ("A HUNDRED watts", "number_word"),
        ("twenty to thirty watts", "number_word"), ("ten percent", "number_word"), ("two weeks", "number_word"),
        ("ﬁve minutes", "number_word"), ("Your load doubled", "number_word"), ("twice as hard", "number_word"),
        ("On Tuesday you rested", "date"), ("since December", "date"), ("in May it was so", "date"),
        ("{m:np} was good", "unknown_reference"), ("{m:avg_hr} was calm", "null_reference"),
        ("{m:avg_power|loud} held", "unknown_format"), ("{d:date|abs} it was", "unknown_format"),
        ("so {this} is", "brace"), ("{{m:avg_power}}", "brace"), ("{M:avg_power}", "brace"), ("a } alone", "brace"),
        ("{x:avg_power} held", "brace"), ("{m:avg power}", "brace"),
        ("power was higher", "comparison"), ("{m:weighted_power} was higher", "comparison"),
        ("{m:weighted_power} was higher than {m:decoupling}", "comparison"), ("your best yet", "comparison"),
        ("{d:power.delta} higher", "wrong_sign"), ("it was not lower: {d:power.delta}", "wrong_sign"),
        ("{d:pace.delta} slower", "wrong_sign"), ("{d:same.delta} more", "wrong_sign"),
        ("{d:power.delta} improved", "wrong_sign"), ("zero\u200bwidth", "invisible"), ("\u202eback", "invisible"),
    ],
)  # fmt: skip
def test_whatever_is_planted_is_refused(text: str, code: str) -> None:
    assert code in {fault.code for fault in faults(made(text), FACTS)}


def test_evidence_names_what_the_text_uses() -> None:
    assert {fault.code for fault in faults(Point("{m:avg_power} held"), FACTS)} == {"evidence"}
    other = Point("{m:avg_power} held", ("m:avg_power", "m:nothing"))
    assert {fault.code for fault in faults(other, FACTS)} == {"unknown_reference"}


NUMBERS = st.one_of(
    st.integers(0, 100_000).map(str),
    st.floats(0, 1e6, allow_nan=False).map("{:.1f}".format),
    st.dates().map(lambda day: day.isoformat()),
    st.characters(categories=["Nd", "Nl", "No"]),
    st.sampled_from(["twenty watts", "half an hour", "ninety-five percent", "three hundred more watts", "six weeks",
                     "a few minutes", "on Friday", "in march", "Thirty seconds", "fifty or sixty beats"]),
)  # fmt: skip
REFERENCES = st.from_regex(r"[mpdrn]:[a-z0-9_.:-]{1,20}", fullmatch=True).filter(lambda one: one not in FACTS)


@given(st.sampled_from(GOOD), NUMBERS, st.data())
def test_planted_numbers_and_dates_never_pass(text: str, planted: str, data: st.DataObject) -> None:
    words = re.split(r"(?<=\})\s|(?<!\{)\s(?![^{]*\})", text)
    at = data.draw(st.integers(0, len(words)))
    planted_text = " ".join([*words[:at], planted, *words[at:]])
    assert faults(made(planted_text), FACTS), planted_text


@given(st.sampled_from(GOOD), REFERENCES)
def test_planted_references_never_pass(text: str, reference: str) -> None:
    assert "unknown_reference" in {fault.code for fault in faults(made(f"{text} {{{reference}}}"), FACTS)}


@given(st.text(max_size=200))
def test_what_passes_says_no_number_of_its_own(text: str) -> None:
    """Whatever a model writes: what is shown has no digit but those of facts."""
    point = made(text)
    if faults(point, FACTS):
        return
    bare = text
    for reference in references(text):
        bare = re.sub(rf"\{{{re.escape(reference)}(\|\w+)?\}}", "", bare)
    assert not any(sign.isnumeric() for sign in bare) and "{" not in bare and "}" not in bare
    render(text, FACTS)


def test_points_that_may_be_shown_are_kept() -> None:
    points = [made(GOOD[0]), made("You held 300 W"), made(GOOD[1])]
    good, wrong = kept(points, FACTS)
    assert good == [points[0], points[2]] and [fault.code for fault in wrong] == ["digits"]


def test_units_of_the_reader() -> None:
    text = "{m:weighted_power} and {d:power.delta|abs}"
    assert render(text, FACTS) == "212 W and 8 W"
    assert render(text, FACTS, lambda reference, one: f"<{reference}>") == "<m:weighted_power> and <d:power.delta>"
    assert render("{m:avg_power|signed}", FACTS) == "+198 W"
    with pytest.raises(ValueError, match="m:avg_hr"):
        render("{m:avg_hr}", FACTS)
    with pytest.raises(KeyError):
        render("{m:nothing}", FACTS)


def test_a_note_that_looks_like_a_reference_stays_a_note() -> None:
    assert render("{n:title}", FACTS) == "“3x8 threshold (m:avg_power)”"

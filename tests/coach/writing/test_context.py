"""What is sent to a model: one form, within its budget, with everything missing or left out said."""

import json
import math
import random
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.coach.writing.context import BUDGETS, Context, ContextTooLarge, build, canonical, tokens_of
from homestretch.coach.writing.facts import REASONS, Facts, fact, words_fact

TODAY = date(2026, 12, 2)
VALUES = st.one_of(st.none(), st.floats(), st.integers(-1000, 1000))
#: What no context holds, in any key.
NEVER = ("latitude", "longitude", "serial", "birth", "track")


def facts_of(day: date, values: list[float | None]) -> Facts:
    return {f"d:{day.isoformat()}.{number}": fact(value, "W") for number, value in enumerate(values)}


CONTEXTS = st.builds(
    lambda core, days, comparables, note, action, hidden: Context(
        action=action,
        today=TODAY,
        facts={f"m:core.{number}": fact(value) for number, value in enumerate(core)} | {"n:note": words_fact(note)},
        refs={"session": ["n:note"]},
        days={(day := TODAY - timedelta(days=ago)): facts_of(day, values) for ago, values in days.items()},
        comparables=[{f"p:{place}.x": fact(value)} for place, value in enumerate(comparables)],
        hidden=hidden,
    ),
    st.lists(VALUES, max_size=10),
    st.dictionaries(st.integers(0, 400), st.lists(VALUES, max_size=8), max_size=40),
    st.lists(VALUES, max_size=40),
    st.text(max_size=300),
    st.sampled_from(sorted(BUDGETS)),
    st.integers(0, 9),
)


@given(CONTEXTS)
def test_it_fits_and_says_what_is_missing(context: Context) -> None:
    sent = build(context)
    document = json.loads(sent.body)
    assert sent.tokens <= context.budget == document["budget"]["tokens"]
    assert document["facts"] == sent.facts and document["hidden"]["activities"] == context.hidden
    for one in sent.facts.values():
        assert (one["v"] is None) == ("why" in one)
        assert not isinstance(one["v"], float) or math.isfinite(one["v"])
    assert document["truncated"].get("days", 0) == sent.days_dropped
    assert document["truncated"].get("comparables", 0) == sent.comparables_dropped
    # Days go before comparables, and the oldest of them first.
    there = sorted({reference[2:12] for reference in sent.facts if reference.startswith("d:")})
    full = [day.isoformat() for day, facts in sorted(context.days.items()) if facts]
    assert there == full[len(full) - len(there) :]
    assert not sent.comparables_dropped or not there
    assert not any(word in sent.body.decode() for word in NEVER if word not in str(context.facts))


@given(CONTEXTS, st.randoms(use_true_random=False))
def test_the_same_facts_are_the_same_bytes(context: Context, shuffle: random.Random) -> None:
    items = list(context.facts.items())
    shuffle.shuffle(items)
    other = Context(
        action=context.action, today=context.today, facts=dict(items), refs=context.refs,
        days=dict(reversed([*context.days.items()])), comparables=context.comparables, hidden=context.hidden,
    )  # fmt: skip
    assert build(other).body == build(context).body and build(other).digest == build(context).digest


@given(st.text(max_size=600))
def test_no_invisible_character_is_sent(note: str) -> None:
    body = build(Context(action="weekly_review", today=TODAY, facts={"n:note": words_fact(note, 400)})).body.decode()
    assert not {unicodedata.category(sign) for sign in body} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    said = json.loads(body)["facts"]["n:note"]["v"]
    assert said is None or not {"{", "}"} & set(said)


def test_a_true_zero_stays_and_what_is_missing_has_a_reason() -> None:
    assert fact(0.0, "W") == {"v": 0.0, "text": "0 W", "u": "W"} and canonical(fact(-0.0)) == canonical(fact(0.0))
    for missing in (None, math.nan, math.inf):
        assert fact(missing, "W") == {"v": None, "why": "no_data", "u": "W"}
    assert all(fact(None, why=why)["why"] == why for why in REASONS)
    with pytest.raises(ValueError, match="no reason"):
        fact(None, why="because")


def test_what_must_stay_and_does_not_fit_is_refused() -> None:
    facts = {f"m:x{number}": fact(number) for number in range(2000)}
    with pytest.raises(ContextTooLarge, match="tokens"):
        build(Context(action="rule_parsing", today=TODAY, facts=facts))


def test_the_oldest_days_are_left_out_first() -> None:
    days = {TODAY - timedelta(days=ago): facts_of(TODAY - timedelta(days=ago), [200.0] * 20) for ago in range(30)}
    comparables: list[Facts] = [{f"p:{number}.x": fact(1)} for number in range(5)]
    sent = build(Context(action="workout_review", today=TODAY, facts={}, days=days, comparables=comparables))
    assert sent.days_dropped > 0 and sent.comparables_dropped == 0
    assert f"d:{TODAY.isoformat()}.0" in sent.facts
    assert json.loads(sent.body)["truncated"] == {"days": sent.days_dropped}


@pytest.mark.parametrize("reference", ["x:y", "m:", "m:UPPER", "m:" + "a" * 65, "m:a b", "m:{a}"])
def test_a_reference_has_its_form(reference: str) -> None:
    with pytest.raises(ValueError, match="no reference"):
        build(Context(action="question", today=TODAY, facts={reference: fact(1)}))


def test_what_refers_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no fact"):
        build(Context(action="question", today=TODAY, facts={}, refs={"session": ["p:gone"]}))
    with pytest.raises(ValueError, match="used twice"):
        build(Context(action="question", today=TODAY, facts={"m:a": fact(1)}, days={TODAY: {"m:a": fact(2)}}))
    with pytest.raises(ValueError, match="without a reason"):
        build(Context(action="question", today=TODAY, facts={"m:a": {"v": None}}))


def test_canonical_json() -> None:
    assert canonical({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'.encode()
    assert tokens_of(b"x" * 7) == 2 and tokens_of(b"x" * 8) == 3
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": math.nan})

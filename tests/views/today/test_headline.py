"""The headline: which rule speaks when, and that its numbers are those of the day."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.views.today.headline import DAYS_OFF, RACE_DAYS, Facts, Sign, headline

HRV = Sign("hrv_night_ms", "HRV", 41.0, "ms", off=True)
PULSE = Sign("resting_heart_rate_bpm", "Resting heart rate", 58.0, "bpm", off=True)
SLEEP = Sign("sleep_s", "Sleep duration", 7.2, "h", off=False)


@pytest.mark.parametrize(
    ("facts", "rules", "text"),
    [
        (Facts(), ["nothing"], "Nothing is recorded yet."),
        (Facts(7.4, 40.0, -3.6, [60, 30, 0]), ["fresh", "falling"],
         "Fresh: form +7. Fitness is slipping 4 points a week."),
        (Facts(7.4, 40.0, 0.4, [60, 10, 0]), ["fresh", "easy_days"], "Fresh: form +7. 2 easy days behind you."),
        (Facts(-18.0, 40.0, 3.0, [70, 90]), ["optimal", "hard_days", "rising"],
         "Productive: form −18. 2 hard days behind you. Fitness is rising 3 points a week."),
        (Facts(-33.0, 40.0, 9.0, [70, 30]), ["high_risk", "rising_fast"],
         "High risk: form −33. Fitness is rising fast, 9 points a week."),
        (Facts(0.3, 40.0, None, [30]), ["grey"], "Grey zone: form 0."),
        (Facts(24.0, 40.0, None, [30]), ["transition"], "Losing fitness: form +24."),
        (Facts(24.0, 40.0, -1.4, [30] + 9 * [0]), ["away"], "9 days without training."),
        (Facts(24.0, 40.0, 0.0, 9 * [0]), ["away"], "At least 9 days without training."),
        (Facts(24.0, 40.0, 0.0, 9 * [0], done_today=20.0), ["transition"], "Losing fitness: form +24."),
        (Facts(7.0, 40.0, 0.0, [30], race=(2, "Loop")), ["race"], "Loop is in 2 days: form +7."),
        (Facts(7.0, 40.0, 0.0, [30], race=(0, "Loop of the lake")), ["race"], "Loop of the lake is today: form +7."),
        (Facts(7.0, 40.0, 0.0, [30], signs=[HRV, SLEEP]), ["fresh", "sign"],
         "Fresh: form +7. HRV (41 ms) is outside your usual range."),
        (Facts(7.0, 40.0, 0.0, [30], signs=[HRV, PULSE, SLEEP], race=(1, "Loop")), ["body"],
         "Take it easy: HRV (41 ms) and Resting heart rate (58 bpm) are outside your usual range."),
    ],
)  # fmt: skip
def test_the_first_rule_that_fits_speaks(facts: Facts, rules: list[str], text: str) -> None:
    made = headline(facts)
    assert ([part["rule"] for part in made["parts"]], made["text"]) == (rules, text)


SIGNS = st.lists(
    st.builds(
        Sign, st.just("hrv_night_ms"), st.just("HRV"), st.integers(1, 200).map(float), st.just("ms"), st.booleans()
    ),
    max_size=4,
)
FORM = st.floats(-200, 200)
FACTS = st.builds(
    Facts,
    form=st.none() | FORM,
    fitness=st.floats(0, 200),
    ramp=st.none() | st.floats(-50, 50),
    loads=st.lists(st.floats(0, 400) | st.just(0.0), max_size=DAYS_OFF + 5),
    done_today=st.floats(0, 400),
    signs=SIGNS,
    race=st.none() | st.tuples(st.integers(0, 2 * RACE_DAYS), st.just("Loop")),
)


@given(FACTS)
def test_there_is_one_headline_and_each_number_is_of_the_day(facts: Facts) -> None:
    made = headline(facts)
    assert 1 <= len(made["parts"]) <= 3
    assert made["text"] == " ".join(part["text"] for part in made["parts"])
    for part in made["parts"]:
        used = {abs(round(number["value"])) for number in part["numbers"]}
        assert {int(shown) for shown in re.findall(r"\d+", part["text"])} <= used
        assert part["why"]
    given_ = {facts.form, facts.ramp, *(sign.value for sign in facts.signs), *range(len(facts.loads) + 1)}
    given_ |= {facts.race[0]} if facts.race else set()
    assert {number["value"] for part in made["parts"] for number in part["numbers"]} <= given_

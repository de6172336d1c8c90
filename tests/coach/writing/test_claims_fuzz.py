"""Texts with planted wrong numbers, dates and references are all refused; the same texts without them pass."""

import random

import pytest

from homestretch.coach.writing.claims import Point, faults, references
from homestretch.coach.writing.facts import Facts, fact

FACTS: Facts = {
    "m:load": fact(85, "", "85"),
    "m:power": fact(212, "W", "212 W"),
    "m:hr": fact(None, "bpm"),
    "p:load.change": fact(-12, "", "-12", delta=True),
    "d:2026-12-01.day": fact("2026-12-01", text="Tuesday 1 December 2026"),
    "n:session": fact("Threshold intervals"),
}
#: Sentences that may be shown.
RIGHT = (
    "You held {m:power} over the session.", "The load was {m:load}.", "It was {p:load.change} against the plan: lower.",
    "On {d:2026-12-01.day} the purpose of {n:session} was met.", "Sleep well and keep the easy days easy.",
    "The first steps were steady, and the last ones were not.", "Heart rate was not measured.",
)  # fmt: skip
UNITS = ("watts", "minutes", "hours", "beats", "kilometres", "percent", "W", "%", "bpm", "days", "km/h")
WORDS = ("two", "seven", "twenty", "half a", "a couple of", "three hundred", "forty-five", "a dozen", "several hundred")
DIGITS = "0123456789²③½Ⅻ५٧"
DAYS = ("Monday", "on Saturday", "in December", "last May", "Tuesdays", "since March")
HIDDEN = "\u200b\u202e\u2066\U000e0041\x07"


def planted(random_: random.Random) -> str:
    """Return something that no text may say by itself."""
    number = "".join(random_.choice(DIGITS) for _ in range(random_.randint(1, 3)))
    return random_.choice([
        f" It was {number} {random_.choice(UNITS)}.",
        f" About {random_.choice(WORDS)} {random_.choice(UNITS)} of it.",
        f" {random_.choice(DAYS)} was the day.",
        f" {{m:{random_.choice(['np', 'ftp', 'loads', 'power.2', 'load_'])}}} was the value.",
        f" {{x:{random_.choice(['load', 'power'])}}} was the value.",
        " {m:hr} was the pulse.", " {m:load|money} was the load.", " {M:load} it was.", " {m:load", " }",
        f" fine{random_.choice(HIDDEN)} day.", " Load was {p:load.change}, which is higher.", " You improved.",
        " That is twice the usual.", " It doubled.", " { m:load } and {{m:load}}.",
    ])  # fmt: skip


def said(text: str) -> list[str]:
    return [one.code for one in faults(Point(text, tuple(references(text))), FACTS)]


@pytest.mark.parametrize("seed", range(20))
def test_planted_faults_are_all_refused(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(100):
        text = " ".join(random_.sample(RIGHT, random_.randint(1, 3)))
        assert said(text) == [], text
        where = random_.choice([m for m in range(len(text) + 1) if m == len(text) or text[m - 1 : m] == "."])
        wrong = f"{text[:where]}{planted(random_)}{text[where:]}"
        assert said(wrong) != [], wrong

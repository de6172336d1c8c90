"""The headline of a day: the first rule that fits says how the athlete is, two more add what leads there.

A rule sees only `Facts`, and every number in its sentence is one of them: no rule guesses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from homestretch.analysis.athlete.fitness import FormZone, form_zone
from homestretch.model.documents.today import Headline, HeadlineNumber, HeadlinePart, HeadlineTopic

type Tone = Literal["good", "plain", "care"]

#: So many signs of the body outside of what is usual make a warning.
SIGNS = 2
#: A race is named from so many days before.
RACE_DAYS = 3
#: So many days without training are named.
DAYS_OFF = 7
#: A day is easy below this share of fitness, and hard above that one; so many in a row are named.
EASY, HARD, ROW = 0.5, 1.5, 2
#: From so many points a week on, fitness rises or falls; from so many more it rises fast.
MOVES, FAST = 2.0, 7.0


class Sign(NamedTuple):
    """A measure of the last night, as it is shown, and whether it is off on the side that asks for care."""

    measure: str
    name: str
    value: float
    unit: str
    off: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at.

    `loads` are those of the days before today, the latest last; `form`, `fitness` and `ramp` (points over a week) are
    None before the first activity or week. `race` is how many days away, and the name.
    """

    form: float | None = None
    fitness: float | None = None
    ramp: float | None = None
    loads: Sequence[float] = ()
    done_today: float = 0.0
    signs: Sequence[Sign] = ()
    race: tuple[int, str] | None = None


class Rule(NamedTuple):
    """A rule: its name, what it looks at in words, and the part it makes of facts that it fits, else None."""

    key: str
    why: str
    part: Callable[[Facts], "Part | None"]


class Part(NamedTuple):
    """A sentence with the numbers it used, and its tone."""

    text: str
    numbers: Sequence[HeadlineNumber]
    tone: Tone = "plain"


def headline(facts: Facts) -> Headline:
    """Return the headline of a day: there is always one, and every number in it is among the numbers of its parts."""
    parts: list[HeadlinePart] = []
    tones: list[Tone] = []
    for rules in (OPENING, BEHIND, TREND):
        found = next(((rule, made) for rule in rules if (made := rule.part(facts)) is not None), None)
        if found is None:
            continue
        rule, made = found
        parts.append({"rule": rule.key, "text": made.text, "why": rule.why, "numbers": list(made.numbers)})
        tones.append(made.tone)
    tone: Tone = "care" if "care" in tones else "good" if "good" in tones else "plain"
    return {"text": " ".join(part["text"] for part in parts), "tone": tone, "parts": parts}


def _number(
    name: str, value: float, unit: str = "", topic: HeadlineTopic = "training", measure: str | None = None
) -> HeadlineNumber:
    return {"name": name, "value": value, "unit": unit, "topic": topic, "measure": measure}


def _signed(value: float) -> str:
    """Return a number as headlines have it: rounded, with its sign."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def _off(facts: Facts) -> list[Sign]:
    return [sign for sign in facts.signs if sign.off]


def _shown(sign: Sign) -> str:
    value = f"{sign.value:g}"
    return f"{sign.name} ({value} {sign.unit})" if sign.unit else f"{sign.name} ({value})"


def _sign_number(sign: Sign) -> HeadlineNumber:
    return _number(sign.name, sign.value, sign.unit, "health", sign.measure)


def _nothing(facts: Facts) -> Part | None:
    return Part("Nothing is recorded yet.", ()) if facts.form is None else None


def _body(facts: Facts) -> Part | None:
    off = _off(facts)
    if len(off) < SIGNS:
        return None
    names = [_shown(sign) for sign in off]
    text = f"Take it easy: {', '.join(names[:-1])} and {names[-1]} are outside your usual range."
    return Part(text, [_sign_number(sign) for sign in off], "care")


def _race(facts: Facts) -> Part | None:
    if facts.race is None or facts.race[0] > RACE_DAYS or facts.form is None:
        return None
    days, name = facts.race
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    numbers = [_number("Days to the race", days, "days", "coach"), _number("Form", facts.form)]
    return Part(f"{name} is {when}: form {_signed(facts.form)}.", numbers, "good")


def _away(facts: Facts) -> Part | None:
    off = _days_off(facts)
    if facts.done_today > 0.0 or off < DAYS_OFF:
        return None
    many = f"{off} days" if off < len(facts.loads) else f"At least {off} days"
    return Part(f"{many} without training.", [_number("Days without training", off, "days", "activities")])


def _zone(zone: FormZone, word: str, tone: Tone) -> Callable[[Facts], Part | None]:
    def part(facts: Facts) -> Part | None:
        if facts.form is None or form_zone(facts.form) != zone:
            return None
        return Part(f"{word}: form {_signed(facts.form)}.", [_number("Form", facts.form)], tone)

    return part


def _days_off(facts: Facts) -> int:
    """Return the days in a row before today without any load."""
    return next((back for back, load in enumerate(reversed(facts.loads)) if load > 0.0), len(facts.loads))


def _one_sign(facts: Facts) -> Part | None:
    off = _off(facts)
    if len(off) != 1:
        return None
    return Part(f"{_shown(off[0])} is outside your usual range.", [_sign_number(off[0])], "care")


def _row(facts: Facts, *, hard: bool) -> int:
    """Return the days in a row before today that were hard, or easy."""
    fitness = facts.fitness or 0.0
    fits = [(load > HARD * fitness) if hard else (load < EASY * fitness) for load in facts.loads]
    return next((back for back, fit in enumerate(reversed(fits)) if not fit), len(fits))


def _behind(word: str, *, hard: bool) -> Callable[[Facts], Part | None]:
    def part(facts: Facts) -> Part | None:
        days = _row(facts, hard=hard)
        if not facts.fitness or days < ROW or _days_off(facts) >= DAYS_OFF:
            return None
        return Part(f"{days} {word} days behind you.", [_number(f"{word.capitalize()} days in a row", days, "days")])

    return part


def _trend(word: str, low: float, high: float, tone: Tone = "plain") -> Callable[[Facts], Part | None]:
    def part(facts: Facts) -> Part | None:
        if facts.ramp is None or not low <= round(facts.ramp) < high:
            return None
        text = f"Fitness {word.format(abs(round(facts.ramp)))}."
        return Part(text, [_number("Fitness over the last week", facts.ramp)], tone)

    return part


_INFINITE = float("inf")
#: How the athlete is: the first that fits. The zones of form at the end leave nothing over.
OPENING = (
    Rule("nothing", "There is no activity with a training load yet.", _nothing),
    Rule("body", f"At least {SIGNS} measures of the last night are on the worse side of your usual range.", _body),
    Rule("race", f"An event of your plan is at most {RACE_DAYS} days away.", _race),
    Rule("away", f"There was no training load for {DAYS_OFF} days or more.", _away),
    Rule("high_risk", "Form is below −30: fatigue is far above fitness.", _zone("high_risk", "High risk", "care")),
    Rule("optimal", "Form is from −30 to −10: training that builds fitness.", _zone("optimal", "Productive", "good")),
    Rule("grey", "Form is from −10 to 5: neither tired nor fresh.", _zone("grey", "Grey zone", "plain")),
    Rule("fresh", "Form is from 5 to 20: rested, with fitness kept.", _zone("fresh", "Fresh", "good")),
    Rule("transition", "Form is above 20: rested for so long that fitness falls.",
         _zone("transition", "Losing fitness", "plain")),
)  # fmt: skip
#: What lies behind.
BEHIND = (
    Rule("sign", "One measure of the last night is on the worse side of your usual range.", _one_sign),
    Rule("easy_days", f"A day is easy with less load than {EASY:g} times your fitness.", _behind("easy", hard=False)),
    Rule("hard_days", f"A day is hard with more load than {HARD:g} times your fitness.", _behind("hard", hard=True)),
)
#: Where fitness goes.
TREND = (
    Rule("rising_fast", f"Fitness rose by {FAST:g} points or more over the last week.",
         _trend("is rising fast, {} points a week", FAST, _INFINITE, "care")),
    Rule("rising", f"Fitness rose by {MOVES:g} points or more over the last week.",
         _trend("is rising {} points a week", MOVES, FAST)),
    Rule("falling", f"Fitness fell by {MOVES:g} points or more over the last week.",
         _trend("is slipping {} points a week", -_INFINITE, 1 - MOVES)),
)  # fmt: skip

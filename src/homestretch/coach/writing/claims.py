"""Checks what a language model wrote: every number stands in the facts, and code puts it in.

A text holds references in braces, such as `{m:weighted_power}`. One that says a number, a date or a comparison by
itself is refused, with a sentence that names the fault.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from homestretch.coach.writing.facts import Fact, Facts

#: A reference in a text, with a format or none.
PLACEHOLDER = re.compile(r"\{([mpdrn]:[a-z0-9_.:-]{1,64})(?:\|([a-z]{1,12}))?\}")
#: How a number may be shown: without its sign, or always with it.
FORMATS = frozenset({"abs", "signed"})
_NUMBERS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|"
    "half|halves|quarters?|thirds?|dozens?|couple|few|several|pair"
)
_UNITS = (
    r"watts?|w|kilowatts?|kw|joules?|kilojoules?|kj|beats?|bpm|rpm|revolutions?|km|kilomet(?:er|re)s?|met(?:er|re)s?|m|"
    r"miles?|yards?|feet|foot|km/h|kph|mph|pace|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|"
    r"months?|years?|%|percent|percentage|per\s+cent|degrees?|celsius|fahrenheit|kcal|calories|kilos?|kilograms?|kg|"
    r"pounds?|lbs?|grams?|g|lit(?:er|re)s?|ml|milliseconds?|ms|steps?|points?|strides?|strokes?|times"
)
#: What may stand between a number word and its unit: "half an hour", "twenty to thirty watts".
_BETWEEN = rf"(?:(?:{_NUMBERS}|a|an|and|of|or|so|to|more|less|fewer|extra|full|whole|good|odd|point)[\s-]+)"
NUMBER_WORD = re.compile(rf"\b(?:{_NUMBERS})[\s-]+{_BETWEEN}{{0,5}}(?:{_UNITS})(?!\w)")
#: Numbers that need no unit.
MULTIPLE = re.compile(
    r"\b(?:doubled?|doubling|tripled?|quadrupled?|halved|halving|twice|thrice|(?:two|three)[\s-]fold)\b"
)
#: Days and months by name are dates; `may` and `march` are words, too.
DATE_WORD = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|"
    r"november|december|(?:in|on|of|since|until|till|by|from|last|next|early|late|mid|this)[\s-]+(?:may|march))\b"
)
UP = frozenset({"higher", "more", "increased", "rose", "greater", "longer", "highest", "most", "above"})
DOWN = frozenset({"lower", "less", "fewer", "decreased", "fell", "dropped", "smaller", "shorter", "lowest", "below"})
BETTER = frozenset({"improved", "better", "best", "faster", "stronger", "fastest", "strongest"})
WORSE = frozenset({"worse", "worst", "slower", "weaker", "slowest", "declined", "deteriorated"})
COMPARATIVE = re.compile(rf"\b({'|'.join(sorted(UP | DOWN | BETTER | WORSE))})\b")
NEGATED = re.compile(r"(?:\b(?:not?|never|hardly|without)|n['’]t)(?:\s+\w+)?\s+$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: a code, and a sentence for the model to mend it by."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point that a model makes: a text, and the references that it rests on."""

    text: str
    evidence: tuple[str, ...] = ()


def references(text: str) -> list[str]:
    """Return the references in a text, in order, each once."""
    return list(dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(text)))


def render(text: str, facts: Facts, show: Callable[[str, Fact], str] | None = None) -> str:
    """Return a text with its references put in, as facts show them or as `show` does, by reader's units and language.

    Raises KeyError for an unknown reference, and ValueError for one that is missing.
    """

    def put(found: re.Match[str]) -> str:
        one = facts[found[1]]
        if one["v"] is None:
            raise ValueError(f"{found[1]} has no value")
        return _formatted(one.get("text", "") if show is None else show(found[1], one), found[2])

    return PLACEHOLDER.sub(put, text)


def _formatted(text: str, form: str | None) -> str:
    if form == "abs":
        return text.lstrip("-−+")
    if form == "signed" and text[:1] not in ("-", "−", "+"):
        return f"+{text}"
    return text


def faults(point: Point, facts: Facts) -> list[Fault]:
    """Return everything that is wrong with a point; nothing where it may be shown."""
    found = [*_references(point, facts), *_characters(point.text)]
    plain = _plain(point.text)
    for pattern, code, say in (
        (NUMBER_WORD, "number_word", "Write “{}” as a reference."),
        (MULTIPLE, "number_word", "“{}” is a number. Use a fact of the ratio, or leave it out."),
        (DATE_WORD, "date", "Write the day or month “{}” as a reference."),
    ):
        found += [Fault(code, say.format(one[0])) for one in pattern.finditer(plain)]
    return found + _comparisons(point.text, facts)


def kept(points: Sequence[Point], facts: Facts) -> tuple[list[Point], list[Fault]]:
    """Return the points that may be shown, and the faults of all others."""
    checked = [(point, faults(point, facts)) for point in points]
    return [point for point, wrong in checked if not wrong], [fault for _, wrong in checked for fault in wrong]


def _references(point: Point, facts: Facts) -> list[Fault]:
    found = []
    for one in PLACEHOLDER.finditer(point.text):
        reference, form = one[1], one[2]
        if reference not in facts:
            found.append(Fault("unknown_reference", f"There is no fact {reference}."))
        elif facts[reference]["v"] is None:
            found.append(Fault("null_reference", f"{reference} was not measured. Leave it out, or say so in words."))
        elif form is not None and form not in FORMATS:
            found.append(Fault("unknown_format", f"There is no format {form}. Use {' or '.join(sorted(FORMATS))}."))
        elif form is not None and isinstance(facts[reference]["v"], str):
            found.append(Fault("unknown_format", f"{reference} is no number and takes no format."))
    found += [
        Fault("unknown_reference", f"The evidence names {reference}, which is no fact.")
        for reference in point.evidence
        if reference not in facts
    ]
    lacking = [reference for reference in references(point.text) if reference not in point.evidence]
    return found + [Fault("evidence", f"The evidence lacks {reference}.") for reference in lacking]


def _characters(text: str) -> list[Fault]:
    bare = PLACEHOLDER.sub(" ", text)
    found = []
    if digits := [sign for sign in bare if _is_number(sign)]:
        found.append(Fault("digits", f"Write no digits; {digits[0]} must be a reference."))
    if "{" in bare or "}" in bare:
        found.append(Fault("brace", "There is a brace that is no reference."))
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") and sign not in "\n\t" for sign in bare):
        found.append(Fault("invisible", "There is an invisible character."))
    return found


def _is_number(sign: str) -> bool:
    """Return whether a character is a number in any script, such as ②, Ⅻ, ½ or 二."""
    return unicodedata.category(sign) in ("Nd", "Nl", "No") or unicodedata.numeric(sign, None) is not None


def _plain(text: str) -> str:
    """Return a text without its references, in small letters, for words to be looked for."""
    return " ".join(unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text)).casefold().split())


def _comparisons(text: str, facts: Facts) -> list[Fault]:
    """Return what is wrong with the comparisons of a text: nothing to compare, or a change the other way."""
    plain = _plain(text)
    words = list(COMPARATIVE.finditer(plain))
    if not words:
        return []
    used = [facts[one] for one in references(text) if one in facts and _is_value(facts[one])]
    deltas = [one for one in used if one.get("delta")]
    if not deltas and not _comparable(used):
        return [Fault("comparison", f"“{words[0][0]}” needs two facts of one unit, or the fact of the change.")]
    return [
        Fault("wrong_sign", f"“{word[0]}” does not agree with the change {one.get('text', '')}.")
        for word in words
        for one in deltas
        if not _agrees(word[0], one, negated=NEGATED.search(plain[: word.start()]) is not None)
    ]


def _is_value(one: Fact) -> bool:
    return isinstance(one["v"], int | float)


def _comparable(used: Collection[Fact]) -> bool:
    units = [one.get("u", "") for one in used]
    return any(units.count(unit) > 1 for unit in units)


#: Which way a word says that a value went, and whether it speaks of better and worse.
_WAYS: Mapping[str, tuple[int, bool]] = {
    **dict.fromkeys(UP, (1, False)),
    **dict.fromkeys(DOWN, (-1, False)),
    **dict.fromkeys(BETTER, (1, True)),
    **dict.fromkeys(WORSE, (-1, True)),
}


def _agrees(word: str, delta: Fact, *, negated: bool) -> bool:
    value = delta["v"]
    assert isinstance(value, int | float)
    way, of_worth = _WAYS[word]
    if of_worth and delta.get("lower_is_better"):
        way = -way
    return way * value <= 0 if negated else way * value > 0

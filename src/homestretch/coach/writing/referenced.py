"""Makes facts of a document: every value gets a reference, so that a model can name it and code can put it in."""

import re
from collections.abc import Callable, Mapping

from homestretch.coach.writing.context import canonical
from homestretch.coach.writing.facts import REASONS, Fact, Facts, fact, words_fact
from homestretch.coach.writing.words import NOTE

#: Words that people wrote have these keys; they are data, never instructions.
WORDS = frozenset({"name", "title", "description", "text", "athlete", "label"})
#: What is no value to say something of, such as an id to ask further with.
PLAIN = frozenset({"ref", "id", "next", "cursor", "plan", "kind", "key", "sport", "sub_sport", "source", "status"})
#: Lists are cut to so many rows, the first of these that fits.
ROWS = (100, 60, 40, 25, 15, 10, 6, 4, 2, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?")


class Referenced:
    """Facts of one document after another; references count on, so that all of a conversation are different."""

    def __init__(self, unit_of: Callable[[str], str]) -> None:
        self.facts: Facts = {}
        self._unit_of = unit_of
        self._count = 0

    def shown(self, document: Mapping[str, object], most: int) -> object:
        """Return a document of so many bytes as JSON, if it can be, each value as `{reference}=text`; lists are cut."""
        before, count = dict(self.facts), self._count
        made: object = None
        for rows in ROWS:
            self.facts, self._count = dict(before), count
            made = self._value("", _cut(document, rows))
            if len(canonical(made)) <= most:
                break
        return made

    def _value(self, key: str, value: object) -> object:
        if isinstance(value, Mapping):
            if "value" in value and "unit" in value:
                return self._put("m", _tool_value(value, key))
            return {str(name): self._value(str(name), one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(key, one) for one in value]
        return self._leaf(key, value)

    def _leaf(self, key: str, value: object) -> object:
        if value is None or isinstance(value, bool) or key in PLAIN:
            return value
        if isinstance(value, int | float):
            delta = key in ("change", "ramp")
            return self._put("m", _number(float(value), self._unit_of(key), delta=delta))
        if not isinstance(value, str):
            return str(value)
        if key in WORDS or (key == "why" and " " in value):
            return self._put("n", words_fact(value, NOTE))
        return self._put("d", fact(value, text=value)) if _DAY.fullmatch(value) else value

    def _put(self, prefix: str, one: Fact) -> str:
        self._count += 1
        reference = f"{prefix}:{self._count}"
        self.facts[reference] = one
        if one["v"] is None:
            return f"{{{reference}}} missing: {one['why']}"
        return f"{{{reference}}}={one.get('text', '')}"


def _number(value: float, unit: str, *, delta: bool = False) -> Fact:
    """Return a number as a fact, with as many digits as somebody would say."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    rounded = round(value, digits) + 0.0
    return fact(rounded, unit, f"{rounded:.10g} {unit}".strip(), delta=delta)


def _tool_value(value: Mapping[str, object], key: str) -> Fact:
    given, unit, why = value["value"], str(value["unit"]), value.get("why")
    if isinstance(given, int | float):
        return _number(float(given), unit)
    if isinstance(given, str):
        return fact(given, unit)
    return fact(None, unit, why=str(why) if why in REASONS else "no_data")


def _cut(document: object, rows: int) -> object:
    """Return a document with so many rows of every list at most; a list that is cut says how many there were."""
    if isinstance(document, Mapping):
        return {name: _cut(one, rows) for name, one in document.items()}
    if not isinstance(document, list | tuple):
        return document
    kept = [_cut(one, rows) for one in document[:rows]]
    return kept if len(kept) == len(document) else [*kept, {"left out": len(document) - rows}]

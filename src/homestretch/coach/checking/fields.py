"""Describes the parameters of a rule: JSON Schema, validation and the form all come from one description."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal, TypeGuard

from homestretch.model.coach.rule import SPORTS, WEEKDAYS, Param

type FieldType = Literal[
    "number", "integer", "text", "texts", "choice", "date", "time", "sport", "sports", "weekday", "weekdays",
    "selector", "hours_by_day", "flag", "months", "value",
]  # fmt: skip
#: A piece of JSON Schema.
type Schema = Mapping[str, "Param"]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter. `low` and `high` bound a number, `high` the length of a text.

    With `question`, the parameter may be null, which means not known yet: the question is asked, and the rule is
    checked only for what is known; `asked_when_absent` says that it is asked too where the parameter is not there.
    `default` holds where the parameter is absent.
    """

    key: str
    title: str
    type: FieldType
    low: float = 0
    high: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    question: str = ""
    asked_when_absent: bool = False
    nullable: bool = False
    default: Param = None
    unit: str = ""
    help: str = ""

    def is_open(self, params: Mapping[str, Param]) -> bool:
        """Return whether the question is still to be answered."""
        known = self.key in params or not self.asked_when_absent
        return bool(self.question) and (not known or params.get(self.key, 0) is None)

    @property
    def may_be_null(self) -> bool:
        """Whether null is a value of this parameter."""
        return self.nullable or bool(self.question)


#: What a selector can name; the planner's templates and purposes are words of their own.
SELECTOR = (
    Field("sport", "Sport", "sport"),
    Field("purpose", "Purpose", "text", help="Such as endurance, threshold, vo2, long."),
    Field("hard", "Hard", "flag"),
    Field("long", "Long", "flag"),
    Field("indoor", "Indoor", "flag"),
    Field("template", "Template", "text", help="Its id, such as R7."),
    Field("min_minutes", "From minutes", "integer", low=1, high=1440, unit="min"),
)
_LARGE = 1e9
_TIME = re.compile(r"[0-2]\d:[0-5]\d")
_HOURS: Schema = {"type": "number", "minimum": 0, "maximum": 24}
#: The parts of the schema that others name.
SHARED: Mapping[str, Schema] = {
    "sport": {"enum": SPORTS},
    "wds": {"type": "array", "items": {"$ref": "#/$defs/wd"}, "minItems": 1, "uniqueItems": True},
    "wd": {"enum": WEEKDAYS},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": r"^[0-2]\d:[0-5]\d$"},
}
_NAMED = {"date": "date", "time": "time", "sport": "sport", "weekday": "wd", "weekdays": "wds", "selector": "sel"}


def schema_of(fields: Sequence[Field], any_of: Sequence[str] = (), required: bool = True) -> Schema:
    """Return the JSON Schema of an object with these fields, of which one of `any_of` must be there."""
    made: dict[str, Param] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _schema(field) for field in fields},
    }
    if required:
        made["required"] = [field.key for field in fields if field.required]
    if any_of:
        made["anyOf"] = [{"required": [key]} for key in any_of]
    return made


def _schema(field: Field) -> Schema:
    plain: Schema = {"$ref": f"#/$defs/{_NAMED[field.type]}"} if field.type in _NAMED else _plain(field)
    made: Schema = {"anyOf": [plain, {"type": "null"}]} if field.may_be_null else plain
    return made if field.default is None else {**made, "default": field.default}


_TYPES: Mapping[FieldType, Schema] = {
    "texts": {"type": "array", "items": {"type": "string"}},
    "sports": {"type": "array", "items": {"$ref": "#/$defs/sport"}},
    "months": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 12}},
    "flag": {"type": "boolean"},
    "value": {"type": ["number", "string"]},
    "hours_by_day": {
        "type": "object", "additionalProperties": False, "minProperties": 1,
        "properties": dict.fromkeys(WEEKDAYS, _HOURS),
    },
}  # fmt: skip


def _plain(field: Field) -> Schema:
    if field.type in ("number", "integer"):
        return {"type": field.type, "minimum": field.low, "maximum": field.high}
    if field.type == "text":
        return {"type": "string", **({} if field.high is None else {"maxLength": field.high})}
    return {"enum": field.choices} if field.type == "choice" else _TYPES[field.type]


def faults(fields: Sequence[Field], params: Mapping[str, Param], any_of: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with an object of these fields, each in one sentence that names the field."""
    known = {field.key: field for field in fields}
    wrong = [f"{key} is not known; known are {', '.join(known)}." for key in params if key not in known]
    wrong += [f"{field.key} is missing." for field in fields if field.required and field.key not in params]
    if any_of and not any(key in params for key in any_of):
        wrong.append(f"One of {', '.join(any_of)} is needed.")
    for key, value in params.items():
        if key in known and (reason := _fault(known[key], value)):
            wrong.append(f"{key} {reason}.")
    return wrong or _disordered(params)


#: Pairs of which the first may not be larger than the second.
_PAIRS = (("from", "to"), ("not_from", "not_to"), ("min", "max"), ("hours_min", "hours_max"), ("load_min", "load_max"))


def _disordered(params: Mapping[str, Param]) -> list[str]:
    wrong = []
    for first, second in _PAIRS:
        low, high = params.get(first), params.get(second)
        dated = isinstance(low, str) and isinstance(high, str) and low > high
        sized = isinstance(low, int | float) and isinstance(high, int | float) and low > high
        if dated or sized:
            wrong.append(f"{first} {low} is more than {second} {high}.")
    return wrong


def _fault(field: Field, value: Param) -> str:
    """Return what is wrong with a value, after the field's name, or ""."""
    if value is None:
        return "" if field.may_be_null else "must have a value"
    return _CHECKS[field.type](field, value)


def _number(field: Field, value: Param) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "must be a number"
    high = inf if field.high is None else field.high
    if not field.low <= value <= high:
        return f"must be from {field.low:g} to {high:g}"
    return "must be a whole number" if field.type == "integer" and value != int(value) else ""


def _text(field: Field, value: Param) -> str:
    if not isinstance(value, str):
        return "must be a text"
    return "" if field.high is None or len(value) <= field.high else f"must have {field.high:g} characters at most"


def _date(_: Field, value: Param) -> str:
    try:
        right = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        right = False
    return "" if right else "must be a day such as 2027-05-03"


def _time(_: Field, value: Param) -> str:
    right = isinstance(value, str) and _TIME.fullmatch(value) is not None and value < "24:00"
    return "" if right else "must be a time such as 06:30"


def _is_list(value: Param) -> TypeGuard[Sequence[Param]]:
    return not isinstance(value, str) and isinstance(value, Sequence)


def _one_of(choices: Sequence[str]) -> Callable[[Field, Param], str]:
    def check(field: Field, value: Param) -> str:
        known = field.choices or choices
        return "" if value in known else f"must be one of {', '.join(known)}"

    return check


def _many_of(choices: Sequence[str]) -> Callable[[Field, Param], str]:
    def check(field: Field, value: Param) -> str:
        if not _is_list(value):
            return "must be a list"
        named = [one for one in value if isinstance(one, str) and (not choices or one in choices)]
        if len(named) < len(value):
            return f"must be a list of {', '.join(choices)}" if choices else "must be a list of texts"
        if field.type == "weekdays" and (not named or len(set(named)) < len(named)):
            return "must name each weekday once"
        return ""

    return check


def _months(_: Field, value: Param) -> str:
    right = _is_list(value) and all(
        isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= 12 for one in value
    )
    return "" if right else "must be a list of months from 1 to 12"


def _flag(_: Field, value: Param) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _selector(_: Field, value: Param) -> str:
    if not isinstance(value, Mapping):
        return "must be an object such as {hard: true}"
    return "; ".join(one.rstrip(".") for one in faults(SELECTOR, value))


def _hours_by_day(_: Field, value: Param) -> str:
    if not isinstance(value, Mapping) or not value:
        return "must have hours by weekday, such as {tue: 1.5}"
    fields = [Field(day, day, "number", high=24) for day in WEEKDAYS]
    return "; ".join(one.rstrip(".") for one in faults(fields, value))


def _value(_: Field, value: Param) -> str:
    if isinstance(value, str):
        return "" if 0 < len(value) <= 40 else "must be a word"
    right = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGE
    return "" if right else "must be a number or a word"


_CHECKS: Mapping[FieldType, Callable[[Field, Param], str]] = {
    "number": _number,
    "integer": _number,
    "text": _text,
    "texts": _many_of(()),
    "choice": _one_of(()),
    "date": _date,
    "time": _time,
    "sport": _one_of(SPORTS),
    "sports": _many_of(SPORTS),
    "weekday": _one_of(WEEKDAYS),
    "weekdays": _many_of(WEEKDAYS),
    "selector": _selector,
    "hours_by_day": _hours_by_day,
    "flag": _flag,
    "months": _months,
    "value": _value,
}

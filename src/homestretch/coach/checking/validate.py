"""Whether a rule is one: its kind, its parameters as the kind describes them, severity, weight and scope."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from homestretch.coach.checking.fields import Field, faults
from homestretch.coach.checking.kind import SCOPE, kinds
from homestretch.model.coach.rule import Param, Rule

#: The athlete's words have at most so many characters.
LONGEST_TEXT = 400
_WEIGHT = Field("weight", "Weight", "integer", low=1, high=5)
_TEXT = Field("text", "Words", "text", high=LONGEST_TEXT)
_SEVERITY = Field("severity", "Severity", "choice", choices=("must", "should"))
_ORIGIN = Field("origin", "Origin", "choice", choices=("athlete", "coach", "system"))
_ID = Field("id", "Id", "text", high=40)
_ENVELOPE = (_ID, Field("kind", "Kind", "text"), _SEVERITY, _WEIGHT, _TEXT, _ORIGIN, Field("off", "Off", "flag"))
#: Parameters are not nested deeper than this.
_DEPTH = 6


def is_param(value: object, depth: int = _DEPTH) -> TypeGuard[Param]:
    """Return whether something from JSON can be a parameter."""
    if value is None or isinstance(value, str | int | float | bool):
        return True
    if depth and isinstance(value, list | tuple):
        return all(is_param(one, depth - 1) for one in value)
    return (
        bool(depth)
        and isinstance(value, dict)
        and all(isinstance(key, str) and is_param(one, depth - 1) for key, one in value.items())
    )


def is_object(value: object) -> TypeGuard[Mapping[str, Param]]:
    """Return whether something from JSON is an object of parameters."""
    return isinstance(value, dict) and is_param(value)


def rule_faults(rule: Rule) -> list[str]:
    """Return what is wrong with a rule, each in one sentence; empty where it can be saved and checked."""
    kind = kinds().get(rule.kind)
    if kind is None:
        return [f"{rule.kind} is no kind of rule; there are {', '.join(kinds())}."]
    wrong = kind.faults(rule.params)
    wrong += [f"scope: {one}" for one in faults(SCOPE, rule.scope or {})]
    if not kind.may_be_incomplete:
        wrong += kind.questions(rule.params)
    return wrong


def read_rules(value: object) -> tuple[list[Rule], list[str]]:
    """Return the rules of JSON, and what is wrong with it: a rule, a list of rules, or an object with `rules`.

    A rule without an id has ""; it is a new one.
    """
    if isinstance(value, dict) and "kind" not in value:
        listed = value.get("rules", value.get("items"))
    else:
        listed = value if isinstance(value, list) else [value]
    if not isinstance(listed, list):
        return [], ["Write a rule, a list of rules, or an object with `rules`."]
    rules, wrong = [], []
    for number, one in enumerate(listed, start=1):
        rule, reasons = _read(one)
        reasons = reasons or ([] if rule is None else rule_faults(rule))
        wrong += [f"Rule {number}: {reason}" for reason in reasons]
        if rule is not None and not reasons:
            rules.append(rule)
    return rules, wrong


def _read(value: object) -> tuple[Rule | None, list[str]]:
    if not is_object(value):
        return None, ["write an object with kind, severity and params."]
    envelope = {field.key: value[field.key] for field in _ENVELOPE if value.get(field.key) is not None}
    params, scope = value.get("params", {}), value.get("scope")
    wrong = faults(_ENVELOPE, envelope)
    if not isinstance(params, Mapping):
        wrong.append("params must be an object.")
    if scope is not None and not isinstance(scope, Mapping):
        wrong.append("scope must be an object.")
    if "kind" not in envelope:
        wrong.append("kind is missing.")
    if wrong or not isinstance(params, Mapping) or isinstance(scope, str | Sequence | int | float):
        return None, wrong
    return _made(envelope, params, scope or None), []


def _made(envelope: Mapping[str, Param], params: Mapping[str, Param], scope: Mapping[str, Param] | None) -> Rule:
    weight, origin = envelope.get("weight"), envelope.get("origin")
    return Rule(
        id=str(envelope.get("id", "")),
        kind=str(envelope["kind"]),
        severity="should" if envelope.get("severity") == "should" else "must",
        params=params,
        text=str(envelope.get("text", "")),
        weight=int(weight) if isinstance(weight, int | float) else 3,
        scope=scope,
        origin="coach" if origin == "coach" else "system" if origin == "system" else "athlete",
        off=envelope.get("off") is True,
    )

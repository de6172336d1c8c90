"""A rule of training: what must or should hold of a plan, and what breaks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

type Severity = Literal["must", "should"]
#: How bad a violation is; `info` says that a rule could not be checked.
type ViolationSeverity = Literal["must", "should", "info"]
type Origin = Literal["athlete", "coach", "system"]
type Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: The coach's words for sports, which rules, templates and sessions share.
SPORTS = ("run", "ride", "swim", "strength", "row", "ski", "walk", "hike", "brick", "other")

#: A parameter of a rule: its JSON, as the kind's schema describes it.
type Param = str | float | int | bool | Sequence["Param"] | Mapping[str, "Param"] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its kind decides which `params` it has. `weight` (1 to 5) is of a `should` only.

    `scope` may hold from, to (days), sports, every_weeks and anchor (a day). A rule that is `off` is kept and shown,
    but nothing is planned by it or checked against it.
    """

    id: str
    kind: str
    severity: Severity
    params: Mapping[str, Param]
    text: str = ""
    weight: int = 3
    scope: Mapping[str, Param] | None = None
    origin: Origin = "athlete"
    off: bool = False


class RuleDocument(TypedDict):
    """A rule, as JSON has it."""

    id: str
    kind: str
    severity: Severity
    params: Mapping[str, Param]
    text: str
    origin: Origin
    weight: NotRequired[int]
    scope: NotRequired[Mapping[str, Param]]
    off: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks a rule on a day (the Monday for a week), with the numbers and one sentence."""

    rule: str
    severity: ViolationSeverity
    day: str
    value: Param
    limit: Param
    sessions: tuple[str, ...]
    text: str


#: A value or limit of a violation as JSON has it: a number, a word, several words, or nothing.
type Shown = str | float | list[str] | None


class ViolationDocument(TypedDict):
    """A violation, as JSON has it; `kind` is the rule's kind."""

    rule: str
    kind: str
    severity: ViolationSeverity
    day: str
    value: Shown
    limit: Shown
    sessions: list[str]
    text: str


def rule_document(rule: Rule) -> RuleDocument:
    """Return a rule as JSON has it."""
    made = RuleDocument(
        id=rule.id, kind=rule.kind, severity=rule.severity, params=rule.params, text=rule.text, origin=rule.origin
    )
    if rule.severity == "should":
        made["weight"] = rule.weight
    if rule.scope:
        made["scope"] = rule.scope
    if rule.off:
        made["off"] = True
    return made


def read_rule(document: RuleDocument) -> Rule:
    """Return a rule from JSON; a kind's schema says whether its `params` are right. Raises KeyError."""
    return Rule(
        id=document["id"],
        kind=document["kind"],
        severity=document["severity"],
        params=document["params"],
        text=document.get("text", ""),
        weight=document.get("weight", 3),
        scope=document.get("scope"),
        origin=document.get("origin", "athlete"),
        off=document.get("off", False),
    )

"""Documents about rules of training: the rules, what they mean, their versions, and what would change."""

from collections.abc import Mapping
from typing import Literal, TypedDict

from homestretch.model.coach.rule import Origin, Param, Severity, ViolationDocument

type RuleTopic = Literal["time", "week", "hard", "body", "event", "other"]
type RuleFieldType = Literal[
    "number", "integer", "text", "texts", "choice", "date", "time", "sport", "sports", "weekday", "weekdays",
    "selector", "hours_by_day", "flag", "months", "value",
]  # fmt: skip


class ParsedRule(TypedDict):
    """A part of words with what it means; `kind` is null where it was not understood, and `params` are empty then.

    `scope` is null: no phrase has one.
    """

    text: str
    kind: str | None
    severity: Severity
    params: Mapping[str, Param]
    scope: Mapping[str, Param] | None
    questions: list[str]


class RuleField(TypedDict):
    """A parameter of a rule, as a form asks it. `low` and `high` bound a number, `high` the length of a text.

    With `may_be_null`, null means not known yet; `question` is what is then asked.
    """

    key: str
    title: str
    type: RuleFieldType
    low: float | None
    high: float | None
    choices: list[str]
    required: bool
    may_be_null: bool
    question: str
    default: Param
    unit: str
    help: str


class RuleKindDocument(TypedDict):
    """A kind of rule: one of `any_of` must be given; where `checked` is false, nothing violates it."""

    key: str
    title: str
    topic: RuleTopic
    about: str
    checked: bool
    fields: list[RuleField]
    any_of: list[str]


class RuleKinds(TypedDict):
    """Every kind of rule, and what selectors and scopes can name."""

    items: list[RuleKindDocument]
    selector: list[RuleField]
    scope: list[RuleField]


class RuleRow(TypedDict):
    """A rule with what it means: `sentence` in our words, `text` in the athlete's.

    With `questions` it is incomplete, and is checked only for what is known.
    """

    id: str
    kind: str
    title: str
    topic: RuleTopic
    severity: Severity
    weight: int
    params: Mapping[str, Param]
    scope: Mapping[str, Param] | None
    text: str
    origin: Origin
    off: bool
    sentence: str
    checked: bool
    questions: list[str]


class RuleWayOut(TypedDict):
    """A change after which rules can hold: of parameters (`relax`), of the severity (`should`), or without the rule."""

    rule: str
    action: Literal["relax", "should", "drop"]
    text: str
    params: Mapping[str, Param] | None


class RuleConflict(TypedDict):
    """Rules that can't hold together, why, and the cheapest ways out."""

    rules: list[str]
    reason: str
    ways: list[RuleWayOut]


class Rules(TypedDict):
    """A version of the rules; 0 is what everybody begins with. `at` is null for it."""

    version: int
    parent: int | None
    author: str
    why: str
    at: str | None
    items: list[RuleRow]
    conflicts: list[RuleConflict]


class RulesVersion(TypedDict):
    """A version in the list of versions, with how many rules it has."""

    version: int
    parent: int | None
    author: str
    why: str
    at: str | None
    rules: int
    added: int
    removed: int
    changed: int


class RuleChange(TypedDict):
    """A rule that changed from one version to another; `fields` are those that differ."""

    rule: str
    change: Literal["added", "removed", "changed"]
    fields: list[str]
    before: RuleRow | None
    after: RuleRow | None


class RulesDiff(TypedDict):
    """What changed from one version to another."""

    from_version: int
    to_version: int
    changes: list[RuleChange]


class RuleEffect(TypedDict):
    """What a rule means for a week of the plan: how many of its sessions it stands against, and the sentences."""

    week: str
    sessions: int
    blocked: int
    text: str
    violations: list[ViolationDocument]


class RulePart(TypedDict):
    """A part of the words, or a rule of the form, and what it would mean.

    `kind` is null where it was not understood: it can be kept as a note. `effect` is null without a plan.
    """

    text: str
    kind: str | None
    severity: Severity
    params: Mapping[str, Param]
    scope: Mapping[str, Param] | None
    questions: list[str]
    faults: list[str]
    title: str | None
    sentence: str | None
    checked: bool
    effect: RuleEffect | None


class RulesPreview(TypedDict):
    """What words or rules would mean; `conflicts` are those that come with them. Rules that conflict can't be saved."""

    parts: list[RulePart]
    conflicts: list[RuleConflict]


class RulesSaved(TypedDict):
    """The rules after a change, with the version before; the same where nothing changed."""

    before: int
    rules: Rules

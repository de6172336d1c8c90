"""What is sent to a language model: canonical JSON of facts, within a budget, saying what is missing and left out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from homestretch.coach.writing.facts import REFERENCE, Facts
from homestretch.errors import HomestretchError
from homestretch.model.coach.model_reasons import ModelAction
from homestretch.model.documents.people import Units

type Action = ModelAction
#: Tokens of the context of each action; a question has more for each answer of a tool.
BUDGETS: Mapping[Action, int] = {
    "rule_parsing": 2_000, "workout_review": 4_000, "weekly_review": 6_000, "plan_explanation": 8_000,
    "plan_change": 8_000, "question": 3_000,
}  # fmt: skip
TOOL_TOKENS, MOST_TOOL_CALLS = 1_500, 6
#: So many bytes of JSON are taken for a token.
BYTES_A_TOKEN = 3.5
SCHEMA = 1


class ContextTooLarge(HomestretchError):
    """What the model must know takes {tokens} tokens, and {budget} are allowed. Ask about less."""

    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a model is given: facts that must stay, facts of days (by day) and of comparables that may be left out.

    `session` and the like are in `refs`: names of references only. `hidden` counts activities that terms withhold.
    """

    action: Action
    today: date
    facts: Facts
    refs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    days: Mapping[date, Facts] = field(default_factory=dict)
    comparables: Sequence[Facts] = ()
    athlete_class: str = "normal"
    units: Units = "metric"
    lang: str = "en"
    hidden: int = 0
    tokens: int | None = None

    @property
    def budget(self) -> int:
        """The tokens that it may take."""
        return BUDGETS[self.action] if self.tokens is None else self.tokens


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent: the bytes, the facts that they hold, how many days and comparables were left out, and a digest."""

    body: bytes
    facts: Facts
    days_dropped: int
    comparables_dropped: int

    @property
    def digest(self) -> str:
        """The sha256 of what is sent."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def tokens(self) -> int:
        """The tokens that it is taken for."""
        return tokens_of(self.body)


def tokens_of(body: bytes) -> int:
    """Return how many tokens bytes are taken for, rounded up."""
    return -int(-len(body) // BYTES_A_TOKEN)


def canonical(document: object) -> bytes:
    """Return a document as its one JSON: sorted keys, no blanks, UTF-8. Raises ValueError for NaN."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def build(context: Context) -> Sent:
    """Return what is sent within the budget: the oldest days are left out first, then the last comparables.

    Raises ValueError for a reference of another form or one used twice, and ContextTooLarge where what must stay does
    not fit.
    """
    days = sorted(context.days)
    comparables = len(context.comparables)
    _check(context)
    sent = _body(context, days, comparables)
    skipped = 0
    while sent.tokens > context.budget and skipped < len(days):
        skipped += 1
        sent = _body(context, days[skipped:], comparables)
    while sent.tokens > context.budget and comparables:
        comparables -= 1
        sent = _body(context, days[skipped:], comparables)
    if sent.tokens > context.budget:
        raise ContextTooLarge(tokens=sent.tokens, budget=context.budget)
    return sent


def _check(context: Context) -> None:
    seen: set[str] = set()
    for facts in (context.facts, *context.days.values(), *context.comparables):
        for reference, one in facts.items():
            if not REFERENCE.fullmatch(reference) or reference in seen:
                raise ValueError(f"{reference} is no reference, or is used twice")
            if one["v"] is None and "why" not in one:
                raise ValueError(f"{reference} is missing without a reason")
            seen.add(reference)
    for name, references in context.refs.items():
        if unknown := set(references) - seen:
            raise ValueError(f"{name} names {', '.join(sorted(unknown))}, which is no fact")


def _body(context: Context, days: Sequence[date], comparables: int) -> Sent:
    facts: Facts = dict(context.facts)
    for day in days:
        facts |= context.days[day]
    for one in context.comparables[:comparables]:
        facts |= one
    dropped = {"days": len(context.days) - len(days), "comparables": len(context.comparables) - comparables}
    document: dict[str, object] = {
        "schema": f"{context.action}/{SCHEMA}",
        "today": context.today.isoformat(),
        "units": context.units,
        "lang": context.lang,
        "athlete": {"class": context.athlete_class},
        "facts": facts,
        "refs": {name: [one for one in found if one in facts] for name, found in context.refs.items()},
        "hidden": {"activities": context.hidden, "why": "source terms"},
        "budget": {"tokens": context.budget},
        "truncated": {name: count for name, count in dropped.items() if count},
    }
    return Sent(canonical(document), facts, dropped["days"], dropped["comparables"])

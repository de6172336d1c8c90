"""What is wrong with a model's answer: by claims, by medicine, and by what its words say of rules."""

from collections.abc import Sequence
from datetime import date

from homestretch.coach.checking.fields import faults as field_faults
from homestretch.coach.checking.kind import SCOPE, kinds
from homestretch.coach.writing.claims import Fault, Point, faults, references
from homestretch.coach.writing.facts import Facts
from homestretch.coach.writing.medicine import gives_advice
from homestretch.flow.coach.texts.answers import (
    ChangeAnswer,
    ChangesAnswer,
    DraftAnswer,
    ExplanationAnswer,
    PointAnswer,
    ReviewAnswer,
    RulesAnswer,
)

MEDICINE = Fault("medicine", "Name no medicine, dose or diagnosis. Say that a professional must judge.")


def text_faults(text: str, facts: Facts) -> list[Fault]:
    """Return what is wrong with a text that has no evidence list of its own."""
    found = faults(Point(text, tuple(references(text))), facts)
    return [*found, MEDICINE] if gives_advice(text) else found


def point_faults(point: PointAnswer, facts: Facts) -> list[Fault]:
    """Return what is wrong with a point."""
    found = faults(Point(point.text, tuple(point.evidence)), facts)
    return [*found, MEDICINE] if gives_advice(point.text) else found


def review_faults(answer: ReviewAnswer, facts: Facts) -> list[Fault]:
    """Return what is wrong with a review."""
    found = _prose(answer.headline, answer.points, facts)
    if answer.question is not None:
        found += text_faults(answer.question, facts)
    found += [fault for words in answer.unknown for fault in text_faults(words, facts)]
    return found + change_faults(answer.operations, facts)


def explanation_faults(answer: ExplanationAnswer, facts: Facts) -> list[Fault]:
    """Return what is wrong with an explanation."""
    return _prose(answer.headline, answer.points, facts)


def changes_faults(answer: ChangesAnswer, facts: Facts) -> list[Fault]:
    """Return what is wrong with changes that were asked for."""
    return [*text_faults(answer.why, facts), *change_faults(answer.operations, facts)]


def change_faults(changes: Sequence[ChangeAnswer], facts: Facts) -> list[Fault]:
    """Return what is wrong with the reasons and the ids of changes."""
    ids = {one["v"] for key, one in facts.items() if key.startswith("p:next")}
    found = [fault for one in changes for fault in text_faults(one.why, facts)]
    return found + [
        Fault("unknown_session", f"There is no session {one.id} to change. Use the values of p:next.")
        for one in changes
        if one.op != "add" and one.id not in ids
    ]


def _prose(headline: str, points: Sequence[PointAnswer], facts: Facts) -> list[Fault]:
    return [*text_faults(headline, facts), *(fault for one in points for fault in point_faults(one, facts))]


def rules_faults(answer: RulesAnswer, parts: int) -> list[Fault]:
    """Return what is wrong with drafts of rules: unknown kinds and parameters, parts that there are not."""
    found = []
    for one in answer.rules:
        if one.part > parts:
            found.append(Fault("unknown_part", f"There is no part {one.part}."))
        found += [Fault("rule", f"{one.kind}: {reason}") for reason in draft_faults(one)]
    return found


def draft_faults(one: DraftAnswer) -> list[str]:
    """Return what is wrong with a draft; a null that has a question is right."""
    kind = kinds().get(one.kind)
    if kind is None:
        return [f"{one.kind} is no kind of rule; there are {', '.join(kinds())}."]
    return [*kind.faults(one.params), *(f"scope: {reason}" for reason in field_faults(SCOPE, one.scope or {}))]


def is_day(word: str | None) -> bool:
    """Return whether a word is a day, as changes name it."""
    try:
        return word is not None and date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False

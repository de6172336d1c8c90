"""Writes a text that was asked for: facts, a model's answer that passes the checks, or code's own words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel

from homestretch.coach.parsing.parse import Part, parse
from homestretch.coach.writing.claims import Fault, references, render
from homestretch.coach.writing.context import Context as ModelContext
from homestretch.coach.writing.context import ContextTooLarge, Sent, build
from homestretch.coach.writing.facts import Facts
from homestretch.coach.writing.medicine import SENTENCES as MEDICAL
from homestretch.coach.writing.medicine import matter_of
from homestretch.errors import NotFound
from homestretch.flow.coach.athlete_state import state_of
from homestretch.flow.coach.model.ask import ask
from homestretch.flow.coach.model.asked import Asked, Outcome
from homestretch.flow.coach.texts import answers, by_code, checks
from homestretch.flow.coach.texts.reading import (
    Given,
    WithheldFromModels,
    change_context,
    explanation_context,
    given_for,
    is_unwell,
    rules_context,
    version_of,
    week_context,
    workout_context,
)
from homestretch.flow.coach.texts.suggested import Vetted, vetted
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_rules import ParsedRule
from homestretch.model.documents.coach_texts import KeptText, SuggestedChange, TextPoint
from homestretch.store.queries import coach_texts as stored
from homestretch.store.queries.coach_texts import StoredText
from homestretch.store.queries.plans import StoredVersion, approved_version, linked_activities
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope

#: After these the same text is tried again, for so long; then code writes it.
AGAIN = frozenset({"later", "busy"})
AGAIN_MS, LONGEST_MS = 300_000, 3_600_000
#: Which answers a model gives to each kind of text.
OUTPUTS: dict[str, type[BaseModel]] = {
    "workout": answers.ReviewAnswer, "week": answers.ReviewAnswer, "explanation": answers.ExplanationAnswer,
    "change": answers.ChangesAnswer, "rules": answers.RulesAnswer,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a text is written from: what is sent (None: nothing may be, for the reason `why`), and code's own text."""

    code: KeptText
    sent: Sent | None = None
    why: str | None = None
    hidden: int = 0
    base: StoredVersion | None = None
    only_easier: bool = False
    parts: Sequence[Part] = ()


def write(context: Context, athlete_id: int, public_id: str) -> None:
    """Write a text that waits. It may be killed at any moment and called again: it becomes done once."""
    with context.database.read() as reader:
        text = stored.find_text(reader, Scope(athlete_id), public_id)
        if text.state == stored.DONE:
            return
        scope = Scope(athlete_id, text.account_id)
        given = given_for(context, reader, scope, text.units, text.lang)
        prepared = _prepare(given, text)
    outcome: Outcome[BaseModel] | None = None
    if prepared.sent is not None:
        outcome = ask(context, scope, _asked(text, prepared, prepared.sent))
        if outcome.why in AGAIN and context.clock() < text.created_ms + LONGEST_MS:
            retry = max(outcome.retry_at_ms or 0, context.clock() + AGAIN_MS)
            with context.database.write() as session:
                stored.postpone_text(session, text.id, retry, str(outcome.why))
            return
    values = _values(context, scope, prepared, outcome)
    with context.database.write() as session:
        stored.finish_text(session, text.id, values, context.clock())


def _prepare(given: Given, text: StoredText) -> Prepared:
    """Return what a text is written from; what can't be sent has a reason."""
    matter = matter_of(text.words) if text.kind == "change" else None
    if matter is not None:
        return Prepared(by_code.plain(MEDICAL[matter]), why="medicine")
    try:
        return _PREPARE[text.kind](given, text)
    except NotFound:
        return Prepared(by_code.plain("There is nothing to write about any more."), why="gone")


def _sendable(given: Given, made: Callable[[], ModelContext], prepared: Prepared) -> Prepared:
    """Return the same with what is sent, or with why nothing is."""
    try:
        context = made()
        return replace(prepared, sent=build(context), hidden=context.hidden)
    except WithheldFromModels:
        return replace(prepared, why="terms", hidden=1)
    except ContextTooLarge:
        return replace(prepared, why="too_large")


def _workout(given: Given, text: StoredText) -> Prepared:
    key = text.subject or ""
    name = linked_activities(given.reader, given.scope, [key]).get(key)
    if name is None:
        raise NotFound(what="activity", id="of this review")
    code = by_code.of_workout(given, name)
    return _sendable(given, lambda: workout_context(given, name), _of_plan_in_force(given, code))


def _week(given: Given, text: StoredText) -> Prepared:
    day = text.subject or given.today.isoformat()
    code = by_code.of_week(given, day)
    return _sendable(given, lambda: week_context(given, date.fromisoformat(day)), _of_plan_in_force(given, code))


def _of_plan_in_force(given: Given, code: KeptText) -> Prepared:
    return Prepared(code, base=approved_version(given.reader, given.scope), only_easier=is_unwell(given))


def _explanation(given: Given, text: StoredText) -> Prepared:
    version = version_of(given.reader, given.scope, text)
    code = by_code.of_explanation(version, given.today.isoformat())
    return _sendable(given, lambda: explanation_context(given, version), Prepared(code))


def _change(given: Given, text: StoredText) -> Prepared:
    version = version_of(given.reader, given.scope, text)
    prepared = Prepared(by_code.of_change(given, version), base=version, only_easier=is_unwell(given))
    return _sendable(given, lambda: change_context(given, version, text.words), prepared)


def _rules(given: Given, text: StoredText) -> Prepared:
    parts = [_without_medicine(part) for part in parse(text.words, given.today)]
    code: KeptText = {**by_code.of_rules(given, text.words), "rules": [_part_as_parsed(part) for part in parts]}
    prepared = Prepared(code, parts=parts)
    left = left_of(parts)
    return _sendable(given, lambda: rules_context(given, left), prepared) if left else prepared


def left_of(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that a model is asked about: what the parser left, but nothing for a doctor."""
    return [part for part in parts if part.kind is None and matter_of(part.text) is None]


def _without_medicine(part: Part) -> Part:
    matter = matter_of(part.text) if part.kind is None else None
    return part if matter is None else replace(part, questions=(MEDICAL[matter],))


_PREPARE: dict[str, Callable[[Given, StoredText], Prepared]] = {
    "workout": _workout, "week": _week, "explanation": _explanation, "change": _change, "rules": _rules,
}  # fmt: skip


def _asked(text: StoredText, prepared: Prepared, sent: Sent) -> Asked[BaseModel]:
    action = {"workout": "workout_review", "week": "weekly_review", "explanation": "plan_explanation",
              "change": "plan_change", "rules": "rule_parsing"}[text.kind]  # fmt: skip
    left = len(left_of(prepared.parts))
    return Asked(
        action=action,  # type: ignore[arg-type]
        sent=sent,
        output=OUTPUTS[text.kind],
        check=lambda value: answer_faults(value, sent.facts, left),
    )


def answer_faults(answer: BaseModel, facts: Facts, parts: int = 0) -> list[Fault]:
    """Return what is wrong with an answer; `parts` are those of the words that rules are made of."""
    match answer:
        case answers.ReviewAnswer():
            return checks.review_faults(answer, facts)
        case answers.ExplanationAnswer():
            return checks.explanation_faults(answer, facts)
        case answers.ChangesAnswer():
            return checks.changes_faults(answer, facts)
        case answers.RulesAnswer():
            return checks.rules_faults(answer, parts)
        case _:
            raise TypeError(f"{type(answer).__name__} is no answer")


def _values(
    context: Context, scope: Scope, prepared: Prepared, outcome: Outcome[BaseModel] | None
) -> dict[str, object]:
    """Return what is kept: the model's text where something of it may be shown, else code's."""
    answer = None if outcome is None else outcome.value
    document = None if answer is None else kept_of(context, scope, prepared, answer)
    why = prepared.why if outcome is None else outcome.why or ("claims" if document is None else None)
    code: KeptText = {**prepared.code, "hidden": prepared.hidden}
    if outcome is not None and outcome.would_send is not None:
        code["would_send"] = outcome.would_send
    return {
        "document": document or code,
        "why": why,
        "call": None if outcome is None else outcome.call,
        "model": None if outcome is None or document is None else outcome.model,
    }


def kept_of(context: Context, scope: Scope, prepared: Prepared, answer: BaseModel) -> KeptText | None:
    """Return what may be shown of an answer; None where nothing is left."""
    assert prepared.sent is not None
    if isinstance(answer, answers.RulesAnswer):
        return {**prepared.code, "by": "model", "rules": _drafts(prepared.parts, answer)}
    facts = prepared.sent.facts
    headline, points, question, unknown = _prose(answer, facts)
    changes = getattr(answer, "operations", [])
    suggested = _suggested(context, scope, prepared, changes, facts)
    if not points and not suggested.kept and not (isinstance(answer, answers.ChangesAnswer) and headline):
        return None
    used = {*references(headline), *(name for one in points for name in one["evidence"]), *references(question or "")}
    used |= {name for words in unknown for name in references(words)}
    return KeptText(
        by="model",
        headline=headline or prepared.code["headline"],
        points=points,
        question=question,
        unknown=unknown,
        operations=[_document(one) for one in suggested.kept],
        refused=[*suggested.refused],
        rules=[],
        facts={name: facts[name] for name in sorted(used)},
        hidden=prepared.hidden,
        truncated=prepared.sent.days_dropped + prepared.sent.comparables_dropped,
    )


def _prose(answer: BaseModel, facts: Facts) -> tuple[str, list[TextPoint], str | None, list[str]]:
    """Return the headline, points, question and gaps of an answer that may be shown."""
    if isinstance(answer, answers.ChangesAnswer):
        return (answer.why if not checks.text_faults(answer.why, facts) else ""), [], None, []
    assert isinstance(answer, answers.ReviewAnswer | answers.ExplanationAnswer)
    points = [
        TextPoint(tone=one.tone, text=render(one.text, facts), source=one.text, evidence=list(one.evidence))
        for one in answer.points
        if not checks.point_faults(one, facts)
    ]
    question = answer.question if isinstance(answer, answers.ReviewAnswer) else None
    right = question is not None and not checks.text_faults(question, facts)
    unknown = [words for words in answer.unknown if not checks.text_faults(words, facts)]
    headline = answer.headline if not checks.text_faults(answer.headline, facts) else ""
    return headline, points, question if right else None, unknown


def _suggested(
    context: Context, scope: Scope, prepared: Prepared, changes: Sequence[answers.ChangeAnswer], facts: Facts
) -> Vetted:
    """Return the changes that hold together by the rules of today, with reasons that may be shown."""
    if not changes or prepared.base is None:
        return Vetted((), ("There is no plan in force to change.",) if changes else ())
    asked = [_asked_change(one, facts) for one in changes if one.to is None or checks.is_day(one.to)]
    with context.database.read() as reader:
        athlete = state_of(context, reader, scope)
        _, rules = newest_rules(reader, scope.athlete_id)
    return vetted(prepared.base, asked, athlete, rules, only_easier=prepared.only_easier)


def _asked_change(one: answers.ChangeAnswer, facts: Facts) -> AskedChange:
    why = "" if checks.text_faults(one.why, facts) else render(one.why, facts)
    return AskedChange(one.op, one.id, one.to, one.template, None, one.minutes, one.factor, why)


def _document(one: AskedChange) -> SuggestedChange:
    return SuggestedChange(
        op=one.op,  # type: ignore[typeddict-item]
        id=one.id,
        to=one.to,
        template=one.template,
        minutes=one.minutes,
        factor=one.factor,
        why=one.why,
    )


def _drafts(parts: Sequence[Part], answer: answers.RulesAnswer) -> list[ParsedRule]:
    """Return what all parts mean: what the parser understood, and the model's drafts for the parts that it left."""
    made: list[ParsedRule] = []
    left = 0
    for part in parts:
        if part.kind is not None or matter_of(part.text) is not None:
            made.append(_part_as_parsed(part))
            continue
        left += 1
        made += _of_part(part, left, answer)
    return made


def _part_as_parsed(part: Part) -> ParsedRule:
    return _parsed(part.text, part.kind, part.severity, part.params, None, part.questions)


def _of_part(part: Part, number: int, answer: answers.RulesAnswer) -> list[ParsedRule]:
    questions = [one.text for one in answer.questions if one.part == number]
    drafts = [one for one in answer.rules if one.part == number and not checks.draft_faults(one)]
    if not drafts:
        return [_parsed(part.text, None, part.severity, {}, None, [*part.questions, *questions])]
    return [
        _parsed(part.text, one.kind, one.severity, one.params, one.scope, [*one.questions, *questions])
        for one in drafts
    ]


def _parsed(
    text: str, kind: str | None, severity: str, params: object, scope: object, questions: Sequence[str]
) -> ParsedRule:
    return ParsedRule(
        text=text,
        kind=kind,
        severity=severity,  # type: ignore[typeddict-item]
        params=params,  # type: ignore[typeddict-item]
        scope=scope,  # type: ignore[typeddict-item]
        questions=list(dict.fromkeys(questions)),
    )

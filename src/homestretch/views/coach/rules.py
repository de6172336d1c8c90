"""The athlete's rules as pages and commands show them: with our sentence, versions, and what changed."""

from collections.abc import Iterable, Sequence

from homestretch.coach.checking.check import open_questions
from homestretch.coach.checking.fields import SELECTOR, Field
from homestretch.coach.checking.kind import SCOPE, RuleKind, kinds
from homestretch.coach.checking.together.conflicts import RuleConflict as Clash
from homestretch.coach.checking.together.conflicts import conflicts
from homestretch.model.coach.rule import Rule, rule_document
from homestretch.model.documents.coach_rules import (
    RuleChange,
    RuleConflict,
    RuleField,
    RuleKindDocument,
    RuleKinds,
    RuleRow,
    Rules,
    RulesDiff,
    RulesVersion,
)
from homestretch.model.documents.collections import Listing
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.rules import StoredRules, rules_version, versions_of_rules
from homestretch.store.scope import Scope


def rules_of(reader: Reader, scope: Scope, version: int | None = None) -> Rules:
    """Return a version of the rules, by default the newest. Raises NotFound."""
    scope.must("coach: read")
    stored = rules_version(reader, scope.athlete_id, version)
    return Rules(
        version=stored.version,
        parent=stored.parent,
        author=stored.author,
        why=stored.why,
        at=None if stored.created_ms is None else iso(stored.created_ms),
        items=[rule_row(rule) for rule in stored.rules],
        conflicts=[conflict_document(one) for one in conflicts(stored.rules)],
    )


def rule_row(rule: Rule) -> RuleRow:
    """Return a rule with what it means."""
    kind = kinds().get(rule.kind)
    return RuleRow(
        id=rule.id,
        kind=rule.kind,
        title=rule.kind if kind is None else kind.title,
        topic="other" if kind is None else kind.topic,
        severity=rule.severity,
        weight=rule.weight,
        params=rule.params,
        scope=rule.scope,
        text=rule.text,
        origin=rule.origin,
        off=rule.off,
        sentence=sentence_of(rule),
        checked=kind is not None and kind.is_checked,
        questions=open_questions(rule),
    )


def sentence_of(rule: Rule) -> str:
    """Return a rule in our words; a kind that this version does not have is said so."""
    kind = kinds().get(rule.kind)
    if kind is None:
        return "This version does not have this kind of rule: it is kept, and not checked."
    return kind.sentence(rule) + _when(rule)


def _when(rule: Rule) -> str:
    """Return the scope of a rule in words, after its sentence."""
    scope = rule.scope or {}
    parts = [f"{word} {scope[key]}" for key, word in (("from", "from"), ("to", "until")) if key in scope]
    sports = scope.get("sports")
    if isinstance(sports, Sequence) and sports:
        parts.append(f"of {', '.join(map(str, sports))}")
    if "every_weeks" in scope:
        first = f" from the week of {scope['anchor']}" if "anchor" in scope else ""
        parts.append(f"every {scope['every_weeks']} weeks{first}")
    return f" Only {', '.join(parts)}." if parts else ""


def conflict_document(one: Clash) -> RuleConflict:
    """Return rules that can't hold together, as JSON has them."""
    ways = [{"rule": way.rule, "action": way.action, "text": way.text, "params": way.params} for way in one.ways]
    return RuleConflict(rules=[*one.rules], reason=one.reason, ways=ways)  # type: ignore[typeddict-item]


def rule_kinds() -> RuleKinds:
    """Return every kind of rule, as forms need it."""
    return RuleKinds(
        items=[_kind(kind) for kind in kinds().values()],
        selector=[_field(field) for field in SELECTOR],
        scope=[_field(field) for field in SCOPE],
    )


def _kind(kind: RuleKind) -> RuleKindDocument:
    return RuleKindDocument(
        key=kind.key,
        title=kind.title,
        topic=kind.topic,
        about=kind.about,
        checked=kind.is_checked,
        fields=[_field(field) for field in kind.fields],
        any_of=[*kind.any_of],
    )


def _field(field: Field) -> RuleField:
    is_number = field.type in ("number", "integer")
    return RuleField(
        key=field.key,
        title=field.title,
        type=field.type,
        low=field.low if is_number else None,
        high=field.high,
        choices=[*field.choices],
        required=field.required,
        may_be_null=field.may_be_null,
        question=field.question,
        default=field.default,
        unit=field.unit,
        help=field.help,
    )


def rules_versions(reader: Reader, scope: Scope) -> Listing[RulesVersion]:
    """Return every version of the rules, the newest first."""
    scope.must("coach: read")
    stored = versions_of_rules(reader, scope.athlete_id)
    by_number = {one.version: one for one in stored}
    return {"items": [_version(one, by_number.get(one.parent or 0)) for one in stored]}


def _version(one: StoredRules, parent: StoredRules | None) -> RulesVersion:
    changes = [] if parent is None or one.version == 0 else list(_changes(parent.rules, one.rules))
    count = [change["change"] for change in changes].count
    return RulesVersion(
        version=one.version,
        parent=one.parent,
        author=one.author,
        why=one.why,
        at=None if one.created_ms is None else iso(one.created_ms),
        rules=len(one.rules),
        added=count("added"),
        removed=count("removed"),
        changed=count("changed"),
    )


def rules_diff(reader: Reader, scope: Scope, before: int | None = None, after: int | None = None) -> RulesDiff:
    """Return what changed between versions, by default from the newest's parent to the newest. Raises NotFound."""
    scope.must("coach: read")
    last = rules_version(reader, scope.athlete_id, after)
    first = rules_version(reader, scope.athlete_id, (last.parent or 0) if before is None else before)
    changes = [*_changes(first.rules, last.rules)]
    return RulesDiff(from_version=first.version, to_version=last.version, changes=changes)


def _changes(before: Sequence[Rule], after: Sequence[Rule]) -> Iterable[RuleChange]:
    old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    for rule in after:
        was = old.get(rule.id)
        if was is None:
            yield RuleChange(rule=rule.id, change="added", fields=[], before=None, after=rule_row(rule))
        elif was != rule:
            yield RuleChange(
                rule=rule.id, change="changed", fields=_fields(was, rule), before=rule_row(was), after=rule_row(rule)
            )
    for rule in before:
        if rule.id not in new:
            yield RuleChange(rule=rule.id, change="removed", fields=[], before=rule_row(rule), after=None)


def _fields(was: Rule, rule: Rule) -> list[str]:
    """Return the fields that differ, those within the parameters as `params.hours`."""
    old, new = rule_document(was), rule_document(rule)
    fields = [key for key in ("kind", "severity", "weight", "text", "scope", "off") if old.get(key) != new.get(key)]
    keys = sorted({*was.params, *rule.params})
    return fields + [f"params.{key}" for key in keys if was.params.get(key) != rule.params.get(key)]

"""The athlete's rules: each change saves all of them as the next version, with who made it and why."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import orjson

from homestretch.coach.checking.together.conflicts import conflicts
from homestretch.coach.checking.validate import LONGEST_TEXT, read_rules, rule_faults
from homestretch.coach.parsing.parse import Part, parse
from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.rule import Rule, read_rule, rule_document
from homestretch.store.database import Reader
from homestretch.store.queries.rules import put_rules, rules_version, versions_of_rules
from homestretch.store.scope import Scope

#: So many rules an athlete has at most.
MOST = 200
_NUMBERED = re.compile(r"r([0-9]+)")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change: the newest version, and the one before the change; they are equal if nothing changed."""

    version: int
    before: int


def save_rules(
    context: Context, scope: Scope, rules: Sequence[Rule], why: str = "", parent: int | None = None
) -> Saved:
    """Save these as all the rules there are; a rule without an id is new.

    Raises BadRequest for what is no rule, Conflict where rules can't hold together that did before, or where `parent`
    is not the newest version.
    """
    return _change(context, scope, lambda _: list(rules), why, parent)


def add_rules(context: Context, scope: Scope, rules: Sequence[Rule], why: str = "") -> Saved:
    """Add rules as new ones; one that is there already, word for word, is left out. Raises as `save_rules` does."""
    new = [replace(rule, id="") for rule in rules]

    def added(there: Sequence[Rule]) -> list[Rule]:
        return [*there, *(rule for rule in new if not any(is_same(one, rule) for one in there))]

    return _change(context, scope, added, why or _listed("Added", rules))


def rules_in(content: str) -> list[Rule] | None:
    """Return the rules of a JSON text; None for a text that is no JSON, which is words. Raises BadRequest."""
    if not content.lstrip().startswith(("{", "[")):
        return None
    try:
        value: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadRequest(reason=f"The JSON can't be read ({error}). Mend it, or write words.") from None
    rules, wrong = read_rules(value)
    if wrong:
        raise BadRequest(reason=" ".join(wrong[:5]))
    return rules


@dataclass(frozen=True, slots=True)
class AddedWords:
    """How words were understood; `saved` is None where something is open, and nothing was saved then."""

    parts: tuple[Part, ...]
    saved: Saved | None

    @property
    def questions(self) -> list[str]:
        """What is open, each once."""
        return list(dict.fromkeys(question for part in self.parts for question in part.questions))


def add_words(context: Context, scope: Scope, text: str, today: date, why: str = "") -> AddedWords:
    """Add the rules that words mean, all or, where something is still to be answered, none of them.

    What is not understood is kept as a note, which is not checked. Raises as `save_rules` does.
    """
    parts = tuple(parse(text, today))
    if not parts:
        raise BadRequest(reason="There are no words. Write a rule such as “No training on Mondays”.")
    if any(part.questions for part in parts):
        return AddedWords(parts, None)
    rules = [part.rule("") or Rule("", "note", part.severity, {}, part.text) for part in parts]
    return AddedWords(parts, add_rules(context, scope, rules, why))


def is_same(one: Rule, other: Rule) -> bool:
    """Return whether two rules say the same; of notes the words are what they say."""
    first, then = (
        replace(read_rule(rule_document(rule)), id="", origin="athlete", text=rule.text if rule.kind == "note" else "")
        for rule in (one, other)
    )
    return first == then


def turn_rules(context: Context, scope: Scope, ids: Sequence[str], *, off: bool) -> Saved:
    """Turn rules off or on. Raises NotFound, Conflict."""

    def turned(there: Sequence[Rule]) -> list[Rule]:
        _must_have(there, ids)
        return [replace(rule, off=off) if rule.id in ids else rule for rule in there]

    return _change(context, scope, turned, f"Turned {'off' if off else 'on'} {', '.join(ids)}.")


def remove_rules(context: Context, scope: Scope, ids: Sequence[str]) -> Saved:
    """Remove rules; versions before still have them. Raises NotFound."""

    def left(there: Sequence[Rule]) -> list[Rule]:
        _must_have(there, ids)
        return [rule for rule in there if rule.id not in ids]

    return _change(context, scope, left, f"Removed {', '.join(ids)}.")


def restore_rules(context: Context, scope: Scope, version: int) -> Saved:
    """Save the rules of a version again, as the newest. Raises NotFound."""
    scope.must("coach: edit")
    with context.database.read() as reader:
        rules = rules_version(reader, scope.athlete_id, version).rules
    return _change(context, scope, lambda _: list(rules), f"Restored version {version}.", may_clash=True)


def _must_have(there: Sequence[Rule], ids: Sequence[str]) -> None:
    known = {rule.id for rule in there}
    for one in ids:
        if one not in known:
            raise NotFound(what="rule", id=one)


def _change(
    context: Context,
    scope: Scope,
    change: Callable[[Sequence[Rule]], list[Rule]],
    why: str,
    parent: int | None = None,
    *,
    may_clash: bool = False,
) -> Saved:
    scope.must("coach: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        newest = rules_version(session, scope.athlete_id)
        if parent is not None and parent != newest.version:
            raise Conflict(reason=f"The rules were changed meanwhile: version {newest.version} is the newest. Load it.")
        rules = [read_rule(rule_document(rule)) for rule in _numbered(session, scope, change(newest.rules))]
        _check(rules)
        if not may_clash:
            _must_hold_together(rules, newest.rules)
        if tuple(rules) == newest.rules:
            return Saved(newest.version, newest.version)
        reason = why.strip()[:LONGEST_TEXT] or "Changed."
        version = put_rules(session, scope, rules, "person", reason, context.clock())
    return Saved(version, newest.version)


def _numbered(reader: Reader, scope: Scope, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules, those without an id with one that no version has."""
    if all(rule.id for rule in rules):
        return list(rules)
    used = {rule.id for version in versions_of_rules(reader, scope.athlete_id) for rule in version.rules}
    used |= {rule.id for rule in rules}
    last = max((int(found.group(1)) for one in used if (found := _NUMBERED.fullmatch(one))), default=0)
    made = []
    for rule in rules:
        if not rule.id:
            last += 1
        made.append(rule if rule.id else replace(rule, id=f"r{last}"))
    return made


def _check(rules: Sequence[Rule]) -> None:
    if len(rules) > MOST:
        raise BadRequest(reason=f"There can be {MOST} rules at most. Remove some first.")
    ids = [rule.id for rule in rules]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise BadRequest(reason=f"Two rules have the id {twice[0]}. Give each its own.")
    wrong = [f"{rule.id} ({rule.kind}): {reason}" for rule in rules for reason in rule_faults(rule)]
    if wrong:
        raise BadRequest(reason=" ".join(wrong[:5]))


def _must_hold_together(rules: Sequence[Rule], before: Sequence[Rule]) -> None:
    """Raise Conflict where rules can't hold together; what could not before either may stay so."""
    known = {one.rules for one in conflicts(before)}
    clashes = [one for one in conflicts(rules) if one.rules not in known]
    if clashes:
        named = ", ".join(clashes[0].rules)
        ways = " Or: ".join(way.text for way in clashes[0].ways)
        raise Conflict(reason=f"These rules can't hold together ({named}): {clashes[0].reason} {ways}")


def _listed(verb: str, rules: Sequence[Rule]) -> str:
    words = "; ".join(rule.text or rule.kind for rule in rules)
    return f"{verb}: {words}."

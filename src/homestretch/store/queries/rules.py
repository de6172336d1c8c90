"""Keeps and reads an athlete's rules, in versions that never change."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, insert, select

from homestretch.errors import NotFound
from homestretch.model.coach.rule import Rule, read_rule, rule_document
from homestretch.model.coach.system_rules import SYSTEM_RULES
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import rule_versions


@dataclass(frozen=True, slots=True)
class StoredRules:
    """A version of an athlete's rules; number 0 is what everybody begins with, and is never kept."""

    version: int
    parent: int | None
    rules: tuple[Rule, ...]
    author: str
    why: str
    account_id: int | None
    created_ms: int | None


FIRST = StoredRules(0, None, SYSTEM_RULES, "system", "What everybody begins with.", None, None)
_COLUMNS = tuple(rule_versions.c[name] for name in StoredRules.__slots__)


def _of(athlete_id: int) -> "Select[tuple[object, ...]]":
    return select(*_COLUMNS).where(rule_versions.c.athlete_id == athlete_id).order_by(rule_versions.c.version.desc())


def _found(reader: Reader, query: "Select[tuple[object, ...]]") -> list[StoredRules]:
    rows = (row._mapping for row in reader.rows(query))
    return [StoredRules(**{**row, "rules": tuple(read_rule(one) for one in row["rules"])}) for row in rows]


def rules_version(reader: Reader, athlete_id: int, version: int | None = None) -> StoredRules:
    """Return a version of the rules, by default the newest. Raises NotFound."""
    if version == 0:
        return FIRST
    query = _of(athlete_id)
    found = _found(reader, (query if version is None else query.where(rule_versions.c.version == version)).limit(1))
    if not found and version is not None:
        raise NotFound(what="version of the rules", id=version)
    return found[0] if found else FIRST


def newest_rules(reader: Reader, athlete_id: int) -> tuple[int, tuple[Rule, ...]]:
    """Return the number of the newest version and its rules, those that are off included."""
    newest = rules_version(reader, athlete_id)
    return newest.version, newest.rules


def rules_at(reader: Reader, athlete_id: int, version: int | None) -> tuple[Rule, ...]:
    """Return the rules of a version; of None those that everybody begins with. Raises NotFound."""
    return rules_version(reader, athlete_id, version or 0).rules


def versions_of_rules(reader: Reader, athlete_id: int) -> list[StoredRules]:
    """Return every version of the rules, the newest first; the last is what everybody begins with."""
    return [*_found(reader, _of(athlete_id)), FIRST]


def put_rules(session: Writer, scope: Scope, rules: Sequence[Rule], author: str, why: str, now: int) -> int:
    """Keep rules as the next version, made from the newest; return its number."""
    newest = session.scalar(
        select(func.max(rule_versions.c.version)).where(rule_versions.c.athlete_id == scope.athlete_id)
    )
    values = {
        "athlete_id": scope.athlete_id,
        "version": int(newest or 0) + 1,
        "parent": int(newest or 0),
        "rules": [rule_document(rule) for rule in rules],
        "author": author,
        "why": why,
        "account_id": scope.account_id,
        "created_ms": now,
    }
    session.run(insert(rule_versions).values(values))
    return int(newest or 0) + 1

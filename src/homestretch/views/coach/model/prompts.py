"""Prompts as pages and commands show them: versions, texts, differences, and test runs."""

from homestretch.coach.writing.context import Action
from homestretch.coach.writing.prompts import BUILT_IN, diff_lines, digest_of, tail
from homestretch.model.documents.coach_model import PromptDiff, PromptRunDocument, PromptText, PromptVersion
from homestretch.model.documents.collections import Listing
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries import prompts as stored


def list_prompts(reader: Reader, action: Action | None = None) -> Listing[PromptVersion]:
    """Return every version of every prompt, each action's built-in one first, of an action or of all."""
    rows = stored.prompts_of(reader, action)
    active = stored.active_ids(reader)
    tested = {run.sha256 for run in stored.runs_of(reader, [row.sha256 for row in rows])}
    items: list[PromptVersion] = []
    for one in [action] if action is not None else list(BUILT_IN):
        mine = [row for row in rows if row.action == one]
        holds_everywhere = any(row.pattern == "*" and row.id in active for row in mine)
        items.append(_built_in(one, "*", active=not holds_everywhere))
        items += [_version(row, active=row.id in active, tested=row.sha256 in tested) for row in mine]
    return {"items": items}


def prompt_text(reader: Reader, action: Action, pattern: str, version: int) -> PromptText:
    """Return a version with its text; 0 is the built-in one. Raises NotFound."""
    if version == 0:
        active = stored.active_prompts(reader, action)
        return {
            **_built_in(action, pattern, active=pattern not in active),
            "text": BUILT_IN[action],
            "tail": tail(action),
        }
    row = stored.find_prompt(reader, action, pattern, version)
    found = _version(row, active=row.id in stored.active_ids(reader), tested=bool(stored.runs_of(reader, [row.sha256])))
    return {**found, "text": row.text, "tail": tail(action)}


def newest_version(reader: Reader, action: Action, pattern: str) -> int:
    """Return the number of the newest version of a pattern; 0 where it has none."""
    return max((row.version for row in stored.prompts_of(reader, action) if row.pattern == pattern), default=0)


def active_version(reader: Reader, action: Action, pattern: str) -> int:
    """Return the number of the version that holds for a pattern; 0 where none of its own does."""
    found = stored.active_prompts(reader, action).get(pattern)
    return 0 if found is None else found.version


def prompt_diff(
    reader: Reader, action: Action, pattern: str, before: int | None = None, after: int | None = None
) -> PromptDiff:
    """Return what changed, by default from the newest version's parent to the newest. Raises NotFound."""
    later = newest_version(reader, action, pattern) if after is None else after
    newer = prompt_text(reader, action, pattern, later)
    earlier = (newer["parent"] or 0) if before is None else before
    older = prompt_text(reader, action, pattern, earlier)
    lines = diff_lines(older["text"], newer["text"])
    return {"action": action, "pattern": pattern, "before": earlier, "after": later, "lines": lines}


def prompt_runs(reader: Reader, action: Action, pattern: str, version: int) -> Listing[PromptRunDocument]:
    """Return the test runs of a version's text, the newest first. Raises NotFound."""
    text = prompt_text(reader, action, pattern, version)
    return {"items": [_run(run) for run in stored.runs_of(reader, [text["sha256"]])]}


def _run(run: stored.PromptRun) -> PromptRunDocument:
    found = run.document
    return {
        "id": str(run.id),
        "model": run.model,
        "sent": found["sent"],
        "answer": found["answer"],
        "faults": found["faults"],
        "tokens_in": found["tokens_in"],
        "tokens_out": found["tokens_out"],
        "usd": found["cost_micros"] / 1_000_000,
        "ms": found["ms"],
    }


def _built_in(action: Action, pattern: str, *, active: bool) -> PromptVersion:
    return {
        "action": action,
        "pattern": pattern,
        "version": 0,
        "parent": None,
        "sha256": digest_of(action, BUILT_IN[action]),
        "note": "Built in.",
        "author": None,
        "at": None,
        "active": active,
        "tested": True,
    }


def _version(row: stored.StoredPrompt, *, active: bool, tested: bool) -> PromptVersion:
    return {
        "action": row.action,
        "pattern": row.pattern,
        "version": row.version,
        "parent": row.parent,
        "sha256": row.sha256,
        "note": row.note,
        "author": row.author,
        "at": iso(row.created_ms),
        "active": active,
        "tested": tested,
    }

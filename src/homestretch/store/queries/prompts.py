"""Keeps and reads prompts of the language model, in versions that never change, which hold, and their test runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import ColumnElement, delete, func, insert, select

from homestretch.errors import NotFound
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import accounts
from homestretch.store.tables.language_model import prompt_active, prompt_runs, prompts


@dataclass(frozen=True, slots=True)
class StoredPrompt:
    """A version of a prompt; `author` is a user name, None for a command on the server."""

    id: int
    action: str
    pattern: str
    version: int
    parent: int
    text: str
    sha256: str
    note: str
    author: str | None
    created_ms: int


class RunDocument(TypedDict):
    """What came of a test run: what was sent and answered (JSON), faults of the answer, and what it took."""

    sent: str
    answer: str
    faults: list[str]
    tokens_in: int
    tokens_out: int
    cost_micros: int
    ms: int


@dataclass(frozen=True, slots=True)
class PromptRun:
    """A test run of a prompt's text."""

    id: int
    action: str
    sha256: str
    model: str
    document: RunDocument
    at_ms: int


_COLUMNS = (
    *(prompts.c[name] for name in StoredPrompt.__slots__ if name != "author"), accounts.c.username.label("author"),
)  # fmt: skip
_FROM = prompts.outerjoin(accounts, accounts.c.id == prompts.c.account_id)


def _found(reader: Reader, *where: ColumnElement[bool]) -> list[StoredPrompt]:
    query = select(*_COLUMNS).select_from(_FROM).where(*where)
    order = (prompts.c.action, prompts.c.pattern, prompts.c.version.desc())
    return [StoredPrompt(**row._mapping) for row in reader.rows(query.order_by(*order))]


def prompts_of(reader: Reader, action: str | None = None) -> list[StoredPrompt]:
    """Return every version of every prompt, of an action or of all: by action, pattern, the newest version first."""
    return _found(reader, *([] if action is None else [prompts.c.action == action]))


def find_prompt(reader: Reader, action: str, pattern: str, version: int) -> StoredPrompt:
    """Return a version. Raises NotFound."""
    mine = (prompts.c.action == action, prompts.c.pattern == pattern, prompts.c.version == version)
    found = _found(reader, *mine)
    if not found:
        raise NotFound(what=f"prompt for {action} and {pattern} with version", id=version)
    return found[0]


def active_prompts(reader: Reader, action: str) -> dict[str, StoredPrompt]:
    """Return the version that holds for each pattern that has one."""
    holding = select(prompt_active.c.prompt_id).where(prompt_active.c.action == action)
    return {one.pattern: one for one in _found(reader, prompts.c.id.in_(holding))}


def active_ids(reader: Reader) -> frozenset[int]:
    """Return the ids of all versions that hold."""
    return frozenset(row.prompt_id for row in reader.rows(select(prompt_active.c.prompt_id)))


def put_prompt(session: Writer, values: Mapping[str, object]) -> int:
    """Keep a prompt as the next version of its action and pattern; return its number."""
    mine = (prompts.c.action == values["action"]) & (prompts.c.pattern == values["pattern"])
    newest = session.scalar(select(func.max(prompts.c.version)).where(mine))
    version = int(newest or 0) + 1
    session.run(insert(prompts).values({**values, "version": version}))
    return version


def activate_prompt(
    session: Writer, action: str, pattern: str, prompt_id: int | None, account_id: int | None, now: int
) -> None:
    """Let a version hold for its action and pattern; None: none, so that a wider pattern's or the built-in one does."""
    mine = (prompt_active.c.action == action) & (prompt_active.c.pattern == pattern)
    session.run(delete(prompt_active).where(mine))
    if prompt_id is not None:
        values = {"action": action, "pattern": pattern, "prompt_id": prompt_id}
        session.run(insert(prompt_active).values(**values, account_id=account_id, since_ms=now))


def put_run(session: Writer, values: Mapping[str, object]) -> int:
    """Keep a test run; return its id."""
    return session.add(insert(prompt_runs).values(**values))


def runs_of(reader: Reader, sha256s: Sequence[str]) -> list[PromptRun]:
    """Return the test runs of texts, the newest first."""
    columns = [prompt_runs.c[name] for name in PromptRun.__slots__]
    query = select(*columns).where(prompt_runs.c.sha256.in_(sha256s)).order_by(prompt_runs.c.id.desc())
    return [PromptRun(**row._mapping) for row in reader.rows(query)]

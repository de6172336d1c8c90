"""Providers as they are described, and the athlete's connections to them as they stand."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from homestretch.model.documents.sources import (
    AskedField,
    Backlog,
    Connection,
    ConnectionState,
    OpenQuestion,
    Quota,
    SourceDescription,
    SourceTerms,
    SyncRun,
)
from homestretch.model.terms import Terms
from homestretch.net.field import Field
from homestretch.sources.base import Source
from homestretch.sources.registry import sources, terms_of
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.today import Stored
from homestretch.store.scope import Scope

DAY_S = 86_400
#: The time of an exchange on top of the pause before it, where no run shows it.
EXCHANGE_S = 0.7
#: A run shows its own pace after so many requests.
TELLING = 20


def available(public_url: str | None = None) -> list[SourceDescription]:
    """Return every provider's description, by name; addresses to come back to are at `public_url`, if there is one."""
    home = (public_url or "").rstrip("/")
    return [_described(source, home) for source in sorted(sources().values(), key=lambda source: source.name)]


def _described(source: Source, home: str) -> SourceDescription:
    return {
        "key": source.key,
        "name": source.name,
        "note": source.note,
        "home": source.home,
        "schedule": source.schedule,
        "auth_methods": [
            {
                "key": one.key,
                "title": one.title,
                "help": one.help,
                "fields": [_field(each, home) for each in one.fields],
                "steps": [{"text": step.text, "copy": step.copy} for step in one.steps],
            }
            for one in source.auth_methods
        ],
        "settings": [_field(field) for field in source.settings],
        "kinds": [{"key": kind.key, "title": kind.title, "span": kind.span} for kind in source.kinds],
        "terms": _terms(source.terms),
        "messages": "messages" in source.writes,
    }


def _terms(terms: Terms) -> SourceTerms:
    return {
        "may_link": terms.may_link,
        "may_show": terms.may_show,
        "may_share": terms.may_share,
        "may_compare": terms.may_compare,
        "may_blend": terms.may_blend,
        "may_export": terms.may_export,
        "may_llm": terms.may_llm,
        "keep_days": terms.keep_days,
    }


def _field(field: Field, home: str = "") -> AskedField:
    """Return a field of a form; an address to come back to begins at `home`."""
    return {
        "key": field.key,
        "title": field.title,
        "kind": field.kind,
        "help": field.help,
        "default": f"{home}{field.default}" if home and field.kind == "callback" else field.default,
        "required": field.required,
        "choices": [{"value": value, "title": title} for value, title in field.choices],
        "least": field.least,
        "most": field.most,
        "variable": field.variable,
        "aliases": list(field.aliases),
    }


def connection_list(reader: Reader, scope: Scope, now: int) -> list[Connection]:
    """Return the athlete's connections as they stand, the oldest first; who may only look is shown none."""
    if not scope.may("sources: read"):
        return []
    return [_connection(reader, row, now) for row in stored.of_athlete(reader, scope.athlete_id)]


def connection_states(reader: Reader, scope: Scope, now: int) -> list[tuple[Stored, ConnectionState]]:
    """Return the athlete's connections (their rows), each with its state but for a run; none for who may only look."""
    if not scope.may("sources: read"):
        return []
    rows = stored.of_athlete(reader, scope.athlete_id)
    return [(row, _state(row, _question(row, now) is not None, False, now)) for row in rows]


def standing_mark(reader: Reader, scope: Scope) -> str:
    """Return something that is another after every change of how the athlete's connections stand."""
    rows = stored.of_athlete(reader, scope.athlete_id)
    opened = [stored.open_run(reader, row.id) for row in rows]
    return repr([tuple(row) for row in (*rows, *opened) if row is not None])


def connection(reader: Reader, scope: Scope, public_id: str, now: int) -> Connection:
    """Return a connection as it stands. Raises NotFound."""
    return _connection(reader, stored.find(reader, scope, public_id), now)


def _connection(reader: Reader, row: Row[Any], now: int) -> Connection:
    source = sources()[row.source]
    opened, last = stored.open_run(reader, row.id), stored.last_run(reader, row.id)
    question = _question(row, now)
    state = _state(row, question is not None, opened is not None, now)
    backlog = _backlog(reader, row, source, opened, now)
    left = backlog["wanted"] if opened is not None and opened.listed else None
    settings = {field.key: row.settings.get(field.key, field.default) for field in source.settings}
    return {
        "id": row.public_id,
        "source": row.source,
        "name": source.name,
        "label": row.label,
        "state": state,
        "reason": _reason(row, state, question is not None),
        "retry_at_ms": _rest(row, now),
        "question": question,
        "schedule": row.schedule,
        "least_ms": source.least_ms(row.remote_account),
        "next_ms": row.next_ms if row.schedule else None,
        "good_ms": row.good_ms,
        "paused": row.paused,
        "settings": settings,
        "run": _run(opened, left),
        "last": _run(last, 0),
        "requests_today": _spent(row, DAY_S, now),
        "quota": _quota(row, source, settings, now),
        "backlog": backlog,
        "lacks": _lacks(row.remote_account, source),
        "created_ms": row.created_ms,
    }


def _lacks(remote_account: Mapping[str, list[str]] | None, source: Source) -> list[str]:
    """Return the titles of the kinds of data that the person did not allow at the provider."""
    lacks = (remote_account or {}).get("lacks", [])
    return [kind.title for kind in source.kinds if kind.key in lacks and not kind.optional]


def _question(row: Row[Any], now: int) -> OpenQuestion | None:
    if row.state != "question" or row.question is None:
        return None
    asked = json.loads(row.question)
    if now - asked["at_ms"] > stored.QUESTION_MS:
        return None
    return {"text": asked["text"], "fields": [_field(Field(**field)) for field in asked["fields"]]}


def _state(row: Row[Any], asked: bool, running: bool, now: int) -> ConnectionState:
    if asked:
        return "question"
    if sources()[row.source].auth != "push" and (row.secret is None or row.state in ("sign_in", "question")):
        return "sign_in"
    if row.paused:
        return "paused"
    if row.state == "backed_off" and _rest(row, now):
        return "backed_off"
    return "running" if running else "ready"


def _reason(row: Row[Any], state: str, asked: bool) -> str | None:
    if state == "sign_in" and row.state == "question" and not asked:
        return "The code was not entered in time; sign in again."
    shown: str | None = row.reason if state in ("sign_in", "backed_off", "question") else None
    return shown


def _rest(row: Row[Any], now: int) -> int | None:
    return row.retry_at_ms if row.retry_at_ms is not None and row.retry_at_ms > now else None


def _run(row: Row[Any] | None, left: int | None) -> SyncRun | None:
    if row is None:
        return None
    return {
        "id": str(row.id),
        "reason": row.reason,
        "state": row.state,
        "requests": row.requests,
        "fetched": row.fetched,
        "empty": row.empty,
        "failed": row.failed,
        "left": left,
        "asked_ms": row.asked_ms,
        "began_ms": row.began_ms,
        "ended_ms": row.ended_ms,
        "note": row.note,
    }


def _spent(row: Row[Any], seconds: int, now: int) -> int:
    window, calls = row.quota_used.get(str(seconds), (0, 0))
    return int(calls) if window == now // 1000 // seconds else 0


def _quota(row: Row[Any], source: Source, settings: dict[str, Any], now: int) -> list[Quota]:
    windows = dict(source.limits.windows)
    if settings.get("per_day"):
        windows[DAY_S] = int(settings["per_day"])
    return [{"seconds": s, "most": most, "quota_used": _spent(row, s, now)} for s, most in sorted(windows.items())]


def _backlog(reader: Reader, row: Row[Any], source: Source, run: Row[Any] | None, now: int) -> Backlog:
    counts = stored.counts(reader, row.id, terms_of(row.source))
    given = row.settings.get("pause_s")
    pause = source.limits.pause_s if given is None else float(given)
    pace = pause + EXCHANGE_S
    if run is not None and run.began_ms and run.requests >= TELLING:
        pace = (now - run.began_ms) / 1000 / run.requests
    eta = counts["wanted"] * pace if counts["wanted"] and run is not None else None
    return {**counts, "eta_s": eta}

"""Accounts at providers: signed in to in one step or two, set up, paused, disconnected."""

import contextlib
import dataclasses
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.leases import Occupied
from homestretch.flow.runtime.schedule import athlete_zone, next_times
from homestretch.flow.runtime.secret_store import KeyMissing, StoredSecret, keys
from homestretch.flow.runtime.server_paths import must_be_open
from homestretch.flow.sync.answers import checked, effective, given
from homestretch.flow.sync.provider_terms import revoke
from homestretch.flow.sync.runs import log_event, open_run, stop_run
from homestretch.net.budget import Question, RateLimited, RateLimitedClient, UnexpectedResponse, Unreachable
from homestretch.net.field import Field
from homestretch.net.secret import Secret
from homestretch.sources.base import RemoteAccount, Source
from homestretch.sources.registry import allows, sources
from homestretch.store.database import Writer
from homestretch.store.queries import connections as stored
from homestretch.store.queries.connections import QUESTION_MS
from homestretch.store.queries.demos import must_be_no_demo
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state

log = logging.getLogger(__name__)


class OtherAccount(Conflict):
    """You signed in as {label}, but this connection belongs to {known}. Connect {label} as a new source."""


class UnsavedSecret:
    """A secret that is not stored yet (see `net.secret.SecretStore`)."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret

    def read(self) -> Secret:
        """Return it."""
        return self.secret

    def renew(self, renewed: Callable[[Secret], Secret]) -> Secret:
        """Renew it in place."""
        self.secret = renewed(self.secret)
        return self.secret


def source_of(key: str) -> Source:
    """Return a provider's description. Raises NotFound."""
    found = sources().get(key)
    if found is None:
        raise NotFound(what="source", id=key)
    return found


def calls_of(context: Context, source: Source, **more: Any) -> RateLimitedClient:
    """Return what makes calls to a provider."""
    return RateLimitedClient(source.name, source.limits, base=context.settings.provider_urls.get(source.key), **more)


def person_of(row: Any) -> RemoteAccount:
    """Return the provider's account, as the connection's row has it."""
    return RemoteAccount(**row.remote_account) if row.remote_account else RemoteAccount("")


def sign_in(
    context: Context, scope: Scope, key: str, method: str, answers: Mapping[str, str], connection: str | None = None
) -> str:
    """Sign in to a provider and return the connection's public id; a question may be open then (see `answer`).

    With `connection`, that one is signed in to again. Raises WrongCredentials, Blocked, Unreachable, OtherAccount, and
    Conflict for a demo athlete.
    """
    scope.must("sources: set")
    with context.database.read() as reader:
        must_be_no_demo(reader, scope.athlete_id)
    source = source_of(key)
    asked = next((one for one in source.auth_methods if one.key == method), None)
    if asked is None:
        raise BadRequest(reason=f"{source.name} has no sign-in method {method}.")
    calls = calls_of(context, source, pause_s=0.0)
    known = {} if connection is None else _stored_answers(context, scope, connection, asked.fields)
    said = given(
        asked.fields, known | {key: value for key, value in answers.items() if value}, context.settings.address
    )
    must_be_open(context, scope, asked.fields, said)
    try:
        secret = source.sign_in(calls).begin(method, said)
    except Question as question:
        return _ask(context, scope, source, connection, question)
    return _signed_in(context, scope, source, secret, connection)


def _stored_answers(context: Context, scope: Scope, connection: str, fields: Sequence[Field]) -> dict[str, str]:
    """Return the answers that a connection's sign-in holds, so that they need not be given again."""
    with context.database.read() as reader:
        row = stored.find(reader, scope, connection)
    if row.secret is None:
        return {}
    try:
        secret = StoredSecret(context, row.id).read()
    except KeyMissing:
        return {}
    return {field.key: str(secret[field.key]) for field in fields if secret.get(field.key)}


def answer(context: Context, scope: Scope, connection: str, answers: Mapping[str, str]) -> str:
    """Answer the open question and return the connection's public id. Raises WrongCode (and may be tried again)."""
    scope.must("sources: set")
    with context.database.read() as reader:
        row = stored.find(reader, scope, connection)
    if row.question is None:
        raise Conflict(reason="This sign-in has expired. Sign in again.")
    question = json.loads(row.question)
    if context.clock() - question["at_ms"] > QUESTION_MS:
        raise Conflict(reason="The code has expired. Sign in again to get a new one.")
    source = source_of(row.source)
    state = json.loads(keys(context.settings).open(question["state"]))
    try:
        secret = source.sign_in(calls_of(context, source, pause_s=0.0)).resume(state, dict(answers))
    except Question as another:
        return _ask(context, scope, source, connection, another)
    return _signed_in(context, scope, source, secret, connection)


def _ask(context: Context, scope: Scope, source: Source, connection: str | None, question: Question) -> str:
    """Keep an open question, so that it survives a restart; what it goes on from is as secret as a password."""
    fields = [dataclasses.asdict(one) for one in question.fields]
    sealed = keys(context.settings).seal(json.dumps(dict(question.state)))
    whole = {"text": question.text, "fields": fields, "state": sealed, "at_ms": context.clock()}
    with context.database.write() as session:
        if connection is None:
            name, number = add_connection(context, session, scope, source)
        else:
            row = stored.find(session, scope, connection)
            name, number = row.public_id, row.id
        asked = {"state": "question", "reason": question.text, "question": json.dumps(whole)}
        session.run(update(connection_state).where(connection_state.c.connection_id == number).values(asked))
    return name


def _signed_in(context: Context, scope: Scope, source: Source, secret: Secret, connection: str | None) -> str:
    """Store a secret where it belongs: with the connection named, or that of the same account, or a new one."""
    held = UnsavedSecret(secret)
    try:
        remote_account: RemoteAccount | None = source.client(
            held, RemoteAccount(""), calls_of(context, source, pause_s=0.0)
        ).remote_account()
    except (RateLimited, Unreachable, UnexpectedResponse):
        remote_account = None  # the first sync asks again; the sign-in is not to be lost for that
    sealed = keys(context.settings).seal(json.dumps(held.secret))
    now = context.clock()
    with context.database.write() as session:
        row = None if connection is None else stored.find(session, scope, connection)
        same = None if remote_account is None else _same_account(session, scope, source, remote_account)
        if (
            row is not None
            and row.remote_account
            and remote_account
            and row.remote_account["key"] != remote_account.key
        ):
            raise OtherAccount(label=remote_account.label, known=row.label)
        if row is not None and same is not None and same.id != row.id:
            _drop_unused(session, row)
            row = same
        row = row or same
        if row is None:
            name, number = add_connection(context, session, scope, source, remote_account)
        else:
            name, number = row.public_id, row.id
        known = (
            {}
            if remote_account is None
            else {"remote_account": dataclasses.asdict(remote_account), "label": remote_account.label}
        )
        changed = {"secret": sealed, "secret_revision": connections.c.secret_revision + 1, "removed_ms": None, **known}
        session.run(update(connections).where(connections.c.id == number).values(changed))
        fresh = {"state": "ready", "reason": None, "question": None, "retry_at_ms": None, "refusals": 0}
        session.run(
            update(connection_state).where(connection_state.c.connection_id == number).values({**fresh, "next_ms": now})
        )
        log_event(session, number, now, "info", "signed_in", {"label": known.get("label", source.name)})
        reason = "first" if row is None or not row.good_ms else "hand"
        open_run(session, number, now, reason, {"signed_in": True})
    return name


def add_connection(
    context: Context, session: Writer, scope: Scope, source: Source, remote_account: RemoteAccount | None = None
) -> tuple[str, int]:
    """Add a connection that has no sign-in yet; return its public id and its number."""
    name = public_id()
    row = {
        "public_id": name,
        "athlete_id": scope.athlete_id,
        "source": source.key,
        "label": source.name,
        "remote_account": {},
        "settings": {},
        "secret": None,
        "secret_revision": 0,
        "schedule": source.first_schedule(remote_account),
        "paused": False,
        "created_ms": context.clock(),
    }
    number = session.add(insert(connections).values(row))
    session.run(insert(connection_state).values(connection_id=number, state="question", refusals=0, quota_used={}))
    return name, number


def _same_account(session: Writer, scope: Scope, source: Source, remote_account: RemoteAccount) -> Any:
    """Return the athlete's connection to this account, removed ones too: what it has is not fetched twice."""
    mine = (connections.c.athlete_id == scope.athlete_id) & (connections.c.source == source.key)
    query = select(connections, connection_state.c.good_ms).join(
        connection_state, connection_state.c.connection_id == connections.c.id
    )
    rows = session.rows(query.where(mine).order_by(connections.c.id))
    return next((row for row in rows if row.remote_account and row.remote_account["key"] == remote_account.key), None)


def give_up(context: Context, scope: Scope, connection: str) -> None:
    """Drop an unfinished sign-in; a connection that was made only for it goes too."""
    scope.must("sources: set")
    with context.database.write() as session:
        row = stored.find(session, scope, connection)
        _drop_unused(session, row)
        if row.secret is not None or row.remote_account:
            over = {"state": "sign_in" if row.secret is None else "ready", "reason": None, "question": None}
            session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(over))


def _drop_unused(session: Writer, row: Any) -> None:
    """Drop a connection that was only made to hold a question."""
    if row.secret is None and not row.remote_account:
        session.run(delete(connections).where(connections.c.id == row.id))


def change(
    context: Context,
    scope: Scope,
    connection: str,
    *,
    settings: Mapping[str, Any] | None = None,
    schedule: str | None = None,
    by_hand: bool = False,
    paused: bool | None = None,
) -> None:
    """Change settings, schedule (`by_hand`: none) or pause. Raises BadRequest, BadSchedule."""
    scope.must("sources: set")
    now = context.clock()
    with context.database.write() as session:
        row = stored.find(session, scope, connection)
        changed: dict[str, Any] = {}
        if settings is not None:
            fields = source_of(row.source).settings
            said = checked(fields, settings)
            must_be_open(context, scope, fields, said, row.settings)
            changed["settings"] = {**row.settings, **said}
            if source_of(row.source).auth == "folder":  # new settings may fix what was wrong, so there is no waiting
                rested = {"retry_at_ms": None, "refusals": 0}
                session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(rested))
        if paused is not None:
            changed["paused"] = paused
        if schedule is not None or by_hand:
            zone = athlete_zone(session, scope.athlete_id)
            least = source_of(row.source).least_ms(row.remote_account)
            due = None if schedule is None else next_times(schedule, zone, now, 1, least)[0]
            changed["schedule"] = schedule
            session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(next_ms=due))
        if changed:
            session.run(update(connections).where(connections.c.id == row.id).values(changed))


def names_place(context: Context, scope: Scope, connection: str, settings: Mapping[str, Any]) -> bool:
    """Return whether settings of a connection name a place on the server. Raises NotFound."""
    with context.database.read() as reader:
        fields = source_of(stored.find(reader, scope, connection).source).settings
    return any(one.kind == "path" and settings.get(one.key) for one in fields)


def zone_of(session: Any, row: Any) -> str | None:
    """Return the zone of a connection's days: the account's own, else the athlete's."""
    return (row.remote_account or {}).get("zone") or athlete_zone(session, row.athlete_id)


def settings_of(row: Any) -> dict[str, Any]:
    """Return a connection's settings, with defaults where nothing was set."""
    return effective(source_of(row.source).settings, row.settings)


def disconnect(context: Context, scope: Scope, connection: str, *, purge: bool = False) -> None:
    """Forget the sign-in and what is only cached.

    With `purge` delete also what came by this connection alone, or let a job do that soon. What was allowed
    at the provider is revoked last, so that nothing of ours waits for it.
    """
    scope.must("sources: set")
    with context.database.read() as reader:
        row = stored.find(reader, scope, connection)
    secret = _revocable(context, row.id)
    now = context.clock()
    with context.database.write() as session:
        gone = {"secret": None, "secret_revision": connections.c.secret_revision + 1, "removed_ms": now}
        session.run(update(connections).where(connections.c.id == row.id).values(gone))
        state = "purging" if purge else "sign_in"
        rest = {"state": state, "reason": None, "question": None, "next_ms": None, "retry_at_ms": None}
        session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(rest))
        stop_run(session, row.id, now)
        if not allows(row.source, "keep"):
            revoke(session, row.id)
    if not allows(row.source, "keep"):
        context.database.leave_no_trace()
    if purge:
        from homestretch.flow.sync.purge import purge_connection

        with contextlib.suppress(Occupied):
            purge_connection(context, scope.athlete_id, row.id)
    _revoke(context, row.source, secret)


def revoke_all(context: Context, athlete_id: int) -> None:
    """Revoke at every provider what an athlete allowed us there, as far as that can be done."""
    with context.database.read() as reader:
        found = stored.signed_in(reader, connections.c.athlete_id == athlete_id)
    for one in found:
        _revoke(context, one.source, _revocable(context, one.id))


def _revocable(context: Context, connection_id: int) -> Secret | None:
    """Return the secret of what can be revoked at the provider and no other connection needs, or None.

    A provider knows one consent of a person to an application: revoking one ends all that stand on it.
    """
    with context.database.read() as reader:
        mine = next(iter(stored.signed_in(reader, connections.c.id == connection_id)), None)
        source = None if mine is None else sources().get(mine.source)
        if mine is None or source is None or not source.revokes:
            return None
        others = stored.signed_in(reader, connections.c.source == mine.source, connections.c.id != mine.id)
    same = [one.id for one in others if one.account == mine.account or not (one.account and mine.account)]
    try:
        secret = StoredSecret(context, mine.id).read()
        clients = {StoredSecret(context, one).read().get("client_id") for one in same}
    except KeyMissing:
        return None
    return None if secret.get("client_id") in clients else secret


def _revoke(context: Context, key: str, secret: Secret | None) -> None:
    """Revoke at a provider what a secret stands for, in one short try; what goes wrong is logged and stops nothing."""
    if secret is None:
        return
    source = source_of(key)
    try:
        source.revoke(calls_of(context, source, pause_s=0.0), secret)
    except HomestretchError as error:
        log.warning("access was not revoked at the provider", extra={"source": key, "reason": str(error)})
    else:
        log.info("access revoked at the provider", extra={"source": key})

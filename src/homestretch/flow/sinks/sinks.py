"""Sinks of an athlete: added, changed, paused, removed. Passwords are kept encrypted."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homestretch.errors import BadRequest, Conflict, unknown
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.notifications import withdraw
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import must_reach
from homestretch.model.documents.sinks import NewSinkMade
from homestretch.model.health.kinds import KINDS
from homestretch.net.field import Field
from homestretch.sinks import sinks
from homestretch.sinks.base import PASSWORD, Sink
from homestretch.store.database import Reader
from homestretch.store.queries import sinks as stored
from homestretch.store.queries.sinks import athlete_name
from homestretch.store.scope import Scope

SCHEMES = ("http://", "https://", "mqtt://", "mqtts://")


@dataclass(frozen=True, slots=True)
class NewSink:
    """A sink to add: its description's key, settings by key, and `kinds` (None: all that are not private).

    `user` is what the data is labelled with, by default the athlete's name.
    """

    sink: str
    settings: Mapping[str, str]
    password: str | None = None
    kinds: Sequence[str] | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class SinkChange:
    """What changes of a sink: None stays as it is; `all_kinds` goes back to all that are not private."""

    settings: Mapping[str, str] | None = None
    password: str | None = None
    kinds: Sequence[str] | None = None
    all_kinds: bool = False
    paused: bool | None = None


def add(context: Context, scope: Scope, new: NewSink) -> NewSinkMade:
    """Add a sink; what there is goes out with the next push.

    Raises BadRequest, Conflict, PrivateAddress, ReservedAddress.
    """
    scope.must("sinks: set")
    sink = sinks().get(new.sink)
    if sink is None:
        raise unknown("sink", new.sink, sinks())
    settings = checked(sink, new.settings)
    by_admin = must_reach(context, scope, settings)
    made = public_id()
    token = f"hs_{secrets.token_urlsafe(32)}" if sink.open is None else None
    with context.database.write() as session:
        user = new.user or athlete_name(session, scope.athlete_id)
        _must_not_clash(session, scope, sink, settings, user)
        stored.add_sink(
            session,
            {
                "public_id": made,
                "athlete_id": scope.athlete_id,
                "sink": sink.key,
                "user_label": user,
                "settings": settings,
                "kinds": _kinds(new.kinds),
                "secret": _sealed(context, new.password),
                "token_hash": None if token is None else digest(token),
                "paused": False,
                "by_admin": by_admin,
                "created_ms": context.clock(),
            },
        )
    return {"id": made, "sink": sink.key, "token": token}


def change(context: Context, scope: Scope, name: str, asked: SinkChange) -> None:
    """Change a sink; with other settings or kinds everything is compared again.

    Raises NotFound, BadRequest, PrivateAddress, ReservedAddress.
    """
    scope.must("sinks: set")
    by_admin = must_reach(context, scope, asked.settings or {})
    with context.database.write() as session:
        row = stored.find_sink(session, scope, name)
        values: dict[str, Any] = {}
        if asked.settings is not None:
            values["settings"] = checked(sinks()[row.sink], {**row.settings, **asked.settings})
            if values["settings"].get("url") != row.settings.get("url"):
                values["by_admin"] = by_admin
        if asked.password is not None:
            values["secret"] = _sealed(context, asked.password)
        if asked.kinds is not None or asked.all_kinds:
            values["kinds"] = None if asked.all_kinds else _kinds(asked.kinds)
        if asked.paused is not None:
            values["paused"] = asked.paused
        if values:
            stored.change_sink(session, row.id, values)


def remove(context: Context, scope: Scope, name: str) -> None:
    """Remove a sink; what was sent stays where it is. Raises NotFound."""
    scope.must("sinks: set")
    with context.database.write() as session:
        row = stored.find_sink(session, scope, name)
        gone = {"removed_ms": context.clock(), "secret": None, "token_hash": None}
        stored.change_sink(session, row.id, gone)
        withdraw(session, scope.athlete_id, stored.STOPPED_NOTICE, row.public_id)


def push_soon(context: Context, scope: Scope, name: str) -> None:
    """Let the next run of the job compare everything again, also where the sink was stopped. Raises NotFound."""
    scope.must("sinks: set")
    with context.database.write() as session:
        row = stored.find_sink(session, scope, name)
        again = {"state": stored.READY, "reason": None, "retry_at_ms": None, "failures": 0, "basis": None}
        stored.set_state(session, row.id, again)


def checked(sink: Sink, given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a sink that differ from their defaults. Raises BadRequest."""
    fields = {field.key: field for field in sink.fields if field.key != PASSWORD.key}
    for key in given:
        if key not in fields:
            raise unknown(f"setting of {sink.name}", key, fields)
    settings = {key: _checked(fields[key], text.strip()) for key, text in given.items() if text.strip()}
    for field in fields.values():
        if field.required and field.key not in settings:
            raise BadRequest(reason=f"{sink.name} needs a setting: {field.key} ({field.title}).")
    return settings


def _checked(field: Field, text: str) -> str:
    if field.choices and text not in dict(field.choices):
        raise unknown(field.key, text, dict(field.choices))
    if field.kind == "switch" and text not in ("true", "false"):
        raise BadRequest(reason=f"{field.key} is true or false.")
    if field.key == "url" and not text.startswith(SCHEMES):
        raise BadRequest(reason=f"{field.key} begins with one of {', '.join(SCHEMES)}.")
    return text


def _kinds(chosen: Sequence[str] | None) -> list[str] | None:
    for key in chosen or ():
        if key not in KINDS:
            raise unknown("kind", key, KINDS)
    return None if chosen is None else list(chosen)


def _sealed(context: Context, password: str | None) -> str | None:
    return keys(context.settings).seal(password) if password else None


def _must_not_clash(reader: Reader, scope: Scope, sink: Sink, settings: Mapping[str, str], user: str) -> None:
    """Raise Conflict where another athlete's data has the same label at the same address."""
    for row in stored.sinks_of(reader):
        same = (row.sink, row.user_label, row.settings.get("url")) == (sink.key, user, settings.get("url"))
        if same and row.athlete_id != scope.athlete_id and "url" in settings:
            raise Conflict(reason=f"Another athlete's data goes there as {user}. Choose another label with --label.")


def digest(token: str) -> str:
    """Return what is kept of a token that opens /metrics/health."""
    return hashlib.sha256(token.encode()).hexdigest()

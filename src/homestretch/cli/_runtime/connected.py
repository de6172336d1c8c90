"""Finds the connections for a command, signs in where needed, and follows syncs."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.errors import BadRequest, Conflict, HomestretchError
from homestretch.model.documents.sources import AskedField, Connection, OpenQuestion
from homestretch.settings import secret_file

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.store.scope import Scope

LOOK_S = 0.3
#: A command waits for a rest of this length itself.
PATIENCE_S = 20.0
SLICE_S = 2.0
#: What a command that could not go on exits with, by the code of what stopped it.
EXITS = {"sign-in-again": 3, "key-missing": 3, "rate-limited": 4, "quota-exhausted": 4, "unreachable": 5}


class NotConnected(HomestretchError):
    """No source is connected. Connect one, for example with `homestretch connect garmin`."""

    exit_code = 3


def source_key(name: str) -> str:
    """Return the key of a source as it is written on a command line: `google-health` is `google_health`."""
    return name.lower().replace("-", "_")


def chosen(app: "App", scope: "Scope", name: str | None) -> list[Connection]:
    """Return the connections meant: by source, id or label; without a name all. Raises NotConnected, BadRequest."""
    from homestretch.views.sources.sources import connection_list

    with app.database.read() as reader:
        found = connection_list(reader, scope, app.context.clock())
    if name is None:
        return found
    words = (name.lower(), source_key(name))
    mine = [one for one in found if not {one["source"], one["id"], one["label"].lower()}.isdisjoint(words)]
    if not mine and found:
        raise BadRequest(reason=f"Unknown source {name}. Use one of {', '.join(sorted(o['id'] for o in found))}.")
    return mine


def connected(app: "App", scope: "Scope", name: str | None) -> list[Connection]:
    """Return the same; without any, sign in with what the environment or `.env` holds."""
    from homestretch.views.sources.sources import available

    found = chosen(app, scope, name)
    if found:
        return found
    for source in (source for source in available() if source["auth_methods"]):
        method = source["auth_methods"][0]
        answers = variables(method["fields"])
        if answers and (name is None or source_key(name) == source["key"]):
            sign_in(app, scope, source["key"], method["key"], answers)
            return chosen(app, scope, source["key"])
    raise NotConnected


def variables(fields: Sequence[AskedField]) -> dict[str, str]:
    """Return the answers that the environment, `.env` or /run/secrets has, if it has all that are required."""
    given = known_answers(fields)
    return given if all(one["key"] in given for one in fields if one["required"]) else {}


def environment() -> dict[str, str | None]:
    """Return the environment, and what `.env` adds to it."""
    from dotenv import dotenv_values

    return {**dotenv_values(".env"), **os.environ}


def known_answers(fields: Sequence[AskedField]) -> dict[str, str]:
    """Return the answers that the environment, `.env` or /run/secrets has.

    A variable of a program that Homestretch takes over from is read with a notice.
    """
    kept, found = environment(), dict[str, str]()
    for field in fields:
        names = [name for name in (field["variable"], *field["aliases"]) if name]
        name = next((name for name in names if kept.get(name) or secret_file(name)), None)
        if name is None:
            continue
        found[field["key"]] = kept.get(name) or secret_file(name) or ""
        if name != names[0]:
            print(f"homestretch: {name} is used as {names[0]}. Rename it when you can.", file=sys.stderr)
    return found


def sign_in(
    app: "App",
    scope: "Scope",
    key: str,
    method: str,
    answers: Mapping[str, str],
    connection: str | None = None,
    listen: str | None = None,
) -> str:
    """Sign in, asking on the terminal for what the provider asks for; return the connection's id.

    With `listen` (`host:port`) wait there for the address that a browser comes back to.
    """
    from homestretch.flow.sync import connections as flow
    from homestretch.views.sources.sources import connection as whole

    made = flow.sign_in(app.context, scope, key, method, answers, connection)
    while True:
        with app.database.read() as reader:
            now = whole(reader, scope, made, app.context.clock())
        question = now["question"]
        if question is None:
            print(f"Signed in to {now['name']} as {now['label']}.", file=sys.stderr)
            return made
        print(question["text"], file=sys.stderr)
        try:
            said = _answers(question, listen)
            made = flow.answer(app.context, scope, made, said)
        except HomestretchError as error:
            if error.code != "wrong-code":
                if listen is not None:  # the question can't be answered anywhere else
                    flow.give_up(app.context, scope, made)
                raise
            print(f"homestretch: {error}", file=sys.stderr)
        except (KeyboardInterrupt, EOFError, typer.Abort):
            flow.give_up(app.context, scope, made)
            raise


def _answers(question: OpenQuestion, listen: str | None) -> dict[str, str]:
    from homestretch.cli._runtime.callback import wait_for_callback

    fields = question["fields"]
    if listen is not None and [field["key"] for field in fields] == ["redirect"]:
        sent = parse_qs(urlsplit(next(word for word in question["text"].split() if "state=" in word)).query)
        return {"redirect": wait_for_callback(listen, sent["state"][0])}
    if not sys.stdin.isatty():
        raise Conflict(reason="This needs your answer. Run it in a terminal, or answer on the Sources page.")
    return {field["key"]: typer.prompt(field["title"], err=True) for field in fields}


def follow(
    app: "App", scope: "Scope", ids: Sequence[str], beside: "Beside", *, quiet: bool, title: str = "Syncing"
) -> int:
    """Sync, or follow the server that does, until every run has ended; return the exit code."""
    code = 0
    for connection in ids:
        code = max(code, _follow_one(app, scope, connection, beside, quiet=quiet, title=title))
    if not beside:
        _catch_up(app, scope)
    return code


def follow_month(
    app: "App", scope: "Scope", ids: Sequence[str], beside: "Beside", first: date, *, refetch: bool, quiet: bool
) -> int:
    """Sync a month, with `refetch` also what is already here; return the exit code."""
    from homestretch.flow.sync.runs import refetch_days, sync_now
    from homestretch.views.page.calendar import month_end

    since, until = first.isoformat(), month_end(first).isoformat()
    for one in ids:
        if refetch:
            refetch_days(app.context, scope, one, since, until)
        else:
            sync_now(app.context, scope, one, since=since, until=until)
    return follow(app, scope, ids, beside, quiet=quiet)


def _follow_one(app: "App", scope: "Scope", connection: str, beside: "Beside", *, quiet: bool, title: str) -> int:
    from homestretch.flow.sync.sync import sync_named
    from homestretch.views.sources.sources import connection as whole

    with bar(title, quiet=quiet) as shown:
        while True:
            with app.database.read() as reader:
                now = whole(reader, scope, connection, app.context.clock())
            run = now["run"]
            if run is None:
                return _ended(now)
            done = run["fetched"] + run["empty"] + run["failed"]
            shown(done, 0 if run["left"] is None else done + run["left"])
            rest = (now["retry_at_ms"] or 0) - app.context.clock()
            if now["state"] == "backed_off" and rest > 1000 * PATIENCE_S:
                return _resting(app, scope, now)
            if beside:
                time.sleep(LOOK_S)
            elif rest > 0:
                time.sleep(min(rest / 1000, LOOK_S))
            else:
                sync_named(app.context, scope, connection, SLICE_S)


def _ended(now: Connection) -> int:
    last = now["last"]
    if now["state"] == "sign_in":
        print(f"homestretch: {now['name']}: {now['reason']}", file=sys.stderr)
        return 3
    return 1 if last is None or last["failed"] or last["state"] == "failed" else 0


def _resting(app: "App", scope: "Scope", now: Connection) -> int:
    """Print why it waits and until when."""
    from homestretch.model.moment import iso
    from homestretch.views.sources.sync_log import last_code

    print(f"homestretch: {now['reason']} Next try after {iso(now['retry_at_ms'])}.", file=sys.stderr)
    with app.database.read() as reader:
        return EXITS.get(last_code(reader, scope, now["id"]) or "", 1)


def _catch_up(app: "App", scope: "Scope") -> None:
    """Derive what came, as a server's jobs would."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.derive_pending import derive_pending
    from homestretch.flow.derive.rederive import rederive

    with Decoders(app.settings) as decoders:
        rederive(app.context, scope.athlete_id, decoders, wait_s=PATIENCE_S)
        derive_pending(app.context, scope.athlete_id, decoders)

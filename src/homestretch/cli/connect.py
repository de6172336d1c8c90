"""`homestretch connect`: signs in to a source."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, opened
from homestretch.errors import BadRequest
from homestretch.model.documents.sources import AskedField, AuthMethod, SourceDescription

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.store.scope import Scope

#: Where a browser comes back to with `--authorize`: providers that take no address of a local network take this.
HERE = "localhost:8080"
log = logging.getLogger("homestretch.connect")
_ANYWHERE = ("", "0.0.0.0", "::", "127.0.0.1", "::1")  # noqa: S104
Source = Annotated[str | None, typer.Argument(help="Source, such as garmin. Leave out to list all.")]
Method = Annotated[str | None, typer.Option(help="Sign-in method (if the source has several).")]
With = Annotated[
    list[str] | None, typer.Option("--with", help=("Value of a field, as field=value. field=@file reads a file."))
]
Listen = Annotated[
    str | None, typer.Option(help="host:port where the browser returns after sign-in, such as 0.0.0.0:8765.")
]
#: Of a file that holds an answer.
MOST_BYTES = 1 << 20
Authorize = Annotated[
    bool, typer.Option("--authorize", help=f"Wait at {HERE} for the browser to return (for sign-ins in the browser).")
]
SyncBitState = Annotated[
    str | None,
    typer.Option("--syncbit-state", help="SyncBit's sync_state.json: fetch health data from its last day on."),
]
ClientId = Annotated[str | None, typer.Option("--client-id", help="Client ID of your own API project.")]
ClientSecret = Annotated[str | None, typer.Option("--client-secret", help="Client secret of your own API project.")]
LogLevel = Annotated[str | None, typer.Option("--log-level", help="debug, info, warning or error. (LOG_LEVEL)")]
LogFile = Annotated[Path | None, typer.Option("--log-file", help="File for log lines (HOMESTRETCH_LOG_FILE).")]
Again = Annotated[str | None, typer.Option("--again", help="Id of an existing connection, to sign in again.")]


def COMMAND(
    source: Source = None,
    method: Method = None,
    given: With = None,
    again: Again = None,
    listen: Listen = None,
    authorize: Authorize = False,
    client_id: ClientId = None,
    client_secret: ClientSecret = None,
    syncbit_state: SyncBitState = None,
    log_level: LogLevel = None,
    log_file: LogFile = None,
    athlete: AthleteOption = None,
) -> None:
    """Connect a source. Missing values are asked for. Only the provider's token is stored, encrypted."""
    from homestretch.cli._runtime.connected import sign_in, source_key
    from homestretch.views.sources.sources import available

    known = {one["key"]: one for one in available()}
    if source is None:
        for one in known.values():
            keys = ", ".join(each["key"] for each in one["auth_methods"])
            print(f"{one['key']}: {one['name']}{f' (methods: {keys})' if keys else ''}. {one['note']}")
        return
    chosen = known.get(source_key(source))
    if chosen is None:
        raise BadRequest(reason=f"Unknown source {source}. Use one of {', '.join(known)}.")
    asked = _method(chosen, method)
    answers = _pairs(given or [])
    answers |= {key: said for key, said in (("client_id", client_id), ("client_secret", client_secret)) if said}
    if authorize:
        listen = listen or HERE
        answers = {**_returning(asked, listen), **answers}
    if again is None or not any(field["kind"] == "callback" for field in asked["fields"]):
        answers = _complete(asked, answers)  # a project's own ID and secret are stored with the sign-in
    with opened(athlete) as (app, scope, _):
        _log(log_level, log_file or app.settings.log_file)
        made = sign_in(app, scope, chosen["key"], asked["key"], answers, again, listen)
        if chosen["key"] == "google_health":
            _take_over(app, scope, made, syncbit_state)
        log.info("connected", extra={"source": chosen["key"], "connection": made})
    print("Start the first sync with: homestretch sync (a running server starts it automatically)")


def _log(level: str | None, file: Path | None) -> None:
    """Log as wanted; by default, as all commands do, errors alone."""
    from homestretch.cli._runtime.connected import environment
    from homestretch.cli._runtime.syncbit import log_level
    from homestretch.logs import set_up_logs

    set_up_logs(log_level(level, environment()) or "error", file)


def _method(source: SourceDescription, key: str | None) -> AuthMethod:
    """Return the sign-in method that is meant, by default the first. Raises BadRequest."""
    methods = {one["key"]: one for one in source["auth_methods"]}
    if not methods:
        raise BadRequest(reason=source["note"])
    if key is not None and key not in methods:
        raise BadRequest(reason=f"{source['name']} has no sign-in method {key}. Use one of {', '.join(methods)}.")
    return methods[key] if key else source["auth_methods"][0]


def _returning(method: AuthMethod, listen: str) -> dict[str, str]:
    """Return the address that a browser is to come back to, on this machine. Raises BadRequest without such a field."""
    fields = [field for field in method["fields"] if field["kind"] == "callback"]
    if not fields:
        raise BadRequest(reason=f"{method['title']} needs no browser. Leave out --authorize.")
    host, _, port = listen.rpartition(":")
    name = "localhost" if host.strip("[]") in _ANYWHERE else host
    return {field["key"]: f"http://{name}:{port}{field['default']}" for field in fields}


def _complete(method: AuthMethod, given: dict[str, str]) -> dict[str, str]:
    """Return the answers given, with those of the environment and of the person for what is missing."""
    from homestretch.cli._runtime.connected import known_answers

    fields = [field for field in method["fields"] if field["key"] not in given]
    answers = {**known_answers(fields), **given}
    missing = [one for one in fields if one["key"] not in answers and (one["required"] or one["choices"])]
    if missing and sys.stdin.isatty():
        print("\n".join([method["help"], *(f"{n}. {one['text']}" for n, one in enumerate(method["steps"], 1))]))
    return answers | {field["key"]: _prompt(field, method) for field in missing}


def _take_over(app: "App", scope: "Scope", connection: str, state: str | None) -> None:
    """Set a connection as SyncBit was, by its environment variables and the file with its state."""
    from homestretch.cli._runtime.connected import environment
    from homestretch.cli._runtime.syncbit import syncbit_settings
    from homestretch.flow.sync.connections import change

    found = syncbit_settings(environment(), None if state is None else _read(state))
    if found.names:
        change(app.context, scope, connection, settings=found.settings, schedule=found.schedule)
        print(f"homestretch: set as SyncBit was by {', '.join(found.names)}.", file=sys.stderr)


def _pairs(given: list[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadRequest(reason=f"{pair} is not field=value.")
        found[name] = _read(value[1:]) if value[0:1] == "@" else value
    return found


def _read(path: str) -> str:
    """Return the text of a file. Raises BadRequest."""
    try:
        return files.read(files.named(path), MOST_BYTES).decode()
    except OSError as error:
        raise BadRequest(reason=f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadRequest(reason=f"{path} is not a text file.") from error


def _prompt(field: AskedField, method: AuthMethod) -> str:
    if not sys.stdin.isatty():
        if not field["required"]:
            return str(field["default"])
        variable = f" or set {field['variable']}" if field["variable"] else ""
        raise BadRequest(
            reason=f"{field['title']} is missing ({method['title']}). Add --with {field['key']}=…{variable}."
        )
    if field["choices"]:
        choices = ", ".join(choice["value"] for choice in field["choices"])
        return str(typer.prompt(f"{field['title']} ({choices})", default=field["default"], err=True))
    return str(typer.prompt(field["title"], hide_input=field["kind"] == "password", err=True))

"""`homestretch connect`: signs in to a source."""

import sys
from typing import Annotated

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, opened
from homestretch.errors import BadRequest
from homestretch.model.documents.sources import AskedField, AuthMethod

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
Again = Annotated[str | None, typer.Option("--again", help="Id of an existing connection, to sign in again.")]


def COMMAND(
    source: Source = None,
    method: Method = None,
    given: With = None,
    again: Again = None,
    listen: Listen = None,
    athlete: AthleteOption = None,
) -> None:
    """Connect a source. Missing values are asked for. Only the provider's token is stored, encrypted."""
    from homestretch.cli._runtime.connected import sign_in, variables
    from homestretch.views.sources.sources import available

    known = {one["key"]: one for one in available()}
    if source is None:
        for one in known.values():
            keys = ", ".join(each["key"] for each in one["auth_methods"])
            print(f"{one['key']}: {one['name']}{f' (methods: {keys})' if keys else ''}. {one['note']}")
        return
    if source not in known:
        raise BadRequest(reason=f"Unknown source {source}. Use one of {', '.join(known)}.")
    methods = {one["key"]: one for one in known[source]["auth_methods"]}
    if not methods:
        raise BadRequest(reason=known[source]["note"])
    if method is not None and method not in methods:
        raise BadRequest(
            reason=f"{known[source]['name']} has no sign-in method {method}. Use one of {', '.join(methods)}."
        )
    asked = methods[method] if method else known[source]["auth_methods"][0]
    answers = _pairs(given or []) or variables(asked["fields"])
    for field in asked["fields"]:
        if field["key"] not in answers and (field["required"] or field["choices"]):
            answers[field["key"]] = _prompt(field, asked)
    with opened(athlete) as (app, scope, _):
        sign_in(app, scope, source, asked["key"], answers, again, listen)
    print("Start the first sync with: homestretch sync (a running server starts it automatically)")


def _pairs(given: list[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadRequest(reason=f"{pair} is not field=value.")
        try:
            found[name] = files.read(files.named(value[1:]), MOST_BYTES).decode() if value[0:1] == "@" else value
        except OSError as error:
            raise BadRequest(reason=f"{value[1:]} can't be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise BadRequest(reason=f"{value[1:]} is not a text file.") from error
    return found


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

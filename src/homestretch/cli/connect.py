"""`homestretch connect`: signs in to a provider."""

import sys
from typing import Annotated, Any

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, opened
from homestretch.errors import BadRequest

Source = Annotated[str | None, typer.Argument(help="Such as garmin; without one, those there are are listed.")]
Way = Annotated[str | None, typer.Option(help="How to sign in, where there are several ways.")]
With = Annotated[list[str] | None, typer.Option("--with", help="An answer, as field=value; @file reads a file.")]
Listen = Annotated[
    str | None, typer.Option(help="host:port to wait at for the browser's return, such as 0.0.0.0:8765.")
]
#: Of a file that holds an answer.
MOST_BYTES = 1 << 20
Again = Annotated[str | None, typer.Option("--again", help="The id of a connection to sign in to again.")]


def COMMAND(
    source: Source = None,
    way: Way = None,
    given: With = None,
    again: Again = None,
    listen: Listen = None,
    athlete: AthleteOption = None,
) -> None:
    """Sign in to a provider; what is not given is asked for. Nothing but what the provider hands out is kept."""
    from homestretch.cli._runtime.connected import sign_in, variables
    from homestretch.views.sources.sources import available

    known = {one["key"]: one for one in available()}
    if source is None:
        for one in known.values():
            print(f"{one['key']}: {one['name']}, by {', '.join(w['key'] for w in one['ways'])}. {one['note']}")
        return
    if source not in known:
        raise BadRequest(reason=f"There is no source {source}; there are {', '.join(known)}.")
    ways = {one["key"]: one for one in known[source]["ways"]}
    if way is not None and way not in ways:
        raise BadRequest(reason=f"{known[source]['name']} has no way {way}; there are {', '.join(ways)}.")
    asked = ways[way] if way else known[source]["ways"][0]
    answers = _pairs(given or []) or variables(asked["fields"])
    for field in asked["fields"]:
        if field["key"] not in answers and (field["required"] or field["choices"]):
            answers[field["key"]] = _prompt(field, asked)
    with opened(athlete) as (app, scope, _):
        sign_in(app, scope, source, asked["key"], answers, again, listen)
    print("The first sync begins with a running server, or with: homestretch sync")


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
            raise BadRequest(reason=f"{value[1:]} is no text.") from error
    return found


def _prompt(field: dict[str, Any], way: dict[str, Any]) -> str:
    if not sys.stdin.isatty():
        if not field["required"]:
            return str(field["default"])
        variable = f" or {field['variable']}" if field["variable"] else ""
        raise BadRequest(
            reason=f"{field['title']} is missing: give --with {field['key']}=…{variable} ({way['title']})."
        )
    if field["choices"]:
        choices = ", ".join(choice["value"] for choice in field["choices"])
        return str(typer.prompt(f"{field['title']} ({choices})", default=field["default"], err=True))
    return str(typer.prompt(field["title"], hide_input=field["kind"] == "password", err=True))

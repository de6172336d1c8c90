"""`homestretch list`: the activities at the sources."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.errors import BadRequest
from homestretch.model.documents.coverage import SourceEntry

Name = Annotated[str | None, typer.Argument(help="Source, or id of a connection. By default all.")]
All = Annotated[bool, typer.Option("--all", help="All activities at the source.")]
Missing = Annotated[bool, typer.Option("--missing", help="Activities that are not here yet.")]
Downloaded = Annotated[bool, typer.Option("--downloaded", help="Activities whose files are here.")]
Offline = Annotated[bool, typer.Option("--offline", help="Do not contact providers; use the last known state.")]


def COMMAND(
    source: Name = None,
    every: All = False,
    missing: Missing = False,
    downloaded: Downloaded = False,
    offline: Offline = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List activities at the sources. Choose one of --all, --missing and --downloaded."""
    from homestretch.cli._runtime.connected import chosen, connected, follow
    from homestretch.flow.sync.runs import sync_now
    from homestretch.views.sources.coverage import entry_list

    flags = {"all": every, "missing": missing, "downloaded": downloaded}
    which = [name for name, given in flags.items() if given]
    if len(which) != 1:
        raise BadRequest(reason="Choose one of --all, --missing and --downloaded.")
    code = 0
    with opened(athlete) as (app, scope, beside):
        found = chosen(app, scope, source) if offline else connected(app, scope, source)
        if not offline:
            idle = [one["id"] for one in found if one["run"] is None or one["run"]["state"] == "waiting"]
            for one in idle:
                sync_now(app.context, scope, one, listing=True)
            code = follow(app, scope, idle, beside, quiet=json, title="Listing")
        with app.database.read() as reader:
            rows = [
                (one["source"], row)
                for one in found
                for row in entry_list(reader, scope, one["id"], which[0], "activity")
            ]
    if json:
        say_json({"items": [{**row, "source": key} for key, row in rows], "total": len(rows)})
    else:
        say_table(("source", "id", "day", "name", "sport", "here"), [_row(*each) for each in rows])
        print(f"{len(rows)} activities.")
    raise typer.Exit(code)


def _row(source: str, row: SourceEntry) -> tuple[object, ...]:
    here = row["form"] if row["state"] == "have" else row["state"]
    return source, row["key"], row["since"], row["details"].get("name"), row["details"].get("sport"), here

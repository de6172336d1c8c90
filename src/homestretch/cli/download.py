"""`homestretch download`: fetches missing activity files."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest
from homestretch.model.documents.coverage import SourceEntry
from homestretch.model.documents.sources import Connection

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.store.scope import Scope

Name = Annotated[str | None, typer.Argument(help="Source, or id of a connection. By default all.")]
Missing = Annotated[bool, typer.Option("--missing", help="Download the files that are not here yet.")]
Folder = Annotated[Path | None, typer.Option(help="Also save the files to this folder, now and in later syncs.")]
Pause = Annotated[float | None, typer.Option(help="Seconds between requests, now and in later syncs.", min=0)]


def COMMAND(
    source: Name = None,
    missing: Missing = False,
    folder: Folder = None,
    pause: Pause = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Download missing activity files. Run it again after an interruption to continue."""
    from homestretch.cli._runtime.connected import connected, follow
    from homestretch.flow.sync.connections import change
    from homestretch.flow.sync.runs import sync_now

    if not missing:
        raise BadRequest(reason="Choose what to download: --missing.")
    settings = {"folder": folder and str(folder.absolute()), "pause_s": pause}
    settings = {name: value for name, value in settings.items() if value is not None}
    with opened(athlete) as (app, scope, beside):
        found = connected(app, scope, source)
        taken = _taken(found, settings)
        before = {}
        for one in found:
            if taken[one["id"]]:
                change(app.context, scope, one["id"], settings=taken[one["id"]])
            before[one["id"]] = {row["key"] for row in _files(app, scope, one["id"], "downloaded")}
            if one["run"] is None or one["run"]["state"] == "waiting":
                sync_now(app.context, scope, one["id"], kind="activity")
        code = follow(app, scope, list(before), beside, quiet=json, title="Downloading")
        came = {one: _files(app, scope, one, "downloaded") for one in before}
        rows = [row for one in before for row in came[one] if row["key"] not in before[one]]
        left = sum(len(_files(app, scope, one, "missing")) for one in before)
    if json:
        say_json({"items": rows, "missing": left})
    else:
        for row in rows:
            print(f"{row['since']}  {row['key']}  {row['form']}  {row['details'].get('name') or ''}")
        print(f"{len(rows)} downloaded, {left} missing.")
    raise typer.Exit(code or (1 if left else 0))


def _taken(found: Sequence[Connection], settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return by connection which of the settings it has; print which have none. Raises BadRequest if all lack them."""
    from homestretch.views.sources.sources import available

    known = {one["key"]: {field["key"] for field in one["settings"]} for one in available()}
    for name, option in (("folder", "--folder"), ("pause_s", "--pause")):
        without = [one["name"] for one in found if name not in known[one["source"]]]
        if name in settings and without:
            whose = ", ".join(dict.fromkeys(without))
            if len(without) == len(found):
                raise BadRequest(reason=f"{whose} does not support {option}. Leave it out.")
            print(f"homestretch: {whose} does not support {option}; its files are stored as usual.", file=sys.stderr)
    return {one["id"]: {key: value for key, value in settings.items() if key in known[one["source"]]} for one in found}


def _files(app: "App", scope: "Scope", connection: str, which: str) -> list[SourceEntry]:
    from homestretch.views.sources.coverage import entry_list

    with app.database.read() as reader:
        return entry_list(reader, scope, connection, which, "activity")

"""`homestretch sync`: fetches what is new at the sources."""

import sys
from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.model.documents.sources import Connection

Name = Annotated[str | None, typer.Argument(help="Source, or id of a connection. By default all.")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day to sync again.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day to sync again.")]
Month = Annotated[str | None, typer.Option("--month", help="Sync a month, YYYY-MM, and propose changes.")]
Refetch = Annotated[bool, typer.Option("--refetch", help="With --month: also refetch what is already here.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="With --month: only show the changes, without syncing.")]
Backfill = Annotated[bool, typer.Option("--backfill", help="List the full history again and fetch what is missing.")]


def COMMAND(
    source: Name = None,
    since: From = None,
    to: To = None,
    backfill: Backfill = False,
    month: Month = None,
    refetch: Refetch = False,
    dry_run: DryRun = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Sync sources now. Run it again after an interruption to continue.

    With --month, sync that month and propose changes that make the sources match Homestretch.
    """
    from homestretch.cli._runtime.changes import sync_month
    from homestretch.cli._runtime.connected import chosen, connected, follow
    from homestretch.flow.sync.runs import sync_now

    if month is None and (dry_run or refetch):
        raise typer.BadParameter("--dry-run and --refetch need --month")
    if dry_run and refetch:
        raise typer.BadParameter("choose one of --dry-run and --refetch")
    if month is not None:
        if since or to or backfill:
            raise typer.BadParameter("--month can't be combined with --from, --to or --backfill")
        sync_month(month, source, athlete, refetch=refetch, dry_run=dry_run, as_json=json)
        return
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        first, last = (None if day is None else day.date().isoformat() for day in (since, to))
        for connection in ids:
            sync_now(app.context, scope, connection, since=first, until=last, backfill=backfill)
        code = follow(app, scope, ids, beside, quiet=json)
        ended = [one for one in chosen(app, scope, source) if one["id"] in ids]
    if json:
        say_json({"items": ended})
    else:
        for one in ended:
            print(f"{one['name']} ({one['label']}): {_described(one)}", file=sys.stdout)
    raise typer.Exit(code)


def _described(one: Connection) -> str:
    run = one["run"] or one["last"]
    if run is None:
        return "not synced yet."
    left = f", {one['backlog']['wanted']} remaining" if one["backlog"]["wanted"] else ""
    return f"{run['state']}: {run['fetched']} fetched, {run['empty']} empty, {run['failed']} failed{left}."

"""`homestretch sync`: brings what is new at the providers."""

import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json

Name = Annotated[str | None, typer.Argument(help="A source, or the id of a connection; by default all.")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Look at these days again.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])]
Month = Annotated[str | None, typer.Option("--month", help="A month, YYYY-MM: pull it, and propose changes.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="With --month: only show what would be proposed.")]
Backfill = Annotated[bool, typer.Option("--backfill", help="List everything anew and fetch what is missing.")]


def COMMAND(
    source: Name = None,
    since: From = None,
    to: To = None,
    backfill: Backfill = False,
    month: Month = None,
    dry_run: DryRun = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Sync now: by the server where one runs, else here; start it again after an interruption and it goes on.

    With --month the sources are asked for a month, and what would make them agree is proposed (--dry-run: only shown).
    """
    from homestretch.cli._runtime.connected import chosen, connected, follow
    from homestretch.flow.sync.runs import sync_now

    if dry_run and month is None:
        raise typer.BadParameter("--dry-run shows the changes of a --month")
    if month is not None:
        if since or to or backfill:
            raise typer.BadParameter("--month says already which days")
        sync_month(month, source, athlete, dry_run=dry_run, as_json=json)
        return
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        first, last = (None if day is None else day.date().isoformat() for day in (since, to))
        for one in ids:
            sync_now(app.context, scope, one, since=first, until=last, backfill=backfill)
        code = follow(app, scope, ids, beside, quiet=json)
        ended = [one for one in chosen(app, scope, source) if one["id"] in ids]
    if json:
        say_json({"items": ended})
    else:
        for one in ended:
            print(f"{one['name']} ({one['label']}): {_told(one)}", file=sys.stdout)
    raise typer.Exit(code)


def sync_month(month: str, source: str | None, athlete: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Ask the sources for a month unless it is a dry run, and show what would make them agree."""
    from homestretch.cli._runtime.changes import first_day, propose_month, say_changes
    from homestretch.cli._runtime.connected import connected, follow
    from homestretch.flow.sync.runs import sync_now
    from homestretch.views.page.calendar import month_end

    first = first_day(month)
    with opened(athlete) as (app, scope, beside):
        if not dry_run:
            ids = [one["id"] for one in connected(app, scope, source)]
            for one in ids:
                sync_now(app.context, scope, one, since=first.isoformat(), until=month_end(first).isoformat())
            if code := follow(app, scope, ids, beside, quiet=as_json):
                raise typer.Exit(code)
        found = propose_month(app, scope, month, dry_run=dry_run)
    say_changes(found, as_json=as_json)


def _told(one: dict[str, Any]) -> str:
    run = one["run"] or one["last"]
    if run is None:
        return "nothing was synced yet."
    left = f"; {one['backlog']['wanted']} are still to come" if one["backlog"]["wanted"] else ""
    return f"{run['state']}: {run['fetched']} fetched, {run['empty']} empty, {run['failed']} failed{left}."

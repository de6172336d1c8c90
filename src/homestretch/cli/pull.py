"""`homestretch pull`: Tracekit's name for `sync`, without proposing changes."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened

HIDDEN = True
Source = Annotated[str | None, typer.Argument(help="Source, or id of a connection. By default all.")]
Month = Annotated[str | None, typer.Option("--month", "--date", help="Month, YYYY-MM. By default what is new.")]


def COMMAND(source: Source = None, month: Month = None, athlete: AthleteOption = None) -> None:
    """Fetch what is new, or what is missing of a month."""
    from homestretch.cli._runtime.changes import first_day
    from homestretch.cli._runtime.connected import connected, follow, follow_month
    from homestretch.flow.sync.runs import sync_now

    first = None if month is None else first_day(month)
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        if first is not None:
            raise typer.Exit(follow_month(app, scope, ids, beside, first, refetch=False, quiet=False))
        for one in ids:
            sync_now(app.context, scope, one)
        code = follow(app, scope, ids, beside, quiet=False)
    raise typer.Exit(code)

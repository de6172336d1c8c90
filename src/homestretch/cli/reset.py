"""`homestretch reset`: Tracekit's name for `sync --refetch`, without proposing changes."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened

HIDDEN = True
Source = Annotated[str | None, typer.Argument(help="Source, or id of a connection. By default all.")]
Month = Annotated[str, typer.Option("--month", "--date", help="Month, YYYY-MM.")]


def COMMAND(month: Month, source: Source = None, athlete: AthleteOption = None) -> None:
    """Refetch a month from a source, including what is already here. Nothing is deleted."""
    from homestretch.cli._runtime.changes import first_day
    from homestretch.cli._runtime.connected import connected, follow_month

    first = first_day(month)
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        code = follow_month(app, scope, ids, beside, first, refetch=True, quiet=False)
    raise typer.Exit(code)

"""`homestretch reset`: fetches a month of a source again; nothing is deleted."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened

Source = Annotated[str | None, typer.Argument(help="A source, or the id of a connection; by default all.")]
Month = Annotated[str, typer.Option("--month", "--date", help="The month, YYYY-MM.")]


def COMMAND(month: Month, source: Source = None, athlete: AthleteOption = None) -> None:
    """Fetch all that a source has of a month once more, also what is here."""
    from homestretch.cli._runtime.changes import first_day
    from homestretch.cli._runtime.connected import connected, follow
    from homestretch.flow.sync.runs import refetch
    from homestretch.views.page.calendar import month_end

    first = first_day(month)
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        count = sum(refetch(app.context, scope, one, first.isoformat(), month_end(first).isoformat()) for one in ids)
        typer.echo(f"{count} things are fetched again.")
        code = follow(app, scope, ids, beside, quiet=False)
    raise typer.Exit(code)

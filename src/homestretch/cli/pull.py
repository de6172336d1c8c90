"""`homestretch pull`: asks sources for a month, or for everything that is new."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened

Source = Annotated[str | None, typer.Argument(help="A source, or the id of a connection; by default all.")]
Month = Annotated[str | None, typer.Option("--month", "--date", help="The month, YYYY-MM; by default what is new.")]


def COMMAND(source: Source = None, month: Month = None, athlete: AthleteOption = None) -> None:
    """Fetch what a source has of a month and is missing here."""
    from homestretch.cli._runtime.changes import first_day
    from homestretch.cli._runtime.connected import connected, follow
    from homestretch.flow.sync.runs import sync_now
    from homestretch.views.page.calendar import month_end

    first = None if month is None else first_day(month)
    since, until = (None, None) if first is None else (first.isoformat(), month_end(first).isoformat())
    with opened(athlete) as (app, scope, beside):
        ids = [one["id"] for one in connected(app, scope, source)]
        for one in ids:
            sync_now(app.context, scope, one, since=since, until=until)
        code = follow(app, scope, ids, beside, quiet=False)
    raise typer.Exit(code)

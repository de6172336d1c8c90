"""`homestretch sync-month`: Tracekit's name for `sync --month`."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption

HIDDEN = True
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show the changes, without syncing.")]
Month = Annotated[str, typer.Argument(help="Month, YYYY-MM.")]


def COMMAND(month: Month, dry_run: DryRun = False, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Sync a month and propose changes that make the sources match Homestretch."""
    from homestretch.cli._runtime.changes import sync_month

    sync_month(month, None, athlete, refetch=False, dry_run=dry_run, as_json=json)

"""`homestretch undo`: takes an import back."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened


def COMMAND(batch: Annotated[int, typer.Argument(help="The import's number.")], athlete: AthleteOption = None) -> None:
    """Take an import back; the bytes stay in the archive, and importing the files again brings it back."""
    from homestretch.flow.imports.batches import undo

    with opened(athlete) as (app, scope, _):
        undo(app.context, scope, batch)
    print(f"Import {batch} is undone.")

"""`homestretch undo`: undoes an import."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened


def COMMAND(batch: Annotated[int, typer.Argument(help="Number of the import.")], athlete: AthleteOption = None) -> None:
    """Undo an import. The files stay in the archive; importing them again restores it."""
    from homestretch.flow.imports.batches import undo

    with opened(athlete) as (app, scope, _):
        undo(app.context, scope, batch)
    print(f"Import {batch} undone.")

"""`homestretch untag`: removes a tag from activities."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened


def COMMAND(
    tag: Annotated[str, typer.Argument(help="The tag.")],
    activities: Annotated[list[str], typer.Argument(help="Ids of activities.")],
    athlete: AthleteOption = None,
) -> None:
    """Remove a tag from activities, all or none. Each edit can be undone."""
    from homestretch.flow.edit.bulk import change_many
    from homestretch.views.activities.activities import named_ids

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            ids = named_ids(reader, scope, activities)
        made = change_many(app.context, scope, ids, {}, remove_tags=[tag])
    print(f"{len(made)} of {len(ids)} activities changed.")

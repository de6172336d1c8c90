"""`homestretch tag`: adds a tag to activities, or removes it."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened


def COMMAND(
    tag: Annotated[str, typer.Argument(help="The tag.")],
    activities: Annotated[list[str], typer.Argument(help="Ids of activities.")],
    remove: Annotated[bool, typer.Option("--remove", help="Remove the tag.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Add a tag to activities, or remove it, all or none. Each edit can be undone."""
    from homestretch.flow.edit.bulk import change_many
    from homestretch.views.activities.activities import named_ids

    added, removed = ([], [tag]) if remove else ([tag], [])
    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            ids = named_ids(reader, scope, activities)
        made = change_many(app.context, scope, ids, {}, add_tags=added, remove_tags=removed)
    print(f"{len(made)} of {len(ids)} activities changed.")

"""`homestretch photos`: photos of activities."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="List, add and remove photos of activities.", no_args_is_help=True)
Activity = Annotated[str, typer.Argument(help="Id of the activity.")]
Id = Annotated[str, typer.Argument(help="Id of the photo.")]


@COMMAND.command("list")
def list_photos(activity: Activity, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the photos of an activity, in their order."""
    from homestretch.views.page.photos import photo_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = photo_list(reader, scope, activity)
    if json:
        say_json(found)
        return
    rows = [
        (
            one["id"],
            one["name"] or "",
            "" if one["at_s"] is None else f"{one['at_s']:.0f} s",
            "" if one["latitude"] is None else f"{one['latitude']:.5f}, {one['longitude']:.5f}",
            one["caption"] or "",
        )
        for one in found["items"]
    ]
    say_table(("id", "file", "taken", "place", "caption"), rows)


@COMMAND.command("add")
def add_photos(
    activity: Activity,
    files: Annotated[list[Path], typer.Argument(help="JPEG, PNG or WebP files of at most 25 MB.")],
    athlete: AthleteOption = None,
) -> None:
    """Add photos to an activity and print their ids."""
    from homestretch import files as disk
    from homestretch.errors import BadRequest
    from homestretch.flow.photos.photos import add
    from homestretch.model.media.photos import MOST_BYTES
    from homestretch.views.activities.activity import resolve

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            row = resolve(reader, scope, activity)
        for file in files:
            try:
                data = disk.read(file, MOST_BYTES)
            except OSError as error:
                raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
            print(add(app.context, scope, row, file.name, data))


@COMMAND.command("remove")
def remove_photo(photo: Id, athlete: AthleteOption = None) -> None:
    """Remove a photo from its activity; `homestretch photos restore` undoes it."""
    from homestretch.flow.photos.photos import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, photo)


@COMMAND.command("restore")
def restore_photo(photo: Id, athlete: AthleteOption = None) -> None:
    """Show a removed photo again."""
    from homestretch.flow.photos.photos import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, photo)

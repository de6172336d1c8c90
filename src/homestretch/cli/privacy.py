"""`homestretch privacy`: private places."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="List, add, edit and remove private places.", no_args_is_help=True)
Id = Annotated[int, typer.Argument(help="Number of the place.")]
Name = Annotated[str | None, typer.Option(help="Name.")]
Latitude = Annotated[float | None, typer.Option(help="Latitude of the centre, in degrees north.")]
Longitude = Annotated[float | None, typer.Option(help="Longitude of the centre, in degrees east.")]
Radius = Annotated[float | None, typer.Option(help="Radius in metres, 50 to 20000.")]


@COMMAND.command("list")
def list_places(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List private places."""
    from homestretch.views.kit.privacy import zone_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = zone_list(reader, scope)
    if json:
        say_json({"items": found})
        return
    rows = [(one["id"], one["name"], one["latitude"], one["longitude"], one["radius_m"]) for one in found]
    say_table(("id", "name", "latitude", "longitude", "radius_m"), rows)


@COMMAND.command("add")
def add_place(
    latitude: Annotated[float, typer.Option(help="Latitude of the centre, in degrees north.")],
    longitude: Annotated[float, typer.Option(help="Longitude of the centre, in degrees east.")],
    radius: Annotated[float, typer.Option(help="Radius in metres, 50 to 20000.")] = 200.0,
    name: Annotated[str, typer.Option(help="Name.")] = "",
    athlete: AthleteOption = None,
) -> None:
    """Hide a circle from other people, in every activity."""
    from homestretch.flow.edit.private_places import add

    with opened(athlete) as (app, scope, _):
        print(add(app.context, scope, name, latitude, longitude, radius))


@COMMAND.command("change")
def change_place(
    place: Id,
    name: Name = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    radius: Radius = None,
    athlete: AthleteOption = None,
) -> None:
    """Move, resize or rename a private place."""
    from homestretch.flow.edit.private_places import change

    fields: dict[str, Any] = {"name": name, "latitude": latitude, "longitude": longitude, "radius_m": radius}
    with opened(athlete) as (app, scope, _):
        change(app.context, scope, place, {key: value for key, value in fields.items() if value is not None})


@COMMAND.command("remove")
def remove_place(place: Id, athlete: AthleteOption = None) -> None:
    """Remove a private place. `restore` brings it back."""
    from homestretch.flow.edit.private_places import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, place)


@COMMAND.command("restore")
def restore_place(place: Id, athlete: AthleteOption = None) -> None:
    """Restore a removed private place."""
    from homestretch.flow.edit.private_places import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, place)

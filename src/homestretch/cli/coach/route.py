"""`homestretch coach route`: planned routes, their sections and times, and as files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, say_json, say_table
from homestretch.errors import BadRequest
from homestretch.model.coach.planned_route import RouteSport

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.model.documents.planned_routes import RouteGear, RouteSection
    from homestretch.store.scope import Scope

COMMAND = typer.Typer(help="Plan routes: sections, times and gears, and files for devices.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the route.")]
Sport = Annotated[RouteSport | None, typer.Option(help="ride, run or hike. By default what the file says.")]
#: The largest file with routes.
MOST_BYTES = 20_000_000


@COMMAND.command("list")
def list_routes(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the planned routes, and the files that may be routes or activities."""
    from homestretch.views.coach.routes.routes import route_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = route_list(reader, scope)
    if json:
        say_json(found)
        return
    rows = [
        (one["id"], one["name"], one["sport"], f"{one['length_m'] / 1000:.1f}", _metres(one["gain_m"]))
        for one in found["items"]
    ]
    say_table(("id", "name", "sport", "km", "gain m"), rows)
    for one in found["questions"]:
        print(f"{one['path']} has no times: `coach route answer {one['file'][:12]} route` or `… activity`.")


@COMMAND.command("show")
def show_route(route: Id, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show the sections of a route: length, gain, grade, time and gear."""
    with opened(athlete) as (app, scope, _):
        _show(app, scope, route, json)


@COMMAND.command("add")
def add_route(
    file: Annotated[
        Path | None, typer.Argument(help="GPX, or a FIT or TCX course.", exists=True, dir_okay=False)
    ] = None,
    activity: Annotated[str | None, typer.Option(help="Id of an activity to follow again, not a file.")] = None,
    name: Annotated[str | None, typer.Option(help="Name. By default that of the file or the activity.")] = None,
    sport: Sport = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Read the routes of a file, or make one of where an activity went, and print their ids."""
    from homestretch.flow.coach.planned_routes import from_activity, import_file
    from homestretch.views.activities.activity import resolve
    from homestretch.views.coach.routes.routes import route_items

    if (file is None) is (activity is None):
        raise BadRequest(reason="Give a file, or --activity with the id of one.")
    with opened(athlete) as (app, scope, _):
        if file is not None:
            found = import_file(app.context, scope, _bytes(file), file.name, name=name, sport=sport)
        else:
            with app.database.read() as reader:
                number = resolve(reader, scope, activity or "").id
            found = [from_activity(app.context, scope, number, name)]
        if json:
            with app.database.read() as reader:
                say_json({"items": route_items(reader, scope, found)})
            return
    for one in found:
        print(one)


@COMMAND.command("answer")
def answer_file(
    file: Annotated[str, typer.Argument(help="The file, as `list` names it.")],
    what: Annotated[str, typer.Argument(help="route or activity.")],
    start: Annotated[str | None, typer.Option(help="When the activity began, such as 2026-11-20T07:30.")] = None,
    minutes: Annotated[float | None, typer.Option(help="How long the activity took.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Say whether a track without times is a route or an activity, which can be entered with a start and a duration."""
    from homestretch.flow.coach.planned_routes import answer_activity, answer_route
    from homestretch.views.coach.routes.routes import route_list

    if what not in ("route", "activity"):
        raise BadRequest(reason="Say route or activity.")
    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            every = [one["file"] for one in route_list(reader, scope)["questions"]]
        digest = next((one for one in every if one.startswith(file)), file)
        if what == "route":
            print(*answer_route(app.context, scope, digest), sep="\n")
            return
        made = answer_activity(app.context, scope, digest, start, None if minutes is None else 60.0 * minutes)
        print(made or "The file is kept. Enter the activity by hand to count it.")


@COMMAND.command("cut")
def cut_route(
    route: Id,
    at: Annotated[list[float] | None, typer.Argument(help="Kilometres from the start.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove these cuts; all without kilometres.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Begin a section at these places too, or no more."""
    from homestretch.flow.coach.planned_routes import change
    from homestretch.views.coach.routes.routes import route_cuts

    metres = [round(1000.0 * km, 1) for km in at or ()]
    if not metres and not remove:
        raise BadRequest(reason="Say where to cut, in kilometres from the start.")
    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            before = route_cuts(reader, scope, route)
        unknown = [one for one in metres if remove and one not in before]
        if unknown:
            raise BadRequest(reason=f"There is no cut at {unknown[0] / 1000:g} km.")
        after = [one for one in before if metres and one not in metres] if remove else [*before, *metres]
        change(app.context, scope, route, cuts=after)
        _show(app, scope, route, json)


@COMMAND.command("export")
def export_route(
    route: Id,
    form: Annotated[str, typer.Option("--format", help="gpx, tcx, fit, csv or json.")],
    output: Annotated[Path | None, typer.Option(help="File to write. By default standard output.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Write a route for a device or a service, or its sections as a table."""
    from homestretch.views.coach.routes.files import route_file
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        made = route_file(reader, scope, route, form, today(reader, scope, app.context.clock()))
    if output is None:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(made.data)
    except OSError as error:
        raise BadRequest(reason=f"{output} can't be written: {error.strerror}.") from error


@COMMAND.command("remove")
def remove_route(route: Id, athlete: AthleteOption = None) -> None:
    """Remove a planned route. `restore` brings it back."""
    from homestretch.flow.coach.planned_routes import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, route)


@COMMAND.command("restore")
def restore_route(route: Id, athlete: AthleteOption = None) -> None:
    """Bring a removed planned route back."""
    from homestretch.flow.coach.planned_routes import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, route)


def _show(app: "App", scope: "Scope", route: str, json: bool) -> None:
    from homestretch.views.coach.routes.routes import route_whole
    from homestretch.views.kit.today import today

    with app.database.read() as reader:
        found = route_whole(reader, scope, route, today(reader, scope, app.context.clock()))
    if json:
        say_json(found)
        return
    took = "" if found["seconds"] is None else f"  {duration(found['seconds'])} ± {found['uncertainty_pct']:.0f} %"
    gain = "" if found["gain_m"] is None else f"  {found['gain_m']:.0f} m up"
    print(f"{found['name']}  {found['sport']}  {found['length_m'] / 1000:.1f} km{gain}{took}")
    say_table(
        ("", "from km", "km", "what", "gain m", "grade %", "steepest %", "time", "W", "gear"),
        [_row(one) for one in found["sections"]],
    )
    for note in found["notes"]:
        print(note)


def _row(one: "RouteSection") -> tuple[object, ...]:
    grade, steepest = one["grade_pct"], one["steepest_pct"]
    return (
        one["number"],
        f"{one['start_m'] / 1000:.1f}",
        f"{one['length_m'] / 1000:.1f}",
        f"{one['kind']} {one['category'] or ''}".strip(),
        _metres(one["gain_m"]),
        "" if grade is None else f"{grade:.1f}",
        "" if steepest is None else f"{steepest:.1f}",
        "" if one["seconds"] is None else duration(one["seconds"]),
        _metres(one["power_w"]),
        _gear(one["gear"]),
    )


def _gear(gear: "RouteGear | None") -> str:
    if gear is None:
        return ""
    short = f", short by {gear['short']} teeth" if gear["short"] else ""
    return f"{gear['chainring']} x {gear['sprocket']}{short}"


def _metres(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _bytes(file: Path) -> bytes:
    try:
        return files.read(file, MOST_BYTES)
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error

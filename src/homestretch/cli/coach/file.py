"""`homestretch coach file`: rules, plans, workouts and planned routes as one file, written and taken in."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest

COMMAND = typer.Typer(help="Write what the coach has to a file, and take such files in.", no_args_is_help=True)


@COMMAND.command("export")
def export_file(
    output: Annotated[
        Path | None, typer.Option(help="File to write; a .zip has the routes as GPX, too. By default standard output.")
    ] = None,
    parts: Annotated[str, typer.Option(help="Which of rules, plans, workouts, routes, by commas.")] = "",
    athlete: AthleteOption = None,
) -> None:
    """Write rules, plans, workouts and planned routes to a file, which `coach file import` takes in."""
    import orjson

    from homestretch.views.coach.leaving.export import PARTS, coach_file, coach_zip
    from homestretch.views.kit.today import today

    asked = [word.strip() for word in parts.split(",") if word.strip()]
    wrong = [word for word in asked if word not in PARTS]
    if wrong:
        raise BadRequest(reason=f"There is no part {wrong[0]}. Choose among {', '.join(PARTS)}.")
    chosen = [part for part in PARTS if not asked or part in asked]
    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        document = coach_file(reader, scope, chosen, today(reader, scope, app.context.clock()))
    if output is None:
        say_json(document)
        return
    is_zip = output.suffix.casefold() == ".zip"
    try:
        output.write_bytes(coach_zip(document) if is_zip else orjson.dumps(document, option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise BadRequest(reason=f"{output} can't be written: {error.strerror}.") from error


@COMMAND.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A JSON or zip of `coach file export`.", exists=True, dir_okay=False)],
    tried: Annotated[bool, typer.Option("--try", help="Only say what would be added.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Add the rules, plans, workouts and routes of a file that are not there yet; plans wait for approval."""
    from homestretch import files
    from homestretch.flow.coach.coach_file import MOST_BYTES
    from homestretch.flow.coach.taking import take_in

    try:
        data = files.read(file, MOST_BYTES)
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
    with opened(athlete) as (app, scope, _):
        found = take_in(app.context, scope, data, tried=tried)
    if json:
        say_json(found)
        return
    for noun, names in (
        ("rules", found["rules"]),
        ("plans", found["plans"]),
        ("workouts", found["workouts"]),
        ("routes", found["routes"]),
    ):
        if names:
            what = noun.removesuffix("s") if len(names) == 1 else noun
            print(f"{len(names)} {what} {'would be added' if tried else 'added'}: {', '.join(names)}")
    if found["there"]:
        print(f"{found['there']} there already.")

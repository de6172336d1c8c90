"""`homestretch coach export`: rules, plans, workouts and planned routes as one file."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest


def COMMAND(
    output: Annotated[
        Path | None, typer.Option(help="File to write; a .zip has the routes as GPX, too. By default standard output.")
    ] = None,
    parts: Annotated[str, typer.Option(help="Which of rules, plans, workouts, routes, by commas.")] = "",
    athlete: AthleteOption = None,
) -> None:
    """Write rules, plans, workouts and planned routes to a file, which `coach import` takes in."""
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

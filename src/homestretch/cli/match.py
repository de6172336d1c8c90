"""`homestretch match`: which recordings are one workout, why, and what a person says of it."""

from typing import Annotated, Any, Literal

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json

COMMAND = typer.Typer(no_args_is_help=True, help="Which recordings are one workout: open questions, reasons, answers.")

One = Annotated[str, typer.Argument(help="A recording's id, or an activity's.")]


@COMMAND.command("list")
def list_questions(athlete: AthleteOption = None, as_json: JsonOption = False) -> None:
    """Show the pairs that may be one workout and wait for an answer."""
    from homestretch.views.activities.matches import open_reviews

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = open_reviews(reader, scope)
    if as_json:
        say_json(found)
        return
    for item in found["items"]:
        typer.echo(f"{_side(item['a'])}\n{_side(item['b'])}\n  {_why(item)}\n")
    said = "Answer with: homestretch match answer ID ID one|two"
    typer.echo(said if found["items"] else "Nothing is in question.")


@COMMAND.command()
def explain(one: One, other: One, athlete: AthleteOption = None, as_json: JsonOption = False) -> None:
    """Say what two recordings are to each other, by which rule, and the figures that this rests on."""
    from homestretch.views.activities.matches import explained

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = explained(reader, scope, one, other)
    if as_json:
        say_json(found)
        return
    typer.echo(f"{_side(found['a'])}\n{_side(found['b'])}")
    word = {None: "", True: "; you said that they are one", False: "; you said that they are two"}[found["said"]]
    now = "They are one activity now" if found["together"] else "They are two activities now"
    typer.echo(f"{found['verdict'].replace('_', ' ')}: {_why(found)}\n{now}{word}.")


@COMMAND.command()
def answer(one: One, other: One, what: Literal["one", "two"], athlete: AthleteOption = None) -> None:
    """Say that two recordings are one workout, or two; that is an edit, and can be undone."""
    from homestretch.flow.edit.merging import decide
    from homestretch.views.activities.matches import explained

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = explained(reader, scope, one, other)
        decide(app.context, scope, [(found["a"]["recording"], found["b"]["recording"])], one=what == "one")


@COMMAND.command("answer-all")
def answer_all(
    what: Literal["one", "two"],
    recording: Annotated[
        str | None, typer.Option("--with", help="Only questions about this recording, or this activity's.")
    ] = None,
    athlete: AthleteOption = None,
) -> None:
    """Answer all questions that `match list` shows at once, or those about one recording; each is an edit."""
    from homestretch.flow.edit.merging import decide
    from homestretch.views.activities.matches import open_reviews

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            asked = open_reviews(reader, scope)["items"]
        named = [one for one in asked if recording is None or recording in _ids(one)]
        if named:
            decide(
                app.context, scope, [(one["a"]["recording"], one["b"]["recording"]) for one in named], one=what == "one"
            )
    count = f"{len(named)} {'pair' if len(named) == 1 else 'pairs'}"
    typer.echo(
        f"{count}: {'one workout' if what == 'one' else 'two workouts'} each." if named else "Nothing is in question."
    )


def _ids(question: dict[str, Any]) -> set[str]:
    return {name for side in (question["a"], question["b"]) for name in (side["recording"], side["activity"]["id"])}


def _side(side: dict[str, Any]) -> str:
    activity = side["activity"]
    sources = ", ".join(dict.fromkeys(one["source"] for one in side["sources"])) or "file"
    far = "" if side["distance_m"] is None else f"  {side['distance_m'] / 1000:.2f} km"
    long = f"{side['elapsed_s'] / 60:.0f} min"
    when = activity["start_local"][:10] if side["date_only"] else activity["start_local"][:16].replace("T", " ")
    return f"{side['recording']}  {when}  {activity['sport']}  {long}{far}  {activity['name']}  [{sources}]"


def _why(found: dict[str, Any]) -> str:
    facts = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in found["facts"].items())
    return f"{found['rule'].replace('_', ' ')} ({found['score']:.0%}): {facts}"

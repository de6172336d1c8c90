"""`homestretch matches`: possible duplicates, and what is merged."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.model.documents.matches import MatchQuestion, QuestionSide

COMMAND = typer.Typer(no_args_is_help=True, help="Review duplicates: list, explain, merge or separate them.")

Id = Annotated[str, typer.Argument(help="Id of a recording or activity.")]
About = Annotated[str | None, typer.Option("--with", help="Only pairs with this recording or activity.")]


@COMMAND.command("list")
def list_matches(athlete: AthleteOption = None, as_json: JsonOption = False) -> None:
    """List possible duplicates to review."""
    from homestretch.views.activities.matches import open_questions

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = open_questions(reader, scope)
    if as_json:
        say_json(found)
        return
    for item in found["items"]:
        typer.echo(f"{_side(item['a'])}\n{_side(item['b'])}\n  {_why(item)}\n")
    hint = "Decide with: homestretch matches merge ID ID, or: homestretch matches separate ID ID"
    typer.echo(hint if found["items"] else "Nothing to review.")


@COMMAND.command()
def explain(one: Id, other: Id, athlete: AthleteOption = None, as_json: JsonOption = False) -> None:
    """Show why two recordings are merged or not. With the rule and its values."""
    from homestretch.views.activities.matches import explained

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = explained(reader, scope, one, other)
    if as_json:
        say_json(found)
        return
    typer.echo(f"{_side(found['a'])}\n{_side(found['b'])}")
    by = {None: "", True: " (you merged them)", False: " (you separated them)"}[found["said"]]
    now = "They are one activity" if found["together"] else "They are two activities"
    typer.echo(f"{found['verdict'].replace('_', ' ')}: {_why(found)}\n{now}{by}.")


@COMMAND.command()
def merge(one: Id, other: Id, athlete: AthleteOption = None) -> None:
    """Merge two recordings into one activity. This edit can be undone."""
    _decide(one, other, athlete, one_activity=True)


@COMMAND.command()
def separate(one: Id, other: Id, athlete: AthleteOption = None) -> None:
    """Keep two recordings as separate activities. This edit can be undone."""
    _decide(one, other, athlete, one_activity=False)


@COMMAND.command("merge-all")
def merge_all(about: About = None, athlete: AthleteOption = None) -> None:
    """Merge all pairs that `matches list` shows. Each edit can be undone."""
    _decide_all(about, athlete, one_activity=True)


@COMMAND.command("separate-all")
def separate_all(about: About = None, athlete: AthleteOption = None) -> None:
    """Separate all pairs that `matches list` shows. Each edit can be undone."""
    _decide_all(about, athlete, one_activity=False)


def _decide(one: str, other: str, athlete: str | None, *, one_activity: bool) -> None:
    from homestretch.flow.edit.merging import decide
    from homestretch.views.activities.matches import explained

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = explained(reader, scope, one, other)
        decide(app.context, scope, [(found["a"]["recording"], found["b"]["recording"])], one=one_activity)
    typer.echo("Merged." if one_activity else "Separated.")


def _decide_all(about: str | None, athlete: str | None, *, one_activity: bool) -> None:
    from homestretch.flow.edit.merging import decide
    from homestretch.views.activities.matches import open_questions

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            questions = open_questions(reader, scope)["items"]
        chosen = [item for item in questions if about is None or about in _ids(item)]
        pairs = [(item["a"]["recording"], item["b"]["recording"]) for item in chosen]
        if pairs:
            decide(app.context, scope, pairs, one=one_activity)
    count = f"{len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'}"
    typer.echo(f"{count} {'merged' if one_activity else 'separated'}." if pairs else "Nothing to review.")


def _ids(question: MatchQuestion) -> set[str]:
    return {name for side in (question["a"], question["b"]) for name in (side["recording"], side["activity"]["id"])}


def _side(side: QuestionSide) -> str:
    activity = side["activity"]
    sources = ", ".join(dict.fromkeys(one["source"] for one in side["sources"])) or "file"
    far = "" if side["distance_m"] is None else f"  {side['distance_m'] / 1000:.2f} km"
    long = f"{side['elapsed_s'] / 60:.0f} min"
    when = activity["start_local"][:10] if side["date_only"] else activity["start_local"][:16].replace("T", " ")
    return f"{side['recording']}  {when}  {activity['sport']}  {long}{far}  {activity['name']}  [{sources}]"


def _why(found: MatchQuestion) -> str:
    details = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in found["details"].items())
    return f"{found['rule'].replace('_', ' ')} ({found['score']:.0%}): {details}"

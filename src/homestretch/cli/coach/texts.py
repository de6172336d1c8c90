"""`homestretch coach texts`: reviews, explanations and changes that were written, and decisions about them."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.cli._runtime.texts import say_text, written

COMMAND = typer.Typer(
    help="Texts written by a model, else by code: reviews, explanations, changes.", no_args_is_help=True
)
Text = Annotated[str, typer.Argument(help="Id of a text.")]
Reason = Annotated[str, typer.Option("--why", help="A reason; needed where a rule that must hold is broken.")]


@COMMAND.command("list")
def _list(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List texts, the newest first."""
    from homestretch.views.coach.texts.texts import coach_texts

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = coach_texts(reader, scope, None, None, 50, None)
    if json:
        say_json(found)
        return
    rows = [
        (one["id"], one["kind"], one["created_at"][:16], one["model"] or one["by"] or one["state"], one["headline"])
        for one in found["items"]
    ]
    say_table(("id", "kind", "asked", "by", "headline"), rows)


@COMMAND.command("show")
def _show(text: Text, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Print a text."""
    from homestretch.views.coach.texts.texts import coach_text

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = coach_text(reader, scope, app.context.clock(), text)
    say_json(found) if json else say_text(found)


@COMMAND.command("review")
def _review(
    activity: Annotated[str | None, typer.Argument(help="Id of an activity or session; without one this week.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Let the model that is set up review a workout or this week."""
    from homestretch.flow.coach.texts.make import TextWanted

    wanted = TextWanted(kind="week") if activity is None else TextWanted(kind="workout", activity=activity)
    with opened(athlete) as (app, scope, beside):
        found = written(app, scope, beside, wanted)
    say_json(found) if json else say_text(found)


@COMMAND.command("explain")
def _explain(
    plan: Annotated[str | None, typer.Argument(help="Id of a plan. By default the one in force.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Explain a plan: what each phase is for, and why this week looks as it does."""
    from homestretch.flow.coach.texts.make import TextWanted

    with opened(athlete) as (app, scope, beside):
        found = written(app, scope, beside, TextWanted(kind="explanation", plan=plan))
    say_json(found) if json else say_text(found)


@COMMAND.command("change")
def _change(
    words: Annotated[str, typer.Argument(help="Such as “make next week easier”.")],
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Suggest changes of the plan in force, as you ask in words; nothing changes before you approve."""
    from homestretch.flow.coach.texts.make import TextWanted

    with opened(athlete) as (app, scope, beside):
        found = written(app, scope, beside, TextWanted(kind="change", words=words))
    say_json(found) if json else say_text(found)


@COMMAND.command("approve")
def _approve(text: Text, why: Reason = "", athlete: AthleteOption = None) -> None:
    """Approve what a text suggests: it makes the next version of the plan, in force from now on."""
    from homestretch.flow.coach.texts.make import decide

    with opened(athlete) as (app, scope, _):
        version = decide(app.context, scope, text, "approve", None, why)
    print(f"Version {version} of the plan is in force.")


@COMMAND.command("reject")
def _reject(text: Text, athlete: AthleteOption = None) -> None:
    """Reject what a text suggests."""
    from homestretch.flow.coach.texts.make import decide

    with opened(athlete) as (app, scope, _):
        decide(app.context, scope, text, "reject")
    print("Rejected.")

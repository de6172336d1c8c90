"""`homestretch coach model`: which language model is asked, and your agreement to it."""

import sys
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened, whole
from homestretch.cli._runtime.say import say_json

COMMAND = typer.Typer(help="Set up a language model, and agree that your data is sent to it.", no_args_is_help=True)


@COMMAND.command("show")
def show_model(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show which model is asked, what you agreed to, and what was spent today."""
    from homestretch.views.coach.model.state import model_state

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        state = model_state(reader, scope, app.context.clock())
    if json:
        say_json(state)
        return
    if state["not_now"] is not None:
        print(state["not_now"]["sentence"])
    if state["endpoint"] is None:
        return
    agreement = state["agreement"]
    print(f"{', '.join(state['models'])} at {state['endpoint']}")
    print("You have not agreed to anything." if agreement is None else f"You agreed to {agreement['endpoint']}.")
    print(f"Today: {state['spending']['tokens']} tokens, ${state['spending']['usd']:.4f}")


@COMMAND.command("set")
def set_model(
    url: Annotated[str, typer.Argument(help="Address of the endpoint, such as http://127.0.0.1:11434/v1.")],
    models: Annotated[list[str] | None, typer.Argument(help="Models in the order they are asked.")] = None,
    key: Annotated[bool, typer.Option("--key", help="Read the key from standard input.")] = False,
    output: Annotated[str | None, typer.Option(help="How a model answers: tool, native or prompted.")] = None,
    tokens: Annotated[int, typer.Option(min=1, help="Tokens an athlete may use a day.")] = 200_000,
    names: Annotated[bool, typer.Option(help="Whether names and notes may be sent.")] = False,
    timeout: Annotated[int, typer.Option(min=5, max=600, help="Seconds that an answer may take.")] = 60,
) -> None:
    """Set up the model of this server. The key is kept encrypted, and never shown."""
    from homestretch.flow.coach.model.setup import OUTPUTS, NewModelSettings
    from homestretch.flow.coach.model.setup import set_model as put

    mode = next((one for one in OUTPUTS if one == output), None)
    if output is not None and mode is None:
        raise typer.BadParameter(f"use one of {', '.join(OUTPUTS)}", param_hint="--output")
    given = sys.stdin.readline() if key else None
    with whole() as (app, _):
        put(
            app.context,
            NewModelSettings(
                url=url,
                models=[(one, None, None) for one in models or ()],
                key=given,
                output=mode,
                tokens_a_day=tokens,
                names=names,
                timeout_s=timeout,
            ),
        )
    print("Set. Test it: homestretch coach model test")


@COMMAND.command("remove")
def remove_model() -> None:
    """Forget the model and its key; everything works without one."""
    from homestretch.flow.coach.model.setup import remove_model as remove

    with whole() as (app, _):
        remove(app.context)
    print("Removed.")


@COMMAND.command("test")
def test_model(json: JsonOption = False) -> None:
    """Test the connection; exits 1 where the model can't be asked."""
    from homestretch.flow.coach.model.setup import check_model
    from homestretch.views.coach.model.state import model_check

    with whole() as (app, _):
        found = model_check(*check_model(app.context))
    if json:
        say_json(found)
    else:
        problem = found["problem"]
        print("All is well." if problem is None else f"{problem['sentence']} {found['detail']}".strip())
        print(f"Models there: {', '.join(found['models'][:50]) or 'none listed'}")
    if not found["ok"]:
        raise typer.Exit(1)


@COMMAND.command("agree")
def agree(athlete: AthleteOption = None) -> None:
    """Agree that your data is sent to the model that is set up."""
    from homestretch.flow.coach.model.agreement import agree as put
    from homestretch.views.coach.model.state import model_state

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            state = model_state(reader, scope, app.context.clock())
        put(app.context, scope, state["endpoint"] or "", names=state["names"])
    print(f"You agreed that your data is sent to {state['endpoint']}.")


@COMMAND.command("revoke")
def revoke(athlete: AthleteOption = None) -> None:
    """Take your agreement back: nothing is sent from now on."""
    from homestretch.flow.coach.model.agreement import revoke as drop

    with opened(athlete) as (app, scope, _):
        drop(app.context, scope)
    print("Nothing is sent from now on.")

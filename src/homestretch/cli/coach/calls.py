"""`homestretch coach calls`: what was sent to a language model, and what came back."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.model.documents.coach_model import ModelCall, ModelCallRow


def list_calls(
    call: Annotated[int | None, typer.Argument(help="Id of a call, to see what was sent.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="So many calls at most.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Where to go on, as `next` says.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List the calls of a language model for you, or show one with what was sent and answered."""
    from homestretch.views.coach.model.state import model_call, model_calls

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        if call is not None:
            one = model_call(reader, scope, call)
            if json:
                say_json(one)
                return
            _say_call(one)
            return
        page = model_calls(reader, scope, limit, cursor)
    if json:
        say_json(page)
        return
    rows = [
        (row["id"], row["at"], row["action"], row["model"], row["outcome"], _tokens(row), row["usd"])
        for row in page["items"]
    ]
    say_table(("id", "at", "action", "model", "outcome", "tokens", "$"), rows)
    if page["next"]:
        print(f"More with --cursor {page['next']}")


def _say_call(call: "ModelCall") -> None:
    print(f"{call['at']} {call['action']} {call['model'] or ''} {call['outcome']} {call['sentence']}".rstrip())
    print(f"to {call['endpoint']}\n\nSent:\n{call['sent'] or 'deleted'}")
    print(f"\nAnswer:\n{call['answer'] or 'nothing kept'}")
    for fault in call["rejected"]:
        print(f"Refused: {fault}")


def _tokens(row: "ModelCallRow") -> str:
    read, written = row["tokens_in"], row["tokens_out"]
    return "" if read is None and written is None else f"{read or 0}+{written or 0}"


COMMAND = list_calls

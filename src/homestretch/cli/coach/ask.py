"""`homestretch coach ask`: a question about the athlete's training."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json

if TYPE_CHECKING:
    from homestretch.model.documents.coach_texts import ChatMessage


def COMMAND(
    text: Annotated[str, typer.Argument(help="The question.")],
    conversation: Annotated[str | None, typer.Option("--in", help="Id of the conversation to go on with.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Ask about your training: answered by the model that is set up, else by a search."""
    from homestretch.flow.coach.chat import talk
    from homestretch.views.coach.texts.conversations import conversation as read

    with opened(athlete) as (app, scope, _):
        end = None
        for event in talk.answer(app.context, scope, text, conversation):
            if isinstance(event, talk.Ended):
                end = event
            elif not json:
                part = event.text if isinstance(event, talk.Part) else f"[{event['tool']}]\n"
                print(part, end="", flush=True)
        assert end is not None
        with app.database.read() as reader:
            found = read(reader, scope, end.conversation)
        answer = next(one for one in found["messages"] if one["id"] == str(end.answer))
        if json:
            say_json({"conversation": end.conversation, **answer})
        else:
            _say_end(answer, app.settings.address)


def _say_end(answer: "ChatMessage", address: str) -> None:
    print()
    for link in answer["links"]:
        print(f"- {link['title']}: {address}{link['address']}")
    for made in answer["proposals"]:
        print(f"Proposed: version {made['version']} of the plan, which waits for your approval.")
    if answer["state"] == "interrupted":
        print("The model broke off. What you see was checked.")

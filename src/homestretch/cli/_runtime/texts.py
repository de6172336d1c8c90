"""Texts of the coach for commands: asked for, waited for, and printed."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.flow.coach.texts.make import TextWanted
    from homestretch.model.documents.coach_texts import CoachText
    from homestretch.store.scope import Scope

#: Beside a server, which writes the text, a command waits so long.
LONGEST_S, LOOK_S = 180.0, 0.5


def written(app: "App", scope: "Scope", beside: "Beside", wanted: "TextWanted") -> "CoachText":
    """Ask for a text and return it once it is written, by a server that is there or by this process."""
    from homestretch.flow.coach.texts.make import ask_for
    from homestretch.flow.coach.texts.write import write
    from homestretch.views.coach.texts.texts import coach_text

    made = ask_for(app.context, scope, wanted)
    until = time.monotonic() + LONGEST_S
    if not beside:
        write(app.context, scope.athlete_id, made)
    while True:
        with app.database.read() as reader:
            found = coach_text(reader, scope, app.context.clock(), made)
        if found["state"] == "done" or not beside or time.monotonic() > until:
            return found
        time.sleep(LOOK_S)


def say_text(text: "CoachText") -> None:
    """Print a text."""
    if text["why"]:
        print(text["why"])
    if text["state"] == "waiting":
        print("It will be written later; `homestretch coach texts` shows it then.")
        return
    print(text["headline"])
    for point in text["points"]:
        print(f"{'!' if point['tone'] == 'watch' else '-'} {point['text']}")
    for words in text["unknown"]:
        print(f"Missing: {words}")
    if text["question"]:
        print(text["question"])
    for number, change in enumerate(text["operations"], 1):
        what = " ".join(str(one) for one in (change["op"], change["id"], change["template"], change["to"]) if one)
        print(f"{number}. {what}: {change['why']}")
    for refused in text["refused"]:
        print(f"Not suggested: {refused}")
    if text["operations"] and text["decision"] is None:
        print(f"Approve with `homestretch coach texts approve {text['id']}`.")

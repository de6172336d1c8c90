"""Shows what sending sessions changes, and does it, for the commands of a plan."""

from typing import TYPE_CHECKING

from homestretch.cli._runtime.changes import follow_changes
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.model.documents.coach_sending import Sending, SessionPicture
    from homestretch.store.scope import Scope
    from homestretch.views.coach.leaving.sending import Chosen


def send_sessions(
    app: "App", scope: "Scope", beside: "Beside", chosen: "Chosen", *, approve: bool, as_json: bool
) -> int:
    """Propose what is chosen and show it; with `approve` send it and follow that. Return the exit code."""
    from homestretch.flow.coach import sending as flow
    from homestretch.flow.writeback import proposals
    from homestretch.views.coach.leaving.sending import sending

    numbers = flow.propose(app.context, scope, chosen)
    with app.database.read() as reader:
        found = sending(reader, scope, app.context.clock(), chosen)
    if as_json:
        say_json(found)
    else:
        _say(found)
    if not numbers:
        return 0
    if approve:
        proposals.approve(app.context, scope, numbers)
        return follow_changes(app, scope, numbers, beside)
    if not as_json:
        print("Approve with: homestretch changes approve NUMBER… (or all)")
    return 0


def _say(found: "Sending") -> None:
    if found["plan"] is None:
        print("No plan is in force. Approve one with: homestretch coach plan approve")
    if not found["targets"]:
        print("Connect Garmin Connect or intervals.icu first: homestretch connect garmin")
    names = {one["connection"]: one["name"] for one in found["targets"]}
    rows = [
        (one["proposal"], names[one["connection"]], one["state"], _words(one["before"]), _words(one["after"]),
         one["note"] or one["reason"])
        for one in found["items"] if one["state"] != "same"
    ]  # fmt: skip
    if rows:
        say_table(("no", "to", "what", "there", "in the plan", "note"), rows)
    elif found["items"]:
        print("Everything is there as the plan says.")


def _words(one: "SessionPicture | None") -> str:
    return "" if one is None else f"{one['date']} {one['title']}, {one['minutes']} min"

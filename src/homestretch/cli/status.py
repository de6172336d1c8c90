"""`homestretch status`: how things stand, in one look."""

from typing import Any

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json


def COMMAND(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show what is here, where each source stands, and what waits for an answer."""
    from homestretch.views.activities.activities import Filter, activity_summary
    from homestretch.views.activities.matches import open_reviews
    from homestretch.views.sources.proposals import proposal_list
    from homestretch.views.sources.sources import connection_list

    with opened(athlete) as (app, scope, beside), app.database.read() as reader:
        found: dict[str, Any] = {
            "server": bool(beside),
            "activities": activity_summary(reader, scope, Filter())["total"],
            "reviews": open_reviews(reader, scope)["total"],
            "changes": {state: proposal_list(reader, scope, [state], 1)["total"] for state in ("open", "approved")},
            "sources": connection_list(reader, scope, app.context.clock()),
        }
    if json:
        say_json(found)
        return
    print(f"A server {'runs' if found['server'] else 'does not run'}; {found['activities']} activities are here.")
    for one in found["sources"]:
        left = f", {one['backlog']['wanted']} to come" if one["backlog"]["wanted"] else ""
        print(f"{one['name']} ({one['label']}): {one['state']}{left}{': ' + one['reason'] if one['reason'] else ''}")
    if found["reviews"]:
        print(f"{found['reviews']} pairs may be one workout: homestretch match list")
    if found["changes"]["open"]:
        print(f"{found['changes']['open']} changes wait for approval: homestretch changes list")

"""`homestretch status`: an overview."""

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.model.documents.system import Overview


def COMMAND(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show activities, sources and open questions."""
    from homestretch.views.activities.activities import activity_summary
    from homestretch.views.activities.matches import open_questions
    from homestretch.views.lists.filters import Filter
    from homestretch.views.sources.proposals import proposal_list
    from homestretch.views.sources.sources import connection_list

    with opened(athlete) as (app, scope, beside), app.database.read() as reader:
        found: Overview = {
            "server": bool(beside),
            "activities": activity_summary(reader, scope, Filter())["total"],
            "possible_duplicates": open_questions(reader, scope)["total"],
            "changes": {
                "open": proposal_list(reader, scope, ["open"], 1)["total"],
                "approved": proposal_list(reader, scope, ["approved"], 1)["total"],
            },
            "sources": connection_list(reader, scope, app.context.clock()),
        }
    if json:
        say_json(found)
        return
    print(f"The server is {'running' if found['server'] else 'not running'}. {found['activities']} activities.")
    for one in found["sources"]:
        left = f", {one['backlog']['wanted']} remaining" if one["backlog"]["wanted"] else ""
        print(f"{one['name']} ({one['label']}): {one['state']}{left}{': ' + one['reason'] if one['reason'] else ''}")
    if found["possible_duplicates"]:
        print(f"{found['possible_duplicates']} possible duplicates to review: homestretch matches list")
    if found["changes"]["open"]:
        print(f"{found['changes']['open']} changes to approve: homestretch changes list")

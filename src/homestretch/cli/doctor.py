"""`homestretch doctor`: what is well and what is not."""

import typer

from homestretch.cli._opened import JsonOption
from homestretch.cli._say import say_json, say_table


def COMMAND(json: JsonOption = False) -> None:
    """Look the installation over and say what to do about what is not well; changes nothing."""
    from homestretch.flow.owner import owner_of
    from homestretch.flow.world import now_ms
    from homestretch.settings import Settings
    from homestretch.views.doctor import examine

    settings = Settings()
    found = examine(settings, owner_of(settings.data_dir), now_ms())
    if json:
        say_json({"checks": found})
    else:
        say_table(("check", "", ""), [(one["check"], one["status"], one["says"]) for one in found])
    raise typer.Exit(1 if any(one["status"] == "fail" for one in found) else 0)

"""`homestretch calendar`: months and their sync status."""

from datetime import date, timedelta
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table
from homestretch.model.documents.calendar import MonthOfSource

Months = Annotated[int, typer.Option("--months", min=1, max=600, help="Number of months, up to this one.")]


def COMMAND(months: Months = 12, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show monthly totals and sync status."""
    from homestretch.views.kit.today import today
    from homestretch.views.page.calendar import calendar

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        now = today(reader, scope, app.context.clock())
        found = calendar(reader, scope, _back(now, months - 1), now.replace(day=1))
    if json:
        say_json(found)
        return
    columns = [one["label"] or one["name"] for one in found["sources"]]
    rows = []
    for month, done in sorted(found["months"].items(), reverse=True):
        states = [_described(done["sources"].get(one["connection"])) for one in found["sources"]]
        rows.append([month, done["count"], kilometres(done["distance_m"]), duration(done["moving_s"]), *states])
    say_table(["month", "activities", "distance", "moving", *columns], rows)


def _described(month: MonthOfSource | None) -> str:
    if month is None:
        return ""
    left = f", {month['wanted']} remaining" if month["wanted"] else ""
    lost = f", {month['failed']} failed" if month["failed"] else ""
    return f"{month['state']} ({month['activities']}{left}{lost})"


def _back(today: date, months: int) -> date:
    first = today.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first

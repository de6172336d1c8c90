"""Proposing a month's changes and showing them, as two commands do it."""

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from homestretch.cli._say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.store.scope import Scope


def first_day(month: str) -> date:
    """Return the first day of a month written as 2026-11."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise typer.BadParameter(f"{month} is no month; write it like 2026-11") from error


def propose_month(app: "App", scope: "Scope", month: str, *, dry_run: bool) -> dict[str, Any]:
    """Propose what would make the sources agree with what is here; with `dry_run` return what that would be."""
    from homestretch.flow import proposing
    from homestretch.views.compare import changes_of, compare_month
    from homestretch.views.proposals import proposal_list

    first = first_day(month)
    with app.database.read() as reader:
        found = compare_month(reader, scope, first, app.world.clock())
    wanted = changes_of(found)
    if dry_run:
        names = {one["connection"]: one for one in found["sources"]}
        shown = {item["activity"]["id"]: item["activity"] for item in found["items"]}
        items = [
            {
                "id": "", "state": "would be proposed", "source_name": names[one.connection]["name"],
                "start": shown[one.activity]["start"], "activity_name": shown[one.activity]["name"],
                "field": one.field, "before": one.before, "after": one.after, "note": None,
            }
            for one in wanted
        ]  # fmt: skip
        return {"items": items, "next": None, "total": len(items)}
    proposing.propose(app.world, scope, [proposing.Wish(*one) for one in wanted])
    with app.database.read() as reader:
        return proposal_list(reader, scope, [proposing.OPEN], 500)


def say_changes(found: dict[str, Any], *, as_json: bool) -> None:
    """Print proposed changes."""
    if as_json:
        say_json(found)
        return
    rows = [
        [one["id"], one["state"], one["source_name"], (one["start"] or "")[:10], one["activity_name"], one["field"],
         one["before"], one["after"], one["note"]]
        for one in found["items"]
    ]  # fmt: skip
    say_table(["no", "state", "source", "day", "activity", "field", "from", "to", "note"], rows)
    if any(one["state"] == "open" for one in found["items"]):
        typer.echo("Approve with: homestretch changes approve NUMBER… (or all)")

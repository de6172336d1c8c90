"""Syncs a month, proposes its changes and shows them, for several commands."""

import time
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

import typer

from homestretch.cli._runtime.say import say_json, say_table
from homestretch.model.documents.collections import Page
from homestretch.model.documents.compare import Proposal, Value

#: How often and how long a command checks the status of a change: an upload may take a provider minutes.
LOOK_S, PATIENCE_S = 0.3, 300.0

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.store.scope import Scope


class ChangePreview(TypedDict):
    """A change that would be proposed."""

    id: str
    state: str
    source_name: str
    start: str
    activity_name: str
    field: str
    before: Value
    after: Value
    note: str | None


type Changes = Page[Proposal] | Page[ChangePreview]


def first_day(month: str) -> date:
    """Return the first day of a month written as 2026-11."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise typer.BadParameter(f"{month} is not a month; write it like 2026-11") from error


def sync_month(
    month: str, source: str | None, athlete: str | None, *, refetch: bool, dry_run: bool, as_json: bool
) -> None:
    """Sync a month unless it is a dry run, and show the changes that would make the sources agree."""
    from homestretch.cli._runtime.connected import connected, follow_month
    from homestretch.cli._runtime.opened import opened

    first = first_day(month)
    with opened(athlete) as (app, scope, beside):
        if not dry_run:
            ids = [one["id"] for one in connected(app, scope, source)]
            if code := follow_month(app, scope, ids, beside, first, refetch=refetch, quiet=as_json):
                raise typer.Exit(code)
        found = propose_month(app, scope, month, dry_run=dry_run)
    say_changes(found, as_json=as_json)


def propose_month(app: "App", scope: "Scope", month: str, *, dry_run: bool) -> Changes:
    """Propose what would make the sources agree with what is here; with `dry_run` return what that would be."""
    from homestretch.flow.writeback import proposals
    from homestretch.flow.writeback.states import OPEN
    from homestretch.views.page.compare import changes_of, compare_month
    from homestretch.views.sources.proposals import proposal_list

    first = first_day(month)
    with app.database.read() as reader:
        found = compare_month(reader, scope, first, app.context.clock())
    wanted = changes_of(found)
    if dry_run:
        names = {one["connection"]: one for one in found["sources"]}
        shown = {item["activity"]["id"]: item["activity"] for item in found["items"]}
        items: list[ChangePreview] = [
            {
                "id": "",
                "state": "would be proposed",
                "source_name": names[one.connection]["name"],
                "start": shown[one.activity]["start"],
                "activity_name": shown[one.activity]["name"],
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "note": None,
            }
            for one in wanted
        ]
        return {"items": items, "next": None, "total": len(items)}
    proposals.propose(app.context, scope, [proposals.ProposedChange(*one) for one in wanted])
    with app.database.read() as reader:
        return proposal_list(reader, scope, [OPEN], 500)


def follow_changes(app: "App", scope: "Scope", numbers: Sequence[int], beside: "Beside") -> int:
    """Apply changes, or follow the server that does, until each is applied, failed or has to wait; print its status.

    Returns 0 where all were applied, else 1.
    """
    until = time.monotonic() + PATIENCE_S
    if beside:
        app.wake()
    while _under_way(found := _looked(app, scope, numbers)) and time.monotonic() < until:
        if not beside:
            _apply(app)
        if beside or _under_way(found := _looked(app, scope, numbers)):
            time.sleep(LOOK_S)
    for one in reversed(found):
        note = f": {one['note']}" if one["note"] else ""
        state = "waits" if one["state"] == "approved" else one["state"]
        what = f"{one['field']} of {one['activity_name'] or 'an activity'} at {one['source_name']}"
        typer.echo(f"{one['id']}  {state}  {what}{note}")
    return 0 if all(one["state"] in ("applied", "undone") for one in found) else 1


def _looked(app: "App", scope: "Scope", numbers: Sequence[int]) -> list[Proposal]:
    from homestretch.views.sources.proposals import proposal_list

    with app.database.read() as reader:
        return proposal_list(reader, scope, [], len(numbers) or 1, numbers)["items"]


def _under_way(found: Sequence[Proposal]) -> bool:
    """Return whether a change is still to be made and nothing is in its way: what waits for a provider says so."""
    return any(one["state"] == "approved" and not one["note"] for one in found)


def _apply(app: "App") -> None:
    from homestretch.flow.writeback.applying import apply_changes, due_changes

    for connection in due_changes(app.context):
        while apply_changes(app.context, connection):
            pass


def say_changes(found: Changes, *, as_json: bool) -> None:
    """Print proposed changes."""
    if as_json:
        say_json(found)
        return
    rows = [
        [
            one["id"],
            one["state"],
            one["source_name"],
            (one["start"] or "")[:10],
            one["activity_name"],
            one["field"],
            one["before"],
            one["after"],
            one["note"],
        ]
        for one in found["items"]
    ]
    say_table(["no", "state", "source", "day", "activity", "field", "from", "to", "note"], rows)
    if any(one["state"] == "open" for one in found["items"]):
        typer.echo("Approve with: homestretch changes approve NUMBER… (or all)")

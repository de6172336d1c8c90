"""`homestretch gear`: bikes, shoes, components and services."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table
from homestretch.model.documents.gear import GearComponent

COMMAND = typer.Typer(help="List and edit gear, components and services.", no_args_is_help=True)
Item = Annotated[str, typer.Argument(help="Id of the gear.")]
Name = Annotated[str | None, typer.Option(help="Name.")]
Kind = Annotated[str | None, typer.Option(help="bike, shoes or other.")]
Families = Annotated[str | None, typer.Option(help="Sports it is the default for, such as ride,run. Empty for none.")]
Since = Annotated[
    str | None,
    typer.Option(help="Since when it is the default: today, first (its first activity), always, or 2026-03-01."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show which past activities would be added.")]
Before = Annotated[float | None, typer.Option(min=0, help="Starting distance in km.")]
BeforeH = Annotated[float | None, typer.Option(min=0, help="Starting time in hours.")]
Component = Annotated[str, typer.Argument(help="Id of the component.")]
EveryKm = Annotated[float | None, typer.Option(min=0, help="Service interval in km. 0 for none.")]
EveryH = Annotated[float | None, typer.Option(min=0, help="Service interval in hours of use. 0 for none.")]
EveryDays = Annotated[int | None, typer.Option(min=0, help="Service interval in days. 0 for none.")]
DAY = ["%Y-%m-%d"]


@COMMAND.command("list")
def list_gear(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List gear, the time left until service, and unmatched gear from sources."""
    from homestretch.views.gear.gear import gear_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = gear_list(reader, scope, app.context.clock())
    if json:
        say_json(found)
        return
    rows = [
        (
            one["id"],
            one["name"],
            one["kind"],
            kilometres(one["distance_m"]),
            duration(one["time_s"]),
            one["activities"],
            one["last_day"],
            ",".join(one["families"]),
            one["retired"],
        )
        for one in found["items"]
    ]
    say_table(("id", "name", "kind", "distance", "time", "activities", "last", "default for", "retired"), rows)
    for one in found["items"]:
        for part in one["components"]:
            print(f"{one['name']}: {part['name']} ({part['id']}){_left(part)}")
        for alias in (alias for alias in one["aliases"] if alias["mismatch"]):
            print(f"{one['name']}: {kilometres(alias['distance_m'])} at {alias['source_name']}.")
    for gear in found["unknown"]:
        print(f"Unmatched gear from {gear['source_name']}: {gear['name']} ({gear['source']} {gear['key']})")


@COMMAND.command("add")
def add_gear(
    name: Annotated[str, typer.Argument(help="Name.")],
    kind: Kind = None,
    families: Families = None,
    since: Since = None,
    before: Before = None,
    source: Annotated[str | None, typer.Option(help="Source that has this gear, with --key.")] = None,
    key: Annotated[str | None, typer.Option(help="Key of the gear at that source.")] = None,
    dry_run: DryRun = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Add gear. With --families, also give --since."""
    from homestretch.flow.edit.gear import add

    if (source is None) != (key is None):
        raise typer.BadParameter("--source and --key go together")
    fields = {"name": name, **_fields(None, kind, families, before)}
    with opened(athlete) as (app, scope, _):
        fields |= _usual(app, scope, None, fields, since)
        if dry_run:
            _print_counted(app, scope, None, fields, json)
            return
        made = add(app.context, scope, fields, None if source is None or key is None else (source, key))
        _say(app, scope, made, json)


@COMMAND.command("set")
def set_gear(
    item: Item,
    name: Name = None,
    kind: Kind = None,
    families: Families = None,
    since: Since = None,
    before: Before = None,
    retired: Annotated[datetime | None, typer.Option(formats=DAY, help="Last day of use.")] = None,
    in_use: Annotated[bool, typer.Option("--in-use", help="Bring it back into use.")] = False,
    into: Annotated[str | None, typer.Option(help="Merge it into this other gear.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove it. `gear restore` brings it back.")] = False,
    source: Annotated[str | None, typer.Option(help="Source that has this gear as --key.")] = None,
    key: Annotated[str | None, typer.Option(help="Key of the gear at that source.")] = None,
    dry_run: DryRun = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Edit gear: name, retirement, matching gear at sources, or merge it."""
    from homestretch.flow.edit import gear as flow

    fields = _fields(name, kind, families, before)
    if retired is not None or in_use:
        fields["retired"] = None if in_use or retired is None else retired.date()
    with opened(athlete) as (app, scope, _):
        fields |= _usual(app, scope, item, fields, since)
        if dry_run:
            _print_counted(app, scope, item, fields, json)
            return
        if fields:
            flow.change(app.context, scope, item, fields)
        if source is not None and key is not None:
            flow.alias(app.context, scope, item, source, key)
        if into is not None:
            flow.merge(app.context, scope, item, into)
        if remove:
            flow.remove(app.context, scope, item)
        else:
            _say(app, scope, into or item, json)


@COMMAND.command("restore")
def restore_gear(item: Item, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Restore removed gear."""
    from homestretch.flow.edit.gear import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, item)
        _say(app, scope, item, json)


@COMMAND.command("component")
def component_of(
    item: Item,
    name: Annotated[str, typer.Argument(help="Name.")],
    since: Annotated[datetime, typer.Option(formats=DAY, help="Day it was fitted.")],
    every_km: EveryKm = None,
    every_h: EveryH = None,
    every_days: EveryDays = None,
    before: Before = None,
    before_h: BeforeH = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Add a component to gear."""
    from homestretch.flow.edit.components import fit

    with opened(athlete) as (app, scope, _):
        fit(app.context, scope, item, name, since.date(), _wear(before, before_h, every_km, every_h, every_days))
        _say(app, scope, item, json)


@COMMAND.command("set-component")
def set_component(
    item: Item,
    component: Component,
    name: Name = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="Day it was fitted.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Day it was removed.")] = None,
    in_use: Annotated[bool, typer.Option("--in-use", help="Bring it back into use.")] = False,
    every_km: EveryKm = None,
    every_h: EveryH = None,
    every_days: EveryDays = None,
    before: Before = None,
    before_h: BeforeH = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove it. --restore brings it back.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Restore a removed component.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Edit a component: name, dates, service intervals, starting distance."""
    from homestretch.flow.edit import components as flow

    fields = {**({} if name is None else {"name": name}), **_wear(before, before_h, every_km, every_h, every_days)}
    fields |= {} if since is None else {"since": since.date()}
    fields |= {} if until is None and not in_use else {"until": None if in_use or until is None else until.date()}
    with opened(athlete) as (app, scope, _):
        if restore:
            flow.restore(app.context, scope, item, component)
        if fields:
            flow.change(app.context, scope, item, component, fields)
        if remove:
            flow.remove(app.context, scope, item, component)
        _say(app, scope, item, json)


@COMMAND.command("service")
def service(
    item: Item,
    component: Component,
    day: Annotated[datetime | None, typer.Option(formats=DAY, help="Day of the service. By default today.")] = None,
    note: Annotated[str | None, typer.Option(help="What was done.")] = None,
    undo: Annotated[int | None, typer.Option(help="Undo the service with this id instead.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Log a service of a component, or undo it."""
    from homestretch.flow.edit import components as flow
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _):
        if undo is not None:
            flow.revert(app.context, scope, item, component, undo)
        else:
            with app.database.read() as reader:
                when = day.date() if day else today(reader, scope, app.context.clock())
            flow.service(app.context, scope, item, component, when, note)
        _say(app, scope, item, json)


def _fields(name: str | None, kind: str | None, families: str | None, before: float | None) -> dict[str, Any]:
    said: dict[str, Any] = {"name": name, "kind": kind, "distance_m": None if before is None else before * 1000}
    if families is not None:
        said["families"] = [one.strip() for one in families.split(",") if one.strip()]
    return {key: value for key, value in said.items() if value is not None}


def _usual(app: Any, scope: Any, item: str | None, fields: dict[str, Any], since: str | None) -> dict[str, Any]:
    """Return since when an item is to be the usual one; required when it becomes one for the first time."""
    from homestretch.flow.edit.gear import preview
    from homestretch.views.gear.gear import gear_whole
    from homestretch.views.kit.today import today

    with app.database.read() as reader:
        before = [] if item is None else gear_whole(reader, scope, item, app.context.clock())["families"]
        now = today(reader, scope, app.context.clock())
    if since is None:
        if fields.get("families") and not before:
            raise typer.BadParameter("add --since: today, first, always or a day")
        return {}
    if since == "first":
        first = preview(app.context, scope, [], None, item)["first_day"]
        if first is None:
            raise typer.BadParameter("its first activity is not known; give a day", param_hint="--since")
        since = first
    if since in ("today", "always"):
        return {"usual_since": now if since == "today" else None}
    try:
        return {"usual_since": date.fromisoformat(since)}
    except ValueError as error:
        raise typer.BadParameter("today, first, always, or a day such as 2026-03-01", param_hint="--since") from error


def _print_counted(app: Any, scope: Any, item: str | None, fields: dict[str, Any], json: bool) -> None:
    """Print the past activities that an item would count with these fields."""
    from homestretch.flow.edit.gear import preview
    from homestretch.views.gear.gear import gear_whole

    families: list[str] = []
    since: str | date | None = None
    if item is not None:
        with app.database.read() as reader:
            now = gear_whole(reader, scope, item, app.context.clock())
        families, since = now["families"], now["usual_since"]
    since = fields.get("usual_since", since)
    found = preview(
        app.context,
        scope,
        fields.get("families", families),
        date.fromisoformat(since) if isinstance(since, str) else since,
        item,
    )
    if json:
        say_json(found)
    else:
        print(f"This would add {found['activities']} past activities: {kilometres(found['distance_m'])}.")


def _wear(
    before: float | None, before_h: float | None, every_km: float | None, every_h: float | None, every_days: int | None
) -> dict[str, Any]:
    """Return the values given in km, h and days under the names of the tables; an interval of 0 removes it."""
    done = {"distance_m": (before, 1000), "time_s": (before_h, 3600)}
    every = {"every_m": (every_km, 1000), "every_s": (every_h, 3600), "every_days": (every_days, 1)}
    said = {name: amount * by for name, (amount, by) in done.items() if amount is not None}
    return said | {name: amount * by or None for name, (amount, by) in every.items() if amount is not None}


def _left(part: GearComponent) -> str:
    left = [
        *([kilometres(part["left_m"])] if part["left_m"] is not None else []),
        *([f"{part['left_s'] / 3600:.1f} h"] if part["left_s"] is not None else []),
        *([f"{part['left_days']} days"] if part["left_days"] is not None else []),
    ]
    return " is due for service." if part["due"] else f": {', '.join(left)} left" if left else ""


def _say(app: Any, scope: Any, item: str, json: bool) -> None:
    from homestretch.views.gear.gear import gear_whole

    with app.database.read() as reader:
        found = gear_whole(reader, scope, item, app.context.clock())
    if json:
        say_json(found)
    else:
        print(f"{found['id']}  {found['name']}  {kilometres(found['distance_m'])}")
        for part in found["components"]:
            print(f"  {part['id']}  {part['name']}{_left(part)}")

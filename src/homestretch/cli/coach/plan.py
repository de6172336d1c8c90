"""`homestretch coach plan`: plans of training, in versions."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.model.coach.plan import WeekDocument
    from homestretch.model.coach.rule import ViolationDocument
    from homestretch.model.documents.coach_plans import PlanDocument
    from homestretch.store.scope import Scope

COMMAND = typer.Typer(help="Make plans, check them against your rules, change and approve them.", no_args_is_help=True)
Plan = Annotated[str | None, typer.Argument(help="Id of the plan. By default the newest.")]
Version = Annotated[int | None, typer.Option(help="Version. By default the newest.")]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Day, YYYY-MM-DD.")]


@COMMAND.command("make")
def make_plan(
    sport: Annotated[str, typer.Option(help="run, ride, swim, triathlon, … .")],
    weeks: Annotated[int | None, typer.Option(help="Number of weeks. By default up to the event, else 12.")] = None,
    hours: Annotated[float | None, typer.Option(help="Most hours of training in a week.")] = None,
    event: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the event.")] = None,
    event_name: Annotated[str | None, typer.Option(help="Name of the event.")] = None,
    distance_km: Annotated[float | None, typer.Option(help="Distance of the event.")] = None,
    duration_h: Annotated[float | None, typer.Option(help="How many hours the event will take.")] = None,
    priority: Annotated[str, typer.Option(help="A: the plan leads to it. B or C: on the way.")] = "A",
    level: Annotated[str, typer.Option(help="novice, normal, advanced or masters.")] = "normal",
    strength: Annotated[int, typer.Option(min=0, max=3, help="Strength sessions a week.")] = 0,
    title: Annotated[str | None, typer.Option(help="Title of the plan.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Make a plan from today's fitness, your history and your rules. It begins next Monday."""
    from homestretch.flow.coach import plans as flow

    wanted = flow.PlanWanted(
        sport=sport,
        weeks=weeks,
        hours=hours,
        event=flow.event_of(
            None if event is None else event.date(), event_name, sport, priority, distance_km, duration_h
        ),
        level=flow.level_of(level),
        strength=strength,
        title=title,
    )
    with opened(athlete) as (app, scope, _):
        _show(app, scope, flow.make(app.context, scope, wanted), None, json)


@COMMAND.command("list")
def list_plans(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the plans, the newest first."""
    from homestretch.views.coach.plans import plans

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = plans(reader, scope)
    if json:
        say_json(found)
        return
    say_table(
        ("plan", "title", "from", "to", "version", "status"),
        [
            (one["plan"], one["title"], one["start"], one["end"], one["version"], one["status"])
            for one in found["items"]
        ],
    )


@COMMAND.command("show")
def show_plan(
    plan: Plan = None, version: Version = None, json: JsonOption = False, athlete: AthleteOption = None
) -> None:
    """Show a plan week by week."""
    with opened(athlete) as (app, scope, _):
        _show(app, scope, plan, version, json)


@COMMAND.command("versions")
def list_versions(plan: Plan = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the versions of a plan, the newest first."""
    from homestretch.views.coach.plans import plan_document, plan_versions

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = plan_versions(reader, scope, plan or plan_document(reader, scope)["plan"])
    if json:
        say_json(found)
        return
    say_table(
        ("version", "from", "status", "author", "hours", "load", "why"),
        [
            (
                one["version"],
                one["parent"],
                one["status"],
                one["author"],
                round(one["minutes"] / 60, 1),
                one["load"],
                one["why"],
            )
            for one in found["items"]
        ],
    )


@COMMAND.command("check")
def check_plan(
    plan: Plan = None,
    version: Version = None,
    as_made: Annotated[bool, typer.Option("--as-made", help="By the rules of the day it was made.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Check a plan against your rules. Exits with 1 where a rule that must hold is violated."""
    from homestretch.views.coach.check import check_version

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = check_version(reader, scope, app.context.clock(), plan, version, as_made=as_made)
    if json:
        say_json(found)
    else:
        _say_violations(found["violations"])
    if any(one["severity"] == "must" for one in found["violations"]):
        raise typer.Exit(1)


@COMMAND.command("diff")
def diff_versions(
    plan: Plan = None,
    before: Annotated[int | None, typer.Option("--from", help="Version. By default the one it was made from.")] = None,
    after: Annotated[int | None, typer.Option("--to", help="Version. By default the newest.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show what is different between two versions of a plan."""
    from homestretch.views.coach.changes import plan_diff

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = plan_diff(reader, scope, app.context.clock(), plan, before, after)
    if json:
        say_json(found)
        return
    for change in found["changes"]:
        days = " → ".join(day for day in (change.get("from"), change.get("to") or change.get("day")) if day)
        fields = ", ".join(f"{key} {old} → {new}" for key, (old, new) in change.get("changed", {}).items())
        print(f"{change['op']}: {change['title']}, {days}{f' ({fields})' if fields else ''}")
    for monday, week in found["weeks"].items():
        print(f"week of {monday}: {week['minutes']:+d} min, load {week['load']:+g}")


@COMMAND.command("adapt")
def adapt_plan(
    propose: Annotated[
        bool, typer.Option("--propose", help="Make the next version, which waits for approval.")
    ] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show what to change in the plan in force after missed or overdone sessions, illness, or a bad night."""
    from homestretch.flow.coach import changes as flow
    from homestretch.views.coach.today import plan_today

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = plan_today(reader, scope, app.context.clock())
        if propose:
            made = flow.adapt_plan(app.context, scope)
            _show(app, scope, made["plan"], made["version"], json)
            return
    if json:
        say_json(found)
        return
    if found["plan"] is None:
        print("No plan is in force. Approve one with: homestretch coach plan approve")
    for one in found["advice"]:
        print(f"{one['op']} {one['title'] or 'the plan'}{f' to {to}' if (to := one['to']) else ''}: {one['why']}")
    if found["plan"] is not None and not found["advice"]:
        print("Nothing to change.")


@COMMAND.command("replan")
def replan(plan: Plan = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Plan the days from today on again: makes the next version, which waits for approval."""
    from homestretch.flow.coach import changes as flow
    from homestretch.views.coach.plans import plan_document

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = plan_document(reader, scope, plan)
        made = flow.replan(app.context, scope, found["plan"])
        _show(app, scope, made["plan"], made["version"], json)


@COMMAND.command("move")
def move_session(
    session: Annotated[str, typer.Argument(help="Id of the session.")],
    day: Day,
    why: Annotated[str, typer.Option(help="Why.")] = "",
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Move a session to another day: makes the next version of the plan, which waits for approval."""
    from homestretch.flow.coach import changes as flow

    with opened(athlete) as (app, scope, _):
        made = flow.move(app.context, scope, session, day.date(), why)
        if json:
            _show(app, scope, made["plan"], made["version"], json)
            return
        print(f"Version {made['version']} is proposed. Approve it with: homestretch coach plan approve")
        _say_violations(made["violations"])


@COMMAND.command("route")
def follow_route(
    session: Annotated[str, typer.Argument(help="Id of the session.")],
    route: Annotated[str | None, typer.Argument(help="Id of a planned route. Without one the route is shown.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="The session follows no route.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Say which planned route a session follows, and show how long that takes."""
    from homestretch.cli._runtime.say import duration
    from homestretch.flow.coach.planned_routes import follow
    from homestretch.views.coach.routes.routes import session_route
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _):
        if route is not None or remove:
            follow(app.context, scope, session, None if remove else route)
        with app.database.read() as reader:
            found = session_route(reader, scope, session, today(reader, scope, app.context.clock()))
    if json:
        say_json(found)
    elif found["route"] is None:
        print("This session follows no route.")
    else:
        took = "" if found["seconds"] is None else f"  about {duration(found['seconds'])}"
        print(f"{found['route']['name']}  {found['route']['length_m'] / 1000:.1f} km{took}")


@COMMAND.command("approve")
def approve_version(
    plan: Plan = None,
    version: Version = None,
    anyway: Annotated[str, typer.Option(help="Why to approve it although it breaks a rule that must hold.")] = "",
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Approve a version of a plan: it is in force from now on."""
    from homestretch.flow.coach import plans as flow
    from homestretch.views.coach.plans import plan_document

    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = plan_document(reader, scope, plan, version)
        flow.approve(app.context, scope, found["plan"], found["version"], anyway)
        if json:
            _show(app, scope, found["plan"], found["version"], json)
            return
    print(f"Version {found['version']} of {found['title']} is in force.")


@COMMAND.command("remove")
def remove_plan(plan: Annotated[str, typer.Argument(help="Id of the plan.")], athlete: AthleteOption = None) -> None:
    """Remove a plan; `restore` brings it back."""
    from homestretch.flow.coach import plans as flow

    with opened(athlete) as (app, scope, _):
        flow.remove(app.context, scope, plan)
    print(f"Removed. Bring it back with: homestretch coach plan restore {plan}")


@COMMAND.command("restore")
def restore_plan(plan: Annotated[str, typer.Argument(help="Id of the plan.")], athlete: AthleteOption = None) -> None:
    """Bring a plan back that was removed."""
    from homestretch.flow.coach import plans as flow

    with opened(athlete) as (app, scope, _):
        flow.restore(app.context, scope, plan)
    print("The plan is back.")


@COMMAND.command("send")
def send(
    to: Annotated[str | None, typer.Option(help="garmin, intervals, or a connection. By default every one.")] = None,
    days: Annotated[int, typer.Option(min=0, max=400, help="Sessions of so many days; 0: only what was sent.")] = 7,
    session: Annotated[str | None, typer.Option(help="Id of one session.")] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Approve and send at once.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Send sessions of the plan in force to Garmin Connect or intervals.icu, and update what was sent before.

    Each is a change that waits for your approval.
    """
    from homestretch.cli._runtime.sending import send_sessions
    from homestretch.views.coach.leaving.sending import Chosen

    chosen = Chosen(to, days if session is None else None, session)
    with opened(athlete) as (app, scope, beside):
        code = send_sessions(app, scope, beside, chosen, approve=approve, as_json=json)
    raise typer.Exit(code)


@COMMAND.command("calendar")
def calendar(
    new: Annotated[bool, typer.Option("--new", help="Make a new address; the one before leads nowhere then.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="With the steps and notes of the sessions.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the address.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show, make or remove the secret address at which calendar programs find the plan in force."""
    from homestretch.flow.coach import sending as flow
    from homestretch.views.coach.leaving.calendar import calendar_feed

    with opened(athlete) as (app, scope, _):
        if remove:
            flow.remove_calendar(app.context, scope)
        path = flow.make_calendar(app.context, scope, notes) if new else None
        with app.database.read() as reader:
            found = calendar_feed(reader, scope, path)
        home = app.settings.public_url or app.settings.address
    if json:
        say_json(found)
    elif path is not None:
        print(f"{home.rstrip('/')}{path}")
        print("Whoever has this address sees the plan. It is shown only now.")
    elif found["made"] is None:
        print("The calendar has no address. Make one with: homestretch coach plan calendar --new")
    else:
        print(f"The address was made on {found['made'][:10]}. Make another one with --new.")


def _show(app: "App", scope: "Scope", plan: str | None, version: int | None, json: bool) -> None:
    from homestretch.views.coach.plans import plan_document

    with app.database.read() as reader:
        found = plan_document(reader, scope, plan, version)
    if json:
        say_json(found)
    else:
        _say_plan(found)


def _say_plan(plan: "PlanDocument") -> None:
    print(f"{plan['title']}: {plan['start']} to {plan['end']}, version {plan['version']}, {plan['status']}")
    print(f"Plan {plan['plan']}. {plan['why']}")
    for event in plan["events"]:
        print(f"{event['priority']} event: {event['name']}, {event['date']}")
    for number, week in enumerate(plan["weeks"], 1):
        print()
        _say_week(number, week)


def _say_week(number: int, week: "WeekDocument") -> None:
    goal = f"goal {week['goal']}: {week['why']}"
    print(f"Week {number}, {week['monday']}: {week['phase']} ({week['kind']}), {_hours(week['minutes'])}, "
          f"load {week['load']:g} ({goal})")  # fmt: skip
    for day in week["days"]:
        if "event" in day:
            print(f"  {day['date']}  {day['event']['name']}")
        for one in day["sessions"]:
            marks = " (hard)" if one["hard"] else ""
            print(
                f"  {day['date']}  {one['title']}{marks}, {_hours(one['minutes'])}, load {one['load']:g}  [{one['id']}]"
            )
    for sentence in week["dropped"]:
        print(f"  Dropped: {sentence}")


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02}"


def _say_violations(violations: "list[ViolationDocument]") -> None:
    if not violations:
        print("The plan keeps all your rules.")
        return
    say_table(("", "day", "", "rule"), [(one["severity"], one["day"], one["text"], one["rule"]) for one in violations])

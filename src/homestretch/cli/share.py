"""`homestretch share`: links by which activities, planned routes and ranges of days are shared."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.model.sharing import Aspect, Subject

COMMAND = typer.Typer(help="Share activities, routes and ranges by links, and take links back.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the link.")]
Hide = Annotated[
    list[str] | None,
    typer.Option(help="What not to show, such as heart_rate; more than once. By default what is set for new links."),
]
ShowAll = Annotated[bool, typer.Option("--show-all", help="Hide nothing but private places.")]
Password = Annotated[str | None, typer.Option(help="A password that opens the link.")]


@COMMAND.command("list")
def list_links(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List links, the newest first."""
    from homestretch.flow.accounts.shares import path_of
    from homestretch.views.sharing.links import share_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = share_list(reader, scope, app.settings, lambda share: path_of(app.context, share))
    if json:
        say_json(found)
        return
    rows = [
        (
            one["id"],
            one["subject"],
            "revoked" if one["revoked"] else one["until"] or "no end",
            ", ".join(one["hidden"]) or "nothing",
            one["opens"],
            one["path"] or "",
        )
        for one in found["items"]
    ]
    say_table(("id", "leads to", "until", "hides", "opens", "path"), rows)


@COMMAND.command("add")
def add_link(
    subject: Annotated[
        str, typer.Argument(help="Id of the activity or planned route, or days: 2026-05-01..2026-05-31.")
    ],
    route: Annotated[bool, typer.Option("--route", help="The id is that of a planned route.")] = False,
    hide: Hide = None,
    show_all: ShowAll = False,
    days: Annotated[int, typer.Option(help="For how many days it is open, 1 to 366; 0 for no end.")] = 30,
    password: Password = None,
    athlete: AthleteOption = None,
) -> None:
    """Make a link to an activity, a planned route or a range of days, and print its address."""
    from homestretch.flow.accounts.shares import make, path_of
    from homestretch.views.sharing.links import share_list, share_shown
    from homestretch.views.sharing.subjects import shareable_subject

    chosen = _aspects(hide, show_all)
    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            found = shareable_subject(reader, scope.athlete_id, _subject(subject, route))
            usual = share_list(reader, scope, app.settings, lambda _share: None, found)["hidden"]
        hidden = usual if chosen is None else chosen
        made = make(app.context, scope, found, hidden, days=days or None, password=password)
        with app.database.read() as reader:
            link = share_shown(reader, scope, app.settings, lambda share: path_of(app.context, share), made)
    print(f"{(app.settings.public_url or '').rstrip('/')}{link['path']}")


@COMMAND.command("change")
def change_link(
    link: Id,
    hide: Annotated[
        list[str] | None, typer.Option(help="What not to show from now on, such as heart_rate; more than once.")
    ] = None,
    show_all: ShowAll = False,
    days: Annotated[
        int | None, typer.Option(help="For how many days from now it is open, 1 to 366; 0 for no end.")
    ] = None,
    password: Password = None,
    no_password: Annotated[bool, typer.Option("--no-password", help="Let it open without a password.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Change what a link hides, how long it is open, or its password. What is not named stays."""
    from homestretch.flow.accounts.shares import change

    if password is not None and no_password:
        raise typer.BadParameter("Use --password or --no-password.")
    hidden = _aspects(hide, show_all)
    with opened(athlete) as (app, scope, _):
        change(
            app.context,
            scope,
            link,
            hidden=hidden,
            days=days or None,
            endless=days == 0,
            password=password,
            without_password=no_password,
        )


@COMMAND.command("revoke")
def revoke_link(link: Id, athlete: AthleteOption = None) -> None:
    """Take a link back: it leads nowhere from now on."""
    from homestretch.flow.accounts.shares import revoke

    with opened(athlete) as (app, scope, _):
        revoke(app.context, scope, link)


@COMMAND.command("restore")
def restore_link(link: Id, athlete: AthleteOption = None) -> None:
    """Let a link that was taken back lead there again."""
    from homestretch.flow.accounts.shares import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, link)


def _subject(named: str, route: bool) -> "Subject":
    from homestretch.model.sharing import TO, Subject

    return Subject("route" if route else "range" if TO in named else "activity", named)


def _aspects(hide: list[str] | None, show_all: bool) -> "list[Aspect] | None":
    """Return what is to be hidden, None where nothing was said. Raises BadRequest for what is no aspect."""
    from homestretch.errors import unknown
    from homestretch.model.sharing import ASPECTS

    for word in hide or []:
        if word not in ASPECTS:
            raise unknown("aspect", word, ASPECTS)
    return [] if show_all else None if hide is None else [one for one in ASPECTS if one in hide]

"""`homestretch coach prompts`: what a language model is instructed, in versions."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="See and change what a language model is instructed.", no_args_is_help=True)
ActionName = Annotated[str, typer.Argument(help="Action, as `list` shows it, such as weekly_review.")]
Models = Annotated[str, typer.Option("--models", help="A model, vendor/* for a vendor's, or * for all.")]
Version = Annotated[int, typer.Argument(help="Version; 0 is the built-in one.")]
LONGEST = 200_000


@COMMAND.command("list")
def list_prompts(json: JsonOption = False) -> None:
    """List every version of every prompt."""
    from homestretch.views.coach.model.prompts import list_prompts as listed

    with whole() as (app, _), app.database.read() as reader:
        found = listed(reader)
    if json:
        say_json(found)
        return
    rows = [
        (one["action"], one["pattern"], one["version"], "active" if one["active"] else "",
         "" if one["tested"] else "not tested", one["at"], one["note"])
        for one in found["items"]
    ]  # fmt: skip
    say_table(("action", "models", "version", "", "", "at", "note"), rows)


@COMMAND.command("show")
def show_prompt(
    action: ActionName,
    version: Annotated[int | None, typer.Argument(help="Version, by default the active. 0: built in.")] = None,
    models: Models = "*",
    json: JsonOption = False,
) -> None:
    """Print a prompt as a model is given it."""
    from homestretch.flow.coach.model.prompts import action_named
    from homestretch.views.coach.model.prompts import active_version, prompt_text

    with whole() as (app, _), app.database.read() as reader:
        named = action_named(action)
        number = active_version(reader, named, models) if version is None else version
        found = prompt_text(reader, named, models, number)
    if json:
        say_json(found)
    else:
        print(f"{found['text']}\n\n{found['tail']}")


@COMMAND.command("diff")
def diff_prompts(
    action: ActionName,
    before: Annotated[int | None, typer.Argument(help="Earlier version. By default the one it was made from.")] = None,
    after: Annotated[int | None, typer.Argument(help="Later version. By default the newest.")] = None,
    models: Models = "*",
    json: JsonOption = False,
) -> None:
    """Show what changed from one version to another."""
    from homestretch.flow.coach.model.prompts import action_named
    from homestretch.views.coach.model.prompts import prompt_diff

    with whole() as (app, _), app.database.read() as reader:
        found = prompt_diff(reader, action_named(action), models, before, after)
    if json:
        say_json(found)
    else:
        print("\n".join(found["lines"]))


@COMMAND.command("add")
def add_prompt(
    action: ActionName,
    file: Annotated[Path, typer.Option("--file", help="File with the text; - for standard input.")],
    models: Models = "*",
    note: Annotated[str, typer.Option(help="What is new, for the list.")] = "",
    json: JsonOption = False,
) -> None:
    """Keep a text as the next version. It holds once it was tested and activated."""
    from homestretch.flow.coach.model import prompts as flow
    from homestretch.views.coach.model.prompts import prompt_text

    text = _content(file)
    with whole() as (app, _):
        named = flow.action_named(action)
        made = flow.add_prompt(app.context, None, named, models, text, note)
        with app.database.read() as reader:
            found = prompt_text(reader, named, models, made)
    if json:
        say_json(found)
    else:
        print(f"Kept version {made}. Test it: homestretch coach prompts test {action} {made} --models '{models}'")


@COMMAND.command("test")
def test_prompt(
    action: ActionName,
    version: Version,
    models: Models = "*",
    model: Annotated[str | None, typer.Option(help="The model to test with, by default the first.")] = None,
    json: JsonOption = False,
) -> None:
    """Let a model answer an example by a version's text, and print what came back."""
    from homestretch.flow.coach.model.prompt_runs import try_prompt
    from homestretch.flow.coach.model.prompts import action_named
    from homestretch.views.coach.model.prompts import prompt_runs

    with whole() as (app, _):
        named = action_named(action)
        try_prompt(app.context, None, named, models, version, model)
        with app.database.read() as reader:
            run = prompt_runs(reader, named, models, version)["items"][0]
    if json:
        say_json(run)
        return
    print(run["answer"])
    for fault in run["faults"]:
        print(f"Fault: {fault}")


@COMMAND.command("activate")
def activate_prompt(action: ActionName, version: Version, models: Models = "*", json: JsonOption = False) -> None:
    """Let a tested version hold from now on; 0: none of these models' own."""
    from homestretch.flow.coach.model import prompts as flow

    with whole() as (app, _):
        flow.activate(app.context, None, flow.action_named(action), models, version)
    _say(action, models, version, json)


@COMMAND.command("restore")
def restore_prompt(action: ActionName, version: Version, models: Models = "*", json: JsonOption = False) -> None:
    """Keep an earlier version's text as the newest, and let it hold."""
    from homestretch.flow.coach.model import prompts as flow

    with whole() as (app, _):
        made = flow.restore(app.context, None, flow.action_named(action), models, version)
    _say(action, models, made, json)


def _say(action: str, models: str, version: int, json: bool) -> None:
    if json:
        say_json({"action": action, "pattern": models, "active": version})
    else:
        print(f"Version {version} of {action} holds for {models}.")


def _content(file: Path) -> str:
    from homestretch.files import read

    if str(file) == "-":
        return sys.stdin.read(LONGEST)
    try:
        return read(file, LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} can't be read: {error}", param_hint="--file") from None

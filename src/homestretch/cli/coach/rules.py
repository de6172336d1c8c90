"""`homestretch coach rules`: what must or should hold of training."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homestretch.app import App
    from homestretch.flow.coach.rules import Saved
    from homestretch.model.documents.coach_rules import RuleConflict, RuleRow, RulesDiff
    from homestretch.store.scope import Scope

COMMAND = typer.Typer(help="Say what must or should hold of your training.", no_args_is_help=True)
Words = Annotated[str, typer.Argument(help="Your words, such as “No training on Mondays”.")]
Ids = Annotated[list[str], typer.Argument(help="Ids of rules, as `list` shows them.")]
Why = Annotated[str, typer.Option(help="Why, for the list of versions.")]
#: Words and files with rules are no longer than this, in characters and bytes.
LONGEST = 200_000


@COMMAND.command("parse")
def parse_rules(text: Words, json: JsonOption = False) -> None:
    """Show how words are understood, without saving anything. No language model is asked."""
    from datetime import date

    from homestretch.views.coach.rule_preview import parsed_words

    parts = parsed_words(text[:LONGEST], date.today())
    if json:
        say_json(parts)
        return
    for part in parts:
        print(f"{part['text']}\n  {part['kind'] or 'not understood'}, {part['severity']}: {part['params']}")
        for question in part["questions"]:
            print(f"  ? {question}")


@COMMAND.command("add")
def add_rules(
    text: Annotated[str | None, typer.Argument(help="Your words, such as “No training on Mondays”.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="File with words, or with rules as JSON; - for standard input.")
    ] = None,
    why: Why = "",
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Save rules from words or a file; where something is open, save nothing, print the questions and exit 1.

    What is not understood is kept as a note, which is not checked.
    """
    from homestretch.flow.coach import rules as flow
    from homestretch.views.kit.today import today

    if (text is None) == (file is None):
        raise typer.BadParameter("give words or --file, one of them")
    words = text if text is not None else _content(file or Path("-"))
    with opened(athlete) as (app, scope, _):
        with app.database.read() as reader:
            now = today(reader, scope, app.context.clock())
        rules = None if text is not None else flow.rules_in(words)
        if rules is not None:
            _say_change(app, scope, flow.add_rules(app.context, scope, rules, why), json)
            return
        added = flow.add_words(app.context, scope, words, now, why)
        if added.saved is not None:
            _say_change(app, scope, added.saved, json)
            return
    if json:
        say_json({"saved": False, "questions": added.questions})
    else:
        print("Nothing was saved. Answer first, in the words or with a file:")
        for question in added.questions:
            print(f"  {question}")
    raise typer.Exit(1)


@COMMAND.command("save")
def save_rules(
    file: Annotated[Path, typer.Option("--file", help="JSON as `list --json` prints it; - for standard input.")],
    why: Why = "",
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Save the rules of a file in place of all there are: to change rules, edit what `list --json` prints."""
    from homestretch.flow.coach import rules as flow

    rules = flow.rules_in(_content(file))
    if rules is None:
        raise typer.BadParameter("the file has no JSON; see `list --json`", param_hint="--file")
    with opened(athlete) as (app, scope, _):
        _say_change(app, scope, flow.save_rules(app.context, scope, rules, why), json)


@COMMAND.command("list")
def list_rules(
    version: Annotated[int | None, typer.Option(help="Version of the rules. By default the newest.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List the rules, and which of them can't hold together."""
    from homestretch.views.coach.rules import rules_of

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        rules = rules_of(reader, scope, version)
    if json:
        say_json(rules)
        return
    rows = [
        (one["id"], one["kind"], "off" if one["off"] else one["severity"], one["sentence"], _state(one))
        for one in rules["items"]
    ]
    say_table(("id", "kind", "", "rule", ""), rows)
    _say_conflicts(rules["conflicts"])


def _state(row: "RuleRow") -> str:
    if row["questions"]:
        return "incomplete: " + " ".join(row["questions"])
    return "" if row["checked"] else "not checked"


@COMMAND.command("check")
def check_rules(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Look whether the rules can hold together, before anything is planned; exits 1 where they can't."""
    from homestretch.views.coach.rules import rules_of

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = rules_of(reader, scope)["conflicts"]
    if json:
        say_json({"conflicts": found})
    elif found:
        _say_conflicts(found)
    else:
        print("The rules can hold together.")
    if found:
        raise typer.Exit(1)


def _say_conflicts(found: "Sequence[RuleConflict]") -> None:
    for one in found:
        print(f"{', '.join(one['rules'])} can't hold together: {one['reason']}")
        for way in one["ways"]:
            print(f"  {way['rule']}: {way['text']}")


@COMMAND.command("kinds")
def list_kinds(json: JsonOption = False) -> None:
    """List every kind of rule with its parameters."""
    from homestretch.views.coach.rules import rule_kinds

    kinds = rule_kinds()
    if json:
        say_json(kinds)
        return
    rows = [
        (kind["key"], field["key"], field["title"], "required" if field["required"] else "", field["unit"])
        for kind in kinds["items"]
        for field in kind["fields"]
    ]
    say_table(("kind", "parameter", "", "", "unit"), rows)


@COMMAND.command("remove")
def remove_rules(ids: Ids, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Remove rules; `restore` brings an earlier version back."""
    from homestretch.flow.coach import rules as flow

    with opened(athlete) as (app, scope, _):
        _say_change(app, scope, flow.remove_rules(app.context, scope, ids), json)


@COMMAND.command("off")
def turn_off(ids: Ids, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Turn rules off; they stay in the list."""
    from homestretch.flow.coach import rules as flow

    with opened(athlete) as (app, scope, _):
        _say_change(app, scope, flow.turn_rules(app.context, scope, ids, off=True), json)


@COMMAND.command("on")
def turn_on(ids: Ids, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Turn rules on again."""
    from homestretch.flow.coach import rules as flow

    with opened(athlete) as (app, scope, _):
        _say_change(app, scope, flow.turn_rules(app.context, scope, ids, off=False), json)


@COMMAND.command("versions")
def list_versions(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the versions of the rules, the newest first."""
    from homestretch.views.coach.rules import rules_versions

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        versions = rules_versions(reader, scope)
    if json:
        say_json(versions)
        return
    say_table(
        ("version", "at", "rules", "added", "removed", "changed", "why"),
        [
            (one["version"], one["at"], one["rules"], one["added"], one["removed"], one["changed"], one["why"])
            for one in versions["items"]
        ],
    )


@COMMAND.command("diff")
def diff_rules(
    before: Annotated[int | None, typer.Argument(help="Earlier version. By default the one before.")] = None,
    after: Annotated[int | None, typer.Argument(help="Later version. By default the newest.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show what changed from one version of the rules to another."""
    from homestretch.views.coach.rules import rules_diff

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        diff = rules_diff(reader, scope, before, after)
    if json:
        say_json(diff)
    else:
        _say_diff(diff)


@COMMAND.command("restore")
def restore_rules(
    version: Annotated[int, typer.Argument(help="Version of the rules; 0 is what everybody begins with.")],
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Save the rules of a version again, as the newest."""
    from homestretch.flow.coach import rules as flow

    with opened(athlete) as (app, scope, _):
        _say_change(app, scope, flow.restore_rules(app.context, scope, version), json)


def _content(file: Path) -> str:
    from homestretch.files import read

    if str(file) == "-":
        return sys.stdin.read(LONGEST)
    try:
        return read(file, LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} can't be read: {error}", param_hint="--file") from None


def _say_change(app: "App", scope: "Scope", saved: "Saved", json: bool) -> None:
    """Print what a change saved."""
    from homestretch.views.coach.rules import rules_diff

    with app.database.read() as reader:
        diff = rules_diff(reader, scope, saved.before, saved.version)
    if json:
        say_json({"saved": saved.version != saved.before, "version": saved.version, "changes": diff["changes"]})
        return
    if saved.version == saved.before:
        print("Nothing changed: the rules are there already.")
        return
    print(f"Saved version {saved.version}; it holds from the next plan on.")
    _say_diff(diff)


_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def _say_diff(diff: "RulesDiff") -> None:
    for change in diff["changes"]:
        row = change["after"] or change["before"]
        if row is None:
            continue
        fields = f" ({', '.join(change['fields'])})" if change["fields"] else ""
        note = "" if row["checked"] else f" “{row['text']}”"
        print(f"{_SIGNS[change['change']]} {row['id']} {row['severity']}: {row['sentence']}{note}{fields}")
        for question in row["questions"]:
            print(f"    incomplete: {question}")

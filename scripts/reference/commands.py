"""The command line, from its help."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer

from homestretch.cli._runtime.main import command_line
from scripts.reference.markdown import code, prose, table

#: What an option takes, by what Typer calls it.
TAKES = {
    "%Y-%m-%d": "DAY", "str": "TEXT", "list[str]": "TEXT", "int": "NUMBER", "int range": "NUMBER", "float": "NUMBER",
    "float range": "NUMBER", "file": "FILE", "path": "PATH", "directory": "FOLDER", "list[path]": "PATH",
}  # fmt: skip


def commands() -> str:
    """Return the page of the command line."""
    command: Any = typer.main.get_command(command_line())
    return (
        "# Commands\n\n"
        "Most commands take `--json`. Where there are several athletes, `--athlete NAME` says whose data. If a server "
        "is running, it does the long work and the command follows it. Exit codes: 0 done, 1 some items failed, 2 "
        "wrong usage, 3 sign-in needed, 4 rate limited, 5 unreachable.\n\n" + "\n".join(_commands(command, None))
    )


def _commands(command: Any, above: Any) -> Iterator[str]:
    """Yield a section for each command that the help shows, and for those below it."""
    for name in sorted(command.commands):
        below = command.commands[name]
        if below.hidden:
            continue
        parent = above or command.context_class(command, info_name="homestretch")
        context = below.context_class(below, info_name=name, parent=parent)
        path = context.command_path
        yield f"{'##' if above is None else '###'} {path}\n\n{_paragraphs(below.help)}\n"
        if hasattr(below, "commands"):
            yield from _commands(below, context)
        else:
            usage = " ".join(below.collect_usage_pieces(context))
            yield f"```\n{path} {usage}\n```\n"
            if rows := [record for param in below.get_params(context) if (record := _record(param, context))]:
                yield table(("option", "meaning"), rows)


def _record(param: Any, context: Any) -> tuple[str, str] | None:
    record = param.get_help_record(context)
    if record is None or "--help" in param.opts:
        return None
    takes = re.sub(r"<([^>]+)>", _takes, record[0])
    return code(takes), prose(record[1].replace("[required]", "").strip())


def _takes(found: re.Match[str]) -> str:
    """Return what an option takes; the order of choices depends on what was imported first, so they are sorted."""
    return TAKES.get(found[1], f"<{'|'.join(sorted(found[1].split('|')))}>")


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(prose(part) for part in inspect.cleandoc(text or "").split("\n\n"))

"""Write the pages of docs/reference from the code: `make reference`, or `--check` whether they are fresh.

What a page says stands where the thing is described: a setting in `Settings`, a command in its help, a metric in its
family, an error in its docstring, a tool in its function, an operation in web/openapi.json.
"""

import ast
import inspect
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import typer
from pydantic_core import PydanticUndefined

from homestretch.analysis.curves import curves
from homestretch.analysis.derived_channels import derived_channels
from homestretch.analysis.health.day_metric import day_metrics
from homestretch.analysis.measure.metric import metrics
from homestretch.cli._runtime.main import command_line
from homestretch.mcp._runtime.visitor import Prompt, Resource, Tool
from homestretch.registry import discover
from homestretch.settings import OPTIONS, TAKEN_OVER, Settings
from homestretch.sources.registry import sources

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "homestretch"
PAGES = ROOT / "docs" / "reference"
DECISIONS = ROOT / "docs" / "decisions"
OPENAPI = ROOT / "web" / "openapi.json"
#: The settings that the environment sets and the web app shows as locked.
IN_APP = {option.key: option for option in OPTIONS}
#: What an option takes, by what Typer calls it.
TAKES = {
    "%Y-%m-%d": "DAY", "str": "TEXT", "list[str]": "TEXT", "int": "NUMBER", "int range": "NUMBER", "float": "NUMBER",
    "float range": "NUMBER", "file": "FILE", "path": "PATH", "directory": "FOLDER", "list[path]": "PATH",
}  # fmt: skip
TRUST = {"measured": "measured", "derived": "calculated", "estimated": "estimated"}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell or "–" for cell in line) + " |" for line in lines) + "\n"


def prose(text: str | None) -> str:
    """Return a text on one line that Markdown shows as it stands; what is in backticks stays code."""
    parts = re.split(r"(`[^`]*`)", " ".join((text or "").split()))
    return "".join(part.replace("|", r"\|") if part[:1] == "`" else _plain(part) for part in parts)


def _plain(text: str) -> str:
    return re.sub(r"([|<*\[\]]|(?<!\w)_|_(?!\w))", r"\\\1", text)


def code(text: str) -> str:
    """Return a text as code within a table."""
    return f"`{text}`".replace("|", r"\|") if text else ""


# Settings


def settings() -> str:
    """Return the page of the settings. Raises KeyError for one without a text below it."""
    texts = _texts_below(SOURCE / "settings.py", "Settings")
    rows = [
        (code(_variable(name)), prose(texts[name]), _values(field.annotation), _default(name, field.default))
        for name, field in Settings.model_fields.items()
    ]
    fields = [
        (source, field)
        for source in sources().values()
        for field in (*source.settings, *(one for method in source.auth_methods for one in method.fields))
        if field.variable
    ]
    given = {
        field.variable: (code(field.variable), f"{source.name}: {prose(field.title)}", _codes(field.aliases))
        for source, field in fields
    }
    return (
        "# Settings\n\n"
        "Settings come from the environment, from `.env` in the folder that the server starts in, and from files in "
        "`/run/secrets` or of systemd ([Install](../install.md#secrets)). The environment wins. A wrong value is named "
        "at start, and nothing starts.\n\n"
        "Settings with a check mark under “in the app” can be changed in the web app. What the environment sets is "
        "shown there as locked.\n\n"
        + table(
            ("setting", "meaning", "values", "default", "in the app"),
            ((*row, "✓" if name in IN_APP else "–") for row, name in zip(rows, Settings.model_fields, strict=True)),
        )
        + "\n## Sign-ins of sources\n\n"
        "Only `homestretch connect` reads these, where it would ask otherwise. They are not stored.\n\n"
        + table(("variable", "what it is", "also read"), (given[name] for name in sorted(given)))
        + "\n## Names of other systems\n\n"
        "These are read where ours is not set; the log says so.\n\n"
        + table(("variable", "read as"), ((code(name), code(own)) for name, own in sorted(TAKEN_OVER.items())))
    )


def _texts_below(path: Path, name: str) -> dict[str, str]:
    """Return the text below each field of a class."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return {
        field.target.id: text.value.value
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _variable(name: str) -> str:
    return f"HOMESTRETCH_{name.upper()}"


def _values(kind: object) -> str:
    choices = [value for one in (kind, *get_args(kind)) for value in get_args(one) if isinstance(value, str)]
    return _codes(choices)


def _default(name: str, value: object) -> str:
    if value is PydanticUndefined:
        return "by cores and memory" if name.startswith("decode") else ""
    if value in (None, "", ()):
        return code(IN_APP[name].default or "") if name in IN_APP else ""
    return code(",".join(value) if isinstance(value, tuple) else str(value))


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))


# Commands


def cli() -> str:
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
    takes = re.sub(r"<([^>]+)>", lambda found: TAKES.get(found[1], found[0]), record[0])
    return code(takes), prose(record[1].replace("[required]", "").strip())


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(prose(part) for part in inspect.cleandoc(text or "").split("\n\n"))


# Metrics


def metrics_page() -> str:
    """Return the page of what is calculated."""
    return (
        "# Metrics\n\n"
        "Every metric of an activity or a day that is calculated here, with its formula's source. “Also known as” are "
        "names of other services, some of which are their trademarks. How sure: *measured* by a device, *calculated* "
        "from what was measured, or *estimated*.\n\n"
        "## Of an activity\n\n"
        + table(
            ("metric", "also known as", "unit", "how sure", "formula and source"),
            sorted(map(_metric, metrics().values()), key=_by_name),
        )
        + "\n## Of a day or night\n\n"
        + table(
            ("metric", "also known as", "unit", "how sure", "formula and source"),
            sorted(map(_metric, day_metrics().values()), key=_by_name),
        )
        + "\n## Curves\n\n"
        + table(
            ("curve", "unit", "formula and source"),
            sorted(((prose(one.name), one.unit, prose(one.cite)) for one in curves().values()), key=_by_name),
        )
        + "\n## Calculated channels\n\n"
        + table(
            ("channel", "unit", "formula and source"),
            sorted(((code(one.key), one.unit, prose(one.cite)) for one in derived_channels().values()), key=_by_name),
        )
    )


def _by_name(row: tuple[str, ...]) -> str:
    return row[0].casefold()


def _metric(one: Any) -> tuple[str, ...]:
    also = ", ".join(map(prose, one.also_known_as))
    unit = "time of day" if one.unit == "clock_s" else one.unit
    return f"{prose(one.name)} ({code(one.key)})", also, unit, TRUST[one.trust], prose(one.cite)


# Problems


def problems() -> str:
    """Return the page of the errors."""
    kinds = [
        node
        for path in sorted(SOURCE.rglob("*.py"))
        if "static" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = {"HomestretchError": {"status": 500, "exit_code": 1}}
    rows = {}
    while more := [node for node in kinds if node.name not in found and _base(node) in found]:
        for node in more:
            found[node.name] = found[_base(node)] | _numbers(node)
            rows[_code(node.name)] = (node, found[node.name])
    return (
        "# Problems\n\n"
        "The API answers an error as `application/problem+json` with its `code`, a sentence in `detail`, and the "
        "values in it as fields of their own. A command prints the sentence and ends with the exit code. Each sentence "
        "says what happened and what to do; `…` stands for a value.\n\n"
        + table(
            ("code", "what it says", "HTTP", "exit"),
            (
                (code(name), _sentence(ast.get_docstring(node)), str(numbers["status"]), str(numbers["exit_code"]))
                for name, (node, numbers) in sorted(rows.items())
                if not node.name.startswith("_")
            ),
        )
    )


def _base(node: ast.ClassDef) -> str:
    return next((base.id for base in node.bases if isinstance(base, ast.Name)), "")


def _numbers(node: ast.ClassDef) -> dict[str, int]:
    return {
        one.targets[0].id: one.value.value
        for one in node.body
        if isinstance(one, ast.Assign)
        and isinstance(one.targets[0], ast.Name)
        and one.targets[0].id in {"status", "exit_code"}
        and isinstance(one.value, ast.Constant)
        and isinstance(one.value.value, int)
    }


def _code(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _sentence(template: str | None) -> str:
    text = re.sub(r"(?<!\{)\{\w+[^{}]*\}(?!\})", "…", template or "").replace("{{", "{").replace("}}", "}")
    return "what is wrong, in a sentence of its own" if text.strip() in {"", "…"} else prose(text)


# MCP and API


def mcp() -> str:
    """Return the page of what a language model is offered."""
    room = "homestretch.mcp"
    tools = discover(room, Tool)
    return (
        "# MCP tools\n\n"
        "What `homestretch mcp`, and `/mcp` once it is switched on, offer to a language model. How to connect one: "
        "[the coach](../coach.md#with-a-model-mcp). Nothing here changes anything: what proposes makes a proposal that "
        "a person approves.\n\n## Tools\n\n"
        + table(
            ("tool", "what it does", "arguments", "needs the right to"),
            (
                (
                    code(key),
                    prose(inspect.getdoc(tools[key].call)),
                    _codes(_arguments(tools[key].call)),
                    tools[key].needs,
                )
                for key in sorted(tools)
            ),
        )
        + "\n## Resources\n\n"
        + table(
            ("resource", "what it is", "needs the right to"),
            ((code(key), prose(one.title), one.needs) for key, one in sorted(discover(room, Resource).items())),
        )
        + "\n## Prompts\n\n"
        + table(
            ("prompt", "what it asks", "arguments"),
            (
                (code(key), prose(inspect.getdoc(one.text)), _codes(inspect.signature(one.text).parameters))
                for key, one in sorted(discover(room, Prompt).items())
            ),
        )
    )


def _arguments(call: Callable[..., object]) -> list[str]:
    return [name.rstrip("_") for name in list(inspect.signature(call).parameters)[1:]]


def api() -> str:
    """Return the page of the API's operations."""
    areas: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, operations in sorted(json.loads(OPENAPI.read_text(encoding="utf-8"))["paths"].items()):
        for method, operation in operations.items():
            said = operation.get("description", operation["summary"]).split("\n\n")[0]
            areas[operation.get("tags", ["other"])[0]].append((code(f"{method.upper()} {path}"), prose(said)))
    return (
        "# API\n\n"
        "Everything the web app does goes through this API, and programs may use it as well. The whole description, "
        "with every field, is at `/api/openapi.json` of your server (OpenAPI 3.1).\n\n"
        "- **Sign in** with a token: Settings › API tokens, sent as `Authorization: Bearer …`.\n"
        "- **Lists** are `{items, next, total}`; go on with `next` as `cursor`. `limit` is 500 at most.\n"
        "- **Units** are SI, and times are milliseconds since 1970 with the offset of the place.\n"
        "- **Changes** take the `ETag` of what you read as `If-Match`, so that no change of others is lost.\n"
        "- **Errors** are [problems](problems.md). With several athletes, `?athlete=` says whose data.\n\n"
        + "\n".join(f"## {name}\n\n{table(('operation', 'what it does'), areas[name])}" for name in sorted(areas))
    )


def decisions() -> str:
    """Return the list of the decision records, the newest first."""
    pages = sorted(path for path in DECISIONS.glob("[0-9]*.md"))
    titles = {path.name: path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ") for path in pages}
    return (
        "# Decisions\n\nWhy things are as they are. A record is written where the design changes.\n\n"
        + "\n".join(f"- [{prose(titles[name])}]({name})" for name in sorted(titles, reverse=True))
        + "\n"
    )


MADE: dict[Path, Callable[[], str]] = {
    PAGES / "settings.md": settings,
    PAGES / "cli.md": cli,
    PAGES / "metrics.md": metrics_page,
    PAGES / "problems.md": problems,
    PAGES / "mcp.md": mcp,
    PAGES / "api.md": api,
    DECISIONS / "index.md": decisions,
}

if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        old = [path.name for path, make in MADE.items() if not path.exists() or path.read_text("utf-8") != make()]
        sys.exit(f"{', '.join(old)} of the docs are not up to date: make reference" if old else None)
    for path, make in MADE.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(make(), "utf-8")

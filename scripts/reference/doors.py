"""What programs and language models may ask: tools of the MCP server and operations of the API; and the decisions."""

import inspect
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from homestretch.mcp._runtime.visitor import Prompt, Resource, Tool
from homestretch.registry import discover
from scripts.reference.markdown import code, codes, prose, table

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
OPENAPI = ROOT / "web" / "openapi.json"


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
                    codes(_arguments(tools[key].call)),
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
                (code(key), prose(inspect.getdoc(one.text)), codes(inspect.signature(one.text).parameters))
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

"""The settings, from `Settings` and the texts below its fields."""

import ast
from itertools import pairwise
from pathlib import Path
from typing import get_args

from pydantic_core import PydanticUndefined

from homestretch.settings import OPTIONS, TAKEN_OVER, Settings
from homestretch.sources.registry import sources
from scripts.reference.markdown import code, codes, prose, table

SETTINGS = Path(__file__).parents[2] / "src" / "homestretch" / "settings.py"
#: The settings that the environment sets and the web app shows as locked.
IN_APP = {option.key: option for option in OPTIONS}


def settings() -> str:
    """Return the page of the settings. Raises KeyError for one without a text below it."""
    texts = _texts_below(SETTINGS, "Settings")
    rows = [
        (code(_variable(name)), prose(texts[name]) + _values(field.annotation), _default(name, field.default))
        for name, field in Settings.model_fields.items()
    ]
    fields = [
        (source, field)
        for source in sources().values()
        for field in (*source.settings, *(one for method in source.auth_methods for one in method.fields))
        if field.variable
    ]
    given = {
        field.variable: (code(field.variable), f"{source.name}: {prose(field.title)}", codes(field.aliases))
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
            ("setting", "meaning", "default", "in the app"),
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
    return f" Values: {codes(choices)}." if choices else ""


def _default(name: str, value: object) -> str:
    if value is PydanticUndefined:
        return "by cores and memory" if name.startswith("decode") else ""
    if value in (None, "", ()):
        return code(IN_APP[name].default or "") if name in IN_APP else ""
    return code(",".join(value) if isinstance(value, tuple) else str(value))

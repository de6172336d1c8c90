"""The errors, from their docstrings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.reference.markdown import code, prose, table

SOURCE = Path(__file__).parents[2] / "src" / "homestretch"


def problems() -> str:
    """Return the page of the errors."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))]
    trees = [ast.parse(text) for text in texts if re.search(r"^class \w+\(", text, re.MULTILINE)]
    kinds = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
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
        + "\nSome are answered before anything of Homestretch is asked:\n\n"
        + table(("code", "what it says", "HTTP"), sorted(set(_at_the_edge())))
    )


def _at_the_edge() -> Iterator[tuple[str, str, str]]:
    """Yield what the edge refuses: a status, a code and a sentence beside each other in the source."""
    for path in sorted((SOURCE / "api").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
            values = [one.value if isinstance(one, ast.Constant) else None for one in given]
            for status, name, said in zip([None, *values], values, values[1:], strict=False):
                if isinstance(name, str) and re.fullmatch("[a-z]+(-[a-z]+)+", name) and str(said).endswith("."):
                    yield code(name), prose(str(said)), str(status or 400)


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

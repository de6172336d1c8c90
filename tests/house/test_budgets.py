"""Sizes, names and docstrings: what keeps the house readable."""

import ast
import statistics
from collections import Counter

from tests.house.source import PACKAGE, functions, modules

FILE, FUNCTION, MEDIAN = 400, 60, 10
#: So many code files a folder holds, its doorplate apart; of leaves, of which one is added without an edit elsewhere,
#: there may be any number.
FOLDER = 12
LEAVES = {
    "analysis/metrics", "analysis/curves", "analysis/health/derived", "analysis/health/insights", "model/documents",
    "coach/rules", "views/charts", "cli", "api/routers", "flow/jobs", "store/queries", "formats", "sources", "mcp",
    "flow/takeover/kinds",
}  # fmt: skip
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
BANNED = {"utils", "helpers", "common", "services", "manager", "util", "helper", "misc"}


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body, its docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0


def test_files_are_short() -> None:
    counts = {name: len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) for name in modules()}
    assert {name: count for name, count in counts.items() if count > FILE} == {}


def test_folders_are_small() -> None:
    counts = Counter(name.rpartition("/")[0] for name in modules() if not name.endswith("__init__.py"))
    large = {name: count for name, count in counts.items() if count > FOLDER and name not in LEAVES}
    assert large == {}


def test_functions_are_short() -> None:
    sizes = {f"{name}:{node.name}": lines_of(node) for name, node in functions()}
    assert {key: size for key, size in sizes.items() if size > FUNCTION} == {}
    assert statistics.median(sizes.values()) <= MEDIAN


def test_no_banned_names() -> None:
    parts = {name: set(name.removesuffix(".py").replace("_", "/").split("/")) for name in modules()}
    assert [name for name, found in parts.items() if BANNED & found] == []


def test_public_names_have_docstrings() -> None:
    bare = [name for name, tree in modules().items() if not ast.get_docstring(tree)]
    for name, tree in modules().items():
        public = (node for node in tree.body if isinstance(node, DEFINITIONS) and not node.name.startswith("_"))
        bare += [f"{name}: {node.name}" for node in public if not (ast.get_docstring(node) or is_overload(node))]
    assert bare == []


def is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether it is only a type of the function that follows, which has the docstring."""
    return any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list)


def test_everything_is_annotated() -> None:
    for name, node in functions():
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        bare = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
        assert not bare and node.returns is not None, f"{name}: {node.name} {bare}"

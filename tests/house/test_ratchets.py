"""What is still to be paid back: counts that may only shrink. Where one became smaller, lower its number here."""

import ast
from collections import Counter

from tests.house.source import modules, room

#: `Any` in the annotations of each room. The way down is a TypedDict of `model` for each answer.
ANY = {
    "analysis": 8, "api": 21, "cli": 21, "demo": 1, "errors": 2, "flow": 272,
    "formats": 59, "jobs": 6, "llm": 1, "logs": 3, "maps": 4, "mcp": 6, "merge": 5, "model": 2, "net": 11,
    "registry": 1, "settings": 1, "sources": 131, "store": 89, "vendors": 12, "views": 193, "zips": 1,
}  # fmt: skip
#: Statements of SQL outside `store/queries`, by room. The way down is a function of `store/queries`.
SQL = {
    "cli": 1, "flow": 423, "views": 179,
}  # fmt: skip
#: So far a number may lie above what is counted before it has to be lowered.
SLACK = 5
STATEMENTS = {"select", "insert", "update", "delete"}


def _any(node: ast.AST | None) -> int:
    return sum(isinstance(one, ast.Name) and one.id == "Any" for one in ast.walk(node)) if node is not None else 0


def count_any() -> Counter[str]:
    found: Counter[str] = Counter()
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[room(name)] += _any(node.returns)
            elif isinstance(node, ast.arg | ast.AnnAssign):
                found[room(name)] += _any(node.annotation)
    return +found


def count_sql() -> Counter[str]:
    found: Counter[str] = Counter()
    for name, tree in modules().items():
        if name.startswith("store/"):
            continue
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        found[room(name)] += sum(isinstance(one, ast.Name) and one.id in STATEMENTS for one in calls)
    return +found


def untyped_answers() -> list[str]:
    """Return the functions of `views` that return a document without a type."""
    returns = (
        (f"{name}: {node.name}", ast.unparse(node.returns))
        for name, tree in modules().items() if name.startswith("views/") for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None
    )  # fmt: skip
    return [where for where, kind in returns if "dict[str, Any]" in kind or "dict[str, object]" in kind]


def _held(counted: dict[str, int], budget: dict[str, int]) -> None:
    assert {name: n for name, n in counted.items() if n > budget.get(name, 0)} == {}, "these grew"
    assert {name: n for name, n in budget.items() if n > counted.get(name, 0) + SLACK} == {}, "lower these numbers"


def test_any_only_shrinks() -> None:
    _held(count_any(), ANY)


def test_sql_outside_the_store_only_shrinks() -> None:
    _held(count_sql(), SQL)


def test_views_return_typed_documents() -> None:
    assert untyped_answers() == []

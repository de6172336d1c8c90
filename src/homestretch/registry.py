"""Finds leaves (formats, charts, commands, …) by file name, so that adding one edits no list."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any

from homestretch.errors import DuplicateLeaf


def leaf_names(package: str, *, folders: bool = False) -> list[str]:
    """Return the names of the public modules directly in `package`, sorted, without importing them; or its folders."""
    home = importlib.import_module(package)
    found = (m for m in pkgutil.iter_modules(home.__path__) if not m.name.startswith("_"))
    return sorted(m.name for m in found if m.ispkg or not folders)


def load(package: str, name: str) -> ModuleType:
    """Import the leaf `name` of `package`."""
    return importlib.import_module(f"{package}.{name}")


@cache
def discover[T](package: str, kind: type[T]) -> dict[str, T]:
    """Import every leaf of `package` and return its module-level instances of `kind` by their `key`."""
    found: dict[str, T] = {}
    homes: dict[str, str] = {}
    for name in leaf_names(package):
        module = load(package, name)
        for leaf in vars(module).values():
            if not isinstance(leaf, kind):
                continue
            key = _key(leaf)
            if key in found and found[key] is not leaf:
                raise DuplicateLeaf(kind=kind.__name__, key=key, first=homes[key], second=name)
            found[key], homes[key] = leaf, name
    return found


def _key(leaf: Any) -> str:
    return str(leaf.key)

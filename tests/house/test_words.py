"""Public names and docstrings use the words of the field: no word of `words.txt`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from homestretch.store import schema  # noqa: F401  (it fills the metadata)
from homestretch.store.tables.columns import cached_metadata, derived_metadata, kept_metadata
from tests.house.source import modules

LINES = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
#: Words that docstrings may not use, and names may not either.
IN_TEXT = [line for line in LINES if line and not line.startswith("#")]
#: Words that only names may not use.
IN_NAMES = [line.removeprefix("#: ") for line in LINES if line.startswith("#: ")]
#: The parts of a name, in snake_case or CamelCase.
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: Code in a docstring, which stays as it is.
QUOTED = re.compile(r"`[^`]*`|\bNone\b")


def pattern(words: list[str]) -> re.Pattern[str]:
    """Return the pattern of any of the words, as whole words; `*` is any letters."""
    each = (re.escape(word).replace(r"\*", "[a-z]*") for word in words)
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


TEXT, NAME = pattern(IN_TEXT), pattern([*IN_TEXT, *IN_NAMES])


def spaced(name: str) -> str:
    """Return the parts of a name with blanks between them."""
    return " ".join(PART.findall(name))


def banned_in(docstring: str) -> list[str]:
    """Return the banned words of a docstring, without what it quotes as code."""
    return TEXT.findall(" ".join(QUOTED.sub("…", docstring).split()))


def is_public(name: str) -> bool:
    """Return whether a name, or each part of a path, is public."""
    return not any(part.startswith("_") for part in name.split("/"))


type Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def below(where: str, node: ast.AST) -> Iterator[tuple[str, Documented]]:
    """Yield the public classes and functions in a module or class, by their full name."""
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and is_public(one.name):
            yield f"{where}:{one.name}", one
            if isinstance(one, ast.ClassDef):
                yield from below(f"{where}:{one.name}", one)


def documented() -> Iterator[tuple[str, Documented]]:
    """Yield every module, and the public classes and functions in it."""
    for name, tree in modules().items():
        yield name, tree
        yield from below(name, tree)


def public_names() -> set[str]:
    """Return the public names of the package, of its tables and of their columns."""
    names = {where for where, _ in documented() if is_public(where)}
    for metadata in (kept_metadata, derived_metadata, cached_metadata):
        for table in metadata.sorted_tables:
            names |= {f"table:{table.name}", *(f"table:{table.name}:{column.name}" for column in table.columns)}
    return names


def last(name: str) -> str:
    """Return the part of a full name that is the thing's own: a module's whole path, else what follows the colon."""
    return name.rpartition(":")[2].removesuffix(".py")


def test_names_have_no_banned_word() -> None:
    assert sorted(name for name in public_names() if NAME.search(spaced(last(name)))) == []


def test_docstrings_have_no_banned_word() -> None:
    found = {where: banned_in(ast.get_docstring(node) or "") for where, node in documented()}
    assert {where: words for where, words in found.items() if words} == {}


def test_a_banned_word_is_found() -> None:
    assert NAME.search(spaced("told_twice")) and NAME.search(spaced("ReckonedAgain"))
    assert NAME.search(spaced("alone")) and not TEXT.search("one recording alone")
    assert not NAME.search(spaced("athletes_to_remind")) and not NAME.search(spaced("standing"))
    assert banned_in("Return what sources\n    say.") == ["what sources say"]
    assert banned_in("Lends a `told` value, where that is None.") == ["Lends"]


def test_the_list_is_read() -> None:
    assert {"told", "heir*", "what sources say"} <= set(IN_TEXT) and {"counted", "office"} <= set(IN_NAMES)
    assert {"table:arrivals:digest", "model/sport.py:Sport", "model/sport.py:Sport:ranking"} <= public_names()

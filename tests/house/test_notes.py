"""Every note that the code can write has a sentence, and every sentence a note."""

import ast
import re
from collections.abc import Iterator, Sequence

from homestretch.model.notes import SENTENCES, noted, sentence
from tests.house.source import modules

#: Where notes are made that reach an import's report or an activity's page.
MAKERS = (
    "formats/", "analysis/", "archive/", "vendors/wellness_builder", "vendors/garmin/",
    "flow/imports/", "flow/derive/decode/", "views/activities/", "views/system/imports",
    "sources/folder/", "sources/garmin/", "sources/intervals/decode", "sources/ridewithgps/decode",
    "sources/spreadsheet/decode", "sources/strava/decode",
)  # fmt: skip
#: What notes are called, where they are made and handed on.
NAMES = {"notes", "note", "flags", "code", "of_all"}
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*(:.*)?")


def name_of(node: ast.AST) -> str:
    """Return the last name of what a value is bound to or called by."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts that an expression may come to, or their beginnings; what is looked up in it is none of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from texts(node.values[0])
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.Dict):
        yield from (text for key in node.keys if key is not None for text in texts(key))
    elif not isinstance(node, ast.Compare | ast.Subscript | ast.Call):
        yield from (text for inner in ast.iter_child_nodes(node) for text in texts(inner))


def taking(tree: ast.Module) -> dict[str, int]:
    """Return functions and classes that take a note, by the place of it among what they are given."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            given = [one.arg for one in node.args.args if one.arg not in {"self", "cls"}]
        elif isinstance(node, ast.ClassDef):
            given = [name_of(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
        else:
            continue
        if noting := [at for at, one in enumerate(given) if one in {"code", "note", "notes"}]:
            found[node.name] = noting[0]
    return found


def made(tree: ast.Module, takers: dict[str, int]) -> Iterator[ast.AST]:
    """Yield the expressions that become notes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets: Sequence[ast.AST] = node.targets if isinstance(node, ast.Assign) else [node.target]
            keys = [one.slice for one in targets if isinstance(one, ast.Subscript) and name_of(one.value) in NAMES]
            yield from keys
            if node.value is not None and any(name_of(one) in NAMES for one in targets):
                yield node.value
        elif isinstance(node, ast.For) and any(name_of(one) in NAMES for one in ast.walk(node.target)):
            yield node.iter
        elif isinstance(node, ast.Call):
            yield from (one.value for one in node.keywords if one.arg in NAMES)
            on = name_of(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            at = 0 if on in NAMES else takers.get(name_of(node.func), len(node.args))
            yield from node.args[at : at + 1]
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args
        elif isinstance(node, ast.BoolOp) and any(name_of(one) in NAMES for one in node.values):
            yield from node.values
        elif isinstance(node, ast.Tuple) and any(isinstance(one, ast.Starred) for one in node.elts):
            yield from (node.elts if any(name_of(inner) in NAMES for inner in ast.walk(node)) else ())
        elif isinstance(node, ast.FunctionDef) and "note" in node.name:
            for one in ast.walk(node):
                if isinstance(one, ast.Return | ast.Yield) and one.value is not None:
                    yield one.value
                elif isinstance(one, ast.Dict):
                    yield one


def written() -> dict[str, str]:
    """Return every code that a note can have, and a file that writes it."""
    rooms = {name: tree for name, tree in modules().items() if name.startswith(MAKERS)}
    takers = {"noted": 0} | {call: at for tree in rooms.values() for call, at in taking(tree).items()}
    said = ((text, name) for name, tree in rooms.items() for node in made(tree, takers) for text in texts(node))
    return {text.partition(":")[0]: name for text, name in said if CODE.fullmatch(text)}


def test_notes_are_found_wherever_they_are_made() -> None:
    """In an assignment, a call, a raise, a yield, a table, a choice; as a default, behind others and in pieces."""
    assert {
        "clock_unknown", "clock_set_late", "too_deep", "expands_too_much", "crc_bad", "distance_in_km", "not_utf8",
        "nothing_readable", "kind", "more_failed", "date_in_future", "row_unreadable",
    } <= set(written())  # fmt: skip


def test_every_note_has_a_sentence() -> None:
    found = written()
    assert {code: name for code, name in found.items() if code not in SENTENCES} == {}
    assert sorted(SENTENCES.keys() - found) == [], "nothing writes these any more"


def test_a_sentence_says_how_many_or_where() -> None:
    assert sentence("crc_bad") == SENTENCES["crc_bad"]
    assert sentence("truncated:at byte 812") == f"{SENTENCES['truncated']} (at byte 812)"
    assert sentence("places_dropped:5") == "GPS points far from all others, left out: 5."
    assert sentence("an_older_code: 12") == "an_older_code: 12"
    assert noted(["crc_bad"]) == [{"code": "crc_bad", "text": SENTENCES["crc_bad"]}]

"""Write the English texts of the server that the web app translates: web/src/lib/texts/server.json.

`said` are titles, names and explanations of what the server describes (metrics, charts, rules, sources, …), and
sentences without values; `fields` are where answers hold them. `problems` are the sentences of errors by their codes,
whose `{names}` are the details that an answer carries. All are found in the source: `said` are the values of the
fields, wherever they are given; what is given otherwise is put into the list by hand, and stays as long as the source
says it.
"""

import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "homestretch"
LIST = ROOT / "web" / "src" / "lib" / "texts" / "server.json"
#: Rooms that say nothing on the web, or make up what an athlete could have said.
SILENT = {"cli", "demo", "formats", "store"}
#: Rooms within rooms that write for language models, or for the command line.
ELSEWHERE = {"chat", "takeover", "texts", "tools", "writing"}
FIELDS = (
    "about", "answer", "caveat", "detail", "discreet", "exposure", "headline", "help", "label", "lacks", "meaning",
    "name", "note", "outcome_name", "purpose", "question", "reason", "secret", "sentence", "text", "title", "why",
)  # fmt: skip
CHOICES = "choices"


def made() -> str:
    """Return what the file should hold."""
    held = json.loads(LIST.read_text())["said"] if LIST.exists() else []
    nodes = [node for path in _files() for node in ast.walk(ast.parse(path.read_text()))]
    literals = {node.value for node in nodes if _is_text(node)}
    kinds = [node for node in nodes if isinstance(node, ast.ClassDef)]
    classes: dict[str, list[list[str]]] = defaultdict(list)
    for kind in kinds:
        classes[kind.name].append([one.target.id for one in kind.body if _is_field(one)])
    found = {text for node in nodes for text in _said(node, classes) if _is_words(text)}
    said = sorted(found | (set(held) & literals))
    made = {"fields": FIELDS, "said": said, "problems": _problems(kinds)}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _files() -> list[Path]:
    paths = {path: path.relative_to(SOURCE).parts for path in SOURCE.rglob("*.py")}
    return sorted(path for path, (room, *inner) in paths.items() if room not in SILENT and not ELSEWHERE & {*inner})


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _is_words(text: str) -> bool:
    """Whether it is a sentence or a title, and neither a key, a pattern nor an address."""
    return re.match(r"[A-Z][^{}\\<>=]*$", text) is not None and "://" not in text and not re.match(r"[A-Z_]{4,}$", text)


def _said(node: ast.AST, classes: dict[str, list[list[str]]]) -> Iterator[str]:
    given: list[tuple[str, ast.expr]] = []
    if isinstance(node, ast.Call):
        given += [(one.arg, one.value) for one in node.keywords if one.arg]
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        for fields in classes.get(name, []):
            given += zip(fields, node.args, strict=False)
    elif isinstance(node, ast.Dict):
        given += [(one.value, value) for one, value in zip(node.keys, node.values, strict=True) if _is_text(one)]
    for field, value in given:
        if field in FIELDS:
            yield from (
                one.value
                for one in ([value.body, value.orelse] if isinstance(value, ast.IfExp) else [value])
                if _is_text(one)
            )
        elif field == CHOICES and isinstance(value, ast.Tuple):
            yield from (
                one.elts[-1].value for one in value.elts if isinstance(one, ast.Tuple) and _is_text(one.elts[-1])
            )


def _problems(kinds: list[ast.ClassDef]) -> dict[str, str]:
    """Return the sentence of each error by its code (see `HomestretchError.code`)."""
    errors = {"HomestretchError"}
    while more := {one.name for one in kinds if errors & {getattr(base, "id", "") for base in one.bases}} - errors:
        errors |= more
    public = [one for one in kinds if one.name in errors and not one.name.startswith("_")]
    sentences = {one.name: _plain(" ".join((ast.get_docstring(one) or "").split())) for one in public}
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower(): sentence
        for name, sentence in sorted(sentences.items())
        if re.search("[A-Za-z]", re.sub(r"{\w+}", "", sentence))
    }


def _plain(template: str) -> str:
    """Return a sentence as the web app fills it in: names without how they are written, and plain braces."""
    return re.sub(r"{(\w+):[^}]*}", r"{\1}", template).replace("{{", "{").replace("}}", "}")


if __name__ == "__main__":
    text = made()
    if sys.argv[1:] == ["--check"]:
        sys.exit(None if LIST.read_text() == text else "web/src/lib/texts/server.json is not up to date: make types")
    LIST.write_text(text)

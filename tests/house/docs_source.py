"""The documentation, as the house rules look at it: pages, what they link to, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import ROOT

#: What a block of code says to a shell: fenced, or indented by four blanks after an empty line.
_FENCED = re.compile(r"^( *)```.*?\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)(?:(?: {4}.*)?\n)+")
_LINK = re.compile(r"(?:\]\(|(?:src|srcset)=\")([^)\s\"]+)")
_CODE = re.compile(r"`[^`\n]*`")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_COMMAND = re.compile(r"(?:^\s*|/bin/)homestretch (?=[a-z])")


@cache
def pages() -> dict[Path, str]:
    """Return the text of every page of the documentation by its file."""
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return {file: file.read_text(encoding="utf-8") for file in files}


def links(text: str) -> set[str]:
    """Return where a page leads to, without what its code says."""
    return set(_LINK.findall(prose(text)))


def anchors(text: str) -> set[str]:
    """Return the names of a page's headings, as links have them."""
    heads = [re.sub(r"\]\([^)]*\)", "", head) for head in _HEADING.findall(_FENCED.sub("", text))]
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", head.lower()).strip()) for head in heads}


def broken(page: Path, text: str) -> list[str]:
    """Return the links of a page within this repository that lead nowhere."""
    found = []
    for link in sorted(links(text)):
        name, _, anchor = link.partition("#")
        if "://" in name or name.startswith("mailto:"):
            continue
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            found.append(link)
    return found


def prose(text: str) -> str:
    """Return a page without its code."""
    return _CODE.sub("…", _FENCED.sub("", text))


def mentioned(text: str) -> list[list[str]]:
    """Return the words of each command that a page's sentences name, perhaps without what it is given."""
    found = [code.strip("`") for code in _CODE.findall(_FENCED.sub("", text))]
    return [shlex.split(code)[1:] for code in found if _COMMAND.match(code) and "…" not in code]


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each command of ours in a page's blocks of code, without options that are left open."""
    fenced = [block for _, block in _FENCED.findall(text)]
    for block in (*fenced, *_INDENTED.findall(_FENCED.sub("", text))):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            begin = _COMMAND.search(line)
            if begin and "…" not in line and not line.lstrip().startswith("#"):
                yield shlex.split(re.split(r"\s{3,}| [|>] ", line[begin.end() :])[0], comments=True)

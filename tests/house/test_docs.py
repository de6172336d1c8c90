"""What the documentation says is there: pages, headings, commands, options, settings and words of the web app."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from homestretch.cli._runtime.main import command_line
from homestretch.settings import TAKEN_OVER, Settings
from homestretch.sources.registry import sources
from tests.house.docs_source import broken, commands, links, mentioned, pages, prose
from tests.house.source import ROOT
from tests.house.test_words import TEXT
from tests.house.web_source import web_files

VARIABLE = re.compile(r"\bHOMESTRETCH_[A-Z0-9_]+\b")
#: A way through the web app, such as Settings › Backups.
WAY = re.compile(r"(?<!› )\b(Settings|Sources|Import|Health|Coach) › “?([A-ZÀ-Ý][\w-]*(?: [a-zà-ý][\w-]*){0,4})")


def written() -> dict[Path, str]:
    """Return the pages that people write, and neither programs nor those who decided something once."""
    return {page: text for page, text in pages().items() if page.parent.name not in {"reference", "decisions"}}


@cache
def tree() -> Any:
    return typer.main.get_command(command_line())


def problem(words: list[str], *, whole: bool = True) -> str | None:
    """Return what the parser has against a command, None where it takes it; values may be placeholders.

    One that is not `whole` may lack what it is given.
    """
    command, path, rest = tree(), "homestretch", [word.strip("[]") for word in words]
    context = command.context_class(command, info_name=path)
    while hasattr(command, "commands"):
        if not rest:
            return None
        path, below = f"{path} {rest[0]}", command.commands.get(rest.pop(0))
        if below is None:
            return f"there is no {path}"
        command, context = below, below.context_class(below, info_name=path, parent=context)
    try:
        given, more, _ = command.make_parser(context).parse_args(args=rest)
    except Exception as error:  # click's errors are private to typer
        return f"{path}: {getattr(error, 'message', '') or error}"
    lacking = [one.name for one in command.params if one.param_type_name == "argument" and one.required]
    lacking = [name for name in lacking if whole and not given.get(name)]
    return f"{path}: {lacking} {more}" if lacking or more else None


def test_every_link_leads_somewhere() -> None:
    assert {page.name: bad for page, text in pages().items() if (bad := broken(page, text))} == {}


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text := '# A b-c, d\n[x](#a-b-c-d) [y](gone.md) [z](#e) `[code](not.md)`\n<img src="no.png">\n')
    assert broken(page, text) == ["#e", "gone.md", "no.png"]


def test_every_picture_is_shown_and_small() -> None:
    shown = {Path(link).name for text in written().values() for link in links(text) if link.endswith(".png")}
    kept = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert set(kept) == shown
    assert {name: size for name, size in kept.items() if size > 150_000} == {}


def test_every_page_is_reached_from_the_site() -> None:
    named = set(re.findall(r'"([\w/-]+\.md)"', (ROOT / "zensical.toml").read_text(encoding="utf-8")))
    listed = {f"decisions/{link}" for link in links((ROOT / "docs/decisions/index.md").read_text(encoding="utf-8"))}
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert there == named | listed


def test_every_command_of_the_docs_is_one() -> None:
    found = [words for text in written().values() for words in commands(text)]
    assert len(found) > 60
    assert [reason for words in found if (reason := problem(words)) is not None] == []


def test_every_command_that_a_sentence_names_is_one() -> None:
    found = [words for text in written().values() for words in mentioned(text)]
    assert len(found) > 25
    assert [reason for words in found if (reason := problem(words, whole=False)) is not None] == []


@pytest.mark.parametrize(
    "words", [["imports", "x"], ["backup", "--now"], ["coach", "plan", "mak"], ["show"], ["verify", "x"]]
)
def test_a_command_that_is_none_is_found(words: list[str]) -> None:
    assert problem(words)


def test_pages_have_no_banned_word() -> None:
    found = {page.name: TEXT.findall(prose(text)) for page, text in written().items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_every_setting_of_the_docs_is_one() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = {f"HOMESTRETCH_{name.upper()}" for name in Settings.model_fields} | set(VARIABLE.findall(example))
    for page, text in written().items():
        named = {name for name in VARIABLE.findall(text) if not name.endswith("_")}
        assert named <= known, page.name


def test_variables_of_others_are_taken() -> None:
    taken = {*TAKEN_OVER}
    for source in sources().values():
        for field in (one for method in source.auth_methods for one in method.fields):
            taken |= {field.variable or "", *field.aliases}
    text = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:POCKETID|ADMIN|BASE|FITBIT|GARMIN)_[A-Z_]+)`", text))
    assert named and named <= taken


def test_ways_through_the_app_are_there() -> None:
    texts = "\n".join(text for name, text in web_files().items() if name.endswith("text.ts") or "/texts/" in name)
    shown = {words.casefold() for words in re.findall(r'": "([^"{]+)"', texts)}
    for page, text in written().items():
        for place, part in WAY.findall(" ".join(text.split())):
            words = part.split()
            begins = {" ".join(words[: count + 1]).casefold() for count in range(len(words))}
            assert begins & shown, f"{page.name}: {place} › {part}"

"""The web app's source, as the house rules look at it."""

import re
from functools import cache
from pathlib import Path

from tests.house.source import ROOT

WEB = ROOT / "web" / "src"
#: What a file imports, as a value or as a type, at once or when it is needed.
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*"([^"]+)\"""")


@cache
def web_files() -> dict[str, str]:
    """Return the text of each code file by its path below web/src, without tests and declarations."""
    paths = sorted(path for ending in ("*.ts", "*.tsx") for path in WEB.rglob(ending))
    code = [path for path in paths if not path.name.endswith((".d.ts", ".test.ts"))]
    return {path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8") for path in code}


def web_imports() -> dict[str, set[str]]:
    """Return the code files that each code file imports."""
    return {
        name: {file for wanted in IMPORT.findall(text) if (file := _file_of(name, wanted))}
        for name, text in web_files().items()
    }


def _file_of(importer: str, wanted: str) -> str | None:
    """Return the code file that an import names; None for packages, styles and declarations."""
    if wanted.startswith("@/"):
        base = Path(wanted[2:])
    elif wanted.startswith("./"):
        base = Path(importer).parent / wanted[2:]
    else:
        return None
    candidates = [f"{base.as_posix()}{ending}" for ending in (".ts", ".tsx")]
    return next((name for name in candidates if name in web_files()), None)

"""The web app: sizes of its files and folders, and no circles among its imports."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from homestretch.views.kit.frame import charts
from tests.house.test_budgets import FILE, FOLDER
from tests.house.web_source import web_files, web_imports


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Return the files of one circle of imports, the first again at the end; empty if there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_web_files_are_short() -> None:
    counts = {name: len(text.splitlines()) for name, text in web_files().items()}
    assert {name: count for name, count in counts.items() if count > FILE} == {}


def test_web_folders_are_small() -> None:
    counts = Counter(name.rpartition("/")[0] for name in web_files())
    assert {folder: count for folder, count in counts.items() if count > FOLDER} == {}


def test_web_imports_have_no_circle() -> None:
    assert circle(web_imports()) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b", "d"}, "b": {"c"}, "c": {"b"}, "d": set()}) in (["b", "c", "b"], ["c", "b", "c"])
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_every_chart_is_shown_by_its_page() -> None:
    for chart in charts().values():
        pages = [text for name, text in web_files().items() if name.startswith(f"pages/{chart.page}/")]
        assert any(f'useChartsOf("{chart.page}")' in text for text in pages), chart.key


def test_web_imports_are_read() -> None:
    imports = web_imports()
    assert "pages/gear/Gear.tsx" in imports["pages/gear/page.ts"]
    assert {"api/client.ts", "features/TilesHint.tsx"} <= {file for files in imports.values() for file in files}

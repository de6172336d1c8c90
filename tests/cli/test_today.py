"""`homestretch today`: the document of the page in a few lines."""

from pathlib import Path

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import said
from tests.formats import golden
from tests.served import environment, inside


def test_today_is_said_in_a_few_lines(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), tmp_path / "given"
    files.mkdir()
    (files / "run.fit").write_bytes(encode(golden.run(400)))
    assert inside(env, "today").stdout == "Nothing is recorded yet.\n"
    said(env, "import", str(files), "--json")
    found = said(env, "today", "--json")
    lines = inside(env, "today").stdout.splitlines()
    assert lines[0] == found["headline"]["text"]
    assert any(line.startswith(f"Last: {found['last']['name']}") and found["last"]["id"] in line for line in lines)
    assert any(line.startswith("Week: 0:00:00") for line in lines)

"""The commands of docs/backup.md do what it says: each block is run as it stands, with other places."""

import re
import shlex
from pathlib import Path

from tests.cli.test_commands import given, said
from tests.conftest import ROOT
from tests.served import environment, inside

PAGE = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
BLOCKS = {name: text.splitlines() for name, text in re.findall(r"<!-- (\w+) -->\n```sh\n(.*?)```", PAGE, re.DOTALL)}


class Shell:
    """Runs the lines of a block: settings of the environment, and commands, which have to succeed."""

    def __init__(self, env: dict[str, str], places: dict[str, str]) -> None:
        self.env, self.places = env, places

    def run(self, block: str) -> str:
        said_last = ""
        for line in map(self._here, BLOCKS[block]):
            word, *rest = shlex.split(line)
            if word == "export":
                name, _, value = rest[0].partition("=")
                self.env = {**self.env, name: value}
            elif word == "unset":
                self.env = {name: value for name, value in self.env.items() if name != rest[0]}
            else:
                assert word == "homestretch", line
                answer = inside(self.env, *rest)
                assert answer.returncode == 0, (line, answer.stdout, answer.stderr)
                said_last = answer.stdout
        return said_last

    def _here(self, line: str) -> str:
        for place, here in self.places.items():
            line = line.replace(place, here)
        return line

    def digest(self) -> str:
        return str(said(self.env, "verify", "--json")["derived_digest"])


def test_every_block_of_the_page_is_run() -> None:
    assert set(BLOCKS) == {"folder", "backup", "restore", "postgres", "sqlite"}


def test_backed_up_restored_and_moved(tmp_path: Path, postgres_url: str) -> None:
    (tmp_path / "disk").mkdir()
    tars = {name: str(tmp_path / name) for name in ("homestretch.tar", "move.tar", "back.tar")}
    url = "postgresql://homestretch@localhost/homestretch"
    places = {"/mnt/backups": str(tmp_path / "disk"), "/srv": str(tmp_path), **tars, url: postgres_url}
    shell = Shell(environment(tmp_path / "data"), places)
    said(shell.env, "import", str(given(tmp_path / "given")), "--json")
    before = shell.digest()
    shell.run("folder")
    shell.run("backup")
    for block in ("restore", "postgres", "sqlite"):
        assert before[:16] in shell.run(block), block
    assert shell.digest() == before
    assert said(shell.env, "activities", "--json")["total"] == 2

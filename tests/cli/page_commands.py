"""Runs the commands of a page of the docs as they stand there, with other places."""

import re
import shlex

from tests.conftest import ROOT
from tests.served import inside


def blocks_of(page: str) -> dict[str, list[str]]:
    """Return the lines of each named block of commands of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"<!-- (\w+) -->\n```sh\n(.*?)```", text, re.DOTALL)
    return {name: block.splitlines() for name, block in named}


class Shell:
    """Runs the lines of a block: settings of the environment, and commands, which have to succeed."""

    def __init__(self, page: str, env: dict[str, str], places: dict[str, str]) -> None:
        self.blocks, self.env, self.places = blocks_of(page), env, places

    def run(self, block: str) -> str:
        """Return what the last command said."""
        said_last = ""
        for line in map(self._here, self.blocks[block]):
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

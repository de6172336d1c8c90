"""A process that writes a text and is killed after the model has answered, before anything of it is kept."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from homestretch.flow.coach.texts.write import write
from homestretch.store.database import sqlite_url
from homestretch.store.queries import coach_texts
from tests.conftest import make_context


def main(folder: Path, clock: int, athlete: int, text: str) -> None:
    """Write a text up to the moment in which it would be kept."""
    context = replace(make_context(folder, sqlite_url(folder)), clock=lambda: clock)
    coach_texts.finish_text = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    write(context, athlete, text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])

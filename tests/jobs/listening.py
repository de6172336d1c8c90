"""A process that writes down what it hears: `python -m tests.jobs.listening`, with MARK naming the file."""

import os
from pathlib import Path

from homestretch.jobs.process import heard


def main() -> None:
    """Listen until the end."""
    mark = Path(os.environ["MARK"])
    while True:
        said = heard(0.05)
        if said is None:
            continue
        with mark.open("a") as file:
            file.write(f"{os.getpid()} {'woken' if said else 'ends'}\n")
        if not said:
            return


if __name__ == "__main__":
    main()

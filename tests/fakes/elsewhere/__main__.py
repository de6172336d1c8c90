"""`python -m tests.fakes.elsewhere serve`: the command `homestretch`, with the source `somewhere` among the others."""

from pathlib import Path

import homestretch.sources
from homestretch.__main__ import main

homestretch.sources.__path__.append(str(Path(__file__).parent))
if __name__ == "__main__":
    main()

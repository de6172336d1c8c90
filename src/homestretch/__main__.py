"""`python -m homestretch` and the command `homestretch`; worker processes import this again, so it stays light."""

import gc
import os

#: New objects between two passes of Python's garbage collector. Half a million are made while a server loads, and stay:
#: with Python's own 2,000 the passes over them take a fifth of the time to start.
NEW_OBJECTS = 50_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(NEW_OBJECTS)
    # Requests and workers are the threads that there are; NumPy's own would only wait for each other, busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.umask(0o077)  # files are private to the user who runs this
    from homestretch.cli._runtime.main import main as run

    run()


if __name__ == "__main__":
    main()

"""`python -m homestretch` and the command `homestretch`; worker processes import this again, so it stays light."""

import os


def main() -> None:
    """Run the command line."""
    # Requests and workers are the threads that there are; NumPy's own would only wait for each other, busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.umask(0o077)  # files are private to the user who runs this
    from homestretch.cli._runtime.main import main as run

    run()


if __name__ == "__main__":
    main()

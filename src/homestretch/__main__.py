"""`python -m homestretch` and the command `homestretch`."""

from homestretch.cli._main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()

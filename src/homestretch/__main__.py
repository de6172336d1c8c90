"""`python -m homestretch` and the command `homestretch`; worker processes import this again, so it stays light."""


def main() -> None:
    """Run the command line."""
    from homestretch.cli._main import main as run

    run()


if __name__ == "__main__":
    main()

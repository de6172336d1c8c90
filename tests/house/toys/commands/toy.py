"""`homestretch toy`: says that it is there."""


def COMMAND() -> None:
    """Play."""
    print("played")

"""Chance that is the same every time: numbers that depend on nothing but what they are asked for."""

from random import Random


def chance(*of: object) -> Random:
    """Return random numbers that belong to these names, the same in every process."""
    return Random("/".join(map(str, of)))


def uuid_of(*of: object) -> str:
    """Return a UUID that belongs to these names."""
    plain = f"{chance('uuid', *of).getrandbits(128):032x}"
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))

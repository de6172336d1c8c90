"""A change of a plan as people and programs ask for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedChange:
    """One change: move a session `to` a day, drop it, replace it by a `template` (or `easy`), scale it, or add one.

    `n` and `minutes` are the free number of the template; a replacement without either is as long as what it replaces,
    or as `factor` says.
    """

    op: str
    id: str | None = None
    to: str | None = None
    template: str | None = None
    n: int | None = None
    minutes: int | None = None
    factor: float | None = None
    why: str = ""

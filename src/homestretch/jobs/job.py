"""A job: a question for the work that is left, and a function that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

type Arguments = dict[str, Any]


class Postponed(Exception):
    """Another process is doing the same work, so the job runs again soon."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that survives the process: `due(context)` asks our own tables what is left, `run` does one of them.

    `run` may be killed at any moment and is then called again with the same arguments. The same
    arguments never run twice at once. `every_s` is how often `due` is asked. A job that `waits` for others most of
    its time (a provider) never delays a job that computes. One that is due again and again takes at most its
    `share` of the time.
    """

    key: str
    title: str
    every_s: float
    due: Callable[[Any], Iterable[Arguments]]
    run: Callable[[Any, Arguments], None]
    waits: bool = False
    share: float = 1.0

"""Plays when asked to, which is never."""

from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(_context: Context) -> list[Arguments]:
    return []


def _run(_context: Context, _arguments: Arguments) -> None:
    raise AssertionError


JOB = Job("toy", "Playing", 60.0, _due, _run)

"""Deletes cached provider data once the time for which the provider's terms let us keep it is over."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.provider_terms import expire, expiring
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if expiring(context) else []


def _run(context: Context, _arguments: Arguments) -> None:
    expire(context)


JOB = Job("expire", "Deleting expired provider data", 60.0, _due, _run)

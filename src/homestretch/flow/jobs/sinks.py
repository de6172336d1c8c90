"""Pushes to the sinks that lack something."""

import logging

from homestretch.flow.runtime.context import Context
from homestretch.flow.sinks.push import due_sinks, push
from homestretch.jobs.job import Arguments, Job

log = logging.getLogger("homestretch.sinks")


def _due(context: Context) -> list[Arguments]:
    return [{"sink": sink} for sink in due_sinks(context)]


def _run(context: Context, arguments: Arguments) -> None:
    done = push(context, arguments["sink"])
    if done is not None and done["error"] is not None:
        log.warning("not pushed", extra={"sink": done["sink"], "error": done["error"]})


JOB = Job("sinks", "Sending to sinks", 30.0, _due, _run, waits=True)

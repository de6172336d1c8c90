"""Sends notices on the channels that have something to send."""

from homestretch.flow.notices.sending import due_channels, send_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"channel": channel} for channel in due_channels(context)]


def _run(context: Context, arguments: Arguments) -> None:
    send_due(context, arguments["channel"])


JOB = Job("notices", "Sending notifications", 10.0, _due, _run, waits=True)

"""Decodes what providers answered about days, and what they call activities."""

from homestretch.flow.derive.payloads import decode_stale, stale_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in stale_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    decode_stale(context, arguments["athlete"], wait_s=5.0)


JOB = Job("payloads", "Reading provider data", 5.0, _due, _run, share=0.2)

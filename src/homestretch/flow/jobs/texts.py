"""Writes texts of the coach that were asked for: reviews, explanations, changes of a plan, rules from words."""

from homestretch.flow.coach.texts.make import due_texts
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete, "text": text} for athlete, text in due_texts(context)]


def _run(context: Context, arguments: Arguments) -> None:
    from homestretch.flow.coach.texts.write import write

    write(context, arguments["athlete"], arguments["text"])


JOB = Job("texts", "Writing reviews", 3.0, _due, _run, waits=True)

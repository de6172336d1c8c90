"""`homestretch catalog`: everything that can be added to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from homestretch.cli._runtime.opened import JsonOption
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.analysis.health.evidence.question import Outcome


def COMMAND(json: JsonOption = False) -> None:
    """List all formats, metrics, charts, sources, …"""
    from homestretch import registry
    from homestretch.analysis.curves import curves
    from homestretch.analysis.derived_channels import derived_channels
    from homestretch.analysis.health.day_metric import day_metrics
    from homestretch.analysis.health.evidence.question import questions
    from homestretch.analysis.measure.metric import metrics
    from homestretch.app import all_jobs
    from homestretch.flow.takeover import systems
    from homestretch.formats import formats, workout_formats
    from homestretch.sinks import sinks
    from homestretch.sources.registry import sources
    from homestretch.views.kit.frame import charts

    found = {
        "formats": {f.key: f"{f.name} (version {f.version})" for f in formats().values()},
        "workout_formats": {f.key: f.name for f in workout_formats().values()},
        "metrics": {m.key: _metric(m.name, m.also_known_as, m.unit, m.cite) for m in metrics().values()},
        "day_metrics": {m.key: _metric(m.name, m.also_known_as, m.unit, m.cite) for m in day_metrics().values()},
        "questions": {q.key: _question(q.question, q.outcomes) for q in questions().values()},
        "curves": {c.key: f"{c.name}, {c.unit}" for c in curves().values()},
        "channels": {c.key: f"{c.unit} ({c.cite})" for c in derived_channels().values()},
        "charts": {c.key: _named(c.title, c.also_known_as) for c in charts().values()},
        "sources": {s.key: f"{s.name}, by {s.auth}" for s in sources().values()},
        "sinks": {s.key: s.name for s in sinks().values()},
        "takeover": {s.key: f"{s.name}: {s.help}" for s in systems().values()},
        "jobs": {job.key: job.title for job in all_jobs().values()},
        "commands": {name.rstrip("_"): "" for name in registry.leaf_names("homestretch.cli")},
        "api": dict.fromkeys(registry.leaf_names("homestretch.api.routers"), ""),
    }
    if json:
        say_json(found)
    else:
        say_table(("kind", "key", ""), [(kind, key, title) for kind in found for key, title in found[kind].items()])


def _metric(name: str, also_known_as: tuple[str, ...], unit: str, cite: str) -> str:
    return f"{_named(name, also_known_as)}{f', {unit}' if unit else ''} ({cite})"


def _question(question: str, outcomes: "Iterable[Outcome]") -> str:
    return f"{question} ({', '.join(outcome.name for outcome in outcomes)})"


def _named(name: str, also_known_as: tuple[str, ...]) -> str:
    """Return a name with the names that other services use."""
    return f"{name} [{', '.join(also_known_as)}]" if also_known_as else name

"""`homestretch catalog`: every leaf that there is."""

from homestretch.cli._runtime.opened import JsonOption
from homestretch.cli._runtime.say import say_json, say_table


def COMMAND(json: JsonOption = False) -> None:
    """List the formats, metrics, curves, charts, jobs, commands and API routers that there are."""
    from homestretch import registry
    from homestretch.analysis.curves import curves
    from homestretch.analysis.derived_channels import derived_channels
    from homestretch.analysis.measure.metric import metrics
    from homestretch.app import all_jobs
    from homestretch.formats import formats
    from homestretch.sources.registry import sources
    from homestretch.views.kit.frame import charts

    found = {
        "formats": {f.key: f"{f.name} (version {f.version})" for f in formats().values()},
        "metrics": {m.key: f"{m.name}{f', {m.unit}' if m.unit else ''} ({m.cite})" for m in metrics().values()},
        "curves": {c.key: f"{c.name}, {c.unit}" for c in curves().values()},
        "channels": {c.key: f"{c.unit} ({c.cite})" for c in derived_channels().values()},
        "charts": {c.key: c.title for c in charts().values()},
        "sources": {s.key: f"{s.name}, by {s.auth}" for s in sources().values()},
        "jobs": {job.key: job.title for job in all_jobs().values()},
        "commands": {name.rstrip("_"): "" for name in registry.leaf_names("homestretch.cli")},
        "api": dict.fromkeys(registry.leaf_names("homestretch.api.routers"), ""),
    }
    if json:
        say_json(found)
    else:
        say_table(("kind", "key", ""), [(kind, key, title) for kind in found for key, title in found[kind].items()])

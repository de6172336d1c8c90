"""`homestretch catalog`: every leaf that there is."""

from homestretch.cli._opened import JsonOption
from homestretch.cli._say import say_json, say_table


def COMMAND(json: JsonOption = False) -> None:
    """List the formats, commands, API routers and jobs that there are."""
    from homestretch import registry
    from homestretch.app import all_jobs
    from homestretch.formats import formats

    found = {
        "formats": {f.key: f"{f.name} (version {f.version})" for f in formats().values()},
        "jobs": {job.key: job.title for job in all_jobs().values()},
        "commands": {name.rstrip("_"): "" for name in registry.leaf_names("homestretch.cli")},
        "api": dict.fromkeys(registry.leaf_names("homestretch.api"), ""),
    }
    if json:
        say_json(found)
    else:
        say_table(("kind", "key", ""), [(kind, key, title) for kind in found for key, title in found[kind].items()])

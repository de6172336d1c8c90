"""What metrics and templates are, as models are given it."""

from homestretch.coach.workouts.templates import TEMPLATES, Template, sized
from homestretch.errors import NotFound, unknown
from homestretch.model.documents.tools import ToolMetric, ToolTemplate, ToolTemplates
from homestretch.views.activities.metrics import catalogue
from homestretch.views.tools.portions import portion


def tool_metric(key: str) -> ToolMetric:
    """Return what a metric is, by its key or any name, also that of other services. Raises NotFound."""
    asked = _plain(key)
    for one in catalogue():
        if asked in {_plain(name) for name in (one["key"], one["name"], *one["also_known_as"])}:
            return {**one, "ref": f"metric:{one['key']}"}
    raise NotFound(what="metric", id=key[:60])


def _plain(name: str) -> str:
    """Return a name to compare: metrics of other services are called `TSS-like` here."""
    return name.strip().casefold().removesuffix("-like").replace("_", " ")


def tool_templates(sport: str | None, purpose: str | None, limit: int, cursor: str | None) -> ToolTemplates:
    """Return the templates of sessions, of one sport or purpose or all. Raises BadRequest for an unknown one."""
    every = list(TEMPLATES.values())
    if sport is not None and sport not in {one.sport for one in every}:
        raise unknown("sport of templates", sport, {one.sport for one in every})
    if purpose is not None and purpose not in {one.purpose for one in every}:
        raise unknown("purpose", purpose, {one.purpose for one in every})
    rows = [_row(one) for one in every if sport in (None, one.sport) and purpose in (None, one.purpose)]
    items, following = portion(rows, limit, cursor)
    return {"items": items, "next": following, "total": len(rows)}


def _row(one: Template) -> ToolTemplate:
    size = sized(one)
    return {
        "ref": f"template:{one.id}",
        "id": one.id,
        "sport": one.sport,
        "purpose": one.purpose,
        "name": one.title.replace("{n}", str(one.repeats[0] if one.repeats else "")),
        "hard": one.hard,
        "minutes": -(-size.seconds // 60),
        "load": size.load,
        "load_basis": size.basis,
        "repeats": None if one.repeats is None else list(one.repeats),
        "free_minutes": None if one.minutes is None else list(one.minutes),
        "steps": one.text,
    }

"""The sources, from their descriptions."""

from homestretch.net.field import Field
from homestretch.sources.base import Source
from homestretch.sources.registry import sources as every
from scripts.reference.markdown import code, prose, table

#: What can be changed at a source, and what terms may forbid, in words.
WRITES = {
    "name": "name", "description": "notes", "gear": "gear", "sport": "sport", "link": "link", "upload": "upload",
    "session": "planned workout",
}  # fmt: skip
USES = {
    "show": "showing", "share": "sharing", "link": "linking", "compare": "comparing", "blend": "merging",
    "export": "exporting", "model": "language models", "keep": "keeping without an end",
}  # fmt: skip


def sources() -> str:
    """Return the page of what each source fetches, its terms, pace and options."""
    return (
        "# Sources\n\n"
        "How to connect each one, and what to do when it breaks: [Sources](../sources/index.md).\n\n"
        + "\n".join(map(_source, sorted(every().values(), key=lambda one: one.name.casefold())))
    )


def _source(one: Source) -> str:
    facts = (
        ("fetches", ", ".join(kind.title for kind in one.kinds)),
        ("sign-in", "; ".join(method.title for method in one.auth_methods)),
        ("changes that you may approve", ", ".join(WRITES[name] for name in one.writes if name in WRITES)),
        ("schedule", code(one.schedule) if one.auth_methods else ""),
        ("instant updates", "yes, at a public https address" if one.webhooks else ""),
        ("not used for", ", ".join(USES[use] for use in (one.terms.forbidden or "").split())),
        ("kept for", f"{one.terms.keep_days} days" if one.terms.keep_days else "no end"),
    )
    options = [
        (prose(field.title), code(field.key), prose(_option_default(field)), prose(field.help))
        for field in one.settings
    ]
    return (
        f"## {prose(one.name)}\n\n{prose(one.note)}\n\n"
        + table(("", ""), ((name, text if "`" in text else prose(text)) for name, text in facts))
        + ("\n" + table(("option", "key", "default", "note"), options) if options else "")
    )


def _option_default(field: Field) -> str:
    if field.choices:
        return str(dict(field.choices).get(field.default, ""))
    return {True: "on", False: "off", None: ""}.get(field.default) or str(field.default or "")

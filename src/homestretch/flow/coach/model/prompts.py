"""Prompts: which one holds for a model, new versions, and which version holds from now on."""

from homestretch.coach.writing.context import Action
from homestretch.coach.writing.prompts import BUILT_IN, PATTERN, digest_of, patterns_for, prompt_faults
from homestretch.errors import BadRequest, Conflict, NotFound, unknown
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.model_reasons import ACTIONS
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import prompts as stored

LONGEST_NOTE = 400


def prompt_for(reader: Reader, action: Action, model: str) -> str:
    """Return the text that holds for a model: of its name, else of its vendor, else of all models, else built-in."""
    active = stored.active_prompts(reader, action)
    return next((active[one].text for one in patterns_for(model) if one in active), BUILT_IN[action])


def action_named(name: str) -> Action:
    """Return an action by its name. Raises BadRequest."""
    for action in ACTIONS:
        if action == name:
            return action
    raise unknown("action", name, ACTIONS)


def text_of(reader: Reader, action: Action, pattern: str, version: int) -> str:
    """Return the text of a version; 0 is the built-in one. Raises NotFound."""
    return BUILT_IN[action] if version == 0 else stored.find_prompt(reader, action, pattern, version).text


def add_prompt(
    context: Context,
    account_id: int | None,
    action: Action,
    pattern: str,
    text: str,
    note: str = "",
    parent: int | None = None,
) -> int:
    """Keep a text as the next version, which does not hold yet; return its number.

    `parent` is the version that it was made from, by default the newest. Raises BadRequest, NotFound.
    """
    if PATTERN.fullmatch(pattern) is None:
        raise BadRequest(reason="Give the name of a model, vendor/* for all models of a vendor, or * for all models.")
    if wrong := list(prompt_faults(text)):
        raise BadRequest(reason=" ".join(wrong))
    with context.database.write() as session:
        versions = [one.version for one in stored.prompts_of(session, action) if one.pattern == pattern]
        made_from = max(versions, default=0) if parent is None else parent
        if made_from not in (0, *versions):
            raise NotFound(what=f"prompt for {action} and {pattern} with version", id=made_from)
        values = {
            "action": action,
            "pattern": pattern,
            "parent": made_from,
            "text": text.strip(),
            "sha256": digest_of(action, text.strip()),
            "note": note.strip()[:LONGEST_NOTE],
            "account_id": account_id,
            "created_ms": context.clock(),
        }
        return stored.put_prompt(session, values)


def activate(context: Context, account_id: int | None, action: Action, pattern: str, version: int) -> None:
    """Let a version hold from now on; 0: none of this pattern's, so that a wider one's or the built-in one does.

    Raises NotFound, and Conflict where no test run of its text was shown.
    """
    with context.database.write() as session:
        _activate(context, session, account_id, action, pattern, version)


def restore(context: Context, account_id: int | None, action: Action, pattern: str, version: int) -> int:
    """Keep an earlier version's text as the newest and let it hold; return its number. Raises as `activate` does."""
    with context.database.read() as reader:
        text = text_of(reader, action, pattern, version)
        if version and not stored.runs_of(reader, [digest_of(action, text)]):
            raise _untested(version)
    made = add_prompt(context, account_id, action, pattern, text, f"Restored version {version}.", version)
    with context.database.write() as session:
        _activate(context, session, account_id, action, pattern, made, tested=version == 0)
    return made


def _activate(
    context: Context,
    session: Writer,
    account_id: int | None,
    action: Action,
    pattern: str,
    version: int,
    *,
    tested: bool = False,
) -> None:
    prompt = None if version == 0 else stored.find_prompt(session, action, pattern, version)
    if prompt is not None and not tested and not stored.runs_of(session, [prompt.sha256]):
        raise _untested(version)
    found = None if prompt is None else prompt.id
    stored.activate_prompt(session, action, pattern, found, account_id, context.clock())


def _untested(version: int) -> Conflict:
    return Conflict(reason=f"Version {version} has not been tested. Test it, look at what came back, then activate it.")

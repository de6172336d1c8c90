"""Notes: words that are kept and shown, and never checked."""

from homestretch.coach.checking.kind import RuleKind
from homestretch.model.coach.rule import Rule


def _sentence(rule: Rule) -> str:
    return "Kept as a note; nothing is checked."


KIND = RuleKind(
    key="note",
    title="Note",
    topic="other",
    about="Words that are kept and shown, and never checked.",
    fields=(),
    sentence=_sentence,
)

"""Likes and dislikes: nothing violates them, the plan leans towards them."""

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind
from homestretch.coach.checking.params import count, part
from homestretch.coach.checking.selectors import plural
from homestretch.coach.checking.wording import capitalised
from homestretch.model.coach.rule import Rule

_WORDS = {-2: "rarely", -1: "less often", 0: "as often as others", 1: "more often", 2: "often"}


def _sentence(rule: Rule) -> str:
    return capitalised(
        f"{plural(part(rule.params, 'match'))} {_WORDS[count(rule, 'weight', 0)]}, where it can be chosen."
    )


KIND = RuleKind(
    key="preference",
    title="Like or dislike",
    topic="other",
    about="What the plan leans towards or away from. Nothing violates it.",
    fields=(
        Field("match", "Sessions", "selector", required=True),
        Field("weight", "From −2 (rarely) to 2 (often)", "integer", low=-2, high=2, required=True),
    ),
    sentence=_sentence,
)

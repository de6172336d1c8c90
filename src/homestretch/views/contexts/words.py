"""What a model is given with words of the athlete's: sentences to make rules of, and questions."""

from collections.abc import Sequence

from homestretch.coach.parsing.parse import Part
from homestretch.coach.writing.context import Context
from homestretch.coach.writing.facts import Facts, words_fact
from homestretch.coach.writing.words import NOTE
from homestretch.views.contexts.kit import Given, day_fact

#: A question is cut to so many characters; what was said before it to fewer, and so much of it is given.
QUESTION, EARLIER, MOST_EARLIER = 1_500, 300, 6


def rules_context(given: Given, parts: Sequence[Part]) -> Context:
    """Return what a model is given to make rules of the parts that the parser left."""
    facts: Facts = {"d:today": day_fact(given.today.isoformat())}
    for number, part in enumerate(parts, 1):
        facts[f"n:part.{number}"] = words_fact(part.text, NOTE)
    return Context(action="rule_parsing", today=given.today, facts=facts, units=given.units, lang=given.lang)


def question_context(given: Given, question: str, earlier: Sequence[tuple[str, str]]) -> Context:
    """Return what a model is given with a question: today, and what was said before (author and words)."""
    facts: Facts = {"d:today": day_fact(given.today.isoformat()), "n:question": words_fact(question, QUESTION)}
    for number, (author, words) in enumerate(earlier[-MOST_EARLIER:], 1):
        facts[f"n:earlier.{number}"] = {**words_fact(words, EARLIER), "n": author}
    return Context(action="question", today=given.today, facts=facts, units=given.units, lang=given.lang)

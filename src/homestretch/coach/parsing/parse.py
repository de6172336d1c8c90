"""Reads rules from words. What is not understood whole stays without a kind; nothing is ever guessed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from homestretch.coach.checking.kind import kinds
from homestretch.coach.checking.together.conflicts import conflicts
from homestretch.coach.parsing.phrases import PHRASES, Params
from homestretch.model.coach.rule import Rule, Severity
from homestretch.model.documents.coach_rules import ParsedRule

#: A part that is longer is no phrase of ours.
_LONGEST = 160
_SPLIT = re.compile(r"\n|;|(?<=[^\W_])\.\s")
_MARK = re.compile(r"\s*(?:[-*•]|[0-9]{1,2}[.)])\s+")
_WISH = re.compile(r"\b(?:prefer\w*|ideally|try to|if possible|would like|i'd like|rather|usually)\b")
_FILLER = re.compile(
    r"\b(?:please|preferably|ideally|if possible|usually|i want(?: to have)?|try to(?: have)?|always"
    r"|i(?:'d| would) (?:rather|prefer|like)(?: to have)?|i prefer|prefer(?: to have)?|would like|rather)\b ?,?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the words with what it means; `kind` is None where it was not understood.

    `questions` are what is still to be answered: about what the words leave open, or how parts hold together.
    """

    text: str
    kind: str | None
    severity: Severity
    params: Params
    questions: tuple[str, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule, or None where the part was not understood."""
        return None if self.kind is None else Rule(rule_id, self.kind, self.severity, self.params, self.text)


def part_document(part: Part) -> ParsedRule:
    """Return a part as JSON has it."""
    return ParsedRule(
        text=part.text,
        kind=part.kind,
        severity=part.severity,
        params=part.params,
        scope=None,
        questions=[*part.questions],
    )


def parse(text: str, today: date) -> list[Part]:
    """Return the parts of a text: each line, and each sentence. Dates without a year are the next after `today`."""
    return _compared([_part(words, today) for words in _parts(text)])


def _parts(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in _SPLIT.split(_MARK.sub("", line, count=1) if _MARK.match(line) else line):
            words = part.strip().rstrip(".!").strip()
            if words:
                yield words


def _part(text: str, today: date) -> Part:
    words = _plain(text)
    severity: Severity = "should" if _WISH.search(words) else "must"
    words = " ".join(_FILLER.sub(" ", words).split()).strip(" ,")
    if len(words) > _LONGEST:
        return Part(text, None, severity, {})
    for phrase in PHRASES:
        match = phrase.pattern.fullmatch(words)
        if match is not None:
            said = {name: value for name, value in match.groupdict().items() if value is not None}
            return _understood(text, phrase.kind, severity, phrase.read(said, today))
    return Part(text, None, severity, {})


def _plain(text: str) -> str:
    """Return words in small letters, with plain quotes and single blanks."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("–", "-").replace("−", "-")
    return " ".join(plain.split())


def _understood(text: str, kind: str, severity: Severity, params: Params | None) -> Part:
    if params is None:
        return Part(text, None, severity, {})
    faults = kinds()[kind].faults(params)
    if faults:
        return Part(text, None, severity, {}, tuple(faults))
    return Part(text, kind, severity, params, tuple(kinds()[kind].questions(params)))


def _compared(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with a question at each that can't hold together with others of them."""
    rules = {str(n): rule for n, part in enumerate(parts) if (rule := part.rule(str(n))) is not None}
    asked: dict[int, str] = {}
    for conflict in conflicts([*rules.values()]):
        for number in conflict.rules:
            asked[int(number)] = f"{conflict.reason} Which of these holds?"
    return [
        replace(part, questions=(*part.questions, asked[n])) if n in asked else part for n, part in enumerate(parts)
    ]

"""Rules, plans, routes and prompts of another system."""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson

from homestretch.coach.parsing.parse import parse
from homestretch.coach.writing.prompts import digest_of
from homestretch.flow.coach.model.prompts import add_prompt
from homestretch.flow.coach.rules import add_rules, is_same
from homestretch.flow.coach.taking import take_in
from homestretch.flow.takeover.reading.items import FoundPrompt
from homestretch.flow.takeover.taking import REFUSALS, Taking
from homestretch.model.coach.rule import Rule
from homestretch.model.documents.coach_files import CoachFile
from homestretch.store.queries.prompts import prompts_of
from homestretch.store.queries.rules import versions_of_rules

LONGEST_RULE = 400


def take_rules(taking: Taking, found: Sequence[str]) -> None:
    """Add rules by their words; what leaves a question open or is not understood becomes a note with its words.

    A rule that was ever here is not added again.
    """
    today = datetime.fromtimestamp(taking.context.clock() / 1000, UTC).date()
    rules = []
    for words in found:
        for part in parse(words, today):
            understood = None if part.questions else part.rule("")
            rules.append(understood or Rule("", "note", part.severity, {}, part.text[:LONGEST_RULE]))
    with taking.context.database.read() as reader:
        known = [rule for version in versions_of_rules(reader, taking.scope.athlete_id) for rule in version.rules]
    taking.each(
        "rules",
        rules,
        lambda rule: rule.text,
        lambda rule: any(is_same(one, rule) for one in known),
        lambda rule: add_rules(taking.context, taking.scope, [rule], "Taken over."),
    )


def take_coach(taking: Taking, found: CoachFile | None) -> None:
    """Take in plans, workouts and planned routes as a file of the coach."""
    if found is None:
        return
    whole = {
        "plans": len(found.get("plans", ())),
        "workouts": len(found.get("workouts", ())),
        "routes": len(found.get("routes", ())),
    }
    what = "plans and routes"
    taking.hands.say(what, sum(whole.values()))
    try:
        made = take_in(taking.context, taking.scope, orjson.dumps(found), tried=taking.tried)
    except REFUSALS as error:
        taking.fail(what, "all", str(error))
        taking.count(what, 0, 0, sum(whole.values()))
        return
    new = {"plans": len(made["plans"]), "workouts": len(made["workouts"]), "routes": len(made["routes"])}
    for part, count in whole.items():
        taking.count(part, new[part], count - new[part])


def take_prompts(taking: Taking, found: Sequence[FoundPrompt]) -> None:
    """Keep prompts as versions that do not hold yet: each is tested before it does."""
    with taking.context.database.read() as reader:
        known = {(one.action, one.pattern, one.sha256) for one in prompts_of(reader)}
    account = taking.scope.account_id
    taking.each(
        "prompts",
        found,
        lambda one: f"{one.action} for {one.pattern}",
        lambda one: (one.action, one.pattern, digest_of(one.action, one.text.strip())) in known,
        lambda one: add_prompt(taking.context, account, one.action, one.pattern, one.text, one.note),
    )

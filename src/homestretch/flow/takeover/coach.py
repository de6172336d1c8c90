"""Rules, plans, routes and prompts of another system."""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson

from homestretch.coach.parsing.parse import parse
from homestretch.coach.writing.prompts import digest_of
from homestretch.flow.coach.model.prompts import add_prompt
from homestretch.flow.coach.plans import digest_of as plan_digest
from homestretch.flow.coach.rules import add_rules, is_same
from homestretch.flow.coach.taking import take_in
from homestretch.flow.takeover.reading.items import FoundPrompt
from homestretch.flow.takeover.taking import Taking
from homestretch.model.coach.rule import Rule
from homestretch.model.documents.coach_files import FORMAT, VERSION, CoachFile
from homestretch.store.queries.prompts import prompts_of
from homestretch.store.queries.rules import versions_of_rules
from homestretch.store.queries.takeover import known_plans, known_routes

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
    """Take in plans and planned routes as a file of the coach: each on its own, and none that was removed here."""
    if found is None:
        return
    with taking.context.database.read() as reader:
        digests, routes = known_plans(reader, taking.scope.athlete_id), known_routes(reader, taking.scope.athlete_id)
    taking.each(
        "plans",
        found.get("plans", ()),
        lambda plan: plan["title"],
        lambda plan: plan_digest(plan["versions"][-1]["body"]) in digests,
        lambda plan: _take_in(taking, {"format": FORMAT, "version": VERSION, "plans": [plan]}),
    )
    taking.each(
        "planned routes",
        found.get("routes", ()),
        lambda route: route["name"],
        lambda route: (route["name"], route["sport"]) in routes,
        lambda route: _take_in(taking, {"format": FORMAT, "version": VERSION, "routes": [route]}),
    )


def _take_in(taking: Taking, document: CoachFile) -> None:
    take_in(taking.context, taking.scope, orjson.dumps(document))


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

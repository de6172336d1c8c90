"""The tools that a question may be answered from: the documents that MCP shows, every value with a reference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Lock
from typing import Annotated, Literal

from pydantic import Field

from homestretch.coach.writing.facts import Facts
from homestretch.coach.writing.referenced import Referenced
from homestretch.errors import BadRequest, HomestretchError
from homestretch.flow.coach.athlete_state import state_of
from homestretch.flow.coach.changes import change
from homestretch.flow.coach.chat import reading
from homestretch.flow.coach.texts.suggested import vetted
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_texts import ChatProposal, ToolUse
from homestretch.store.database import Reader
from homestretch.store.queries.plans import find_version
from homestretch.store.queries.rules import newest_rules
from homestretch.store.scope import Scope

#: An answer of a tool has so many bytes as JSON, with blanks and escapes a few more.
MOST_BYTES = 4_400
ROWS, DAYS = 20, 14
type Id = Annotated[str, Field(max_length=60)]
type Words = Annotated[str, Field(max_length=200)]
type Op = Literal["move", "drop", "replace", "scale", "add"]


@dataclass
class Desk:
    """What tools read with for one question, the facts that they gave, and what was used and proposed."""

    context: Context
    scope: Scope
    given: reading.Given
    author: str
    on_use: Callable[[ToolUse], None]
    found: Referenced = field(default_factory=lambda: Referenced(reading.unit_of))
    used: list[ToolUse] = field(default_factory=list)
    proposals: list[ChatProposal] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def facts(self) -> Facts:
        """The facts of all answers so far."""
        return self.found.facts

    def tools(self) -> list[Callable[..., object]]:
        """Return the tools that the model may call."""
        return [
            self.today, self.activities, self.activity, self.intervals, self.compare, self.week, self.load,
            self.health, self.readiness, self.records, self.plan, self.rules, self.templates, self.explain_metric,
            self.propose_changes,
        ]  # fmt: skip

    def today(self) -> object:
        """Return today at a glance: form, the week so far, the last activities, readiness. Call this first."""
        return self._read(
            "today", {}, lambda at: reading.tool_today(at, self.given.scope, self._day, names=self._names)
        )

    def activities(
        self, since: date | None = None, until: date | None = None, sport: Words | None = None,
        text: Words | None = None,
    ) -> object:  # fmt: skip
        """List activities between two local days, the newest first: main figures, load, ids to ask further with."""
        what = reading.Filter(sport=sport, since=since, until=until, text=text, or_family=True)
        return self._read(
            "activities",
            {"since": since, "until": until, "sport": sport, "text": text},
            lambda at: reading.tool_activities(at, self.given.scope, what, ROWS, None, names=self._names),
        )

    def activity(self, id: Id) -> object:
        """Return one activity: all figures, computed metrics, thresholds, time in zones, how it felt."""
        return self._read(
            "activity", {"id": id}, lambda at: reading.tool_detail(at, self.given.scope, id, names=self._names)
        )

    def intervals(self, id: Id) -> object:
        """Return the hard parts that were detected in an activity, and its laps."""
        return self._read(
            "intervals", {"id": id}, lambda at: reading.tool_intervals(at, self.given.scope, id, ROWS, None)
        )

    def compare(self, id: Id, other: Id) -> object:
        """Compare two activities: figures and metrics side by side, and `change`: the second less the first."""
        return self._read(
            "compare",
            {"id": id, "other": other},
            lambda at: reading.tool_comparison(at, self.given.scope, id, other, names=self._names),
        )

    def week(self, day: date | None = None) -> object:
        """Return what was done in the week of a day: sums by sport, load, and the activities."""
        return self._read(
            "week",
            {"day": day},
            lambda at: reading.tool_week(at, self.given.scope, day or self._day, names=self._names),
        )

    def load(self, since: date | None = None, until: date | None = None) -> object:
        """Return training load, fitness (CTL), fatigue (ATL) and form (TSB) by day, the newest first."""
        return self._read(
            "load",
            {"since": since, "until": until},
            lambda at: reading.tool_load(at, self.given.scope, since, until, self._day, 60, None),
        )

    def health(
        self, since: date | None = None, until: date | None = None,
        kinds: Annotated[list[Words], Field(max_length=12)] | None = None,
    ) -> object:  # fmt: skip
        """Return measures by day (sleep_s, hrv_night_ms, resting_heart_rate_bpm, weight_kg …) and what was usual."""
        last = until or self._day
        stretch = reading.Stretch(since or last - timedelta(days=DAYS - 1), last)
        return self._read(
            "health",
            {"since": since, "until": until, "kinds": kinds},
            lambda at: reading.tool_health(
                at, self.given.scope, stretch, kinds or (), self._day, 60, None, names=self._names
            ),
        )

    def readiness(self, day: date | None = None) -> object:
        """Return how ready the athlete is on a day: the score, its parts, the night, what is off, notes such as ill."""
        return self._read(
            "readiness",
            {"day": day},
            lambda at: reading.tool_readiness(at, self.given.scope, day or self._day, self._day, names=self._names),
        )

    def records(self, sport: Words | None = None) -> object:
        """Return personal records of a sport; without one of the sport with most activities."""
        return self._read(
            "records", {"sport": sport}, lambda at: reading.tool_records(at, self.given.scope, sport, ROWS, None)
        )

    def plan(self, since: date | None = None, until: date | None = None) -> object:
        """Return weeks of the plan in force: sessions with their ids, what each week aims at and why, events."""
        return self._read(
            "plan",
            {"since": since, "until": until},
            lambda at: reading.tool_plan(at, self.given.scope, since, until, None, None, names=self._names),
        )

    def rules(self) -> object:
        """List the athlete's rules of training, which every plan is checked against."""
        return self._read("rules", {}, lambda at: reading.tool_rules(at, self.given.scope, 60, None, names=self._names))

    def templates(self, sport: Words | None = None, purpose: Words | None = None) -> object:
        """List templates of sessions with length and load; their ids are for `propose_changes`."""
        return self._read(
            "templates",
            {"sport": sport, "purpose": purpose},
            lambda _: reading.tool_templates(sport, purpose, ROWS, None),
        )

    def explain_metric(self, key: Words) -> object:
        """Explain a metric: its names elsewhere, unit, how far to trust it."""
        return self._read("explain_metric", {"key": key}, lambda _: reading.tool_metric(key))

    def propose_changes(
        self, op: Op, why: Annotated[str, Field(max_length=400)], session: Id | None = None, to: date | None = None,
        template: Id | None = None, factor: Annotated[float | None, Field(ge=0.2, le=2)] = None,
    ) -> object:  # fmt: skip
        """Propose one change of the plan in force: it makes a new version that waits for the athlete's approval.

        Move a session `to` a day, drop it, replace it by a template or `easy`, scale it by a factor, or add a template
        on the day `to`. Nothing changes by this.
        """
        arguments = {"op": op, "session": session, "to": to, "template": template, "factor": factor}
        asked = AskedChange(op, session, None if to is None else to.isoformat(), template, None, None, factor)
        with self._using("propose_changes", arguments):
            return self._propose(asked, why)

    def _propose(self, asked: AskedChange, why: str) -> object:
        if self.proposals:
            raise BadRequest(reason="One proposal is there already, and waits for approval. Speak of that one.")
        shown = replace(self.scope, use="show")
        with self.context.database.read() as reader:
            plan, version = reading.base_of(reader, shown)
            base = find_version(reader, shown, plan, version)
            athlete = state_of(self.context, reader, shown)
            _, rules = newest_rules(reader, shown.athlete_id)
            only_easier = reading.is_unwell(replace(self.given, reader=reader))
        held = vetted(base, [asked], athlete, rules, only_easier=only_easier)
        if held.refused:
            raise BadRequest(reason=held.refused[0])
        # The reason is the model's; a version keeps it as words that nobody checked, and so without any number.
        cause = {"proposed": "in a conversation"}
        made = change(self.context, shown, plan, version, [asked], _without_numbers(why), self.author, cause)
        self.proposals.append(ChatProposal(plan=made["plan"], version=made["version"]))
        return {"state": "waits for the athlete's approval", "broken_rules": [one["text"] for one in made["violations"]
                                                                         if one["severity"] == "must"][:3]}  # fmt: skip

    @property
    def _day(self) -> date:
        return self.given.today

    @property
    def _names(self) -> bool:
        return self.given.names

    def _read(
        self, tool: str, arguments: Mapping[str, object], read: Callable[[Reader], Mapping[str, object]]
    ) -> object:
        with self._using(tool, arguments), self._lock, self.context.database.read() as reader:
            return self.found.shown(read(reader), MOST_BYTES)

    def _using(self, tool: str, arguments: Mapping[str, object]) -> "_Using":
        said = {name: str(value) for name, value in arguments.items() if value is not None}
        return _Using(self, ToolUse(tool=tool, arguments=said, ok=True))


class _Using:
    """Notes a use of a tool, and whether it had an answer."""

    def __init__(self, desk: Desk, use: ToolUse) -> None:
        self._desk, self._use = desk, use

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        use = self._use if kind is None or not issubclass(kind, HomestretchError) else {**self._use, "ok": False}
        self._desk.used.append(use)
        self._desk.on_use(use)


def _without_numbers(words: str) -> str:
    """Return words of a model that nobody checked, if they have no number; else code's own."""
    return "Proposed in a conversation." if any(sign.isnumeric() for sign in words) else words

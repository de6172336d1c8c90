"""Documents about texts that are written for an athlete, by a model or by code, and about conversations.

Numbers stand in texts as references such as `{m:load}`; code puts them in. `text` has them as facts show them, `source`
is the text with its references, for a reader of other units: each is in `facts`.
"""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from homestretch.model.documents.coach_plans import PlanDiff
from homestretch.model.documents.coach_reviews import Tone
from homestretch.model.documents.coach_rules import ParsedRule

type TextKind = Literal["workout", "week", "explanation", "change", "rules"]
type Author = Literal["model", "code"]


class FactDocument(TypedDict):
    """A value that a text may say something of: `v` with its unit `u`, as `text` shows it; null has a `why`.

    `untrusted`: words that the athlete or another wrote.
    """

    v: float | str | None
    text: NotRequired[str]
    u: NotRequired[str]
    n: NotRequired[str]
    why: NotRequired[str]
    partial: NotRequired[bool]
    untrusted: NotRequired[bool]
    delta: NotRequired[bool]
    lower_is_better: NotRequired[bool]


class TextPoint(TypedDict):
    """A point of a text, and the references that it rests on."""

    tone: Tone
    text: str
    source: str
    evidence: list[str]


class SuggestedChange(TypedDict):
    """A change of the plan that a text suggests, as `change_plan` takes it."""

    op: Literal["move", "drop", "replace", "scale", "add"]
    id: str | None
    to: str | None
    template: str | None
    minutes: int | None
    factor: float | None
    why: str


class KeptText(TypedDict):
    """What is kept of a text: by references, with the facts as they were. `refused` says which changes code refused.

    `would_send` is what a model is sent once the athlete agrees, where nothing was sent for want of that.
    """

    by: Author
    headline: str
    points: list[TextPoint]
    question: str | None
    unknown: list[str]
    operations: list[SuggestedChange]
    refused: list[str]
    rules: list[ParsedRule]
    facts: Mapping[str, FactDocument]
    hidden: int
    truncated: int
    would_send: NotRequired[str]


class CoachTextItem(TypedDict):
    """A text in a list. `subject` is the activity of a workout, the Monday of a week.

    `state` is waiting until it is written. `why` says in a sentence why no model wrote it, `reason` in a word.
    """

    id: str
    kind: TextKind
    subject: str | None
    plan: str | None
    version: int | None
    state: Literal["waiting", "done"]
    by: Author | None
    model: str | None
    headline: str | None
    reason: str | None
    why: str | None
    created_at: str
    done_at: str | None
    decision: Literal["approve", "reject"] | None
    suggestions: int


class CoachTexts(TypedDict):
    """Texts, the newest first; `next` is the cursor of those before."""

    items: list[CoachTextItem]
    next: str | None


class CoachText(CoachTextItem):
    """A text with everything that it rests on.

    `operations` are changes that it suggests of version `version` of the plan, `diff` what they would do; null where
    there are none, or that version is gone. `made` is the version that approving made. `call` is the call of the model,
    among those of `list_model_calls`; `would_send` is what a model is sent once the athlete agrees. `rules` are drafts,
    to be previewed and saved as rules.
    """

    words: str
    points: list[TextPoint]
    question: str | None
    unknown: list[str]
    operations: list[SuggestedChange]
    refused: list[str]
    diff: PlanDiff | None
    made: int | None
    rules: list[ParsedRule]
    facts: Mapping[str, FactDocument]
    hidden: int
    truncated: int
    call: int | None
    would_send: str | None


class ToolUse(TypedDict):
    """A tool that was asked for an answer: its name, what it was asked, and whether it had an answer."""

    tool: str
    arguments: Mapping[str, str]
    ok: bool


class ChatProposal(TypedDict):
    """A version of the plan that an answer proposed; it waits for approval."""

    plan: str
    version: int


class ChatLink(TypedDict):
    """A page that has an answer, by its address in the web app."""

    title: str
    address: str


class ChatMessage(TypedDict):
    """A message of a conversation; of an athlete it is their own words.

    `text` has the numbers in it, `source` the references that `facts` holds. `state` is interrupted where the model
    broke off. `reason` and `why` say why no model answered; `would_send` is what one is sent once the athlete agrees.
    """

    id: str
    author: Literal["athlete", "model", "code"]
    text: str
    source: str
    facts: Mapping[str, FactDocument]
    tools: list[ToolUse]
    proposals: list[ChatProposal]
    links: list[ChatLink]
    state: Literal["done", "interrupted"]
    reason: str | None
    why: str | None
    model: str | None
    call: int | None
    would_send: str | None
    created_at: str


class ConversationItem(TypedDict):
    """A conversation in a list."""

    id: str
    title: str
    created_at: str
    messages: int


class Conversations(TypedDict):
    """Conversations, the newest first."""

    items: list[ConversationItem]


class Conversation(TypedDict):
    """A conversation with its messages, the first one first."""

    id: str
    title: str
    created_at: str
    messages: list[ChatMessage]


class ChatAnswer(TypedDict):
    """A question and its answer, and the conversation that they are in."""

    conversation: str
    question: ChatMessage
    answer: ChatMessage

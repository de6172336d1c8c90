"""What is sent about the language model and its prompts."""

from typing import Annotated, Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.flow.coach.model.setup import NewModelSettings


class UsedModelBody(Shape):
    """A model to ask, with its prices in US dollars for a million tokens; null: not known."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    price_in: float | None = Field(None, ge=0, le=10_000)
    price_out: float | None = Field(None, ge=0, le=10_000)


class ModelSettingsBody(Shape):
    """How the model is set up. A key of null stays as it is (at the same server), an empty one is removed.

    Models are asked in this order. Limits are for each athlete and day (UTC); null: no limit.
    """

    url: Annotated[str, Field(min_length=1, max_length=2_000)]
    models: Annotated[list[UsedModelBody], Field(max_length=20)] = Field(default_factory=list)
    key: Annotated[str, Field(max_length=4_000)] | None = None
    kind: Literal["openai", "openrouter", "ollama"] | None = None
    output: Literal["tool", "native", "prompted"] | None = None
    tokens_a_day: int | None = Field(200_000, ge=1, le=1_000_000_000)
    usd_a_day: float | None = Field(None, ge=0, le=10_000)
    keep_days: int = Field(30, ge=1, le=3_650)
    names: bool = False
    timeout_s: int = Field(60, ge=5, le=600)

    def settings(self) -> NewModelSettings:
        """Return the settings."""
        return NewModelSettings(
            url=self.url,
            models=[(one.name, one.price_in, one.price_out) for one in self.models],
            key=self.key,
            kind=self.kind,
            output=self.output,
            tokens_a_day=self.tokens_a_day,
            usd_a_day=self.usd_a_day,
            keep_days=self.keep_days,
            names=self.names,
            timeout_s=self.timeout_s,
        )


class AgreementBody(Shape):
    """What the athlete was shown and agrees to: where data is sent, and whether with names and notes."""

    endpoint: Annotated[str, Field(min_length=1, max_length=2_000)]
    names: bool = False


Pattern = Annotated[str, Field(min_length=1, max_length=200)]


class PromptBody(Shape):
    """A new version of a prompt, made from `parent` (by default the newest); <<lang>> and <<units>> are filled in."""

    text: Annotated[str, Field(min_length=1, max_length=8_000)]
    pattern: Pattern = "*"
    note: Annotated[str, Field(max_length=400)] = ""
    parent: int | None = Field(None, ge=0, le=1_000_000)


class PromptChoice(Shape):
    """A pattern of models; a test run is by `model`, by default the first that is set up."""

    pattern: Pattern = "*"
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = None

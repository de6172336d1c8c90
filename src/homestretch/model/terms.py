"""What a provider's terms let us do with its data: the one place that decides, and everything else asks `allows`."""

from dataclasses import dataclass
from typing import Literal, get_args

#: `show` to the athlete, `share` with anyone else, `link` with the same workout elsewhere, `compare` side by side,
#: `blend` into an activity with other sources, `export` in a file, give to a language `model`, and `keep` without an
#: end, as archives and backups do.
type Use = Literal["show", "share", "link", "compare", "blend", "export", "model", "keep"]

USES: tuple[Use, ...] = get_args(Use.__value__)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a provider; `keep_days` None means forever. Raises ValueError where they contradict each other."""

    may_link: bool = True
    may_show: bool = True
    may_share: bool = True
    may_compare: bool = True
    may_blend: bool = True
    may_export: bool = True
    may_llm: bool = True
    keep_days: int | None = None

    def __post_init__(self) -> None:
        if self.keep_days is not None and self.keep_days < 1:
            raise ValueError("keep_days is 1 or more, or None for forever")
        if self.may_blend and not (self.may_show and self.may_share and self.keep_days is None):
            raise ValueError(
                "may_blend needs may_show, may_share and no keep_days: a blended activity is shown and kept"
            )

    def allows(self, use: Use) -> bool:
        """Return whether data under these terms may be used so."""
        flags = {
            "show": self.may_show,
            "share": self.may_show and self.may_share,
            "link": self.may_link,
            "compare": self.may_show and self.may_compare,
            "blend": self.may_blend,
            "export": self.may_export and self.keep_days is None,
            "model": self.may_llm,
            "keep": self.keep_days is None,
        }
        return flags[use]

    @property
    def forbidden(self) -> str | None:
        """The uses that are not allowed, as they are written on an arrival; None where all are."""
        return " ".join(use for use in USES if not self.allows(use)) or None


FREE = Terms()

"""What is sent about activities: fields to set, edits, corrections, activities entered by hand. SI units."""

from typing import Annotated, Any

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.activity import LapLabel, WorkoutType
from homestretch.model.editable import EDITABLE, TAGS
from homestretch.model.media.photos import LONGEST_CAPTION, MOST_CLOCK_S, MOST_PHOTOS
from homestretch.model.sharing import Aspect


def _text(key: str) -> Any:
    return Field(None, max_length=EDITABLE[key].longest)


def _number(key: str) -> Any:
    return Field(None, ge=EDITABLE[key].least, le=EDITABLE[key].most)


type Tag = Annotated[str, Field(min_length=1, max_length=EDITABLE[TAGS].longest)]
type Tags = Annotated[list[Tag], Field(max_length=int(EDITABLE[TAGS].most))]


class EditIds(Shape):
    """The ids of edits of one athlete."""

    edits: list[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]] = Field(min_length=1, max_length=60_000)


class ActivityChange(Shape):
    """Fields to set; null goes back to the recordings' value. `gear` is the id of an item, or `none`.

    `start` is ISO 8601; without an offset it is meant on the activity's own clock. All of the activity moves with it.
    """

    name: str | None = _text("name")
    description: str | None = _text("description")
    sport: str | None = _text("sport")
    sub_sport: str | None = _text("sub_sport")
    hidden: bool | None = None
    rpe: float | None = _number("rpe")
    feel: int | None = _number("feel")
    route_name: str | None = _text("route_name")
    gear: str | None = _text("gear")
    tags: Tags | None = None
    workout_type: WorkoutType | None = None
    start: str | None = _text("start")


class ManyFields(Shape):
    """Fields that activities may share; null goes back to the recordings' values."""

    sport: str | None = _text("sport")
    sub_sport: str | None = _text("sub_sport")
    hidden: bool | None = None
    gear: str | None = _text("gear")
    workout_type: WorkoutType | None = None


class ManyNamed(Shape):
    """Activities by id; without them those that the filter of the query leaves."""

    activities: list[Annotated[str, Field(max_length=20)]] | None = Field(None, min_length=1, max_length=5000)


class ManyChange(ManyNamed):
    """What changes about activities: fields to set, tags to add and to remove."""

    fields: ManyFields = ManyFields()
    add_tags: Tags = Field([])
    remove_tags: Tags = Field([])


type PhotoIds = Annotated[list[Annotated[str, Field(max_length=20)]], Field(min_length=1, max_length=MOST_PHOTOS)]
type ClockS = Annotated[int, Field(ge=-MOST_CLOCK_S, le=MOST_CLOCK_S)]


class PhotoChange(Shape):
    """What changes about a photo: its caption (null: none), whether the map shows it, what its camera is off in s."""

    caption: str | None = Field(None, max_length=LONGEST_CAPTION)
    pinned: bool = True
    clock_s: ClockS = 0


class PhotoOrder(Shape):
    """Photos of an activity by id, the first one first."""

    photos: PhotoIds


class PhotoClockChange(Shape):
    """Photos of an activity by id, and the seconds that are added to the clock of their camera."""

    photos: PhotoIds
    clock_s: ClockS


class NewFilter(Shape):
    """A filter to keep: its name, and the query of the list's address."""

    name: str = Field(min_length=1, max_length=200)
    query: str = Field(min_length=1, max_length=2000)


class FilterChange(Shape):
    """What changes about a saved filter."""

    name: str | None = Field(None, min_length=1, max_length=200)
    query: str | None = Field(None, min_length=1, max_length=2000)


class NewActivity(Shape):
    """An activity entered by hand; `start_local` is the clock on the wall."""

    sport: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    sub_sport: str | None = Field(None, pattern=r"^[a-z0-9_]{1,40}$")
    start_local: str = Field(max_length=40)
    zone: str | None = Field(None, max_length=60)
    elapsed_s: float = Field(gt=0, le=14 * 86_400)
    moving_s: float | None = Field(None, gt=0, le=14 * 86_400)
    distance_m: float | None = Field(None, ge=0, le=1e8)
    ascent_m: float | None = Field(None, ge=0, le=1e6)
    calories_kcal: float | None = Field(None, ge=0, le=1e6)
    avg_hr_bpm: float | None = Field(None, ge=20, le=260)
    name: str | None = Field(None, max_length=200)
    description: str | None = Field(None, max_length=20_000)


class LapStart(Shape):
    """Where a lap starts, in seconds since the activity's start, and what it was."""

    at: float
    label: LapLabel | None = None


class CorrectionBody(Shape):
    """A correction and the values that it asks for; times are seconds since the activity's start."""

    correction: str = Field(max_length=40)
    values: dict[str, float | str | list[list[float]] | list[LapStart] | None] = Field(max_length=20)

    def plain(self) -> dict[str, object]:
        """Return the values that are given."""
        return {name: value for name, value in self.model_dump()["values"].items() if value is not None}


class ShareDefaults(Shape):
    """What new links hide."""

    hidden: list[Aspect] = Field(max_length=20)


class NewShare(Shape):
    """A link: what it hides, for how many days it is open (null: with no end), and a password if it has one."""

    hidden: list[Aspect] = Field(max_length=20)
    days: int | None = Field(30, ge=1, le=366)
    password: str | None = Field(None, max_length=2000)


class ShareChange(Shape):
    """What a link hides from now on, for how many days from now it is open (null: with no end), and its password.

    A null password removes the one that it has. What is left out stays.
    """

    hidden: list[Aspect] | None = Field(None, max_length=20)
    days: int | None = Field(None, ge=1, le=366)
    password: str | None = Field(None, max_length=2000)


class SharePassword(Shape):
    """The password of a link."""

    password: str = Field(max_length=2000)


class FilePassword(Shape):
    """The password of a link, null where it has none."""

    password: str | None = Field(None, max_length=2000)

"""A chain of wellness files is one file of several parts."""

from homestretch.formats.fit.decoder import decode
from tests.formats.fit.wellness.made import (
    DAY,
    HOUR,
    MIDNIGHT,
    file,
    heart,
    info,
    ms,
    series,
    spans,
    stage,
    total,
    values,
)

NOON = MIDNIGHT + 12 * HOUR
FIRST = file(info(), heart(MIDNIGHT + 60, 50), heart(NOON, 60), total(NOON, 3000))
SECOND = file(
    info(NOON), total(NOON, 3000), heart(NOON, 61), heart(NOON + HOUR, 70), total(NOON + HOUR, 5000), created=NOON
)


def test_the_later_part_holds_whatever_the_order() -> None:
    for data in (FIRST + SECOND, SECOND + FIRST):
        made = decode(data).wellness
        assert values(made)["steps", DAY] == 5000
        assert series(made, "heart_rate_bpm")[DAY].values.tolist() == [50, 61, 70]
        assert spans(made, "steps")[DAY].values.sum() == 5000
        assert made.said_ms == ms(NOON + HOUR) and len(made.devices) == 1


def test_a_part_that_says_nothing_changes_nothing() -> None:
    made = decode(FIRST + file(stage(NOON, 1), kind=49)).wellness
    assert values(made)["steps", DAY] == 3000

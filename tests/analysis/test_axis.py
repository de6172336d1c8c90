import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.axis import Axis, clean_axis


def axis_of(*seconds: float) -> Axis:
    return clean_axis(np.round(np.array(seconds) * 1000).astype(np.int64))


def test_order_is_kept_as_it_is_where_it_is_right() -> None:
    axis = axis_of(100, 101, 101.5, 200)
    assert axis.t.tolist() == [0, 1, 1.5, 100]
    assert axis.order is None
    values = np.array([1.0, 2, 3, 4])
    assert axis.column(values) is values


def test_of_equal_times_the_last_measured_value_wins_field_by_field() -> None:
    axis = axis_of(0, 1, 1, 1, 2)
    assert axis.t.tolist() == [0, 1, 2]
    assert axis.column(np.array([1.0, 2.0, 3.0, np.nan, 5.0])).tolist() == [1, 3, 5]
    assert np.isnan(axis.column(np.array([1.0, np.nan, np.nan, np.nan, 5.0]))[1])


def test_a_short_jump_back_is_a_second_written_twice() -> None:
    axis = axis_of(0, 1, 2, 1, 2, 3)
    assert axis.t.tolist() == [0, 1, 2, 3]
    assert axis.column(np.array([0.0, 1, 2, 11, 12, 13])).tolist() == [0, 11, 12, 13]
    assert axis.notes == ()


def test_blocks_in_the_wrong_order_are_sorted() -> None:
    axis = axis_of(100, 101, 102, 0, 1, 2)
    assert axis.t.tolist() == [0, 1, 2, 100, 101, 102]
    assert axis.column(np.arange(6.0)).tolist() == [3, 4, 5, 0, 1, 2]
    assert axis.notes == ()


def test_a_clock_set_back_a_little_goes_on_where_it_was() -> None:
    axis = axis_of(*range(100), *range(95, 300))
    assert axis.notes == ("clock_set_back",)
    assert axis.t.tolist() == list(range(305))


def test_a_copy_of_what_was_there_is_dropped() -> None:
    axis = axis_of(*range(100), *range(20, 100))
    assert axis.notes == ("copy_dropped",)
    assert axis.t.tolist() == list(range(100))


def test_a_clock_set_by_satellite_moves_what_came_before_it() -> None:
    late = 1_600_000_000
    axis = axis_of(631_065_600, 631_065_601, late, late + 1, late + 2)
    assert axis.notes == ("clock_set_late",)
    assert axis.start_ms == (late - 2) * 1000
    assert axis.t.tolist() == [0, 1, 2, 3, 4]


@given(st.lists(st.integers(-(10**6), 10**6), max_size=60))
def test_any_times_give_a_rising_axis_and_columns_of_its_length(times: list[int]) -> None:
    axis = clean_axis(np.array(times, dtype=np.int64))
    assert (np.diff(axis.t) > 0).all()
    column = axis.column(np.arange(len(times), dtype=np.float64))
    assert len(column) == len(axis)
    assert not np.isnan(column).any()


@given(st.lists(st.integers(0, 1999), min_size=1, max_size=40))
def test_columns_agree_with_a_slow_merge(times: list[int]) -> None:
    values = [float(i) if i % 3 else np.nan for i in range(len(times))]
    slow: dict[int, float] = {}
    for at, value in zip(times, values, strict=True):
        if at not in slow or not np.isnan(value):
            slow[at] = value
    axis = clean_axis(np.array(times, dtype=np.int64))
    np.testing.assert_array_equal(axis.column(np.array(values)), [slow[at] for at in sorted(slow)])

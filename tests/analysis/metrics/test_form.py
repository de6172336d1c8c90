import numpy as np
import pytest

from tests.analysis.metrics.made import effort, steps, told


def test_steps_from_speed_and_cadence() -> None:
    channels = {"speed_mps": steps((3, 600)), "cadence_rpm": steps((90, 600))}
    found = told("form", effort(channels, sport="running"))
    assert found["step_rate"] == pytest.approx(180)
    assert found["step_length"] == pytest.approx(1.0)
    assert (found["vertical_ratio"], found["ground_contact"], found["leg_stiffness"]) == ("no_data",) * 3


def test_running_dynamics_of_the_device_leave_out_its_zeros() -> None:
    n = 300
    channels = {
        "speed_mps": steps((3, n)),
        "cadence_rpm": steps((85, n)),
        "vertical_oscillation_mm": steps((0, 100), (80, 200)),
        "step_length_mm": steps((1100, n)),
        "stance_time_ms": steps((240, 250), (1600, 50)),
        "stance_time_balance_pct": steps((49, 150), (51, 150)),
    }
    found = told("form", effort(channels, sport="running"))
    assert found["vertical_oscillation"] == pytest.approx(80)
    assert found["step_length"] == pytest.approx(1.1)
    assert found["vertical_ratio"] == pytest.approx(80 / 1100 * 100)
    assert found["ground_contact"] == pytest.approx(240)
    assert found["ground_contact_balance"] == pytest.approx(50)


def test_the_pods_own_units() -> None:
    channels = {"dev_vertical_oscillation": steps((7.5, 99)), "dev_leg_spring_stiffness": steps((10, 99))}
    found = told("form", effort(channels | {"dev_ground_time": steps((250, 99))}, sport="running"))
    assert (found["vertical_oscillation"], found["leg_stiffness"], found["ground_contact"]) == (75, 10, 250)


def test_a_retyped_activity_counts_steps() -> None:
    made = effort({"cadence_rpm": steps((85, 99)), "speed_mps": np.full(99, 3.0)}, sport="walking")
    assert told("form", made)["step_rate"] == pytest.approx(85)
    assert told("form", effort({"speed_mps": np.full(99, 3.0)}, sport="walking"))["step_rate"] == "no_data"

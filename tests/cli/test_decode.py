"""`homestretch decode`: what a file holds, as JSON and as CSV."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.corpus import real_files
from homestretch.cli._runtime.main import command_line
from homestretch.formats import decode
from homestretch.formats.fit.encode import encode
from tests.formats import golden

CANONICAL = [
    "latitude", "longitude", "altitude_m", "heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps", "distance_m",
    "temperature_c",
]  # fmt: skip


def ran(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command_line(), ["decode", *arguments])
    return result.exit_code, result.stdout, result.stderr


def shown(path: Path, content: bytes, expect: int = 0) -> dict[str, Any]:
    path.write_bytes(content)
    code, out, _ = ran(str(path))
    assert code == expect
    document: dict[str, Any] = json.loads(out)
    return document


def rows(path: Path, content: bytes, expect: int = 0) -> list[dict[str, str]]:
    path.write_bytes(content)
    code, out, _ = ran(str(path), "--format", "csv")
    assert code == expect
    return list(csv.DictReader(io.StringIO(out)))


def test_a_run_as_a_document(tmp_path: Path) -> None:
    found = shown(tmp_path / "run.fit", encode(golden.run()))
    assert (found["format"], found["kind"], found["notes"], found["contents"]) == ("fit", "activity", [], {})
    (run,) = found["recordings"]
    assert (run["sport"], run["sub_sport"], run["samples"]) == ("running", "trail", 120)
    assert (run["start"], run["device"]) == ("2026-05-03T06:00:00Z", "Garmin Forerunner 965")
    heart = run["channels"]["heart_rate_bpm"]
    assert (heart["unit"], heart["count"], heart["min"], heart["max"]) == ("bpm", 119, 120, 159)
    assert [lap["trigger"] for lap in run["laps"]] == ["distance", "session_end"]
    assert run["laps"][0]["distance_m"] == 180


def test_a_run_as_rows(tmp_path: Path) -> None:
    found = rows(tmp_path / "run.fit", encode(golden.run()))
    assert list(found[0]) == ["time", *CANONICAL]
    assert len(found) == 120
    assert list(found[3].values()) == [
        "2026-05-03T06:00:03.000Z", "60.1700810", "24.9399700", "12.6", "123", "243", "85", "3.030", "9.00", "-4",
    ]  # fmt: skip
    assert found[7]["heart_rate_bpm"] == ""


def test_every_golden_file_reads_the_same_both_ways(tmp_path: Path) -> None:
    for name, content in golden.GOLDEN.items():
        document = shown(tmp_path / name, content)
        table = rows(tmp_path / name, content)
        assert len(table) == sum(recording["samples"] for recording in document["recordings"]), name
        for recording in document["recordings"][:1]:
            for key, figures in recording["channels"].items():
                column = [float(row[key]) for row in table[: recording["samples"]] if row[key]]
                assert len(column) == figures["count"], (name, key)
                assert column == [] or max(column) == pytest.approx(figures["max"], abs=1e-6), (name, key)


def test_other_channels_come_after_the_usual_ones(tmp_path: Path) -> None:
    (first, *_) = rows(tmp_path / "apps.fit", encode(golden.with_developer_fields()))
    assert set(list(first)[10:]) >= {"vertical_oscillation_mm", "dev_form_power", "dev_leg_spring_stiffness"}
    assert (first["vertical_oscillation_mm"], first["dev_leg_spring_stiffness"]) == ("88.0", "9")


def test_legs_are_numbered(tmp_path: Path) -> None:
    found = rows(tmp_path / "tri.fit", encode(*golden.multisport()))
    assert [row["recording"] for row in found] == ["1"] * 40 + ["2"] * 10 + ["3"] * 50
    assert (found[0]["power_w"], found[-1]["power_w"]) == ("", "255")
    sports = [leg["sport"] for leg in shown(tmp_path / "tri.fit", encode(*golden.multisport()))["recordings"]]
    assert sports == ["swimming", "transition", "cycling"]


def test_a_truncated_file_gives_what_is_left(tmp_path: Path) -> None:
    whole = encode(golden.run())
    found = shown(tmp_path / "cut.fit", whole[: len(whole) // 2])
    assert found["notes"]
    assert 0 < found["recordings"][0]["samples"] < 120
    code, out, err = ran(str(tmp_path / "cut.fit"), "--format", "csv")
    assert code == 0
    assert len(out.splitlines()) == found["recordings"][0]["samples"] + 1
    assert "note: " in err


def test_compressed_files_and_archives_are_looked_into(tmp_path: Path) -> None:
    run = encode(golden.run())
    found = shown(tmp_path / "run.fit.gz", gzip.compress(run))
    assert found == shown(tmp_path / "run.fit", run)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a/run.fit", run)
        archive.writestr("b/swim.fit.gz", gzip.compress(golden.GOLDEN["pool_swim"]))
        archive.writestr("read.me", b"nothing")
    found = shown(tmp_path / "all.zip", target.getvalue())
    assert [(r["path"], r["sport"]) for r in found["recordings"]] == [
        ("all.zip/a/run.fit", "running"),
        ("all.zip/b/swim.fit.gz/swim.fit", "swimming"),
    ]
    assert found["notes"] == [{"path": "all.zip/read.me", "code": "not_a_recording", "text": "Not an activity file."}]
    assert len(rows(tmp_path / "all.zip", target.getvalue())) == 120 + 99


def test_settings_can_be_read_and_hold_no_recording(tmp_path: Path) -> None:
    found = shown(tmp_path / "settings.fit", golden.GOLDEN["settings"])
    assert (found["kind"], found["recordings"], found["contents"]["user_profile"]) == ("settings", [], 1)


def test_garbage_is_said_to_be_that(tmp_path: Path) -> None:
    found = shown(tmp_path / "noise.fit", b"\x00\x01garbage" * 99, expect=1)
    assert found["recordings"] == []
    assert found["notes"]
    assert rows(tmp_path / "noise.fit", b"", expect=1) == []


def test_a_file_that_is_not_there_is_a_fault_of_use(tmp_path: Path) -> None:
    code, out, _ = ran(str(tmp_path / "nowhere.fit"))
    assert (code, out) == (2, "")


@pytest.mark.parametrize("path", real_files("fit", suffix=".fit")[::12], ids=lambda path: path.stem)
def test_rows_are_what_the_official_sdk_reads(path: Path) -> None:
    from garmin_fit_sdk import Decoder, Stream

    found = decode(path.read_bytes(), path.name)
    if len(found.recordings) != 1:
        pytest.skip("not one recording")
    messages, errors = Decoder(Stream.from_file(str(path))).read()
    code, out, _ = ran(str(path), "--format", "csv")
    table = list(csv.DictReader(io.StringIO(out)))
    records: list[dict[Any, Any]] = list(map(dict, messages.get("record_mesgs", [])))
    if errors or len(records) != len(table):
        pytest.skip("the SDK gave up, or the recording is not all of the file")
    assert code == 0
    for key, names, tolerance in (
        ("heart_rate_bpm", ("heart_rate",), 0), ("power_w", ("power",), 0), ("distance_m", ("distance",), 0.006),
        ("altitude_m", ("enhanced_altitude", "altitude"), 0.051),
    ):  # fmt: skip
        theirs = [next((r[name] for name in names if r.get(name) is not None), np.nan) for r in records]
        ours = [float(row[key] or "nan") for row in table]
        np.testing.assert_allclose(ours, theirs, atol=tolerance, rtol=0, err_msg=key)

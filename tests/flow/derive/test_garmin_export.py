"""Garmin's export of an account, from the zip to activities: zips in a zip, each file once, names from its list."""

import hashlib
from dataclasses import replace

from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import forget_decoded
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.health.day_report import day_reports
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Wellness
from homestretch.model.health.night import Night
from homestretch.store.queries.day_reports import PAYLOAD, put_reports
from homestretch.store.queries.measurements import read_nights, read_values
from homestretch.store.scope import Scope
from tests.archive.test_members import zipped
from tests.formats import garmin_days as made
from tests.formats import golden
from tests.formats.garmin_days import DAY
from tests.formats.test_garmin_export import export, item
from tests.taking import digest, listed, take_in

UPLOADED = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"


def account() -> bytes:
    """Return an account: a run, a swim twice, a day's file, a text, lists, and a walk without a file."""
    swim = encode(golden.pool_swim())
    files = {
        "a@b.c_111.fit": encode(replace(golden.run(120), name=None)), "a@b.c_222.fit": swim,
        "a@b.c_333.fit": golden.monitoring(), "a@b.c_444.txt": b"no file of ours",
    }  # fmt: skip
    walk = item(55, name="By hand", activityType="walking", startTimeGmt=golden.START_MS - 9e8, startTimeLocal=None,
                beginTimestamp=None)  # fmt: skip
    return zipped({
        UPLOADED: zipped(files),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip": zipped({"a@b.c_999.fit": swim}),
        "DI_CONNECT/DI-Connect-Fitness/a@b.c_0_summarizedActivities.json": export(item(), walk),
        "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-05-09_1_sleepData.json": b'[{"calendarDate":"2026-05-03"}]',
        "IT_GENERAL/readme.pdf": b"%PDF-1.4",
    })  # fmt: skip


def test_an_account_comes_whole(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, {"export.zip": account()})
    states = {path.removeprefix("export.zip/DI_CONNECT/"): one["status"] for path, one in items.items()}
    inner = UPLOADED.removeprefix("DI_CONNECT/")
    assert states[f"{inner}/a@b.c_111.fit"] == states[f"{inner}/a@b.c_222.fit"] == "imported"
    assert states["DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip/a@b.c_999.fit"] == "duplicate"
    assert states[f"{inner}/a@b.c_333.fit"] == "imported" and states[f"{inner}/a@b.c_444.txt"] == "skipped"
    assert states["DI-Connect-Fitness/a@b.c_0_summarizedActivities.json"] == "imported"
    day = golden.monitoring()
    assert context.archive.read(hashlib.sha256(day).hexdigest()) == day, "no activity, and kept all the same"
    activities = listed(context, scope)
    assert len(activities) == 3, "the run and its line in the list are one"
    assert {one["name"] for one in activities} >= {"Round the lake", "By hand"}


def test_again_is_nothing_new(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"export.zip": account()})
    before = listed(context, scope)
    items = take_in(context, scope, decoders, {"again.zip": account()})
    assert {one["status"] for one in items.values()} == {"duplicate"} and listed(context, scope) == before


def told(context: Context, scope: Scope) -> dict[tuple[str, str], list[float]]:
    """Return the values of days by kind and day, in the order of their sources."""
    values: dict[tuple[str, str], list[float]] = {}
    with context.database.read() as reader:
        for kind, rows in read_values(reader, scope.athlete_id, list(KINDS), "2000-01-01", "2100-01-01").items():
            for row in rows:
                values.setdefault((kind, row.day), []).append(row.value)
    return values


def slept(context: Context, scope: Scope) -> list[Night]:
    """Return the nights."""
    with context.database.read() as reader:
        return [one.night for one in read_nights(reader, scope.athlete_id, "2000-01-01", "2100-01-01")]


def test_its_days_and_nights_come_and_a_rebuild_gives_them_again(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    items = take_in(context, scope, decoders, {"export.zip": zipped(dict(made.LISTS))})
    assert {one["status"] for path, one in items.items() if path != "export.zip"} == {"imported"}
    days, [night] = told(context, scope), slept(context, scope)
    assert (days["steps", DAY], days["weight_kg", DAY], days["hrv_night_ms", DAY]) == ([9000], [71.3], [62])
    assert (days["training_load_acute", DAY], days["vo2max_running", DAY]) == ([500], [55])
    assert (night.day, night.asleep_s, night.score) == (DAY, 25_800, 81)
    before = digest(context)
    clear(context)
    assert told(context, scope) == {} and slept(context, scope) == []
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before and told(context, scope) == days and slept(context, scope) == [night]


def test_a_later_export_has_the_word_and_taken_back_it_has_not(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    other = made.packed(made.day(calendarDate="2026-05-04"), made.day())
    later = made.packed(made.day(totalSteps=9999), made.day(calendarDate="2026-05-05"))
    take_in(context, scope, decoders, {"first.zip": zipped({made.SUMMARIES: other})})
    items = take_in(context, scope, decoders, {"later.zip": zipped({made.SUMMARIES: later})})
    steps = {day: values for (kind, day), values in told(context, scope).items() if kind == "steps"}
    assert steps == {"2026-05-04": [9000], DAY: [9999], "2026-05-05": [9000]}
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before
    batches.undo(context, scope, next(iter(items.values()))["batch"])
    steps = {day: values for (kind, day), values in told(context, scope).items() if kind == "steps"}
    assert steps == {"2026-05-04": [9000], DAY: [9000]}


def test_what_the_account_says_too_stays_apart_and_goes_with_it(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    context = sqlite_context
    take_in(context, scope, decoders, {"export.zip": zipped(dict(made.LISTS))})
    [night] = slept(context, scope)
    answer = Wellness(
        measurements=(Measurement("steps", DAY, 9001.0), Measurement("steps", "2026-05-04", 10.0)),
        nights=(replace(night, rem_s=1.0),),
    )
    before = told(context, scope)
    with context.database.write() as session:
        put_reports(session, scope.athlete_id, list(day_reports(answer, f"{PAYLOAD}1", "garmin", 1)))
        derive_days(session, scope.athlete_id, answer.days)
    assert told(context, scope)["steps", DAY] == [9001.0, 9000.0]
    assert [one.rem_s for one in slept(context, scope)] == [1.0, night.rem_s]
    assert told(context, scope)["steps", "2026-05-04"] == [10.0]
    with context.database.write() as session:
        forget_decoded(session, scope.athlete_id)
    assert told(context, scope) == before and slept(context, scope) == [night]

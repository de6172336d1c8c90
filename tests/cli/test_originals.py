"""`homestretch originals`, and the commands of docs/object-store.md as they stand there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.page_commands import Shell, blocks_of
from tests.cli.test_commands import given, refused, said
from tests.fakes.s3 import KEY_ID, SECRET, FakeS3
from tests.served import environment, inside, serving


@pytest.fixture
def s3() -> Iterator[FakeS3]:
    with FakeS3() as server:
        yield server
        assert server.problems == []


def with_store(env: dict[str, str], s3: FakeS3) -> dict[str, str]:
    return env | {
        "HOMESTRETCH_ORIGINALS": "s3://originals/club",
        "HOMESTRETCH_S3_ENDPOINT": s3.url,
        "HOMESTRETCH_S3_ACCESS_KEY_ID": KEY_ID,
        "HOMESTRETCH_S3_SECRET_ACCESS_KEY": SECRET,
    }


def test_every_block_of_the_page_is_run() -> None:
    assert set(blocks_of("object-store.md")) == {"set_up", "move", "back"}


def test_there_and_back_as_the_page_says(tmp_path: Path, s3: FakeS3) -> None:
    places = {"https://minio.example:9000": s3.url, "=secret": f"='{SECRET}'"}
    shell = Shell("object-store.md", environment(tmp_path / "data"), places)
    said(shell.env, "import", str(given(tmp_path / "given")), "--json")
    before = said(shell.env, "verify", "--json")
    shell.run("set_up")
    found = {one["check"]: one["says"] for one in said(shell.env, "doctor", "--json")["checks"]}
    assert found["object store"].startswith("s3://originals/club can be written and read. 4 originals are in other")
    assert before["derived_digest"][:16] in shell.run("move")
    assert len(s3.objects) == 4 == before["originals"] and list((tmp_path / "data" / "archive").glob("??/*")) == []
    assert said(shell.env, "verify", "--json") == before
    assert shell.run("back").startswith("4 originals moved to ")
    assert s3.objects == {} and said(shell.env, "verify", "--json") == before


def test_a_store_that_refuses_is_named_and_nothing_is_lost(tmp_path: Path, s3: FakeS3) -> None:
    env = environment(tmp_path / "data")
    said(env, "import", str(given(tmp_path / "given")), "--json")
    wrong = with_store(env, s3) | {"HOMESTRETCH_S3_SECRET_ACCESS_KEY": "wrong"}
    assert "it refuses the secret key" in refused(wrong, "originals", "move", code=1)
    status = inside(wrong, "originals", "status", "--json")
    assert status.returncode == 1 and json.loads(status.stdout)[0]["fault"] == "it refuses the secret key"
    assert json.loads(status.stdout)[1]["originals"] == 4
    assert "wrong" not in status.stdout + status.stderr
    for bad in ("minio", "s3://", "http://originals"):
        assert "HOMESTRETCH_ORIGINALS" in refused(env | {"HOMESTRETCH_ORIGINALS": bad}, "originals", "status", code=2)
    assert said(env, "verify", "--json")["missing"] == []


def test_moved_beside_a_server(tmp_path: Path, s3: FakeS3, unused_port: int) -> None:
    env = with_store(environment(tmp_path / "data"), s3)
    said(env | {"HOMESTRETCH_ORIGINALS": "folder"}, "import", str(given(tmp_path / "given")), "--json")
    with serving(env, unused_port):
        moved = inside(env, "originals", "move", "--json")
        assert json.loads(moved.stdout)["originals"] == 4
        assert "must name the same places in HOMESTRETCH_ORIGINALS" in moved.stderr
        answer = inside(env, "import", str(tmp_path / "given"), "--json")
        assert json.loads(answer.stdout)["imported"] == 0, "the server knows them in the store"
    assert len(s3.objects) == 4

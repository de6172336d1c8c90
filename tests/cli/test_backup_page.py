"""The commands of docs/backup.md do what it says: each block is run as it stands, with other places."""

from pathlib import Path

from tests.cli.page_commands import Shell, blocks_of
from tests.cli.test_commands import given, said
from tests.fakes.s3 import SECRET, FakeS3
from tests.served import environment, inside


def digest(shell: Shell) -> str:
    return str(said(shell.env, "verify", "--json")["derived_digest"])


def test_every_block_of_the_page_is_run() -> None:
    assert set(blocks_of("backup.md")) == {"folder", "bucket", "encrypt", "backup", "restore", "postgres", "sqlite"}


def test_backed_up_restored_and_moved(tmp_path: Path, postgres_url: str) -> None:
    (tmp_path / "disk").mkdir()
    tars = {name: str(tmp_path / name) for name in ("homestretch.tar", "move.tar", "back.tar")}
    url = "postgresql://homestretch@localhost/homestretch"
    places = {"/mnt/backups": str(tmp_path / "disk"), "/srv": str(tmp_path), **tars, url: postgres_url}
    shell = Shell("backup.md", environment(tmp_path / "data"), places)
    said(shell.env, "import", str(given(tmp_path / "given")), "--json")
    before = digest(shell)
    shell.run("folder")
    shell.run("backup")
    for block in ("restore", "postgres", "sqlite"):
        assert before[:16] in shell.run(block), block
    assert digest(shell) == before
    made = tmp_path / "encrypted.tar"
    shell.places["homestretch.tar"] = str(made)
    shell.run("encrypt")
    assert made.read_bytes().startswith(b"age-encryption.org/")
    assert said(shell.env, "restore", "--test", str(made), "--json")["differing"] == 0
    assert said(shell.env, "activities", "--json")["total"] == 2


def test_copied_to_a_bucket_and_restored_from_there(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with FakeS3("backups") as s3:
        places = {"https://minio.example:9000": s3.url, "=secret": f"='{SECRET}'"}
        shell = Shell("backup.md", environment(tmp_path / "data"), places)
        shell.env |= {"HOMESTRETCH_BACKUP_DIR": str(tmp_path / "disk")}
        said(shell.env, "import", str(given(tmp_path / "given")), "--json")
        before = digest(shell)
        assert "s3://backups/home/homestretch-" in shell.run("bucket")
        (there,) = said(shell.env, "restore", "--list", "--json")[1:]
        assert there["place"] == str(tmp_path / "disk")
        elsewhere = {name: value for name, value in shell.env.items() if name != "HOMESTRETCH_BACKUP_DIR"}
        new = elsewhere | {"HOMESTRETCH_DATA_DIR": str(tmp_path / "new")}
        assert said(new, "restore", there["name"], "--json")["derived_digest"] == before
        s3.allowed = {"GET", "HEAD", "DELETE"}
        answer = inside(shell.env, "backup")
        assert answer.returncode == 1 and "it was not copied: The object store s3://backups/home" in answer.stderr
        (newest,) = (tmp_path / "disk").glob("*.tar")
        assert list(s3.objects) == [f"home/{there['name']}"] and newest.name != there["name"]
        assert s3.problems == []

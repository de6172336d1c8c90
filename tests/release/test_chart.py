"""The Helm chart, rendered and checked by the tools of `make packages`, which have Helm inside, and its page."""

import json
import re
import shlex
import subprocess
from functools import cache
from typing import Any

import pytest
import yaml

from homestretch.settings import Settings
from tests.house.source import ROOT
from tests.house.test_docs import problem

TOOLS = ROOT / ".make" / "tools" / "bin" / "python"
CHART = ROOT / "deploy" / "helm" / "homestretch"
PAGE = (ROOT / "docs" / "kubernetes.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\bHOMESTRETCH_[A-Z0-9_]*[A-Z0-9]\b")
CLUB = {"database": "postgresql", "existingSecret": "club", "replicas": 2, "workers": {"replicas": 3}}
needs_helm = pytest.mark.skipif(not TOOLS.exists(), reason="Helm comes with `make packages`")


def render(*values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what scripts/chart.py says of each of some values: `manifests` and `notes`, or an `error`."""
    command = [str(TOOLS), "scripts/chart.py"]
    answer = subprocess.run(command, input=json.dumps(values), cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


@cache
def manifests(values: str = "{}") -> dict[str, Any]:
    """Return what values in JSON give, by kind and name."""
    (found,) = render(json.loads(values))
    return {f"{one['kind']} {one['metadata']['name']}": one for one in found["manifests"]}


def pod(values: dict[str, Any], name: str = "homestretch") -> dict[str, Any]:
    found: dict[str, Any] = manifests(json.dumps(values))[f"StatefulSet {name}"]["spec"]["template"]["spec"]
    return found


def env_of(pod: dict[str, Any]) -> dict[str, Any]:
    named = [(one["name"], one.get("value", one.get("valueFrom"))) for one in pod["containers"][0]["env"]]
    assert len(dict(named)) == len(named)
    return dict(named)


def examples() -> list[dict[str, Any]]:
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_chart_names_settings_that_are_there() -> None:
    known = {f"HOMESTRETCH_{name.upper()}" for name in Settings.model_fields}
    for file in [*CHART.rglob("*.yaml"), *CHART.rglob("*.tpl"), *CHART.rglob("*.json")]:
        assert set(VARIABLE.findall(file.read_text(encoding="utf-8"))) <= known, file.name
    assert {name for one in examples() for name in one.get("settings", {})} <= known
    secret = set(re.findall(r"\bhomestretch_[a-z0-9_]+\b", PAGE))
    assert len(secret) == 4 and {name.upper() for name in secret} <= known


def test_commands_of_the_page_are_ones() -> None:
    commands = [shlex.split(line) for line in PAGE.splitlines() if line.startswith(("    helm ", "    kubectl "))]
    ours = [words[words.index("--") + 1 :] for words in commands if "--" in words]
    assert [words[0] for words in ours] == ["homestretch", "homestretch"]
    assert [said for words in ours if (said := problem(words[1:])) is not None] == []
    helm = [words for words in commands if words[0] == "helm"]
    assert helm and all((ROOT / words[4]) == CHART and words[3] == "homestretch" for words in helm)


@needs_helm
def test_the_examples_of_the_page_render() -> None:
    found = render(*examples())
    assert len(found) == 6 and [one["error"] for one in found if "error" in one] == []
    assert "open https://training.example" in found[0]["notes"] and "no automatic backups" in found[0]["notes"]
    assert "no automatic backups" not in found[5]["notes"]


@needs_helm
def test_one_server_on_sqlite() -> None:
    assert set(manifests()) == {
        "StatefulSet homestretch", "Service homestretch", "PersistentVolumeClaim homestretch-data",
    }  # fmt: skip
    server = pod({})
    assert env_of(server) == {
        "HOMESTRETCH_DATA_DIR": "/data", "HOMESTRETCH_HOST": "0.0.0.0", "HOMESTRETCH_PORT": "8080",
    }  # fmt: skip
    container = server["containers"][0]
    assert container["args"] == ["serve"] and "affinity" not in server
    assert container["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert container["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    kept = manifests()["PersistentVolumeClaim homestretch-data"]["metadata"]["annotations"]
    assert kept == {"helm.sh/resource-policy": "keep"}


@needs_helm
@pytest.mark.parametrize("name", ["homestretch", "homestretch-worker"])
def test_a_pod_has_no_rights(name: str) -> None:
    found = pod(CLUB, name)
    assert found["securityContext"]["runAsNonRoot"] and found["securityContext"]["runAsUser"] == 1000
    assert found["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert found["automountServiceAccountToken"] is False
    assert found["enableServiceLinks"] is False, "else a service named homestretch sets HOMESTRETCH_PORT"
    assert found["containers"][0]["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip


@needs_helm
def test_servers_and_workers_on_postgresql() -> None:
    found = manifests(json.dumps(CLUB))
    assert found["StatefulSet homestretch"]["spec"]["replicas"] == 2
    assert found["StatefulSet homestretch-worker"]["spec"]["replicas"] == 3
    server, worker = pod(CLUB), pod(CLUB, "homestretch-worker")
    assert env_of(server)["HOMESTRETCH_EXECUTOR"] == {"fieldRef": {"fieldPath": "metadata.name"}}
    assert worker["containers"][0]["args"] == ["worker"] and "readinessProbe" not in worker["containers"][0]
    assert server["volumes"] == worker["volumes"] and server["affinity"] == worker["affinity"]
    mounts = {one["name"]: one["mountPath"] for one in worker["containers"][0]["volumeMounts"]}
    assert mounts == {"data": "/data", "tmp": "/tmp", "secrets": "/run/secrets"}
    anywhere = {**CLUB, "persistence": {"accessMode": "ReadWriteMany"}}
    assert "affinity" not in pod(anywhere) and "affinity" not in pod(anywhere, "homestretch-worker")
    answers = found["Service homestretch"]["spec"]["selector"].items()
    labels = {name: one["spec"]["template"]["metadata"]["labels"].items() for name, one in found.items()
              if name.startswith("StatefulSet")}  # fmt: skip
    assert [name for name, one in labels.items() if answers <= one] == ["StatefulSet homestretch"]


@needs_helm
def test_what_is_given_reaches_the_server() -> None:
    values = {
        "settings": {"HOMESTRETCH_DECODERS": "2", "HOMESTRETCH_PUBLIC_URL": "https://other.example"},
        "ingress": {"enabled": True, "host": "training.example"},
        "backups": {"existingClaim": "b"},
        "networkPolicy": {"enabled": True},
        "persistence": {"existingClaim": "mine"},
    }
    server = pod(values)
    given = env_of(server)
    assert given["HOMESTRETCH_DECODERS"] == "2" and given["HOMESTRETCH_BACKUP_DIR"] == "/backups"
    assert given["HOMESTRETCH_PUBLIC_URL"] == "https://other.example"
    claims = [one["persistentVolumeClaim"]["claimName"] for one in server["volumes"] if "persistentVolumeClaim" in one]
    assert claims == ["mine", "b"]
    assert {"Ingress homestretch", "NetworkPolicy homestretch"} < set(manifests(json.dumps(values)))
    assert not any(name.startswith("PersistentVolumeClaim") for name in manifests(json.dumps(values)))


#: Values that do not fit, and what is said.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"replicas": 2}, "More than one server needs PostgreSQL"),
    ({"settings": {"HOMESTRETCH_DATABASE_URL": "postgresql://h/d"}}, "Set database: postgresql too"),
    ({"database": "postgresql"}, "Set HOMESTRETCH_DATABASE_URL"),
    ({"ingress": {"enabled": True}}, "Set ingress.host"),
    ({"settings": {"HOMESTRETCH_PORT": "1"}}, "HOMESTRETCH_PORT"),
    ({"settings": {"HOMESTRETCH_MCP": True}}, "want string"),
    ({"replica": 1}, "'replica' not allowed"),
    ({"extraVolumes": [{"name": "x", "wrong": 1}]}, "'wrong' was unexpected"),
]


@needs_helm
def test_values_that_do_not_fit_are_refused() -> None:
    found = render(*(values for values, _ in WRONG))
    assert [said for one, (_, said) in zip(found, WRONG, strict=True) if said not in one.get("error", "")] == []

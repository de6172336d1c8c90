"""Lints and renders the Helm chart without a cluster, and checks what comes out against the schemas of Kubernetes.

Takes a list of values in JSON, and prints for each the manifests or why there are none. It runs with the tools of
deploy/tools.lock, which have Helm inside.
"""

import json
import sys
from pathlib import Path
from typing import Any

import helm_python
import yaml
from kubernetes_validate.utils import ValidationError, latest_version, validate

CHART = Path(__file__).resolve().parents[1] / "deploy" / "helm" / "homestretch"
#: What Helm calls a message that is more than information.
WARNING = 2


def rendered(values: dict[str, Any]) -> dict[str, Any]:
    """Return the manifests that values give, and the notes; or the `error` that Helm or a schema has with them."""
    try:
        lint = helm_python.lint(CHART, values)
        if found := [one["error"] for one in lint["messages"] if one["severity"] >= WARNING]:
            return {"error": "\n".join(found)}
        chart = helm_python.Chart.load(CHART)
        chart.validate_schema(values)
        files = chart.render(values, name="homestretch", namespace="training")
    except helm_python.HelmError as error:
        return {"error": str(error)}
    notes = "".join(text for name, text in files.items() if name.endswith("NOTES.txt"))
    texts = [text for name, text in files.items() if name.endswith(".yaml")]
    manifests = [one for text in texts for one in yaml.safe_load_all(text) if one]
    for one in manifests:
        try:
            validate(one, latest_version(), strict=True)
        except ValidationError as error:
            path = ".".join(map(str, error.path))
            return {"error": f"{one['kind']} {one['metadata']['name']}: {path}: {error.message}"}
    return {"manifests": manifests, "notes": notes}


if __name__ == "__main__":
    json.dump([rendered(values) for values in json.load(sys.stdin)], sys.stdout)

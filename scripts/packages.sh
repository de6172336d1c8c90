#!/usr/bin/env bash
# Tries the ways to run of docs/install.md, as far as this machine can: `make packages`. What it can't try, it says.
set -euo pipefail
cd "$(dirname "$0")/.."
made=.make/packages tools=.make/tools/bin uv=.uv/bin/uv
mkdir -p "$made"

step() { echo "packages: $*"; }
has() { command -v "$1" >/dev/null || { step "skipped: $1 is not installed"; return 1; }; }
environment() { [ -x "$made/$1/bin/python" ] || $uv venv --quiet --python .venv/bin/python "$made/$1"; }

# Waits until a server is ready, and looks at what it serves.
try_server() {
  for _ in $(seq 120); do
    curl --silent --fail "http://127.0.0.1:$1/health/ready" >/dev/null && break
    sleep 0.5
  done
  [ "$(curl --silent "http://127.0.0.1:$1/health/ready")" = ready ]
  curl --silent --fail "http://127.0.0.1:$1/" | grep --quiet '<script type="module"'
  curl --silent --fail "http://127.0.0.1:$1/api/session" | grep --quiet '"state"'
}

step "the wheel, with the packages of deploy/requirements.lock alone"
environment wheel
VIRTUAL_ENV=$made/wheel $uv pip sync --quiet --require-hashes deploy/requirements.lock
VIRTUAL_ENV=$made/wheel $uv pip install --quiet --no-deps --reinstall dist/homestretch-*.whl
data=$(mktemp -d)
(cd "$data" && HOMESTRETCH_DATA_DIR=$data/data exec "$OLDPWD/$made/wheel/bin/homestretch" serve --port 18080 2>"$data/log") &
server=$!
try_server 18080 || { cat "$data/log"; kill $server; exit 1; }
kill $server && wait $server
rm -r "$data"

step "compose files, Caddyfile and Dockerfile"
"$tools/hadolint" Dockerfile
export HOMESTRETCH_DATABASE_PASSWORD=x HOMESTRETCH_DOMAIN=training.example GRAFANA_PASSWORD=x
for more in "" deploy/compose.*.yaml; do
  # shellcheck disable=SC2086 # no file is no argument
  "$tools/docker-compose" --file compose.yaml ${more:+--file $more} config --quiet
done
"$tools/caddy" validate --adapter caddyfile --config deploy/caddy/Caddyfile 2>/dev/null

step "Helm chart"
.venv/bin/pytest tests/release/test_chart.py

step "shell scripts"
if has shellcheck; then shellcheck scripts/*.sh scripts/commit-msg .ci/run; fi

step "workflows"
"$tools/actionlint"
"$tools/zizmor" --offline --quiet --no-progress .github

step "systemd unit"
if has systemd-analyze; then systemd-analyze security --offline=true --threshold=20 deploy/homestretch.service | tail -n 1; fi

# Without a daemon and without a registry: BASE names an image that buildah has, with Python 3.12 or newer.
step "image"
if has buildah && [ -n "${BASE:-}" ]; then
  # The format of Docker: the other one has no health check.
  # shellcheck disable=SC2086 # several options each
  buildah ${BUILDAH_STORE:-} bud --isolation chroot --format docker ${BUILDAH_FLAGS:-} --build-arg "BASE=$BASE" \
    --tag homestretch .
else
  step "skipped: set BASE to an image that buildah has"
fi
step "all done"

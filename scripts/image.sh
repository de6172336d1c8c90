#!/usr/bin/env bash
# Builds the image and tries it; a release pushes one for each architecture and joins them (docs/release.md).
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TEXT'
scripts/image.sh build                    build it for this machine, as homestretch:try
scripts/image.sh try                      start homestretch:try as compose.yaml does, and look whether it answers
scripts/image.sh push NAME FILE           push it to a registry without a tag, and write its digest to FILE
scripts/image.sh join NAME VERSION FILE…  name the pushed images VERSION, its minor version and latest; print the digest
TEXT
}

built() {
  docker buildx build "$@" --pull --label "org.opencontainers.image.version=$(python3 scripts/release.py --version)" \
    --label "org.opencontainers.image.revision=$(git rev-parse HEAD)" .
}

try() {
  local container port
  container=$(docker run --detach --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp \
    --publish 127.0.0.1::8080 homestretch:try)
  # shellcheck disable=SC2064 # this container, whatever comes later
  trap "docker logs $container >&2; docker rm --force --volumes $container >/dev/null" EXIT
  port=$(docker port "$container" 8080 | cut -d: -f2)
  for _ in $(seq 60); do
    [ "$(curl --silent "http://127.0.0.1:$port/health/ready")" = ready ] && break
    sleep 1
  done
  curl --silent --fail "http://127.0.0.1:$port/" | grep --quiet '<script type="module"'
  curl --silent --fail "http://127.0.0.1:$port/licences.txt" | grep --quiet 'SQLAlchemy .*(the server)'
  [ "$(docker exec "$container" id -u)" = 1000 ]
  docker exec "$container" homestretch doctor
  trap - EXIT
  docker rm --force --volumes "$container" >/dev/null
  echo "image: it answers"
}

push() {
  local name=$1 file=$2 written
  written=$(mktemp)
  # Provenance and SBOM are attested beside the image, for all architectures at once.
  built --provenance=false --sbom=false --metadata-file "$written" \
    --output "type=image,name=$name,push-by-digest=true,name-canonical=true,push=true"
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["containerimage.digest"])' "$written" >"$file"
}

join() {
  local name=$1 version=$2 images=() digest
  shift 2
  for file in "$@"; do
    digest=$(cat "$file")
    images+=("$name@$digest")
  done
  docker buildx imagetools create --tag "$name:$version" --tag "$name:${version%.*}" --tag "$name:latest" "${images[@]}" >&2
  docker buildx imagetools inspect "$name:$version" --format '{{json .Manifest}}' |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["digest"])'
}

case "${1:-}:$#" in
  build:1) built --load --tag homestretch:try ;;
  try:1) try ;;
  push:3) push "$2" "$3" ;;
  join:*) [ $# -ge 4 ] || { usage >&2; exit 2; }; shift; join "$@" ;;
  *) usage >&2; exit 2 ;;
esac

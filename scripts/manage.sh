#!/usr/bin/env bash
# Runs Homestretch in containers, by docker or podman. `scripts/manage.sh` alone says what it can do.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TEXT'
scripts/manage.sh setup            write .env, build the image, start, and show the one-time code of the first visit
scripts/manage.sh start            start; also after a change of .env
scripts/manage.sh stop
scripts/manage.sh restart
scripts/manage.sh logs [SERVICE]   follow the log
scripts/manage.sh status           containers, and an overview of the data
scripts/manage.sh backup [FILE]    back up everything into a file here, while the server runs
scripts/manage.sh restore FILE     restore a backup into an empty data folder (or --force); the server stops meanwhile
scripts/manage.sh update           back up, fetch the newest version, build it, start it
scripts/manage.sh user …           accounts: list, add, passwd, admin (homestretch user --help)
scripts/manage.sh doctor           check the installation and suggest fixes
scripts/manage.sh run …            any other command: scripts/manage.sh run sync garmin

COMPOSE_FILE in .env names the files to use, such as compose.yaml:deploy/compose.postgres.yaml (docs/install.md).
TEXT
}

say() { echo "manage.sh: $*" >&2; }

compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"
  elif podman compose version >/dev/null 2>&1; then podman compose "$@"
  else say "neither docker compose nor podman compose was found; install one and try again"; exit 1; fi
}

# A command beside the running server, or in a container of its own where none runs.
homestretch() {
  local terminal=(); [ -t 0 ] || terminal=(-T)
  if [ -n "$(compose ps --quiet --status running homestretch 2>/dev/null)" ]; then
    compose exec "${terminal[@]}" homestretch homestretch "$@"
  else
    compose run --rm "${terminal[@]}" homestretch "$@"
  fi
}

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

write_env() {
  [ -e .env ] && return
  (umask 077; sed "s/^# HOMESTRETCH_DATABASE_PASSWORD=.*/HOMESTRETCH_DATABASE_PASSWORD=$(secret)/" .env.example > .env)
  say "wrote .env; every setting is explained there"
}

wait_until_ready() {
  for _ in $(seq 60); do
    [ "$(compose ps --format '{{.Health}}' homestretch)" = healthy ] && return
    sleep 2
  done
  say "the server is not ready after two minutes; scripts/manage.sh logs says why"
  exit 1
}

# Files go through a pipe: in the container they belong to its user, here to whoever runs this.
inside() { compose run --rm -T --no-deps --entrypoint sh homestretch -c "$1"; }

backup() {
  local file=${1:-homestretch-$(date +%Y-%m-%d-%H%M%S).tar}
  [ -e "$file" ] && { say "$file is there already"; exit 1; }
  homestretch backup --force /data/backup.tar
  (umask 077; inside "cat /data/backup.tar; rm /data/backup.tar" > "$file.part")
  mv "$file.part" "$file"
  say "saved $file; keep secret.key, and backup.key if there is one, elsewhere too: they are in no backup"
}

restore() {
  local file=${1:-}
  [ -f "$file" ] || { say "which file? scripts/manage.sh restore FILE"; exit 2; }
  compose stop
  inside "umask 077; cat > /data/restore.tar" < "$file"
  # Who was deleted since: the list lies beside the backup.
  local list; list=$(dirname "$file")/forgotten.txt
  [ ! -f "$list" ] || inside "cat > /data/forgotten.txt" < "$list"
  homestretch restore /data/restore.tar "${@:2}"
  inside "rm -f /data/restore.tar /data/forgotten.txt"
  compose up --detach
}

case "${1:-}" in
  setup) write_env; compose build; compose up --detach; wait_until_ready; compose logs homestretch | grep -i "one-time code" || true
         say "open http://127.0.0.1:$(sed -n 's/^HOMESTRETCH_HTTP_PORT=//p' .env | grep . || echo 8080)" ;;
  start) compose up --detach ;;
  stop) compose stop ;;
  restart) compose restart ;;
  logs) shift; compose logs --follow --tail 200 "$@" ;;
  status) compose ps; homestretch status ;;
  backup) shift; backup "$@" ;;
  restore) shift; restore "$@" ;;
  update) backup; git pull --ff-only; compose build; compose up --detach; wait_until_ready ;;
  user | doctor) homestretch "$@" ;;
  run) shift; homestretch "$@" ;;
  "" | help | --help | -h) usage ;;
  *) say "unknown: $1"; usage; exit 2 ;;
esac

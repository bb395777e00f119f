#!/bin/sh
# Runs a command with a PostgreSQL of its own: with-postgres.sh <command> [argument…]
# The server lives in a temporary directory, listens on a socket only, and is gone afterwards. The command finds its
# address in VERMILION_TEST_DATABASE_URL. Needs initdb and pg_ctl (Debian: postgresql); PostgreSQL refuses to run as root,
# so root hands it to the user postgres.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 <command> [argument...]" >&2; exit 64; }

bin=${PGBIN:-}
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)")
[ -x "$bin/initdb" ] || { echo "with-postgres: initdb not found; install PostgreSQL or set PGBIN" >&2; exit 69; }

# A short path: the name of a socket may have 107 bytes only.
place=$(mktemp -d /tmp/pg.XXXXXX)

as_owner() {
  if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}

stop() {
  as_owner "'$bin/pg_ctl' -D '$place/data' -m immediate stop" >/dev/null 2>&1 || true
  rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

[ "$(id -u)" != 0 ] || chown postgres "$place"
cd "$place"
as_owner "'$bin/initdb' -D '$place/data' -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync" >"$place/log" 2>&1 || { cat "$place/log" >&2; exit 70; }
options="-k $place -c listen_addresses=''"
# Durability is not what a throw-away server is for; a bench asks for the settings that PostgreSQL comes with.
[ -n "${VERMILION_POSTGRES_DURABLE:-}" ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
as_owner "'$bin/pg_ctl' -D '$place/data' -l '$place/data/log' -o \"$options\" -w start" >"$place/log" 2>&1 || { cat "$place/log" "$place/data/log" >&2; exit 70; }
cd "$OLDPWD"

export VERMILION_TEST_DATABASE_URL="postgresql://postgres@localhost/postgres?host=$place"
"$@"

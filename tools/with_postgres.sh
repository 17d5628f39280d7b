#!/usr/bin/env bash
# Run a command with a throw-away PostgreSQL of its own, on a free port of this machine. Installs Debian's package if
# there is none.
#   bash tools/with_postgres.sh python -m pytest tests/store
set -eu
newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort --version-sort | tail -n 1; }
[ -n "$(newest)" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null
PATH=$PATH:$(newest)

# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- env PATH="$PATH" "$@"); else "$@"; fi; }

folder=$(mktemp -d)
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
stop() {
    as_owner pg_ctl --pgdata="$folder/data" --mode=immediate --silent stop || true
    rm -rf "$folder"
}
trap stop EXIT

port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
as_owner initdb --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --no-sync >/dev/null
options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off -c max_connections=200"
as_owner pg_ctl --pgdata="$folder/data" --log="$folder/log" --options="$options" --wait --silent start
export TEST_DATABASE_URL="postgresql://postgres@127.0.0.1:$port/postgres" REQUIRE_POSTGRES=1
"$@"

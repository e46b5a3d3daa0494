#!/bin/sh
# What the tests of the example consumers need beside Kafka: Python with pinned packages, the Java example, PostgreSQL.
#
#   consumers.sh python CACHE          prints the folder with `python` and `datamodel-codegen` (once; needs python3-venv)
#   consumers.sh java PROJECT          prints the jar of a Maven project, built (needs mvn)
#   consumers.sh postgres PORT         runs an empty PostgreSQL of this machine's on 127.0.0.1 until standard input closes
#
# The server is Debian's, its data in a folder of its own that is gone with it; it does not touch a cluster that there may be.
# Root may not run PostgreSQL: then the user `postgres` does, whom the package brings along.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)

missing() {
    echo "the tests of the example consumers need $1, which is not installed: apt-get install $2" >&2
    exit 1
}

python() {
    packages=$root/deploy/consumers/python/requirements.txt
    tools="datamodel-code-generator==0.89.0 black==26.10.1 isort==8.0.1"
    command -v python3 >/dev/null 2>&1 || missing python3 python3
    key=$( (cat "$packages" && echo "$tools" && python3 --version) | sha256sum | cut -c1-12)
    folder=$1/python-$key
    # Written last: a fetch that was broken off is begun again.
    if [ ! -f "$folder/complete" ]; then
        python3 -c 'import ensurepip' 2>/dev/null || missing "python3's venv" python3-venv
        rm -rf "$folder"
        python3 -m venv "$folder" >&2
        # shellcheck disable=SC2086 # several packages
        "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$packages" $tools >&2
        touch "$folder/complete"
    fi
    echo "$folder/bin"
}

java() {
    command -v mvn >/dev/null 2>&1 || missing mvn maven
    mvn --quiet --batch-mode --file "$1/pom.xml" package >&2
    echo "$1/target/minerals-by-country.jar"
}

postgres() {
    port=$1
    # Debian keeps the server's programs off the path
    for folder in /usr/lib/postgresql/*/bin; do PATH=$folder:$PATH; done
    command -v initdb >/dev/null 2>&1 || missing PostgreSQL postgresql
    as=
    data=$(mktemp -d)
    if [ "$(id -u)" -eq 0 ]; then
        id postgres >/dev/null 2>&1 || missing "the user postgres" postgresql
        chown postgres "$data"
        as="setpriv --reuid=postgres --regid=postgres --clear-groups"
    fi
    trap 'rm -rf "$data"' EXIT
    cd "$data"
    $as initdb --pgdata "$data/cluster" --username lodestream --auth trust --encoding UTF8 --locale C --no-sync >/dev/null
    $as postgres -D "$data/cluster" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off </dev/null &
    server=$!
    # Reads until the pipe closes. It asks for no orderly end: nothing is kept.
    cat >/dev/null
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
}

"$@"

#!/bin/sh
# The real Prometheus for the tests.
#
#   prometheus.sh fetch CACHE        prints the folder with `prometheus` and `promtool`: that of the system, or else
#                                    Debian's package unpacked into CACHE/prometheus (once; needs no root)
#   prometheus.sh serve FOLDER ARG…  runs it until standard input closes
#
# `serve` ends with the process that started it, however that ends: the kernel closes the pipe.
set -eu

fetch() {
    if command -v promtool >/dev/null 2>&1 && found=$(command -v prometheus 2>/dev/null); then
        dirname "$found"
        exit 0
    fi
    folder=$1/prometheus
    # Written last: a fetch that was broken off is begun again.
    if [ ! -f "$folder/complete" ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        { cd "$folder" && apt-get download prometheus && dpkg-deb --extract prometheus_*.deb .; } >&2 || {
            echo "the tests need a real Prometheus: install \`prometheus\` and \`promtool\` (Debian: apt-get install prometheus)" >&2
            exit 1
        }
        touch "$folder/complete"
    fi
    echo "$folder/usr/bin"
}

serve() {
    folder=$1
    shift
    "$folder/prometheus" "$@" </dev/null &
    prometheus=$!
    # Reads until the pipe closes. It asks for no orderly end: nothing is kept.
    cat >/dev/null
    kill -9 "$prometheus" 2>/dev/null || true
    wait "$prometheus" 2>/dev/null || true
}

"$@"

#!/bin/sh
# sbom.sh FILE: what the program is built from, as a CycloneDX bill of materials (needs cargo-cyclonedx).
#
# Crates that are built into the program or help to build it; the C libraries among them (librdkafka, OpenSSL, curl, zstd, zlib) stand
# under the crates that bring their sources: rdkafka-sys, openssl-src, curl-sys, zstd-sys, libz-sys.
set -eu
file=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
command -v cargo-cyclonedx >/dev/null 2>&1 || {
    echo "the bill of materials needs cargo-cyclonedx: make sbom installs it" >&2
    exit 1
}
# the same commit gives the same bytes
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
cargo cyclonedx --quiet --format json --spec-version 1.5 --override-filename lodestream-sbom
# Where it was built is nobody's business.
mkdir -p "$(dirname "$file")"
sed "s|path+file://$root#|lodestream:|g" lodestream-sbom.json >"$file"
rm lodestream-sbom.json
for part in lodestream rdkafka-sys openssl-src feed-rs; do
    grep -q "\"name\": \"$part\"" "$file" || {
        echo "$file does not name $part" >&2
        exit 1
    }
done

#!/bin/sh
# package.sh BINARY SBOM FOLDER: the files of a release in FOLDER.
#
#   lodestream-VERSION-MACHINE.tar.gz   program, manual pages, completions, example configuration, schema, licence
#   lodestream-VERSION.cdx.json         the bill of materials
#   SHA256SUMS                          `sha256sum --check SHA256SUMS`
#
# The same files give the same bytes: order, owners and times are fixed.
set -eu
binary=$1 sbom=$2 folder=$3
root=$(cd "$(dirname "$0")/../.." && pwd)
version=$("$binary" --version | cut -d ' ' -f 2)
machine=$(uname -m)-$(uname -s | tr '[:upper:]' '[:lower:]')
name=lodestream-$version-$machine
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 0)}

rm -rf "$folder"
mkdir -p "$folder"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
tree=$stage/$name
mkdir -p "$tree/bin" "$tree/share/man/man1" "$tree/share/bash-completion/completions" "$tree/share/zsh/site-functions" \
    "$tree/share/fish/vendor_completions.d" "$tree/share/doc/lodestream"
install -m 755 "$binary" "$tree/bin/lodestream"
"$binary" man "$tree/share/man/man1"
gzip --no-name --best "$tree"/share/man/man1/*.1
"$binary" completions bash >"$tree/share/bash-completion/completions/lodestream"
"$binary" completions zsh >"$tree/share/zsh/site-functions/_lodestream"
"$binary" completions fish >"$tree/share/fish/vendor_completions.d/lodestream.fish"
for file in README.md CHANGELOG.md LICENSE deploy/lodestream.example.toml deploy/schemas/enriched-article.v1.json; do
    install -m 644 "$root/$file" "$tree/share/doc/lodestream/"
done
tar --directory "$stage" --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --create "$name" |
    gzip --no-name --best >"$folder/$name.tar.gz"
install -m 644 "$sbom" "$folder/lodestream-$version.cdx.json"
(cd "$folder" && sha256sum -- *.tar.gz *.cdx.json >SHA256SUMS)

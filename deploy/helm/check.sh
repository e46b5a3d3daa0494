#!/bin/sh
# The chart by its real tools: `helm lint`, then every object of two renderings by a strict schema, for the oldest and the newest
# Kubernetes. Needs helm, go (for the operators' own CRDs) and Python with kubernetes-validate on the path.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
chart=$here/lodestream

need() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "the chart's checks need \`$1\`, which is not installed: $2" >&2
        exit 1
    }
}
need go "https://go.dev/doc/install"
need helm "go install helm.sh/helm/v3/cmd/helm@v3.19.0"
need kubernetes-validate "pip install kubernetes-validate==1.37.0"

# A module's folder: the proxy's copy of its repository, with the CRDs in it.
module() {
    go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
}
prometheus=$(module github.com/prometheus-operator/prometheus-operator@v0.85.0)/example/prometheus-operator-crd
keda=$(module github.com/kedacore/keda/v2@v2.18.0)/config/crd/bases

for version in 1.27 1.37; do
    for values in values.yaml ci/all-values.yaml; do
        helm lint --strict --quiet --kube-version "$version" --values "$chart/$values" "$chart"
        # not by a pipe: its end alone would decide
        rendered=$(helm template check "$chart" --namespace news --kube-version "$version" --values "$chart/$values")
        printf '%s\n' "$rendered" | python3 "$here/check_objects.py" "$version" \
            "$prometheus/monitoring.coreos.com_servicemonitors.yaml" \
            "$prometheus/monitoring.coreos.com_prometheusrules.yaml" \
            "$keda/keda.sh_scaledobjects.yaml"
    done
done

# What the values' schema must refuse.
for wrong in replicas=-1 kafka.partitions=0 kafka.bootstrapServers=kafka replica=3 secretEnv.LODESTREAM_X=secret; do
    if helm template check "$chart" --kube-version 1.37 --set "$wrong" >/dev/null 2>&1; then
        echo "the chart takes $wrong, which is wrong" >&2
        exit 1
    fi
done

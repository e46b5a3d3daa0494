#!/bin/sh
# Writes event_types.py anew from the schema of the event.
#
#   pip install datamodel-code-generator==0.89.0
#   sh generate-types.sh [FILE]        FILE instead of event_types.py
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec datamodel-codegen --input "$here/../../schemas/enriched-article.v1.json" --input-file-type jsonschema \
    --output "${1:-$here/event_types.py}" --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 \
    --use-standard-collections --use-union-operator --use-annotated --use-schema-description --use-field-description \
    --collapse-root-models --enum-field-as-literal all --formatters black isort --disable-timestamp --disable-warnings

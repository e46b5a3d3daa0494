"""Kubernetes objects on standard input, checked strictly: a field that no schema knows is a fault.

    helm template … | python check_objects.py KUBERNETES_VERSION CRD_FILE…

Objects of Kubernetes itself are checked by the schemas that kubernetes-validate brings along, others by the custom resource
definitions given; an object that neither knows is a fault, too.
"""

import sys

import jsonschema
import kubernetes_validate
import yaml


def strict(schema: object) -> object:
    """A CRD's schema that takes no unknown fields, as the API server does with strict field validation."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    known = {key: strict(value) for key, value in schema.items()}
    if "properties" in known and not known.get("x-kubernetes-preserve-unknown-fields"):
        known.setdefault("additionalProperties", False)
    if known.get("x-kubernetes-int-or-string"):
        known.setdefault("type", ["integer", "string"])
    return known


def definitions(files: list[str]) -> dict[tuple[str, str], object]:
    """The schema of each version and kind."""
    found = {}
    for file in files:
        with open(file, encoding="utf-8") as text:
            spec = yaml.safe_load(text)["spec"]
        for version in spec["versions"]:
            schema = strict(version["schema"]["openAPIV3Schema"])
            # ObjectMeta is Kubernetes' own, and checked there
            schema["properties"]["metadata"] = {"type": "object", "required": ["name"]}
            found[f"{spec['group']}/{version['name']}", spec["names"]["kind"]] = schema
    return found


def faults(thing: dict, version: str, own: dict[tuple[str, str], object]) -> list[str]:
    """What is wrong with an object."""
    schema = own.get((thing["apiVersion"], thing["kind"]))
    if schema is not None:
        found = jsonschema.Draft202012Validator(schema).iter_errors(thing)
        return [f"{error.json_path}: {error.message}" for error in found]
    try:
        kubernetes_validate.validate(thing, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        return [f"{error.json_path}: {error.message}"]
    except kubernetes_validate.SchemaNotFoundError:
        return [f"no schema is known of {thing['apiVersion']} {thing['kind']}"]
    return []


def main() -> None:
    version, *files = sys.argv[1:]
    own = definitions(files)
    things = [thing for thing in yaml.safe_load_all(sys.stdin) if thing]
    name = "{0[kind]} {0[metadata][name]}".format
    wrong = [f"{name(thing)}: {fault}" for thing in things for fault in faults(thing, version, own)]
    for fault in wrong:
        print(fault, file=sys.stderr)
    if wrong or not things:
        sys.exit(1)
    print(f"{len(things)} objects are right by Kubernetes {version}")


if __name__ == "__main__":
    main()

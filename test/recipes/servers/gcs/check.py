import importlib.resources
import json

documents = importlib.resources.files("googleapiclient.discovery_cache.documents")
bucket = json.loads((documents / "storage.v1.json").read_text())["schemas"]["Bucket"]
rules = bucket["properties"]["cors"]
types = {"string": str, "integer": int}


def check(snippet):
    expect(json.loads(snippet), rules, "cors")


def expect(value, schema, path):
    if schema["type"] == "array":
        if not isinstance(value, list):
            raise ValueError(f"{path} is no list")
        for item in value:
            expect(item, schema["items"], path)
    elif schema["type"] == "object":
        for key, item in value.items():
            if key not in schema["properties"]:
                raise ValueError(f"{path} has no {key}")
            expect(item, schema["properties"][key], f"{path}.{key}")
    elif not isinstance(value, types[schema["type"]]):
        raise ValueError(f"{path} is no {schema['type']}")

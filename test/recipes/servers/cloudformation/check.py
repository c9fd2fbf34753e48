import functools
import importlib.resources
import json

import fastjsonschema

# The package itself needs others, which reading its data does not.
schemas = importlib.resources.files("cfnlint") / "data" / "schemas"
names = json.loads((schemas / "providers" / "us-east-1.json").read_text())


@functools.cache
def validator(type):
    schema = json.loads((schemas / "resources" / f"{names[type]}.json").read_text())
    # What CloudFormation does with the resource names schemas that are elsewhere.
    del schema["handlers"]
    return fastjsonschema.compile(schema, use_formats=False)


def resources(snippet):
    document = read(snippet)
    if "CorsConfiguration" in document:
        return [{"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "api", "ProtocolType": "HTTP", **document}}]
    return document.values()


def check(snippet):
    for resource in resources(snippet):
        validator(resource["Type"])(resource["Properties"])
